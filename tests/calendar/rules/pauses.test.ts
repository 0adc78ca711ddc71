import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  addDays,
  type CountingRule,
  calendarFrom,
  computeDueDate,
  dateOf,
  describeDueDate,
  dueAfterPauses,
  type Extension,
  extensionFault,
  HolidayTable,
  holidayRows,
  instantAt,
  isDueExplanation,
  isWorkingDay,
  officeTimeBetween,
  type Pause,
  type PausePolicy,
  type Term,
  timeOf,
} from "#calendar/index.ts";
import { en, vi } from "#calendar/messages.ts";
import fc from "../../support/drawn.ts";

const table = HolidayTable.parse(JSON.parse(readFileSync("prisma/seed/holidays.json", "utf8")));
const calendar = calendarFrom(holidayRows(table));
const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11) || "09:00");
const days = (amount: number): Term => ({ amount, unit: "working_day" });
const hours = (amount: number): Term => ({ amount, unit: "working_hour" });
const pause = (from: string, to: string | null, policy: PausePolicy = "stop"): Pause => ({
  from: at(from),
  to: to === null ? null : at(to),
  policy,
  reason: "supplement",
});
const dueOf = (
  start: string,
  term: Term,
  pauses: Pause[],
  rule: CountingRule = {},
  extension: Extension | null = null,
): string | null => {
  const { dueAt } = dueAfterPauses(at(start), term, calendar, rule, pauses, extension);
  return dueAt && `${dateOf(dueAt)} ${timeOf(dueAt)}`;
};

describe("the worked example of the field: received 2/11/2026, supplement asked 5/11, supplied 12/11, 10 working days", () => {
  test.each([
    ["none", "2026-11-16 17:00"],
    ["stop", "2026-11-23 17:00"],
    ["restart", "2026-11-27 17:00"],
  ] as const)("policy %s: due %s", (policy, expected) => {
    expect(dueOf("2026-11-02", days(10), [pause("2026-11-05", "2026-11-12", policy)])).toBe(expected);
  });
});

