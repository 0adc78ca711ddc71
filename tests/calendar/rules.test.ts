import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  addWorkingDays,
  addWorkingHours,
  type CountingRule,
  calendarFrom,
  computeDueDate,
  dateOf,
  describeDueDate,
  endOfOfficeHours,
  HolidayTable,
  holidayRows,
  instantAt,
  isNearDue,
  isOverdue,
  isWorkingDay,
  nextWorkingDay,
  punctuality,
  TERM_UNITS,
  type Term,
  timeOf,
} from "#calendar/index.ts";
import { en, vi } from "#calendar/messages.ts";

const table = HolidayTable.parse(JSON.parse(readFileSync("prisma/seed/holidays.json", "utf8")));
const calendar = calendarFrom(holidayRows(table));
const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11) || "09:00");
const due = (received: string, term: Term, rule: CountingRule = {}): string => {
  const { dueAt } = computeDueDate(at(received), term, calendar, rule);
  return `${dateOf(dueAt)} ${timeOf(dueAt)}`;
};
const workingDays = (amount: number): Term => ({ amount, unit: "working_day" });
const workingHours = (amount: number): Term => ({ amount, unit: "working_hour" });

/** A small seeded generator, so that a failing run can be run again. */
const random = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

describe("the worked examples of the field", () => {
  test.each([
    ["2026-11-23 09:00", workingDays(5), {}, "2026-12-01 17:00"],
    ["2026-11-23 15:20", { unit: "same_day" }, { cutOff: "15:00" }, "2026-11-25 17:00"],
    ["2026-08-28 09:00", workingDays(3), {}, "2026-09-07 17:00"],
    ["2026-08-20 09:00", workingDays(3), {}, "2026-08-24 17:00"],
    ["2026-08-20 09:00", workingDays(3), { makeUpDaysCount: false }, "2026-08-25 17:00"],
    ["2026-02-13 09:00", workingDays(1), {}, "2026-02-23 17:00"],
    ["2026-04-01 09:00", { amount: 30, unit: "day" }, {}, "2026-05-04 17:00"],
  ] as const)("received %s, term %o, rule %o: due %s", (received, term, rule, expected) => {
    expect(due(received, term, rule)).toBe(expected);
  });
});

describe("a term in days or months", () => {
  test.each([
    [
      "the first day is not counted even when it is a day off",
      "2026-11-21 10:00",
      workingDays(1),
      {},
      "2026-11-23 17:00",
    ],
    [
      "the cut-off itself is not after the cut-off",
      "2026-11-23 15:00",
      workingDays(1),
      { cutOff: "15:00" },
      "2026-11-25 17:00",
    ],
    [
      "a minute later counts from the next working day",
      "2026-11-23 15:01",
      workingDays(1),
      { cutOff: "15:00" },
      "2026-11-26 17:00",
    ],
    ["without a cut-off a late hour changes nothing", "2026-11-23 23:59", workingDays(1), {}, "2026-11-25 17:00"],
    [
      "with a cut-off a Saturday counts as the Monday after",
      "2026-11-14 09:00",
      workingDays(1),
      { cutOff: "15:00" },
      "2026-11-17 17:00",
    ],
    ["a same-day term before closing ends that day", "2026-11-23 16:59", { unit: "same_day" }, {}, "2026-11-23 17:00"],
    [
      "a same-day term at closing ends on the next working day",
      "2026-11-23 17:00",
      { unit: "same_day" },
      {},
      "2026-11-25 17:00",
    ],
    [
      "a same-day term on a make-up Saturday ends that day",
      "2026-08-22 09:00",
      { unit: "same_day" },
      {},
      "2026-08-22 17:00",
    ],
    [
      "days off in the middle of a calendar term are counted",
      "2026-08-28 09:00",
      { amount: 10, unit: "day" },
      {},
      "2026-09-07 17:00",
    ],
    ["a month ends on the corresponding day", "2026-09-15 09:00", { amount: 1, unit: "month" }, {}, "2026-10-15 17:00"],
    [
      "a month without that day ends on its last day",
      "2027-08-31 09:00",
      { amount: 1, unit: "month" },
      {},
      "2027-09-30 17:00",
    ],
    ["months run over the new year", "2026-11-30 09:00", { amount: 3, unit: "month" }, {}, "2027-03-01 17:00"],
  ] as const)("%s", (_name, received, term, rule, expected) => {
    expect(due(received, term, rule)).toBe(expected);
  });
});

