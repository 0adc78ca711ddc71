export const paths = {
  /** The paper as an officer opens it. */
  workPaper: (id: string): string => `/mot-cua/giay-to/${id}`,
  /** Where a leader takes a paper back. */
  endPaper: (id: string): string => `/mot-cua/thu-hoi-giay/${id}`,
  /** Prints many papers in one file: fields `paper` and `dossier` hold ids. */
  printTogether: "/mot-cua/giay-to/in",
  makeResult: (dossierId: string): string => `/mot-cua/lap-ket-qua/${dossierId}`,
  makeControlSlip: (dossierId: string): string => `/mot-cua/ho-so/${dossierId}/phieu-kiem-soat`,
  register: "/mot-cua/so-theo-doi",
  registerFile: (id: string): string => `/mot-cua/so-theo-doi/${id}`,
  /** The paper as its applicant opens it. */
  ownPaper: (id: string): string => `/ca-nhan/giay-to/${id}`,
  verification: (token: string): string => `/xac-minh/${token}`,
  forms: "/quan-tri/bieu-mau",
  form: (id: string): string => `/quan-tri/bieu-mau/${id}`,
  formSample: (id: string): string => `/quan-tri/bieu-mau/${id}/xem`,
  confirmForm: (id: string): string => `/quan-tri/bieu-mau/${id}/xac-nhan`,
  renameForm: (id: string): string => `/quan-tri/bieu-mau/${id}/doi-ten`,
};
