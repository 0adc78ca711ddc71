// `npm run targets`: the whole benchmark, a province's years and a large register, one after the other on databases of
// their own, and every target beside what was found. `-- --dossiers N`: another largest set than a million. About twenty
// minutes on two quiet processors. Says what is missed, and ends well: what must hold, `npm run bench` refuses by itself.

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkNode } from "../prepare.mjs";
import { isMain, root } from "../project.mjs";
import { command, Hint, say } from "../say.mjs";
import { notesOf, tableOf } from "./table.mjs";

const cache = (/** @type {string} */ name) => join(root, ".cache", name);
const LONGEST_MS = 45 * 60_000;
const LAST_WORDS_MS = 2000;
/** @type {Record<string, string>} */
const SCRIPTS = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;
const began = performance.now();

/**
 * One of the project's commands to its end, or to the end of the time for all.
 * @param {string} script @param {string[]} args @param {Record<string, string>} environment
 * @returns {Promise<import("./table.mjs").Ending>}
 */
function run(script, args, environment = {}) {
  say(`chạy npm run ${script}`, `running npm run ${script}`);
  // npm would not pass on that the time is up.
  const [, ...program] = SCRIPTS[script]?.split(" ") ?? [];
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "pipe"],
    env: { ...process.env, ...environment },
    timeout: Math.max(1, Math.round(LONGEST_MS - (performance.now() - began))),
  });
  let told = "";
  child.stderr.on("data", (chunk) => {
    process.stderr.write(chunk);
    told = (told + chunk).slice(-20_000);
  });
  // Whatever of it outlives it may hold this open.
  child.on("exit", () => void setTimeout(() => child.stderr.destroy(), LAST_WORDS_MS).unref());
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      const isLate = code !== 0 && performance.now() - began >= LONGEST_MS;
      if (isLate)
        say(
          `npm run ${script} bị dừng: quá ${LONGEST_MS / 60_000} phút cho tất cả`,
          `npm run ${script} was ended: all together took more than ${LONGEST_MS / 60_000} minutes`,
        );
      done({ script, code, named: /^Missed: (.+)$/m.exec(told)?.[1] ?? null, isLate });
    });
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
    const [load = 0] = loadavg();
    /** @type {import("./table.mjs").Ending[]} */
    const endings = [];
    const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
    chmodSync(folder, 0o711); // the user that runs PostgreSQL goes through it to its data
    try {
      endings.push(await run("bench", []));
      endings.push(await run("register:load", ["--formats", "csv,xlsx"]));
      endings.push(
        await run("generate", ["--dossiers", String(size), "--measure"], {
          DATA_DIR: folder,
          DATABASE_URL: "",
          DATABASE_OWNER_URL: "",
          DATABASE_DIRECT_URL: "",
          DEMO: "false",
        }),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
    for (const name of ["bench.json", "register.json", "growth.json"])
      if (!existsSync(cache(name)))
        say(`thiếu ${name}: phần ấy không chạy đến cùng`, `${name} is missing: that part did not come to its end`);
    const bench = read("bench.json");
    const measured = { bench, growth: read("growth.json"), register: read("register.json") };
    const table = tableOf(measured, notesOf(bench, endings, load));
    writeFileSync(cache("targets.md"), table);
    process.stdout.write(`\n${table}`);
  });
