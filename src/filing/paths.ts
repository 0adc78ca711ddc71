/** Where a citizen files and follows their dossiers. */
export const paths = {
  start: (code: string): string => `/thu-tuc/${code}/nop-ho-so`,
  screening: (code: string): string => `/thu-tuc/${code}/dieu-kien`,
  procedure: (code: string): string => `/thu-tuc/${code}`,
  draft: (id: string): string => `/ca-nhan/ban-nhap/${id}`,
  draftPage: (id: string, page: string, fromCheck = false): string =>
    `/ca-nhan/ban-nhap/${id}/${page}${fromCheck ? "?sua=1" : ""}`,
  replaceFile: (id: string, fileId: string, fromCheck: boolean): string =>
    `/ca-nhan/ban-nhap/${id}/giay-to?thay=${fileId}${fromCheck ? "&sua=1" : ""}#thay.${fileId}`,
  partials: (id: string): string => `/ca-nhan/ban-nhap/${id}/tai-len`,
  partial: (id: string, partialId: string): string => `/ca-nhan/ban-nhap/${id}/tai-len/${partialId}`,
  draftFile: (id: string, fileId: string): string => `/ca-nhan/ban-nhap/${id}/tep/${fileId}`,
  deleteDraft: (id: string): string => `/ca-nhan/ban-nhap/${id}/xoa`,
  many: (code: string): string => `/thu-tuc/${code}/nop-nhieu`,
  manyTemplate: (code: string, kind: "xlsx" | "csv"): string => `/thu-tuc/${code}/nop-nhieu/mau.${kind}`,
  batch: (id: string): string => `/ca-nhan/nop-nhieu/${id}`,
  batchRow: (id: string, number: number): string => `/ca-nhan/nop-nhieu/${id}/dong/${number}`,
  batchResult: (id: string): string => `/ca-nhan/nop-nhieu/${id}/ket-qua.csv`,
  batchPapers: (id: string): string => `/ca-nhan/nop-nhieu/${id}/giay-to`,
  deleteBatch: (id: string): string => `/ca-nhan/nop-nhieu/${id}/xoa`,
  dossiers: "/ca-nhan/ho-so",
  /** Of one group, found by words, from a page on: what is not asked for is left out. */
  ownDossiers: (asked: { nhom?: string | undefined; q?: string | undefined; truoc?: string | undefined }): string => {
    const query = new URLSearchParams(Object.entries(asked).filter((one): one is [string, string] => Boolean(one[1])));
    return query.size > 0 ? `/ca-nhan/ho-so?${query}` : "/ca-nhan/ho-so";
  },
  link: "/ca-nhan/lien-ket-ho-so",
  consents: "/ca-nhan/dong-y",
  revokeConsent: (id: string): string => `/ca-nhan/dong-y/${id}/rut`,
  dossier: (reference: string): string => `/ca-nhan/ho-so/${reference}`,
  fileAgain: (reference: string): string => `/ca-nhan/ho-so/${reference}/nop-lai`,
  similar: (reference: string): string => `/ca-nhan/ho-so/${reference}/soan-moi`,
  whole: (reference: string): string => `/ca-nhan/ho-so/${reference}/tai-toan-bo`,
  supplement: (reference: string): string => `/ca-nhan/ho-so/${reference}/bo-sung`,
  supplementPartials: (reference: string): string => `/ca-nhan/ho-so/${reference}/bo-sung/tai-len`,
  supplementPartial: (reference: string, partialId: string): string =>
    `/ca-nhan/ho-so/${reference}/bo-sung/tai-len/${partialId}`,
  answerDraft: (reference: string): string => `/ca-nhan/ho-so/${reference}/du-thao`,
  withdraw: (reference: string): string => `/ca-nhan/ho-so/${reference}/rut`,
  copy: (reference: string): string => `/ca-nhan/ho-so/${reference}/ban-sao`,
  tasks: (id: string): string => `/ca-nhan/ban-nhap/${id}/cac-phan`,
  filed: (reference: string): string => `/ca-nhan/ho-so/${reference}?moi=1`,
  dossierFile: (reference: string, fileId: string): string => `/ca-nhan/ho-so/${reference}/tep/${fileId}`,
};
