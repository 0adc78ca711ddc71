export const paths = {
  own: "/ca-nhan/du-lieu",
  archive: "/ca-nhan/du-lieu/tai",
  download: (id: string): string => `/ca-nhan/du-lieu/${id}`,
  correct: "/ca-nhan/du-lieu/sua",
  close: "/ca-nhan/du-lieu/dong",
  admin: "/quan-tri/du-lieu-ca-nhan",
  addRule: "/quan-tri/du-lieu-ca-nhan/quy-tac",
  removeRule: (id: string): string => `/quan-tri/du-lieu-ca-nhan/quy-tac/${id}/xoa`,
  answer: (id: string): string => `/quan-tri/du-lieu-ca-nhan/yeu-cau/${id}`,
} as const;
