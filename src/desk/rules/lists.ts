import type { Status, WorkOrder, WorkSearch } from "#dossiers/index.ts";

/** The worklist's lists by the word in their address. */
export const lists = {
  "cho-tiep-nhan": "intake",
  "cua-toi": "mine",
  "don-vi": "unit",
  "chua-nhan": "free",
  "co-quan": "open",
  "cho-nguoi-nop": "waiting",
  "sap-den-han": "soon",
  "qua-han": "late",
  "cho-tra": "delivery",
  "da-xong": "done",
  "han-che": "restricted",
  "tat-ca": "all",
} as const satisfies Record<string, WorkSearch>;
export type ListWord = keyof typeof lists;
export const LIST_WORDS = Object.keys(lists) as [ListWord, ...ListWord[]];

/** Lists of the one-stop desk: nobody else takes in or hands over. */
export const DESK_LISTS: readonly ListWord[] = ["cho-tiep-nhan", "cho-tra"];

/** What an officer sees first: everything when looking for something, else what waits for them. */
export const firstList = (isDesk: boolean, isSearching: boolean): ListWord =>
  isSearching ? "tat-ca" : isDesk ? "cho-tiep-nhan" : "cua-toi";

/** Statuses by the word in an address. */
export const statusWords = {
  "moi-nop": "submitted",
  "cho-bo-sung-truoc-tiep-nhan": "intake_supplement",
  "khong-tiep-nhan": "declined",
  "da-tiep-nhan": "received",
  "dang-xu-ly": "processing",
  "cho-bo-sung": "awaiting_supplement",
  "cho-nghia-vu": "awaiting_obligation",
  "da-rut": "withdrawn",
  "da-dung": "stopped",
  "tu-choi": "refused",
  "co-ket-qua": "completed",
  "da-tra": "delivered",
} as const satisfies Record<string, Status>;
export type StatusWord = keyof typeof statusWords;

export const channelWords = { "truc-tuyen": "online", "tai-quay": "counter", "buu-chinh": "post" } as const;
export type ChannelWord = keyof typeof channelWords;

export const orderWords = { han: "due", cu: "oldest", moi: "newest" } as const satisfies Record<string, WorkOrder>;
export type OrderWord = keyof typeof orderWords;

/** Columns that an officer may choose; the dossier's own always stands first. */
export const columnWords = {
  "nguoi-nop": "applicant",
  "ngay-nop": "received",
  "hen-tra": "due",
  buoc: "step",
  "trang-thai": "status",
  "nguoi-xu-ly": "assignee",
  "co-quan": "agency",
  kenh: "channel",
} as const;
export type ColumnWord = keyof typeof columnWords;
export type Column = (typeof columnWords)[ColumnWord];
const isColumn = (word: string): word is ColumnWord => Object.hasOwn(columnWords, word);

/** The columns that words name, each once, in the order of the words; null when they name none. */
export function columnsOf(words: readonly string[]): Column[] | null {
  const named = [...new Set(words.filter(isColumn))].map((word) => columnWords[word]);
  return named.length > 0 ? named : null;
}

/** What a list shows where nobody chose: who has a step only where it may be several. */
export const usualColumns = (list: WorkSearch): Column[] => [
  "applicant",
  "received",
  "due",
  "step",
  ...(list === "open" || list === "unit" ? (["assignee"] as const) : []),
  "channel",
];
