import { isoDay } from "#platform/format.ts";

/** How procedures fared in a year: numbers of dossiers, and of ratings by the public. */
export type Figures = {
  received: number;
  receivedOnline: number;
  resolved: number;
  /** Of the resolved ones, those that had a due date, and those that kept it. */
  dueResolved: number;
  onTime: number;
  rated: number;
  satisfied: number;
};

const NONE: Figures = {
  received: 0,
  receivedOnline: 0,
  resolved: 0,
  dueResolved: 0,
  onTime: 0,
  rated: 0,
  satisfied: 0,
};

/** The figures of several procedures together. */
export const sumOf = (all: readonly Figures[]): Figures =>
  all.reduce(
    (sum, one) =>
      Object.fromEntries(Object.entries(sum).map(([key, n]) => [key, n + one[key as keyof Figures]])) as Figures,
    NONE,
  );

/** The calendar year in Vietnam that holds the instant: its number, its first instant, and that of the next year. */
export function yearOf(now: Date): { year: number; from: Date; to: Date } {
  const year = Number(isoDay(now).slice(0, 4));
  const first = (of: number): Date => new Date(`${of}-01-01T00:00:00+07:00`);
  return { year, from: first(year), to: first(year + 1) };
}

/**
 * How many of a hundred, with one decimal; null when there is nothing to share. All is only said of all: 1999 of 2000 are
 * 99,9.
 */
export function shareOf(part: number, of: number): number | null {
  if (of === 0) return null;
  const share = Math.round((1000 * part) / of) / 10;
  return part < of ? Math.min(share, 99.9) : share;
}
