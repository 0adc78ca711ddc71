import { extensionFault, findCalendar, type LocalDate } from "#calendar/index.ts";
import { findAgency } from "#organizations/index.ts";
import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { fold, formatDate } from "#platform/format.ts";
import { Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { recordChange } from "../events.ts";
import { isLate } from "../rules/foresight.ts";
import { EXTENSION_REFUSED } from "./endings.ts";
import { checkMove, type Handled, lockHandled, placeOf, writeReason } from "./handled.ts";

type Input = { dossierId: string; version: number };

const runningDue = ({ dossier }: Handled): Date => {
  if (!dossier.dueAt) throw new Refusal("dossiers.refused.noDueDate");
  if (dossier.pausedAt) throw new Refusal("dossiers.refused.clockStands");
  return dossier.dueAt;
};

/**
 * Records that whoever holds a dossier will keep its due date: the word that is owed when the date comes near.
 * @throws Refusal 403 for others, 409 when it changed meanwhile, is late already or its clock stands
 */
export async function confirmOnTime(ctx: Context<Officer>, input: Input): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, lead, handling } = held;
    await checkMove(tx, dossier, "confirmOnTime", handling.isDesk || handling.isHolder || handling.isLeader);
    const dueAt = runningDue(held);
    if (isLate(dossier, ctx.now)) throw new Refusal("dossiers.refused.alreadyLate");
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: "dossier.on_time_confirmed",
        status: dossier.status,
        agencyId: placeOf(held),
        stepRunId: lead?.id ?? null,
        payload: { dueAt: dueAt.toISOString() },
      },
    );
  });
}

/**
 * Proposes the apology with a new date to the desk and the leader, who decide (NĐ 61/2018 Đ19.9: the agency writes to
 * the one-stop at the latest the day before). The due date stays until they do.
 * @param input.until the new day
 * @throws Refusal 409 for a date that an extension could not take
 */
export async function proposeExtension(
  ctx: Context<Officer>,
  input: Input & { until: LocalDate; reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, lead, handling } = held;
    await checkMove(tx, dossier, "proposeExtension", handling.isDesk || handling.isHolder || handling.isLeader);
    const dueAt = runningDue(held);
    const isExtended = (await tx.dueExtension.count({ where: { dossierId: dossier.id } })) > 0;
    const calendar = await findCalendar(inside(ctx, tx), await findAgency(inside(ctx, tx), dossier.receivingAgencyId));
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const fault = extensionFault(
      { dueAt, isExtended },
      { decidedAt: ctx.now, until: input.until },
      calendar,
      version.definition.counting,
    );
    if (fault) throw new Refusal(EXTENSION_REFUSED[fault], 409, { due: formatDate(dueAt) });
    const note = await writeReason(ctx, tx, dossier.id, "proposal", input.reason);
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: "dossier.extension_proposed",
        status: dossier.status,
        agencyId: placeOf(held),
        stepRunId: lead?.id ?? null,
        payload: { dueAt: dueAt.toISOString(), until: input.until, noteId: note.id },
      },
    );
  });
}

/**
 * Records why a dossier is late, for the applicant to read: by a leader, once it is past its due date, which stays. Said
 * again only with another reason.
 * @throws Refusal 403 for others than a leader, 409 when it is not late or the reason is one given before
 */
export async function explainLateness(ctx: Context<Officer>, input: Input & { reason: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, lead, handling } = held;
    await checkMove(tx, dossier, "explainLateness", true);
    if (!handling.isLeader) throw new Refusal("dossiers.refused.leaderOnly", 403);
    const dueAt = runningDue(held);
    if (!isLate(dossier, ctx.now)) throw new Refusal("dossiers.refused.notLate");
    const given = await tx.dossierNote.findMany({
      where: { dossierId: dossier.id, kind: "lateness" },
      select: { text: true },
    });
    if (given.some(({ text }) => fold(text) === fold(input.reason))) throw new Refusal("dossiers.refused.sameReason");
    const note = await writeReason(ctx, tx, dossier.id, "lateness", input.reason);
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: "dossier.lateness_explained",
        status: dossier.status,
        agencyId: placeOf(held),
        stepRunId: lead?.id ?? null,
        payload: { dueAt: dueAt.toISOString(), noteId: note.id },
      },
    );
  });
}
