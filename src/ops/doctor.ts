/**
 * `npm run doctor` looks at everything that the portal stands on, says what it found and what to do. Exit code 0: ready;
 * 1: something must be mended; 2: the configuration cannot be read.
 */
import { now } from "#platform/clock.ts";
import { createPool } from "#platform/db.ts";
import { examine } from "./doctor/examine.ts";
import { runProgram } from "./program.ts";

const MARKS = { ok: "✓", warning: "!", failure: "✗" } as const;

await runProgram("doctor", async (ctx, config) => {
  const pool = createPool(config.databaseUrl, 1);
  const findings = await examine(ctx, pool, config, now).finally(() => pool.end());
  for (const { is, text, advice } of findings)
    process.stdout.write(`${MARKS[is]} ${text}\n${advice ? `    → ${advice}\n` : ""}`);
  const count = (kind: string): number => findings.filter(({ is }) => is === kind).length;
  process.stdout.write(
    `\n${count("failure")} lỗi / failures, ${count("warning")} lưu ý / warnings, ${count("ok")} đạt / well\n`,
  );
  return count("failure") > 0 ? 1 : 0;
});
