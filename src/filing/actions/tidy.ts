import { createHash } from "node:crypto";
import { leaveNotices } from "#notifications/index.ts";
import { now as readClock } from "#platform/clock.ts";
import { type Context, type Surroundings, systemContext } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { daysBefore, freshSince, KEEPING, keptUntil } from "../rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "filing.tidy": Record<string, never>;
  }
}

/** A run that finds more goes on at the next. */
const MOST_AT_ONCE = 500;

type IdleDraft = { id: string; accountId: string; procedureVersionId: string; updatedAt: Date; warnedAt: Date | null };

/**
 * Drafts not changed for so many days, the longest first, with when they were announced to be deleted since their last
 * change. Held until the transaction ends: what somebody is just saving is passed over.
 */
const holdIdle = (tx: Tx, { now }: Pick<Context, "now">, from: number, until: number | null): Promise<IdleDraft[]> =>
  tx.$queryRaw<IdleDraft[]>`
    SELECT d.id, d."accountId", d."procedureVersionId", d."updatedAt",
      (SELECT max(n.at) FROM notifications n
        WHERE n."draftId" = d.id AND n.kind = 'draft_ending' AND n.at > d."updatedAt") AS "warnedAt"
    FROM drafts d
    WHERE d."updatedAt" <= ${daysBefore(now, from)}
      AND (${until === null} OR d."updatedAt" > ${daysBefore(now, until ?? 0)})
      AND (${until === null} OR NOT EXISTS (SELECT FROM notifications n WHERE n."draftId" = d.id AND n.kind = 'draft_waiting'))
    ORDER BY d."updatedAt" LIMIT ${MOST_AT_ONCE} FOR UPDATE OF d SKIP LOCKED`;

/** One idle time of a draft as a cause of its own: changed and left again, a draft is announced again. */
const idleTimeOf = ({ id, updatedAt }: IdleDraft): string => {
  const hex = createHash("sha256").update(`${id} ${updatedAt.toISOString()}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const noticeOf = (ctx: Pick<Context, "now">, draft: IdleDraft) => ({
  accountId: draft.accountId,
  causeId: draft.id,
  draftId: draft.id,
  procedureVersionId: draft.procedureVersionId,
  at: ctx.now,
});

async function remind(ctx: Context, tx: Tx): Promise<void> {
  const drafts = await holdIdle(tx, ctx, KEEPING.remind, KEEPING.warn);
  await leaveNotices(
    ctx,
    tx,
    drafts.map((draft) => ({
      ...noticeOf(ctx, draft),
      kind: "draft_waiting",
      facts: { dueAt: keptUntil(draft.updatedAt, null).toISOString() },
    })),
  );
}

async function endOld(ctx: Context, tx: Tx): Promise<void> {
  const drafts = await holdIdle(tx, ctx, KEEPING.warn, null);
  await leaveNotices(
    ctx,
    tx,
    drafts
      .filter(({ warnedAt }) => warnedAt === null)
      .map((draft) => ({
        ...noticeOf(ctx, draft),
        causeId: idleTimeOf(draft),
        kind: "draft_ending",
        facts: { dueAt: keptUntil(draft.updatedAt, ctx.now).toISOString() },
      })),
  );
  const over = drafts.filter(({ updatedAt, warnedAt }) => warnedAt && keptUntil(updatedAt, warnedAt) <= ctx.now);
  const ids = over.map(({ id }) => id);
  await leaveNotices(
    ctx,
    tx,
    over.map((draft) => ({
      ...noticeOf(ctx, draft),
      draftId: null,
      kind: "draft_deleted",
      facts: { days: KEEPING.keep },
    })),
  );
  await tx.attachment.deleteMany({ where: { draftId: { in: ids } } });
  await tx.draft.deleteMany({ where: { id: { in: ids } } });
}

/** Forgets files that did not arrive whole within a day; what became an attachment has no need of its traces either. */
async function forgetPartials(ctx: Context): Promise<void> {
  const old = await ctx.db.partialUpload.findMany({
    where: { createdAt: { lte: freshSince(ctx.now) } },
    select: { id: true, place: true },
    take: MOST_AT_ONCE,
  });
  await Promise.all(old.map(({ place }) => ctx.files.partials.forget(place)));
  await ctx.db.partialUpload.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
}

/** Tables of many dossiers are looked at for a day. What was made of them stands for itself. */
const forgetBatches = (ctx: Context): Promise<unknown> =>
  ctx.db.filingBatch.deleteMany({ where: { createdAt: { lte: freshSince(ctx.now) } } });

/**
 * Reminds of drafts that nobody filed, once; announces those that are about to be deleted; deletes what nobody changed
 * for 90 days, never without a week's announcement. The bytes of files follow when files without a row are swept.
 */
export async function tidyDrafts(ctx: Context): Promise<void> {
  await inTransaction(ctx, (tx) => remind(ctx, tx));
  await inTransaction(ctx, (tx) => endOld(ctx, tx));
  await forgetPartials(ctx);
  await forgetBatches(ctx);
}

/** What this room does outside of requests. */
export const filingJobs = (
  surroundings: Surroundings,
  now: () => Date = readClock,
): Pick<JobHandlers, "filing.tidy"> => ({
  "filing.tidy": () => tidyDrafts(systemContext(surroundings, now(), "filing.tidy")),
});
