// `npm run register:load`: the register of an agency with 100,000 dossiers as PDF, workbook and text, each made by the job
// of a running portal: time, size, how much more memory that process takes than before, and what the same columns take at
// their limit: three times turn about where there is one, the median of each. `-- --lines N --formats csv,xlsx`. Says numbers, asserts none.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { buildAssets, buildServer } from "./build.mjs";
import { migrate, openEmbedded, withClient } from "./database.mjs";
import { usePostgres } from "./postgres.mjs";
import { checkNode, prepare } from "./prepare.mjs";
import { memoryLimits, root } from "./project.mjs";
import { timeLimit } from "./register-limits.mjs";
import { command, Hint, say } from "./say.mjs";
import { demoEnvironment, killServers, runToEnd, startServer } from "./servers.mjs";

const dist = (/** @type {string} */ file) => join(root, "dist", file);
const MOST_LINES = 1_000_000;
const ACCEPTED = 0.95;
const MOST_MINUTES = 15;
const TIMES = 3;
const FORMATS = ["csv", "xlsx", "pdf"];

/** All dossiers become one agency's: no province of five years has one with so many in a year. @returns {Promise<string>} */
const giveAllToOne = (/** @type {string} */ ownerUrl) =>
  withClient(ownerUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT "receivingAgencyId" AS id FROM dossiers GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
    );
    await client.query("SET session_replication_role = replica");
    await client.query(`UPDATE dossiers SET "receivingAgencyId" = $1`, [rows[0].id]);
    await client.query("ANALYZE dossiers");
    return rows[0].id;
  });

/** @param {string} folder @param {number} lines @param {readonly string[]} formats */
async function load(folder, lines, formats) {
  const [{ createDb, createPool }, { enqueue }] = await Promise.all([
    import(dist("platform/db.js")),
    import(dist("platform/jobs.js")),
  ]);
  const database = await usePostgres(join(folder, "postgres"));
  try {
    const { superuserUrl } = database;
    const opened = await openEmbedded(database);
    const { ownerUrl, appUrl } = opened;
    const environment = demoEnvironment(opened, folder);
    await migrate(ownerUrl);
    await runToEnd(environment, dist("ops/seed.js"));
    await runToEnd(environment, dist("dev/generate/main.js"), "--dossiers", String(Math.ceil(lines / ACCEPTED)));
    const agencyId = await giveAllToOne(superuserUrl.replace(/\/[^/]*$/, `/${new URL(appUrl).pathname.slice(1)}`));
    const portal = await startServer([...memoryLimits, dist("main.js")], environment);
    const pool = createPool(appUrl, 2);
    const db = createDb(pool);
    const { id: requestedById } = await db.account.findFirstOrThrow({ where: { username: "dongkinh.motcua" } });
    const left = async () =>
      Number(
        (
          await withClient(ownerUrl, (c) =>
            c.query("SELECT count(*) FROM graphile_worker._private_jobs WHERE run_at <= now()"),
          )
        ).rows[0].count,
      );
    // What the portal has to do after its start is not the register's.
    while ((await left()) > 0) await wait(500);
    const idle = portal.megabytes();
    const middle = (/** @type {number[]} */ all) => all.sort((x, y) => x - y)[all.length >> 1] ?? Number.NaN;
    /** One register made. @param {string} format @returns {Promise<{ rows: number, size: number, seconds: number, most: number }>} */
    const make = async (format) => {
      const order = { agencyId, requestedById, firstDay: "2000-01-01", lastDay: "2100-01-01", format };
      const { id } = await db.registerFile.create({ data: { ...order, createdAt: new Date() } });
      const began = performance.now();
      await enqueue(db, "documents.register", { fileId: id }, `documents.register:${id}`);
      for (let most = 0; ; ) {
        const { readyAt, rows, size } = await db.registerFile.findUniqueOrThrow({ where: { id } });
        most = Math.max(most, portal.megabytes());
        const seconds = (performance.now() - began) / 1000;
        if (readyAt) return { rows, size, seconds, most };
        if (seconds > MOST_MINUTES * 60) throw new Error(`${format} is not made after ${MOST_MINUTES} minutes`);
        await wait(100);
      }
    };
    /** @type {{ format: string, rows: number, seconds: number, above: number }[]} */
    const found = [];
    /** @type {Record<string, number>} */
    const limits = {};
    for (const format of formats) {
      const made = [];
      const bare = [];
      do {
        const limit = await withClient(ownerUrl, (client) => timeLimit(client, format));
        if (limit !== null) bare.push(limit);
        made.push(await make(format));
      } while (made.length < TIMES && bare.length > 0);
      const { rows = 0, size = 0 } = made[0] ?? {};
      const seconds = middle(made.map((one) => one.seconds));
      const above = Math.max(...made.map(({ most }) => most)) - idle;
      if (bare.length > 0) limits[format] = middle(bare);
      const figures = [
        `${rows} lines as ${format}: ${seconds.toFixed(1)} s`,
        ...(bare.length > 0 ? [`its limit ${middle(bare).toFixed(1)} s`] : []),
        `${(size / 1_048_576).toFixed(1)} MB`,
        `at most ${above.toFixed(0)} MB above the idle ${idle.toFixed(0)}`,
      ];
      process.stdout.write(`${figures.join(", ")}\n`);
      found.push({ format, rows, seconds, above });
    }
    await db.$disconnect();
    await pool.end();
    await portal.stop();
    mkdirSync(join(root, ".cache"), { recursive: true });
    writeFileSync(join(root, ".cache/register.json"), JSON.stringify({ found, limits }));
  } finally {
    await database.leave();
  }
}

await command(async () => {
  checkNode();
  const { values } = parseArgs({
    options: { lines: { type: "string", default: "100000" }, formats: { type: "string", default: FORMATS.join() } },
  });
  const lines = Number(values.lines);
  if (!Number.isInteger(lines) || lines < 1 || lines > MOST_LINES)
    throw new Hint(`--lines: từ 1 đến ${MOST_LINES}`, `--lines: from 1 to ${MOST_LINES}`);
  const formats = values.formats.split(",");
  if (!formats.every((one) => FORMATS.some((known) => known === one)))
    throw new Hint(`--formats: trong số ${FORMATS.join()}`, `--formats: of ${FORMATS.join()}`);
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  chmodSync(folder, 0o711); // the user that runs PostgreSQL goes through it to its data
  const cleanUp = () => {
    killServers();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
    process.once(signal, () => {
      cleanUp();
      process.exit(1);
    });
  await prepare({ build: async () => void (await Promise.all([buildServer(), buildAssets()])) });
  say(`sổ theo dõi ${lines} dòng`, `a register of ${lines} lines`);
  try {
    await load(folder, lines, formats);
  } finally {
    cleanUp();
  }
});
process.exit();
