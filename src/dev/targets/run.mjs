// `npm run targets`: the whole benchmark, a province's years and a large register, one after the other on databases of
// their own, and every target beside what was found. `-- --dossiers N`: another largest set than a million. About twenty
// minutes on two quiet processors. Says what is missed, and ends well: what must hold, `npm run bench` refuses by itself.

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkNode } from "../prepare.mjs";
import { isMain, root } from "../project.mjs";
import { command, Hint, say } from "../say.mjs";
import { tableOf } from "./table.mjs";

const cache = (/** @type {string} */ name) => join(root, ".cache", name);
const LONGEST_MS = 45 * 60_000;
const began = performance.now();

/** One of the project's commands to its end. @param {string} script @param {string[]} args @param {Record<string, string>} environment */
function run(script, args, environment = {}) {
  say(`chạy npm run ${script}`, `running npm run ${script}`);
  const child = spawn("npm", ["run", "-s", script, "--", ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...environment },
    timeout: Math.max(1, LONGEST_MS - (performance.now() - began)),
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", done);
  });
}

/** @param {string} name @returns {any} what that command left; null: nothing */
const read = (name) => (existsSync(cache(name)) ? JSON.parse(readFileSync(cache(name), "utf8")) : null);

if (isMain(import.meta.url))
  await command(async () => {
    checkNode();
    const { values } = parseArgs({ options: { dossiers: { type: "string", default: "1000000" } } });
    const size = Number(values.dossiers);
    if (!Number.isInteger(size) || size < 10_000)
      throw new Hint("--dossiers: số nguyên từ 10000", "--dossiers: a whole number from 10000");
    for (const name of ["bench.json", "growth.json", "register.json"]) rmSync(cache(name), { force: true });
    const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
    chmodSync(folder, 0o711); // the user that runs PostgreSQL goes through it to its data
    try {
      await run("bench", []);
      await run("register:load", ["--formats", "csv,xlsx"]);
      await run("generate", ["--dossiers", String(size), "--measure"], {
        DATA_DIR: folder,
        DATABASE_URL: "",
        DATABASE_OWNER_URL: "",
        DATABASE_DIRECT_URL: "",
        DEMO: "false",
      });
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    for (const name of ["bench.json", "register.json", "growth.json"])
      if (!existsSync(cache(name)))
        say(`thiếu ${name}: phần ấy không chạy đến cùng`, `${name} is missing: that part did not come to its end`);
    const table = tableOf({ bench: read("bench.json"), growth: read("growth.json"), register: read("register.json") });
    writeFileSync(cache("targets.md"), table);
    process.stdout.write(`\n${table}`);
  });
