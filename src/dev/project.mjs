// Where things are, and what has changed since they were last made. Node built-ins only: runs before `npm ci`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = join(import.meta.dirname, "../..");

/**
 * What a portal's process may take of memory: what a page makes is gone long before twelve megabytes are full of it, and
 * more room for it than that only makes the process larger. So little is swept by one thread: waking others for it costs a
 * worklist a fifth of its time.
 */
export const memoryLimits = ["--max-old-space-size=256", "--max-semi-space-size=4", "--no-parallel-scavenge"];
/** The C library would keep a store of memory for each thread that ever asked for some, and give none of it back. */
export const memoryEnvironment = { MALLOC_ARENA_MAX: "2" };

/**
 * True when the module of this address was started as the program.
 * @param {string} url
 */
export const isMain = (url) => Boolean(process.argv[1]) && realpathSync(process.argv[1] ?? "") === fileURLToPath(url);

/**
 * Every file under the paths (a file stands for itself; what does not exist is skipped), in a fixed order.
 * @param {...string} paths relative to the project
 * @returns {string[]} absolute
 */
export const filesUnder = (...paths) =>
  paths.flatMap((path) => {
    const full = join(root, path);
    if (!existsSync(full)) return [];
    if (statSync(full).isFile()) return [full];
    return readdirSync(full, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  });

/**
 * One fingerprint of the names and contents of files.
 * @param {string[]} files absolute
 */
export function hashFiles(files) {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

/**
 * Does a piece of work when the fingerprint of its inputs differs from the one it was last done for.
 * @param {string} name of the mark under .cache/
 * @param {{ inputs: string[], outputs?: string[], work: () => Promise<unknown> }} step outputs that are gone ask for the work too
 * @returns {Promise<boolean>} whether anything was done
 */
export async function whenChanged(name, { inputs, outputs = [], work }) {
  const mark = join(root, ".cache", `${name}.hash`);
  const hash = hashFiles(inputs);
  const isThere = outputs.every((output) => existsSync(join(root, output)));
  if (isThere && existsSync(mark) && readFileSync(mark, "utf8") === hash) return false;
  if ((await work()) === false) return true;
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, hash);
  return true;
}