describe("a clock that stops", () => {
  test.each<[string, string, Term, Pause[], CountingRule, string]>([
    [
      "and goes on the same day loses no day",
      "2026-11-02",
      days(10),
      [pause("2026-11-05 08:00", "2026-11-05 16:00")],
      {},
      "2026-11-16 17:00",
    ],
    [
      "over a weekend only loses no working day",
      "2026-11-02",
      days(10),
      [pause("2026-11-06", "2026-11-08")],
      {},
      "2026-11-16 17:00",
    ],
    [
      "on its last day ends on the day of resuming",
      "2026-11-02",
      days(10),
      [pause("2026-11-16 10:00", "2026-11-19")],
      {},
      "2026-11-19 17:00",
    ],
    [
      "on its last day and goes on on a day off ends on the next working day",
      "2026-11-02",
      days(10),
      [pause("2026-11-16", "2026-11-21")],
      {},
      "2026-11-23 17:00",
    ],
    [
      "after its due date moves nothing: what was late stays late",
      "2026-11-02",
      days(10),
      [pause("2026-11-17", "2026-11-25")],
      {},
      "2026-11-16 17:00",
    ],
    [
      "and starts anew after its due date moves nothing, too",
      "2026-11-02",
      days(10),
      [pause("2026-11-17", "2026-11-25", "restart")],
      {},
      "2026-11-16 17:00",
    ],
    [
      "and goes on after the cut-off goes on the next working day",
      "2026-11-02",
      days(10),
      [pause("2026-11-05", "2026-11-12 15:30")],
      { cutOff: "15:00" },
      "2026-11-25 17:00",
    ],
    [
      "twice moves by both",
      "2026-11-02",
      days(10),
      [pause("2026-11-03", "2026-11-05"), pause("2026-11-09", "2026-11-12")],
      {},
      "2026-11-23 17:00",
    ],
    [
      "twice at once moves once",
      "2026-11-02",
      days(10),
      [pause("2026-11-05", "2026-11-11"), pause("2026-11-06", "2026-11-12")],
      {},
      "2026-11-23 17:00",
    ],
    [
      "moves a term in calendar days by calendar days",
      "2026-11-02",
      { amount: 10, unit: "day" },
      [pause("2026-11-05", "2026-11-12")],
      {},
      "2026-11-19 17:00",
    ],
    [
      "moves a term in months by calendar days",
      "2026-11-02",
      { amount: 1, unit: "month" },
      [pause("2026-11-05", "2026-11-12")],
      {},
      "2026-12-09 17:00",
    ],
    [
      "moves a term in hours by the hours waited",
      "2026-11-02 08:00",
      hours(4),
      [pause("2026-11-02 09:00", "2026-11-02 14:00")],
      {},
      "2026-11-02 17:00",
    ],
    [
      "moves a term in minutes by the minutes waited",
      "2026-11-02 08:00",
      { amount: 30, unit: "minute" },
      [pause("2026-11-02 08:10", "2026-11-02 08:25")],
      {},
      "2026-11-02 08:45",
    ],
    [
      "overnight keeps the hours that were left",
      "2026-11-02 15:00",
      hours(4),
      [pause("2026-11-02 16:00", "2026-11-04 08:00")],
      {},
      "2026-11-04 11:00",
    ],
    [
      "moves a same-day term to the day of resuming",
      "2026-11-02 08:00",
      { unit: "same_day" },
      [pause("2026-11-02 09:00", "2026-11-04 08:00")],
      {},
      "2026-11-04 17:00",
    ],
    [
      "before it began counts only from its beginning",
      "2026-11-02",
      days(10),
      [pause("2026-10-28", "2026-11-04")],
      {},
      "2026-11-18 17:00",
    ],
    [
      "and starts anew, then stops again, does both",
      "2026-11-02",
      days(10),
      [pause("2026-11-05", "2026-11-12", "restart"), pause("2026-11-16", "2026-11-18")],
      {},
      "2026-12-01 17:00",
    ],
    [
      "and starts anew twice counts from the second time",
      "2026-11-02",
      days(10),
      [pause("2026-11-03", "2026-11-05", "restart"), pause("2026-11-09", "2026-11-12", "restart")],
      {},
      "2026-11-27 17:00",
    ],
    [
      "and starts anew in hours has all its hours again",
      "2026-11-02 08:00",
      hours(4),
      [pause("2026-11-02 10:00", "2026-11-03 08:00", "restart")],
      {},
      "2026-11-03 14:00",
    ],
  ])("%s", (_name, start, term, pauses, rule, expected) => {
    expect(dueOf(start, term, pauses, rule)).toBe(expected);
  });
});

describe("while a pause lasts there is no due date, but what is left is known", () => {
  test.each<[string, string, Term, Pause[], object]>([
    [
      "seven of ten working days",
      "2026-11-02",
      days(10),
      [pause("2026-11-05", null)],
      { unit: "working_day", amount: 7, restarts: false },
    ],
    [
      "the rest of the hours",
      "2026-11-02 08:00",
      hours(4),
      [pause("2026-11-02 09:00", null)],
      { unit: "minute", amount: 180, restarts: false },
    ],
    [
      "calendar days",
      "2026-11-02",
      { amount: 10, unit: "day" },
      [pause("2026-11-05", null)],
      { unit: "day", amount: 7, restarts: false },
    ],
    [
      "the last day itself",
      "2026-11-02",
      days(10),
      [pause("2026-11-16", null)],
      { unit: "working_day", amount: 0, restarts: false },
    ],
    [
      "the whole term when it will start anew",
      "2026-11-02",
      days(10),
      [pause("2026-11-05", null, "restart")],
      { unit: "working_day", amount: 10, restarts: true },
    ],
    [
      "without what an earlier pause left out",
      "2026-11-02",
      days(10),
      [pause("2026-11-03", "2026-11-05"), pause("2026-11-09", null)],
      { unit: "working_day", amount: 7, restarts: false },
    ],
  ])("%s", (_name, start, term, pauses, left) => {
    const { dueAt, explanation } = dueAfterPauses(at(start), term, calendar, {}, pauses);
    expect(dueAt).toBeNull();
    expect(explanation).toMatchObject({ version: 2, left, due: null });
  });

  test("what is left when it stopped is what it takes after it went on", () => {
    const stopped = dueAfterPauses(at("2026-11-02"), days(10), calendar, {}, [pause("2026-11-05", null)]);
    const { left } = stopped.explanation as { left: { amount: number } };
    expect(dueOf("2026-11-12", days(left.amount), [])).toBe(
      dueOf("2026-11-02", days(10), [pause("2026-11-05", "2026-11-12")]),
    );
  });

  test("a pause that began after the due date hides no due date", () => {
    expect(dueOf("2026-11-02", days(10), [pause("2026-11-17", null)])).toBe("2026-11-16 17:00");
  });
});

