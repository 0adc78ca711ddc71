export const paths = {
  home: "/quan-tri",
  agencies: "/quan-tri/co-quan",
  agency: (id: string): string => `/quan-tri/co-quan/${id}`,
  people: "/quan-tri/nguoi-dung",
  procedures: "/quan-tri/thu-tuc",
} as const;
