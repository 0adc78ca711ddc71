import { addDays, instantAt, type LocalDate } from "#calendar/index.ts";
import type { Context } from "#platform/context.ts";
import { Prisma, readOften } from "#platform/db.ts";
import { askReplica } from "#platform/replica.ts";
import { type Flow, NO_FLOW, NO_PRESSURE, NO_STANDING, type Pressure, type Standing } from "../rules/tallies.ts";

export type AgencyTally = Flow & Standing & Pressure & { agencyId: string };
export type MonthTally = Flow & { month: string };
/** First and last month, yyyy-MM, both included. */
export type Months = { from: string; to: string };

/** `period`: of the agencies' figures; `year`: of the months'. */
type Spans = { period: Months; year: Months };

type Counting = Pick<Context, "db">;

/** Which figures of an agency or month a cell counts for. */
const FIGURES: Readonly<Record<string, readonly (keyof Flow | keyof Standing)[]>> = {
  "received.online": ["received", "online"],
  "received.counter": ["received", "counter"],
  "received.post": ["received", "post"],
  "resolved.in_time": ["inTime"],
  "resolved.late": ["late"],
  declined: ["declined"],
  withdrawn: ["ended"],
  stopped: ["ended"],
  "open.submitted": ["intake"],
  "open.intake_supplement": ["intake"],
  "open.received": ["open"],
  "open.processing": ["open"],
  "open.awaiting_supplement": ["open", "waiting"],
  "open.awaiting_obligation": ["open", "waiting"],
};
const isOf = (agencyIds: readonly string[]): Prisma.Sql => Prisma.sql`"agencyId" = ANY(${agencyIds}::uuid[])`;
const inMonths = ({ from, to }: Months): Prisma.Sql => Prisma.sql`month BETWEEN ${from} AND ${to}`;
/** Counters, and what no job summed up yet: one statement sees both as of one moment, so that nothing is missed or twice. */
const cells = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT "agencyId", month, measure, count AS n FROM dossier_tallies WHERE ${where}
  UNION ALL SELECT "agencyId", month, measure, delta FROM dossier_tally_deltas WHERE ${where}) AS cells`;
/**
 * Open work by due date: by days, as lateness is told everywhere (domain: before, on time and late compare dates). Agency
 * by agency from its own stretch of the index, so that who reads one goes through no other's work.
 */
const pressed = (db: Context["db"], agencyIds: readonly string[], today: Date, soon: Date) =>
  readOften<Pressure & { agencyId: string }>(
    { db },
    Prisma.sql`
  SELECT a.id AS "agencyId", due.overdue, due.soon FROM unnest(${agencyIds}::uuid[]) AS a(id) CROSS JOIN LATERAL (
    SELECT (count(*) FILTER (WHERE d."dueAt" < ${today}))::int AS overdue,
      (count(*) FILTER (WHERE d."dueAt" >= ${today}))::int AS soon
    FROM dossiers d
    WHERE d."receivingAgencyId" = a.id AND d."finishedAt" IS NULL AND d."pausedAt" IS NULL AND d."dueAt" < ${soon}
  ) due`,
  );

/** One measure of an agency (`month` null) or of a month (`agencyId` null). `own`: within the period; null: nothing there. */
type Sum = { agencyId: string | null; month: string | null; measure: string; n: number; own: number | null };

/** Every cell of these agencies is read once, and added up by agency and by month. */
const summed = (db: Context["db"], agencyIds: readonly string[], { period, year }: Spans) => {
  const [from, to] = [period.from < year.from ? period.from : year.from, period.to > year.to ? period.to : year.to];
  const isAsked = Prisma.sql`${isOf(agencyIds)} AND (month = '' OR ${inMonths({ from, to })})`;
  const isWhole = period.from === from && period.to === to;
  const within = isWhole ? Prisma.empty : Prisma.sql`FILTER (WHERE month = '' OR ${inMonths(period)})`;
  return readOften<Sum>(
    { db },
    Prisma.sql`
    SELECT "agencyId", month, measure, sum(n)::int AS n, (sum(n) ${within})::int AS own
    FROM ${cells(isAsked)} GROUP BY GROUPING SETS (("agencyId", measure), (month, measure))`,
  );
};

/** Adds what was counted of one measure to the figures that it counts for. */
function add(figures: Partial<Flow & Standing>, measure: string, n: number): void {
  for (const figure of FIGURES[measure] ?? [])
    if (figures[figure] !== undefined) figures[figure] = (figures[figure] ?? 0) + n;
}

/**
 * What these receiving agencies took in and resolved: each within a period, with what stands open there now, and all
 * together month by month of a year. Two queries, which grow with agencies, months and open work that is due, never with
 * dossiers. An agency or month with nothing is left out; months come in their order.
 * @param days `today`, and the day until which (included) something is due soon
 */
export function readTallies(
  ctx: Counting,
  agencyIds: readonly string[],
  spans: Spans,
  days: { today: LocalDate; soon: LocalDate },
): Promise<{ agencies: AgencyTally[]; months: MonthTally[] }> {
  return askReplica(ctx, async (db) => {
    const [sums, pressure] = await Promise.all([
      summed(db, agencyIds, spans),
      pressed(db, agencyIds, instantAt(days.today, "00:00"), instantAt(addDays(days.soon, 1), "00:00")),
    ]);
    const pressureOf = new Map(pressure.map(({ agencyId, overdue, soon }) => [agencyId, { overdue, soon }]));
    const agencies = new Map<string, AgencyTally>();
    const months = new Map<string, MonthTally>();
    for (const { agencyId, month, measure, n, own } of sums) {
      if (agencyId !== null && own) {
        const tally = agencies.get(agencyId) ?? {
          agencyId,
          ...NO_FLOW,
          ...NO_STANDING,
          ...(pressureOf.get(agencyId) ?? NO_PRESSURE),
        };
        agencies.set(agencyId, tally);
        add(tally, measure, own);
      }
      if (month && month >= spans.year.from && month <= spans.year.to && n !== 0) {
        const tally = months.get(month) ?? { month, ...NO_FLOW };
        months.set(month, tally);
        add(tally, measure, n);
      }
    }
    return {
      agencies: [...agencies.values()],
      months: [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1)),
    };
  });
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
