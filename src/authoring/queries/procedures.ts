import type { Admin, Context } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { findVersion, type LoadedVersion } from "#procedures/index.ts";

export type VersionRow = {
  id: string;
  number: number;
  effectiveFrom: Date;
  publishedAt: Date;
  /** null: it came with the portal. */
  byName: string | null;
  reason: string | null;
  /** In words, as they were told when it was published. */
  changes: readonly string[];
};
export type ProcedureEventRow = {
  at: Date;
  byName: string | null;
  did: string;
  reason: string | null;
  params: Readonly<Record<string, unknown>>;
};
export type ProcedureOverview = {
  id: string;
  code: string;
  /** Newest first. */
  versions: readonly VersionRow[];
  /** The one in force now; null: none yet. */
  current: VersionRow | null;
  manuscript: { id: string; changedAt: Date } | null;
  offered: number;
  events: readonly ProcedureEventRow[];
};

const MOST_EVENTS = 50;
const linesIn = (params: unknown): string[] => {
  const { changes } = (params ?? {}) as { changes?: unknown };
  return Array.isArray(changes) ? changes.filter((one) => typeof one === "string") : [];
};

/** A procedure that is configured here, with its versions and what was done to it. @throws Refusal 404 */
export async function findProcedureOverview({ db, now }: Context<Admin>, code: string): Promise<ProcedureOverview> {
  const day = isoDay(now);
  const [row, manuscript] = await Promise.all([
    db.procedure.findUnique({
      where: { code },
      relationLoadStrategy: "join",
      select: {
        id: true,
        code: true,
        versions: {
          select: {
            id: true,
            number: true,
            effectiveFrom: true,
            publishedAt: true,
            publication: { select: { reason: true, params: true, by: { select: { displayName: true } } } },
          },
          orderBy: { number: "desc" },
        },
        events: {
          select: { at: true, did: true, reason: true, params: true, by: { select: { displayName: true } } },
          orderBy: [{ at: "desc" }, { id: "desc" }],
          take: MOST_EVENTS,
        },
        _count: {
          select: {
            offerings: { where: { validFrom: { lte: day }, OR: [{ validTo: null }, { validTo: { gte: day } }] } },
          },
        },
      },
    }),
    db.manuscript.findFirst({ where: { procedureCode: code, state: "open" }, select: { id: true, changedAt: true } }),
  ]);
  if (!row) throw notFound();
  const versions = row.versions.map(({ publication, ...version }) => ({
    ...version,
    byName: publication?.by?.displayName ?? null,
    reason: publication?.reason ?? null,
    changes: linesIn(publication?.params),
  }));
  const inForce = versions.filter(({ effectiveFrom }) => effectiveFrom <= now);
  const [current = null] = inForce.sort(
    (a, b) => b.effectiveFrom.getTime() - a.effectiveFrom.getTime() || b.number - a.number,
  );
  return {
    id: row.id,
    code: row.code,
    versions,
    current,
    manuscript,
    offered: row._count.offerings,
    events: row.events.map(({ by, params, ...event }) => ({
      ...event,
      byName: by?.displayName ?? null,
      params: (params ?? {}) as Record<string, unknown>,
    })),
  };
}

/** A version by the number that its address names. @throws Refusal 404 */
export function findNumbered(
  ctx: Context<Admin>,
  { versions }: Pick<ProcedureOverview, "versions">,
  number: unknown,
): Promise<LoadedVersion> {
  const found = versions.find((version) => String(version.number) === number);
  if (!found) throw notFound();
  return findVersion(ctx, found.id);
}

/** The newest version of a code, in force or not; null: none was published. */
export async function findNewestVersion(ctx: Context<Admin>, code: string): Promise<LoadedVersion | null> {
  const newest = await ctx.db.procedureVersion.findFirst({
    where: { procedure: { code } },
    orderBy: { number: "desc" },
    select: { id: true },
  });
  return newest && findVersion(ctx, newest.id);
}