describe("a term in working hours runs inside office hours from the instant of reception", () => {
  test.each([
    ["2026-11-25 08:00", 2, "2026-11-25 10:00"],
    ["2026-11-25 10:30", 2, "2026-11-25 14:30"],
    ["2026-11-25 07:30", 4, "2026-11-25 11:30"],
    ["2026-11-25 12:00", 0.5, "2026-11-25 14:00"],
    ["2026-11-23 16:00", 4, "2026-11-25 10:30"],
    ["2026-11-25 18:00", 1, "2026-11-26 08:30"],
    ["2026-11-25 05:00", 1, "2026-11-25 08:30"],
    ["2026-11-21 09:00", 7.5, "2026-11-23 17:00"],
  ])("received %s, %d hours: due %s, and the same in minutes", (received, hours, expected) => {
    expect(due(received, workingHours(hours))).toBe(expected);
    expect(due(received, { amount: hours * 60, unit: "minute" })).toBe(expected);
  });

  test("an agency's own office hours take the place of the usual ones", () => {
    const own = calendarFrom(holidayRows(table), { officeHours: [{ opens: "08:00", closes: "12:00" }] });
    expect(timeOf(addWorkingHours(at("2026-11-25 11:00"), 2, own))).toBe("09:00");
    expect(endOfOfficeHours("2026-11-25", own)).toEqual(at("2026-11-25 12:00"));
  });
});

describe("the calendar", () => {
  test.each([
    ["2026-11-24", false, "a holiday"],
    ["2026-11-22", false, "a Sunday"],
    ["2026-08-22", true, "a make-up Saturday"],
    ["2026-08-31", false, "the day swapped for it"],
    ["2026-11-23", true, "a plain Monday"],
  ])("%s is a working day: %s (%s)", (date, expected) => {
    expect(isWorkingDay(date, calendar)).toBe(expected);
  });

  test("the day is that of Việt Nam whatever the machine's zone", () => {
    expect(dateOf(new Date("2026-11-22T17:00:00Z"))).toBe("2026-11-23");
    expect(dateOf(new Date("2026-11-22T16:59:59.999Z"))).toBe("2026-11-22");
    expect(instantAt("2026-11-23", "00:00").toISOString()).toBe("2026-11-22T17:00:00.000Z");
  });

  test("an agency's own rows win over the national ones before them", () => {
    const own = calendarFrom([
      ...holidayRows(table),
      { date: "2026-11-24", kind: "working", name: "Trực lễ", confidence: "announced" },
      { date: "2026-11-25", kind: "off", name: "Nghỉ bù", confidence: "announced" },
    ]);
    expect(nextWorkingDay("2026-11-23", own)).toBe("2026-11-24");
    expect(nextWorkingDay("2026-11-24", own)).toBe("2026-11-26");
  });

  test.each([
    [[]],
    [[{ opens: "13:00", closes: "12:00" }]],
    [[{ opens: "7:30", closes: "11:30" }]],
    [
      [
        { opens: "07:30", closes: "11:30" },
        { opens: "11:00", closes: "17:00" },
      ],
    ],
  ])("office hours %o are refused", (officeHours) => {
    expect(() => calendarFrom([], { officeHours })).toThrow(RangeError);
  });

  test("a calendar without a working day is refused instead of searched for ever", () => {
    const days = Array.from({ length: 800 }, (_, i) => addDays("2026-01-01", i));
    const closed = calendarFrom(
      days.map((date) => ({ date, kind: "off" as const, name: "Đóng cửa", confidence: "announced" })),
    );
    expect(() => computeDueDate(at("2026-01-05"), workingDays(1), closed)).toThrow(RangeError);
  });

  test("a date that does not exist is refused", () => {
    expect(() => calendarFrom([{ date: "2026-02-30", kind: "off", name: "x", confidence: "law" }])).toThrow(RangeError);
    expect(() => addDays("2026-13-01", 1)).toThrow(RangeError);
  });

  test("the seed table holds 2025 to 2027, and a day given twice or in the wrong year is refused by name", () => {
    expect([...calendar.years]).toEqual([2025, 2026, 2027]);
    const [first] = table.years["2026"]?.daysOff ?? [];
    const broken = { ...table, years: { "2025": { announcements: [], daysOff: [first, first], makeUpDays: [] } } };
    const parsed = HolidayTable.safeParse(broken);
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([
      "Ngày 2026-01-01 không thuộc năm 2025",
      "Ngày 2026-01-01 không thuộc năm 2025",
      "Ngày 2026-01-01 có hai lần trong bảng của năm 2025",
    ]);
  });
});

