import type { Surroundings } from "#platform/context.ts";
import type { JobHandlers } from "#platform/jobs.ts";

/** What each job does, of every room. */
export const createJobHandlers = (_surroundings: Surroundings): JobHandlers => ({});
