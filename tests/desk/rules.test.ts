import { expect, test } from "vitest";
import { type CalendarRow, calendarFrom } from "#calendar/rules.ts";
import { firstList, paperFault, standingOf } from "../../src/desk/rules.ts";

const row = (date: string, name: string): CalendarRow => ({ date, kind: "off", name, confidence: "law" });
const calendar = calendarFrom([row("2026-04-30", "Ngày Chiến thắng"), row("2026-05-01", "Ngày Quốc tế lao động")]);
const at = (text: string): Date => new Date(`${text}+07:00`);

test.each([
  ["a plain Tuesday to Thursday", "2026-04-14T09:00", "2026-04-16T17:00", { kind: "left", days: 2 }],
  ["Friday to Monday: the weekend is not counted", "2026-04-17T09:00", "2026-04-20T17:00", { kind: "left", days: 1 }],
  ["over a public holiday and a weekend", "2026-04-29T09:00", "2026-05-04T17:00", { kind: "left", days: 1 }],
  ["the due day itself, before the hour", "2026-04-16T08:00", "2026-04-16T17:00", { kind: "today" }],
  ["the due day itself, after the hour: not late by days", "2026-04-16T18:00", "2026-04-16T17:00", { kind: "today" }],
  ["late since yesterday", "2026-04-17T08:00", "2026-04-16T17:00", { kind: "late", days: 1 }],
  [
    "due on Friday, looked at on Saturday: late, no working day since",
    "2026-04-18T08:00",
    "2026-04-17T17:00",
    { kind: "late", days: 0 },
  ],
  ["due on Friday, looked at on Monday", "2026-04-20T08:00", "2026-04-17T17:00", { kind: "late", days: 1 }],
])("%s", (_what, now, due, standing) => {
  expect(standingOf(at(due), at(now), calendar)).toEqual(standing);
});

const nothing = { received: false, originals: 0, copies: 0, later: false, files: 0 };
test.each([
  ["needed and not there", { required: true, mayFollowLater: false }, nothing, "missing"],
  [
    "needed, not there, may not follow though ticked so",
    { required: true, mayFollowLater: false },
    { ...nothing, later: true },
    "missing",
  ],
  ["needed, follows later", { required: true, mayFollowLater: true }, { ...nothing, later: true }, null],
  ["needed, there", { required: true, mayFollowLater: false }, { ...nothing, received: true, originals: 1 }, null],
  [
    "needed, scanned but not said to be there",
    { required: true, mayFollowLater: false },
    { ...nothing, files: 1 },
    "missing",
  ],
  [
    "needed, there as a file only",
    { required: true, mayFollowLater: false },
    { ...nothing, received: true, files: 1 },
    null,
  ],
  ["ticked, but none of it", { required: true, mayFollowLater: false }, { ...nothing, received: true }, "none"],
  ["not needed, not there", { required: false, mayFollowLater: false }, nothing, null],
  [
    "not needed, ticked, but none of it",
    { required: false, mayFollowLater: false },
    { ...nothing, received: true },
    "none",
  ],
])("a paper %s", (_what, paper, ticked, fault) => {
  expect(paperFault(paper, ticked)).toBe(fault);
});

test("a desk sees first what waits to be taken in, others what is in their own hands, a search everything", () => {
  expect(firstList(true, false)).toBe("cho-tiep-nhan");
  expect(firstList(false, false)).toBe("cua-toi");
  expect(firstList(true, true)).toBe("tat-ca");
});
