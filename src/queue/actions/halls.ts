import { addDays, dateOf, endOfOfficeHours, findCalendar, instantAt } from "#calendar/index.ts";
import { findAgency } from "#organizations/index.ts";
import { type Context, type Surroundings, systemContext } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { tellChange } from "#platform/live.ts";
import { lockDay, noteEvents, topicOf } from "./day.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** Days of halls that are over are ended. */
    "queue.end": Record<string, never>;
  }
}

/** No more numbers today; those who wait are still called. Or numbers again, after an end by mistake as well. */
export const setTaking = (ctx: Context, hallId: string, isTaking: boolean): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { day } = await lockDay(ctx, tx, hallId);
    await tx.queueHallDay.update({
      where: { hallId_day: { hallId, day } },
      data: isTaking ? { closedAt: null, endedAt: null } : { closedAt: ctx.now },
    });
    await tellChange(tx, topicOf(hallId));
  });

/** Ends a hall's day: whoever still waits is marked as not served, whoever stands at a counter as served; all counters close. */
export const endDay = (ctx: Context, hallId: string, day = isoDay(ctx.now)): Promise<number> =>
  inTransaction(ctx, (tx) => endDayIn(ctx, tx, hallId, day));

async function endDayIn(ctx: Context, tx: Tx, hallId: string, day: string): Promise<number> {
  const locked = await lockDay(ctx, tx, hallId, day);
  if (locked.endedAt) return 0;
  const open = await tx.queueTicket.findMany({
    where: { hallId, day, state: { in: ["waiting", "called", "set_aside"] } },
    select: { id: true, state: true },
    orderBy: [{ orderAt: "asc" }, { serial: "asc" }],
  });
  const endOf = (state: string): "served" | "no_show" | "unserved" =>
    state === "called" ? "served" : state === "set_aside" ? "no_show" : "unserved";
  for (const state of ["waiting", "called", "set_aside"])
    await tx.queueTicket.updateMany({
      where: { hallId, day, state },
      data: { state: endOf(state), endedAt: ctx.now },
    });
  await noteEvents(
    ctx,
    tx,
    locked,
    open.map(({ id, state }) => ({ ticketId: id, type: endOf(state) })),
  );
  await tx.queueHallDay.update({
    where: { hallId_day: { hallId, day } },
    data: { endedAt: ctx.now, closedAt: locked.closedAt ?? ctx.now },
  });
  // Who sat down on a later day stays.
  await tx.queueCounter.updateMany({
    where: { hallId, openedAt: { lt: instantAt(addDays(day, 1), "00:00") } },
    data: { officerId: null, openedAt: null },
  });
  await tellChange(tx, topicOf(hallId));
  return open.filter(({ state }) => state === "waiting").length;
}

/** So long after office hours the day is taken to be over, where nobody ended it by hand. */
const GRACE_MS = 2 * 3_600_000;

/** Ends the days of all halls that are over: past ones, and today's two hours after the office closed. May run twice. */
export async function endPastDays(ctx: Context): Promise<void> {
  const today = isoDay(ctx.now);
  const halls = await ctx.db.queueHall.findMany({
    select: {
      id: true,
      agencyId: true,
      hours: true,
      days: { where: { endedAt: null, day: { gte: addDays(today, -30) } }, select: { day: true } },
    },
  });
  for (const { id, agencyId, hours, days } of halls) {
    const calendar = await findCalendar(ctx, await findAgency(ctx, agencyId));
    const isOver = (day: string): boolean =>
      day < today ||
      (hours === "office" && ctx.now.getTime() > endOfOfficeHours(dateOf(ctx.now), calendar).getTime() + GRACE_MS);
    for (const { day } of days) if (isOver(day)) await endDay(ctx, id, day);
  }
}

export const queueJobs = (surroundings: Surroundings, now: () => Date): Pick<JobHandlers, "queue.end"> => ({
  "queue.end": () => endPastDays(systemContext(surroundings, now(), "queue.end")),
});
