import { expect, test } from "vitest";
import { bookableDays, freePlace, mayChange, slotsOf, whyNoNumber } from "#appointments/rules.ts";
import { calendarFrom, timeOf } from "#calendar/rules.ts";

const calendar = calendarFrom([
  { date: "2026-01-01", kind: "off", name: "Tết Dương lịch", confidence: "law" },
  { date: "2026-11-24", kind: "off", name: "Nghỉ riêng của cơ quan", confidence: "announced" },
]);
const plan = { slotMinutes: 60, capacity: 2, daysAhead: 7, leadMinutes: 30 };
const at = (time: string, day = "2026-11-23"): Date => new Date(`${day}T${time}:00+07:00`);
const told = (day: string, now: Date, blocks: { from: Date; to: Date }[] = []): string =>
  slotsOf(day, plan, calendar, blocks, now)
    .map(({ startsAt }) => timeOf(startsAt))
    .join(" ");

test.each<[string, string, Date, { from: Date; to: Date }[], string]>([
  ["whole slots inside office hours", "2026-11-25", at("08:00"), [], "07:30 08:30 09:30 10:30 13:30 14:30 15:30"],
  ["none that begins before the plan's notice", "2026-11-23", at("09:00"), [], "09:30 10:30 13:30 14:30 15:30"],
  ["none on a day off of the agency", "2026-11-24", at("08:00"), [], ""],
  ["none on Sunday", "2026-11-29", at("08:00"), [], ""],
  ["none further ahead than the plan allows", "2026-12-01", at("08:00"), [], ""],
  ["none in the past", "2026-11-20", at("08:00"), [], ""],
  [
    "none that touches a blocked time",
    "2026-11-25",
    at("08:00"),
    [{ from: at("09:00", "2026-11-25"), to: at("14:00", "2026-11-25") }],
    "07:30 14:30 15:30",
  ],
])("the times of a day: %s", (_rule, day, now, blocks, times) => {
  expect(told(day, now, blocks)).toBe(times);
});

test("days are working days, from today as far as the plan allows", () => {
  expect(bookableDays("2026-11-23", plan, calendar)).toEqual([
    ...["2026-11-23", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"],
  ]);
});

test("the lowest place that nobody has is given", () => {
  expect([freePlace(3, []), freePlace(3, [1, 3]), freePlace(3, [3, 2, 1])]).toEqual([1, 2, null]);
});

test.each<[string, string, Date, ReturnType<typeof whyNoNumber>]>([
  ["an hour before", "counter", at("08:30"), null],
  ["earlier", "counter", at("08:29"), "early"],
  ["a quarter of an hour late", "counter", at("09:45"), null],
  ["later", "counter", at("09:46"), "late"],
  ["for an online appointment", "online", at("09:30"), "online"],
])("the machine takes a code %s (%s)", (_when, kind, now, why) => {
  expect(whyNoNumber({ state: "booked", startsAt: at("09:30"), kind }, now)).toBe(why);
});

test("an appointment may be changed until it begins, and used once", () => {
  const one = { state: "booked", startsAt: at("09:30") };
  expect([mayChange(one, at("09:29")), mayChange(one, at("09:30"))]).toEqual([true, false]);
  expect(mayChange({ ...one, state: "checked_in" }, at("09:00"))).toBe(false);
  expect(whyNoNumber({ ...one, state: "checked_in", kind: "counter" }, at("09:30"))).toBe("used");
});
