import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { openWire } from "#dev/drills/wire.ts";
import { createPool } from "#platform/db.ts";
import { countJobs, enqueue, prepareQueue, startWorker } from "#platform/jobs.ts";
import { createLog } from "#platform/log.ts";
import { testDatabase } from "../support/database.ts";

const WAITING = { timeout: 15_000, interval: 50 };

test("what a failed job worked on stands neither in the queue nor in the log", async () => {
  const { db, ownerUrl } = await testDatabase();
  const owner = createPool(ownerUrl, 4);
  await prepareQueue(owner);
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => void lines.push(line) });
  const worker = await startWorker(
    owner,
    {
      // As a query inside a job: the database's own message repeats the value.
      "files.sweep": async () => void (await db.$queryRaw`SELECT ${"Nguyễn Thị Lan 020190000001"}::uuid`),
      "documents.print": async () => {},
    },
    (error) => log.error({ err: error }, "job"),
  );
  await enqueue(db, "files.sweep", {});
  let rows: { last_error: string | null }[] = [];
  for (let i = 0; i < 100 && !rows[0]?.last_error; i++) {
    await wait(50);
    ({ rows } = await owner.query("SELECT last_error FROM graphile_worker.jobs"));
  }
  await worker.stop();
  await owner.end();
  expect(rows[0]?.last_error).toMatch(/PrismaClientKnownRequestError P\d+/);
  expect(lines.join("")).toContain("PrismaClientKnownRequestError");
  for (const told of [rows[0]?.last_error ?? "", lines.join("")]) expect(told).not.toMatch(/Lan|020190000001/);
});

test("a job that was in hand when the database went, and those after it, are done when it is back", async () => {
  const { db, ownerUrl } = await testDatabase();
  const wire = await openWire(ownerUrl);
  const pool = createPool(wire.through(ownerUrl), 4);
  await prepareQueue(pool);
  const done: string[] = [];
  let goOn = (): void => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const worker = await startWorker(
    pool,
    {
      "files.sweep": async () => {
        done.push("begun");
        await held;
      },
      "filing.tidy": async () => void done.push("tidied"),
    },
    () => {},
  );
  await enqueue(db, "files.sweep", {});
  await vi.waitFor(() => expect(done).toEqual(["begun"]), WAITING);
  wire.cut();
  goOn();
  await wait(1000);
  await enqueue(db, "filing.tidy", {});
  wire.mend();
  // Whatever could not be noted as done is done again: jobs may run twice.
  await vi.waitFor(() => expect(done).toContain("tidied"), WAITING);
  const left = async () => (await pool.query("SELECT task_identifier, locked_by FROM graphile_worker.jobs")).rows;
  await vi.waitFor(async () => expect(await left()).toEqual([]), WAITING);
  await worker.stop();
  await pool.end();
  await wire.end();
});

test("a job that fails when a newer one of its key waits is not counted as given up, and leaves nothing behind", async () => {
  const { db, ownerUrl } = await testDatabase();
  const owner = createPool(ownerUrl, 4);
  await prepareQueue(owner);
  const done: string[] = [];
  let fail = (): void => {};
  const first = new Promise<void>((_, refuse) => {
    fail = () => refuse(new Error("the scanner is away"));
  });
  const handlers = { "files.sweep": () => (done.push("run") === 1 ? first : Promise.resolve()) };
  const worker = await startWorker(owner, handlers, () => {});
  await enqueue(db, "files.sweep", {}, "files.sweep");
  await vi.waitFor(() => expect(done).toHaveLength(1), WAITING);
  await enqueue(db, "files.sweep", {}, "files.sweep");
  await vi.waitFor(() => expect(done).toHaveLength(2), WAITING);
  fail();
  const errors = () => owner.query("SELECT FROM graphile_worker.jobs WHERE last_error IS NOT NULL");
  await vi.waitFor(async () => expect((await errors()).rowCount).toBe(1), WAITING);
  expect(await countJobs(owner)).toMatchObject({ waiting: 0, failed: 0 });
  await worker.stop();
  // One without a key, tried as often as it may be, is one that was given up.
  await enqueue(db, "files.sweep", {});
  await owner.query("UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE last_error IS NULL");
  const next = await startWorker(owner, handlers, () => {});
  expect(await countJobs(owner)).toMatchObject({ waiting: 0, failed: 1 });
  expect((await errors()).rowCount).toBe(0);
  await next.stop();
  await owner.end();
});
