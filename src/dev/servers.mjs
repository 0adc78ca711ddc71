// Servers of the project's own as child processes, for the benchmark and the drills: told from their output where they
// answer, ended by whoever started them. Node built-ins only.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { memoryEnvironment, root } from "./project.mjs";

/**
 * A running server. `queries` tells how many statements it has sent (count-queries.mjs); `stop` asks it to end and waits;
 * `kill` ends it as a power failure would.
 * @typedef {{ base: string, pid: number, ended: Promise<null>, output: () => string, megabytes: () => number, queries: () => Promise<number>, send: (message: object) => void, stop: () => Promise<void>, kill: () => Promise<void> }} Running
 */

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

/** Ends what is still running. */
export function killServers() {
  for (const child of children) child.kill("SIGKILL");
}

/**
 * What a portal of its own with the demo's people is told, so that nothing of this machine's settings reaches it.
 * @param {{ ownerUrl: string, appUrl: string }} database @param {string} folder
 */
export const demoEnvironment = ({ ownerUrl, appUrl }, folder) => ({
  DATABASE_URL: appUrl,
  DATABASE_OWNER_URL: ownerUrl,
  DATABASE_DIRECT_URL: "",
  DATA_DIR: folder,
  PUBLIC_URL: "",
  DEMO: "true",
  CLAMAV: "off",
  PORT: "0",
  HOST: "127.0.0.1",
  LOG_LEVEL: "warn",
  RATE_LIMITS: "off",
  SESSION_SECRET: randomBytes(32).toString("hex"),
});

/** @returns {Promise<number>} a port of the loopback that is free now */
export const findPort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/**
 * @param {string[]} args of node
 * @param {Record<string, string>} environment
 * @param {RegExp} address what the program prints when it is ready; its first group is where it answers
 * @param {string} [program] in place of node
 * @returns {Promise<Running>}
 */
export async function startServer(args, environment, address = /runs at (http:\S+)/, program = process.execPath) {
  const { DATABASE_URL: _, DATABASE_OWNER_URL: __, DATABASE_DIRECT_URL: ___, ...rest } = process.env;
  const child = spawn(program, args, {
    cwd: root,
    env: { ...memoryEnvironment, ...rest, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  children.add(child);
  let output = "";
  /** @type {Promise<null>} */
  const ended = new Promise((done) => child.on("close", () => done(null)));
  void ended.then(() => children.delete(child));
  /** @type {Promise<string>} */
  const listening = new Promise((done) => {
    child.on("message", (message) => {
      const { port } = /** @type {{ port?: number }} */ (message);
      if (port) done(`http://127.0.0.1:${port}`);
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk) => {
        output = (output + chunk).slice(-20_000);
        const found = address.exec(output);
        if (found) done(found[1] ?? "");
      });
  });
  const base = await Promise.race([listening, ended]);
  if (base === null) throw new Error(`${args.at(-1)} did not start:\n${output}`);
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    await ended;
  };
  return {
    base,
    pid: child.pid ?? 0,
    ended,
    output: () => output,
    megabytes: () =>
      Number(spawnSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" }).stdout) / 1024,
    queries: () =>
      new Promise((done) => {
        child.once("message", (message) => done(/** @type {{ queries: number }} */ (message).queries));
        child.send("how many queries");
      }),
    send: (message) => void child.send(message),
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

/**
 * Runs a compiled program to its end, while whoever asks goes on with other things.
 * @param {Record<string, string>} environment
 * @param {...string} args
 * @returns {Promise<string>} what it printed
 */
export async function runToEnd(environment, ...args) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const code = await new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", done);
  });
  children.delete(child);
  if (code !== 0) throw new Error(`${args[0]}:\n${output}`);
  return output;
}
