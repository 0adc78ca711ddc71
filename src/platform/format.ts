/** Viet Nam keeps UTC+7 all year, so that fixed arithmetic is exact and far cheaper than Intl per cell. */
const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

type Day = { iso: string; shown: string };
const MOST_DAYS = 20_000;
const written = new Map<number, Day>();

/** Each day is written out once: lists ask for the same few. RangeError for an instant that is none. */
function dayOf(at: Date): Day {
  const number = Math.floor((at.getTime() + OFFSET_MS) / DAY_MS);
  const known = written.get(number);
  if (known) return known;
  const iso = new Date(number * DAY_MS).toISOString().slice(0, 10);
  const day = { iso, shown: iso.split("-").reverse().join("/") };
  if (written.size < MOST_DAYS) written.set(number, day);
  return day;
}

/** yyyy-MM-dd of the day in Viet Nam. */
export const isoDay = (at: Date): string => dayOf(at).iso;

/** 23/11/2026 */
export const formatDate = (at: Date): string => dayOf(at).shown;

/** 15:20 */
export const formatTime = (at: Date): string => {
  const ofDay = (at.getTime() + OFFSET_MS) % DAY_MS;
  const minute = Math.floor((ofDay < 0 ? ofDay + DAY_MS : ofDay) / 60_000);
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
};

/** 15:20 23/11/2026 */
export const formatDateTime = (at: Date): string => `${formatTime(at)} ${formatDate(at)}`;

/** yyyy, yyyy-MM or yyyy-MM-dd as people write it. */
export const formatPartialDate = (text: string): string => text.split("-").reverse().join("/");

const thousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ".");

/** 1.234.567 or 0,3 */
export function formatNumber(n: number | bigint): string {
  const [whole = "", part] = String(n < 0 ? -n : n).split(".");
  return `${n < 0 ? "-" : ""}${thousands(whole)}${part ? `,${part}` : ""}`;
}

/** 150.000 đồng */
export const formatMoney = (dong: number | bigint): string => `${formatNumber(dong)} đồng`;

/** 1,5 MB */
export const formatSize = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${value < 10 ? value.toFixed(1).replace(".", ",") : Math.round(value)} ${unit}`;
};

/** Lower case without diacritics, single spaces: how names are searched. Same result as the database's `fold()`. */
export const fold = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
