import type { Readable } from "node:stream";
import type { Context } from "./context.ts";
import type { Tx } from "./db.ts";
import type { Translate } from "./i18n.ts";
import { enqueue } from "./jobs.ts";
import { Refusal } from "./refusal.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** Looks through every file that waits for it. */
    "files.scan": Record<string, never>;
  }
}

export type ScanState = "none" | "pending" | "clean" | "infected" | "failed";
export const SCAN_JOB = "files.scan";

/** How a file that just came in begins; spread into its row. */
export const newScan = ({ scanner }: Pick<Context, "scanner">): { scanState: ScanState } => ({
  scanState: scanner ? "pending" : "none",
});

/** Has the files scanned that this transaction brings in. Nobody waits for it. */
export async function askForScan({ scanner }: Pick<Context, "scanner">, tx: Tx): Promise<void> {
  if (scanner) await enqueue(tx, SCAN_JOB, {}, SCAN_JOB);
}

/** Why nobody may have a file; null: it may be had. Where a scanner stands, only what it found clean. */
export function withheldAs(state: ScanState, isScanning: boolean): "pending" | "infected" | "failed" | null {
  if (state === "infected") return state;
  if (!isScanning || state === "clean") return null;
  return state === "failed" ? "failed" : "pending";
}

/** Whether a file may be had by whoever has the right to it. */
export const mayHave = ({ scanner }: Pick<Context, "scanner">, { scanState }: { scanState: ScanState }): boolean =>
  withheldAs(scanState, scanner !== undefined) === null;

/**
 * Opens a file that somebody handed in, for a person: the only way to its bytes (tests/platform/scanning.test.ts).
 * @throws Refusal 403 when malware was found in it, 409 while it was not looked through, 404 when it is gone
 */
export async function openHandedIn(
  ctx: Pick<Context, "files" | "scanner">,
  { storageKey, scanState }: { storageKey: string; scanState: ScanState },
): Promise<Readable> {
  const withheld = withheldAs(scanState, ctx.scanner !== undefined);
  if (withheld) throw new Refusal(`platform.scan.refused.${withheld}`, withheld === "infected" ? 403 : 409);
  return ctx.files.open(storageKey);
}

/** What an applicant is told beside their file: what to do, or nothing. */
export function scanAdvice(state: ScanState, t: Translate): string | null {
  return state === "infected" || state === "failed" ? t(`platform.scan.advice.${state}`) : null;
}

/** What an officer is told beside a file; nothing when it is clean. */
export const scanLabel = (state: ScanState, t: Translate): string | null =>
  state === "clean" ? null : t(`platform.scan.label.${state}`);
