import { staffingGaps } from "#authoring/rules.ts";
import { findDirectory, findHeldRoles, type KnownAgency, listAgencies, oneStopDeskOf } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { fold, isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { findVersion, type LoadedVersion } from "#procedures/index.ts";
import { keeps } from "../rules.ts";

type Asker = Context<Admin>;

export type OfferingRow = {
  agencyId: string;
  name: string;
  level: string;
  competent: string | null;
  channels: readonly string[];
  validFrom: string;
  validTo: string | null;
  /** Steps at which a dossier of this agency would lie with nobody today. */
  gaps: readonly string[];
  /** At every step. */
  isEmpty: boolean;
  /** Within the administrator's reach. */
  isKept: boolean;
};
export type OfferingEvent = {
  id: string;
  at: Date;
  byName: string | null;
  did: string;
  reason: string | null;
  count: number;
  names: string;
  /** It says what stood before: as the newest it can be taken back. */
  mayUndo: boolean;
};
export type OfferingsOf = {
  code: string;
  version: LoadedVersion | null;
  rows: OfferingRow[];
  /** Agencies within reach that could take it in: open, with a one-stop desk. */
  agencies: readonly KnownAgency[];
  events: OfferingEvent[];
};

/** Where a procedure is or will be taken in, who decides, whether somebody is there, and what was changed. @throws Refusal 404 */
export async function findOfferingsOf(ctx: Asker, code: string): Promise<OfferingsOf> {
  const { db, actor } = ctx;
  const day = isoDay(ctx.now);
  const procedure = await db.procedure.findUnique({
    where: { code },
    relationLoadStrategy: "join",
    select: {
      versions: { select: { id: true }, orderBy: { number: "desc" }, take: 1 },
      offerings: { where: { OR: [{ validTo: null }, { validTo: { gte: day } }] }, orderBy: { validFrom: "asc" } },
      events: {
        where: { did: { in: ["offered", "offeringsEnded", "offeringsRestored"] } },
        select: { id: true, at: true, did: true, reason: true, params: true, by: { select: { displayName: true } } },
        orderBy: [{ at: "desc" }, { id: "desc" }],
        take: 20,
      },
    },
  });
  if (!procedure) throw notFound();
  const [directory, open, isHeld] = await Promise.all([findDirectory(ctx), listAgencies(ctx), findHeldRoles(ctx)]);
  const newest = procedure.versions[0];
  const version = newest ? await findVersion(ctx, newest.id) : null;
  const rows = procedure.offerings.flatMap((offering): OfferingRow[] => {
    const receiving = directory.agencyOf(offering.agencyId);
    const competent = directory.agencyOf(offering.competentAgencyId ?? offering.agencyId);
    if (!receiving || !competent) return [];
    const gaps = version ? staffingGaps(version.definition.workflow, [{ receiving, competent }], open, isHeld) : [];
    const steps = version?.definition.workflow.steps ?? [];
    return [
      {
        agencyId: receiving.id,
        name: receiving.name,
        level: receiving.level,
        competent: offering.competentAgencyId ? competent.name : null,
        channels: offering.channels,
        validFrom: offering.validFrom,
        validTo: offering.validTo,
        gaps: gaps.map(({ stepId }) => steps.find(({ id }) => id === stepId)?.name.vi ?? stepId),
        isEmpty: gaps.length > 0 && gaps.length === steps.length,
        isKept: keeps(actor, receiving.id, directory),
      },
    ];
  });
  const rank = new Map(open.map(({ id }, at) => [id, at]));
  return {
    code,
    version,
    rows: rows.sort((a, b) => (rank.get(a.agencyId) ?? 1e9) - (rank.get(b.agencyId) ?? 1e9)),
    agencies: open.filter((agency) => oneStopDeskOf(agency) !== undefined && keeps(actor, agency.id, directory)),
    events: procedure.events.map(({ by, params, ...event }) => {
      const { count = 0, names = "", before } = params as { count?: number; names?: string; before?: unknown };
      const mayUndo = before !== undefined && event.did !== "offeringsRestored";
      return { ...event, byName: by?.displayName ?? null, count, names, mayUndo };
    }),
  };
}

export type OfferedProcedure = { code: string; name: string; offered: number };
export type OfferedPage = { rows: OfferedProcedure[]; total: number; page: number };
export const OFFERED_A_PAGE = 50;

/**
 * Configured procedures with the number of agencies within reach that take them in today, by code, 50 a page.
 * @param q part of the name, diacritics or not, or the beginning of the code
 */
export async function listOffered(
  ctx: Asker,
  reach: readonly string[] | null,
  { q, page }: { q: string; page: number },
): Promise<OfferedPage> {
  const day = isoDay(ctx.now);
  const wanted = fold(q);
  const rows = await ctx.db.$queryRaw<(OfferedProcedure & { total: number })[]>`
    WITH listed AS (SELECT p.id, p.code, coalesce(c.name, p.code) AS name, count(*) OVER ()::int AS total FROM procedures p
      LEFT JOIN catalogue_entries c ON c.code = p.code
      WHERE ${wanted} = '' OR c."searchName" LIKE ${`%${wanted}%`} OR starts_with(p.code, ${q.trim()})
      ORDER BY p.code LIMIT ${OFFERED_A_PAGE} OFFSET ${(page - 1) * OFFERED_A_PAGE})
    SELECT l.code, l.name, l.total, (SELECT count(DISTINCT o."agencyId")::int FROM offerings o
      WHERE o."procedureId" = l.id AND o."validFrom" <= ${day} AND (o."validTo" IS NULL OR o."validTo" >= ${day})
        AND (${reach === null} OR o."agencyId" = ANY(${[...(reach ?? [])]}::uuid[]))) AS offered
    FROM listed l ORDER BY l.code`;
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0, page };
}
