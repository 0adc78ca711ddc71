import type { vi } from "../messages.ts";
import { dateOf, type LocalDate, timeOf } from "./dates.ts";
import type { DueExplanation, PausedExplanation } from "./pauses.ts";

type Leaves<T, P extends string> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];
type DueKey = Leaves<(typeof vi)["due"], "">;

/** A text to be said: a key of messages and what goes into it. */
export type DueMessage = { key: `calendar.due.${DueKey}`; params: Record<string, string | number> };

const shown = (date: LocalDate): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
const named = ({ date, name }: { date: LocalDate; name: string }): string => `${shown(date)} (${name})`;

type Say = (key: DueKey, params?: DueMessage["params"]) => void;

/** The sentences that tell an officer or a citizen how a due date came about, in order, as message keys with dates dd/MM/yyyy. */
export function describeDueDate(explanation: DueExplanation): DueMessage[] {
  const said: DueMessage[] = [];
  const say: Say = (key, params = {}) => said.push({ key: `calendar.due.${key}`, params });
  const { term } = explanation;
  say("received", momentOf(explanation.received));
  say(`term.${term.unit}`, term.unit === "same_day" ? {} : { amount: term.amount });
  if (explanation.version === 1) sayBeginning(explanation, say, "takenAs", "countedFrom");
  else sayPauses(explanation, say);
  sayPassedOver(explanation, say);
  if (explanation.version === 2) sayNewDate(explanation, say);
  if (explanation.due) say("end", { date: shown(explanation.due.date), time: explanation.due.time });
  else say("noEnd");
  return said;
}

const momentOf = (instant: string): { date: string; time: string } => {
  const at = new Date(instant);
  return { date: shown(dateOf(at)), time: timeOf(at) };
};

function sayBeginning(
  { takenAs, countedFrom }: DueExplanation,
  say: Say,
  taken: "takenAs" | "resumedAs",
  from: "countedFrom" | "countedAgainFrom",
): void {
  if (takenAs)
    say(`${taken}.${takenAs.why}`, {
      date: shown(takenAs.date),
      ...(takenAs.cutOff !== undefined && { cutOff: takenAs.cutOff }),
    });
  say(`${from}.${countedFrom.why}`, {
    date: shown(countedFrom.date),
    ...(countedFrom.time !== undefined && { time: countedFrom.time }),
  });
}

function sayPauses(explanation: PausedExplanation, say: Say): void {
  const { pauses, restartedAt } = explanation;
  if (!restartedAt) sayBeginning(explanation, say, "takenAs", "countedFrom");
  for (const { from, to, reason } of pauses)
    if (to) say(`pause.${reason}`, { from: momentOf(from).date, to: momentOf(to).date });
  if (restartedAt) {
    say("restarted", momentOf(restartedAt));
    sayBeginning(explanation, say, "resumedAs", "countedAgainFrom");
  }
  if (pauses.some(({ to, policy }) => to && policy === "stop")) say("waitingNotCounted");
}

function sayPassedOver({ skipped, weekendDays, makeUpDays, moved, missingYears }: DueExplanation, say: Say): void {
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
}

function sayNewDate({ pauses, extension, left }: PausedExplanation, say: Say): void {
  if (extension) say("extended", { from: shown(extension.from), to: shown(extension.to) });
  for (const { from, to, reason } of pauses)
    if (!to) {
      const { date, time } = momentOf(from);
      say(`pausedSince.${reason}`, { from: date, time });
    }
  if (!left) return;
  if (left.restarts) say("left.whole");
  else if (left.amount === 0) say("left.lastDay");
  else say(`left.${left.unit}`, { amount: left.amount });
}
