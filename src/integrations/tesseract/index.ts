/** Text in pictures, read by Debian's tesseract with its Vietnamese data, where an administrator installed them. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { TextReader } from "#digitising/rules.ts";

const PROGRAM = "tesseract";
const LANGUAGE = "vie";
/** A page; what takes longer is no page of a dossier. */
const LONGEST_MS = 120_000;
/** Its own and nothing else: whatever reads strangers' pictures has none of the portal's secrets, and one core at most. */
const env = { PATH: "/usr/local/bin:/usr/bin:/bin", OMP_THREAD_LIMIT: "1" };

/** What it wrote; null where there is no such program or it failed. */
async function run(args: readonly string[], input?: Uint8Array): Promise<string | null> {
  const child = spawn(PROGRAM, args, { env, timeout: LONGEST_MS, stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise<boolean>((resolve) => {
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
  // It may have ended before it read everything; how it ended says so.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [said, isWell] = await Promise.all([text(child.stdout).catch(() => ""), ended]);
  return isWell ? said : null;
}

/** What reads Vietnamese on this machine; null: it is not installed. */
export async function findTextReader(): Promise<TextReader | null> {
  const known = await run(["--list-langs"]);
  if (!known?.split(/\s+/).includes(LANGUAGE)) return null;
  // With the page's own direction found out first: scans lie as they lay.
  return { read: (picture) => run(["stdin", "stdout", "-l", LANGUAGE, "--psm", "1"], picture) };
}
