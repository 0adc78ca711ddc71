import { now as readClock } from "#platform/clock.ts";
import { type Context, type Surroundings, systemContext } from "#platform/context.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { forgetFigures } from "../queries/figures.ts";
import { yearOf } from "../rules/figures.ts";
import { refreshArrived } from "./catalogue.ts";
import { carryOutUpdate } from "./updates.ts";
import { fillUses } from "./uses.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** How each procedure fared this year is counted anew. */
    "procedures.count": Record<string, never>;
  }
}

/** The rating from which on somebody is content: "hài lòng", of three levels. */
const CONTENT = 2;

/**
 * Counts for every procedure configured here what was received, resolved and rated in the calendar year of `ctx.now`, by
 * the rules of the agencies' counters (dossier_tally_cells): received is what was taken in, and on time compares days.
 * Resolved: finished with a result or refused; declined, withdrawn and stopped dossiers are not. Twice is once.
 */
export async function countProcedures(ctx: Context): Promise<void> {
  const { year, from, to } = yearOf(ctx.now);
  await ctx.db.$executeRaw`
    WITH filed AS (
      SELECT "procedureId", count(*)::int AS received, (count(*) FILTER (WHERE channel = 'online'))::int AS online
      FROM dossiers WHERE "acceptedAt" >= ${from} AND "acceptedAt" < ${to}
        AND status NOT IN ('submitted', 'intake_supplement', 'declined', 'voided') GROUP BY 1
    ), ended AS (
      SELECT "procedureId", count(*)::int AS resolved, count("dueAt")::int AS due,
        (count(*) FILTER (WHERE ("finishedAt" AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
          <= ("dueAt" AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))::int AS kept
      FROM dossiers
      WHERE "finishedAt" >= ${from} AND "finishedAt" < ${to} AND status IN ('completed', 'delivered', 'refused') GROUP BY 1
    ), judged AS (
      SELECT "procedureId", count(*)::int AS rated, (count(*) FILTER (WHERE overall >= ${CONTENT}))::int AS satisfied
      FROM ratings WHERE at >= ${from} AND at < ${to} AND "replacedAt" IS NULL GROUP BY 1
    )
    INSERT INTO procedure_figures ("procedureId", year, received, "receivedOnline", resolved, "dueResolved", "onTime", rated, satisfied, "countedAt")
    SELECT p.id, ${year}, coalesce(received, 0), coalesce(online, 0), coalesce(resolved, 0), coalesce(due, 0), coalesce(kept, 0),
      coalesce(rated, 0), coalesce(satisfied, 0), ${ctx.now}
    FROM procedures p LEFT JOIN filed f ON f."procedureId" = p.id LEFT JOIN ended e ON e."procedureId" = p.id
      LEFT JOIN judged j ON j."procedureId" = p.id
    ON CONFLICT ("procedureId", year) DO UPDATE SET received = excluded.received, "receivedOnline" = excluded."receivedOnline",
      resolved = excluded.resolved, "dueResolved" = excluded."dueResolved", "onTime" = excluded."onTime",
      rated = excluded.rated, satisfied = excluded.satisfied, "countedAt" = excluded."countedAt"`;
  forgetFigures(ctx);
}

/** Jobs of this room. */
export const procedureJobs = (
  surroundings: Surroundings,
  now: () => Date = readClock,
): Pick<JobHandlers, "procedures.count" | "procedures.update"> => ({
  "procedures.count": async () => {
    const ctx = systemContext(surroundings, now(), "procedures.count");
    await countProcedures(ctx);
    await fillUses(ctx);
    // A version that was published for this day is in force now: lists and search show it.
    await refreshArrived(ctx);
  },
  "procedures.update": async ({ updateId }) =>
    void (await carryOutUpdate(systemContext(surroundings, now(), "procedures.update"), updateId)),
});
