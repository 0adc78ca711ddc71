// A program of the project on its database: the embedded server, or the one that DATABASE_URL names. Node built-ins only.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeFolder, usePostgres } from "./postgres.mjs";
import { prepare } from "./prepare.mjs";
import { memoryEnvironment, root } from "./project.mjs";
import { Hint, say } from "./say.mjs";

/** What stands in .env, where the environment itself says nothing else. */
export function readEnvironmentFile() {
  const file = join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/** @typedef {{ environment: Record<string, string>, ownerUrl: string, leave: () => Promise<void> }} Database */

/** @returns {Promise<Database>} the server that DATABASE_URL names, or the embedded one */
async function openDatabase(/** @type {Promise<void>} */ installed) {
  const given = process.env["DATABASE_URL"];
  const dataDir = resolve(root, process.env["DATA_DIR"] || ".data");
  makeFolder(dataDir);
  if (given) {
    await installed;
    const { checkServer } = await import("./database.mjs");
    const ownerUrl = process.env["DATABASE_OWNER_URL"] || given;
    await checkServer(ownerUrl);
    return { environment: {}, ownerUrl, leave: async () => {} };
  }
  await installed;
  const server = await usePostgres(join(dataDir, "postgres"));
  try {
    const { openEmbedded } = await import("./database.mjs");
    const { ownerUrl, appUrl } = await openEmbedded(server);
    const environment = {
      DATABASE_URL: appUrl,
      DATABASE_OWNER_URL: ownerUrl,
      DEMO: process.env["DEMO"] || "true",
      DATA_DIR: dataDir,
    };
    return { environment, ownerUrl, leave: server.leave };
  } catch (error) {
    await server.leave();
    throw error;
  }
}

/** The program that runs for us now; what the terminal or the system asks of us is passed on to it. */
/** @type {import("node:child_process").ChildProcess | null} */
let running = null;
let askedAt = 0;

function ask(/** @type {NodeJS.Signals} */ signal) {
  // npm passes on the same signal that the terminal already sent; a person's second Ctrl-C comes later and means it.
  if (askedAt && Date.now() - askedAt < 500) return;
  running?.kill(askedAt ? "SIGKILL" : signal);
  askedAt ||= Date.now();
}

/**
 * Runs a program of the project to its end, in a group of its own: the terminal's Ctrl-C reaches it once, through us.
 * When we are killed outright, the closed channel tells it to stop.
 * @returns {Promise<number>} its exit code; 0 when it was asked to stop
 */
function run(/** @type {string[]} */ args, /** @type {Record<string, string>} */ environment) {
  const follow = `--import=${import.meta.resolve("./follow-parent.mjs")}`;
  const child = spawn(process.execPath, [follow, ...args], {
    cwd: root,
    env: { ...memoryEnvironment, ...process.env, ...environment },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
  running = child;
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => {
      running = null;
      if (!askedAt && signal) say(`chương trình bị dừng đột ngột (${signal})`, `stopped abruptly (${signal})`);
      done(askedAt ? 0 : (code ?? 1));
    });
  });
}

/**
 * Migrates, and seeds what is empty.
 * @param {Database} database
 * @param {boolean} seeds
 */
async function fillDatabase({ ownerUrl, environment }, seeds) {
  const { isSeeded, markSeeded, migrate } = await import("./database.mjs");
  await migrate(ownerUrl);
  if (!seeds || !existsSync(join(root, "prisma/seed.ts")) || (await isSeeded(ownerUrl))) return;
  say("đưa dữ liệu ban đầu vào cơ sở dữ liệu", "seeding the database");
  const args = ["--conditions=source", "--import", "tsx", join(root, "prisma/seed.ts")];
  if ((await run(args, environment)) !== 0) {
    throw new Hint(
      "Chưa đưa được dữ liệu ban đầu vào cơ sở dữ liệu: lý do ở trên; sửa xong hãy chạy lại npm start.",
      "The database could not be seeded: the reason stands above; put it right and run npm start again.",
    );
  }
  if (!askedAt) await markSeeded(ownerUrl);
}

/**
 * Makes ready what is missing (packages, dist/, database, its first data), runs a program, and leaves the database.
 * @param {{ build: () => Promise<unknown>, program: string[], seeds?: boolean }} what `program` as node's arguments;
 *   without `seeds` an empty database stays so
 * @returns {Promise<number>} its exit code
 */
export async function runOnDatabase({ build, program, seeds = true }) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => ask(signal));
  /** @type {() => void} */
  let markInstalled = () => {};
  /** @type {Promise<void>} */
  const installed = new Promise((done) => {
    markInstalled = done;
  });
  const prepared = prepare({ onInstalled: markInstalled, build: async () => void (await build()) });
  prepared.catch(() => {});
  // Packages first; then the database starts while the source is compiled.
  await Promise.race([installed, prepared]);
  const database = await openDatabase(installed);
  try {
    await prepared;
    if (!askedAt) await fillDatabase(database, seeds);
    return askedAt ? 0 : await run(program, database.environment);
  } finally {
    await database.leave();
  }
}
