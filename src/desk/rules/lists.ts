import type { WorkSearch } from "#dossiers/index.ts";

/** The worklist's lists by the word in their address. */
export const lists = {
  "cho-tiep-nhan": "intake",
  "cua-toi": "mine",
  "co-quan": "open",
  "cho-nguoi-nop": "waiting",
  "sap-den-han": "soon",
  "qua-han": "late",
  "cho-tra": "delivery",
  "da-xong": "done",
  "tat-ca": "all",
} as const satisfies Record<string, WorkSearch>;
export type ListWord = keyof typeof lists;
export const LIST_WORDS = Object.keys(lists) as [ListWord, ...ListWord[]];

/** Lists of the one-stop desk: nobody else takes in or hands over. */
export const DESK_LISTS: readonly ListWord[] = ["cho-tiep-nhan", "cho-tra"];

/** What an officer sees first: everything when looking for something, else what waits for them. */
export const firstList = (isDesk: boolean, isSearching: boolean): ListWord =>
  isSearching ? "tat-ca" : isDesk ? "cho-tiep-nhan" : "cua-toi";
