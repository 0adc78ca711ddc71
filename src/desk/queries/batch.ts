import { openTo } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import type { MessageKey, MessageParams } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import type { BatchAct } from "../inputs/batch.ts";

export type BatchItem = {
  number: number;
  dossierId: string;
  /** Null for a dossier that the officer may not see. */
  name: string | null;
  done: boolean | null;
  reason: MessageKey | null;
  params: MessageParams;
};

/** An own batch and what became of each dossier. One query. @throws Refusal 404 for anybody else's */
export async function findBatch(
  ctx: Context<Officer>,
  id: string,
): Promise<{ act: BatchAct; isEnded: boolean; items: BatchItem[] }> {
  const agencies = ctx.actor.postings.map(({ agencyId }) => agencyId);
  const rows = await ctx.db.$queryRaw<(BatchItem & { act: BatchAct; endedAt: Date | null })[]>`
    SELECT b.act, b."endedAt", i.number, i."dossierId", i.done, i.reason, i.params,
      (SELECT coalesce(d.code, p."fullName") FROM dossiers d JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'
        WHERE d.id = i."dossierId" AND ${openTo(ctx.actor)} AND EXISTS (SELECT FROM dossier_places v
          WHERE v."agencyId" = ANY(${agencies}::uuid[]) AND v."submittedAt" = d."submittedAt" AND v."dossierId" = d.id)) AS name
    FROM work_batches b JOIN work_batch_items i ON i."batchId" = b.id
    WHERE b.id = ${id}::uuid AND b."accountId" = ${ctx.actor.accountId}::uuid ORDER BY i.number`;
  const [first] = rows;
  if (!first) throw notFound();
  return { act: first.act, isEnded: first.endedAt !== null, items: rows };
}
