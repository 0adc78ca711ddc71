/**
 * Every log line that a test run writes, in this process and in the programs that it starts, is kept in one folder and
 * looked through when the run is over: no line may hold anybody's data.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../src/dev/project.mjs";

export function openLogs(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(folder, { recursive: true });
}

/** @param writer one file for each, so that pieces of lines never mix */
export const keepLog = (folder: string, writer: string, text: string | Uint8Array): void =>
  appendFileSync(join(folder, `${writer}.log`), text);

// Digits and letters that stand for nobody: ids, instants, and places in the code.
const NOBODYS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|\S*node_modules\S*/g;
/** A line without what stands for nobody, in which a year or a part of a number would be found by chance. */
export const withoutIds = (line: string): string => line.replace(NOBODYS, "");

const PERSONAL: readonly [what: string, found: RegExp][] = [
  ["a personal id", /(?<![\w.-])0\d{11}(?!\w)/],
  ["a phone number", /(?<![\w.-])(?:0|\+84)\d{9}(?!\w)/],
  ["a mail address", /[\w.+-]+@[\w-]+\.[a-z]{2,}/i],
];

/** What the portal itself writes is JSON in English: a letter with a diacritic is somebody's name, or what they wrote. */
const WORDS: readonly [what: string, found: RegExp] = ["somebody's words", /[^\p{ASCII}]/u];

/** What of a log is somebody's: the first few lines, each with what was found in it. */
export function personalIn(log: string): string[] {
  const found: string[] = [];
  for (const line of log.split("\n")) {
    // Where the project stands is the machine's own word.
    const plain = withoutIds(line.replaceAll(root, ""));
    const looked = line.startsWith('{"') ? [...PERSONAL, WORDS] : PERSONAL;
    const hit = looked.find(([, pattern]) => pattern.test(plain));
    if (hit) found.push(`${hit[0]}: ${line.slice(0, 400)}`);
    if (found.length === 5) break;
  }
  return found;
}

/** What of all that the run wrote is somebody's; the folder is gone after that. */
export function closeLogs(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name) => personalIn(readFileSync(join(folder, name), "utf8")));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return found;
}
