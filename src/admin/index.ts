/**
 * Administration: agencies and their parts, officers and administrators, where procedures are taken in. A *reach* says what
 * an administrator keeps: the province, or one agency with those below it (rules/reach.ts, the only place that says so; a
 * room under /quan-tri asks `requireReach` for each agency that it changes). A *deed* is a row of the history of agencies
 * and people (`office_events`), with what stood before and after; most are taken back by restoring what stood before.
 */
import { now as readClock } from "#platform/clock.ts";
import { type Surroundings, systemContext } from "#platform/context.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { carryOutPlans } from "./actions/plans.ts";

export { pagesPart } from "./pages/parts.ts";
export { adminSections } from "./pages.ts";
export { requireReach } from "./queries/reach.ts";

/** What this room does outside of requests. */
export const adminJobs = (
  surroundings: Surroundings,
  now: () => Date = readClock,
): Pick<JobHandlers, "admin.plans"> => ({
  "admin.plans": async () => void (await carryOutPlans(systemContext(surroundings, now(), "admin.plans"))),
});
