import { now as readClock } from "#platform/clock.ts";
import { type Surroundings, systemContext } from "#platform/context.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { forgetArchives, makeArchive } from "./actions/archive.ts";
import { retain } from "./actions/retention.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "privacy.retain": Record<string, never>;
  }
}

/** What this room does outside of requests. */
export const privacyJobs = (
  surroundings: Surroundings,
  now: () => Date = readClock,
): Pick<JobHandlers, "privacy.archive" | "privacy.retain"> => ({
  "privacy.archive": ({ exportId }) => makeArchive(systemContext(surroundings, now(), "privacy.archive"), exportId),
  "privacy.retain": async () => {
    const ctx = systemContext(surroundings, now(), "privacy.retain");
    await forgetArchives(ctx);
    await retain(ctx);
  },
});
