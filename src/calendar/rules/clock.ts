import { addDays, addMonths, dateOf, instantAt, type LocalDate } from "./dates.ts";
import {
  addOfficeTime,
  type Calendar,
  type CountingRule,
  endOfOfficeHours,
  isWorkingDay,
  nextWorkingDay,
  officeTimeBetween,
  startOfOfficeHours,
} from "./days.ts";
import { officeTimeOf, type Term, takeReception } from "./due.ts";
import type { PausePolicy, TimeLeft } from "./pauses.ts";

/** A time of waiting that is over. */
export type Ended = { from: Date; to: Date; policy: PausePolicy };
/** A part of the term that runs from `at` (for days: from the day after it) for as long as is left. */
export type Run = { at: Date; base: LocalDate; left: TimeLeft };

/** Where a clock stands after its pauses. */
export type Settled = {
  run: Run;
  due: Date;
  restartedAt: Date | null;
  extended?: { decidedAt: string; from: LocalDate; to: LocalDate };
  /** After an extension: counts without the pauses that were over when it was decided. */
  after?: Counter;
};

export type Counter = ReturnType<typeof counter>;

/** Counts one term on one calendar, given the pauses that ended. */
export function counter(term: Term, calendar: Calendar, rule: CountingRule, ended: readonly Ended[]) {
  const resumeDay = (at: Date): LocalDate => takeReception(at, term.unit, calendar, rule)?.date ?? dateOf(at);
  const resumeAt = (at: Date): Date => {
    const taken = takeReception(at, term.unit, calendar, rule);
    return taken ? startOfOfficeHours(taken.date, calendar) : at;
  };
  const stretches = ended.map(({ from, to }) => ({ from, to: resumeAt(to) }));
  const spans = ended.map(({ from, to }) => [from, dateOf(from), resumeDay(to)] as const);
  // By days, the day on which waiting begins still counts and the day of resuming does not, as the day of reception
  // does not (BLDS 2015 Điều 147.2).
  const isPaused = (day: LocalDate): boolean => spans.some(([, from, to]) => from < day && day <= to);
  const counts = (day: LocalDate, unit: TimeLeft["unit"]): boolean =>
    !isPaused(day) && (unit === "day" || isWorkingDay(day, calendar, rule));
  const onWorkingDay = (day: LocalDate): LocalDate =>
    isWorkingDay(day, calendar, rule) ? day : nextWorkingDay(day, calendar, rule);

  const begin = (at: Date): Run => {
    const base = resumeDay(at);
    const left = ((): TimeLeft => {
      switch (term.unit) {
        case "minute":
        case "working_hour":
          return { unit: "minute", amount: officeTimeOf(term.unit, term.amount) / 60_000 };
        case "month":
          return { unit: "day", amount: daysBetween(base, addMonths(base, term.amount)) };
        case "same_day":
          return { unit: "working_day", amount: 0 };
        default:
          return { unit: term.unit, amount: term.amount };
      }
    })();
    return { at: left.unit === "minute" ? resumeAt(at) : at, base, left };
  };

  /** The last day of a run in days as it was counted, before it moved off a day off. */
  const lastDay = ({ base, left }: Run): LocalDate => {
    let day = base;
    for (let counted = 0; counted < left.amount; ) {
      day = addDays(day, 1);
      if (counts(day, left.unit)) counted++;
    }
    return day;
  };

  const dueOf = (run: Run): Date => {
    if (run.left.unit === "minute") return addOfficeTime(run.at, run.left.amount * 60_000, calendar, rule, stretches);
    let due = endOfOfficeHours(onWorkingDay(lastDay(run)), calendar);
    // Stopped on its very last day, a term ends on the day of resuming: it never runs out while it stands still.
    for (const [from, , to] of spans)
      if (from <= due && to > dateOf(due)) due = endOfOfficeHours(onWorkingDay(to), calendar);
    return due;
  };

  /** What of a run that ends then is left at an instant. */
  const leftAt = (at: Date, run: Run, due: Date): TimeLeft => {
    const { unit } = run.left;
    if (unit === "minute") {
      const time = officeTimeBetween(at < run.at ? run.at : at, due, calendar, rule, stretches);
      return { unit, amount: Math.ceil(time / 60_000) };
    }
    let amount = 0;
    const last = lastDay(run);
    for (let day = addDays(dateOf(at) < run.base ? run.base : dateOf(at), 1); day <= last; day = addDays(day, 1))
      if (counts(day, unit)) amount++;
    return { unit, amount };
  };

  /** Follows the restarts: each begins the term anew, as long as the date that it moves had not passed before. */
  const settle = (from: Run): Settled => {
    let [run, due, restartedAt] = [from, dueOf(from), null as Date | null];
    for (;;) {
      const again = ended.filter((pause) => pause.policy === "restart" && pause.from <= due).at(-1)?.to;
      const next = again && again > (restartedAt ?? from.at) ? begin(again) : null;
      const later = next ? dueOf(next) : due;
      // A month that begins later may be shorter: waiting never brings a date forward.
      if (!again || !next || later < due) return { run, due, restartedAt };
      [run, due, restartedAt] = [next, later, again];
    }
  };
  return { begin, isPaused, lastDay, leftAt, onWorkingDay, settle };
}

export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((instantAt(to, "00:00").getTime() - instantAt(from, "00:00").getTime()) / 86_400_000);
