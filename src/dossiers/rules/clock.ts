import {
  type Calendar,
  type CountingRule,
  type DueExplanation,
  dateOf,
  dueAfterPauses,
  type Pause,
  type PauseReason,
  type Term,
} from "#calendar/rules.ts";
import { formatDateTime } from "#platform/format.ts";

type StoredPause = { from: Date; to: Date | null; policy: Pause["policy"]; reason: string };
type StepPause = StoredPause & { holdsStep: boolean };

/** What is stored of a clock: when it began, when it stood still, and the one new date it was given. */
export type ClockFacts = {
  clockStartedAt: Date;
  pauses: readonly StoredPause[];
  extension: { at: Date; newDueAt: Date } | null;
};

const pauseOf = ({ from, to, policy, reason }: StoredPause): Pause => ({
  from,
  to,
  policy,
  reason: reason as PauseReason,
});

/** The due date of a dossier as the law counts it by a calendar, with all pauses and the one extension; null while it stands still. */
export const dueOf = (
  { clockStartedAt, pauses, extension }: ClockFacts,
  term: Term,
  counting: CountingRule,
  calendar: Calendar,
): { dueAt: Date | null; explanation: DueExplanation } =>
  dueAfterPauses(
    clockStartedAt,
    term,
    calendar,
    counting,
    pauses.map(pauseOf),
    extension && { decidedAt: extension.at, until: dateOf(extension.newDueAt) },
  );

/** The due date of a step by its agency's calendar: the lead step stands still while it is held; null meanwhile. */
export const stepDueOf = (
  run: { openedAt: Date; lead: boolean },
  allowance: Term,
  pauses: readonly StepPause[],
  calendar: Calendar,
): Date | null =>
  dueAfterPauses(
    run.openedAt,
    allowance,
    calendar,
    {},
    run.lead ? pauses.filter(({ from, holdsStep }) => holdsStep && from >= run.openedAt).map(pauseOf) : [],
  ).dueAt;

/** From when to when an event moved a due date, as people read it; null when it moved none. */
export function dueMoved({ type, payload }: { type: string; payload: unknown }): { from: string; to: string } | null {
  const { formerDueAt, dueAt } = (payload ?? {}) as { formerDueAt?: unknown; dueAt?: unknown };
  if (!type.endsWith(".due_moved") || typeof formerDueAt !== "string" || typeof dueAt !== "string") return null;
  return { from: formatDateTime(new Date(formerDueAt)), to: formatDateTime(new Date(dueAt)) };
}