describe("an amount that no term can have is refused", () => {
  const amounts = [0, -1, -0.5, 1.5, 3651, 1e9, Number.NaN, Number.POSITIVE_INFINITY];
  const units = ["minute", "working_day", "day", "month"] as const;
  test.each(amounts.flatMap((amount) => units.map((unit) => ({ amount, unit }))))("$amount $unit", (term) => {
    expect(() => computeDueDate(at("2026-11-23"), term, calendar)).toThrow(RangeError);
  });
  test.each([0, -1, 0.001, 1 / 7, 3651, Number.NaN, Number.POSITIVE_INFINITY])("%d working hours", (amount) => {
    expect(() => computeDueDate(at("2026-11-23"), workingHours(amount), calendar)).toThrow(RangeError);
  });
  test("an invalid instant or cut-off", () => {
    expect(() => computeDueDate(new Date("x"), workingDays(1), calendar)).toThrow(RangeError);
    expect(() => computeDueDate(at("2026-11-23"), workingDays(1), calendar, { cutOff: "25:00" })).toThrow(RangeError);
  });
});

describe("the comparison with the due date is by days", () => {
  const dueAt = at("2026-12-01 17:00");
  test.each([
    ["2026-12-01 16:00", false, "on_time"],
    ["2026-12-01 23:59", false, "on_time"],
    ["2026-12-02 00:00", true, "late"],
    ["2026-11-30 23:59", false, "early"],
  ] as const)("at %s overdue is %s, finished then is %s", (now, overdue, standing) => {
    expect(isOverdue(dueAt, at(now))).toBe(overdue);
    expect(punctuality(dueAt, at(now))).toBe(standing);
  });
  test("near due means within 24 hours", () => {
    expect(isNearDue(dueAt, at("2026-11-30 17:00"))).toBe(true);
    expect(isNearDue(dueAt, at("2026-11-30 16:59"))).toBe(false);
    expect(isNearDue(dueAt, at("2026-12-01 17:01"))).toBe(false);
  });
});

