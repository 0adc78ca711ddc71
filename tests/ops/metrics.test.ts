import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createPool } from "#platform/db.ts";
import { prepareQueue, startWorker } from "#platform/jobs.ts";
import { createLog } from "#platform/log.ts";
import { createClamav } from "#platform/scanner.ts";
import { type Watch, watchQueries } from "#platform/watch.ts";
import { root } from "../../src/dev/project.mjs";
import { observe } from "../../src/ops/observability/observe.ts";
import { startTestApp } from "../support/app.ts";
import { provinceDatabase } from "../support/province.ts";

const database = await provinceDatabase();
const owner = createPool(database.ownerUrl, 4);
await prepareQueue(owner);
const logged: Record<string, unknown>[] = [];
const log = createLog("info", { write: (line) => void logged.push(JSON.parse(line)) });
const surroundings = { db: database.db, files: {} as never, publicUrl: "" };
const parts = {
  surroundings,
  pools: { main: database.pool, sessions: database.pool, owner },
  migrations: join(root, "prisma/migrations"),
  log,
};
const observed = await observe({
  ...parts,
  config: { metrics: { host: "127.0.0.1", port: 0 }, slowQueryMs: 200 },
});
if (!observed) throw new Error("nobody observes");
const { address } = observed;
const asked = new Set<string | null>();
const watch: Watch = {
  ...observed.watch,
  query: (seen) => {
    asked.add(seen.route);
    observed.watch.query(seen);
  },
};
watchQueries(database.pool, watch);
const portal = await startTestApp({ database, watch });
afterAll(async () => {
  await observed.close();
  await owner.end();
});

const metrics = async (): Promise<string> => (await fetch(`${address}/metrics`)).text();
const numberIn = (text: string, line: string): number =>
  Number(
    text
      .split("\n")
      .find((one) => one.startsWith(`${line} `))
      ?.split(" ")
      .at(-1),
  );

/** Figures of the database are kept for a while: this is the first to ask. */
test("jobs are timed by kind and outcome, and what waits in the queue is counted", async () => {
  let isDone = () => {};
  const done = new Promise<void>((resolve) => {
    isDone = resolve;
  });
  await owner.query("SELECT graphile_worker.add_job('files.sweep')");
  await owner.query("SELECT graphile_worker.add_job('filing.tidy', run_at => now() - interval '1 hour')");
  const failing = async () => {
    isDone();
    throw new Error("x");
  };
  const worker = await startWorker(owner, { "files.sweep": failing }, () => {}, watch);
  await done;
  await worker.stop();
  const text = await metrics();
  expect(numberIn(text, 'mot_cua_job_seconds_count{job="files.sweep",outcome="failed"}')).toBe(1);
  expect(numberIn(text, "mot_cua_jobs_waiting")).toBe(1);
  expect(numberIn(text, "mot_cua_jobs_lag_seconds")).toBeGreaterThan(3500);
});

test("requests are counted by the pattern of their route, never by an address that names somebody", async () => {
  const browser = portal.client();
  await browser.get("/thu-tuc/1.001193");
  await browser.get("/thu-tuc/2.000815");
  await browser.get("/khong-co/nguyen-thi-lan");
  const text = await metrics();
  expect(numberIn(text, 'mot_cua_http_requests_total{route="/thu-tuc/:code",method="GET",status="200"}')).toBe(2);
  expect(numberIn(text, 'mot_cua_http_requests_total{route="none",method="GET",status="404"}')).toBe(1);
  expect(numberIn(text, "mot_cua_query_seconds_count")).toBeGreaterThan(0);
  expect(text).not.toContain("nguyen-thi-lan");
  expect(text).not.toContain("1.001193");
});

test("a slow query is logged with the route that asked, without a value", async () => {
  await portal.client().post("/dang-nhap", { username: "0912000999", password: "sai mật khẩu" });
  expect(asked.has("/dang-nhap")).toBe(true);
  await database.pool.query("SELECT pg_sleep(0.25), $1::text", ["Nguyễn Thị Lan"]);
  const lines = logged.filter(({ msg, sql }) => msg === "slow query" && String(sql).includes("pg_sleep"));
  expect(lines).toMatchObject([{ route: null, sql: "SELECT pg_sleep(0.25), $1::text" }]);
  expect(JSON.stringify(logged)).not.toContain("Lan");
});

test("each part says how it stands at the port for metrics; the public learns only whether all is well", async () => {
  const parts_ = (await (await fetch(`${address}/readyz`)).json()) as Record<string, string>;
  expect(parts_).toEqual({ database: "ok", migrations: "ok", jobs: "ok", scanner: "off" });
  expect(await (await fetch(`${portal.base}/readyz`)).json()).toEqual({ status: "ok" });
  const away = await observe({
    ...parts,
    surroundings: { ...surroundings, scanner: createClamav({ path: "/nowhere" }) },
    config: { metrics: { host: "127.0.0.1", port: 0 }, slowQueryMs: 0 },
  });
  const answer = await fetch(`${away?.address}/readyz`);
  expect([answer.status, await answer.json()]).toMatchObject([503, { scanner: "unreachable", database: "ok" }]);
  await away?.close();
});

test("nothing is measured where nobody asks for it", async () => {
  expect(await observe({ ...parts, config: { metrics: null, slowQueryMs: 0 } })).toBeNull();
});

test("the example dashboard and the alert rules speak of figures that there are", async () => {
  const text = await metrics();
  const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? ""));
  for (const file of ["dashboard.json", "alerts.yml"]) {
    const source = readFileSync(join(root, "src/ops/observability", file), "utf8");
    const named = [...source.matchAll(/\b(?:mot_cua|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(5);
    const base = (name: string): string => name.replace(/_(?:bucket|count|sum)$/, "");
    expect(named.filter((name) => !known.has(name) && !known.has(base(name)))).toEqual([]);
  }
});
