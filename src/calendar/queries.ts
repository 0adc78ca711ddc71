import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { type Calendar, calendarFrom, type OfficeHours } from "./rules.ts";

const MINUTE_MS = 60_000;

const calendars = remember(MINUTE_MS, async (ctx: Pick<Context, "db">, _key: "province"): Promise<Calendar> => {
  const rows = await ctx.db.calendarDay.findMany({
    select: { date: true, kind: true, name: true, confidence: true },
    orderBy: { date: "asc" },
  });
  return calendarFrom(rows);
});

/**
 * The province's calendar, as it stood in the database at most a minute ago: no query when warm.
 * @param officeHours an agency's own; absent or null: the installation's
 */
export async function findCalendar(ctx: Pick<Context, "db">, officeHours?: OfficeHours | null): Promise<Calendar> {
  const calendar = await calendars.find(ctx, "province");
  return officeHours ? { ...calendar, officeHours } : calendar;
}

/** After the table was changed by this process. */
export const forgetCalendar = (ctx: Pick<Context, "db">): void => calendars.forget(ctx);
