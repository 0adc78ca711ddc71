// The Prisma CLI with this project's configuration, quiet and without downloads: `npm run prisma -- migrate dev --name x`.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isMain, root } from "./project.mjs";

const hasNativeEngine = () => {
  const folder = join(root, "node_modules/@prisma/engines");
  return readdirSync(folder).some((name) => name.startsWith("schema-engine-"));
};

/**
 * The environment in which the CLI neither downloads, nor asks for updates, nor reports its use.
 * @returns {NodeJS.ProcessEnv}
 */
export function prismaEnvironment() {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    PRISMA_SKIP_POSTINSTALL_GENERATE: "1",
    NO_UPDATE_NOTIFIER: "1",
  };
  if (!env["PRISMA_SCHEMA_ENGINE_BINARY"] && !hasNativeEngine()) {
    env["PRISMA_SCHEMA_ENGINE_BINARY"] = join(import.meta.dirname, "schema-engine.mjs");
  }
  return env;
}

/**
 * Runs the CLI. With `quiet` its words are collected; otherwise it speaks for itself.
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runPrisma(args, { env = {}, quiet = false } = {}) {
  const cli = join(root, "node_modules/prisma/build/index.js");
  const child = spawn(process.execPath, [cli, ...args, "--config", join(root, ".config/prisma.ts")], {
    cwd: root,
    env: { ...prismaEnvironment(), ...env },
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });
}

if (isMain(import.meta.url)) {
  const { code } = await runPrisma(process.argv.slice(2));
  process.exitCode = code;
}
