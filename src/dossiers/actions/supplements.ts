import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { recordChange } from "../events.ts";
import { type Mark, markableParts, strangeMarks } from "../rules/supplement.ts";
import { moveClock } from "./clock.ts";
import { checkMove, lockHandled, writeReason } from "./handled.ts";

export type SupplementInput = {
  dossierId: string;
  version: number;
  marks: readonly Mark[];
  reason: string;
  /** yyyy-MM-dd */
  answerBy: string | null;
  /** The officer was warned that this is not the first request. */
  confirmed: boolean;
};

/**
 * Asks the applicant, once and completely, for what a dossier lacks (form 02, NĐ 118/2025 Đ17.2a): before acceptance by
 * the desk, later also by whoever holds the leading step. The clock stands as the version's law says. A second request
 * on an unfinished dossier must be confirmed and is marked, because it counts as overdue in the index of QĐ 766.
 * @throws Refusal 404 outside the agency, 403 for others there, 409 when it changed meanwhile or nothing is marked
 */
export async function requestSupplement(ctx: Context<Officer>, input: SupplementInput): Promise<{ number: number }> {
  return inTransaction(ctx, async (tx) => {
    const { dossier, lead, handling } = await lockHandled(ctx, tx, input);
    const isIntake = dossier.status === "submitted";
    await checkMove(
      tx,
      dossier,
      isIntake ? "requestAtIntake" : "requestSupplement",
      handling.isDesk || (!isIntake && handling.isHolder),
    );
    if (input.marks.length === 0) throw new Refusal("dossiers.refused.noMarks");
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const last = await tx.answerRevision.findFirst({
      where: { dossierId: dossier.id },
      orderBy: { number: "desc" },
      select: { answers: true },
    });
    const attachments = await tx.attachment.findMany({
      where: { dossierId: dossier.id },
      select: { requirementId: true },
    });
    const answers = (last?.answers ?? {}) as Record<string, unknown>;
    const parts = markableParts(version.definition, { caseId: dossier.caseId, answers, attachments });
    if (strangeMarks(input.marks, parts).length > 0) throw new Refusal("dossiers.refused.unknownMark");
    const before = await tx.supplementRequest.count({ where: { dossierId: dossier.id } });
    if (before > 0 && !input.confirmed) throw new Refusal("dossiers.refused.repeatedRequest");

    const note = await writeReason(ctx, tx, dossier.id, "supplement", input.reason);
    const status = isIntake ? "intake_supplement" : "awaiting_supplement";
    const agencyId = handling.isDesk ? dossier.receivingAgencyId : (lead?.agencyId ?? dossier.receivingAgencyId);
    const request = await tx.supplementRequest.create({
      data: {
        dossierId: dossier.id,
        number: before + 1,
        stage: isIntake ? "intake" : "processing",
        marks: input.marks.map(({ kind, id, note: text }) => ({ kind, id, note: text })),
        reasonNoteId: note.id,
        answerBy: input.answerBy,
        repeated: before > 0,
        requestedById: ctx.actor.accountId,
        agencyId,
        requestedAt: ctx.now,
      },
    });
    const clock = await moveClock(ctx, tx, dossier, version, status);
    await recordChange(ctx, tx, dossier, clock, {
      type: "dossier.supplement_requested",
      status,
      agencyId,
      stepRunId: isIntake ? null : (lead?.id ?? null),
      payload: {
        requestId: request.id,
        number: request.number,
        repeated: request.repeated,
        marks: input.marks.map(({ kind, id }) => ({ kind, id })),
        answerBy: input.answerBy,
        noteId: note.id,
      },
    });
    return { number: request.number };
  });
}
