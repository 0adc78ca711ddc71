import { isLocalDate, type LocalDate, yearOf } from "./dates.ts";
import { type Calendar, type CalendarRow, calendarFrom, type OfficeHours } from "./days.ts";

/** Where a day of the calendar holds: null in the whole province, otherwise in one agency, whose days win. */
export type Scope = string | null;
export type ScopedRow = CalendarRow & { agencyId: Scope };

/** Of an agency, what decides its calendar. */
export type CalendarOwner = { id: string; officeHours: OfficeHours | null };

/** The calendars of the province and of all its agencies, each made once. */
export type CalendarTable = {
  province: Calendar;
  /** The calendar by which an agency works: the province's, with its own days and office hours. */
  of(agency: CalendarOwner): Calendar;
};

/** All calendars from the rows that stand. RangeError for a day that does not exist. */
export function calendarTable(rows: readonly ScopedRow[]): CalendarTable {
  const ofProvince = rows.filter(({ agencyId }) => agencyId === null);
  const province = calendarFrom(ofProvince);
  const own = grouped(rows);
  const made = new Map<string, Calendar>();
  return {
    province,
    of({ id, officeHours }) {
      const days = own.get(id) ?? [];
      if (days.length === 0 && !officeHours) return province;
      const key = `${id} ${JSON.stringify(officeHours)}`;
      const known = made.get(key);
      if (known) return known;
      const calendar = calendarFrom([...ofProvince, ...days], { officeHours: officeHours ?? undefined });
      made.set(key, calendar);
      return calendar;
    },
  };
}

function grouped(rows: readonly ScopedRow[]): Map<Scope, ScopedRow[]> {
  const groups = new Map<Scope, ScopedRow[]>();
  for (const row of rows) groups.set(row.agencyId, [...(groups.get(row.agencyId) ?? []), row]);
  return groups;
}

/** The days of one scope made other: `set` stand as given, `remove` stand no more. */
export type CalendarEdit = {
  agencyId: Scope;
  set: readonly (CalendarRow & { source: string | null })[];
  remove: readonly LocalDate[];
};

/** The rows as they would stand after an edit, for looking at its consequences before it is made. */
export function rowsAfter(rows: readonly ScopedRow[], { agencyId, set, remove }: CalendarEdit): ScopedRow[] {
  const touched = new Set([...set.map(({ date }) => date), ...remove]);
  return [
    ...rows.filter((row) => row.agencyId !== agencyId || !touched.has(row.date)),
    ...set.map((row) => ({ ...row, agencyId })),
  ];
}

type Known = CalendarRow & { source: string | null };
const isSame = (a: Known, b: Known): boolean =>
  a.kind === b.kind && a.name === b.name && a.confidence === b.confidence && a.source === b.source;

/** What of an edit really changes the days that stand in its scope; what is so already is left out. */
export function effectOf(standing: readonly Known[], { agencyId, set, remove }: CalendarEdit): CalendarEdit {
  const known = new Map(standing.map((row) => [row.date, row]));
  return {
    agencyId,
    set: set.filter((row) => {
      const before = known.get(row.date);
      return !before || !isSame(before, row);
    }),
    remove: remove.filter((date) => known.has(date)),
  };
}

/** From 1 October on the next year's table is due: Tết is arranged for in the autumn before. */
const NEXT_YEAR_SINCE = "-10-01";

/** The first year whose table should be there and is not: this one, or from 1 October on the next; null when none is missing. */
export function missingYear(calendar: Calendar, today: LocalDate): number | null {
  if (!isLocalDate(today)) throw new RangeError(`Not a day: ${today}`);
  const year = yearOf(today);
  if (!calendar.years.has(year)) return year;
  return today.slice(4) >= NEXT_YEAR_SINCE && !calendar.years.has(year + 1) ? year + 1 : null;
}

/** The edit that makes a scope say what a table says for its years; days that the table has not are removed. */
export function editFrom(
  table: readonly Known[],
  years: readonly string[],
  agencyId: Scope,
  standing: readonly { date: LocalDate }[],
): CalendarEdit {
  const told = new Set(table.map(({ date }) => date));
  const remove = standing.flatMap(({ date }) => (years.includes(date.slice(0, 4)) && !told.has(date) ? [date] : []));
  return { agencyId, set: table, remove };
}
