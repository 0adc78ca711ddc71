/** Which times an agency offers, and when an appointment may be made, changed or used. Pure. */
import { addDays, type Calendar, dateOf, instantAt, isWorkingDay, type LocalDate } from "#calendar/rules.ts";

export type PlanTimes = { slotMinutes: number; capacity: number; daysAhead: number; leadMinutes: number };
export type Stretch = { from: Date; to: Date };
export type Slot = { startsAt: Date; endsAt: Date };
export type State = "booked" | "cancelled" | "checked_in" | "held" | "no_show";

const MINUTE_MS = 60_000;
const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS);

/** The days on which a plan may be booked: working days from today on, as far ahead as it says. */
export function bookableDays(
  today: LocalDate,
  { daysAhead }: Pick<PlanTimes, "daysAhead">,
  calendar: Calendar,
): LocalDate[] {
  return Array.from({ length: daysAhead + 1 }, (_, i) => addDays(today, i)).filter((day) =>
    isWorkingDay(day, calendar),
  );
}

/**
 * The times of one day: whole slots inside office hours, but for times that officers blocked; on days off, and on days
 * too far ahead, none. Times that begin sooner than the plan's notice are left out.
 */
export function slotsOf(
  day: LocalDate,
  plan: PlanTimes,
  calendar: Calendar,
  blocks: readonly Stretch[],
  now: Date,
): Slot[] {
  const today = dateOf(now);
  if (day < today || day > addDays(today, plan.daysAhead) || !isWorkingDay(day, calendar)) return [];
  const earliest = later(now, plan.leadMinutes);
  const slots: Slot[] = [];
  for (const { opens, closes } of calendar.officeHours) {
    const end = instantAt(day, closes);
    for (let startsAt = instantAt(day, opens); ; startsAt = later(startsAt, plan.slotMinutes)) {
      const endsAt = later(startsAt, plan.slotMinutes);
      if (endsAt > end) break;
      if (startsAt >= earliest && !blocks.some(({ from, to }) => from < endsAt && startsAt < to))
        slots.push({ startsAt, endsAt });
    }
  }
  return slots;
}

/** So many appointments to come may one person hold: places are for everybody. */
export const MOST_OPEN = 3;

/** The lowest place of a slot that nobody has; null when it is full. */
export function freePlace(capacity: number, taken: readonly number[]): number | null {
  for (let place = 1; place <= capacity; place++) if (!taken.includes(place)) return place;
  return null;
}

/** Whether somebody may still move or cancel it: until it begins. */
export const mayChange = ({ state, startsAt }: { state: string; startsAt: Date }, now: Date): boolean =>
  state === "booked" && now < startsAt;

const EARLY_MINUTES = 60;
const LATE_MINUTES = 15;

/** Why the hall's machine gives no number for an appointment; null: it does. */
export function whyNoNumber(
  appointment: { state: string; startsAt: Date; kind: string },
  now: Date,
): "online" | "used" | "early" | "late" | null {
  if (appointment.kind === "online") return "online";
  if (appointment.state !== "booked") return "used";
  if (now < later(appointment.startsAt, -EARLY_MINUTES)) return "early";
  return now > later(appointment.startsAt, LATE_MINUTES) ? "late" : null;
}

/** From when on somebody who did not come is counted as such. */
export const noShowBefore = (now: Date): Date => later(now, -LATE_MINUTES);

/** Reminded of are appointments that begin within so many hours. */
export const REMIND_HOURS = 24;
