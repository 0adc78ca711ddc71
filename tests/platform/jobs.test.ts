import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { openWire } from "#dev/drills/wire.ts";
import { createPool } from "#platform/db.ts";
import { enqueue, prepareQueue, startWorker } from "#platform/jobs.ts";
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
