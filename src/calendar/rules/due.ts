import {
  addDays,
  addMonths,
  dateOf,
  instantAt,
  isLocalTime,
  isWeekend,
  type LocalDate,
  type LocalTime,
  timeOf,
  yearOf,
} from "./dates.ts";
import {
  addOfficeTime,
  addWorkingDays,
  type Calendar,
  type CountingRule,
  checkAmount,
  endOfOfficeHours,
  isWorkingDay,
  nextWorkingDay,
  startOfOfficeHours,
  type TermUnit,
} from "./days.ts";

/** A limit set for an agency or an officer. */
export type Term = { unit: Exclude<TermUnit, "same_day">; amount: number } | { unit: "same_day" };

/** A day that a term passes over, other than a plain Saturday or Sunday. */
export type SkippedDay = { date: LocalDate; why: "day_off" | "make_up_not_counted"; name: string; confidence: string };

/** Why a due date without pauses is what it is: plain JSON, stored beside the date, told in words by `describeDueDate`. */
export type PlainExplanation = {
  version: 1;
  /** The instant of reception, ISO 8601 in UTC. */
  received: string;
  term: Term;
  /** Reception is taken as if it were on a later working day, and why. */
  takenAs?: { date: LocalDate; why: "after_cut_off" | "day_off" | "after_office_hours"; cutOff?: LocalTime };
  /** Where counting begins: the day after reception, the hour of reception, or the day of reception itself. */
  countedFrom: { date: LocalDate; time?: LocalTime; why: "first_day_not_counted" | "from_the_hour" | "same_day" };
  skipped: SkippedDay[];
  /** Plain Saturdays and Sundays passed over, in days. */
  weekendDays: number;
  /** Make-up days that were counted as working days. */
  makeUpDays: LocalDate[];
  /** The last day was a day off, so the term ends on the next working day (BLDS 2015 Điều 148.5). */
  moved?: { from: LocalDate; to: LocalDate; name?: string };
  /** Years for which no holiday table was known: only weekends were taken off. */
  missingYears: number[];
  due: { date: LocalDate; time: LocalTime };
};

/** Office time (ms) of a term in minutes or hours. */
export const officeTimeOf = (unit: "minute" | "working_hour", amount: number): number =>
  Math.round(unit === "minute" ? amount : amount * 60) * 60_000;

type TakenAs = NonNullable<PlainExplanation["takenAs"]>;

/** With a cut-off, later hours and days off both belong to the next working day: otherwise Saturday would beat Friday evening. */
export function takeReception(
  receivedAt: Date,
  unit: TermUnit,
  calendar: Calendar,
  rule: CountingRule,
): TakenAs | undefined {
  const day = dateOf(receivedAt);
  const next = (): LocalDate => nextWorkingDay(day, calendar, rule);
  const counts = rule.cutOff !== undefined || unit === "same_day";
  if (counts && !isWorkingDay(day, calendar, rule)) return { date: next(), why: "day_off" };
  if (rule.cutOff !== undefined && receivedAt > instantAt(day, rule.cutOff))
    return { date: next(), why: "after_cut_off", cutOff: rule.cutOff };
  if (unit === "same_day" && receivedAt >= endOfOfficeHours(day, calendar))
    return { date: next(), why: "after_office_hours" };
  return undefined;
}

/** What lies between two days, both looked at, that a term in working days does not count, and why. */
export function passedOver(
  from: LocalDate,
  to: LocalDate,
  calendar: Calendar,
  rule: CountingRule,
  isPaused: (day: LocalDate) => boolean = () => false,
) {
  const skipped: SkippedDay[] = [];
  const makeUpDays: LocalDate[] = [];
  let weekendDays = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (isPaused(day)) continue;
    const off = calendar.daysOff.get(day);
    const makeUp = calendar.makeUpDays.get(day);
    if (off) skipped.push({ date: day, why: "day_off", ...off });
    else if (isWorkingDay(day, calendar, rule)) {
      if (makeUp && isWeekend(day) && day !== from) makeUpDays.push(day);
    } else if (makeUp) skipped.push({ date: day, why: "make_up_not_counted", ...makeUp });
    else weekendDays++;
  }
  return { skipped, makeUpDays, weekendDays };
}

export const yearsBetween = (from: LocalDate, to: LocalDate): number[] =>
  Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, i) => yearOf(from) + i);

/**
 * The due date of a term and the reasons for it. Day terms: the day of reception is not counted, the term ends when
 * offices close on its last day, and a last day off moves to the next working day (BLDS 2015 Điều 147, 148). Hour terms
 * run inside office hours from the instant of reception. RangeError for an amount that no term can have, an invalid
 * instant, or a cut-off that is not HH:mm.
 */
