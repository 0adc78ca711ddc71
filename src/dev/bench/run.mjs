// `npm run bench`: speed, on a database of its own: production mode, the imported catalogue where its file is at hand,
// ten thousand dossiers, and in the same run a bare page to compare with. `-- --quick`: fewer rounds, the same table.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAssets, buildServer } from "../build.mjs";
import { usePostgres } from "../postgres.mjs";
import { checkNode, prepare } from "../prepare.mjs";
import { memoryLimits, root } from "../project.mjs";
import { command, Hint, say } from "../say.mjs";
import { killServers, runToEnd, startServer } from "../servers.mjs";

const quick = process.argv.includes("--quick");
const LONGEST_MS = quick ? 300_000 : 900_000;
const CATALOGUE = join(root, "../shared/data/procedures.jsonl.gz");
const dist = (/** @type {string} */ file) => join(root, "dist", file);

/** `npm start` as it is, on the data of this run, to its first page. @param {string} dataDir @returns {Promise<number>} ms */
async function timeStart(dataDir) {
  const started = performance.now();
  const server = await startServer([join(root, "src/dev/start.mjs")], {
    DATA_DIR: dataDir,
    PORT: "0",
    HOST: "127.0.0.1",
    DEMO: "false",
    LOG_LEVEL: "warn",
    PUBLIC_URL: "",
  });
  const { status } = await fetch(server.base);
  const ms = performance.now() - started;
  await server.stop();
  if (status !== 200) throw new Error(`the first page after the start: ${status}`);
  return ms;
}

const COLD_TIMES = 5;

/**
 * From nothing to the first answer, of a server whose database is awake: the portal, then its home page, and its limit's
 * only page, turn about.
 * @param {() => Promise<import("../servers.mjs").Running>} startPortal
 * @param {() => Promise<import("../servers.mjs").Running>} startBare
 * @returns {Promise<{ portalMs: number, portalPageMs: number, bareMs: number, bareMegabytes: number }>} medians
 */
async function timeCold(startPortal, startBare) {
  /** @type {number[][]} */
  const found = [];
  const once = async (
    /** @type {() => Promise<import("../servers.mjs").Running>} */ start,
    /** @type {string[]} */ ...paths
  ) => {
    const began = performance.now();
    const server = await start();
    const taken = [];
    for (const path of paths) {
      const { status } = await fetch(new URL(path, server.base));
      taken.push(performance.now() - began);
      if (status !== 200) throw new Error(`${path} after a start: ${status}`);
    }
    taken.push(server.megabytes());
    await server.stop();
    return taken;
  };
  for (let i = 0; i < COLD_TIMES; i++)
    found.push([...(await once(startPortal, "/healthz", "/")), ...(await once(startBare, "/"))]);
  const middle = (/** @type {number} */ at) =>
    found.map((one) => one[at] ?? Number.NaN).sort((a, b) => a - b)[COLD_TIMES >> 1] ?? Number.NaN;
  return { portalMs: middle(0), portalPageMs: middle(1), bareMs: middle(3), bareMegabytes: middle(4) };
}

/** @param {string} folder */
async function benchIn(folder) {
  const { openEmbedded, migrate } = await import("../database.mjs");
  const { measure, missesOf, reportOf } = await import(dist("dev/bench/main.js"));
  const server = await usePostgres(join(folder, "postgres"));
  let measured;
  let cold = null;
  try {
    const { ownerUrl, appUrl } = await openEmbedded(server);
    const secret = randomBytes(32).toString("hex");
    const common = {
      DATABASE_URL: appUrl,
      DATABASE_OWNER_URL: ownerUrl,
      DATABASE_DIRECT_URL: "",
      DATA_DIR: folder,
      PUBLIC_URL: "http://localhost",
      DEMO: "false",
      SESSION_SECRET: secret,
    };
    await migrate(ownerUrl);
    say("dữ liệu nền", "reference data");
    await runToEnd(common, dist("ops/seed.js"));
    if (existsSync(CATALOGUE)) {
      say("danh mục quốc gia", "the national catalogue");
      await runToEnd(common, dist("ops/import-procedures.js"), CATALOGUE);
    } else
      say(
        "không có tệp danh mục quốc gia: chỉ đo với danh mục có sẵn",
        "no file of the national catalogue: measured with the seeded one",
      );
    const production = {
      ...common,
      PUBLIC_URL: "",
      NODE_ENV: "production",
      CLAMAV: "off",
      SECOND_FACTOR: "optional",
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "warn",
      RATE_LIMITS: "off",
    };
    measured = await measure({
      quick,
      ownerUrl,
      appUrl,
      dataDir: folder,
      startPortal: (/** @type {"counting" | "whole" | "without jobs"} */ kind) =>
        startServer(
          kind === "counting"
            ? [`--import=${import.meta.resolve("./count-queries.mjs")}`, dist("main.js")]
            : [...memoryLimits, dist("main.js")],
          kind === "whole" ? production : { ...production, WORKER: "off" },
        ),
      startBare: () => startServer([...memoryLimits, dist("dev/bench/bare.js")], { ...common, NODE_ENV: "production" }),
    });
    if (!quick) {
      say("khởi động từng tiến trình", "one process from nothing");
      cold = await timeCold(
        () => startServer([...memoryLimits, dist("main.js")], { ...production, WORKER: "off" }),
        () => startServer([...memoryLimits, dist("dev/bench/bare-start.js")], { ...common, NODE_ENV: "production" }),
      );
    }
  } finally {
    await server.leave();
  }
  say("khởi động lại", "npm start on this database");
  const findings = { ...measured, cold, hasCatalogue: existsSync(CATALOGUE), startMs: await timeStart(folder) };
  const report = reportOf(findings);
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(join(root, ".cache/bench.md"), report);
  if (!quick) writeFileSync(join(root, ".cache/bench.json"), JSON.stringify(findings));
  process.stdout.write(`\n${report}\n`);
  return missesOf(findings);
}

await command(async () => {
  checkNode();
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  chmodSync(folder, 0o711); // the user that runs PostgreSQL goes through it to its data
  const cleanUp = () => {
    killServers();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const bound = setTimeout(() => {
    process.stderr.write(`the benchmark takes longer than ${LONGEST_MS / 1000} s\n`);
    cleanUp();
    process.exit(1);
  }, LONGEST_MS);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
    process.once(signal, () => {
      cleanUp();
      process.exit(1);
    });
  await prepare({ build: async () => void (await Promise.all([buildServer(), buildAssets()])) });
  try {
    const misses = await benchIn(folder);
    if (misses.length > 0) throw new Hint(`Chưa đạt: ${misses.join("; ")}`, `Missed: ${misses.join("; ")}`);
  } finally {
    clearTimeout(bound);
    cleanUp();
  }
});
process.exit();
