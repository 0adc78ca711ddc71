import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { recordChange } from "../events.ts";
import { moveClock } from "./clock.ts";
import { checkMove, lockHandled, placeOf, writeReason } from "./handled.ts";
import { standingStep } from "./steps.ts";

type Input = { dossierId: string; version: number };

/**
 * Asks the applicant to pay what the law asks before settling goes on (national status 6): the clock stands as the
 * version's law says, and so does the step. By the desk or whoever holds the step.
 * @param input.amount đồng; null where the notice that is named says it
 * @param input.payBy yyyy-MM-dd; nothing happens by itself on it
 */
export async function askObligation(
  ctx: Context<Officer>,
  input: Input & { what: string; amount: bigint | null; payBy: string | null },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, lead, handling } = held;
    await checkMove(tx, dossier, "askObligation", handling.isDesk || handling.isHolder);
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const note = await writeReason(ctx, tx, dossier.id, "obligation", input.what);
    const agencyId = placeOf(held);
    const obligation = await tx.financialObligation.create({
      data: {
        dossierId: dossier.id,
        number: 1 + (await tx.financialObligation.count({ where: { dossierId: dossier.id } })),
        noteId: note.id,
        amount: input.amount,
        payBy: input.payBy,
        agencyId,
        askedById: ctx.actor.accountId,
        askedAt: ctx.now,
      },
    });
    const clock = await moveClock(ctx, tx, dossier, version, "awaiting_obligation", { holdsStep: true });
    await recordChange(ctx, tx, dossier, clock, {
      type: "dossier.obligation_asked",
      status: "awaiting_obligation",
      agencyId,
      stepRunId: lead?.id ?? null,
      payload: {
        obligationId: obligation.id,
        number: obligation.number,
        amount: input.amount?.toString() ?? null,
        answerBy: input.payBy,
        noteId: note.id,
        ...(clock.dueAt ? { dueAt: clock.dueAt.toISOString() } : {}),
      },
    });
  });
}

/**
 * Notes that the applicant paid what was asked: the clock goes on, and the dossier stands at its step again.
 * @param input.proof number of the voucher that showed it
 * @throws Refusal 409 when nothing was asked, or the dossier waits at a step that is itself the waiting
 */
export async function meetObligation(ctx: Context<Officer>, input: Input & { proof: string | null }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, lead, handling } = held;
    await checkMove(tx, dossier, "meetObligation", handling.isDesk || handling.isHolder);
    const open = await tx.financialObligation.findFirst({ where: { dossierId: dossier.id, metAt: null } });
    if (!open) throw new Refusal("dossiers.refused.noObligation");
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    await tx.financialObligation.update({
      where: { id: open.id },
      data: { metAt: ctx.now, metById: ctx.actor.accountId, proof: input.proof },
    });
    const status = await standingStep(tx, dossier, version);
    const clock = await moveClock(ctx, tx, dossier, version, status);
    await recordChange(ctx, tx, dossier, clock, {
      type: "dossier.obligation_met",
      status,
      agencyId: placeOf(held),
      stepRunId: lead?.id ?? null,
      payload: {
        obligationId: open.id,
        number: open.number,
        dueAt: (clock.dueAt ?? dossier.dueAt)?.toISOString() ?? null,
      },
    });
  });
}
