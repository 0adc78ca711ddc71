const under = (home: string) => {
  const list = `${home}/thong-bao`;
  return {
    list,
    /** Marks it as read and leads to what it tells of. */
    open: (id: string): string => `${list}/${id}`,
    older: (cursor: string): string => `${list}?truoc=${cursor}`,
    read: (id: string): string => `${list}/${id}/da-doc`,
    readAll: `${list}/da-doc`,
    preferences: `${list}/cai-dat`,
  };
};

export type NoticePaths = ReturnType<typeof under>;

/** Everybody's notices stand in their own territory. */
export const paths = { citizen: under("/ca-nhan"), officer: under("/mot-cua") } as const;
