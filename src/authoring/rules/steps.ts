import { fold } from "#platform/format.ts";
import type { Outcome, Step } from "#workflow/definition.ts";
import type { Sketch } from "./sketch.ts";

/** The workflow of a manuscript: names in it may dangle while it is written. */
export type Process = Sketch["workflow"];
export type StepFields = Omit<Step, "id" | "outcomes">;
export type OutcomeFields = Omit<Outcome, "id">;
export type Direction = "up" | "down";

const LONGEST_ID = 36;

/** An id made of a name: lower case without marks, unlike those that are taken. It stays when the name changes. */
function idFrom(name: string, taken: readonly string[]): string {
  const folded = fold(name)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, LONGEST_ID)
    .replace(/_+$/, "");
  const base = folded || "buoc";
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}_${n}`;
    if (!taken.includes(id)) return id;
  }
}

const swapped = <T extends { id: string }>(items: readonly T[], id: string, direction: Direction): T[] => {
  const from = items.findIndex((item) => item.id === id);
  const to = direction === "up" ? from - 1 : from + 1;
  const [one, other] = [items[from], items[to]];
  if (!one || !other) return [...items];
  return items.map((item, at) => (at === from ? other : at === to ? one : item));
};

/** How an opinion is given: the only thing that a consulted step can do. */
const ANSWER: Outcome = {
  id: "answer",
  name: { vi: "Gửi ý kiến", en: "Send the opinion" },
  kind: "answer",
  needsNote: true,
};

/** Adds a step at the end; the first that is no branch is where the workflow begins. */
export function addStep({ start, steps }: Process, fields: StepFields): { process: Process; id: string } {
  const id = idFrom(
    fields.name.vi,
    steps.map((step) => step.id),
  );
  const step: Step = { id, ...fields, outcomes: fields.branch ? [ANSWER] : [] };
  const isFirst = !fields.branch && !steps.some((one) => one.id === start);
  return { process: { start: isFirst ? id : start, steps: [...steps, step] }, id };
}

const withStep = (process: Process, id: string, change: (step: Step) => Step): Process => ({
  ...process,
  steps: process.steps.map((step) => (step.id === id ? change(step) : step)),
});

/** Replaces what a step says of itself; its outcomes stay. */
export const changeStep = (process: Process, id: string, fields: StepFields): Process =>
  withStep(process, id, ({ outcomes }) => ({ id, ...fields, outcomes }));

/** Takes a step out. Who consulted it or kept its officer away does so no more; what led to it shows as a problem. */
export function removeStep({ start, steps }: Process, id: string): Process {
  const without = (ids: readonly string[] | undefined): string[] => (ids ?? []).filter((one) => one !== id);
  return {
    start,
    steps: steps
      .filter((step) => step.id !== id)
      .map(({ notSameOfficerAs, ...step }) => {
        const others = without(notSameOfficerAs);
        return {
          ...step,
          ...(others.length > 0 ? { notSameOfficerAs: others } : {}),
          outcomes: step.outcomes.map(({ consult, ...outcome }) => {
            const consulted = without(consult);
            return { ...outcome, ...(consulted.length > 0 ? { consult: consulted } : {}) };
          }),
        };
      }),
  };
}

export const moveStep = (process: Process, id: string, direction: Direction): Process => ({
  ...process,
  steps: swapped(process.steps, id, direction),
});

export const startWith = (process: Process, id: string): Process => ({ ...process, start: id });

export const addOutcome = (process: Process, stepId: string, fields: OutcomeFields): Process =>
  withStep(process, stepId, (step) => {
    const taken = step.outcomes.map(({ id }) => id);
    return { ...step, outcomes: [...step.outcomes, { id: idFrom(fields.name.vi, taken), ...fields }] };
  });

export const changeOutcome = (process: Process, stepId: string, id: string, fields: OutcomeFields): Process =>
  withStep(process, stepId, (step) => ({
    ...step,
    outcomes: step.outcomes.map((outcome) => (outcome.id === id ? { id, ...fields } : outcome)),
  }));

export const removeOutcome = (process: Process, stepId: string, id: string): Process =>
  withStep(process, stepId, (step) => ({ ...step, outcomes: step.outcomes.filter((outcome) => outcome.id !== id) }));

export const moveOutcome = (process: Process, stepId: string, id: string, direction: Direction): Process =>
  withStep(process, stepId, (step) => ({ ...step, outcomes: swapped(step.outcomes, id, direction) }));
