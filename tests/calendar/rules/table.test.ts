import { describe, expect, test } from "vitest";
import {
  type CalendarEdit,
  calendarTable,
  dateOf,
  editFrom,
  effectOf,
  endOfOfficeHours,
  isWorkingDay,
  missingYear,
  rowsAfter,
  type ScopedRow,
  timeOf,
} from "#calendar/index.ts";

const row = (date: string, kind: "off" | "working" = "off", agencyId: string | null = null): ScopedRow => ({
  agencyId,
  date,
  kind,
  name: "Ngày",
  confidence: "law",
});
const rows = [row("2026-01-01"), row("2026-11-24"), row("2026-11-24", "working", "a"), row("2026-11-26", "off", "a")];

describe("the calendars of the province and of its agencies", () => {
  const table = calendarTable(rows);
  const plain = { id: "b", officeHours: null };
  test.each([
    ["province", table.province, false, true],
    ["an agency with days of its own", table.of({ id: "a", officeHours: null }), true, false],
    ["an agency without", table.of(plain), false, true],
  ] as const)("%s", (_name, calendar, worksOn24, worksOn26) => {
    expect([isWorkingDay("2026-11-24", calendar), isWorkingDay("2026-11-26", calendar)]).toEqual([
      worksOn24,
      worksOn26,
    ]);
    expect(isWorkingDay("2026-01-01", calendar)).toBe(false);
  });

  test("each is made once, and an agency without anything of its own has the province's", () => {
    expect(table.of(plain)).toBe(table.province);
    const own = { id: "a", officeHours: [{ opens: "08:00", closes: "12:00" }] };
    expect(table.of(own)).toBe(table.of({ ...own, officeHours: [...own.officeHours] }));
    expect(timeOf(endOfOfficeHours("2026-11-25", table.of(own)))).toBe("12:00");
    expect(table.of({ id: "a", officeHours: null })).not.toBe(table.of(own));
  });
});

describe("an edit", () => {
  const day = { date: "2026-11-25", kind: "off" as const, name: "Bão", confidence: "announced", source: null };
  const edit: CalendarEdit = { agencyId: null, set: [day], remove: ["2026-11-24"] };

  test("touches its own scope alone", () => {
    const after = calendarTable(rowsAfter(rows, edit));
    expect(isWorkingDay("2026-11-24", after.province)).toBe(true);
    expect(isWorkingDay("2026-11-25", after.province)).toBe(false);
    expect(after.of({ id: "a", officeHours: null }).makeUpDays.has("2026-11-24")).toBe(true);
  });

  test("is left with what it really changes", () => {
    expect(effectOf([day], { ...edit, remove: ["2026-11-27"] })).toEqual({ agencyId: null, set: [], remove: [] });
    for (const change of [{ kind: "working" as const }, { name: "Lũ" }, { confidence: "law" }, { source: "1/TB" }])
      expect(effectOf([day], { ...edit, set: [{ ...day, ...change }] }).set).toHaveLength(1);
  });

  test("from a table removes what the table's years have no more, and leaves other years alone", () => {
    const standing = [{ date: "2026-01-01" }, { date: "2026-11-25" }, { date: "2027-01-01" }];
    expect(editFrom([day], ["2026"], "a", standing)).toEqual({ agencyId: "a", set: [day], remove: ["2026-01-01"] });
  });
});

describe("the table of a year is missing", () => {
  const calendar = calendarTable([row("2025-01-01"), row("2026-01-01")]).province;
  test.each([
    ["2026-09-30", null],
    ["2026-10-01", 2027],
    ["2026-12-31", 2027],
    ["2027-01-01", 2027],
    ["2025-12-31", null],
    ["2024-05-05", 2024],
  ])("on %s: %s", (today, year) => {
    expect(missingYear(calendar, today)).toBe(year);
  });
  test("today is a day", () => {
    expect(() => missingYear(calendar, "2026-13-01")).toThrow(RangeError);
    expect(dateOf(new Date("2026-09-30T17:00:00Z"))).toBe("2026-10-01");
  });
});