describe("one extension, before the due day", () => {
  const clock = { dueAt: at("2026-11-16 17:00"), isExtended: false };
  test.each([
    ["the day before", clock, "2026-11-15 23:59", "2026-11-20", null],
    ["on the due day", clock, "2026-11-16 08:00", "2026-11-20", "too_late"],
    ["after the due day", clock, "2026-11-17 08:00", "2026-11-20", "too_late"],
    ["a second time", { ...clock, isExtended: true }, "2026-11-12", "2026-11-20", "already_extended"],
    ["while it stands still", { ...clock, dueAt: null }, "2026-11-12", "2026-11-20", "paused"],
    ["to the same day", clock, "2026-11-12", "2026-11-16", "not_later"],
    ["to a day off", clock, "2026-11-12", "2026-11-24", "day_off"],
  ] as const)("%s", (_name, known, decidedAt, until, fault) => {
    expect(extensionFault(known, { decidedAt: at(decidedAt), until }, calendar)).toBe(fault);
  });

  const extension = { decidedAt: at("2026-11-12"), until: "2026-11-20" };
  test.each<[string, Pause[], string]>([
    ["the new date holds", [], "2026-11-20 17:00"],
    ["a pause before it does not move the new date", [pause("2026-11-05", "2026-11-06")], "2026-11-20 17:00"],
    ["a pause after it moves the new date", [pause("2026-11-17", "2026-11-19")], "2026-11-25 17:00"],
    [
      "a restart after it counts the whole term again",
      [pause("2026-11-17", "2026-11-19", "restart")],
      "2026-12-04 17:00",
    ],
    [
      "what pauses moved further already stays there",
      [pause("2026-11-03", "2026-11-13", "restart")],
      "2026-11-30 17:00",
    ],
  ])("%s", (_name, pauses, expected) => {
    expect(dueOf("2026-11-02", days(10), pauses, {}, extension)).toBe(expected);
  });

  test("a pause that ended after the cut-off on the day of the decision does not move the new date", () => {
    // Resuming after 15:00 counts as the next day, which lies behind the decision but not behind its day.
    const late = [pause("2026-11-10", "2026-11-12 15:30")];
    const decided = { decidedAt: at("2026-11-12 16:00"), until: "2026-11-23" };
    expect(dueOf("2026-11-02", days(10), late, { cutOff: "15:00" }, decided)).toBe("2026-11-23 17:00");
  });

  test("a new date that became a day off moves to the next working day, and the explanation says from where", () => {
    const { dueAt, explanation } = dueAfterPauses(at("2026-11-02"), days(10), calendar, {}, [], {
      ...extension,
      until: "2026-11-24",
    });
    expect(dueAt && dateOf(dueAt)).toBe("2026-11-25");
    expect(explanation).toMatchObject({ extension: { from: "2026-11-16", to: "2026-11-25" } });
  });

  test.each([hours(8), { amount: 10, unit: "day" }, { amount: 1, unit: "month" }, { unit: "same_day" }] as Term[])(
    "the new date holds for a term %o",
    (term) => {
      const decidedAt = at("2026-11-02 09:00");
      expect(dueOf("2026-11-02", term, [], {}, { decidedAt, until: "2026-12-15" })).toBe("2026-12-15 17:00");
    },
  );
});

describe("what makes no sense is refused", () => {
  test.each([
    pause("2026-11-05", "2026-11-04"),
    { ...pause("2026-11-05", null), from: new Date("x") },
    { ...pause("2026-11-05", null), to: new Date("x") },
  ])("%o", (bad) => {
    expect(() => dueAfterPauses(at("2026-11-02"), days(10), calendar, {}, [bad])).toThrow(RangeError);
  });
  test("an extension to a day that does not exist", () => {
    const extension = { decidedAt: at("2026-11-03"), until: "2026-02-30" };
    expect(() => dueAfterPauses(at("2026-11-02"), days(10), calendar, {}, [], extension)).toThrow(RangeError);
  });
});

