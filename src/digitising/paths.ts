export const paths = {
  search: "/mot-cua/so-hoa",
  dossier: (id: string): string => `/mot-cua/so-hoa/${id}`,
  upload: (id: string): string => `/mot-cua/so-hoa/${id}/ban-quet`,
  /** One page of a scan: the picture in it, or a PDF of that page alone. */
  page: (id: string, scanId: string, page: number): string => `/mot-cua/so-hoa/${id}/ban-quet/${scanId}?trang=${page}`,
  compose: (id: string): string => `/mot-cua/so-hoa/${id}/ghep`,
  confirm: (id: string): string => `/mot-cua/so-hoa/${id}/xac-nhan`,
  reuse: (id: string): string => `/mot-cua/so-hoa/${id}/dung-lai`,
  drop: (id: string): string => `/mot-cua/so-hoa/${id}/bo`,
} as const;
