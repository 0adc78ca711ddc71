// `npm test`: everything that CI runs, from a fresh clone. `npm test -- tests/dossiers` runs only those tests.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildAssets, buildServer } from "./build.mjs";
import { checkNode, prepare } from "./prepare.mjs";
import { isMain, root } from "./project.mjs";
import { command } from "./say.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Runs vitest with this project's configuration and counts from its report; a run that broke counts as one failure.
 * @param {string[]} args
 * @param {string[]} [reporters] beside the one that is counted
 * @returns {Promise<Counts>}
 */
export async function runTests(args, reporters = ["default"]) {
  const report = join(root, `.cache/tests-${process.pid}.json`);
  const cli = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--config", ".config/vitest.ts"];
  const shown = [...reporters, "json"].map((name) => `--reporter=${name}`);
  const child = spawn(process.execPath, [...cli, ...shown, `--outputFile.json=${report}`, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests,
    numTodoTests,
    testResults,
  } = JSON.parse(readFileSync(report, "utf8"));
  rmSync(report);
  // A file that fails before its first test holds no failed test; an unhandled error belongs to none.
  const broken = testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const isUnexplained = code !== 0 && failed + broken === 0;
  return { passed, failed: failed + broken + (isUnexplained ? 1 : 0), skipped: numPendingTests + numTodoTests };
}

/** The checks, then every test. @returns {Promise<Counts>} */
async function runEverything() {
  const { check } = await import("./check.mjs");
  const checks = await check();
  const tests = await runTests([]);
  return { passed: checks.passed + tests.passed, failed: checks.failed + tests.failed, skipped: tests.skipped };
}

if (isMain(import.meta.url)) {
  await command(async () => {
    checkNode();
    await prepare({
      build: async () => {
        await Promise.all([buildAssets(), buildServer()]);
      },
    });
    const chosen = process.argv.slice(2);
    const { passed, failed, skipped } = chosen.length > 0 ? await runTests(chosen) : await runEverything();
    process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
    if (failed > 0) process.exitCode = 1;
  });
}
