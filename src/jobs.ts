import { documentJobs } from "#documents/index.ts";
import { now } from "#platform/clock.ts";
import type { Surroundings } from "#platform/context.ts";
import type { JobHandlers } from "#platform/jobs.ts";

/** What each job does, of every room. */
export const createJobHandlers = (surroundings: Surroundings): JobHandlers => ({ ...documentJobs(surroundings, now) });
