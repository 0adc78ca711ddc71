import { afterAll, expect, test } from "vitest";
import { DEMO_PASSWORD, demoOfficers } from "#dev/demo.ts";
import { openWire } from "#dev/drills/wire.ts";
import { createDb, createPool, inTransaction } from "#platform/db.ts";
import { askReplica, attachReplica } from "#platform/replica.ts";
import { startTestApp } from "../support/app.ts";
import { provinceDatabase } from "../support/province.ts";

const database = await provinceDatabase();
const wire = await openWire(database.url);
// As a standby does, it refuses every change.
const readOnly = new URL(wire.through(database.url));
readOnly.searchParams.set("options", "-c default_transaction_read_only=on");
const pool = createPool(readOnly.href, 2);
const replica = createDb(pool);
attachReplica(database.db, replica);
afterAll(async () => {
  await replica.$disconnect();
  await pool.end();
  await wire.end();
});
const asked: string[] = [];
pool.on("connect", (client) => {
  const ask = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((...args: unknown[]) => {
    asked.push(typeof args[0] === "string" ? args[0] : (args[0] as { text: string }).text);
    return ask(...args);
  }) as typeof client.query;
});
const portal = await startTestApp({ database });

const where = (db: typeof database.db) =>
  db.$queryRaw<{ is: string }[]>`SELECT current_setting('default_transaction_read_only') AS is`.then(
    ([row]) => row?.is,
  );

test("figures of an agency are asked of the copy, and nothing else is", async () => {
  const leader = await portal.signIn(demoOfficers.dongKinhLeader.username, DEMO_PASSWORD);
  expect((await leader.get("/mot-cua")).status).toBe(200);
  expect(asked).toEqual([]);
  const page = await leader.get("/mot-cua/ket-qua-xu-ly");
  expect(page.status).toBe(200);
  expect(asked.filter((text) => text.includes("step_runs"))).toHaveLength(2);
});

test("what a transaction wrote is looked for in it, not in the copy", async () => {
  expect(await askReplica(database, where)).toBe("on");
  expect(await inTransaction(database, (tx) => askReplica({ db: tx as typeof database.db }, where))).toBe("off");
});

test("when the copy is away the database itself is asked, and the copy left alone for a while", async () => {
  wire.cut();
  expect(await askReplica(database, where)).toBe("off");
  wire.mend();
  expect(await askReplica(database, where)).toBe("off");
});
