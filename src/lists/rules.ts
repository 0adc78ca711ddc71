import { fold } from "#platform/format.ts";

export * from "./rules/wordings.ts";

/**
 * Lists that administrators own: what they are called in the database. The seed brings each; what an administrator
 * changed or took out, the seed leaves alone.
 */
export const LISTS = [
  "ethnicGroup",
  "sector",
  "documentType",
  "reason.supplement",
  "reason.decline",
  "reason.lateness",
  "reason.extension",
  "reason.stop",
] as const;
export type ListName = (typeof LISTS)[number];

export type ListEntry = { key: string; text: string; position: number; removed: boolean };
/** An entry as its history tells it. */
export type EntryState = { text: string; removed: boolean };

/**
 * By what an entry is kept for ever: a number that answers hold, a word that definitions hold and other provinces
 * understand, or (of lists whose texts are copied where they are used) the fingerprint of what it said first.
 */
export const keptBy = (list: ListName): "number" | "word" | "fingerprint" =>
  list === "ethnicGroup" ? "number" : list === "documentType" ? "word" : "fingerprint";

/** The next free two-digit code of a coded list. */
export function nextCode(keys: readonly string[]): string {
  const most = Math.max(0, ...keys.map(Number).filter(Number.isInteger));
  return String(most + 1).padStart(2, "0");
}

const MOST_WORD = 60;
/** "Giấy chứng sinh" is kept by giay-chung-sinh; where another entry is already, by giay-chung-sinh-2. */
export function wordFor(text: string, keys: readonly string[]): string {
  const words = fold(text).match(/[a-z0-9]+/g) ?? [];
  const word = words.join("-").slice(0, MOST_WORD).replace(/-$/, "") || "loai";
  for (let n = 1; ; n++) {
    const key = n === 1 ? word : `${word}-${n}`;
    if (!keys.includes(key)) return key;
  }
}

/** What an entry that is kept by this key is called; the key itself where no list has it. */
export const textOfEntry = (entries: readonly ListEntry[], key: string): string =>
  entries.find((entry) => entry.key === key)?.text ?? key;
