export const paths = {
  manuscript: (id: string): string => `/quan-tri/soan/${id}`,
} as const;