describe("the explanation in words", () => {
  const textIn = (texts: object, key: string): unknown =>
    key
      .split(".")
      .slice(1)
      .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], texts);
  const saidOf = (
    start: string,
    term: Term,
    pauses: Pause[],
    rule: CountingRule = {},
    extension: Extension | null = null,
  ) => {
    const { explanation } = dueAfterPauses(at(start), term, calendar, rule, pauses, extension);
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
    return describeDueDate(explanation);
  };
  const keys = (...args: Parameters<typeof saidOf>) =>
    saidOf(...args).map(({ key }) => key.replace("calendar.due.", ""));

  test("a stop: what it waited for, and that waiting does not count", () => {
    expect(keys("2026-11-02", days(10), [pause("2026-11-05", "2026-11-12")])).toEqual([
      "received",
      "term.working_day",
      "countedFrom.first_day_not_counted",
      "pause.supplement",
      "waitingNotCounted",
      "weekends",
      "end",
    ]);
  });
  test("a restart: from when it was counted again", () => {
    expect(
      keys("2026-11-02", days(10), [pause("2026-11-05", "2026-11-12 15:30", "restart")], { cutOff: "15:00" }),
    ).toEqual([
      "received",
      "term.working_day",
      "pause.supplement",
      "restarted",
      "resumedAs.after_cut_off",
      "countedAgainFrom.first_day_not_counted",
      "daysOff",
      "weekends",
      "end",
    ]);
  });
  test("a pause that lasts: since when, what is left, and that there is no date yet", () => {
    const said = saidOf("2026-11-02", days(10), [pause("2026-11-05", null)]);
    expect(said.slice(-3)).toEqual([
      { key: "calendar.due.pausedSince.supplement", params: { from: "05/11/2026", time: "09:00" } },
      { key: "calendar.due.left.working_day", params: { amount: 7 } },
      { key: "calendar.due.noEnd", params: {} },
    ]);
  });
  test("an extension: from which date to which", () => {
    const said = saidOf("2026-11-02", days(10), [], {}, { decidedAt: at("2026-11-12"), until: "2026-11-20" });
    expect(said.at(-2)).toEqual({ key: "calendar.due.extended", params: { from: "16/11/2026", to: "20/11/2026" } });
  });

  test("has a Vietnamese and an English text for everything it says, with every blank filled", () => {
    const cases: Parameters<typeof saidOf>[] = [];
    for (const reason of ["supplement", "obligation", "other"] as const)
      for (const policy of ["stop", "restart"] as const)
        for (const to of [null, "2026-11-03 16:00", "2026-11-03 18:00", "2026-11-07 09:00"])
          for (const term of [days(10), days(1), hours(4), { unit: "same_day" }, { amount: 10, unit: "day" }] as Term[])
            for (const rule of [{}, { cutOff: "15:00" }])
              for (const extension of [null, { decidedAt: at("2026-11-02 09:30"), until: "2026-11-20" }])
                for (const from of ["2026-11-02 10:00", "2026-11-03 10:00"])
                  cases.push(["2026-11-02 09:00", term, [{ ...pause(from, to, policy), reason }], rule, extension]);
    const seen = new Set<string>();
    for (const one of cases)
      for (const { key, params } of saidOf(...one)) {
        seen.add(key.replace("calendar.due.", ""));
        for (const texts of [vi, en]) {
          const text = textIn(texts, key);
          expect(text, key).toBeTypeOf("string");
          for (const [, blank] of (text as string).matchAll(/\{\{(\w+)\}\}/g))
            expect(params, key).toHaveProperty(blank ?? "");
        }
      }
    const { pause: p, pausedSince, resumedAs, countedAgainFrom, left } = vi.due;
    const wanted = Object.entries({ pause: p, pausedSince, resumedAs, countedAgainFrom, left }).flatMap(
      ([group, texts]) => Object.keys(texts).map((name) => `${group}.${name}`),
    );
    for (const key of [...wanted, "waitingNotCounted", "restarted", "extended", "noEnd"]) expect(seen).toContain(key);
  });

  test("both versions are known, and nothing else", () => {
    const { explanation } = computeDueDate(at("2026-11-02"), days(10), calendar);
    expect([explanation, { version: 2 }, { version: 3 }, {}, null, "1"].map(isDueExplanation)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

const START = Date.UTC(2026, 0, 5);
const anInstant = fc.integer({ min: 0, max: 300 * 24 * 60 }).map((minutes) => new Date(START + minutes * 60_000));
const aTerm: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ unit: fc.constantFrom("working_day", "day", "month" as const), amount: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ unit: fc.constantFrom("working_hour" as const), amount: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ unit: fc.constantFrom("minute" as const), amount: fc.integer({ min: 1, max: 2000 }) }),
  fc.constant<Term>({ unit: "same_day" }),
);
const aRule: fc.Arbitrary<CountingRule> = fc.constantFrom<CountingRule>(
  {},
  { cutOff: "15:00" },
  { makeUpDaysCount: false },
);
const aLength = fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 25 * 24 * 60 }));
const pausesOf = (policies: readonly PausePolicy[], start: Date): fc.Arbitrary<Pause[]> =>
  fc.array(
    fc
      .record({
        after: fc.integer({ min: -2 * 1440, max: 40 * 1440 }),
        length: aLength,
        policy: fc.constantFrom(...policies),
      })
      .map(({ after, length, policy }): Pause => {
        const from = new Date(start.getTime() + after * 60_000);
        return { from, to: new Date(from.getTime() + length * 60_000), policy, reason: "supplement" };
      }),
    { maxLength: 5 },
  );
