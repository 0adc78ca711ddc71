const hall = (slug: string): string => `/xep-hang/${slug}`;
const ticket = (code: string): string => `/xep-hang/so/${code}`;
const place = (id: string): string => `/mot-cua/sanh/${id}`;
const admin = (id: string): string => `/quan-tri/sanh/${id}`;

export const paths = {
  halls: "/xep-hang",
  kiosk: (slug: string): string => `${hall(slug)}/lay-so`,
  scan: (slug: string): string => `${hall(slug)}/quet`,
  /** After a code that was not taken: `loi` says why. */
  kioskAfter: (slug: string, why: string): string => `${hall(slug)}/lay-so?loi=${why}`,
  board: (slug: string): string => `${hall(slug)}/bang`,
  boardLive: (slug: string): string => `${hall(slug)}/bang/truc-tiep`,
  selfService: (slug: string): string => `${hall(slug)}/may-tu-phuc-vu`,
  endUse: "/may-tu-phuc-vu/ket-thuc",
  stillHere: "/may-tu-phuc-vu/con-day",
  ticket,
  ticketLive: (code: string): string => `${ticket(code)}/truc-tiep`,
  /** What the kiosk shows and prints. */
  slip: (code: string): string => `${ticket(code)}/phieu`,
  slipPdf: (code: string): string => `${ticket(code)}/phieu.pdf`,
  leave: (code: string): string => `${ticket(code)}/bo`,
  panel: "/mot-cua/quay",
  panelLive: "/mot-cua/quay/truc-tiep",
  open: "/mot-cua/quay/mo",
  shut: "/mot-cua/quay/dong",
  act: (verb: string): string => `/mot-cua/quay/${verb}`,
  places: "/mot-cua/sanh",
  placeAct: (id: string, verb: "nhan-so" | "ngung-nhan" | "ket-thuc" | "may-nay"): string => `${place(id)}/${verb}`,
  leaveKiosk: "/mot-cua/sanh/thoi-may-tu-phuc-vu",
  statistics: "/mot-cua/sanh/thong-ke",
  statisticsOf: (params: Readonly<Record<string, string>>): string =>
    `/mot-cua/sanh/thong-ke?${new URLSearchParams(params)}`,
  statisticsCsv: (params: Readonly<Record<string, string>>): string =>
    `/mot-cua/sanh/thong-ke.csv?${new URLSearchParams(params)}`,
  admin: "/quan-tri/sanh",
  adminHall: admin,
  adminQueues: (id: string): string => `${admin(id)}/hang`,
  adminCounters: (id: string): string => `${admin(id)}/quay`,
} as const;
