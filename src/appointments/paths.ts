const query = (params: Readonly<Record<string, string | null | undefined>>): string => {
  const given = Object.entries(params).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : "";
};
const own = (code: string): string => `/ca-nhan/lich-hen/${code}`;

export const paths = {
  list: "/ca-nhan/lich-hen",
  /** `thu-tuc`: the procedure's code; `noi`: the plan; `ngay`: yyyy-MM-dd. */
  book: (params: { "thu-tuc"?: string | null; noi?: string | null; ngay?: string | null }): string =>
    `/ca-nhan/lich-hen/moi${query(params)}`,
  own,
  move: (code: string, params: { ngay?: string | null } = {}): string => `${own(code)}/doi${query(params)}`,
  cancel: (code: string): string => `${own(code)}/huy`,
  day: "/mot-cua/lich-hen",
  dayOf: (params: { ngay?: string | null; noi?: string | null }): string => `/mot-cua/lich-hen${query(params)}`,
  block: "/mot-cua/lich-hen/khoa-gio",
  lift: (id: string): string => `/mot-cua/lich-hen/khoa-gio/${id}/bo`,
  settle: (id: string, verb: "da-gap" | "khong-den"): string => `/mot-cua/lich-hen/${id}/${verb}`,
  meeting: (id: string): string => `/mot-cua/lich-hen/${id}/lien-ket`,
  plans: "/mot-cua/lich-hen/khung",
  plan: (id: string): string => `/mot-cua/lich-hen/khung/${id}`,
} as const;
