import {
  addDays,
  dateOf,
  instantAt,
  isLocalDate,
  isLocalTime,
  isWeekend,
  type LocalDate,
  type LocalTime,
  yearOf,
} from "./dates.ts";

/** How sure a day is: fixed by law or the lunar calendar, announced by the Government, or not announced yet. */
export const CONFIDENCES = ["law", "announced", "estimate"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** One row of the holiday table: a day on which offices are closed (off), or a make-up day worked in exchange (working). */
export type CalendarRow = { date: LocalDate; kind: "off" | "working"; name: string; confidence: string };

/** Spans of one working day, in order and apart: [{opens: "07:30", closes: "11:30"}, ...]. */
export type OfficeHours = readonly { opens: LocalTime; closes: LocalTime }[];

export type Calendar = {
  daysOff: ReadonlyMap<LocalDate, { name: string; confidence: string }>;
  makeUpDays: ReadonlyMap<LocalDate, { name: string; confidence: string }>;
  officeHours: OfficeHours;
  /** Years whose holiday table is known; in any other year only weekends are off. */
  years: ReadonlySet<number>;
};

/** How one procedure version counts: after the cut-off hour as if received next working day; make-up days count unless false. */
export type CountingRule = { cutOff?: LocalTime | undefined; makeUpDaysCount?: boolean | undefined };

export const DEFAULT_OFFICE_HOURS: OfficeHours = [
  { opens: "07:30", closes: "11:30" },
  { opens: "13:30", closes: "17:00" },
];

const LONGEST_CLOSURE_DAYS = 366;

function checkOfficeHours(hours: OfficeHours): void {
  if (hours.length === 0) throw new RangeError("Office hours need at least one span");
  let last = "";
  for (const { opens, closes } of hours) {
    if (!isLocalTime(opens) || !isLocalTime(closes))
      throw new RangeError(`Office hours must be HH:mm: ${opens}-${closes}`);
    if (opens >= closes || opens < last)
      throw new RangeError(`Office hours must run forward and not overlap: ${opens}-${closes}`);
    last = closes;
  }
}

/**
 * A calendar from rows of the holiday table. Later rows win, so that an agency's own rows follow the national ones.
 * A year counts as covered when its 1 January is among the rows (the one holiday no year lacks), unless `years` says
 * otherwise. RangeError for a day that does not exist or office hours that run backwards or overlap.
 */
export function calendarFrom(
  rows: Iterable<CalendarRow>,
  options: { officeHours?: OfficeHours | undefined; years?: Iterable<number> | undefined } = {},
): Calendar {
  const officeHours = options.officeHours ?? DEFAULT_OFFICE_HOURS;
  checkOfficeHours(officeHours);
  const daysOff = new Map<LocalDate, { name: string; confidence: string }>();
  const makeUpDays = new Map<LocalDate, { name: string; confidence: string }>();
  const covered = new Set<number>();
  for (const { date, kind, name, confidence } of rows) {
    if (!isLocalDate(date)) throw new RangeError(`Not a day: ${date}`);
    const [into, outOf] = kind === "off" ? [daysOff, makeUpDays] : [makeUpDays, daysOff];
    into.set(date, { name, confidence });
    outOf.delete(date);
    if (kind === "off" && date.endsWith("-01-01")) covered.add(yearOf(date));
  }
  return { daysOff, makeUpDays, officeHours, years: options.years ? new Set(options.years) : covered };
}

/** Whether offices work on the day: not a day off, and either a weekday or a make-up day that the rule counts. */
export function isWorkingDay(date: LocalDate, calendar: Calendar, rule: CountingRule = {}): boolean {
  if (calendar.daysOff.has(date)) return false;
  if (!isWeekend(date)) return true;
  return rule.makeUpDaysCount !== false && calendar.makeUpDays.has(date);
}

/** The first working day after the given one. RangeError when the calendar closes offices for over a year. */
export function nextWorkingDay(date: LocalDate, calendar: Calendar, rule: CountingRule = {}): LocalDate {
  let day = date;
  for (let tried = 0; tried < LONGEST_CLOSURE_DAYS; tried++) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar, rule)) return day;
  }
  throw new RangeError(`No working day within ${LONGEST_CLOSURE_DAYS} days after ${date}`);
}

/** The n-th working day after the given one, which is itself not counted (BLDS 2015 Điều 147.2). RangeError unless n is 1..3650. */
export function addWorkingDays(date: LocalDate, days: number, calendar: Calendar, rule: CountingRule = {}): LocalDate {
  checkAmount(days, "working_day");
  let day = date;
  for (let counted = 0; counted < days; counted++) day = nextWorkingDay(day, calendar, rule);
  return day;
}

