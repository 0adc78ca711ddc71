// `npm test`: everything that CI runs, from a fresh clone. `npm test -- tests/dossiers` runs only those tests.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildAssets, buildServer } from "./build.mjs";
import { checkNode, prepare } from "./prepare.mjs";
import { isMain, root } from "./project.mjs";
import { command } from "./say.mjs";

/**
 * What failed: each file and test by name, an error that belongs to none, and what the logs should not hold.
 * @typedef {{ passed: number, failed: number, skipped: number, reasons: string[] }} Counts
 */

/**
 * Runs vitest with this project's configuration and counts from its report; a run that broke counts as one failure.
 * @param {string[]} args
 * @param {string[]} [reporters] beside the one that is counted
 * @returns {Promise<Counts>}
 */
export async function runTests(args, reporters = ["default"]) {
  const report = join(root, `.cache/tests-${process.pid}.json`);
  const cli = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--config", ".config/vitest.ts"];
  const shown = [...reporters, join(import.meta.dirname, "test-report.mjs")].map((name) => `--reporter=${name}`);
  const child = spawn(process.execPath, [...cli, ...shown, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, TEST_REPORT: report },
  });
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, reasons: [`the run broke off: ${code}`] };
  /** @type {{ passed: number, skipped: number, reasons: string[] }} */
  const { passed, skipped, reasons } = JSON.parse(readFileSync(report, "utf8"));
  rmSync(report);
  if (code !== 0 && reasons.length === 0) reasons.push(`the run ended with ${code} and said no more, see above`);
  return { passed, failed: reasons.length, skipped, reasons };
}

/** The checks, then every test. @returns {Promise<Counts>} */
async function runEverything() {
  const { check } = await import("./check.mjs");
  const checks = await check();
  const tests = await runTests([]);
  return {
    passed: checks.passed + tests.passed,
    failed: checks.failed + tests.failed,
    skipped: tests.skipped,
    reasons: [...checks.reasons, ...tests.reasons],
  };
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
    const { passed, failed, skipped, reasons } = chosen.length > 0 ? await runTests(chosen) : await runEverything();
    for (const reason of reasons) process.stdout.write(`FAILED: ${reason}\n`);
    process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
    if (failed > 0) process.exitCode = 1;
  });
}
