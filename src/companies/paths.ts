export const paths = {
  mine: "/ca-nhan/to-chuc",
  make: "/ca-nhan/to-chuc/them",
  /** An invitation's word is typed here. */
  takeUp: "/ca-nhan/to-chuc/ma-moi",
  company: (id: string): string => `/ca-nhan/to-chuc/${id}`,
  change: (id: string): string => `/ca-nhan/to-chuc/${id}/sua`,
  invite: (id: string): string => `/ca-nhan/to-chuc/${id}/moi`,
  role: (id: string, member: string): string => `/ca-nhan/to-chuc/${id}/thanh-vien/${member}/vai-tro`,
  end: (id: string, member: string): string => `/ca-nhan/to-chuc/${id}/thanh-vien/${member}/thoi`,
  leave: (id: string): string => `/ca-nhan/to-chuc/${id}/roi`,
  join: (invitation: string): string => `/ca-nhan/to-chuc/loi-moi/${invitation}/nhan`,
  decline: (invitation: string): string => `/ca-nhan/to-chuc/loi-moi/${invitation}/tu-choi`,
  desk: "/mot-cua/to-chuc",
  deskFor: (taxCode: string): string => `/mot-cua/to-chuc?q=${encodeURIComponent(taxCode)}`,
  deskCompany: (id: string): string => `/mot-cua/to-chuc/${id}`,
  confirm: (id: string): string => `/mot-cua/to-chuc/${id}/xac-nhan`,
} as const;
