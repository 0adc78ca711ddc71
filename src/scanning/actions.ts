import { listFollowers } from "#companies/index.ts";
import { leaveNotices } from "#notifications/index.ts";
import { elapsed, now as readClock } from "#platform/clock.ts";
import { type Context, type Surroundings, systemContext } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { enqueue, type JobHandlers } from "#platform/jobs.ts";
import { Refusal } from "#platform/refusal.ts";
import { type Scanner, ScannerAway, Unscannable } from "#platform/scanner.ts";
import { SCAN_JOB } from "#platform/scanning.ts";
import { alarmOfOutage, endOutage } from "./actions/alarm.ts";
import { nextTry, TRIES_UNTIL_FAILED } from "./rules.ts";

type Waiting = { id: string; of: "attachments" | "results"; storageKey: string; tries: number; scannedAt: Date | null };

const MOST_AT_ONCE = 50;
/** Then the job begins anew, so that others have their turn. */
const TURN_MS = 120_000;

/** What just came in first, then what could not be looked through, then what came before there was a scanner. */
async function listWaiting({ db, now }: Pick<Context, "db" | "now">): Promise<Waiting[]> {
  const waiting = await db.$queryRaw<Waiting[]>`
    SELECT * FROM (
      SELECT id, 'attachments' AS of, "storageKey", "scanTries" AS tries, "scannedAt", "scanState", "createdAt"
      FROM attachments WHERE "scanState" IN ('pending', 'failed')
      UNION ALL
      SELECT id, 'results', "storageKey", "scanTries", "scannedAt", "scanState", "createdAt"
      FROM results WHERE "scanState" IN ('pending', 'failed') AND "storageKey" IS NOT NULL
    ) AS files ORDER BY tries, "createdAt" LIMIT 1000`;
  const due = waiting.filter(({ tries, scannedAt }) => !scannedAt || nextTry(tries, scannedAt) <= now);
  if (due.length > 0) return due.slice(0, MOST_AT_ONCE);
  return db.$queryRaw<Waiting[]>`
    (SELECT id, 'attachments' AS of, "storageKey", "scanTries" AS tries, "scannedAt"
      FROM attachments WHERE "scanState" = 'none' LIMIT ${MOST_AT_ONCE})
    UNION ALL
    (SELECT id, 'results', "storageKey", "scanTries", "scannedAt"
      FROM results WHERE "scanState" = 'none' AND "storageKey" IS NOT NULL LIMIT ${MOST_AT_ONCE})`;
}

/** Whoever handed in a file with malware learns of it, once, and what to do. */
async function tellOwner(ctx: Context, tx: Tx, attachmentId: string): Promise<void> {
  const file = await tx.attachment.findUnique({
    where: { id: attachmentId },
    select: {
      draft: { select: { id: true, accountId: true, procedureVersionId: true } },
      dossier: { select: { id: true, applicantAccountId: true, companyId: true, procedureVersionId: true } },
      supplement: {
        select: {
          dossier: { select: { id: true, applicantAccountId: true, companyId: true, procedureVersionId: true } },
        },
      },
    },
  });
  const dossier = file?.dossier ?? file?.supplement?.dossier;
  const told = file?.draft ? [file.draft.accountId] : dossier ? await listFollowers(tx, dossier) : [];
  const procedureVersionId = file?.draft?.procedureVersionId ?? dossier?.procedureVersionId;
  if (!procedureVersionId) return;
  const about = { dossierId: dossier?.id ?? null, draftId: file?.draft?.id ?? null, procedureVersionId };
  await leaveNotices(
    ctx,
    tx,
    told.map((accountId) => ({
      ...about,
      accountId,
      causeId: attachmentId,
      kind: "file_infected" as const,
      facts: {},
      at: ctx.now,
    })),
  );
}

type Verdict = { scanState: "clean" | "infected" | "pending" | "failed"; scanFinding: string | null };

/** @throws ScannerAway: no file's fault */
async function judge(ctx: Context, scanner: Scanner, file: Waiting): Promise<Verdict> {
  try {
    const bytes = await ctx.files.open(file.storageKey);
    const finding = await scanner.scan(bytes).finally(() => bytes.destroy());
    return { scanState: finding === null ? "clean" : "infected", scanFinding: finding };
  } catch (error) {
    const why = error instanceof Unscannable ? error.message : error instanceof Refusal ? "the file is gone" : null;
    if (why === null) throw error;
    return { scanState: file.tries + 1 >= TRIES_UNTIL_FAILED ? "failed" : "pending", scanFinding: why };
  }
}

async function settle(ctx: Context, file: Waiting, verdict: Verdict): Promise<void> {
  const data = { ...verdict, scannedAt: ctx.now, scanTries: file.tries + 1 };
  await inTransaction(ctx, async (tx) => {
    const where = {
      id: file.id,
      scanState: { in: ["none", "pending", "failed"] as ("none" | "pending" | "failed")[] },
    };
    const { count } =
      file.of === "attachments"
        ? await tx.attachment.updateMany({ where, data })
        : await tx.result.updateMany({ where, data });
    if (count === 1 && verdict.scanState === "infected" && file.of === "attachments") await tellOwner(ctx, tx, file.id);
  });
}

/**
 * Looks through the files that wait, until none is due or the turn is over.
 * @throws ScannerAway while the scanner does not answer: the queue tries again, and no file is let through meanwhile
 */
export async function scanWaiting(ctx: Context): Promise<{ scanned: number; isDone: boolean }> {
  const { scanner } = ctx;
  if (!scanner) return { scanned: 0, isDone: true };
  const began = elapsed();
  let scanned = 0;
  for (;;) {
    const files = await listWaiting(ctx);
    if (files.length === 0) return { scanned, isDone: true };
    for (const file of files) {
      await settle(ctx, file, await judge(ctx, scanner, file));
      scanned++;
    }
    if (elapsed() - began > TURN_MS) return { scanned, isDone: false };
  }
}

/** What this room does outside of requests. */
export const scanningJobs = (
  surroundings: Surroundings,
  now: () => Date = readClock,
): Pick<JobHandlers, typeof SCAN_JOB> => ({
  [SCAN_JOB]: async () => {
    const ctx = systemContext(surroundings, now(), SCAN_JOB);
    try {
      const { isDone } = await scanWaiting(ctx);
      if (isDone) return endOutage(ctx);
      await alarmOfOutage(ctx);
      await enqueue(surroundings.db, SCAN_JOB, {}, SCAN_JOB);
    } catch (error) {
      if (error instanceof ScannerAway) await alarmOfOutage(ctx);
      throw error;
    }
  },
});
