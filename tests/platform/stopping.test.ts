import { mkdtempSync, rmSync, statSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";
import { startProgram } from "../support/programs.ts";

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

function run(environment: Record<string, string>) {
  const child = startProgram("main", {
    PATH: process.env["PATH"],
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "info",
    ...environment,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, output })),
  );
  const address = async (): Promise<string> => {
    for (let i = 0; i < 300; i++) {
      const found = /http:\/\/localhost:\d+/.exec(output);
      if (found) return found[0];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`did not start:\n${output}`);
  };
  return { child, ended, address, said: () => output };
}

describe("the process", { timeout: 60_000 }, () => {
  test("asked to stop, it ends what is under way, closes idle connections and goes", async () => {
    const { child, ended, address } = run({ DEMO: "true" });
    const base = await address();
    expect(statSync(join(folder, "session-secret")).mode & 0o777).toBe(0o600);
    const agent = new Agent({ keepAlive: true });
    const body = new URLSearchParams({ username: "0912345678", password: "không có ai" }).toString();
    const under = new Promise<number | undefined>((resolve, reject) => {
      const sent = request(`${base}/dang-nhap`, {
        method: "POST",
        agent,
        headers: { "content-type": "application/x-www-form-urlencoded", "content-length": body.length },
      });
      sent.on("response", (answer) => answer.resume().on("end", () => resolve(answer.statusCode)));
      sent.on("error", reject);
      sent.write(body.slice(0, 10));
      setTimeout(() => child.kill("SIGTERM"), 300);
      setTimeout(() => sent.end(body.slice(10)), 900);
    });
    expect(await under).toBe(422);
    const { code } = await ended;
    expect(code).toBe(0);
    agent.destroy();
  });

  test("asked twice, it goes at once", async () => {
    const { child, ended, address } = run({});
    const base = await address();
    const held = request(`${base}/dang-nhap`, { method: "POST", headers: { "content-length": 10 } });
    held.on("error", () => {});
    held.write("a");
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill("SIGINT");
    expect((await ended).code).toBe(1);
  });

  test("a wrong environment is named, each value, and nothing starts", async () => {
    const { code, output } = await run({ PORT: "ba nghìn", PROVINCE: "Lạng Sơn", WORKER: "maybe" }).ended;
    expect(code).toBe(78);
    expect(output).toContain(
      'PORT: phải là số từ 0 đến 65535 / must be a number from 0 to 65535; hiện là / now: "ba nghìn"',
    );
    expect(output).toContain("PROVINCE:");
    expect(output).toContain("WORKER:");
  });

  test("production asks for a secret, offers the first administrator a link, and refuses demo people", async () => {
    const production = {
      NODE_ENV: "production",
      CLAMAV: "off",
      SESSION_SECRET: "a secret of this test alone, long enough",
    };
    expect((await run({ NODE_ENV: "production" }).ended).output).toContain("SESSION_SECRET");
    const { child, ended, said } = run({ ...production, PUBLIC_URL: "" });
    await expect.poll(said, { timeout: 30_000 }).toMatch(/http:\/\/localhost:\d+\/kich-hoat\/[\w-]{32}/);
    child.kill("SIGTERM");
    await ended;
    await database.db.setting.create({ data: { key: "demo", value: true } });
    const refused = await run(production).ended;
    expect([refused.code, refused.output]).toEqual([78, expect.stringContaining("demo people")]);
    await database.db.setting.delete({ where: { key: "demo" } });
  });
});
