export const paths = {
  matrix: "/quan-tri/quyen",
  of: (person: string): string => `/quan-tri/quyen?nguoi=${encodeURIComponent(person)}`,
  endSessions: "/quan-tri/quyen/dang-xuat",
  clearFactors: "/quan-tri/quyen/bo-buoc-hai",
} as const;
