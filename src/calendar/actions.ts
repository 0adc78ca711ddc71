import { randomUUID } from "node:crypto";
import type { Context } from "#platform/context.ts";
import { inTransaction, Prisma, type Tx } from "#platform/db.ts";
import { enqueue } from "#platform/jobs.ts";
import { Refusal } from "#platform/refusal.ts";
import { type HolidayTable, holidayRows } from "./inputs.ts";
import { findLastChangeId, forgetCalendar } from "./queries.ts";
import { type CalendarEdit, editFrom, effectOf, type Scope } from "./rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** The calendar changed: the due dates of open dossiers are counted anew. */
    "calendar.recompute": { changeId: string };
  }
}

/** Two changes at once would each end the same days. */
const lockCalendar = (tx: Tx): Promise<number> =>
  tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended('calendar', 0))`);

const standingIn = (tx: Tx, agencyId: Scope) =>
  tx.calendarDay.findMany({
    where: { untilChangeId: null, agencyId },
    select: { date: true, kind: true, name: true, confidence: true, source: true },
  });

/** Writes what an edit changes: the versions before it end, none is lost. Null when nothing changes. */
async function writeChange(ctx: Context, tx: Tx, edit: CalendarEdit): Promise<{ id: string; days: number } | null> {
  const { agencyId, set, remove } = effectOf(await standingIn(tx, edit.agencyId), edit);
  const dates = [...set.map(({ date }) => date), ...remove].sort();
  const [firstDate, lastDate] = [dates.at(0), dates.at(-1)];
  if (firstDate === undefined || lastDate === undefined) return null;
  const byId = "accountId" in ctx.actor ? ctx.actor.accountId : null;
  const id = randomUUID();
  await tx.calendarChange.create({ data: { id, agencyId, byId, at: ctx.now, firstDate, lastDate } });
  await tx.calendarDay.updateMany({
    where: { untilChangeId: null, agencyId, date: { in: dates } },
    data: { untilChangeId: id },
  });
  await tx.calendarDay.createMany({
    data: set.map(({ date, kind, name, confidence, source }) => ({
      agencyId,
      date,
      kind,
      name,
      confidence,
      source,
      sinceChangeId: id,
    })),
  });
  return { id, days: dates.length };
}

/**
 * Changes days of the province's or an agency's calendar; open dossiers are counted anew by a job.
 * @param seen the last change that the person knew of
 * @returns how many days changed
 * @throws Refusal 409 when the calendar was changed meanwhile
 */
export async function changeCalendar(ctx: Context, edit: CalendarEdit, seen: string | null): Promise<number> {
  const days = await inTransaction(ctx, async (tx) => {
    await lockCalendar(tx);
    if ((await findLastChangeId({ db: tx as Context["db"] })) !== seen)
      throw new Refusal("calendar.refused.changedMeanwhile");
    const change = await writeChange(ctx, tx, edit);
    if (!change) return 0;
    await enqueue(tx, "calendar.recompute", { changeId: change.id }, `calendar.recompute:${change.id}`);
    return change.days;
  });
  forgetCalendar(ctx);
  return days;
}

/**
 * Makes the province's calendar say what the table that comes with the portal says for its years, save for days that a
 * person changed: what was entered by hand stays. Open dossiers are counted anew when days changed that stood before.
 * @returns how many days were added, changed or dropped
 */
export async function importHolidays(ctx: Context, table: HolidayTable): Promise<number> {
  const days = await inTransaction(ctx, async (tx) => {
    await lockCalendar(tx);
    const standing = await standingIn(tx, null);
    const touched = await tx.calendarDay.findMany({
      where: { agencyId: null, OR: [{ since: { byId: { not: null } } }, { until: { byId: { not: null } } }] },
      select: { date: true },
      distinct: ["date"],
    });
    const byHand = new Set(touched.map(({ date }) => date));
    const edit = editFrom(holidayRows(table), Object.keys(table.years), null, standing);
    const change = await writeChange(ctx, tx, {
      agencyId: null,
      set: edit.set.filter(({ date }) => !byHand.has(date)),
      remove: edit.remove.filter((date) => !byHand.has(date)),
    });
    if (!change) return 0;
    if (standing.length > 0)
      await enqueue(tx, "calendar.recompute", { changeId: change.id }, `calendar.recompute:${change.id}`);
    else await tx.calendarChange.update({ where: { id: change.id }, data: { recomputedAt: ctx.now } });
    return change.days;
  });
  forgetCalendar(ctx);
  return days;
}

/** Notes how far the consequences of a change are drawn: so many dates moved more, looked at up to here, or all done. */
export const noteRecomputed = async (
  { db }: Pick<Context, "db">,
  id: string,
  { moved = 0, cursor, recomputedAt }: { moved?: number; cursor?: string; recomputedAt?: Date },
): Promise<void> =>
  void (await db.calendarChange.update({
    where: { id },
    data: { moved: { increment: moved }, ...(cursor ? { cursor } : {}), ...(recomputedAt ? { recomputedAt } : {}) },
  }));
