// `npm run drill:crash -- --rounds N`, `npm run drill:soak -- --minutes N`, `npm run drill:restore -- --backups N`:
// proofs under load and faults, on a portal and a database of their own on the loopback. Bounded in time; what was started is stopped.
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { build } from "../build.mjs";
import { usePostgres } from "../postgres.mjs";
import { checkNode, prepare } from "../prepare.mjs";
import { memoryLimits, root } from "../project.mjs";
import { command, Hint, say } from "../say.mjs";
import { findPort, killServers, runToEnd, startServer } from "../servers.mjs";

const dist = (/** @type {string} */ file) => join(root, "dist", file);
const RESTART_MS = 60_000;
/** @typedef {import("../postgres.mjs").Server} Server */

/** Kills the first process of PostgreSQL, waits until its others are gone, and starts it again on the same port. */
async function restart(/** @type {Server} */ server, /** @type {() => Promise<Server>} */ open) {
  const pid = Number(readFileSync(join(server.place, "data/postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
  const until = performance.now() + RESTART_MS;
  for (;;) {
    try {
      await open();
      return;
    } catch (error) {
      // Those that were in the middle of something still hold its memory for a moment.
      if (performance.now() > until) throw error;
      await sleep(100);
    }
  }
}

/** @param {string} folder @param {string} drill @param {number} amount rounds, or minutes */
async function drillIn(folder, drill, amount) {
  const { openEmbedded, migrate } = await import("../database.mjs");
  const settings = { port: String(await findPort()) };
  const open = () => usePostgres(join(folder, "postgres"), { settings });
  const server = await open();
  try {
    const { ownerUrl, appUrl } = await openEmbedded(server);
    await migrate(ownerUrl);
    const port = String(await findPort());
    const environment = {
      DATABASE_URL: appUrl,
      DATABASE_OWNER_URL: ownerUrl,
      DATABASE_DIRECT_URL: "",
      DATA_DIR: folder,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      PORT: port,
      HOST: "127.0.0.1",
      DEMO: "false",
      NODE_ENV: "production",
      CLAMAV: "off",
      SECOND_FACTOR: "optional",
      RATE_LIMITS: "off",
      SESSION_SECRET: randomBytes(32).toString("hex"),
      LOG_LEVEL: "info",
    };
    say("dữ liệu nền", "reference data");
    await runToEnd(environment, dist("ops/seed.js"));
    const arena = {
      ownerUrl,
      appUrl,
      dataDir: folder,
      superuserUrl: server.superuserUrl,
      start: (/** @type {"app" | "worker"} */ what, /** @type {Record<string, string>} */ more) =>
        what === "app"
          ? startServer([...memoryLimits, dist("main.js")], { ...environment, WORKER: "off", ...more })
          : startServer([dist("worker.js")], { ...environment, ...more }, /worker runs/),
      restartDatabase: () => restart(server, open),
      verifyHistory: () =>
        runToEnd(environment, dist("ops/verify-history.js")).then(
          () => "intact",
          (error) => error.message,
        ),
      openPlace: async (/** @type {string} */ name) => {
        const place = { ...(await openEmbedded(server, name)), dataDir: join(folder, name) };
        await migrate(place.ownerUrl);
        return place;
      },
      /** @type {(program: string, more?: Record<string, string>, ...args: string[]) => Promise<string>} */
      run: (program, more = {}, ...args) => runToEnd({ ...environment, ...more }, dist(program), ...args),
    };
    const { [drill]: run } = await import(dist(`dev/drills/${drill}.js`));
    return await run(arena, amount);
  } finally {
    killServers();
    await server.leave();
  }
}

/** What each drill counts, how much of it by default, and how long one may take, ms. */
const DRILLS = {
  crash: { unit: "rounds", usual: 100, each: 30_000 },
  soak: { unit: "minutes", usual: 10, each: 180_000 },
  restore: { unit: "backups", usual: 10, each: 60_000 },
};

await command(async () => {
  checkNode();
  const [name = ""] = process.argv.splice(2, 1);
  const drill = DRILLS[/** @type {keyof typeof DRILLS} */ (name)];
  const { values } = parseArgs({ options: { [drill.unit]: { type: "string" } } });
  const amount = Number(values[drill.unit] ?? drill.usual);
  if (!(amount > 0 && amount <= 10_000))
    throw new Hint(`--${drill.unit}: một số lớn hơn 0`, `--${drill.unit}: a number above 0`);
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  chmodSync(folder, 0o711); // the user that runs PostgreSQL goes through it to its data
  const cleanUp = () => {
    killServers();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const longest = 240_000 + amount * drill.each;
  const bound = setTimeout(() => {
    process.stderr.write(`the drill takes longer than ${longest / 1000} s\n`);
    cleanUp();
    process.exit(1);
  }, longest);
  await prepare({ build: async () => void (await build()) });
  try {
    if (!(await drillIn(folder, name, amount)))
      throw new Hint("Diễn tập phát hiện điều chưa đạt, xem ở trên.", "The drill found what stands above.");
  } finally {
    clearTimeout(bound);
    cleanUp();
  }
});
process.exit();
