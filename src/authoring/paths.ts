/** What stands in the address of a part of a manuscript. */
const SLUGS = {
  basics: "thong-tin",
  filing: "cach-nop",
  terms: "thoi-han-le-phi",
  requirements: "thanh-phan",
  results: "ket-qua",
  form: "to-khai",
  workflow: "quy-trinh",
} as const;

const manuscript = (id: string): string => `/quan-tri/soan/${id}`;
const part = (id: string, section: keyof typeof SLUGS): string => `${manuscript(id)}/${SLUGS[section]}`;
const form = (id: string): string => part(id, "form");
const PROCEDURES = "/quan-tri/thu-tuc";
const procedure = (code: string): string => `${PROCEDURES}/${encodeURIComponent(code)}`;
/** @param at from 0; people count from 1 */
const item = (id: string, section: keyof typeof SLUGS, list: string, at: number): string =>
  `${part(id, section)}/${list}/${at + 1}`;

const process = (id: string): string => part(id, "workflow");
const step = (id: string, one: string): string => `${process(id)}/buoc/${one}`;
const outcome = (id: string, one: string, other: string): string => `${step(id, one)}/cach/${other}`;

const WORDINGS = { mails: "mau-thu", papers: "mau-giay" } as const;
const wordings = (set: keyof typeof WORDINGS): string => `/quan-tri/${WORDINGS[set]}`;

export const paths = {
  procedures: PROCEDURES,
  newProcedure: `${PROCEDURES}/moi`,
  importProcedure: `${PROCEDURES}/nhap`,
  procedure,
  begin: (code: string): string => `${procedure(code)}/soan`,
  exported: (code: string, number: number): string => `${procedure(code)}/xuat?phien-ban=${number}`,
  compared: (code: string, from: number, to: number): string => `${procedure(code)}/so-sanh?tu=${from}&den=${to}`,
  suspend: (code: string): string => `${procedure(code)}/tam-ngung`,
  wordings,
  wording: (set: keyof typeof WORDINGS, name: string): string => `${wordings(set)}/${name}`,
  /** @param until only what is older */
  changes: (kind: string | null, until: Date | null = null): string => {
    const asked = new URLSearchParams({
      ...(kind ? { loai: kind } : {}),
      ...(until ? { truoc: until.toISOString() } : {}),
    }).toString();
    return `/quan-tri/lich-su${asked ? `?${asked}` : ""}`;
  },
  lists: "/quan-tri/danh-sach",
  list: (name: string): string => `/quan-tri/danh-sach/${name}`,
  listEntry: (name: string, key: string): string => `/quan-tri/danh-sach/${name}/${encodeURIComponent(key)}`,
  listUndo: (name: string): string => `/quan-tri/danh-sach/${name}/dat-lai`,
  library: "/quan-tri/thu-vien",
  newFrom: (code: string): string => `${PROCEDURES}/moi?chep=${encodeURIComponent(code)}`,
  national: "/quan-tri/danh-muc-quoc-gia",
  nationalUpdate: (id: string, kind?: string): string =>
    `/quan-tri/danh-muc-quoc-gia/${id}${kind ? `?loai=${kind}` : ""}`,
  nationalDecide: (id: string): string => `/quan-tri/danh-muc-quoc-gia/${id}`,
  nationalProposal: (id: string, code: string): string =>
    `/quan-tri/danh-muc-quoc-gia/${id}/${encodeURIComponent(code)}`,
  manuscript,
  history: (id: string): string => `${manuscript(id)}/lich-su`,
  discard: (id: string): string => `${manuscript(id)}/huy`,
  publish: (id: string): string => `${manuscript(id)}/cong-bo`,
  trial: (id: string): string => `${manuscript(id)}/thu-nghiem`,
  trialAct: (id: string): string => `${manuscript(id)}/thu-nghiem/vai`,
  trialEnd: (id: string): string => `${manuscript(id)}/thu-nghiem/huy`,
  part,
  newItem: (id: string, section: keyof typeof SLUGS, list: string): string => `${part(id, section)}/${list}/them`,
  item,
  itemMove: (id: string, section: keyof typeof SLUGS, list: string, at: number): string =>
    `${item(id, section, list, at)}/xep`,
  form,
  formTake: (id: string): string => `${form(id)}/lay`,
  formPage: (id: string, page: string): string => `${form(id)}/trang/${page}`,
  formPageEdit: (id: string, page: string): string => `${form(id)}/trang/${page}/sua`,
  formPageRemove: (id: string, page: string): string => `${form(id)}/trang/${page}/xoa`,
  formPreview: (id: string, page: string): string => `${form(id)}/trang/${page}/xem-thu`,
  formAdd: (id: string, page: string): string => `${form(id)}/trang/${page}/them`,
  groupAdd: (id: string, group: string): string => `${form(id)}/nhom/${group}/them`,
  field: (id: string, field: string): string => `${form(id)}/cau-hoi/${field}`,
  fieldMove: (id: string, field: string): string => `${form(id)}/cau-hoi/${field}/chuyen`,
  fieldRemove: (id: string, field: string): string => `${form(id)}/cau-hoi/${field}/xoa`,
  process,
  processShape: (id: string): string => `${process(id)}/mau`,
  processPicture: (id: string): string => `${process(id)}.svg`,
  processPlay: (id: string): string => `${manuscript(id)}/mo-phong`,
  stepAdd: (id: string): string => `${process(id)}/them`,
  step,
  stepMove: (id: string, one: string): string => `${step(id, one)}/chuyen`,
  stepRemove: (id: string, one: string): string => `${step(id, one)}/xoa`,
  stepStart: (id: string, one: string): string => `${step(id, one)}/bat-dau`,
  outcomeAdd: (id: string, one: string): string => `${step(id, one)}/them`,
  outcome,
  outcomeMove: (id: string, one: string, other: string): string => `${outcome(id, one, other)}/chuyen`,
  outcomeRemove: (id: string, one: string, other: string): string => `${outcome(id, one, other)}/xoa`,
} as const;
