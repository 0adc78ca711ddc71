import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { lockDossier, recordChange } from "../events.ts";
import { mayLeave } from "../rules.ts";
import { moveClock } from "./clock.ts";
import { checkMove, type Handled, lockHandled, placeOf, writeReason } from "./handled.ts";
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
    await settle(ctx, tx, await lockHandled(ctx, tx, input), {}, input.proof);
  });
}

/** The open obligation, or that of this number, is met: the clock goes on. The only way there is. */
async function settle(
  ctx: Context<Officer>,
  tx: Tx,
  held: Handled,
  which: { number?: number },
  proof: string | null,
): Promise<void> {
  const { dossier, lead, handling } = held;
  await checkMove(tx, dossier, "meetObligation", handling.isDesk || handling.isHolder);
  const open = await tx.financialObligation.findFirst({ where: { dossierId: dossier.id, metAt: null, ...which } });
  if (!open) throw new Refusal("dossiers.refused.noObligation");
  const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
  await tx.financialObligation.update({
    where: { id: open.id },
    data: { metAt: ctx.now, metById: ctx.actor.accountId, proof },
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
}

/** The dossier as it stands, for who acts on money and not on what they saw of it. */
async function lockAsItIs(ctx: Context<Officer>, tx: Tx, dossierId: string): Promise<Handled> {
  const dossier = await lockDossier(ctx, tx, dossierId);
  if (!dossier) throw notFound();
  return lockHandled(ctx, tx, { dossierId, version: dossier.version });
}

/**
 * An obligation was paid at the counter, in the transaction that gives the receipt.
 * @param input.proof what the receipt is called
 * @throws Refusal 409 when it is met, or the dossier does not wait for it
 */
export async function payObligation(
  ctx: Context<Officer>,
  tx: Tx,
  { dossierId, number, proof }: { dossierId: string; number: number; proof: string },
): Promise<void> {
  await settle(ctx, tx, await lockAsItIs(ctx, tx, dossierId), { number }, proof);
}

/**
 * The receipt of an obligation is void: it is owed again, and the dossier waits for it again.
 * @throws Refusal 409 when the dossier went on too far for that
 */
export async function unpayObligation(
  ctx: Context<Officer>,
  tx: Tx,
  { dossierId, number }: { dossierId: string; number: number },
): Promise<void> {
  const held = await lockAsItIs(ctx, tx, dossierId);
  const { dossier, lead, handling } = held;
  if (!mayLeave("unmeetObligation", dossier.status)) throw new Refusal("dossiers.refused.obligationUsed");
  await checkMove(tx, dossier, "unmeetObligation", handling.isDesk);
  const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
  const obligation = await tx.financialObligation.update({
    where: { dossierId_number: { dossierId, number } },
    data: { metAt: null, metById: null, proof: null },
  });
  const clock = await moveClock(ctx, tx, dossier, version, "awaiting_obligation", { holdsStep: true });
  await recordChange(ctx, tx, dossier, clock, {
    type: "dossier.obligation_unmet",
    status: "awaiting_obligation",
    agencyId: placeOf(held),
    stepRunId: lead?.id ?? null,
    payload: { obligationId: obligation.id, number, answerBy: obligation.payBy },
  });
}
