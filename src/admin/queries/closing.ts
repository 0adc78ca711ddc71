import { countMoving, type Moving } from "#dossiers/index.ts";
import type { KnownAgency } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";

export type ClosingPreview = {
  moving: Moving;
  people: number;
  drafts: number;
  administrators: number;
  /** Procedures that the agency takes in or decides on; `isKnown`: the successor takes them in already. */
  procedures: readonly { code: string; name: string; isKnown: boolean }[];
  below: readonly string[];
  /** Parts of the agency, and the one of the successor that has the same name, or is the only one of its kind. */
  units: readonly { id: string; name: string; likely: string | null }[];
};

const likely = (unit: { name: string; kind: string }, successor: KnownAgency | null): string | null => {
  const same = successor?.units.find(({ name }) => name === unit.name);
  const kin = successor?.units.filter(({ kind }) => kind === unit.kind) ?? [];
  return same?.id ?? (kin.length === 1 ? (kin[0]?.id ?? null) : null);
};

/** What ending an agency would move, and where to. */
export async function previewClosing(
  ctx: Context<Admin>,
  agency: KnownAgency,
  successor: KnownAgency | null,
): Promise<ClosingPreview> {
  const day = isoDay(ctx.now);
  const { db } = ctx;
  const toId = successor?.id ?? null;
  const [moving, [counts], procedures, below] = await Promise.all([
    countMoving(ctx, agency.id),
    db.$queryRaw<{ people: number; drafts: number; administrators: number }[]>`
      SELECT (SELECT count(DISTINCT "accountId")::int FROM postings WHERE "agencyId" = ${agency.id}::uuid AND ("validTo" IS NULL OR "validTo" >= ${day})) AS people,
        (SELECT count(*)::int FROM drafts WHERE "agencyId" = ${agency.id}::uuid OR "receivingAgencyId" = ${agency.id}::uuid) AS drafts,
        (SELECT count(*)::int FROM accounts WHERE "adminAgencyId" = ${agency.id}::uuid AND "disabledAt" IS NULL) AS administrators`,
    db.$queryRaw<{ code: string; name: string; isKnown: boolean }[]>`
      SELECT DISTINCT p.code, coalesce(c.name, p.code) AS name,
        EXISTS (SELECT FROM offerings t WHERE t."procedureId" = p.id AND t."agencyId" = ${toId}::uuid AND (t."validTo" IS NULL OR t."validTo" >= ${day})) AS "isKnown"
      FROM offerings o JOIN procedures p ON p.id = o."procedureId" LEFT JOIN catalogue_entries c ON c.code = p.code
      WHERE (o."agencyId" = ${agency.id}::uuid OR o."competentAgencyId" = ${agency.id}::uuid) AND (o."validTo" IS NULL OR o."validTo" >= ${day}) ORDER BY p.code`,
    db.agency.findMany({ where: { parentId: agency.id }, select: { name: true }, orderBy: { name: "asc" } }),
  ]);
  return {
    moving,
    people: counts?.people ?? 0,
    drafts: counts?.drafts ?? 0,
    administrators: counts?.administrators ?? 0,
    procedures,
    below: below.map(({ name }) => name),
    units: agency.units.map((unit) => ({ id: unit.id, name: unit.name, likely: likely(unit, successor) })),
  };
}
