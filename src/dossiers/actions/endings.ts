import {
  type ExtensionFault,
  endOfOfficeHours,
  extensionFault,
  findCalendar,
  type LocalDate,
} from "#calendar/index.ts";
import { issuePaper } from "#documents/index.ts";
import { findAgency } from "#organizations/index.ts";
import { type Citizen, type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { formatDate } from "#platform/format.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { recordChange } from "../events.ts";
import { closeRuns, countClock, moveClock } from "./clock.ts";
import { checkMove, lockHandled, lockOwn, placeOf, writeReason } from "./handled.ts";

/**
 * Takes back the citizen's own dossier while it is open (national status 7). All work on it ends.
 * @throws Refusal 404 for anybody else's, 409 when it changed meanwhile or is closed
 */
export async function withdrawDossier(
  ctx: Context<Citizen>,
  input: { reference: string; version: number; reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const dossier = await lockOwn(ctx, tx, input, "withdraw");
    const definition = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const note = await writeReason(ctx, tx, dossier.id, "withdrawal", input.reason);
    const closed = await closeRuns(ctx, tx, dossier.id, "withdrawn");
    const clock = await moveClock(ctx, tx, dossier, definition, "withdrawn");
    await recordChange(
      ctx,
      tx,
      dossier,
      { ...clock, finishedAt: ctx.now },
      { type: "dossier.withdrawn", status: "withdrawn", payload: { noteId: note.id, closed } },
    );
  });
}

/**
 * Stops the settling of an accepted dossier with a reason that the applicant reads (form 05; national status 8). By the
 * desk that received it or a leader.
 * @throws Refusal 404 outside the agency, 403 for others there, 409 when it changed meanwhile
 */
export async function stopDossier(
  ctx: Context<Officer>,
  input: { dossierId: string; version: number; reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, handling } = held;
    await checkMove(tx, dossier, "stop", handling.isDesk || handling.isLeader);
    const definition = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const note = await writeReason(ctx, tx, dossier.id, "stop", input.reason);
    const closed = await closeRuns(ctx, tx, dossier.id, "stopped");
    const clock = await moveClock(ctx, tx, dossier, definition, "stopped");
    const agencyId = placeOf(held);
    await recordChange(
      ctx,
      tx,
      dossier,
      { ...clock, finishedAt: ctx.now },
      {
        type: "dossier.stopped",
        status: "stopped",
        agencyId,
        payload: { noteId: note.id, closed },
      },
    );
    await issuePaper(ctx, tx, dossier.id, { kind: "stop_notice", agencyId, aboutId: note.id });
  });
}

/** Why an extension is not possible, as people are told. */
export const EXTENSION_REFUSED = {
  already_extended: "dossiers.refused.extendedAlready",
  paused: "dossiers.refused.clockStands",
  too_late: "dossiers.refused.tooLateToExtend",
  not_later: "dossiers.refused.extensionTooEarly",
  day_off: "dossiers.refused.extensionDayOff",
} as const satisfies Record<ExtensionFault, MessageKey>;

/**
 * Apologises and gives one new date (form 04, NĐ 61/2018 Đ19.9): once for a dossier, at the latest the day before it is
 * due, to a later working day. By the desk that received it or a leader. The first date is kept in `originalDueAt`.
 * @param input.until the new day; the hour is when offices close
 * @throws Refusal 409 saying why the date stays: too late, once before, no later working day, or the clock stands still
 */
export async function extendDossier(
  ctx: Context<Officer>,
  input: { dossierId: string; version: number; until: LocalDate; reason: string },
): Promise<{ dueAt: Date }> {
  return inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, handling } = held;
    await checkMove(tx, dossier, "extend", handling.isDesk || handling.isLeader);
    const { dueAt: oldDueAt } = dossier;
    if (!oldDueAt) throw new Refusal("dossiers.refused.noDueDate");
    const isExtended = (await tx.dueExtension.count({ where: { dossierId: dossier.id } })) > 0;
    const calendar = await findCalendar(inside(ctx, tx), await findAgency(inside(ctx, tx), dossier.receivingAgencyId));
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const fault = extensionFault(
      { dueAt: dossier.pausedAt ? null : oldDueAt, isExtended },
      { decidedAt: ctx.now, until: input.until },
      calendar,
      version.definition.counting,
    );
    if (fault) throw new Refusal(EXTENSION_REFUSED[fault], 409, { due: formatDate(oldDueAt) });
    const newDueAt = endOfOfficeHours(input.until, calendar);
    const note = await writeReason(ctx, tx, dossier.id, "extension", input.reason);
    const agencyId = placeOf(held);
    const extension = await tx.dueExtension.create({
      data: {
        dossierId: dossier.id,
        oldDueAt,
        newDueAt,
        reasonNoteId: note.id,
        agencyId,
        byId: ctx.actor.accountId,
        at: ctx.now,
      },
    });
    const clock = await countClock(ctx, tx, dossier, version);
    await recordChange(
      ctx,
      tx,
      dossier,
      { ...clock, dueAt: newDueAt },
      {
        type: "dossier.extended",
        status: dossier.status,
        agencyId,
        payload: {
          extensionId: extension.id,
          from: oldDueAt.toISOString(),
          dueAt: newDueAt.toISOString(),
          noteId: note.id,
        },
      },
    );
    await issuePaper(ctx, tx, dossier.id, { kind: "apology_letter", agencyId, aboutId: extension.id });
    return { dueAt: newDueAt };
  });
}
