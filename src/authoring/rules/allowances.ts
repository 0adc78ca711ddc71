import type { Allowance } from "#workflow/definition.ts";
import { flowOf } from "./flow.ts";
import type { Sketch } from "./sketch.ts";
import type { Process } from "./steps.ts";

/** Hours in a working day where days and hours are added up (Bộ luật Lao động 2019 Đ105); dates come of the real office hours. */
export const HOURS_A_DAY = 8;
const WORKING_DAYS_A_MONTH = 22;

/** In working hours. */
const hoursOf = ({ amount, unit }: Allowance): number => (unit === "working_day" ? amount * HOURS_A_DAY : amount);

export type Limit = Sketch["timeLimits"][number];

/** What a limit leaves for work, in working hours; of calendar days and months an estimate. */
export function workingHoursOf({ term }: Pick<Limit, "term">): { hours: number; isEstimate: boolean } {
  switch (term.unit) {
    case "same_day":
      return { hours: HOURS_A_DAY, isEstimate: false };
    case "minute":
      return { hours: term.amount / 60, isEstimate: false };
    case "working_hour":
      return { hours: term.amount, isEstimate: false };
    case "working_day":
      return { hours: term.amount * HOURS_A_DAY, isEstimate: false };
    case "day":
      return { hours: Math.ceil((term.amount * 5) / 7) * HOURS_A_DAY, isEstimate: true };
    case "month":
      return { hours: term.amount * WORKING_DAYS_A_MONTH * HOURS_A_DAY, isEstimate: true };
  }
}

/**
 * The longest way ahead, each step once and nothing returned: its working hours and its steps. An opinion counts beside
 * the steps that go on meanwhile, up to the step that waits for it.
 */
export function longestWay(process: Process): { hours: number; steps: string[] } {
  const { leads, branches, order, forward, consultations, reached } = flowOf(process);
  const byId = new Map([...leads, ...branches].map((step) => [step.id, step]));
  const hours = (id: string): number => {
    const step = byId.get(id);
    return step ? hoursOf(step.allowance) : 0;
  };
  const begun = new Map<string, { at: number; via: string | null }>();
  const done = new Map<string, number>();
  for (const id of order.filter((one) => reached.has(one))) {
    const before = forward
      .filter(({ to }) => to === id)
      .map(({ from }) => ({ at: done.get(from) ?? 0, via: from as string | null }));
    const latest = before.sort((a, b) => b.at - a.at)[0] ?? { at: 0, via: null };
    begun.set(id, latest);
    const answers = consultations
      .filter(({ joins }) => joins === id)
      // Asked by the step itself, the opinion is worked on while the step stays; asked before, once that step moved on.
      .map(({ from, branch }) => (from === id ? latest.at : (done.get(from) ?? 0)) + hours(branch));
    done.set(id, Math.max(latest.at + hours(id), ...answers));
  }
  const last = [...done].sort(([, a], [, b]) => b - a)[0];
  const steps: string[] = [];
  for (let id = last?.[0] ?? null; id !== null; id = begun.get(id)?.via ?? null) steps.unshift(id);
  return { hours: last?.[1] ?? 0, steps };
}

export type Weighed = {
  at: number;
  limit: Limit;
  hours: number;
  allowed: number;
  isEstimate: boolean;
  exceeds: boolean;
};

/** The longest way held against each of the procedure's limits: the steps may not take more than the law gives. */
export function weighAllowances({ workflow, timeLimits }: Pick<Sketch, "workflow" | "timeLimits">): Weighed[] {
  const { hours } = longestWay(workflow);
  return timeLimits.map((limit, at) => {
    const { hours: allowed, isEstimate } = workingHoursOf(limit);
    return { at, limit, hours, allowed, isEstimate, exceeds: hours > allowed };
  });
}