const aCase = (policies: readonly PausePolicy[]) =>
  fc
    .record({ start: anInstant, term: aTerm, rule: aRule })
    .chain((one) => pausesOf(policies, one.start).map((pauses) => ({ ...one, pauses })));
const solve = (
  { start, term, rule, pauses }: { start: Date; term: Term; rule: CountingRule; pauses: Pause[] },
  extension: Extension | null = null,
) => dueAfterPauses(start, term, calendar, rule, pauses, extension);
const runs = { numRuns: 400 };

describe("whatever the pauses", () => {
  test("a pause never makes a due date earlier", () => {
    fc.assert(
      fc.property(aCase(["stop", "restart", "none"]), (one) => {
        const all = solve(one).dueAt;
        const plain = solve({ ...one, pauses: [] }).dueAt;
        expect(all?.getTime()).toBeGreaterThanOrEqual(plain?.getTime() ?? Number.NaN);
      }),
      runs,
    );
  });

  test("one stop more never makes it earlier, nor does a longer one", () => {
    fc.assert(
      fc.property(aCase(["stop"]), aLength, (one, longer) => {
        const due = solve(one).dueAt?.getTime() ?? Number.NaN;
        const [first, ...others] = one.pauses;
        if (!first?.to) return;
        expect(due).toBeGreaterThanOrEqual(solve({ ...one, pauses: others }).dueAt?.getTime() ?? Number.NaN);
        const stretched = { ...first, to: new Date(first.to.getTime() + longer * 60_000) };
        expect(solve({ ...one, pauses: [stretched, ...others] }).dueAt?.getTime()).toBeGreaterThanOrEqual(due);
      }),
      runs,
    );
  });

  test("their order does not matter", () => {
    const shuffled = aCase(["stop", "restart", "none"]).chain((one) =>
      fc.shuffledSubarray(one.pauses, { minLength: one.pauses.length }).map((other) => ({ one, other })),
    );
    fc.assert(
      fc.property(shuffled, ({ one, other }) => {
        expect(solve({ ...one, pauses: other })).toEqual(solve(one));
      }),
      runs,
    );
  });

  test("the policy none changes nothing at all", () => {
    fc.assert(
      fc.property(aCase(["none"]), (one) => {
        expect(solve(one)).toEqual(computeDueDate(one.start, one.term, calendar, one.rule));
      }),
      runs,
    );
  });

  test("waiting is never counted: outside of it lies exactly the office time of the term", () => {
    fc.assert(
      fc.property(aCase(["stop"]), (one) => {
        const { unit } = one.term;
        if (unit !== "minute" && unit !== "working_hour") return;
        if (one.rule.cutOff) return;
        const { dueAt } = solve(one);
        const waits = one.pauses.map(({ from, to }) => ({ from, to: to ?? from }));
        const worked = officeTimeBetween(one.start, dueAt ?? one.start, calendar, one.rule, waits) / 60_000;
        expect(worked).toBe(unit === "minute" ? one.term.amount : one.term.amount * 60);
      }),
      runs,
    );
  });

  test("waiting is never counted: the days of a term are counted one by one outside of it", () => {
    fc.assert(
      fc.property(aCase(["stop"]), (one) => {
        if (one.term.unit !== "working_day" || one.rule.cutOff) return;
        const { dueAt } = solve(one);
        if (!dueAt) throw new Error("no due date");
        const spans = one.pauses.map(
          ({ from, to }) => [dateOf(from < one.start ? one.start : from), dateOf(to ?? from)] as const,
        );
        let counted = 0;
        for (let day = addDays(dateOf(one.start), 1); day <= dateOf(dueAt); day = addDays(day, 1))
          if (isWorkingDay(day, calendar, one.rule) && !spans.some(([from, to]) => from < day && day <= to)) counted++;
        // A last day that was stopped comes again: on the day of resuming, or after it where that is a day off.
        const comesAgain = spans.some(([, to]) => {
          let day = to;
          while (!isWorkingDay(day, calendar, one.rule)) day = addDays(day, 1);
          return day !== to && day === dateOf(dueAt);
        });
        expect(comesAgain ? [0, 1] : [0]).toContain(counted - one.term.amount);
      }),
      runs,
    );
  });

  test("the explanation's dates agree with the result, which is a working day", () => {
    fc.assert(
      fc.property(aCase(["stop", "restart", "none"]), fc.option(fc.integer({ min: 0, max: 80 })), (one, later) => {
        const decidedAt = new Date(one.start.getTime() + (later ?? 0) * 3_600_000);
        const extension = later === null ? null : { decidedAt, until: addDays(dateOf(decidedAt), later) };
        const { dueAt, explanation } = solve(one, extension);
        if (!dueAt) throw new Error("no due date");
        expect(explanation.due).toEqual({ date: dateOf(dueAt), time: timeOf(dueAt) });
        expect(isWorkingDay(dateOf(dueAt), calendar, one.rule)).toBe(true);
        expect(explanation.countedFrom.date <= dateOf(dueAt) || one.term.unit !== "working_day").toBe(true);
        expect(explanation.received).toBe(one.start.toISOString());
        if (explanation.version === 1) return;
        expect(explanation.pauses.every(({ from }) => from <= dueAt.toISOString())).toBe(true);
        if (explanation.moved) expect(explanation.moved.to).toBe(dateOf(dueAt));
        if (explanation.restartedAt) expect(explanation.pauses.map(({ to }) => to)).toContain(explanation.restartedAt);
        if (explanation.extension) expect(explanation.extension.to <= dateOf(dueAt)).toBe(true);
      }),
      runs,
    );
  });

  test("of a lasting pause, what is left is what it takes once it is over", () => {
    fc.assert(
      fc.property(aCase(["stop", "restart"]), fc.integer({ min: 0, max: 20 * 1440 }), (one, after) => {
        const from = new Date(one.start.getTime() + after * 60_000);
        const open: Pause = { from, to: null, policy: "stop", reason: "other" };
        const pauses = one.pauses.filter(({ to }) => to && to <= from);
        // A month begun anew has not always as many days, and the longer way of counting holds.
        if (one.term.unit === "month" && pauses.some(({ policy }) => policy === "restart")) return;
        const { dueAt, explanation } = solve({ ...one, pauses: [...pauses, open] });
        if (dueAt) {
          expect(from > dueAt).toBe(true);
          return;
        }
        if (explanation.version !== 2 || !explanation.left) throw new Error("nothing said of what is left");
        const { unit, amount } = explanation.left;
        const resumed = new Date(from.getTime() + 30 * 1440 * 60_000);
        const whole = solve({ ...one, pauses: [...pauses, { ...open, to: resumed }] }).dueAt;
        if (amount === 0) return;
        expect(whole).toEqual(computeDueDate(resumed, { unit, amount }, calendar, one.rule).dueAt);
      }),
      runs,
    );
  });
});
