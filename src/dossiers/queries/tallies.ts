import { addDays, instantAt, type LocalDate } from "#calendar/index.ts";
import type { Context } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { askReplica } from "#platform/replica.ts";

/** What was taken in and resolved in some months; who was declined or voided was never received. */
export type Flow = {
  received: number;
  /** Of these filed on the portal. */
  online: number;
  counter: number;
  post: number;
  /** Finished with a result or refused, whatever came of handing the result over. */
  inTime: number;
  late: number;
  declined: number;
  /** Withdrawn by the applicant, or stopped. */
  ended: number;
};
/** What stands open now: no month says when. */
export type Standing = {
  /** Filed, and not taken in yet. */
  intake: number;
  /** Taken in, and not resolved yet; those that wait for the applicant included. */
  open: number;
  waiting: number;
};
/** How the open work of an agency stands to its due dates; what waits for the applicant stands to none. */
export type Pressure = { overdue: number; soon: number };

export type AgencyTally = Flow & Standing & Pressure & { agencyId: string };
export type MonthTally = Flow & { month: string };
/** First and last month, yyyy-MM, both included. */
export type Months = { from: string; to: string };

type Counting = Pick<Context, "db">;

const counted = (name: string, ...measures: string[]): Prisma.Sql =>
  Prisma.sql`coalesce(sum(n) FILTER (WHERE measure IN (${Prisma.join(measures)})), 0)::int AS ${Prisma.raw(`"${name}"`)}`;
const CHANNELS = ["received.online", "received.counter", "received.post"];
const flow = Prisma.join([
  counted("received", ...CHANNELS),
  counted("online", "received.online"),
  counted("counter", "received.counter"),
  counted("post", "received.post"),
  counted("inTime", "resolved.in_time"),
  counted("late", "resolved.late"),
  counted("declined", "declined"),
  counted("ended", "withdrawn", "stopped"),
]);
const WAITING = ["open.awaiting_supplement", "open.awaiting_obligation"];
const standing = Prisma.join([
  counted("intake", "open.submitted", "open.intake_supplement"),
  counted("open", "open.received", "open.processing", ...WAITING),
  counted("waiting", ...WAITING),
]);

const isOf = (agencyIds: readonly string[]): Prisma.Sql => Prisma.sql`"agencyId" = ANY(${agencyIds}::uuid[])`;
const inMonths = ({ from, to }: Months): Prisma.Sql => Prisma.sql`month BETWEEN ${from} AND ${to}`;
/** Counters, and what no job summed up yet: one statement sees both as of one moment, so that nothing is missed or twice. */
const cells = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT "agencyId", month, measure, count AS n FROM dossier_tallies WHERE ${where}
  UNION ALL SELECT "agencyId", month, measure, delta FROM dossier_tally_deltas WHERE ${where}) AS cells`;
/** Added up by what is asked for before it is spread into columns: of thousands of cells hundreds are left. */
const tallied = (by: "agencyId" | "month", where: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT ${Prisma.raw(`"${by}"`)}, measure, sum(n)::int AS n FROM ${cells(where)} GROUP BY 1, 2) AS tallied`;

/**
 * Open work by due date: by days, as lateness is told everywhere (domain: before, on time and late compare dates). Agency
 * by agency from its own stretch of the index, so that who reads one goes through no other's work.
 */
const pressed = (db: Context["db"], agencyIds: readonly string[], today: Date, soon: Date) => db.$queryRaw<
  (Pressure & { agencyId: string })[]
>`
  SELECT a.id AS "agencyId", due.overdue, due.soon FROM unnest(${agencyIds}::uuid[]) AS a(id) CROSS JOIN LATERAL (
    SELECT (count(*) FILTER (WHERE d."dueAt" < ${today}))::int AS overdue,
      (count(*) FILTER (WHERE d."dueAt" >= ${today}))::int AS soon
    FROM dossiers d
    WHERE d."receivingAgencyId" = a.id AND d."finishedAt" IS NULL AND d."pausedAt" IS NULL AND d."dueAt" < ${soon}
  ) due`;

const QUIET: Pressure = { overdue: 0, soon: 0 };

/**
 * What each of these receiving agencies took in and resolved in some months, and what stands open there now. Two queries,
 * which grow with agencies, months and open work that is due, never with dossiers. An agency with nothing is left out.
 * @param days `today`, and the day until which (included) something is due soon
 */
export function listAgencyTallies(
  ctx: Counting,
  agencyIds: readonly string[],
  months: Months,
  days: { today: LocalDate; soon: LocalDate },
): Promise<AgencyTally[]> {
  return askReplica(ctx, async (db) => {
    const [rows, pressure] = await Promise.all([
      db.$queryRaw<(Flow & Standing & { agencyId: string })[]>`
        SELECT "agencyId", ${flow}, ${standing}
        FROM ${tallied("agencyId", Prisma.sql`${isOf(agencyIds)} AND (month = '' OR ${inMonths(months)})`)}
        GROUP BY 1 HAVING bool_or(n <> 0)`,
      pressed(db, agencyIds, instantAt(days.today, "00:00"), instantAt(addDays(days.soon, 1), "00:00")),
    ]);
    const pressureOf = new Map(pressure.map(({ agencyId, overdue, soon }) => [agencyId, { overdue, soon }]));
    return rows.map((row) => ({ ...row, ...(pressureOf.get(row.agencyId) ?? QUIET) }));
  });
}

/** The same of all these agencies together, month by month; a month with nothing is left out. One query. */
export function listMonthTallies(ctx: Counting, agencyIds: readonly string[], months: Months): Promise<MonthTally[]> {
  return askReplica(
    ctx,
    (db) => db.$queryRaw<MonthTally[]>`
      SELECT month, ${flow} FROM ${tallied("month", Prisma.sql`${isOf(agencyIds)} AND ${inMonths(months)}`)}
      GROUP BY 1 ORDER BY 1`,
  );
}

/** One cell of the counters that a count of the dossiers says otherwise. */
export type TallyGap = { agencyId: string; month: string; measure: string; kept: number; counted: number };

/** Where counters and a count of all dossiers differ: nowhere, unless somebody changed rows past the triggers. Goes through all dossiers. */
export const findTallyGaps = ({ db }: Counting): Promise<TallyGap[]> => db.$queryRaw<TallyGap[]>`
  SELECT "agencyId", month, measure, sum(kept)::int AS kept, sum(counted)::int AS counted FROM (
    SELECT "agencyId", month, measure, n AS kept, 0 AS counted FROM ${cells(Prisma.sql`TRUE`)}
    UNION ALL
    SELECT d."receivingAgencyId", c.month, c.measure, 0, count(*) FROM dossiers d CROSS JOIN LATERAL
      dossier_tally_cells(d.status::text, d.channel::text, d."acceptedAt", d."finishedAt", d."dueAt") c GROUP BY 1, 2, 3
  ) AS both_ways GROUP BY 1, 2, 3 HAVING sum(kept) <> sum(counted) ORDER BY 2 DESC, 1, 3`;
