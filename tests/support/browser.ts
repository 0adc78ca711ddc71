import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { test } from "vitest";

const executablePath = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path && existsSync(path));

const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-default-apps",
  "--no-first-run",
  "--disable-quic",
  "--disable-gpu",
];

export const hasBrowser = executablePath !== undefined;
const WHY = "no browser found: install chromium or set CHROMIUM_PATH";
if (!hasBrowser) console.warn(`browser tests are skipped: ${WHY}`);

type Options = { timeout?: number };
type Body = () => Promise<void>;

/** A browser on two busy cores misses a moment now and then: such a test may fail once, never twice. */
function withSecondChance(name: string, options: Options | Body, given?: Body): void {
  const body = typeof options === "function" ? options : given;
  // A number in the body's place would make it a test that is never run.
  if (typeof body !== "function" || (given !== undefined && typeof given !== "function"))
    throw new Error(`${name}: the time that it may take stands before its body`);
  test(name, { retry: 1, ...(typeof options === "function" ? {} : options) }, body);
}

/** A test that needs a real browser: skipped in words where there is none, failed there when CI=true. */
export const browserTest: typeof test = (
  hasBrowser
    ? withSecondChance
    : (name: string) =>
        process.env["CI"] === "true"
          ? test(name, () => {
              throw new Error(WHY);
            })
          : test(`${name} (skipped: ${WHY})`, ({ skip }) => skip(WHY))
) as typeof test;

/** How long a page is waited for: what has failed shows it at once, a busy machine is only slow. */
export const BUSY_MS = 30_000;

/**
 * For a context: pauses that the page's scripts make on purpose pass fifteen times as fast. What they have patience for
 * stays as it is: a busy machine is not a broken line.
 */
export const QUICK_PAUSES = `(() => {
  const later = window.setTimeout;
  window.setTimeout = (run, ms = 0, ...more) => later(run, ms > 500 && ms <= 10000 ? ms / 15 : ms, ...more);
})()`;

let browser: Promise<Browser> | undefined;

/** The browser of this test process, shared by its files; it ends with the process. */
export function openBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ["--no-sandbox", ...QUIET] : QUIET,
  });
  return browser;
}
