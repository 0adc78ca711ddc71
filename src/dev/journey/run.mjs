// `npm run journey`: a dossier's whole way, for every workflow shape, at BASE_URL (a portal with the demo people), or at
// a portal started here on a data directory of its own. Bounded in time; what it started is stopped.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildServer } from "../build.mjs";
import { checkNode, prepare } from "../prepare.mjs";
import { root } from "../project.mjs";
import { command, Hint, say } from "../say.mjs";

const LONGEST_MS = 300_000;

/** @typedef {{ base: string, stop: () => Promise<void>, sayTrouble: () => void }} Portal */

/** @returns {Promise<Portal>} */
async function startPortal() {
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  chmodSync(folder, 0o711); // the user that runs PostgreSQL goes through it to its data
  const { DATABASE_URL: _, DATABASE_OWNER_URL: __, DATABASE_DIRECT_URL: ___, ...rest } = process.env;
  const env = {
    ...rest,
    DATA_DIR: folder,
    PORT: "0",
    HOST: "127.0.0.1",
    DEMO: "true",
    LOG_LEVEL: "warn",
    PUBLIC_URL: "",
  };
  const child = spawn(process.execPath, [join(root, "src/dev/start.mjs")], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  /** @type {Promise<number | null>} */
  const ended = new Promise((done) => child.on("close", done));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  /** @type {Promise<string>} */
  const listening = new Promise((done) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
        const address = /runs at (http:\S+)/.exec(output)?.[1];
        if (address) done(address);
      });
  });
  const base = await Promise.race([listening, ended.then(() => null)]);
  if (base === null) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    throw new Error(`the portal did not start:\n${output}`);
  }
  const sayTrouble = () => {
    const lines = output.split("\n").filter((line) => /"level":[56]0/.test(line));
    if (lines.length > 0) process.stderr.write(`\nthe portal's log:\n${lines.slice(-3).join("\n")}\n`);
  };
  return { base, stop, sayTrouble };
}

await command(async () => {
  checkNode();
  const bound = setTimeout(() => {
    process.stderr.write(`\nNOT SO: the journey takes longer than ${LONGEST_MS / 1000} s\n`);
    process.exit(1);
  }, LONGEST_MS);
  await prepare({ build: async () => void (await buildServer()) });
  const given = process.env["BASE_URL"]?.replace(/\/+$/, "");
  if (!given) say("mở một cổng tạm để đi thử", "starting a portal of its own");
  const { base, stop, sayTrouble } = given
    ? { base: given, stop: async () => {}, sayTrouble: () => {} }
    : await startPortal();
  try {
    const { walk } = await import(join(root, "dist/dev/journey/main.js"));
    if (await walk(base)) return;
    sayTrouble();
    throw new Hint("Hành trình chưa trọn vẹn.", "The journey did not go through.");
  } finally {
    await stop();
    clearTimeout(bound);
  }
});
process.exit();