/** A stretch of time, the end not included. */
export type Stretch = { from: Date; to: Date };

/**
 * The instant so many working hours later, counted inside office hours from that very instant, rounded up to the minute
 * (BLDS 2015 Điều 147.1). RangeError unless hours are above 0, at most 3650, and whole in minutes.
 */
export function addWorkingHours(from: Date, hours: number, calendar: Calendar, rule: CountingRule = {}): Date {
  checkAmount(hours, "working_hour");
  return addOfficeTime(from, Math.round(hours * 60) * MINUTE_MS, calendar, rule);
}

/** The instant so much office time (ms) later, from the next full minute on; time inside `left out` is not counted. */
export function addOfficeTime(
  from: Date,
  time: number,
  calendar: Calendar,
  rule: CountingRule = {},
  leftOut: readonly Stretch[] = [],
): Date {
  const start = Math.ceil(from.getTime() / MINUTE_MS) * MINUTE_MS;
  const gaps = inOrder(leftOut);
  let left = time;
  let day = dateOf(new Date(start));
  if (!isWorkingDay(day, calendar, rule)) day = nextWorkingDay(day, calendar, rule);
  for (;;) {
    for (const [begin, end] of openStretches(day, start, calendar, gaps)) {
      if (left <= end - begin) return new Date(begin + left);
      left -= end - begin;
    }
    day = nextWorkingDay(day, calendar, rule);
  }
}

/** Office time (ms) between two instants; time inside `left out` is not counted. */
export function officeTimeBetween(
  from: Date,
  to: Date,
  calendar: Calendar,
  rule: CountingRule = {},
  leftOut: readonly Stretch[] = [],
): number {
  const gaps = inOrder([...leftOut, { from: to, to: new Date(to.getTime() + 2 * DAY_MS) }]);
  let time = 0;
  for (let day = dateOf(from); day <= dateOf(to); day = addDays(day, 1))
    if (isWorkingDay(day, calendar, rule))
      for (const [begin, end] of openStretches(day, from.getTime(), calendar, gaps)) time += end - begin;
  return time;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const inOrder = (stretches: readonly Stretch[]): [from: number, to: number][] =>
  stretches
    .map(({ from, to }): [number, number] => [from.getTime(), to.getTime()])
    .sort(([a, b], [c, d]) => a - c || b - d);

/** The office hours of one day from an instant on, cut by the gaps. */
function* openStretches(
  day: LocalDate,
  start: number,
  calendar: Calendar,
  gaps: readonly (readonly [from: number, to: number])[],
): Generator<[begin: number, end: number]> {
  for (const { opens, closes } of calendar.officeHours) {
    const end = instantAt(day, closes).getTime();
    let begin = Math.max(start, instantAt(day, opens).getTime());
    for (const [from, to] of gaps) {
      if (from >= end || begin >= end) break;
      if (from > begin) yield [begin, from];
      begin = Math.max(begin, to);
    }
    if (begin < end) yield [begin, end];
  }
}

/** The instant at which offices open on the day. */
export const startOfOfficeHours = (date: LocalDate, calendar: Calendar): Date =>
  instantAt(date, calendar.officeHours[0]?.opens ?? "00:00");

/** The instant at which offices close on the day: when a term counted in days ends. */
export const endOfOfficeHours = (date: LocalDate, calendar: Calendar): Date =>
  instantAt(date, calendar.officeHours.at(-1)?.closes ?? "23:59");

/** Whether offices are open at the instant. */
export function isOfficeTime(at: Date, calendar: Calendar): boolean {
  const day = dateOf(at);
  return (
    isWorkingDay(day, calendar) &&
    calendar.officeHours.some(({ opens, closes }) => instantAt(day, opens) <= at && at < instantAt(day, closes))
  );
}

/** Units of a term: minutes and hours of office time; `same_day`: before offices close on the day of reception. */
export const TERM_UNITS = ["minute", "working_hour", "working_day", "day", "month", "same_day"] as const;
export type TermUnit = (typeof TERM_UNITS)[number];

/** The most that a term may say in any unit; beyond it the number is a slip of the pen. */
export const LONGEST_TERM = 3650;

/** RangeError unless the amount is one that a term in this unit can have: above 0, at most 3650, whole (hours: whole minutes). */
export function checkAmount(amount: number, unit: Exclude<TermUnit, "same_day">): void {
  const minutes = amount * 60;
  const whole = unit === "working_hour" ? Math.abs(minutes - Math.round(minutes)) < 1e-6 : Number.isInteger(amount);
  if (!whole || minutes < 1 || amount > LONGEST_TERM)
    throw new RangeError(
      `A term of ${amount} (${unit}) is not possible: it must be whole, above 0 and at most ${LONGEST_TERM}`,
    );
}
