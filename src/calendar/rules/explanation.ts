import type { vi } from "../messages.ts";
import { dateOf, type LocalDate, timeOf } from "./dates.ts";
import type { DueExplanation } from "./due.ts";

type Leaves<T, P extends string> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];
type DueKey = Leaves<(typeof vi)["due"], "">;

/** A text to be said: a key of messages and what goes into it. */
export type DueMessage = { key: `calendar.due.${DueKey}`; params: Record<string, string | number> };

const shown = (date: LocalDate): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
const named = ({ date, name }: { date: LocalDate; name: string }): string => `${shown(date)} (${name})`;

/** The sentences that tell an officer or a citizen how a due date came about, in order, as message keys with dates dd/MM/yyyy. */
export function describeDueDate(explanation: DueExplanation): DueMessage[] {
  const { term, takenAs, countedFrom, skipped, weekendDays, makeUpDays, moved, missingYears, due } = explanation;
  const said: DueMessage[] = [];
  const say = (key: DueKey, params: DueMessage["params"] = {}): number =>
    said.push({ key: `calendar.due.${key}`, params });
  const received = new Date(explanation.received);
  say("received", { date: shown(dateOf(received)), time: timeOf(received) });
  say(`term.${term.unit}`, term.unit === "same_day" ? {} : { amount: term.amount });
  if (takenAs)
    say(`takenAs.${takenAs.why}`, {
      date: shown(takenAs.date),
      ...(takenAs.cutOff !== undefined && { cutOff: takenAs.cutOff }),
    });
  say(`countedFrom.${countedFrom.why}`, {
    date: shown(countedFrom.date),
    ...(countedFrom.time !== undefined && { time: countedFrom.time }),
  });
  const off = skipped.filter((day) => day.why === "day_off");
  const makeUpNotCounted = skipped.filter((day) => day.why === "make_up_not_counted");
  if (off.length > 0) say("daysOff", { days: off.map(named).join(", ") });
  if (makeUpNotCounted.length > 0)
    say("makeUpNotCounted", { days: makeUpNotCounted.map((day) => shown(day.date)).join(", ") });
  if (weekendDays > 0) say("weekends", { number: weekendDays });
  if (makeUpDays.length > 0) say("makeUpCounted", { days: makeUpDays.map(shown).join(", ") });
  if (moved)
    say("moved", {
      from: moved.name === undefined ? shown(moved.from) : named({ date: moved.from, name: moved.name }),
      to: shown(moved.to),
    });
  const estimated = skipped.filter((day) => day.confidence === "estimate");
  if (estimated.length > 0) say("estimated", { days: estimated.map((day) => shown(day.date)).join(", ") });
  if (missingYears.length > 0) say("missingYears", { years: missingYears.join(", ") });
  say("end", { date: shown(due.date), time: due.time });
  return said;
}
