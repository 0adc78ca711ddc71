import type { AgencyRef, OfficerRole, Outcome, Step, StepStatus, Workflow } from "./definition.ts";

export * from "./agencies.ts";

/** A step run that is open: exactly one of a dossier's open runs is the lead. */
export type OpenRun = { id: string; stepId: string; lead: boolean; agencyId: string | null; assigneeId: string | null };
/** A closed run: which step, and which officer closed it. Oldest first. */
export type ClosedRun = { stepId: string; officerId: string | null };
export type Posting = { agencyId: string; role: OfficerRole };
/** `deputyFor`: whose work is the actor's, too, while they are away. */
export type Actor = { officerId: string; postings: readonly Posting[]; deputyFor?: readonly string[] };

/** What the outcome is decided on: who acts, what was done before, whether a note was written and a result exists. */
export type Facts = { actor: Actor; history: readonly ClosedRun[]; hasNote: boolean; hasResult: boolean };

/** A step to open. `formerOfficerId` closed this step last time, so that a returned dossier can go back to the same hands. */
export type Opening = {
  stepId: string;
  branch: boolean;
  lead: boolean;
  agency: AgencyRef;
  formerOfficerId: string | null;
};

export type RefusedMove = { ok: false; reason: RefusalKey; params: Record<string, string> };
export type Permission = { ok: true } | RefusedMove;
export type Decision =
  | {
      ok: true;
      closes: string[];
      opens: Opening[];
      status?: StepStatus | "completed" | "refused";
      ends?: "completed" | "refused";
    }
  | RefusedMove;

export const REFUSALS = [
  "stepNotOpen",
  "unknownStep",
  "unknownOutcome",
  "noAgency",
  "notYourRole",
  "assignedToAnother",
  "sameOfficer",
  "noteMissing",
  "resultMissing",
  "branchesOpen",
] as const;
export type RefusalKey = `workflow.refused.${(typeof REFUSALS)[number]}`;

const refuse = (reason: (typeof REFUSALS)[number], params: Record<string, string> = {}): RefusedMove => ({
  ok: false,
  reason: `workflow.refused.${reason}`,
  params,
});

export const findStep = (workflow: Workflow, stepId: string): Step | undefined =>
  workflow.steps.find(({ id }) => id === stepId);

const open = (step: Step, lead: boolean, history: readonly ClosedRun[]): Opening => ({
  stepId: step.id,
  branch: !lead,
  lead,
  agency: step.agency,
  formerOfficerId: history.findLast(({ stepId }) => stepId === step.id)?.officerId ?? null,
});

/** What acceptance opens: the first step, as the lead, and the status it stands in. */
export function openingSteps(workflow: Workflow): { opens: Opening[]; status: StepStatus } {
  const first = findStep(workflow, workflow.start);
  if (!first) throw new Error(`The workflow has no step "${workflow.start}" to start with`);
  return { opens: [open(first, true, [])], status: first.status };
}

/** The legal status of a dossier with these open runs: that of its lead step; undefined when nothing is open. */
export const standingStatus = (workflow: Workflow, openRuns: readonly OpenRun[]): StepStatus | undefined => {
  const lead = openRuns.find((run) => run.lead);
  return lead && findStep(workflow, lead.stepId)?.status;
};

/**
 * Whether the actor may act in the step at the agency that it resolved to: holds the step's role there, is the assignee
 * if there is one, and closed none of the steps that the workflow keeps in other hands.
 */
export function mayAct(
  step: Step,
  actor: Actor,
  resolvedAgencyId: string | null,
  assigneeId: string | null,
  history: readonly ClosedRun[],
): Permission {
  const params = { step: step.name.vi };
  if (resolvedAgencyId === null) return refuse("noAgency", params);
  const posted = actor.postings.some(({ agencyId, role }) => agencyId === resolvedAgencyId && role === step.role);
  if (!posted) return refuse("notYourRole", { ...params, role: step.role });
  const isTheirs = assigneeId === null || assigneeId === actor.officerId || actor.deputyFor?.includes(assigneeId);
  if (!isTheirs) return refuse("assignedToAnother", params);
  const done = history.find(
    ({ stepId, officerId }) => officerId === actor.officerId && step.notSameOfficerAs?.includes(stepId),
  );
  if (done) return refuse("sameOfficer", { ...params, other: done.stepId });
  return { ok: true };
}

/** Whether the outcome needs a written reason: a return and a refusal always do (the citizen is owed one). */
export const needsNote = (outcome: Outcome): boolean =>
  outcome.needsNote === true || outcome.kind === "return" || outcome.kind === "refuse";

/** Whether the outcome needs a result (file or number): as it says itself, else when the step makes one and goes on. */
export const needsResult = (step: Step, outcome: Outcome): boolean =>
  outcome.needsResult ??
  ((step.needs?.includes("result") ?? false) && (outcome.kind === "forward" || outcome.kind === "complete"));

