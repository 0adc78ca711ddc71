import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "vitest";
import { createClamav, type Scanner } from "#platform/scanner.ts";
import { atEnd } from "./ending.ts";

const hasClamd = (() => {
  try {
    execFileSync("clamd", ["--version"], { stdio: "ignore", env: { PATH: `${process.env["PATH"]}:/usr/sbin` } });
    return true;
  } catch {
    return false;
  }
})();
const WHY = "no clamd found: install clamav-daemon";
if (!hasClamd) console.warn(`tests with a virus scanner are skipped: ${WHY}`);

/** A test that needs ClamAV's daemon: skipped in words where there is none, failed there when CI=true. */
export const scannerTest: typeof test = (
  hasClamd
    ? test
    : (name: string) =>
        process.env["CI"] === "true"
          ? test(name, () => {
              throw new Error(WHY);
            })
          : test(`${name} (skipped: ${WHY})`, ({ skip }) => skip(WHY))
) as typeof test;

/** The harmless text that every scanner takes for malware; put together here, so that none takes this file for it. */
export const EICAR = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

export type Clamd = { place: string; scanner: Scanner; stop(): Promise<void>; start(): Promise<void> };

/** ClamAV's daemon with one signature of our own, so that it needs nothing from anywhere; gone after the file's tests. */
export async function startClamd(): Promise<Clamd> {
  const folder = mkdtempSync(join(tmpdir(), "clamd-"));
  const socket = join(folder, "clamd.ctl");
  writeFileSync(join(folder, "eicar.ndb"), `Local.Eicar:0:*:${Buffer.from(EICAR).toString("hex")}\n`);
  writeFileSync(
    join(folder, "clamd.conf"),
    [
      `DatabaseDirectory ${folder}`,
      `LocalSocket ${socket}`,
      "Foreground yes",
      "StreamMaxLength 21M",
      "MaxThreads 2",
    ].join("\n"),
  );
  const scanner = createClamav({ path: socket });
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn("clamd", ["-c", join(folder, "clamd.conf")], {
      stdio: "ignore",
      env: { PATH: `${process.env["PATH"]}:/usr/sbin` },
    });
    while (!(await scanner.version().catch(() => null))) {
      if (child.exitCode !== null) throw new Error(`clamd ended with ${child.exitCode}`);
      await wait(50);
    }
  };
  const stop = async (): Promise<void> => {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once("close", resolve));
    ending.kill("SIGKILL");
    await ended;
    rmSync(socket, { force: true });
  };
  atEnd(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  if (hasClamd) await start();
  return { place: socket, scanner, start, stop };
}
