import { countPlaces, countWork } from "#dossiers/index.ts";
import { findAgency, findDirectory, type KnownAgency } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { fold, isoDay } from "#platform/format.ts";
import { remember } from "#platform/memory.ts";
import { notFound } from "#platform/refusal.ts";
import { findCurrentVersion, type LoadedVersion, listOfferings } from "#procedures/index.ts";

/** More than a clerk reads through; beyond it they type. */
const MOST_OFFERED = 40;
const MOST_RECENT = 6;
const RECENT_DAYS = 30;
/** The newest dossiers of a desk say enough of what it takes in. */
const MOST_COUNTED = 300;

const COUNTS_MS = 5_000;

/** Those who hold the same postings wait for the same work. */
const placesOf = ({ postings }: Officer): string =>
  [...new Set(postings.map(({ agencyId, unitId, role }) => `${agencyId} ${unitId} ${role}`))].sort().join();
const counts = remember(COUNTS_MS, (ctx: Context<Officer>, _places: string) => countPlaces(ctx));

/**
 * What waits in each list, at most five seconds old, and counted once for all who hold the same postings: a hall of
 * officers asks as often as one. Whoever changes something sees it at once.
 */
export const countWaiting = (ctx: Context<Officer>): ReturnType<typeof countWork> =>
  countWork(ctx, () => counts.find(ctx, placesOf(ctx.actor)));

/** After an officer did something: whoever works at the same agencies counts anew. */
export function forgetCounts(ctx: Pick<Context, "db" | "actor">): void {
  if (ctx.actor.kind !== "officer") return;
  const agencies = ctx.actor.postings.map(({ agencyId }) => agencyId);
  counts.forget(ctx, (places) => agencies.some((agencyId) => places.includes(agencyId)));
}

export type Offered = { code: string; name: string; agencyId: string };

/** The agencies at whose one-stop desk the officer sits, in the order of their postings. */
export const deskAgencies = (officer: Officer): string[] => [
  ...new Set(officer.postings.filter(({ role }) => role === "desk").map(({ agencyId }) => agencyId)),
];

const inForce = (day: string) => Prisma.sql`o."validFrom" <= ${day} AND (o."validTo" IS NULL OR o."validTo" >= ${day})
  AND o.channels && ARRAY['counter', 'post']`;
export const inForceAt = (now: Date) => inForce(isoDay(now));

/**
 * Procedures that the officer's desks take in on paper, by name; all words of `q` stand in the name, or it begins the
 * code. One query.
 */
export async function listOffered(ctx: Context<Officer>, q: string): Promise<{ rows: Offered[]; isMore: boolean }> {
  const words = fold(q)
    .split(" ")
    .filter(Boolean)
    .map((word) => `%${word}%`);
  const code = `${q.trim().replace(/[%_\\]/g, "")}%`;
  const rows = await ctx.db.$queryRaw<Offered[]>`
    SELECT DISTINCT e.name, p.code, o."agencyId"::text AS "agencyId"
    FROM offerings o JOIN procedures p ON p.id = o."procedureId" JOIN catalogue_entries e ON e.code = p.code AND e.configured
    WHERE o."agencyId" = ANY(${deskAgencies(ctx.actor)}::uuid[]) AND ${inForce(isoDay(ctx.now))}
      AND (${words.length} = 0 OR e."searchName" LIKE ALL(${words}::text[]) OR p.code LIKE ${code})
    ORDER BY e.name, p.code, "agencyId" LIMIT ${MOST_OFFERED + 1}`;
  return { rows: rows.slice(0, MOST_OFFERED), isMore: rows.length > MOST_OFFERED };
}

/** What the officer's desks took in most often on paper of late: of each desk's newest dossiers of 30 days. One query. */
export async function listRecent(ctx: Context<Officer>): Promise<Offered[]> {
  const since = new Date(ctx.now.getTime() - RECENT_DAYS * 86_400_000);
  return ctx.db.$queryRaw<Offered[]>`
    WITH used AS MATERIALIZED (
      SELECT d."procedureId", g.id AS "agencyId", count(*) AS times
      FROM unnest(${deskAgencies(ctx.actor)}::uuid[]) AS g(id)
        CROSS JOIN LATERAL (SELECT v."dossierId" FROM dossier_places v
          WHERE v."agencyId" = g.id AND v."submittedAt" > ${since} ORDER BY v."submittedAt" DESC LIMIT ${MOST_COUNTED}) v
        CROSS JOIN LATERAL (SELECT f."procedureId", f."receivingAgencyId", f.channel FROM dossiers f
          WHERE f.id = v."dossierId" OFFSET 0) d
      WHERE d."receivingAgencyId" = g.id AND d.channel <> 'online' GROUP BY 1, 2)
    SELECT e.name, p.code, u."agencyId"::text AS "agencyId"
    FROM used u JOIN procedures p ON p.id = u."procedureId" JOIN catalogue_entries e ON e.code = p.code AND e.configured
    WHERE EXISTS (SELECT FROM offerings o WHERE o."procedureId" = p.id AND o."agencyId" = u."agencyId" AND ${inForce(isoDay(ctx.now))})
    ORDER BY u.times DESC, e.name LIMIT ${MOST_RECENT}`;
}

/**
 * The desk of the officer that takes the procedure in, and through which paper channels. No query when warm.
 * @param agencyId the one chosen; absent: the first that does
 * @throws Refusal 404 when none of the officer's desks takes it in
 */
export async function findOffered(
  ctx: Context<Officer>,
  code: string,
  agencyId: string | undefined,
): Promise<{ version: LoadedVersion; agency: KnownAgency; channels: ("counter" | "post")[] }> {
  const version = await findCurrentVersion(ctx, code);
  const offerings = await listOfferings(ctx, code);
  const channelsOf = (id: string) => {
    const taken = offerings.filter((offering) => offering.agencyId === id).flatMap(({ channels }) => channels);
    return (["counter", "post"] as const).filter((one) => taken.includes(one));
  };
  const desk = deskAgencies(ctx.actor).find(
    (id) => (agencyId === undefined || id === agencyId) && channelsOf(id).length > 0,
  );
  if (!version || desk === undefined) throw notFound();
  return { version, agency: await findAgency(ctx, desk), channels: channelsOf(desk) };
}

/**
 * Whose matter a procedure may be that this desk takes in: the own agency, and where it is received anywhere in the
 * province every other that offers it, too. No query when warm.
 */
export async function findHomes(
  ctx: Context<Officer>,
  { code, definition }: LoadedVersion,
  own: KnownAgency,
): Promise<KnownAgency[]> {
  if (!definition.receivedAnywhere) return [own];
  const [offerings, { agencyOf }] = await Promise.all([listOfferings(ctx, code), findDirectory(ctx)]);
  const others = [...new Set(offerings.map(({ agencyId }) => agencyId))].filter((id) => id !== own.id);
  return [own, ...others.flatMap((id) => agencyOf(id) ?? []).sort((a, b) => a.name.localeCompare(b.name, "vi"))];
}
