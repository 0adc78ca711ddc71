import { type Calendar, computeDueDate } from "#calendar/rules.ts";
import type { OfficerRole, Outcome, Step, Workflow } from "#workflow/definition.ts";
import { type ClosedRun, decide, findStep, type Opening, openingSteps, type RefusalKey } from "#workflow/rules.ts";

/** Where a step is worked on, and in which office hours; null: the province has no such agency, or several. */
export type Workplace = { agencyId: string; calendar: Calendar } | null;
/** One opening of a step in the play. */
export type Visit = {
  id: string;
  /** Of the leading steps, counted from 1: by this number an outcome is chosen. Null: consulted beside them. */
  number: number | null;
  stepId: string;
  agencyId: string | null;
  openedAt: Date;
  /** Null: where it is worked on is not known, so nobody knows its office hours. */
  dueAt: Date | null;
  actedAt: Date | null;
  outcomeId: string | null;
};
export type Play = {
  visits: readonly Visit[];
  ends: "completed" | "refused" | null;
  endedAt: Date | null;
  /** Why it went no further: what the engine refused, or too many steps. */
  stopped: { stepId: string; reason: RefusalKey | "endless" } | null;
};

const MOST_MOVES = 40;

/** What is chosen when nobody says: the first that goes on to another step, or completes. */
export const straightAhead = ({ id, outcomes }: Step): Outcome | undefined =>
  outcomes.find(({ kind, to }) => (kind === "forward" && to !== id) || kind === "complete") ?? outcomes[0];

/**
 * Plays a dossier through a workflow by the engine itself: everybody acts at the last moment of their allowance, a step
 * that waits for opinions at the latest of them. Nothing is stored, and no officer is asked.
 * @param choices the outcome of the leading step of this number; straight ahead where none is named
 */
export function playProcess(
  workflow: Workflow,
  {
    startedAt,
    choices,
    workplaceOf,
  }: { startedAt: Date; choices: ReadonlyMap<number, string>; workplaceOf: (step: Step) => Workplace },
): Play {
  const visits: Visit[] = [];
  const history: ClosedRun[] = [];
  let moves = 0;
  const openAll = (opens: readonly Opening[], at: Date): void => {
    for (const { stepId, lead } of opens) {
      const step = findStep(workflow, stepId);
      if (!step) continue;
      const workplace = workplaceOf(step);
      if (lead) moves++;
      visits.push({
        id: String(visits.length + 1),
        number: lead ? moves : null,
        stepId,
        agencyId: workplace?.agencyId ?? null,
        openedAt: at,
        dueAt: workplace ? computeDueDate(at, step.allowance, workplace.calendar).dueAt : null,
        actedAt: null,
        outcomeId: null,
      });
    }
  };
  const standing = (): Visit[] => visits.filter(({ actedAt }) => actedAt === null);
  const act = (visit: Visit, outcomeId: string, at: Date) => {
    const step = findStep(workflow, visit.stepId);
    // Whoever may act there does, each step in other hands: the play is about the way, not about people.
    const officerId = `officer of ${visit.stepId}`;
    const postings = step && visit.agencyId ? [{ agencyId: visit.agencyId, role: step.role as OfficerRole }] : [];
    const runs = standing().map(({ id, stepId, number, agencyId }) => ({
      id,
      stepId,
      lead: number !== null,
      agencyId,
      assigneeId: null,
    }));
    const decision = decide(workflow, runs, visit.id, outcomeId, {
      actor: { officerId, postings },
      history,
      hasNote: true,
      hasResult: true,
    });
    if (!decision.ok) return decision;
    visit.actedAt = at;
    visit.outcomeId = outcomeId;
    history.push({ stepId: visit.stepId, officerId });
    for (const closed of visits) if (decision.closes.includes(closed.id)) closed.actedAt ??= at;
    openAll(decision.opens, at);
    return decision;
  };
  const later = (a: Date, b: Date | null): Date => (b && b > a ? b : a);

  openAll(openingSteps(workflow).opens, startedAt);
  for (;;) {
    const lead = standing().find(({ number }) => number !== null);
    const step = lead && findStep(workflow, lead.stepId);
    if (!lead || !step) return { visits, ends: null, endedAt: null, stopped: null };
    const stop = (reason: RefusalKey | "endless"): Play => ({
      visits,
      ends: null,
      endedAt: null,
      stopped: { stepId: step.id, reason },
    });
    if (moves > MOST_MOVES) return stop("endless");
    const outcome = step.outcomes.find(({ id }) => id === choices.get(lead.number ?? 0)) ?? straightAhead(step);
    if (!lead.dueAt || !outcome) return stop("workflow.refused.noAgency");
    const beside = standing().filter(({ number }) => number === null);
    const at = outcome.waitsForBranches
      ? beside.reduce((latest, { dueAt }) => later(latest, dueAt), lead.dueAt)
      : lead.dueAt;
    for (const branch of beside.filter(({ dueAt }) => dueAt !== null && dueAt <= at)) {
      const answer = findStep(workflow, branch.stepId)?.outcomes[0];
      const answered = branch.dueAt && answer ? act(branch, answer.id, branch.dueAt) : null;
      if (answered && !answered.ok) return stop(answered.reason);
    }
    const decision = act(lead, outcome.id, at);
    if (!decision.ok) return stop(decision.reason);
    if (decision.ends) return { visits, ends: decision.ends, endedAt: at, stopped: null };
  }
}
