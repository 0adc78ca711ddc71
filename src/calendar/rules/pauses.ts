import { type Counter, counter, daysBetween, type Ended, type Settled } from "./clock.ts";
import { addDays, dateOf, isLocalDate, type LocalDate, timeOf } from "./dates.ts";
import { type Calendar, type CountingRule, endOfOfficeHours, isWorkingDay, officeTimeBetween } from "./days.ts";
import { computeDueDate, type PlainExplanation, passedOver, type Term, yearsBetween } from "./due.ts";

/**
 * What waiting does to a clock. stop: it stands still and goes on with the working time that was left; restart: the whole
 * term runs again from the moment of resuming (NĐ 61/2018 Đ19.4); none: it runs on.
 */
export const PAUSE_POLICIES = ["stop", "restart", "none"] as const;
export type PausePolicy = (typeof PAUSE_POLICIES)[number];

/** What a clock waits for: a supplement (national status 5), a financial obligation (6), or something else. */
export const PAUSE_REASONS = ["supplement", "obligation", "other"] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** A time of waiting; `to` null: it lasts. */
export type Pause = { from: Date; to: Date | null; policy: PausePolicy; reason: PauseReason };

/** The one new date that an apology may give (NĐ 61/2018 Đ19.9): decided when, until the end of which day. */
export type Extension = { decidedAt: Date; until: LocalDate };

/** What is left of a term. Of `working_day` 0 is left when the clock stopped on the last day: that day comes again. */
export type TimeLeft = { unit: "minute" | "working_day" | "day"; amount: number };

/** Why a due date with pauses or an extension is what it is; the fields of version 1 mean what they meant there. */
export type PausedExplanation = Omit<PlainExplanation, "version" | "due"> & {
  version: 2;
  /** The pauses that moved the date, in order, instants in ISO 8601 UTC. */
  pauses: { from: string; to: string | null; policy: "stop" | "restart"; reason: PauseReason }[];
  /** The whole term was counted again from this instant: `takenAs` and `countedFrom` speak of it. */
  restartedAt?: string;
  extension?: { decidedAt: string; from: LocalDate; to: LocalDate };
  /** While a pause lasts: what will still be left when the clock goes on. */
  left?: TimeLeft & { restarts: boolean };
  /** null while a pause lasts. */
  due: { date: LocalDate; time: string } | null;
};

/** Why a due date is what it is, in either version that may be stored. */
export type DueExplanation = PlainExplanation | PausedExplanation;

/** Whether a stored JSON value is an explanation that `describeDueDate` can tell. */
export const isDueExplanation = (stored: unknown): stored is DueExplanation =>
  typeof stored === "object" && stored !== null && [1, 2].includes((stored as { version?: number }).version ?? 0);

const byStart = (a: Pause, b: Pause): number => a.from.getTime() - b.from.getTime();

function workingDaysBetween(after: LocalDate, until: LocalDate, calendar: Calendar, rule: CountingRule): number {
  let count = 0;
  for (let day = addDays(after, 1); day <= until; day = addDays(day, 1)) if (isWorkingDay(day, calendar, rule)) count++;
  return count;
}

const endOf = ({ to }: Pause): number => to?.getTime() ?? Number.POSITIVE_INFINITY;

/** The pauses that can matter: of a policy that stops, not over before the clock began, in the order of their ends. */
function effective(pauses: readonly Pause[], start: Date): Pause[] {
  for (const { from, to } of pauses)
    if (Number.isNaN(from.getTime()) || (to && !(to >= from)))
      throw new RangeError("A pause must begin at an instant and not end before it");
  return pauses
    .filter(({ policy, to }) => policy !== "none" && (to === null || to > start))
    .map((pause) => (pause.from < start ? { ...pause, from: start } : pause))
    .sort((a, b) => (endOf(a) === endOf(b) ? byStart(a, b) : endOf(a) < endOf(b) ? -1 : 1));
}

const isEnded = (pause: Pause): pause is Pause & Ended => pause.to !== null;

/**
 * The due date of a term after its pauses and its one extension, and the reasons; null while a pause lasts. The same for
 * the clock of a dossier, of a step and of a consulted agency. A pause that begins after the due date moves nothing: what
 * was late stays late. RangeError as `computeDueDate`, for a pause that ends before it begins, and a day that is none.
 */
export function dueAfterPauses(
  start: Date,
  term: Term,
  calendar: Calendar,
  rule: CountingRule,
  pauses: readonly Pause[],
  extension: Extension | null = null,
): { dueAt: Date | null; explanation: DueExplanation } {
  const plain = computeDueDate(start, term, calendar, rule);
  const known = effective(pauses, start);
  if (extension && !isLocalDate(extension.until)) throw new RangeError(`Not a day: ${extension.until}`);
  if (known.length === 0 && !extension) return plain;
  const ended = known.filter(isEnded);
  const count = counter(term, calendar, rule, ended);
  const settled = extension
    ? settleExtended(start, extension, term, calendar, rule, ended)
    : count.settle(count.begin(start));
  const moving = known.filter(({ from }) => from <= settled.due);
  if (moving.length === 0 && !settled.extended) return plain;
  const stoppedAt = moving.filter(({ to }) => to === null).sort(byStart)[0]?.from;
  return {
    dueAt: stoppedAt ? null : settled.due,
    explanation: explain(start, term, calendar, rule, { ...settled, count, moving, stoppedAt }),
  };
}

