import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { audit, tellAudit, totals } from "#dev/drills/audit.ts";
import { judge } from "#dev/drills/steady.ts";
import { createPool } from "#platform/db.ts";
import { prepareQueue } from "#platform/jobs.ts";
import { testDatabase } from "../support/database.ts";

const { url, ownerUrl } = await testDatabase();
const place = { ownerUrl, appUrl: url, dataDir: tmpdir() };
const owner = createPool(ownerUrl, 2);
beforeAll(() => prepareQueue(owner));
afterAll(() => owner.end());

const nothing = { filed: [], accepted: new Map(), moved: [], trouble: new Map(), stuck: [] };

test("what people were told is done, and stands nowhere, is counted as lost and named", async () => {
  const found = await audit(
    place,
    owner,
    {
      ...nothing,
      filed: [{ reference: "7KQM2XWT", draftId: "1", files: ["00"] }],
      accepted: new Map([["7KQM2XWT", "H37.05977-261123-0001"]]),
      stuck: ["filing: 404"],
    },
    new Map(),
  );
  expect(totals(found)).toEqual({ lost: 3, twice: 0 });
  for (const named of ["7KQM2XWT: the dossier", "its code H37.05977-261123-0001", "filing: 404"])
    expect(tellAudit(found)).toContain(named);
});

test("a mail that came twice is told, and is neither lost nor an error", async () => {
  const found = await audit(place, owner, nothing, new Map([["<01a203de-9a6d-745d-85c6-49762eb514ff@x>", 2]]));
  expect(totals(found)).toEqual({ lost: 0, twice: 0 });
  expect(tellAudit(found)).toContain("mails that came more than once (same Message-ID): 1");
});

/** A run of two minutes, the memory of each second told by `at`. */
const run = (at: (second: number) => number, last = {}) => {
  const all = Array.from({ length: 121 }, (_, second) => ({
    minutes: second / 60,
    megabytes: at(second),
    handles: 30,
    connections: 10,
  }));
  return all.map((one, i) => (i === 120 ? { ...one, ...last } : one));
};
const sawTooth = (second: number) => 200 + (second % 10) * 6;

test.each([
  ["memory beyond its bound", run(() => 200, { megabytes: 301 }), ["memory: 301 MB, 300 allowed"]],
  ["memory that is never given back", run((second) => 150 + second), ["memory grows: 40 MB, 25 allowed"]],
  ["memory that grows while it warms up", run((second) => 150 + Math.min(second, 35) * 3), []],
  ["memory that a crowd took for a while", run((second) => (second > 70 && second < 90 ? 290 : 200)), []],
  ["handles that are not given back", run(sawTooth, { handles: 200 }), ["handles: 30 at first, 200 at last"]],
  ["more connections than the pools may open", run(sawTooth, { connections: 26 }), ["connections: 26"]],
  ["a process as it was", run(sawTooth), []],
])("what a process holds is judged: %s", (_what, samples, findings) => {
  expect(judge(samples).findings).toEqual(findings);
});
