const query = (params: Readonly<Record<string, string | null | undefined>>): string => {
  const given = Object.entries(params).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : "";
};

const dossier = (id: string): string => `/mot-cua/ho-so/${id}`;

export const paths = {
  worklist: "/mot-cua",
  /** `muc`: which list; `sau`: where the next page begins; the rest narrows, sorts and shows it (inputs/work.ts). */
  work: (params: Readonly<Record<string, string | null | undefined>>): string => `/mot-cua${query(params)}`,
  assignment: "/mot-cua/phan-cong",
  areas: (id: string): string => `/mot-cua/phan-cong/${id}`,
  leave: "/mot-cua/vang-mat",
  endLeave: (id: string): string => `/mot-cua/vang-mat/${id}/thu-hoi`,
  stay: (id: string): string => `${dossier(id)}/co-mat`,
  takeOver: (id: string): string => `${dossier(id)}/nhan-thay`,
  batches: "/mot-cua/hang-loat",
  batch: (id: string): string => `/mot-cua/hang-loat/${id}`,
  views: "/mot-cua/danh-sach",
  dropView: (id: string): string => `/mot-cua/danh-sach/${id}/xoa`,
  columns: "/mot-cua/cot",
  dossier,
  file: (id: string, fileId: string): string => `${dossier(id)}/tep/${fileId}`,
  saveFile: (id: string, fileId: string): string => `${dossier(id)}/tep/${fileId}?luu=1`,
  accept: (id: string): string => `${dossier(id)}/tiep-nhan`,
  decline: (id: string): string => `${dossier(id)}/tu-choi`,
  assign: (id: string): string => `${dossier(id)}/phan-cong`,
  advance: (id: string): string => `${dossier(id)}/buoc`,
  record: (id: string): string => `${dossier(id)}/ket-qua`,
  deliver: (id: string): string => `${dossier(id)}/tra-ket-qua`,
  ask: (id: string): string => `${dossier(id)}/yeu-cau-bo-sung`,
  receive: (id: string): string => `${dossier(id)}/nhan-bo-sung`,
  extend: (id: string): string => `${dossier(id)}/gia-han`,
  stop: (id: string): string => `${dossier(id)}/dung`,
  national: (id: string): string => `${dossier(id)}/dong-bo.json`,
  performance: "/mot-cua/ket-qua-xu-ly",
  foresight: (id: string): string => `${dossier(id)}/kip-han`,
  lateness: (id: string): string => `${dossier(id)}/ly-do-tre`,
  oblige: (id: string): string => `${dossier(id)}/nghia-vu-tai-chinh`,
  paid: (id: string): string => `${dossier(id)}/da-nop-tien`,
  showDraft: (id: string): string => `${dossier(id)}/gui-du-thao`,
  hand: (id: string): string => `${dossier(id)}/ban-giao`,
  take: (id: string): string => `${dossier(id)}/nhan-ban-giao`,
  correct: (id: string): string => `${dossier(id)}/dinh-chinh`,
  reopen: (id: string): string => `${dossier(id)}/mo-lai`,
  counter: "/mot-cua/tiep-nhan",
  searchCounter: (params: { q?: string | null }): string => `/mot-cua/tiep-nhan${query(params)}`,
  register: (code: string, params: { "co-quan"?: string | null; "truong-hop"?: string | null } = {}): string =>
    `/mot-cua/tiep-nhan/${encodeURIComponent(code)}${query(params)}`,
  favourites: "/mot-cua/tiep-nhan/hay-dung",
  together: (filingId: string): string => `/mot-cua/tiep-nhan/phieu-chung/${filingId}`,
  signature: (id: string): string => `/mot-cua/tiep-nhan/xong/${id}/chu-ky`,
  void: (id: string): string => `${dossier(id)}/huy-tiep-nhan`,
  registered: (id: string): string => `/mot-cua/tiep-nhan/xong/${id}`,
} as const;
