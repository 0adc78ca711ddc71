import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import express from "express";
import { expect, test } from "vitest";
import { createLive, tellChange } from "#platform/live.ts";
import { Client } from "../support/client.ts";
import { testDatabase } from "../support/database.ts";
import { atEnd } from "../support/ending.ts";
import { follow } from "../support/stream.ts";

const { db, pool } = await testDatabase();
/** Large enough that nobody's buffers hold many of it. */
const filler = "x".repeat(1_000_000);

async function serve(pace: { heartbeat: number; stalled: number }) {
  const live = createLive(pool, () => {}, { gather: 1, retry: 50, ...pace });
  let state = 0;
  const app = express();
  app.get("/x", (_req, res) => live.follow(res, { topic: "x", load: async () => state, show: (n: number) => ({ n }) }));
  app.get("/large", (_req, res) =>
    live.follow(res, { topic: "x", load: async () => state, show: (n: number) => ({ n, filler }) }),
  );
  const server = await new Promise<Server>((done) => {
    const listening = app.listen(0, "127.0.0.1", () => done(listening));
  });
  atEnd(() => {
    live.end();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const change = async (): Promise<number> => {
    state++;
    await tellChange(db, "x");
    return state;
  };
  return { live, change, port, client: new Client(`http://127.0.0.1:${port}`) };
}

type Sent = { n: number };

test("whoever follows is sent the state at once, and again when any process says that it changed; the same is not sent twice", async () => {
  const { live, change, client } = await serve({ heartbeat: 20, stalled: 1000 });
  const one = follow<Sent>(client, "/x");
  await one.until(({ n }) => n === 0);
  await change();
  await one.until(({ n }) => n === 1);
  await change();
  await one.until(({ n }) => n === 2);
  expect(one.sent.map(({ n }) => n)).toEqual([0, 1, 2]);
  expect(live.followers).toBe(1);
  await one.stop();
  await expect.poll(() => live.followers).toBe(0);
});

test("a lost listening connection is made again, and nothing that changed meanwhile is missed", async () => {
  const { change, client } = await serve({ heartbeat: 60_000, stalled: 60_000 });
  const one = follow<Sent>(client, "/x");
  await one.until(({ n }) => n === 0);
  await db.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
  await change();
  await one.until(({ n }) => n === 1);
  await one.stop();
});

test("a reader who has stopped reading is let go; the others hear everything", async () => {
  const { live, change, port, client } = await serve({ heartbeat: 10, stalled: 20 });
  const stalled = connect(port, "127.0.0.1");
  stalled.on("error", () => {});
  await new Promise<void>((done) => stalled.on("connect", () => done()));
  stalled.pause();
  stalled.write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  const one = follow<Sent>(client, "/x");
  await one.until(({ n }) => n === 0);
  await expect.poll(() => live.followers).toBe(2);
  let last = 0;
  while (live.followers > 1) {
    last = await change();
    await one.until(({ n }) => n === last);
  }
  await change();
  await one.until(({ n }) => n === last + 1);
  stalled.destroy();
  await one.stop();
});
