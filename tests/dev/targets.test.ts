import { expect, test } from "vitest";
import { linesOf, notesOf, tableOf } from "../../src/dev/targets/table.mjs";

const NOTHING = { bench: null, growth: null, register: null };
const bench = {
  hasCatalogue: true,
  cells: [
    { name: "home", ratio: 0.4, low: 0.3, high: 0.5, least: 0.4 },
    { name: "search", ratio: 0.59, low: 0.5, high: 0.6, least: 0.6 },
  ],
  acts: [
    { name: "acceptance", p50: 10, bare: 1 },
    { name: "acceptance and its receipt slip in hand", p50: 10, bare: 7, least: 0.7 },
    { name: "the two together", p50: 10, bare: 6.9, least: 0.7 },
  ],
  bursts: [
    { name: "acceptance", rps: 40, bareRps: 100, ratio: 0.4, low: 0.2, high: 0.5, least: 0.4 },
    { name: "submission without files", rps: 34, bareRps: 100, ratio: 0.34, low: 0.2, high: 0.5, least: 0.35 },
  ],
  startMs: 5001,
  cold: { portalMs: 1000, portalPageMs: 1200, bareMs: 400 },
  idleMegabytes: 131,
  before: { pages: 180, acts: 220 },
  megabytes: 242,
};
const stage = (size: number, ms: number) => ({
  size,
  asked: [
    { name: "open work, first page", ms, p95: ms + 1 },
    { name: "search: a full name", ms: ms * 2, p95: ms * 5 },
    { name: "counts of every list", ms: 1, p95: 50.1 },
  ],
  pages: [{ name: "visitor: home", ms: 7 * ms }],
});
const growth = {
  runs: 40,
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
    "acceptance, 16 at once, the transaction alone": true,
    "submission without files, 16 at once, the transaction alone": false,
    "acceptance and its receipt slip in hand": true,
    "submission with two files of 1 MB, in two requests": false,
    "procedure page": null,
    "one process from nothing to its first answer": true,
    "`npm start` to the first page": false,
    "memory of a process after its start": false,
    "memory after the run": true,
    "memory that it grows by when its pages are read a second time": true,
  });
  expect(verdicts(linesOf({ ...NOTHING, bench: { ...bench, megabytes: 242.1 } }))).toMatchObject({
    "memory that it grows by when its pages are read a second time": false,
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
    "worst list or lookup at 100,000, counts apart, in the database, 95th percentile of 40": false,
    "worst search for a name at 100,000, likewise": true,
    "worst question of all at 100,000, likewise": false,
  });
});

test("what the figures are to be read with is said under them", () => {
  const ending = { script: "bench", code: 0, named: null, isLate: false };
  expect(notesOf(bench, [ending], 1)).toEqual([]);
  expect(notesOf(null, [], 0)).toEqual([]);
  const notes = notesOf(
    { ...bench, hasCatalogue: false },
    [
      { ...ending, code: 1, named: "worklist: 0.42 of the bare page, 0.5 wanted" },
      { ...ending, script: "register:load", code: 1 },
      { ...ending, script: "generate", code: null, isLate: true },
    ],
    1.26,
  );
  expect(notes).toEqual([
    expect.stringContaining("catalogue's file was not at hand"),
    expect.stringContaining("1.3 other processes"),
    "npm run bench refuses: worklist: 0.42 of the bare page, 0.5 wanted.",
    expect.stringContaining("npm run register:load failed (1)"),
    expect.stringContaining("npm run generate was ended"),
  ]);
  expect(tableOf(NOTHING, notes).split("\n\n").slice(2)).toEqual([...notes.slice(0, -1), `${notes.at(-1)}\n`]);
});