function checkOutcome(
  workflow: Workflow,
  step: Step,
  outcome: Outcome,
  branches: readonly OpenRun[],
  facts: Facts,
): Permission {
  const params = { step: step.name.vi, outcome: outcome.name.vi };
  if (needsNote(outcome) && !facts.hasNote) return refuse("noteMissing", params);
  if (needsResult(step, outcome) && !facts.hasResult) return refuse("resultMissing", params);
  if (outcome.waitsForBranches && branches.length > 0) {
    const names = branches.map((run) => findStep(workflow, run.stepId)?.name.vi ?? run.stepId);
    return refuse("branchesOpen", { ...params, branches: names.join(", ") });
  }
  return { ok: true };
}

/**
 * Whether the step is where the result is made: one that the workflow marks so, or in a workflow that marks none, any
 * that ends with one. A desk that only takes a result in to hand it over makes none, and may not put another in its place.
 */
export const makesResult = (workflow: Workflow, step: Step): boolean => {
  const isMarked = ({ needs }: Step): boolean => needs?.includes("result") ?? false;
  return workflow.steps.some(isMarked) ? isMarked(step) : step.outcomes.some((outcome) => needsResult(step, outcome));
};

/** Whoever works a result out before it is signed. */
const DRAFTERS: readonly string[] = ["specialist", "unit_head"];

/**
 * Whether a draft of the result may be laid at the step: where it is made, and on the way there at the same agency with
 * whoever works it out, so that who approves sees what they approve.
 */
export function draftsResult(workflow: Workflow, step: Step): boolean {
  if (makesResult(workflow, step)) return true;
  if (step.branch || !DRAFTERS.includes(step.role)) return false;
  const place = JSON.stringify(step.agency);
  const seen = new Set<string>();
  const ahead = [step];
  for (let at = ahead.pop(); at; at = ahead.pop()) {
    if (seen.has(at.id)) continue;
    seen.add(at.id);
    if (makesResult(workflow, at) && JSON.stringify(at.agency) === place) return true;
    for (const { kind, to } of at.outcomes) {
      const next = kind === "forward" && to ? findStep(workflow, to) : undefined;
      if (next) ahead.push(next);
    }
  }
  return false;
}

/**
 * What an outcome of an open step run does: which runs close, which steps open, the legal status that follows, and
 * whether the dossier ends. A refused move says why. Throws only for open runs that the engine itself cannot have left.
 */
export function decide(
  workflow: Workflow,
  openRuns: readonly OpenRun[],
  runId: string,
  outcomeId: string,
  facts: Facts,
): Decision {
  const leads = openRuns.filter((run) => run.lead).length;
  if (openRuns.length > 0 && leads !== 1) throw new Error(`Open step runs must have one lead and have ${leads}`);
  const run = openRuns.find(({ id }) => id === runId);
  if (!run) return refuse("stepNotOpen");
  const step = findStep(workflow, run.stepId);
  if (!step) return refuse("unknownStep", { step: run.stepId });
  const permission = mayAct(step, facts.actor, run.agencyId, run.assigneeId, facts.history);
  if (!permission.ok) return permission;
  const outcome = step.outcomes.find(({ id }) => id === outcomeId);
  if (!outcome) return refuse("unknownOutcome", { step: step.name.vi });
  const branches = openRuns.filter(({ lead }) => !lead);
  const complete = checkOutcome(workflow, step, outcome, branches, facts);
  if (!complete.ok) return complete;

  switch (outcome.kind) {
    case "answer":
      return { ok: true, closes: [run.id], opens: [] };
    case "complete":
    case "refuse": {
      // Branches that have not answered close with the dossier: nothing may stay open on a finished one.
      const ends = outcome.kind === "complete" ? "completed" : "refused";
      return { ok: true, closes: openRuns.map(({ id }) => id), opens: [], status: ends, ends };
    }
    case "forward":
    case "return": {
      const to = outcome.to === undefined ? undefined : findStep(workflow, outcome.to);
      if (!to) return refuse("unknownStep", { step: outcome.to ?? "" });
      const history = [...facts.history, { stepId: step.id, officerId: facts.actor.officerId }];
      const alreadyAsked = new Set(branches.map(({ stepId }) => stepId));
      const consulted = (outcome.consult ?? [])
        .filter((id) => !alreadyAsked.has(id))
        .flatMap((id) => findStep(workflow, id) ?? []);
      const opens = [open(to, true, history), ...consulted.map((branch) => open(branch, false, history))];
      return { ok: true, closes: [run.id], opens, status: to.status };
    }
  }
}

/** The outcomes that the actor may choose in an open run, leaving aside notes, results and branches; none when not theirs. */
export function offeredOutcomes(
  workflow: Workflow,
  run: OpenRun,
  actor: Actor,
  history: readonly ClosedRun[],
): Outcome[] {
  const step = findStep(workflow, run.stepId);
  return step && mayAct(step, actor, run.agencyId, run.assigneeId, history).ok ? step.outcomes : [];
}
