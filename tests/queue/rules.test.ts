import { expect, test } from "vitest";
import { calendarFrom } from "#calendar/rules.ts";
import { callOrder, estimate, type InTurn, numberOf, paceOf, queueFor, scannedCode, whyShut } from "#queue/rules.ts";
import fc from "../support/drawn.ts";

const now = new Date("2026-11-23T02:00:00Z");
const ticket = (serial: number, priority: string | null = null, dueAt: Date | null = null): InTurn => ({
  id: String(serial).padStart(4, "0"),
  serial,
  priority,
  dueAt,
  orderAt: new Date(now.getTime() - 100_000 + serial),
});
const told = (waiting: InTurn[], inRow = 0, mostInRow = 2): string =>
  callOrder(waiting, { inRow, mostInRow, now })
    .map(({ serial, priority }) => `${serial}${priority ? "*" : ""}`)
    .join(" ");

test.each<[string, InTurn[], number, string]>([
  ["who comes first is called first", [ticket(2), ticket(1), ticket(3)], 0, "1 2 3"],
  ["priority comes before", [ticket(1), ticket(2, "elderly"), ticket(3)], 0, "2* 1 3"],
  [
    "after two of priority in a row, one in turn is called",
    [ticket(1), ticket(2), ticket(3, "child"), ticket(4, "child"), ticket(5, "merit")],
    0,
    "3* 4* 1 5* 2",
  ],
  ["those called before count", [ticket(1), ticket(2, "child"), ticket(3, "child")], 1, "2* 1 3*"],
  ["while nobody else waits, priority goes on", [1, 2, 3, 4].map((n) => ticket(n, "disabled")), 0, "1* 2* 3* 4*"],
  [
    "an appointment is priority from its time on, and waits in turn before",
    [
      ticket(1),
      ticket(2, "appointment", new Date(now.getTime() + 60_000)),
      ticket(3, "appointment", new Date(now.getTime() - 60_000)),
    ],
    0,
    "3* 1 2*",
  ],
])("%s", (_rule, waiting, inRow, order) => {
  expect(told(waiting, inRow)).toBe(order);
});

test("everybody who waits is called once, and never more of priority in a row than the hall allows while others wait", () => {
  const waiting = fc
    .array(fc.boolean(), { maxLength: 40 })
    .map((all) => all.map((is, i) => ticket(i, is ? "child" : null)));
  fc.assert(
    fc.property(waiting, fc.integer({ min: 1, max: 5 }), (all, mostInRow) => {
      const order = callOrder(all, { inRow: 0, mostInRow, now });
      expect(new Set(order).size).toBe(all.length);
      let row = 0;
      order.forEach(({ priority }, i) => {
        row = priority ? row + 1 : 0;
        if (row > mostInRow) expect(order.slice(i).every((one) => one.priority)).toBe(true);
      });
    }),
  );
});

test.each([
  ["A", 7, "A007"],
  ["B", 120, "B120"],
  ["C", 1204, "C1204"],
])("number %s %i is called %s", (prefix, serial, number) => {
  expect(numberOf(prefix, serial)).toBe(number);
});

test("the time to wait is the pace of the day over the counters, in steps of five minutes", () => {
  expect([estimate(0, 6, 2), estimate(4, 6, 2), estimate(5, 6, 2), estimate(3, 6, 0)]).toEqual([0, 15, 15, 20]);
  expect([paceOf([3, 5], 8), paceOf([3, 5, 7], 8), paceOf([], 8)]).toEqual([8, 5, 8]);
});

const calendar = calendarFrom([{ date: "2026-01-01", kind: "off", name: "Tết Dương lịch", confidence: "law" }]);
const none = { closedAt: null, endedAt: null };
test.each<
  [
    string,
    { isClosed?: boolean; hours?: string },
    typeof none | { closedAt: Date | null; endedAt: Date | null },
    string,
    string | null,
  ]
>([
  ["in office hours", {}, none, "2026-11-23T09:00:00+07:00", null],
  ["at noon", {}, none, "2026-11-23T12:00:00+07:00", "outside"],
  ["on Sunday", {}, none, "2026-11-22T09:00:00+07:00", "outside"],
  ["on Sunday, in a hall without hours", { hours: "any" }, none, "2026-11-22T09:00:00+07:00", null],
  ["after it was stopped for the day", {}, { closedAt: now, endedAt: null }, "2026-11-23T09:00:00+07:00", "day_closed"],
  ["after the day was ended", {}, { closedAt: now, endedAt: now }, "2026-11-23T09:00:00+07:00", "day_ended"],
  ["in a hall that is used no more", { isClosed: true, hours: "any" }, none, "2026-11-23T09:00:00+07:00", "closed"],
])("numbers %s", (_when, hall, day, at, why) => {
  expect(whyShut({ isClosed: false, hours: "office", ...hall }, day, calendar, new Date(at))).toBe(why);
});

test.each([
  ["H37.05977-261123-0001", "H37.05977-261123-0001"],
  [" 7KQM-2XWT-9HRD-CP\n", "7KQM-2XWT-9HRD-CP"],
  ["https://dvc.example.vn/tra-cuu?ma=H37.05977-261123-0001", "H37.05977-261123-0001"],
  ["https://dvc.example.vn/ca-nhan/lich-hen/7KQM2XWT9HRDCP", "7KQM2XWT9HRDCP"],
  ["https://dvc.example.vn/%E0%A4%A", "%E0%A4%A"],
  ["https://", "https://"],
])("scanned %j means the code %j", (typed, code) => {
  expect(scannedCode(typed)).toBe(code);
});

const queues = [
  { prefix: "A", sectors: ["Hộ tịch"], forResults: false, isClosed: false },
  { prefix: "B", sectors: ["Đất đai"], forResults: false, isClosed: true },
  { prefix: "T", sectors: [], forResults: true, isClosed: false },
];
test.each([
  ["Hộ tịch", false, "A"],
  ["Hộ tịch", true, "T"],
  ["Đất đai", false, undefined],
  [null, false, undefined],
])("a dossier of %s (result: %s) waits in queue %s", (sector, hasResult, prefix) => {
  expect(queueFor(queues, { sector, hasResult })?.prefix).toBe(prefix);
});
