import type { Context, Officer } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import { type LockedDossier, lockDossier, recordChange } from "../events.ts";
import { checkMove } from "./handled.ts";
import { isAtDesk } from "./intake.ts";

async function lockAtDesk(ctx: Context<Officer>, tx: Tx, dossierId: string): Promise<LockedDossier> {
  const dossier = await lockDossier(ctx, tx, dossierId);
  if (!dossier || !isAtDesk(ctx.actor, dossier.receivingAgencyId)) throw notFound();
  return dossier;
}

/**
 * Writes into the history that a paper was made electronic at the desk, in the transaction that keeps it; the file is named
 * by its hash.
 * @throws Refusal 404 outside the desk that received the dossier, 409 when the dossier is closed without a result
 */
export async function recordDigitised(
  ctx: Context<Officer>,
  tx: Tx,
  dossierId: string,
  write: () => Promise<{
    attachmentId: string;
    requirementId: string;
    sha256: string;
    pages: number;
    resultId: string | null;
  }>,
): Promise<void> {
  const dossier = await lockAtDesk(ctx, tx, dossierId);
  await checkMove(tx, dossier, "digitise", true);
  const payload = await write();
  const agencyId = dossier.receivingAgencyId;
  await recordChange(ctx, tx, dossier, {}, { type: "papers.digitised", status: dossier.status, agencyId, payload });
}

/**
 * Writes into the history that somebody compared these digitised papers with their originals (NĐ 45/2020 Đ25: the clerk
 * answers for it).
 * @throws Refusal 404 outside the desk that received the dossier, 409 when the dossier is closed without a result
 */
export async function recordCertified(
  ctx: Context<Officer>,
  tx: Tx,
  dossierId: string,
  write: () => Promise<{ attachmentIds: string[] }>,
): Promise<void> {
  const dossier = await lockAtDesk(ctx, tx, dossierId);
  await checkMove(tx, dossier, "certifyCopies", true);
  const payload = await write();
  if (payload.attachmentIds.length === 0) return;
  const agencyId = dossier.receivingAgencyId;
  await recordChange(ctx, tx, dossier, {}, { type: "papers.certified", status: dossier.status, agencyId, payload });
}
