import type { Context } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { remember } from "#platform/memory.ts";
import type { HolidayTable } from "./inputs.ts";
import {
  type Calendar,
  type CalendarOwner,
  type CalendarRow,
  type CalendarTable,
  CONFIDENCES,
  type Confidence,
  calendarTable,
  missingYear,
  type OfficeHours,
  type Scope,
  type ScopedRow,
} from "./rules.ts";

const MINUTE_MS = 60_000;
type Asker = Pick<Context, "db">;

const tables = remember(
  MINUTE_MS,
  async (ctx: Asker, _key: "all"): Promise<CalendarTable> => calendarTable(await listStanding(ctx)),
);

/** Every day that stands, of the province and of all agencies, by date. */
export const listStanding = ({ db }: Asker): Promise<ScopedRow[]> =>
  db.calendarDay.findMany({
    where: { untilChangeId: null },
    select: { agencyId: true, date: true, kind: true, name: true, confidence: true },
    orderBy: { date: "asc" },
  });

const isHours = (given: OfficeHours | CalendarOwner): given is OfficeHours => Array.isArray(given);

/**
 * The calendar in force, as it stood in the database at most a minute ago: no query when warm.
 * @param of an agency: with its own days and office hours; office hours alone: the province's days with them; absent or
 * null: the province's
 */
export async function findCalendar(ctx: Asker, of?: CalendarOwner | OfficeHours | null): Promise<Calendar> {
  const table = await tables.find(ctx, "all");
  if (!of) return table.province;
  return isHours(of) ? { ...table.province, officeHours: of } : table.of(of);
}

/** After the table was changed by this process, or when a job must not count by what was remembered before a change. */
export const forgetCalendar = (ctx: Asker): void => tables.forget(ctx);

/** The year whose table of days off should be known by now and is not; null when nothing is missing. */
export const findMissingYear = async (ctx: Pick<Context, "db" | "now">): Promise<number | null> =>
  missingYear(await findCalendar(ctx), isoDay(ctx.now));

export type StandingDay = CalendarRow & { source: string | null };

const asConfidence = (text: string): Confidence => CONFIDENCES.find((one) => one === text) ?? "announced";

/** The days of one scope as a table that can be brought in again, here or elsewhere; the same days come back. */
export async function exportDays({ db }: Asker, agencyId: Scope, source: string): Promise<HolidayTable> {
  const days = await db.calendarDay.findMany({ where: { untilChangeId: null, agencyId }, orderBy: { date: "asc" } });
  const years: HolidayTable["years"] = {};
  for (const { date, kind, name, confidence, source: announced } of days) {
    years[date.slice(0, 4)] ??= { announcements: [], daysOff: [], makeUpDays: [] };
    const list = kind === "off" ? "daysOff" : "makeUpDays";
    years[date.slice(0, 4)]?.[list].push({ date, name, confidence: asConfidence(confidence), source: announced });
  }
  return { meta: { source }, years };
}

/** The days that stand in one scope, of all years. */
export const listScope = ({ db }: Asker, agencyId: Scope): Promise<StandingDay[]> =>
  db.calendarDay.findMany({
    where: { untilChangeId: null, agencyId },
    select: { date: true, kind: true, name: true, confidence: true, source: true },
    orderBy: { date: "asc" },
  });

/** One day that stands in the scope, or null. */
export const findDay = ({ db }: Asker, agencyId: Scope, date: string): Promise<StandingDay | null> =>
  db.calendarDay.findFirst({
    where: { untilChangeId: null, agencyId, date },
    select: { date: true, kind: true, name: true, confidence: true, source: true },
  });

/** The last change of any scope: whoever edits says which one they saw. */
export const findLastChangeId = async ({ db }: Asker): Promise<string | null> =>
  (await db.calendarChange.findFirst({ orderBy: [{ at: "desc" }, { id: "desc" }], select: { id: true } }))?.id ?? null;

type Version = { date: string; kind: "off" | "working"; name: string };
export type ListedChange = {
  id: string;
  at: Date;
  byName: string | null;
  agencyId: Scope;
  entered: Version[];
  ended: Version[];
  moved: number;
  recomputedAt: Date | null;
};
const MOST_CHANGES = 20;
const MOST_VERSIONS = 12;

/** The last twenty changes, the newest first: who, when, which days came and went, and how many due dates moved. */
export async function listChanges({ db }: Asker): Promise<ListedChange[]> {
  const version = {
    select: { date: true, kind: true, name: true },
    orderBy: { date: "asc" },
    take: MOST_VERSIONS,
  } as const;
  const rows = await db.calendarChange.findMany({
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MOST_CHANGES,
    select: {
      id: true,
      at: true,
      byId: true,
      agencyId: true,
      moved: true,
      recomputedAt: true,
      entered: version,
      ended: version,
    },
  });
  const ids = rows.flatMap(({ byId }) => (byId ? [byId] : []));
  const people = await db.account.findMany({ where: { id: { in: ids } }, select: { id: true, displayName: true } });
  const nameOf = new Map(people.map(({ id, displayName }) => [id, displayName]));
  return rows.map(({ byId, ...row }) => ({ ...row, byName: byId ? (nameOf.get(byId) ?? null) : null }));
}

/** A change whose consequences for open dossiers are being drawn. */
export type CalendarRecompute = {
  agencyId: Scope;
  firstDate: string;
  lastDate: string;
  cursor: string | null;
  recomputedAt: Date | null;
};

/** How far the consequences of a change are drawn; null when there is no such change. */
export const findRecompute = ({ db }: Asker, id: string): Promise<CalendarRecompute | null> =>
  db.calendarChange.findUnique({
    where: { id },
    select: { agencyId: true, firstDate: true, lastDate: true, cursor: true, recomputedAt: true },
  });