export function computeDueDate(
  receivedAt: Date,
  term: Term,
  calendar: Calendar,
  rule: CountingRule = {},
): { dueAt: Date; explanation: PlainExplanation } {
  if (term.unit !== "same_day") checkAmount(term.amount, term.unit);
  if (rule.cutOff !== undefined && !isLocalTime(rule.cutOff))
    throw new RangeError(`The cut-off is not HH:mm: ${rule.cutOff}`);
  const receivedOn = dateOf(receivedAt);
  const takenAs = takeReception(receivedAt, term.unit, calendar, rule);
  const base = takenAs?.date ?? receivedOn;
  const explain = (
    dueAt: Date,
    countedFrom: PlainExplanation["countedFrom"],
    passed: ReturnType<typeof passedOver>,
    moved?: PlainExplanation["moved"],
  ): { dueAt: Date; explanation: PlainExplanation } => ({
    dueAt,
    explanation: {
      version: 1,
      received: receivedAt.toISOString(),
      term: { ...term },
      ...(takenAs && { takenAs }),
      countedFrom,
      ...passed,
      ...(moved && { moved }),
      missingYears: yearsBetween(receivedOn, dateOf(dueAt)).filter((year) => !calendar.years.has(year)),
      due: { date: dateOf(dueAt), time: timeOf(dueAt) },
    },
  });

  switch (term.unit) {
    case "same_day": {
      const dueAt = endOfOfficeHours(base, calendar);
      return explain(dueAt, { date: base, why: "same_day" }, passedOver(receivedOn, base, calendar, rule));
    }
    case "minute":
    case "working_hour": {
      const from = takenAs ? startOfOfficeHours(base, calendar) : receivedAt;
      const dueAt = addOfficeTime(from, officeTimeOf(term.unit, term.amount), calendar, rule);
      const begin = new Date(addOfficeTime(from, 60_000, calendar, rule).getTime() - 60_000);
      const countedFrom = { date: dateOf(begin), time: timeOf(begin), why: "from_the_hour" as const };
      return explain(dueAt, countedFrom, passedOver(receivedOn, dateOf(dueAt), calendar, rule));
    }
    case "working_day": {
      const last = addWorkingDays(base, term.amount, calendar, rule);
      const countedFrom = { date: nextWorkingDay(base, calendar, rule), why: "first_day_not_counted" as const };
      return explain(endOfOfficeHours(last, calendar), countedFrom, passedOver(receivedOn, last, calendar, rule));
    }
    case "day":
    case "month": {
      const last = term.unit === "day" ? addDays(base, term.amount) : addMonths(base, term.amount);
      const off = !isWorkingDay(last, calendar, rule);
      const end = off ? nextWorkingDay(last, calendar, rule) : last;
      const name = calendar.daysOff.get(last)?.name;
      // Days off in the middle of a calendar term are counted, so only those at either end are passed over.
      const before = passedOver(receivedOn, takenAs ? base : addDays(receivedOn, -1), calendar, rule);
      const after = passedOver(last, off ? end : addDays(last, -1), calendar, rule);
      const passed = {
        skipped: [...before.skipped, ...after.skipped],
        makeUpDays: [...before.makeUpDays, ...after.makeUpDays],
        weekendDays: before.weekendDays + after.weekendDays,
      };
      const moved = off ? { from: last, to: end, ...(name !== undefined && { name }) } : undefined;
      const countedFrom = { date: addDays(base, 1), why: "first_day_not_counted" as const };
      return explain(endOfOfficeHours(end, calendar), countedFrom, passed, moved);
    }
  }
}

/** Whether the due day has passed: days are compared, not hours, as the national statistics do; on the due day itself nothing is late. */
export const isOverdue = (dueAt: Date, now: Date): boolean => dateOf(now) > dateOf(dueAt);

/** Whether the due instant is ahead and within 24 hours. */
export const isNearDue = (dueAt: Date, now: Date): boolean => {
  const left = dueAt.getTime() - now.getTime();
  return left >= 0 && left <= 24 * 3_600_000;
};

/** How a finished piece of work stands to its due date, by days: finished on an earlier day, on the day, or on a later one. */
export function punctuality(dueAt: Date, finishedAt: Date): "early" | "on_time" | "late" {
  const [due, finished] = [dateOf(dueAt), dateOf(finishedAt)];
  return finished < due ? "early" : finished === due ? "on_time" : "late";
}
