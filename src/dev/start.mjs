// `npm start`: from a fresh clone to a running portal. Installs, builds and migrates only what changed, starts the
// embedded PostgreSQL unless DATABASE_URL names another, seeds an empty database, serves. Node built-ins only.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { build, buildAssets } from "./build.mjs";
import { makeFolder, usePostgres } from "./postgres.mjs";
import { checkNode, prepare } from "./prepare.mjs";
import { root } from "./project.mjs";
import { command, Hint, say } from "./say.mjs";

const isWatching = process.argv.includes("--watch");

/** @throws {Hint} somebody else listens there */
async function checkPort() {
  const port = Number(process.env["PORT"] || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return; // config.ts has the words for that
  const code = await new Promise((done) => {
    const server = createServer();
    server.on("error", (error) => done(/** @type {NodeJS.ErrnoException} */ (error).code));
    server.listen(port, process.env["HOST"] || "127.0.0.1", () => server.close(() => done(null)));
  });
  if (code === "EADDRINUSE") {
    throw new Hint(
      `Cổng ${port} đang có chương trình khác dùng: hãy dừng chương trình đó, hoặc chạy PORT=${port + 1} npm start.`,
      `Port ${port} is taken by another program: stop that program, or run PORT=${port + 1} npm start.`,
    );
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    throw new Hint(
      `HOST=${process.env["HOST"]} không phải địa chỉ của máy này: hãy dùng 127.0.0.1 (chỉ máy này) hoặc 0.0.0.0 (mọi máy trong mạng).`,
      `HOST=${process.env["HOST"]} is not an address of this machine: use 127.0.0.1 (this machine only) or 0.0.0.0 (the whole network).`,
    );
  }
  if (code === "EACCES") {
    throw new Hint(
      `Không được phép mở cổng ${port}: hãy chọn cổng từ 1024 trở lên, ví dụ PORT=3000 npm start.`,
      `Port ${port} may not be opened: choose one from 1024 upwards, for instance PORT=3000 npm start.`,
    );
  }
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
    env: { ...process.env, ...environment },
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

async function fillDatabase(/** @type {Database} */ { ownerUrl, environment }) {
  const { isSeeded, markSeeded, migrate } = await import("./database.mjs");
  await migrate(ownerUrl);
  if (!existsSync(join(root, "prisma/seed.ts")) || (await isSeeded(ownerUrl))) return;
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

const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
const watching = [tsx, "watch", "--conditions=source", "--include=dist/public/manifest.json", "src/main.ts"];
const serving = ["--enable-source-maps", join(root, "dist/main.js")];

async function watchAssets() {
  const { watch } = await import("node:fs");
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const rebuild = () => buildAssets().catch((error) => process.stderr.write(`${error.message}\n`));
  watch(join(root, "public"), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, 100);
  });
}

await command(async () => {
  checkNode();
  await checkPort();
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => ask(signal));
  /** @type {() => void} */
  let markInstalled = () => {};
  const installed = /** @type {Promise<void>} */ (
    new Promise((done) => {
      markInstalled = done;
    })
  );
  const prepared = prepare({
    onInstalled: markInstalled,
    build: async () => void (isWatching ? await buildAssets() : await build()),
  });
  prepared.catch(() => {});
  // Packages first; then the database starts while the source is compiled.
  await Promise.race([installed, prepared]);
  const database = await openDatabase(installed);
  try {
    await prepared;
    if (!askedAt) await fillDatabase(database);
    if (isWatching) await watchAssets();
    if (!askedAt) process.exitCode = await run(isWatching ? watching : serving, database.environment);
  } finally {
    await database.leave();
  }
});
process.exit(); // watchers and signal handlers would keep us
