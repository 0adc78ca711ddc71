import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "papers-"));
// The process, and with it this module, is shared by the files of tests that it runs.
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const has = (tool: string): boolean => {
  try {
    execFileSync("which", [tool], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
};

/** A test that looks at the page with Debian's tools: skipped in words where they are missing, failed there when CI=true. */
export const toolTest = (tools: readonly string[], name: string, run: () => Promise<void>): void => {
  const missing = tools.filter((tool) => !has(tool));
  const why = `not installed: ${missing.join(", ")} (Debian: poppler-utils, zbar-tools)`;
  if (missing.length === 0) test(name, run);
  else if (process.env["CI"] === "true")
    test(name, () => {
      throw new Error(why);
    });
  else test(`${name} (skipped: ${why})`, ({ skip }) => skip(why));
};

let count = 0;
/** Keeps a drawn paper for the tools to look at. */
export const keep = (bytes: Uint8Array): string => {
  const path = join(folder, `${count++}.pdf`);
  writeFileSync(path, bytes);
  return path;
};

export const run = (tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
/** As text, with lines that were only wrapped put together. */
export const textOf = (path: string): string =>
  run("pdftotext", "-layout", "-enc", "UTF-8", path, "-").replace(/\s+/g, " ");
export const rawTextOf = (path: string): string =>
  run("pdftotext", "-raw", "-enc", "UTF-8", path, "-").replace(/\s+/g, " ");
/** Fonts of a file: a line each. */
export const fontsOf = (path: string): string[] => run("pdffonts", path).trim().split("\n").slice(2);
/** What the code on the first page says. */
export const codeOn = (path: string): string => {
  run("pdftoppm", "-r", "150", "-png", "-singlefile", path, path);
  return run("zbarimg", "-q", "--raw", `${path}.png`).trim();
};
