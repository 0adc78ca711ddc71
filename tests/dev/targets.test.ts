import { expect, test } from "vitest";
import { linesOf, tableOf } from "../../src/dev/targets/table.mjs";

const NOTHING = { bench: null, growth: null, register: null };
const bench = {
  cells: [
    { name: "home", ratio: 0.4, low: 0.3, high: 0.5, least: 0.4 },
    { name: "search", ratio: 0.59, low: 0.5, high: 0.6, least: 0.6 },
  ],
  acts: [{ name: "acceptance", p50: 10, bare: 4, least: 0.4 }],
  startMs: 5001,
  cold: { portalMs: 1000, bareMs: 400 },
  idleMegabytes: 131,
  megabytes: 249,
};
const stage = (size: number, ms: number) => ({
  size,
  asked: [
    { name: "open work, first page", ms },
    { name: "search: a full name", ms: ms * 2 },
    { name: "counts of every list", ms: 1 },
  ],
  pages: [{ name: "visitor: home", ms: 7 * ms }],
});
const growth = {
  stages: [stage(10_000, 1), stage(100_000, 3)],
  board: { board: 2, limit: 1, counted: 200 },
  bounds: { growth: 1.5, noiseMs: { asked: 2, page: 8 } },
};
const register = {
  found: [{ format: "csv", rows: 100_000, seconds: 2, above: 41 }],
  limits: { csv: 1, xlsx: 1 },
};

const verdicts = (lines: ReturnType<typeof linesOf>) =>
  Object.fromEntries(lines.map(({ what, isHeld }) => [what, isHeld]));

test("what was not measured is neither held nor missed", () => {
  expect(linesOf(NOTHING).every(({ isHeld }) => isHeld === null)).toBe(true);
  expect(tableOf(NOTHING)).toContain("\n0 held, 0 missed, ");
});

test("each target is held at its very number, and missed beyond it", () => {
  expect(verdicts(linesOf({ ...NOTHING, bench }))).toMatchObject({
    home: true,
    search: false,
    acceptance: true,
    "procedure page": null,
    "one process from nothing to its first page": true,
    "`npm start` to the first page": false,
    "memory of a process after its start": false,
    "memory after the run": true,
  });
  expect(verdicts(linesOf({ ...NOTHING, register }))).toMatchObject({
    "100,000 lines as CSV, whole job": true,
    "100,000 lines as XLSX, whole job": null,
  });
});

test("growth names what grew, beyond what the clock alone makes different", () => {
  const lines = linesOf({ ...NOTHING, growth });
  expect(lines.find(({ what }) => what.includes("growth"))).toMatchObject({
    found: "all but open work, first page 3.0, search: a full name 3.0, visitor: home 3.0",
    isHeld: false,
  });
  expect(verdicts(lines)).toMatchObject({
    "leaders' board of every agency's year at 100,000": false,
    "the same beside counting all dossiers": true,
    "worst list or lookup at 100,000, counts apart, in the database, quickest of seven": false,
    "worst search for a name at 100,000, likewise": true,
    "worst question of all at 100,000, likewise": true,
  });
});
