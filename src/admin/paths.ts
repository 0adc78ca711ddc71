export const paths = {
  home: "/quan-tri",
  agencies: "/quan-tri/co-quan",
  agency: (id: string): string => `/quan-tri/co-quan/${id}`,
  people: "/quan-tri/nguoi-dung",
  procedures: "/quan-tri/thu-tuc",
  newProcedure: "/quan-tri/thu-tuc/moi",
  procedure: (code: string): string => `/quan-tri/thu-tuc/${code}`,
} as const;
