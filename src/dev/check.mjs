// `npm run check`: what can be known without a database, in seconds. Each check speaks only when it finds something.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { checkNode, prepare } from "./prepare.mjs";
import { isMain, root } from "./project.mjs";
import { command, Hint } from "./say.mjs";

const bin = (/** @type {string} */ path) => join(root, "node_modules", path);

/** name -> arguments for node */
const CHECKS = {
  "format and lint": [
    bin("@biomejs/biome/bin/biome"),
    "check",
    "--config-path=.config",
    "--max-diagnostics=40",
    "--diagnostic-level=warn",
    "--error-on-warnings",
    ".",
  ],
  types: [bin("typescript/bin/tsc"), "-p", ".", "--pretty", "false"],
  "types of scripts": [bin("typescript/bin/tsc"), "-p", ".config/tsconfig.browser.json", "--pretty", "false"],
  templates: ["--conditions=source", "--import", "tsx", join(import.meta.dirname, "check-views.ts")],
  "unused code": [
    bin("knip/bin/knip.js"),
    "--config=.config/knip.json",
    "--tsConfig=.config/tsconfig.build.json", // it knows which dist/x.js is made of which src/x.ts
    "--no-progress",
    "--no-config-hints",
  ],
};

/** @returns {Promise<{ name: string, passed: boolean, output: string, seconds: number }>} */
function runCheck(/** @type {string} */ name, /** @type {string[]} */ args) {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ name, passed: code === 0, output, seconds: (performance.now() - started) / 1000 }),
    );
  });
}

/**
 * Runs every check at once and prints what each found.
 * @returns {Promise<{ passed: number, failed: number, reasons: string[] }>} which failed, by name
 */
export async function check() {
  const results = await Promise.all(Object.entries(CHECKS).map(([name, args]) => runCheck(name, args)));
  for (const { name, passed, output, seconds } of results) {
    process.stdout.write(`${passed ? "✓" : "✗"} ${name} (${seconds.toFixed(1)} s)\n`);
    if (!passed) process.stdout.write(`${output.trim()}\n\n`);
  }
  const reasons = results.filter(({ passed }) => !passed).map(({ name }) => `check: ${name}`);
  return { passed: results.length - reasons.length, failed: reasons.length, reasons };
}

if (isMain(import.meta.url)) {
  await command(async () => {
    checkNode();
    await prepare();
    const { passed, failed } = await check();
    const { runTests } = await import("./test.mjs");
    const tests = await runTests(["--project", "rules", "tests/architecture.test.ts"], ["dot"]);
    process.stdout.write(`${passed + tests.passed} passed, ${failed + tests.failed} failed\n`);
    if (failed + tests.failed > 0) throw new Hint("Kiểm tra chưa đạt.", "The check found problems.");
  });
}
