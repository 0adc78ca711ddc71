import type { Context, Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { findCurrentTicket } from "../queries.ts";
import { actOnCurrent } from "./counter.ts";
import { lockDay, noteEvents } from "./day.ts";

/**
 * Notes that a dossier was made, or taken up, for whoever stands before the officer; nothing where nobody was called.
 * Comes after the dossier's own transaction, not inside it: a hall must not wait for a dossier.
 */
export async function linkTicket(ctx: Context<Officer>, dossierId: string): Promise<void> {
  const current = await findCurrentTicket(ctx);
  if (!current || current.dossierIds.includes(dossierId)) return;
  await inTransaction(ctx, async (tx) => {
    const day = await lockDay(ctx, tx, current.hallId);
    const { count } = await tx.queueTicketDossier.createMany({
      data: [{ ticketId: current.id, dossierId, at: ctx.now }],
      skipDuplicates: true,
    });
    if (count > 0)
      await noteEvents(ctx, tx, day, [
        { ticketId: current.id, type: "linked", counterId: current.counter.id, dossierId },
      ]);
  });
}

/** Whoever stands before the officer has been served; nothing where nobody was called. */
export async function finishTicket(ctx: Context<Officer>): Promise<void> {
  const current = await findCurrentTicket(ctx);
  if (current) await actOnCurrent(ctx, "served", current.id);
}
