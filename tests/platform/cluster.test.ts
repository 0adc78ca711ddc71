import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test, vi } from "vitest";
import { publishNotice } from "#content/index.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { now } from "#platform/clock.ts";
import { systemContext } from "#platform/context.ts";
import type { FileStore } from "#platform/files.ts";
import { Client } from "../support/client.ts";
import { atEnd } from "../support/ending.ts";
import { sameAt, startProcesses } from "../support/processes.ts";
import { startProgram } from "../support/programs.ts";
import { provinceDatabase } from "../support/province.ts";

const WAITING = { timeout: 60_000, interval: 200 };
const database = await provinceDatabase();
// While the file is read: what is begun in a hook of a part would not be ended after it.
const processes = await startProcesses(3, database, { RATE_LIMITS: "on" });

const ANSWER_MS = 20_000;
const ASKERS = 8;

/** On a connection of its own, as behind a proxy that does not keep any. @throws where nobody answers */
const get = (url: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    request(url, { agent: false, signal: AbortSignal.timeout(ANSWER_MS) }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), reject);
    })
      .on("error", reject)
      .end();
  });

describe("three processes on one database", () => {
  const at = (i: number): string => processes[i % processes.length]?.base ?? "";

  test("who signed in at one is known at all, and who signed out at one is out everywhere", async () => {
    const browser = new Client(at(0));
    await browser.post("/dang-nhap", { username: demoCitizens.lan.phone, password: DEMO_PASSWORD });
    for (const i of [0, 1, 2]) expect((await sameAt(at(i), browser).get("/ca-nhan/ho-so")).path).toBe("/ca-nhan/ho-so");
    await sameAt(at(1), browser).post("/dang-xuat");
    for (const i of [0, 1, 2])
      expect((await sameAt(at(i), browser).get("/ca-nhan/ho-so")).path).toMatch(/^\/dang-nhap/);
  });

  test("wrong passwords are counted together, wherever they are tried", async () => {
    const { username } = demoOfficers.dongKinhClerk;
    let tries = 0;
    for (let status = 422; status !== 429 && tries < 30; tries++)
      ({ status } = await new Client(at(tries)).post("/dang-nhap", { username, password: `sai ${tries}` }));
    expect(tries).toBeLessThan(30);
    // Nobody has a try left at any of them: each on its own would have.
    for (const i of [0, 1, 2])
      expect((await new Client(at(i)).post("/dang-nhap", { username, password: "lại sai" })).status).toBe(429);
  });

  test("a notice published elsewhere is shown by all of them, also by those that had shown the page before", async () => {
    const shows = async (i: number) => (await new Client(at(i)).get("/thong-bao")).text.includes("Nghỉ lễ Quốc khánh");
    for (const i of [0, 1, 2]) expect(await shows(i)).toBe(false);
    const system = systemContext({ db: database.db, files: {} as FileStore, publicUrl: at(0) }, now(), "test");
    const times = { shownFrom: now(), shownUntil: null, outageFrom: null, outageTo: null };
    const words = { titleVi: "Nghỉ lễ Quốc khánh", bodyVi: "Các bàn tiếp nhận nghỉ.", titleEn: "", bodyEn: "" };
    await publishNotice(system, { ...words, ...times, kind: "news" });
    for (const i of [0, 1, 2]) await vi.waitFor(async () => expect(await shows(i)).toBe(true), WAITING);
  });
});

describe("a cluster on one port", () => {
  test("is replaced process by process while every request is answered", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
    atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const program = startProgram(
      "cluster",
      {
        PATH: process.env["PATH"],
        DATABASE_URL: database.url,
        DATABASE_OWNER_URL: database.ownerUrl,
        DATA_DIR: folder,
        PORT: "0",
        WORKER: "off",
        LOG_LEVEL: "info",
      },
      ["--processes", "2"],
    );
    const ended = new Promise((done) => program.on("close", done));
    atEnd(async () => {
      program.kill("SIGTERM");
      await ended;
    });
    let output = "";
    for (const stream of [program.stdout, program.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
      });
    const pids = () => [...output.matchAll(/process (\d+) answers/g)].map(([, pid]) => pid);
    await vi.waitFor(() => expect(pids().length, output).toBe(2), WAITING);
    const base = /http:\/\/localhost:\d+/.exec(output)?.[0] ?? "";
    const statuses = new Map<number, number>();
    let isOver = false;
    const ask = async (): Promise<void> => {
      while (!isOver) {
        const { status, body } = await get(`${base}/thu-tuc`);
        expect(body).toContain("</html>");
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const asking = Promise.all(Array.from({ length: ASKERS }, ask));
    program.kill("SIGHUP");
    await Promise.race([asking, vi.waitFor(() => expect(output).toContain("all processes are new"), WAITING)]);
    isOver = true;
    await asking;
    expect(new Set(pids()).size).toBe(4);
    expect([...statuses.keys()]).toEqual([200]);
    program.kill("SIGTERM");
    expect(await ended).toBe(0);
  }, 90_000);
});