/** The clock up to the extension, then from it until the new date; what had been moved further already stays there. */
function settleExtended(
  start: Date,
  { decidedAt, until }: Extension,
  term: Term,
  calendar: Calendar,
  rule: CountingRule,
  ended: readonly Ended[],
): Settled {
  const before = counter(
    term,
    calendar,
    rule,
    ended.filter(({ from }) => from < decidedAt),
  );
  const first = before.settle(before.begin(start));
  const count = counter(term, calendar, rule, ended);
  const to = count.onWorkingDay(until);
  const due = endOfOfficeHours(to, calendar);
  if (due <= first.due) return count.settle(count.begin(start));
  const { unit } = first.run.left;
  const base = dateOf(decidedAt);
  const amount =
    unit === "minute"
      ? officeTimeBetween(decidedAt, due, calendar, rule) / 60_000
      : unit === "day"
        ? daysBetween(base, to)
        : workingDaysBetween(base, to, calendar, rule);
  // What was waited for before the decision is behind it, also where its last day counts as a later one: the new date
  // is a promise.
  const after = counter(
    term,
    calendar,
    rule,
    ended.filter(({ to: end }) => end > decidedAt),
  );
  const then = after.settle({ at: decidedAt, base, left: { unit, amount } });
  return {
    ...then,
    after,
    restartedAt: then.restartedAt ?? first.restartedAt,
    extended: { decidedAt: decidedAt.toISOString(), from: dateOf(first.due), to },
  };
}

/** Why the new date of an extension is refused: it was extended before, it stands still, its day has come, or the new day does not do. */
export type ExtensionFault = "already_extended" | "paused" | "too_late" | "not_later" | "day_off";

/** What speaks against extending a clock at an instant: once at most, and before its due day (NĐ 61/2018 Đ19.9); null when nothing does. */
export function extensionFault(
  clock: { dueAt: Date | null; isExtended: boolean },
  { decidedAt, until }: Extension,
  calendar: Calendar,
  rule: CountingRule = {},
): ExtensionFault | null {
  if (clock.isExtended) return "already_extended";
  if (clock.dueAt === null) return "paused";
  if (dateOf(decidedAt) >= dateOf(clock.dueAt)) return "too_late";
  if (until <= dateOf(clock.dueAt)) return "not_later";
  return isWorkingDay(until, calendar, rule) ? null : "day_off";
}

function explain(
  start: Date,
  term: Term,
  calendar: Calendar,
  rule: CountingRule,
  found: Settled & { count: Counter; moving: readonly Pause[]; stoppedAt: Date | undefined },
): PausedExplanation {
  const { run, due, restartedAt, extended, count, moving, stoppedAt } = found;
  const after = found.after ?? count;
  const from = restartedAt ?? start;
  const { takenAs, countedFrom } = computeDueDate(from, term, calendar, rule).explanation;
  const end = dateOf(stoppedAt ?? due);
  const between = (first: LocalDate, last: LocalDate) => passedOver(first, last, calendar, rule, count.isPaused);
  const last = run.left.unit === "day" ? after.lastDay(run) : end;
  const isMoved = !stoppedAt && last < end && !isWorkingDay(last, calendar, rule);
  const name = calendar.daysOff.get(last)?.name;
  // Days off in the middle of a calendar term are counted, so only those at either end are passed over.
  const [early, late] =
    run.left.unit === "day"
      ? [takenAs ? between(dateOf(from), takenAs.date) : null, isMoved ? between(last, end) : null]
      : [between(dateOf(from), end), null];
  const open = moving.filter(({ to }) => to === null);
  const restarts = open.some(({ policy }) => policy === "restart");
  return {
    version: 2,
    received: start.toISOString(),
    term: { ...term },
    ...(takenAs && { takenAs }),
    countedFrom,
    pauses: moving.map(({ from: begun, to, policy, reason }) => ({
      from: begun.toISOString(),
      to: to?.toISOString() ?? null,
      policy: policy as "stop" | "restart",
      reason,
    })),
    ...(restartedAt && { restartedAt: restartedAt.toISOString() }),
    ...(extended && { extension: extended }),
    skipped: [...(early?.skipped ?? []), ...(late?.skipped ?? [])],
    weekendDays: (early?.weekendDays ?? 0) + (late?.weekendDays ?? 0),
    makeUpDays: [...(early?.makeUpDays ?? []), ...(late?.makeUpDays ?? [])],
    ...(isMoved && { moved: { from: last, to: end, ...(name !== undefined && { name }) } }),
    ...(stoppedAt && {
      left: { ...(restarts ? after.begin(stoppedAt).left : after.leftAt(stoppedAt, run, due)), restarts },
    }),
    missingYears: yearsBetween(dateOf(start), end).filter((year) => !calendar.years.has(year)),
    due: stoppedAt ? null : { date: dateOf(due), time: timeOf(due) },
  };
}
