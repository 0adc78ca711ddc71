import { findCalendar } from "#calendar/index.ts";
import { issuePaper } from "#documents/index.ts";
import { findAgency } from "#organizations/index.ts";
import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import { findVersion, type LoadedVersion } from "#procedures/index.ts";
import { type LockedDossier, recordChange } from "../events.ts";
import { findDeadlineSettings } from "../queries/deadlines.ts";
import { mayReturn } from "../rules/foresight.ts";
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
  /** Sent back as not eligible, rather than asked to complete. */
  asReturn?: boolean;
};

/** @throws Refusal 409 when the days in which a dossier may be sent back are over (NĐ 61/2018 Đ19.4) */
async function checkReturn(ctx: Context, dossier: LockedDossier, version: LoadedVersion): Promise<void> {
  const calendar = await findCalendar(ctx, await findAgency(ctx, dossier.receivingAgencyId));
  const { returnDays } = await findDeadlineSettings(ctx);
  if (!mayReturn(dossier.clockStartedAt, ctx.now, calendar, version.definition.counting, returnDays))
    throw new Refusal("dossiers.refused.returnTooLate", 409, { days: returnDays });
}

/**
 * Asks the applicant, once and completely, for what a dossier lacks (form 02, NĐ 118/2025 Đ17.2a): before acceptance by
 * the desk, later also by whoever holds the leading step. The clock stands as the version's law says. A second request
 * on an unfinished dossier must be confirmed and is marked, because it counts as overdue in the index of QĐ 766.
 * Sent back as not eligible (NĐ 61/2018 Đ19.4), only within three working days of its reception, the whole term begins
 * again with the complete dossier, whatever the version says of supplements.
 * @throws Refusal 404 outside the agency, 403 for others there, 409 when it changed meanwhile or nothing is marked
 */
export async function requestSupplement(ctx: Context<Officer>, input: SupplementInput): Promise<{ number: number }> {
  return inTransaction(ctx, async (tx) => {
    const { dossier, lead, handling } = await lockHandled(ctx, tx, input);
    const isIntake = dossier.status === "submitted";
    const isReturn = input.asReturn === true && !isIntake;
    await checkMove(
      tx,
      dossier,
      isIntake ? "requestAtIntake" : isReturn ? "returnIneligible" : "requestSupplement",
      handling.isDesk || (!isIntake && handling.isHolder),
    );
    if (input.marks.length === 0) throw new Refusal("dossiers.refused.noMarks");
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    if (isReturn) await checkReturn(inside(ctx, tx), dossier, version);
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
        stage: isIntake ? "intake" : isReturn ? "returned" : "processing",
        marks: input.marks.map(({ kind, id, note: text }) => ({ kind, id, note: text })),
        reasonNoteId: note.id,
        answerBy: input.answerBy,
        repeated: before > 0,
        requestedById: ctx.actor.accountId,
        agencyId,
        requestedAt: ctx.now,
      },
    });
    const clock = await moveClock(ctx, tx, dossier, version, status, isReturn ? { policy: "restart" } : {});
    await recordChange(ctx, tx, dossier, clock, {
      type: isReturn ? "dossier.returned" : "dossier.supplement_requested",
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
    await issuePaper(ctx, tx, dossier.id, { kind: "supplement_request", agencyId, aboutId: request.id });
    return { number: request.number };
  });
}
