export const paths = {
  drawer: "/mot-cua/thu-phi",
  openBook: "/mot-cua/thu-phi/so-bien-lai",
  close: "/mot-cua/thu-phi/chot",
  take: (dossierId: string): string => `/mot-cua/thu-phi/${dossierId}`,
  receipt: (id: string): string => `/mot-cua/bien-lai/${id}`,
  print: (id: string): string => `/mot-cua/bien-lai/${id}/in`,
  void: (id: string): string => `/mot-cua/bien-lai/${id}/huy`,
  closing: (id: string): string => `/mot-cua/chot-quy/${id}`,
} as const;
