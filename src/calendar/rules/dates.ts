/** A day on the wall calendar of Việt Nam, "2026-11-23". Text, so that it sorts, compares and stores as itself. */
export type LocalDate = string;
/** A time of day on the wall clock of Việt Nam, "07:30". */
export type LocalTime = string;

// Việt Nam has kept UTC+7 the year round since 1975 and has no daylight saving time: a fixed offset is exact for every
// instant this portal can meet, and does not depend on the time zone tables of the machine it runs on.
const OFFSET = "+07:00";
const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

// A list asks for the same few days again and again: each is read and written once.
const MOST_DAYS = 20_000;
/** Days since 1970, and back. */
const numbers = new Map<LocalDate, number>();
const written = new Map<number, LocalDate>();

function dateAt(day: number): LocalDate {
  const known = written.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (written.size < MOST_DAYS) written.set(day, date);
  return date;
}

function dayNumber(date: LocalDate): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  if (!isLocalDate(date)) throw new RangeError(`Not a day: ${date}`);
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  if (numbers.size < MOST_DAYS) numbers.set(date, day);
  return day;
}

const shifted = (instant: Date): string => {
  if (Number.isNaN(instant.getTime())) throw new RangeError("The instant is not a valid date");
  return new Date(instant.getTime() + OFFSET_MS).toISOString();
};

/** The day in Asia/Ho_Chi_Minh on which the instant falls. RangeError for an invalid one. */
export const dateOf = (instant: Date): LocalDate => dateAt(Math.floor((instant.getTime() + OFFSET_MS) / DAY_MS));

/** The wall-clock time "HH:mm" in Asia/Ho_Chi_Minh of the instant, seconds cut off. */
export const timeOf = (instant: Date): LocalTime => shifted(instant).slice(11, 16);

/** The instant at which the clocks of Việt Nam show this day and time. RangeError when either is not real. */
export function instantAt(date: LocalDate, time: LocalTime): Date {
  const instant = new Date(`${date}T${time}:00${OFFSET}`);
  if (!isLocalDate(date) || Number.isNaN(instant.getTime()))
    throw new RangeError(`Not a day and time: ${date} ${time}`);
  return instant;
}

/** Whether the text is a day that exists, written YYYY-MM-DD. */
export const isLocalDate = (text: string): boolean => {
  if (numbers.has(text)) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

/** Whether the text is a time of day written HH:mm, from 00:00 to 23:59. */
export const isLocalTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

const utc = (date: LocalDate): Date => new Date(dayNumber(date) * DAY_MS);

/** The day so many calendar days later. */
export const addDays = (date: LocalDate, days: number): LocalDate => dateAt(dayNumber(date) + days);

/** The corresponding day so many months later, or the last day of that month where it has none (BLDS 2015 Điều 148.3). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const from = utc(date);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), length));
  return first.toISOString().slice(0, 10);
}

export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/** 0 for Sunday to 6 for Saturday. */
export const weekdayOf = (date: LocalDate): 0 | 1 | 2 | 3 | 4 | 5 | 6 => utc(date).getUTCDay() as 0;

/** Whether the day is a Saturday or a Sunday. */
export const isWeekend = (date: LocalDate): boolean => [0, 6].includes(weekdayOf(date));
