import { advanceStep, assignStep, deliverResult, handOverPapers } from "#dossiers/index.ts";
import { openToWhere } from "#dossiers/rules.ts";
import type { Context, Officer } from "#platform/context.ts";
import { isUniqueViolation, type Prisma } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import type { Batch, Chosen } from "../inputs/batch.ts";

/** What was done to many is looked at for so long. */
const KEPT_DAYS = 30;

/** The outcome of a row's step that carries the chosen name; steps of other procedures have outcomes of other names. */
async function outcomeOf(ctx: Context<Officer>, { dossierId, runId }: Chosen, name: string): Promise<string> {
  const run = runId
    ? await ctx.db.stepRun.findFirst({
        where: { id: runId, dossierId, dossier: openToWhere(ctx.actor) },
        select: { stepId: true, dossier: { select: { procedureVersionId: true } } },
      })
    : null;
  if (runId && !run) throw notFound();
  const version = run && (await findVersion(ctx, run.dossier.procedureVersionId));
  const step = run && version && findStep(version.definition.workflow, run.stepId);
  const outcome = step?.outcomes.find((one) => one.name.vi === name);
  if (!outcome) throw new Refusal("desk.batch.refused.outcome", 409, { outcome: name });
  return outcome.id;
}

function stepOf({ runId, runVersion }: Chosen): { stepRunId: string; version: number } {
  if (runId === null) throw new Refusal("desk.batch.refused.noStep");
  return { stepRunId: runId, version: runVersion };
}

async function actOn(ctx: Context<Officer>, batch: Batch, row: Chosen): Promise<void> {
  const { dossierId, version } = row;
  switch (batch.viec) {
    case "nhan":
      return assignStep(ctx, { ...stepOf(row), assigneeId: ctx.actor.accountId });
    case "giao":
      return assignStep(ctx, { ...stepOf(row), assigneeId: batch.nguoi });
    case "de-chung":
      return assignStep(ctx, { ...stepOf(row), assigneeId: null });
    case "chuyen":
      return advanceStep(ctx, { ...stepOf(row), outcomeId: await outcomeOf(ctx, row, batch.ketQua), note: null });
    case "ban-giao":
      return handOverPapers(ctx, { dossierId, version, papers: batch.giayTo });
    case "tra":
      return deliverResult(ctx, { dossierId, version, method: batch.cach, receivedBy: batch.nguoiNhan || null });
  }
}

/**
 * Does one act on each of the chosen dossiers, one transaction each, and keeps what became of it: what is refused for one
 * stops none of the others. The same form sent twice does it once.
 * @returns the batch, to be looked at; the earlier one where the form had been sent before
 */
export async function runBatch(ctx: Context<Officer>, batch: Batch): Promise<{ batchId: string }> {
  const { accountId } = ctx.actor;
  const { formKey } = batch;
  const since = new Date(ctx.now.getTime() - KEPT_DAYS * 86_400_000);
  await ctx.db.workBatch.deleteMany({ where: { accountId, createdAt: { lt: since } } });
  const items = batch.hs.map(({ dossierId }, i) => ({ number: i + 1, dossierId }));
  try {
    const { id } = await ctx.db.workBatch.create({
      data: { accountId, formKey, act: batch.viec, createdAt: ctx.now, items: { createMany: { data: items } } },
    });
    for (const [i, row] of batch.hs.entries()) {
      const outcome = await actOn(ctx, batch, row).then(
        () => ({ done: true }),
        (error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          return { done: false, reason: error.reason, params: error.params as Prisma.InputJsonObject };
        },
      );
      await ctx.db.workBatchItem.update({ where: { batchId_number: { batchId: id, number: i + 1 } }, data: outcome });
    }
    await ctx.db.workBatch.update({ where: { id }, data: { endedAt: ctx.now } });
    return { batchId: id };
  } catch (error) {
    const before = isUniqueViolation(error)
      ? await ctx.db.workBatch.findFirst({ where: { formKey, accountId }, select: { id: true } })
      : null;
    if (!before) throw error;
    return { batchId: before.id };
  }
}
