/** Where a citizen files and follows their dossiers. */
export const paths = {
  start: (code: string): string => `/thu-tuc/${code}/nop-ho-so`,
  procedure: (code: string): string => `/thu-tuc/${code}`,
  draft: (id: string): string => `/ca-nhan/ban-nhap/${id}`,
  draftPage: (id: string, page: string, fromCheck = false): string =>
    `/ca-nhan/ban-nhap/${id}/${page}${fromCheck ? "?sua=1" : ""}`,
  draftFile: (id: string, fileId: string): string => `/ca-nhan/ban-nhap/${id}/tep/${fileId}`,
  deleteDraft: (id: string): string => `/ca-nhan/ban-nhap/${id}/xoa`,
  dossiers: "/ca-nhan/ho-so",
  older: (cursor: string): string => `/ca-nhan/ho-so?truoc=${encodeURIComponent(cursor)}`,
  link: "/ca-nhan/lien-ket-ho-so",
  consents: "/ca-nhan/dong-y",
  revokeConsent: (id: string): string => `/ca-nhan/dong-y/${id}/rut`,
  dossier: (reference: string): string => `/ca-nhan/ho-so/${reference}`,
  fileAgain: (reference: string): string => `/ca-nhan/ho-so/${reference}/nop-lai`,
  supplement: (reference: string): string => `/ca-nhan/ho-so/${reference}/bo-sung`,
  withdraw: (reference: string): string => `/ca-nhan/ho-so/${reference}/rut`,
  filed: (reference: string): string => `/ca-nhan/ho-so/${reference}?moi=1`,
  dossierFile: (reference: string, fileId: string): string => `/ca-nhan/ho-so/${reference}/tep/${fileId}`,
};
