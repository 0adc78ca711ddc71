// Who is alive, who uses what: files that name processes, safe against a pid that came to mean another process.
// Node built-ins only.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * @param {number} pid
 * @returns {boolean} also true for a process of another user
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** When the process began, where the system tells (Linux); tells two lives of one pid apart. */
function birthOf(/** @type {number} */ pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

const signature = (/** @type {number} */ pid) => `${pid} ${birthOf(pid)}`;

function isLiving(/** @type {string} */ written) {
  const pid = Number(written.split(" ")[0]);
  return pid > 0 && isAlive(pid) && signature(pid) === written;
}

/**
 * Notes that this process uses what the folder stands for.
 * @param {string} folder
 */
export function addUser(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, String(process.pid)), signature(process.pid));
}

/**
 * Takes this process, and every dead one, off the list.
 * @param {string} folder
 * @returns {number} how many living processes remain on it
 */
export function removeUser(folder) {
  rmSync(join(folder, String(process.pid)), { force: true });
  let living = 0;
  for (const name of readdirSync(folder)) {
    if (isLiving(readFileSync(join(folder, name), "utf8"))) living++;
    else rmSync(join(folder, name), { force: true });
  }
  return living;
}

/**
 * Does something while no other process does the same; the lock of a dead process is void.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once if another process holds the lock
 * @returns {Promise<T>}
 */
export async function alone(file, work, onWait = () => {}) {
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, signature(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    const holder = readIfThere(file);
    // An empty file is a lock being written this very moment.
    if (holder && !isLiving(holder)) rmSync(file, { force: true });
    if (attempt === 2) onWait();
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function readIfThere(/** @type {string} */ file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
