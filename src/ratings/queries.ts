import type { Citizen, Context, Officer } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { remember } from "#platform/memory.ts";
import { askReplica } from "#platform/replica.ts";
import { findName } from "#procedures/index.ts";
import { type Counted, type Figures, isLevel, type Levels, sumFigures } from "./rules.ts";

export type GivenRating = { levels: Levels; comment: string | null; number: number; firstAt: Date };

/** The rating that stands for a dossier that the caller has shown to be theirs; null when there is none. */
export async function findRating(
  ctx: Context<Citizen>,
  dossierId: string,
  tx: Tx = ctx.db,
): Promise<GivenRating | null> {
  const [versions, comment] = await Promise.all([
    tx.rating.findMany({ where: { dossierId }, orderBy: { number: "asc" } }),
    tx.ratingComment.findUnique({ where: { dossierId }, select: { text: true } }),
  ]);
  const [first, standing] = [versions.at(0), versions.at(-1)];
  if (!first || !standing || !isLevel(standing.overall)) return null;
  const level = (value: number | null) => (isLevel(value) ? value : null);
  return {
    levels: {
      overall: standing.overall,
      convenience: level(standing.convenience),
      timeliness: level(standing.timeliness),
      attitude: level(standing.attitude),
    },
    comment: comment?.text ?? null,
    number: standing.number,
    firstAt: first.at,
  };
}

type Group = Figures & { procedureId: string; agencyId: string };
const MINUTE_MS = 60_000;

/** Every procedure at every agency that was rated since a day, counted once in a minute. */
const groups = remember(MINUTE_MS, async (ctx: Pick<Context, "db">, since: number): Promise<Group[]> => {
  const rows = await askReplica(
    ctx,
    (db) => db.$queryRaw<Record<string, string | number>[]>`
    SELECT "procedureId" AS p, "receivingAgencyId" AS a, count(*)::int AS n,
      count(*) FILTER (WHERE overall = 3)::int AS o3, count(*) FILTER (WHERE overall = 2)::int AS o2,
      count(*) FILTER (WHERE overall = 1)::int AS o1, count(*) FILTER (WHERE convenience = 3)::int AS c3,
      count(*) FILTER (WHERE convenience = 2)::int AS c2, count(*) FILTER (WHERE convenience = 1)::int AS c1,
      count(*) FILTER (WHERE timeliness = 3)::int AS t3, count(*) FILTER (WHERE timeliness = 2)::int AS t2,
      count(*) FILTER (WHERE timeliness = 1)::int AS t1, count(*) FILTER (WHERE attitude = 3)::int AS a3,
      count(*) FILTER (WHERE attitude = 2)::int AS a2, count(*) FILTER (WHERE attitude = 1)::int AS a1
    FROM ratings WHERE "replacedAt" IS NULL AND at >= ${new Date(since)} GROUP BY 1, 2`,
  );
  return rows.map((row) => {
    const counted = (key: string): Counted => ({
      very: Number(row[`${key}3`]),
      satisfied: Number(row[`${key}2`]),
      not: Number(row[`${key}1`]),
    });
    return {
      procedureId: String(row["p"]),
      agencyId: String(row["a"]),
      count: Number(row["n"]),
      overall: counted("o"),
      convenience: counted("c"),
      timeliness: counted("t"),
      attitude: counted("a"),
    };
  });
});

/**
 * How applicants found the handling of a procedure, or of an agency, or of both, since a day; null when fewer than five
 * rated. No query when warm; at most a minute old.
 */
export async function findSatisfaction(
  ctx: Pick<Context, "db">,
  { procedureId, agencyId, since }: { procedureId?: string; agencyId?: string; since: Date },
): Promise<Figures | null> {
  const all = await groups.find(ctx, since.getTime());
  return sumFigures(
    all.filter(
      (group) => (!procedureId || group.procedureId === procedureId) && (!agencyId || group.agencyId === agencyId),
    ),
  );
}

/** After this process kept a rating. */
export const forgetFigures = (ctx: Pick<Context, "db">): void => groups.forget(ctx);

export type AgencyFigures = { total: Figures | null; procedures: { procedureId: string; figures: Figures }[] };

/** How the agencies at which an officer works were rated since a day: in all, and each procedure with enough ratings. */
export async function listOwnFigures(ctx: Context<Officer>, since: Date): Promise<AgencyFigures> {
  const mine = new Set(ctx.actor.postings.map(({ agencyId }) => agencyId));
  const own = (await groups.find(ctx, since.getTime())).filter(({ agencyId }) => mine.has(agencyId));
  const procedures = [...new Set(own.map(({ procedureId }) => procedureId))].flatMap((procedureId) => {
    const figures = sumFigures(own.filter((group) => group.procedureId === procedureId));
    return figures ? [{ procedureId, figures }] : [];
  });
  return { total: sumFigures(own), procedures: procedures.sort((a, b) => b.figures.count - a.figures.count) };
}

/** Where an officer leads: who leads reads what applicants wrote. */
const ledBy = ({ postings }: Officer): string[] =>
  postings.filter(({ role }) => role === "leader" || role === "unit_head").map(({ agencyId }) => agencyId);

export const mayReadComments = (officer: Officer): boolean => ledBy(officer).length > 0;

export type Comment = { id: string; text: string; at: Date; procedureId: string };
const PAGE_SIZE = 20;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What applicants wrote beside their ratings, newest first, 20 a page, for those who lead the agency: without name,
 * dossier or level. @param cursor id of the last one seen
 */
export async function listComments(
  ctx: Context<Officer>,
  cursor: string | null,
): Promise<{ rows: Comment[]; next: string | null }> {
  const receivingAgencyId = { in: ledBy(ctx.actor) };
  const last =
    cursor && UUID.test(cursor)
      ? await ctx.db.ratingComment.findFirst({ where: { dossierId: cursor, receivingAgencyId } })
      : null;
  const rows = await ctx.db.ratingComment.findMany({
    where: {
      receivingAgencyId,
      ...(last ? { OR: [{ at: { lt: last.at } }, { at: last.at, dossierId: { lt: last.dossierId } }] } : {}),
    },
    orderBy: [{ at: "desc" }, { dossierId: "desc" }],
    take: PAGE_SIZE + 1,
  });
  const page = rows
    .slice(0, PAGE_SIZE)
    .map(({ dossierId, text, at, procedureId }) => ({ id: dossierId, text, at, procedureId }));
  return { rows: page, next: rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null };
}

/** Names of procedures by their ids. */
export async function namesOf(ctx: Pick<Context, "db" | "now">, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.db.procedure.findMany({ where: { id: { in: [...ids] } }, select: { id: true, code: true } });
  const named = rows.map(async ({ id, code }) => [id, (await findName(ctx, code)) ?? code] as const);
  return new Map(await Promise.all(named));
}
