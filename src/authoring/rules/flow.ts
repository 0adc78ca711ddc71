import type { Outcome, Step } from "#workflow/definition.ts";
import type { Process } from "./steps.ts";

export type Move = { from: string; to: string; outcome: Outcome };
/** `joins`: the first step on the way that waits for the answer; null when none does. */
export type Consultation = { from: string; branch: string; joins: string | null };

/** What the outcomes make of the steps: a graph whose forward moves have no circle; names that mean nothing are left out. */
export type Flow = {
  leads: readonly Step[];
  branches: readonly Step[];
  /** From the start onwards; those that nothing leads to come last. */
  order: readonly string[];
  reached: ReadonlySet<string>;
  /** Without moves of a step to itself, and without those that lead back to a step on the way here. */
  forward: readonly Move[];
  /** Returns, and forward moves that lead back. */
  backward: readonly Move[];
  consultations: readonly Consultation[];
};

const waits = (step: Step | undefined): boolean =>
  step?.outcomes.some(({ waitsForBranches }) => waitsForBranches) ?? false;

/** Reads a workflow as a graph, however unfinished it is. */
export function flowOf({ start, steps }: Process): Flow {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const leads = [...byId.values()].filter(({ branch }) => !branch);
  const branches = [...byId.values()].filter(({ branch }) => branch);
  const isLead = (id: string | undefined): id is string => id !== undefined && leads.some((step) => step.id === id);
  const moves = leads.flatMap(({ id: from, outcomes }) =>
    outcomes.flatMap((outcome) =>
      isLead(outcome.to) && outcome.to !== from ? [{ from, to: outcome.to, outcome }] : [],
    ),
  );
  const ahead = moves.filter(({ outcome }) => outcome.kind === "forward");
  const backward = moves.filter(({ outcome }) => outcome.kind !== "forward");

  const forward: Move[] = [];
  const state = new Map<string, "open" | "done">();
  const finished: string[] = [];
  const visit = (id: string): void => {
    state.set(id, "open");
    for (const move of ahead.filter(({ from }) => from === id)) {
      if (state.get(move.to) === "open") backward.push(move);
      else {
        forward.push(move);
        if (!state.has(move.to)) visit(move.to);
      }
    }
    state.set(id, "done");
    finished.unshift(id);
  };
  if (isLead(start)) visit(start);
  const reached = new Set(finished);
  const order = [...finished];
  for (const { id } of leads) {
    if (state.has(id)) continue;
    finished.length = 0;
    visit(id);
    order.push(...finished);
  }

  const joinFrom = (id: string): string | null => {
    const seen = new Set([id]);
    for (const one of seen) {
      if (waits(byId.get(one))) return one;
      for (const { from, to } of forward) if (from === one) seen.add(to);
    }
    return null;
  };
  const consultations = leads.flatMap(({ id: from, outcomes }) =>
    outcomes.flatMap(({ consult, to }) =>
      (consult ?? []).flatMap((branch) =>
        branches.some(({ id }) => id === branch) ? [{ from, branch, joins: isLead(to) ? joinFrom(to) : null }] : [],
      ),
    ),
  );
  const isFirst = (one: Consultation, at: number): boolean =>
    consultations.findIndex(({ from, branch }) => from === one.from && branch === one.branch) === at;
  return { leads, branches, order, reached, forward, backward, consultations: consultations.filter(isFirst) };
}
