import type { Context } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { askReplica } from "#platform/replica.ts";

export type Grouping = "queue" | "counter" | "day" | "hall";
/** Minutes; null where nobody was called or served. */
export type StatisticsRow = {
  hall: string;
  name: string;
  taken: number;
  served: number;
  noShow: number;
  left: number;
  unserved: number;
  wait: number | null;
  waitMost: number | null;
  serve: number | null;
};

const groups: Readonly<Record<Grouping, Prisma.Sql>> = {
  queue: Prisma.sql`q.prefix || ' · ' || q.name`,
  counter: Prisma.sql`coalesce(c.number::text, '')`,
  day: Prisma.sql`t.day`,
  hall: Prisma.sql`h.name`,
};

/**
 * How long people waited (from taking a number to the first call) and were served, in these halls, from one day to another
 * (yyyy-MM-dd, both included). One query.
 */
export const listStatistics = (
  ctx: Pick<Context, "db">,
  hallIds: readonly string[],
  { from, to, by }: { from: string; to: string; by: Grouping },
): Promise<StatisticsRow[]> =>
  askReplica(
    ctx,
    (db) => db.$queryRaw<StatisticsRow[]>`
  SELECT h.name AS hall, ${groups[by]} AS name, count(*)::int AS taken,
    count(*) FILTER (WHERE t.state = 'served')::int AS served,
    count(*) FILTER (WHERE t.state = 'no_show')::int AS "noShow",
    count(*) FILTER (WHERE t.state = 'left')::int AS "left",
    count(*) FILTER (WHERE t.state = 'unserved')::int AS unserved,
    (avg(extract(epoch FROM t."calledAt" - t."takenAt")) / 60)::float8 AS wait,
    (max(extract(epoch FROM t."calledAt" - t."takenAt")) / 60)::float8 AS "waitMost",
    (avg(extract(epoch FROM t."endedAt" - t."calledAt")) FILTER (WHERE t.state = 'served') / 60)::float8 AS serve
  FROM queue_tickets t JOIN queue_halls h ON h.id = t."hallId" JOIN queues q ON q.id = t."queueId"
    LEFT JOIN queue_counters c ON c.id = t."counterId"
  WHERE t."hallId" = ANY(${[...hallIds]}::uuid[]) AND t.day BETWEEN ${from} AND ${to}
  GROUP BY 1, 2 ORDER BY h.name, CASE WHEN ${by} = 'counter' THEN min(c.number) END, 2`,
  );
