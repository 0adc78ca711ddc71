import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeRegisters, issuePaper } from "#documents/index.ts";
import { createPool, inTransaction } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { prepareQueue } from "#platform/jobs.ts";
import { Refusal } from "#platform/refusal.ts";
import { withClient } from "../../src/dev/database.mjs";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { addDossier, issue, makeWorld, paperOf, type World } from "./world.ts";

let world: World;
let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), "registers-"));

beforeAll(async () => {
  database = await testDatabase();
  const owner = createPool(database.ownerUrl, 1);
  await prepareQueue(owner);
  await owner.end();
  world = await makeWorld({ db: database.db, files: createDiskStore(folder), publicUrl: "https://dvc.example.vn" });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (instant: string) => ({ ...world.desk, now: new Date(instant) });
const numberOf = async (ctx: World["desk"], agencyId = world.ward.id): Promise<[number, number]> => {
  const { year, number } = await paperOf(world.db, await issue(ctx, await addDossier(world, { agencyId })));
  return [year, number];
};

test("numbers of an agency follow each other without a gap when twenty are issued at once and every other one is rolled back", async () => {
  const agencyId = world.otherWard.id;
  const dossiers = await Promise.all(Array.from({ length: 20 }, () => addDossier(world, { agencyId })));
  await Promise.all(
    dossiers.map((id, i) =>
      inTransaction(world.desk, async (tx) => {
        await issuePaper(world.desk, tx, id, { kind: "receipt_slip", agencyId, linkCode: null });
        if (i % 2 === 1) throw new Error("rolled back");
      }).catch((error: Error) => expect(error.message).toBe("rolled back")),
    ),
  );
  const papers = await world.db.issuedPaper.findMany({ where: { agencyId }, orderBy: { number: "asc" } });
  expect(papers.map(({ number }) => number)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
});

test("each agency, kind and year in Viet Nam begins at 1, and the first of a year closes the register before it", async () => {
  expect(await numberOf(world.desk)).toEqual([2026, 1]);
  expect(await numberOf(world.desk)).toEqual([2026, 2]);
  await inTransaction(world.desk, async (tx) => {
    const id = await addDossier(world);
    await issuePaper(world.desk, tx, id, { kind: "control_slip", agencyId: world.ward.id });
    const slip = await tx.issuedPaper.findFirstOrThrow({ where: { dossierId: id } });
    expect(slip.number).toBe(1);
  });
  // 17:30 UTC of 31/12 is already the next year here.
  expect(await numberOf(at("2026-12-31T17:30:00Z"))).toEqual([2027, 1]);
  const late = numberOf(at("2026-12-31T16:59:00Z"));
  await expect(late).rejects.toThrow(Refusal);
  await expect(late).rejects.toMatchObject({ status: 409, reason: "documents.refused.registerClosed" });
  // The lawful way: the paper takes number and date of the year in which it is issued.
  expect(await numberOf(at("2026-12-31T17:31:00Z"))).toEqual([2027, 2]);
});

test("registers of years that are over are closed by the clock, too, and a closed one is never opened or changed", async () => {
  const agencyId = world.otherWard.id;
  expect(await closeRegisters(at("2026-12-31T16:59:00Z"))).toBe(0);
  expect(await closeRegisters(at("2026-12-31T17:00:00Z"))).toBeGreaterThan(0);
  expect(await closeRegisters(at("2026-12-31T17:00:00Z"))).toBe(0);
  await expect(numberOf(at("2026-12-30T00:00:00Z"), agencyId)).rejects.toMatchObject({ status: 409 });
  for (const change of [`value = value + 1`, `"closedAt" = NULL`, `year = 2030`])
    await expect(
      withClient(database.url, (client) =>
        client.query(`UPDATE number_series SET ${change} WHERE "closedAt" IS NOT NULL`),
      ),
    ).rejects.toThrow(/may not be changed so/);
  await expect(
    withClient(database.url, (client) => client.query('UPDATE number_series SET value = 0 WHERE "closedAt" IS NULL')),
  ).rejects.toThrow(/may not be changed so/);
});
