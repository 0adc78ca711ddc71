/** Digitising: what other rooms may use of it (src/digitising/routes.ts says what it is). */
import { now as readClock } from "#platform/clock.ts";
import { type Surroundings, systemContext } from "#platform/context.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { watchFolder } from "./actions.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** What scanners laid into the folders of counters is taken into their trays. */
    "digitising.watch": { folder: string };
  }
}

/** What this room does outside of requests. */
export const digitisingJobs = (
  surroundings: Surroundings,
  now: () => Date = readClock,
): Pick<JobHandlers, "digitising.watch"> => ({
  "digitising.watch": async ({ folder }) =>
    void (await watchFolder(systemContext(surroundings, now(), "digitising.watch"), folder)),
});
