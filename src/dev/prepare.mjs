// What must be there before anything runs: the right Node, the packages, the generated database client. Node built-ins only.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { alone } from "./processes.mjs";
import { filesUnder, root, whenChanged } from "./project.mjs";
import { Hint, say } from "./say.mjs";

const OLDEST_NODE = [20, 19];

/** @throws {Hint} this Node is too old */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Hint(
    `Cần Node.js ${OLDEST_NODE.join(".")} trở lên, máy này đang chạy ${version}: hãy cài bản mới hơn từ nodejs.org.`,
    `Node.js ${OLDEST_NODE.join(".")} or newer is needed, this is ${version}: install a newer one from nodejs.org.`,
  );
}

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} Packages */

/** @returns {Packages} */
const readPackages = (/** @type {string} */ file) => JSON.parse(readFileSync(join(root, file), "utf8")).packages;

/** True when node_modules holds exactly the versions of the lock file (those of other platforms aside). */
export function isInstalled() {
  const installed = "node_modules/.package-lock.json"; // npm writes it last, of what it installed
  if (!existsSync(join(root, installed))) return false;
  const [wanted, found] = [readPackages("package-lock.json"), readPackages(installed)];
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === "") return true;
    const there = found[path];
    return there ? there.version === version : optional === true;
  });
}

function install() {
  if (isInstalled()) return;
  say("cài các gói cần thiết (lần đầu mất khoảng một phút)", "installing packages (about a minute the first time)");
  const npmCli = process.env["npm_execpath"];
  const [file, before] = npmCli?.endsWith(".js") ? [process.execPath, [npmCli]] : ["npm", []];
  const { status } = spawnSync(
    file,
    [...before, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      // Prisma would otherwise try to fetch an engine that nothing here needs.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: join(import.meta.dirname, "schema-engine.mjs") },
    },
  );
  if (status === 0) return;
  throw new Hint(
    "Không cài được các gói: hãy kiểm tra mạng hoặc kho gói npm, rồi chạy lại.",
    "The packages could not be installed: check the network or the npm registry, then run this again.",
  );
}

async function generateClient() {
  const inputs = filesUnder("prisma/schema", ".config/prisma.ts", "node_modules/prisma/package.json");
  await whenChanged("prisma-client", {
    inputs,
    outputs: ["src/platform/prisma/client.ts"],
    work: async () => {
      const { runPrisma } = await import("./prisma.mjs");
      const { code, output } = await runPrisma(["generate"], { quiet: true });
      if (code !== 0) throw new Error(`prisma generate:\n${output}`);
    },
  });
}

/**
 * Installs and generates what is missing; two processes that come at once take turns.
 * @param {{ onInstalled?: () => void, build?: () => Promise<void> }} [steps] what else must be made while no other process
 *   makes the same
 * @throws {Hint} no packages, or a project folder that is not writable
 */
export async function prepare({ onInstalled = () => {}, build = async () => {} } = {}) {
  const folder = join(root, ".cache");
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new Hint(
      `Không ghi được vào thư mục ${folder}: hãy chạy bằng người dùng sở hữu thư mục này, hoặc cấp quyền ghi cho người dùng hiện tại.`,
      `The folder ${folder} is not writable: run as the user who owns it, or give this user the right to write there.`,
    );
  }
  const sayWaiting = () =>
    say("đợi một lệnh khác đang chuẩn bị trong thư mục này", "waiting for another command that prepares this folder");
  const work = async () => {
    install();
    onInstalled();
    await generateClient();
    await build();
  };
  await alone(join(folder, "prepare.lock"), work, sayWaiting);
}
