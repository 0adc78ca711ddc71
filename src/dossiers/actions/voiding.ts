import { endPaper } from "#documents/index.ts";
import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { recordChange } from "../events.ts";
import { closeRuns, moveClock } from "./clock.ts";
import { checkMove, lockHandled, placeOf, writeReason } from "./handled.ts";

/**
 * Voids the acceptance of a dossier that was taken in by mistake, as long as nobody worked on it: its code and its line in
 * the register stay and are marked, its receipt slip is revoked (national status 3). By the desk that received it or a
 * leader.
 * @throws Refusal 409 when somebody worked on it, or a receipt for its fees was not voided before
 */
export async function voidAcceptance(
  ctx: Context<Officer>,
  input: { dossierId: string; version: number; reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, handling } = held;
    await checkMove(tx, dossier, "voidAcceptance", handling.isDesk || handling.isLeader);
    const where = { dossierId: dossier.id };
    if ((await tx.stepRun.count({ where: { ...where, closedAt: { not: null } } })) > 0)
      throw new Refusal("dossiers.refused.workedOn");
    if ((await tx.feeReceipt.count({ where: { ...where, voidedAt: null } })) > 0)
      throw new Refusal("dossiers.refused.feesTaken");
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const note = await writeReason(ctx, tx, dossier.id, "voiding", input.reason);
    const papers = await tx.issuedPaper.findMany({ where: { ...where, standing: "valid" }, select: { id: true } });
    for (const { id } of papers) await endPaper(ctx, tx, id, { standing: "revoked", noteId: note.id });
    const closed = await closeRuns(ctx, tx, dossier.id, "voided");
    const clock = await moveClock(ctx, tx, dossier, version, "voided");
    await recordChange(
      ctx,
      tx,
      dossier,
      { ...clock, finishedAt: ctx.now },
      {
        type: "dossier.voided",
        status: "voided",
        agencyId: placeOf(held),
        payload: { code: dossier.code, noteId: note.id, closed },
      },
    );
  });
}
