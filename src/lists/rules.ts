/**
 * Lists that administrators own: what they are called in the database. The seed brings each; what an administrator
 * changed or took out, the seed leaves alone.
 */
export const LISTS = [
  "ethnicGroup",
  "sector",
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

/** Entries of these lists are kept by a code that answers hold; of others by what they said first. */
export const isCoded = (list: ListName): boolean => list === "ethnicGroup";

/** The next free two-digit code of a coded list. */
export function nextCode(keys: readonly string[]): string {
  const most = Math.max(0, ...keys.map(Number).filter(Number.isInteger));
  return String(most + 1).padStart(2, "0");
}