describe("the explanation", () => {
  const explain = (received: string, term: Term, rule: CountingRule = {}) =>
    computeDueDate(at(received), term, calendar, rule).explanation;

  test("survives storage as JSON and names what was passed over", () => {
    const explanation = explain("2026-11-23 09:00", workingDays(5));
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
    expect(explanation).toEqual({
      version: 1,
      received: "2026-11-23T02:00:00.000Z",
      term: { amount: 5, unit: "working_day" },
      countedFrom: { date: "2026-11-25", why: "first_day_not_counted" },
      skipped: [{ date: "2026-11-24", why: "day_off", name: "Ngày Văn hóa Việt Nam", confidence: "law" }],
      weekendDays: 2,
      makeUpDays: [],
      missingYears: [],
      due: { date: "2026-12-01", time: "17:00" },
    });
  });

  test("says from where and to where a last day off was moved", () => {
    expect(explain("2026-04-01 09:00", { amount: 30, unit: "day" })).toMatchObject({
      countedFrom: { date: "2026-04-02" },
      moved: { from: "2026-05-01", to: "2026-05-04", name: "Ngày Quốc tế Lao động" },
      skipped: [{ date: "2026-05-01" }],
      weekendDays: 2,
    });
  });

  test("says that reception was taken as the next working day, and why", () => {
    expect(explain("2026-11-23 15:20", { unit: "same_day" }, { cutOff: "15:00" })).toMatchObject({
      takenAs: { date: "2026-11-25", why: "after_cut_off", cutOff: "15:00" },
      skipped: [{ date: "2026-11-24" }],
    });
    expect(explain("2026-11-22 09:00", { unit: "same_day" }).takenAs?.why).toBe("day_off");
    expect(explain("2026-11-23 18:00", { unit: "same_day" }).takenAs?.why).toBe("after_office_hours");
  });

  test("names make-up Saturdays, counted or not", () => {
    expect(explain("2026-08-20", workingDays(3)).makeUpDays).toEqual(["2026-08-22"]);
    expect(explain("2026-08-20", workingDays(3), { makeUpDaysCount: false }).skipped).toMatchObject([
      { date: "2026-08-22", why: "make_up_not_counted" },
    ]);
  });

  test("says when a year has no holiday table, and then takes off weekends only", () => {
    const { dueAt, explanation } = computeDueDate(at("2028-04-28 09:00"), workingDays(1), calendar);
    expect(dateOf(dueAt)).toBe("2028-05-01");
    expect(explanation.missingYears).toEqual([2028]);
    expect(explain("2027-12-31", workingDays(1)).missingYears).toEqual([2028]);
    expect(explain("2027-12-28", workingDays(1)).missingYears).toEqual([]);
  });

  test("tells the citizen in order, with days written as on paper", () => {
    const said = describeDueDate(explain("2027-02-04 15:30", workingDays(1), { cutOff: "15:00" }));
    expect(said.map(({ key }) => key)).toEqual([
      "calendar.due.received",
      "calendar.due.term.working_day",
      "calendar.due.takenAs.after_cut_off",
      "calendar.due.countedFrom.first_day_not_counted",
      "calendar.due.daysOff",
      "calendar.due.weekends",
      "calendar.due.estimated",
      "calendar.due.end",
    ]);
    expect(said[0]?.params).toEqual({ date: "04/02/2027", time: "15:30" });
    expect(said.at(-1)?.params).toEqual({ date: "15/02/2027", time: "17:00" });
  });

  test("has a Vietnamese and an English text for everything it says, with every blank filled", () => {
    const next = random(7);
    const seen = new Set<string>();
    const rules: CountingRule[] = [{}, { cutOff: "15:00" }, { makeUpDaysCount: false }];
    for (let i = 0; i < 3000; i++) {
      const received = new Date(Date.UTC(2026, 0, 1) + Math.floor(next() * 1000 * 86_400_000));
      const unit = TERM_UNITS[i % TERM_UNITS.length] ?? "day";
      const term: Term = unit === "same_day" ? { unit } : { unit, amount: 1 + Math.floor(next() * 6) };
      const { explanation } = computeDueDate(received, term, calendar, rules[Math.floor(next() * 3)]);
      for (const { key, params } of describeDueDate(explanation)) {
        seen.add(key);
        for (const texts of [vi, en]) {
          const text = key
            .split(".")
            .slice(1)
            .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], texts);
          expect(text, key).toBeTypeOf("string");
          for (const [, blank] of (text as string).matchAll(/\{\{(\w+)\}\}/g))
            expect(params, key).toHaveProperty(blank ?? "");
        }
      }
    }
    const {
      pause,
      pausedSince,
      waitingNotCounted,
      restarted,
      resumedAs,
      countedAgainFrom,
      extended,
      left,
      noEnd,
      ...plain
    } = vi.due;
    const leaves = (node: object): number =>
      Object.values(node).reduce((n, v) => n + (typeof v === "string" ? 1 : leaves(v)), 0);
    expect(seen.size).toBe(leaves(plain));
  });
});

