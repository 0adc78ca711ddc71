import { mkdtempSync, readdirSync, utimesSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentJobs, issuePaper, openPaper, printPaper, sweepFiles, verifyPaper } from "#documents/index.ts";
import { isWellFormedCode } from "#platform/codes.ts";
import { createPool, inTransaction } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { prepareQueue, startWorker } from "#platform/jobs.ts";
import { Refusal } from "#platform/refusal.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { ACCEPTED, addDossier, issue, makeWorld, paperOf, type World } from "./world.ts";

let world: World;
let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), "documents-"));
const filesLeft = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => one.name);

beforeAll(async () => {
  database = await testDatabase();
  const owner = createPool(database.ownerUrl, 1);
  await prepareQueue(owner);
  await owner.end();
  world = await makeWorld({ db: database.db, files: createDiskStore(folder), publicUrl: "https://dvc.example.vn" });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const refusalOf = async (work: Promise<unknown>): Promise<number | undefined> => {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  return error instanceof Refusal ? error.status : undefined;
};

describe("issuing", () => {
  test("a dossier has one slip however often it is asked for, and a job to draw it that exists only with it", async () => {
    const dossier = await addDossier(world);
    const paperId = await issue(world.desk, dossier);
    expect(await issue(world.desk, dossier)).toBe(paperId);
    const jobs = async (id: string): Promise<number> => {
      const owner = createPool(database.ownerUrl, 1);
      const { rowCount } = await owner.query(
        "SELECT 1 FROM graphile_worker.jobs WHERE key = $1 AND task_identifier = 'documents.print'",
        [`documents.print:${id}`],
      );
      await owner.end();
      return rowCount ?? 0;
    };
    expect(await jobs(paperId)).toBe(1);
    let lost = "";
    await inTransaction(world.desk, async (tx) => {
      const id = await addDossier(world);
      lost = (await issuePaper(world.desk, tx, id, { kind: "receipt_slip", agencyId: world.ward.id, linkCode: null }))
        .paperId;
      throw new Error("rolled back");
    }).catch(() => {});
    expect(await jobs(lost)).toBe(0);
  });

  test("a dossier that was not accepted cannot have a slip", async () => {
    const dossier = await addDossier(world);
    await world.db.dossier.update({
      where: { id: dossier },
      data: { code: null, acceptedAt: null, status: "submitted" },
    });
    await expect(issue(world.desk, dossier)).rejects.toThrow(/before it is accepted/);
  });
});

describe("printing", () => {
  test("what changes in the dossier afterwards does not change the paper: a second print is the same to the byte", async () => {
    const dossier = await addDossier(world);
    const paperId = await issue(world.desk, dossier);
    const { storageKey } = await printPaper(world.desk, paperId);
    const first = await buffer(await world.files.open(storageKey));
    await world.db.dossierParty.updateMany({ where: { dossierId: dossier }, data: { fullName: "Tên Khác" } });
    await world.db.feeLine.deleteMany({ where: { dossierId: dossier } });
    await world.db.dossier.update({ where: { id: dossier }, data: { dueAt: null } });
    await world.db.issuedPaper.update({ where: { id: paperId }, data: { state: "pending", storageKey: null } });
    const again = await printPaper({ ...world.desk, now: new Date("2026-08-01T00:00:00Z") }, paperId);
    expect((await buffer(await world.files.open(again.storageKey))).equals(first)).toBe(true);
  });

  test("job and counter at once make one file, and the loser's copy is gone", async () => {
    const paperId = await issue(world.desk, await addDossier(world));
    const before = filesLeft().length;
    const printed = await Promise.all(Array.from({ length: 5 }, () => printPaper(world.desk, paperId)));
    expect(new Set(printed.map(({ storageKey }) => storageKey)).size).toBe(1);
    expect(filesLeft().length).toBe(before + 1);
    await documentJobs(world)["documents.print"]({ paperId });
    expect(filesLeft().length).toBe(before + 1);
    expect(await paperOf(world.db, paperId)).toMatchObject({ state: "ready", storageKey: printed[0]?.storageKey });
  });

  test("the worker draws what was issued", async () => {
    const paperId = await issue(world.desk, await addDossier(world));
    const owner = createPool(database.ownerUrl, 3);
    const faults: unknown[] = [];
    const worker = await startWorker(owner, documentJobs(world), (error) => faults.push(error));
    await expect.poll(async () => (await paperOf(world.db, paperId)).state, { timeout: 8000 }).toBe("ready");
    await worker.stop();
    await owner.end();
    expect(faults).toEqual([]);
  });

  test("a paper whose stored content was altered is neither printed nor verified", async () => {
    const paperId = await issue(world.desk, await addDossier(world));
    const { snapshot, token } = await paperOf(world.db, paperId);
    await world.db.issuedPaper.update({
      where: { id: paperId },
      data: { snapshot: { ...(snapshot as object), dueAt: "2030-01-01T00:00:00.000Z" } },
    });
    await expect(printPaper(world.desk, paperId)).rejects.toThrow(/not as it was issued/);
    expect(await refusalOf(verifyPaper(world, token))).toBe(404);
  });
});

describe("who may open a paper", () => {
  test("whose file was lost is drawn anew and says the same", async () => {
    const paperId = await issue(world.desk, await addDossier(world));
    const text = async () => buffer((await openPaper(world.desk, paperId)).stream);
    const before = await text();
    const { storageKey } = await paperOf(world.db, paperId);
    await world.files.remove(storageKey ?? "");
    expect((await text()).length).toBe(before.length);
    expect((await paperOf(world.db, paperId)).state).toBe("ready");
  });

  test("the desk and the applicant, and with the worker stopped it is drawn for them; everybody else does not find it", async () => {
    const dossier = await addDossier(world);
    const paperId = await issue(world.desk, dossier);
    const paper = await openPaper(world.desk, paperId);
    expect((await buffer(paper.stream)).subarray(0, 5).toString()).toBe("%PDF-");
    expect(paper).toMatchObject({
      mediaType: "application/pdf",
      name: expect.stringMatching(/^Giấy tiếp nhận hồ sơ và hẹn trả kết quả H37\.05977-260203-\d{4}\.pdf$/),
    });
    (await openPaper(world.applicant, paperId)).stream.destroy();
    for (const ctx of [
      world.stranger,
      world.elsewhere,
      { ...world.desk, actor: { kind: "visitor" } as const },
      { ...world.desk, actor: { kind: "admin", accountId: "x", name: "x" } as never },
    ])
      expect(await refusalOf(openPaper(ctx, paperId))).toBe(404);
    for (const id of ["x", "../x", "00000000-0000-0000-0000-000000000000"])
      expect(await refusalOf(openPaper(world.desk, id))).toBe(404);
  });

  test("an officer of another agency may open it once a step of the dossier is there", async () => {
    const dossier = await addDossier(world);
    const paperId = await issue(world.desk, dossier);
    expect(await refusalOf(openPaper(world.elsewhere, paperId))).toBe(404);
    await world.db.stepRun.create({
      data: {
        dossierId: dossier,
        stepId: "a",
        lead: true,
        role: "officer",
        agencyId: world.otherWard.id,
        openedAt: ACCEPTED,
      },
    });
    (await openPaper(world.elsewhere, paperId)).stream.destroy();
  });
});

describe("verifying", () => {
  test("a token shows the paper and nothing of the person, also as people type it", async () => {
    const { token, fingerprint } = await paperOf(world.db, await issue(world.desk, await addDossier(world)));
    expect(isWellFormedCode(token)).toBe(true);
    const found = await verifyPaper(world, ` ${token.slice(0, 4)}-${token.slice(4).toLowerCase()}`);
    expect(found).toMatchObject({
      title: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
      agency: "Ủy ban nhân dân phường Kỳ Lừa",
      fingerprint,
      issuedAt: ACCEPTED,
    });
    expect(JSON.stringify(found)).not.toMatch(/Nguyễn|0912|0201900/);
  });

  test("nothing, a typing error and 10.000 letters are no paper's token", async () => {
    for (const token of ["", "x", "22222222222222", "' OR 1=1 --", "a".repeat(10_000)])
      expect(await refusalOf(verifyPaper(world, token))).toBe(404);
  });
});

test("the sweep removes what no row names and spares attachments, papers and results", async () => {
  const paperId = await issue(world.desk, await addDossier(world));
  const { storageKey: printed } = await printPaper(world.desk, paperId);
  const attached = await world.files.write(Buffer.from("attached"));
  await world.db.attachment.updateMany({
    where: { dossierId: await addDossier(world) },
    data: { storageKey: attached },
  });
  const result = await world.files.write(Buffer.from("result"));
  await world.db.result.create({
    data: {
      dossierId: await addDossier(world),
      title: "Giấy khai sinh",
      issuerAgencyId: world.ward.id,
      storageKey: result,
      createdAt: ACCEPTED,
    },
  });
  const orphan = await world.files.write(Buffer.from("rolled back"));
  const old = new Date(Date.now() - 30 * 3_600_000);
  for (const key of [printed, attached, result, orphan])
    utimesSync(join(folder, key.slice(0, 2), key.slice(2, 4), key), old, old);
  expect(await sweepFiles({ ...world, now: new Date() })).toEqual({ staged: 0, stored: 1 });
  expect(await refusalOf(world.files.open(orphan))).toBe(404);
  for (const key of [printed, attached, result]) (await world.files.open(key)).destroy();
});
