import type { Context } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { type HolidayTable, holidayRows } from "./inputs.ts";
import { forgetCalendar } from "./queries.ts";

/**
 * Makes the calendar say what the table says for the table's years; days that the table no longer has are dropped.
 * @returns how many days were added, changed or dropped
 */
export async function importHolidays(ctx: Context, table: HolidayTable): Promise<number> {
  const rows = holidayRows(table).map((row) => ({
    ...row,
    source: table.years[row.date.slice(0, 4)]?.announcements.join("; ") || table.meta.source,
  }));
  const years = Object.keys(table.years);
  const changed = await ctx.db.$transaction(async (tx) => {
    const dropped = await tx.$executeRaw`
      DELETE FROM calendar_days WHERE left(date, 4) = ANY(${years}) AND NOT (date = ANY(${rows.map(({ date }) => date)}))`;
    const stored = await tx.$executeRaw(Prisma.sql`
      INSERT INTO calendar_days AS known (date, kind, name, confidence, source)
      SELECT date, kind::"CalendarDayKind", name, confidence, source
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(date text, kind text, name text, confidence text, source text)
      ON CONFLICT (date) DO UPDATE SET kind = excluded.kind, name = excluded.name, confidence = excluded.confidence, source = excluded.source
      WHERE (known.kind, known.name, known.confidence, known.source) IS DISTINCT FROM (excluded.kind, excluded.name, excluded.confidence, excluded.source)`);
    return dropped + stored;
  });
  forgetCalendar(ctx);
  return changed;
}