describe("whatever the date of reception and the term", () => {
  const next = random(20261122);
  const rules: CountingRule[] = [
    {},
    { cutOff: "15:00" },
    { makeUpDaysCount: false },
    { cutOff: "08:00", makeUpDaysCount: false },
  ];
  const cases = Array.from({ length: 1500 }, (_, i) => {
    const received = new Date(Date.UTC(2025, 0, 1) + Math.floor(next() * 3.2 * 365 * 1440) * 60_000);
    const amount = 1 + Math.floor(next() * (i % 10 === 0 ? 200 : 15));
    return { received, amount, rule: rules[i % rules.length] ?? {} };
  });
  const units = ["minute", "working_hour", "working_day", "day", "month"] as const;
  const dueAt = (received: Date, term: Term, rule: CountingRule): Date =>
    computeDueDate(received, term, calendar, rule).dueAt;

  test("the due day is a working day and never before reception", () => {
    for (const { received, amount, rule } of cases)
      for (const term of [...units.map((unit) => ({ unit, amount })), { unit: "same_day" as const }]) {
        const dueDate = dueAt(received, term, rule);
        expect(isWorkingDay(dateOf(dueDate), calendar, rule), `${received.toISOString()} ${JSON.stringify(term)}`).toBe(
          true,
        );
        expect(dueDate.getTime()).toBeGreaterThan(received.getTime());
      }
  });

  test("a longer term never ends earlier, nor does a later reception", () => {
    for (const { received, amount, rule } of cases)
      for (const unit of units) {
        const base = dueAt(received, { unit, amount }, rule).getTime();
        expect(dueAt(received, { unit, amount: amount + 1 }, rule).getTime()).toBeGreaterThanOrEqual(base);
        const later = new Date(received.getTime() + (amount * 37 + 1) * 60_000);
        expect(
          dueAt(later, { unit, amount }, rule).getTime(),
          `${received.toISOString()} ${amount} ${unit}`,
        ).toBeGreaterThanOrEqual(base);
      }
  });

  test("between the day of reception and the due day lie exactly so many working days, counted one by one", () => {
    for (const { received, amount, rule } of cases) {
      const { explanation } = computeDueDate(received, workingDays(amount), calendar, rule);
      let counted = 0;
      for (
        let day = addDays(explanation.takenAs?.date ?? dateOf(received), 1);
        day <= explanation.due.date;
        day = addDays(day, 1)
      )
        if (isWorkingDay(day, calendar, rule)) counted++;
      expect(counted).toBe(amount);
    }
  });

  test("between reception and the due hour lie exactly so many office minutes, counted one by one", () => {
    for (const { received, amount } of cases.filter((c) => c.amount <= 15).slice(0, 150)) {
      const end = addWorkingHours(received, amount, calendar);
      let minutes = 0;
      for (let t = received.getTime(); t < end.getTime(); t += 60_000) {
        const [day, time] = [dateOf(new Date(t)), timeOf(new Date(t))];
        if (
          isWorkingDay(day, calendar) &&
          calendar.officeHours.some(({ opens, closes }) => time >= opens && time < closes)
        )
          minutes++;
      }
      expect(minutes).toBe(amount * 60);
    }
  });

  test("counting in two goes is counting in one", () => {
    for (const { received, amount } of cases) {
      const day = dateOf(received);
      const once = addWorkingDays(day, amount + 3, calendar);
      expect(addWorkingDays(addWorkingDays(day, amount, calendar), 3, calendar)).toBe(once);
      expect(addMonths(addMonths(`${day.slice(0, 8)}15`, amount), 2)).toBe(
        addMonths(`${day.slice(0, 8)}15`, amount + 2),
      );
    }
  });
});
