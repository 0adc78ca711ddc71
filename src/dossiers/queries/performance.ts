import type { Context, Officer } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { askReplica } from "#platform/replica.ts";

/** How many steps were finished, how many of them in time, and how long they took. */
export type Figures = {
  done: number;
  onTime: number;
  late: number;
  /** Hours from opening to closing at the median, nights and days off included, waiting for the applicant left out. */
  medianHours: number;
};
export type OfficerFigures = Figures & { accountId: string; name: string; agencyName: string };
export type StepFigures = Figures & { procedureVersionId: string; stepId: string };

/** Between which instants a step was finished. */
export type Period = { from: Date; to: Date };
/** Beyond so many rows nobody reads; the most first. */
const MOST = 200;

const HEADS = ["leader", "unit_head"];
/** Where the officer may look at the work of others. */
export const ledBy = ({ postings }: Officer): string[] => [
  ...new Set(postings.filter(({ role }) => HEADS.includes(role)).map(({ agencyId }) => agencyId)),
];

/** Steps that the officer finished, or, for a head, that anybody finished where they lead; withdrawn and stopped are nobody's. */
function within(officer: Officer, period: Period, whose: "own" | "led"): Prisma.Sql {
  const led = ledBy(officer);
  const place =
    whose === "own"
      ? Prisma.sql`r."closedById" = ${officer.accountId}::uuid`
      : led.length > 0
        ? Prisma.sql`r."agencyId" IN (${Prisma.join(led.map((id) => Prisma.sql`${id}::uuid`))})`
        : Prisma.sql`FALSE`;
  return Prisma.sql`${place} AND r."closedAt" >= ${period.from} AND r."closedAt" < ${period.to}
    AND r."closedById" IS NOT NULL AND (r.outcome IS NULL OR r.outcome NOT IN ('withdrawn', 'stopped', 'voided'))`;
}

const waited = Prisma.sql`coalesce((SELECT sum(extract(epoch FROM least(p."to", r."closedAt") - greatest(p."from", r."openedAt")))
  FROM clock_pauses p WHERE p."dossierId" = r."dossierId" AND p."holdsStep" AND r.lead
    AND p."from" < r."closedAt" AND p."to" > r."openedAt"), 0)`;
// By days, as the national statistics count (domain: before, on time and late compare dates).
const inTime = Prisma.sql`(r."dueAt" IS NULL OR (r."closedAt" AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
  <= (r."dueAt" AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)`;
const figures = Prisma.sql`
  count(*)::int AS done, (count(*) FILTER (WHERE ${inTime}))::int AS "onTime",
  (count(*) FILTER (WHERE NOT ${inTime}))::int AS late,
  (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r."closedAt" - r."openedAt") - ${waited}) / 3600)::float AS "medianHours"`;

/** How each officer kept the dates of their steps in a period: the officer's own line, and of a head all who work there. One query. */
export function listOfficerFigures(
  ctx: Context<Officer>,
  period: Period,
  whose: "own" | "led",
): Promise<OfficerFigures[]> {
  return askReplica(
    ctx,
    (db) => db.$queryRaw<OfficerFigures[]>`
    SELECT f.*, a."displayName" AS name, g.name AS "agencyName" FROM (
      SELECT r."closedById" AS "accountId", r."agencyId", ${figures} FROM step_runs r
      WHERE ${within(ctx.actor, period, whose)} GROUP BY r."closedById", r."agencyId"
      ORDER BY count(*) DESC, r."closedById" LIMIT ${MOST}
    ) f JOIN accounts a ON a.id = f."accountId" JOIN agencies g ON g.id = f."agencyId"
    ORDER BY f.late DESC, f.done DESC, a."displayName"`,
  );
}

/** How long each step of each procedure took in a period, and how often in time. One query. */
export function listStepFigures(ctx: Context<Officer>, period: Period, whose: "own" | "led"): Promise<StepFigures[]> {
  return askReplica(
    ctx,
    (db) => db.$queryRaw<StepFigures[]>`
    SELECT d."procedureVersionId", r."stepId", ${figures}
    FROM step_runs r
      CROSS JOIN LATERAL (SELECT o."procedureVersionId" FROM dossiers o WHERE o.id = r."dossierId" OFFSET 0) d
    WHERE ${within(ctx.actor, period, whose)}
    GROUP BY d."procedureVersionId", r."stepId" ORDER BY late DESC, done DESC LIMIT ${MOST}`,
  );
}
