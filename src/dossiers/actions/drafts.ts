import { findCalendar } from "#calendar/index.ts";
import { findAgency } from "#organizations/index.ts";
import { type Citizen, type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import { lockDossier, recordChange } from "../events.ts";
import { findDeadlineSettings } from "../queries/deadlines.ts";
import { answerUntil } from "../rules/foresight.ts";
import { mayLeave } from "../rules.ts";
import { checkMove, lockHandled, lockOwn, placeOf, writeReason } from "./handled.ts";

const openOne = (tx: Tx, dossierId: string) =>
  tx.draftConfirmation.findFirst({ where: { dossierId, answeredAt: null } });

/** Ends a question that nobody needs to answer any more: the draft was replaced, or the dossier closed. */
export const voidConfirmation = (ctx: Context, tx: Tx, dossierId: string): Promise<unknown> =>
  tx.draftConfirmation.updateMany({
    where: { dossierId, answeredAt: null },
    data: { answer: "void", answeredAt: ctx.now },
  });

/**
 * Lays the draft result before the applicant, who agrees or says what is wrong until a told moment; silence is assent.
 * The clock runs on (national status 4). By whoever holds the leading step.
 * @throws Refusal 409 when there is no draft with a file, nobody who could look, or one is being looked at
 */
export async function showDraft(ctx: Context<Officer>, input: { dossierId: string; version: number }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, lead, handling } = held;
    await checkMove(tx, dossier, "showDraft", handling.isHolder);
    const draft = await tx.result.findFirst({
      where: { dossierId: dossier.id, state: "draft", storageKey: { not: null } },
      select: { id: true, sha256: true },
    });
    if (!draft) throw new Refusal("dossiers.refused.noDraft");
    if (!dossier.applicantAccountId) throw new Refusal("dossiers.refused.noAccount");
    if (await openOne(tx, dossier.id)) throw new Refusal("dossiers.refused.waitingForDraft");
    const within = inside(ctx, tx);
    const calendar = await findCalendar(within, await findAgency(within, dossier.receivingAgencyId));
    const until = answerUntil(ctx.now, calendar, await findDeadlineSettings(within));
    const asked = await tx.draftConfirmation.create({
      data: {
        dossierId: dossier.id,
        resultId: draft.id,
        sha256: draft.sha256,
        agencyId: placeOf(held),
        askedById: ctx.actor.accountId,
        askedAt: ctx.now,
        answerUntil: until,
      },
    });
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: "draft.shown",
        status: dossier.status,
        agencyId: placeOf(held),
        stepRunId: lead?.id ?? null,
        payload: { confirmationId: asked.id, resultId: draft.id, sha256: draft.sha256, lookUntil: until.toISOString() },
      },
    );
  });
}

/**
 * The applicant agrees with the draft result, or says what is wrong with it.
 * @param input.objection null: agreed
 * @throws Refusal 404 for anybody else's dossier, 409 when nothing is asked any more
 */
export async function answerDraft(
  ctx: Context<Citizen>,
  input: { reference: string; version: number; objection: string | null },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const move = input.objection === null ? "agreeToDraft" : "objectToDraft";
    const dossier = await lockOwn(ctx, tx, input, null);
    const open = await openOne(tx, dossier.id);
    if (!open || !mayLeave(move, dossier.status) || open.answerUntil < ctx.now)
      throw new Refusal("dossiers.refused.nothingShown");
    const note = input.objection === null ? null : await writeReason(ctx, tx, dossier.id, "draft", input.objection);
    await tx.draftConfirmation.update({
      where: { id: open.id },
      data: {
        answer: note ? "objected" : "agreed",
        answeredAt: ctx.now,
        answeredById: ctx.actor.accountId,
        noteId: note?.id ?? null,
      },
    });
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: note ? "draft.objected" : "draft.agreed",
        status: dossier.status,
        payload: { confirmationId: open.id, noteId: note?.id ?? null },
      },
    );
  });
}

/** A run that finds more goes on at the next. */
const MOST_AT_ONCE = 500;

/**
 * Takes the silence of applicants as assent where the told moment has passed. Run again, it finds nothing.
 * @returns how many
 */
export async function takeSilence(ctx: Context): Promise<number> {
  const silent = await ctx.db.draftConfirmation.findMany({
    where: { answeredAt: null, answerUntil: { lt: ctx.now } },
    orderBy: { answerUntil: "asc" },
    take: MOST_AT_ONCE,
    select: { id: true, dossierId: true },
  });
  let taken = 0;
  for (const { id, dossierId } of silent)
    taken += await inTransaction(ctx, async (tx) => {
      const dossier = await lockDossier(ctx, tx, dossierId);
      // While papers or money are waited for, the answer waits, too.
      if (!dossier || !mayLeave("takeSilence", dossier.status)) return 0;
      const { count } = await tx.draftConfirmation.updateMany({
        where: { id, answeredAt: null },
        data: { answer: "silent", answeredAt: ctx.now },
      });
      if (count === 0) return 0;
      await recordChange(
        ctx,
        tx,
        dossier,
        {},
        { type: "draft.silent", status: dossier.status, payload: { confirmationId: id } },
      );
      return 1;
    });
  return taken;
}
