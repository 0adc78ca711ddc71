const query = (params: Readonly<Record<string, string | null | undefined>>): string => {
  const given = Object.entries(params).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : "";
};

const dossier = (id: string): string => `/mot-cua/ho-so/${id}`;

export const paths = {
  worklist: "/mot-cua",
  /** `muc`: which list; `sau`: where the next page begins; the rest narrows, sorts and shows it (inputs/work.ts). */
  work: (params: Readonly<Record<string, string | null | undefined>>): string => `/mot-cua${query(params)}`,
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
  counter: "/mot-cua/tiep-nhan",
  searchCounter: (params: { q?: string | null }): string => `/mot-cua/tiep-nhan${query(params)}`,
  register: (code: string, params: { "co-quan"?: string | null; "truong-hop"?: string | null } = {}): string =>
    `/mot-cua/tiep-nhan/${encodeURIComponent(code)}${query(params)}`,
  registered: (id: string): string => `/mot-cua/tiep-nhan/xong/${id}`,
} as const;
