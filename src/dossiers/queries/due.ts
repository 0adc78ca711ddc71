import { addDays, type Calendar, instantAt } from "#calendar/rules.ts";
import { findAgency } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
import { findVersion, timeLimitFor } from "#procedures/index.ts";
import { dueOf } from "../rules/clock.ts";

/** The days that a change of the calendar touched, and where it holds (null: everywhere). */
export type TouchedDays = { agencyId: string | null; firstDate: string; lastDate: string };

/** Open dossiers that began before the last touched day ended and have a date on or after the first: no other can move. */
export function mayMove({ agencyId, firstDate, lastDate }: TouchedDays): Prisma.DossierWhereInput {
  const from = instantAt(firstDate, "00:00");
  const to = instantAt(addDays(lastDate, 1), "00:00");
  const step = { closedAt: null, pausedAt: null, dueAt: { gte: from } };
  return {
    finishedAt: null,
    clockStartedAt: { lt: to },
    OR: [
      { pausedAt: null, dueAt: { gte: from }, ...(agencyId ? { receivingAgencyId: agencyId } : {}) },
      { stepRuns: { some: agencyId ? { ...step, agencyId } : step } },
    ],
  };
}

const FACTS = {
  id: true,
  code: true,
  reference: true,
  procedureVersionId: true,
  receivingAgencyId: true,
  caseId: true,
  channel: true,
  clockStartedAt: true,
  dueAt: true,
  pauses: { select: { from: true, to: true, policy: true, reason: true } },
  extension: { select: { at: true, newDueAt: true } },
} satisfies Prisma.DossierSelect;

const BATCH = 1000;
/** Beyond so many dossiers a preview would keep the reader waiting; the job looks at all of them. */
const MOST_LOOKED_AT = 20_000;

export type MovingDue = { id: string; code: string; agencyId: string; from: Date; to: Date };
export type DuePreview = { looked: number; count: number; first: MovingDue[]; isCut: boolean };

/**
 * Which due dates of open dossiers would move if other calendars held: how many, and the first of them by their ids.
 * Nothing is written. At most 20,000 dossiers are looked at; `isCut` says that there are more.
 * @param calendarOf the calendar by which an agency would work
 */
export async function previewDueDates(
  ctx: Context<Admin>,
  touched: TouchedDays,
  calendarOf: (agency: { id: string; officeHours: Calendar["officeHours"] | null }) => Calendar,
  most = 20,
): Promise<DuePreview> {
  const preview: DuePreview = { looked: 0, count: 0, first: [], isCut: false };
  const where = { ...mayMove(touched), pausedAt: null, dueAt: { not: null } };
  for (let cursor: string | null = null; ; ) {
    const batch: Prisma.DossierGetPayload<{ select: typeof FACTS }>[] = await ctx.db.dossier.findMany({
      where: cursor ? { ...where, id: { gt: cursor } } : where,
      select: FACTS,
      orderBy: { id: "asc" },
      take: BATCH,
    });
    for (const dossier of batch) {
      const version = await findVersion(ctx, dossier.procedureVersionId);
      const limit = timeLimitFor(version.definition, dossier);
      const { clockStartedAt, dueAt: from } = dossier;
      if (!limit || !clockStartedAt || !from) continue;
      const calendar = calendarOf(await findAgency(ctx, dossier.receivingAgencyId));
      const { dueAt: to } = dueOf({ ...dossier, clockStartedAt }, limit.term, version.definition.counting, calendar);
      if (!to || to.getTime() === from.getTime()) continue;
      preview.count++;
      const { id, code, reference, receivingAgencyId: agencyId } = dossier;
      if (preview.first.length < most) preview.first.push({ id, code: code ?? reference, agencyId, from, to });
    }
    preview.looked += batch.length;
    cursor = batch.at(-1)?.id ?? null;
    if (!cursor || batch.length < BATCH) return preview;
    if (preview.looked >= MOST_LOOKED_AT) return { ...preview, isCut: true };
  }
}
