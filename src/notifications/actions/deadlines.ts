import { createHash } from "node:crypto";
import {
  addDays,
  addWorkingDays,
  type Calendar,
  dateOf,
  findCalendar,
  instantAt,
  isOfficeTime,
} from "#calendar/index.ts";
import {
  type DueDossier,
  type DueStep,
  findDeadlineSettings,
  listDueDossiers,
  listDueSteps,
  owesForesight,
  workingDaysLeft,
} from "#dossiers/index.ts";
import type { Context } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { leaveNotices, type NewNotice } from "../actions.ts";
import type { NoticeKind } from "../rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "notifications.deadlines": Record<string, never>;
  }
}

/** What became late longer ago was told of then, however long the portal stood still. */
const TOLD_DAYS = 7;

/** One warning as a cause of its own: of this thing, at this threshold, for this due date. Moved, it is warned of anew. */
function causeOf(...parts: readonly (string | number)[]): string {
  const hex = createHash("sha256").update(parts.join(" ")).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type Place = { agencyId: string; role: string; unitId?: string | null };
type Posted = Place & { accountId: string };
/** Who works at a place today; a place with a unit has only that unit's people. */
type Staff = (place: Place) => string[];

/** Everybody who is posted at these agencies today, read once for a run. */
async function staffOf(ctx: Pick<Context, "now">, tx: Tx, agencyIds: readonly string[]): Promise<Staff> {
  const day = isoDay(ctx.now);
  const postings: Posted[] = await tx.posting.findMany({
    where: {
      agencyId: { in: [...new Set(agencyIds)] },
      AND: [
        { OR: [{ validFrom: null }, { validFrom: { lte: day } }] },
        { OR: [{ validTo: null }, { validTo: { gte: day } }] },
      ],
    },
    select: { accountId: true, agencyId: true, role: true, unitId: true },
  });
  return ({ agencyId, role, unitId }) =>
    postings
      .filter(
        (one) => one.agencyId === agencyId && one.role === role && (!unitId || !one.unitId || one.unitId === unitId),
      )
      .map(({ accountId }) => accountId);
}

type Step = { agencyId: string; role: string; unitId: string | null; assigneeId: string | null };
const holders = (step: Step, staff: Staff): string[] => (step.assigneeId ? [step.assigneeId] : staff(step));
const heads = (step: Step, staff: Staff): string[] => staff({ ...step, role: "unit_head" });

/** Which of the days before that are warned of has come; null: none yet. */
const thresholdAt = (left: number, warnDays: readonly number[]): number | null =>
  [...warnDays].sort((a, b) => a - b).find((days) => left <= days) ?? null;

type Telling = { ctx: Context; calendar: Calendar; staff: Staff; warnDays: readonly number[] };

/** Whether the holder had a whole day before today on which the word was owed already. */
const wasAskedBefore = ({ acceptedAt, dueAt }: DueDossier, { ctx, calendar, warnDays }: Telling): boolean => {
  const yesterday = instantAt(addDays(dateOf(ctx.now), -1), "12:00");
  return (
    acceptedAt !== null &&
    dateOf(acceptedAt) < dateOf(ctx.now) &&
    workingDaysLeft(dueAt, yesterday, calendar) <= Math.max(...warnDays)
  );
};

function ofDossier(dossier: DueDossier, telling: Telling, isOwed: boolean): NewNotice[] {
  const { ctx, calendar, staff, warnDays } = telling;
  const { id, code, dueAt, lead, receivingAgencyId, procedureVersionId } = dossier;
  const left = workingDaysLeft(dueAt, ctx.now, calendar);
  const due = dueAt.toISOString();
  const held = lead ? holders(lead, staff) : staff({ agencyId: receivingAgencyId, role: "desk" });
  const notice = (kind: NoticeKind, threshold: number, to: readonly string[]): NewNotice[] =>
    [...new Set(to)].map((accountId) => ({
      accountId,
      causeId: causeOf(id, kind, threshold, due),
      kind,
      dossierId: id,
      procedureVersionId,
      facts: { code, dueAt: due, days: Math.max(left, 0) },
      at: ctx.now,
    }));
  const leaders = [receivingAgencyId, lead?.agencyId ?? receivingAgencyId].flatMap((agencyId) =>
    staff({ agencyId, role: "leader" }),
  );
  if (left < 0) {
    return notice("overdue", 0, [...held, ...(lead ? heads(lead, staff) : []), ...leaders]);
  }
  const threshold = thresholdAt(left, warnDays);
  return [
    ...(threshold === null ? [] : notice("due_soon", threshold, held)),
    ...(isOwed ? notice("foresight", 0, held) : []),
    // Whoever was asked before today and said nothing does not let the last day for an apology pass unseen.
    ...(isOwed && left <= 1 && wasAskedBefore(dossier, telling)
      ? notice("unforeseen", 0, [...leaders, ...staff({ agencyId: receivingAgencyId, role: "desk" })])
      : []),
  ];
}

function ofStep(step: DueStep, { ctx, calendar, staff, warnDays }: Telling): NewNotice[] {
  const left = workingDaysLeft(step.dueAt, ctx.now, calendar);
  const due = step.dueAt.toISOString();
  const notice = (kind: NoticeKind, threshold: number, to: readonly string[]): NewNotice[] =>
    [...new Set(to)].map((accountId) => ({
      accountId,
      causeId: causeOf(step.id, kind, threshold, due),
      kind,
      dossierId: step.dossierId,
      procedureVersionId: step.procedureVersionId,
      facts: { code: step.code, dueAt: due, stepId: step.stepId, days: Math.max(left, 0) },
      at: ctx.now,
    }));
  if (left < 0) {
    const asked = step.lead
      ? []
      : notice("unanswered", 0, [
          ...staff({ agencyId: step.receivingAgencyId, role: "desk" }),
          ...(step.askerId ? [step.askerId] : []),
        ]);
    return [...notice("step_overdue", 0, [...holders(step, staff), ...heads(step, staff)]), ...asked];
  }
  const threshold = thresholdAt(left, warnDays);
  return threshold === null ? [] : notice("step_due_soon", threshold, holders(step, staff));
}

/**
 * Tells holders what is due soon or late, unit heads and leaders what is late, the desk which consulted agency has not
 * answered (NĐ 61/2018 Đ19.5), and asks for the word that is owed before a due date. In office hours only; run again, it
 * tells nobody twice.
 */
export async function warnOfDeadlines(ctx: Context): Promise<void> {
  const calendar = await findCalendar(ctx);
  if (!isOfficeTime(ctx.now, calendar)) return;
  const settings = await findDeadlineSettings(ctx);
  const { warnDays } = settings;
  const today = dateOf(ctx.now);
  const until = instantAt(addDays(addWorkingDays(today, Math.max(...warnDays), calendar), 1), "00:00");
  const window = { from: instantAt(addDays(today, -TOLD_DAYS), "00:00"), until };
  for await (const batch of listDueDossiers(ctx, window))
    await inTransaction(ctx, async (tx) => {
      const places = batch.flatMap(({ receivingAgencyId, lead }) => [receivingAgencyId, lead?.agencyId ?? ""]);
      const telling = { ctx, calendar, warnDays, staff: await staffOf(ctx, tx, places.filter(Boolean)) };
      const left = batch.flatMap((dossier) =>
        ofDossier(dossier, telling, owesForesight({ ...dossier, pausedAt: null }, ctx.now, calendar, settings)),
      );
      await leaveNotices(ctx, tx, left);
    });
  for await (const batch of listDueSteps(ctx, window))
    await inTransaction(ctx, async (tx) => {
      const places = batch.flatMap(({ receivingAgencyId, agencyId }) => [receivingAgencyId, agencyId]);
      const telling = { ctx, calendar, warnDays, staff: await staffOf(ctx, tx, places) };
      await leaveNotices(
        ctx,
        tx,
        batch.flatMap((step) => ofStep(step, telling)),
      );
    });
}
