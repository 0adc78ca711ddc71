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

export const paths = {
  manuscript,
  part,
  form,
  formPage: (id: string, page: string): string => `${form(id)}/trang/${page}`,
  formPageEdit: (id: string, page: string): string => `${form(id)}/trang/${page}/sua`,
  formPageRemove: (id: string, page: string): string => `${form(id)}/trang/${page}/xoa`,
  formPreview: (id: string, page: string): string => `${form(id)}/trang/${page}/xem-thu`,
  formAdd: (id: string, page: string): string => `${form(id)}/trang/${page}/them`,
  groupAdd: (id: string, group: string): string => `${form(id)}/nhom/${group}/them`,
  field: (id: string, field: string): string => `${form(id)}/cau-hoi/${field}`,
  fieldMove: (id: string, field: string): string => `${form(id)}/cau-hoi/${field}/chuyen`,
  fieldRemove: (id: string, field: string): string => `${form(id)}/cau-hoi/${field}/xoa`,
} as const;
