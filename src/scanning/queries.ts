import type { Context } from "#platform/context.ts";
import { ALARM_MS } from "./rules.ts";

export type Scanning = {
  /** False: no scanner is configured. */
  isOn: boolean;
  waiting: number;
  failed: number;
  /** Since when the file waits that has waited longest. */
  oldest: Date | null;
  /** The scanner does not answer, or not fast enough. */
  isLate: boolean;
};

/** How many files wait for the scanner, and how many could not be looked through. One query. */
export async function findScanning({ db, now, scanner }: Pick<Context, "db" | "now" | "scanner">): Promise<Scanning> {
  const [row] = await db.$queryRaw<{ waiting: number; failed: number; oldest: Date | null }[]>`
    SELECT count(*) FILTER (WHERE "scanState" = 'pending')::int AS waiting,
      count(*) FILTER (WHERE "scanState" = 'failed')::int AS failed,
      min("createdAt") FILTER (WHERE "scanState" = 'pending') AS oldest
    FROM (
      SELECT "scanState", "createdAt" FROM attachments WHERE "scanState" IN ('pending', 'failed')
      UNION ALL
      SELECT "scanState", "createdAt" FROM results WHERE "scanState" IN ('pending', 'failed')
    ) AS files`;
  const found = row ?? { waiting: 0, failed: 0, oldest: null };
  return {
    ...found,
    isOn: scanner !== undefined,
    isLate: scanner !== undefined && found.oldest !== null && now.getTime() - found.oldest.getTime() > ALARM_MS,
  };
}
