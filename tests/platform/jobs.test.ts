import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { createPool } from "#platform/db.ts";
import { enqueue, prepareQueue, startWorker } from "#platform/jobs.ts";
import { createLog } from "#platform/log.ts";
import { testDatabase } from "../support/database.ts";

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
