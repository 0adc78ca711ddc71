import { openTo } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";

/** Who was not seen for so long has gone. */
const STALE_MS = 90_000;

export type Present = { name: string; seenAt: Date };

/**
 * Notes that the officer has a dossier open, and tells who else has. Never a lock. One statement.
 * @throws Refusal 404 for a dossier that was never at any of the officer's agencies
 */
export async function noteVisit(ctx: Context<Officer>, dossierId: string): Promise<Present[]> {
  const { accountId } = ctx.actor;
  const agencies = [...new Set(ctx.actor.postings.map(({ agencyId }) => agencyId))];
  const since = new Date(ctx.now.getTime() - STALE_MS);
  const rows = await ctx.db.$queryRaw<{ isVisible: boolean; present: { name: string; seenAt: string }[] | null }[]>`
    WITH visible AS (
      SELECT d.id FROM dossiers d JOIN dossier_places v ON v."dossierId" = d.id AND v."submittedAt" = d."submittedAt"
      WHERE d.id = ${dossierId}::uuid AND v."agencyId" = ANY(${agencies}::uuid[]) AND ${openTo(ctx.actor)} LIMIT 1),
    noted AS (
      INSERT INTO dossier_presence SELECT id, ${accountId}::uuid, ${ctx.now} FROM visible
      ON CONFLICT ("dossierId", "accountId") DO UPDATE SET "seenAt" = excluded."seenAt"),
    gone AS (
      DELETE FROM dossier_presence
      WHERE "accountId" = ${accountId}::uuid AND "dossierId" <> ${dossierId}::uuid AND "seenAt" < ${since})
    SELECT EXISTS (SELECT FROM visible) AS "isVisible",
      (SELECT json_agg(json_build_object('name', a."displayName", 'seenAt', o."seenAt") ORDER BY o."seenAt" DESC)
       FROM dossier_presence o JOIN accounts a ON a.id = o."accountId"
       WHERE o."dossierId" = ${dossierId}::uuid AND o."accountId" <> ${accountId}::uuid AND o."seenAt" >= ${since}) AS present`;
  const [row] = rows;
  if (!row?.isVisible) throw notFound();
  return (row.present ?? []).map(({ name, seenAt }) => ({ name, seenAt: new Date(seenAt) }));
}
