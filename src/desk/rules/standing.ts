import { addDays, type Calendar, dateOf, isWorkingDay, type LocalDate } from "#calendar/rules.ts";

/** How a due date stands today. `days`: working days left, the due day included, or working days since it. */
export type Standing = { kind: "late"; days: number } | { kind: "today" } | { kind: "left"; days: number };

/** No list needs to tell 400 days from 500. */
const LONGEST = 400;

function workingDays(after: LocalDate, until: LocalDate, calendar: Calendar): number {
  let count = 0;
  let day = addDays(after, 1);
  for (let i = 0; i < LONGEST && day <= until; i++, day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count++;
  return count;
}

const counted = new WeakMap<Calendar, Map<string, number>>();

/** A list of dossiers asks for the same few spans again and again. */
function workingDaysBetween(after: LocalDate, until: LocalDate, calendar: Calendar): number {
  const known = counted.get(calendar) ?? new Map<string, number>();
  counted.set(calendar, known);
  const span = `${after}/${until}`;
  const count = known.get(span) ?? workingDays(after, until, calendar);
  known.set(span, count);
  return count;
}

/** Whether the day of a due date is over. */
export const isLate = (dueAt: Date, now: Date): boolean => dueAt < now && dateOf(dueAt) !== dateOf(now);

/** Where a due date stands by days, as the national statistics count: on the due day itself nothing is late. */
export function standingOf(dueAt: Date, now: Date, calendar: Calendar): Standing {
  const [due, today] = [dateOf(dueAt), dateOf(now)];
  if (due === today) return { kind: "today" };
  return due < today
    ? { kind: "late", days: workingDaysBetween(due, today, calendar) }
    : { kind: "left", days: workingDaysBetween(today, due, calendar) };
}
