const AGENCIES = "/quan-tri/co-quan";
const PEOPLE = "/quan-tri/nguoi-dung";
const OFFERINGS = "/quan-tri/noi-tiep-nhan";
const agency = (id: string): string => `${AGENCIES}/${id}`;
const person = (id: string): string => `${PEOPLE}/${id}`;
const sheet = (id: string): string => `${PEOPLE}/nhap/${id}`;
const offeringsOf = (code: string): string => `${OFFERINGS}/${encodeURIComponent(code)}`;

export const paths = {
  home: "/quan-tri",
  agencies: AGENCIES,
  agency,
  newAgency: `${AGENCIES}/moi`,
  plans: `${AGENCIES}/ke-hoach`,
  cancelFounding: (plan: string): string => `${AGENCIES}/ke-hoach/${plan}/huy`,
  newAgencyBelow: (parentId: string): string => `${AGENCIES}/moi?tren=${parentId}`,
  areas: `${AGENCIES}/don-vi-hanh-chinh`,
  contact: (id: string): string => `${agency(id)}/lien-he`,
  organize: (id: string): string => `${agency(id)}/to-chuc`,
  close: (id: string): string => `${agency(id)}/ket-thuc`,
  units: (id: string): string => `${agency(id)}/bo-phan`,
  unit: (id: string, unit: string): string => `${agency(id)}/bo-phan/${unit}`,
  closeUnit: (id: string, unit: string): string => `${agency(id)}/bo-phan/${unit}/dong`,
  undoAtAgency: (id: string): string => `${agency(id)}/hoan-tac`,
  people: PEOPLE,
  peopleAt: (agencyId: string): string => `${PEOPLE}?co-quan=${agencyId}`,
  newPerson: `${PEOPLE}/moi`,
  newPersonAt: (agencyId: string): string => `${PEOPLE}/moi?co-quan=${agencyId}`,
  newAdministrator: `${PEOPLE}/quan-tri-vien`,
  person,
  personAct: (
    id: string,
    act: "sua" | "vi-tri" | "chuyen" | "khoa" | "mo-khoa" | "mat-khau" | "vang-mat" | "hoan-tac",
  ): string => `${person(id)}/${act}`,
  endPosting: (id: string, posting: string): string => `${person(id)}/vi-tri/${posting}/ket-thuc`,
  endLeave: (id: string, leave: string): string => `${person(id)}/vang-mat/${leave}/ket-thuc`,
  cancelPlan: (id: string): string => `${AGENCIES}/${id}/ke-hoach/huy`,
  sheets: `${PEOPLE}/nhap`,
  sheetTemplate: (kind: "xlsx" | "csv"): string => `${PEOPLE}/nhap/mau.${kind}`,
  sheet,
  sheetReport: (id: string): string => `${sheet(id)}/bao-cao.csv`,
  sheetLinks: (id: string): string => `${sheet(id)}/kich-hoat`,
  offerings: OFFERINGS,
  offeringsOf,
  endOfferings: (code: string): string => `${offeringsOf(code)}/thoi`,
  undoOfferings: (code: string): string => `${offeringsOf(code)}/hoan-tac`,
  procedures: "/quan-tri/thu-tuc",
  newProcedure: "/quan-tri/thu-tuc/moi",
  procedure: (code: string): string => `/quan-tri/thu-tuc/${code}`,
} as const;
