import type { Context, Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import type { StagedFile } from "#platform/files.ts";
import { notFound } from "#platform/refusal.ts";
import { lockDossier, recordChange } from "../events.ts";
import { checkMove } from "./handled.ts";
import { isAtDesk } from "./intake.ts";

/**
 * Keeps what the applicant drew on the counter's pad in agreement with the receipt; the history names the picture by its
 * hash. Signed once: a second picture is not taken.
 * @throws Refusal 404 outside the desk that received the dossier
 */
export async function signReceipt(ctx: Context<Officer>, dossierId: string, picture: StagedFile): Promise<void> {
  const storageKey = await ctx.files.keep(picture);
  await inTransaction(ctx, async (tx) => {
    const dossier = await lockDossier(ctx, tx, dossierId);
    if (!dossier || !isAtDesk(ctx.actor, dossier.receivingAgencyId)) throw notFound();
    if ((await tx.receiptSignature.count({ where: { dossierId } })) > 0) return;
    await checkMove(tx, dossier, "signReceipt", true);
    const { sha256, size } = picture;
    await tx.receiptSignature.create({
      data: { dossierId, sha256, size, storageKey, takenById: ctx.actor.accountId, at: ctx.now },
    });
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      { type: "receipt.signed", status: dossier.status, agencyId: dossier.receivingAgencyId, payload: { sha256 } },
    );
  });
}
