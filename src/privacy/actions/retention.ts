import { eraseDossier } from "#dossiers/index.ts";
import { leaveNotices } from "#notifications/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, isUniqueViolation } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import type { RuleInput } from "../inputs.ts";
import { dueUnder, isId } from "../queries.ts";
import { carriedOutAt } from "../rules.ts";

/** A run that finds more goes on in the next night. */
const MOST_AT_ONCE = 500;

/** @throws Refusal 409 when there is a rule for the same dossiers already */
export async function addRule(ctx: Context<Admin>, rule: RuleInput): Promise<void> {
  try {
    await ctx.db.retentionRule.create({ data: { ...rule, madeAt: ctx.now, madeById: ctx.actor.accountId } });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal("privacy.refused.ruleTaken");
    throw error;
  }
}

/** What was announced under the rule alone is called off when its day comes. One that is gone is no error. */
export async function removeRule(ctx: Context<Admin>, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  await ctx.db.retentionRule.deleteMany({ where: { id } });
}

/** Announces what falls due, to whoever filed it, two weeks ahead. @returns how many */
async function announce(ctx: Context): Promise<number> {
  const due = await dueUnder(ctx, { most: MOST_AT_ONCE, isNew: true });
  await inTransaction(ctx, async (tx) => {
    const dueAt = carriedOutAt(ctx.now);
    await tx.retention.createMany({
      data: due.map(({ dossierId, act }) => ({ dossierId, act, announcedAt: ctx.now, dueAt })),
      skipDuplicates: true,
    });
    await leaveNotices(
      ctx,
      tx,
      due.flatMap(({ dossierId, accountId, procedureVersionId, code, reference }) =>
        accountId === null
          ? []
          : [
              {
                accountId,
                causeId: dossierId,
                kind: "record_ending" as const,
                dossierId,
                procedureVersionId,
                facts: { code, reference, dueAt: dueAt.toISOString() },
                at: ctx.now,
              },
            ],
      ),
    );
  });
  return due.length;
}

/** Carries out what was announced two weeks ago and still falls under a rule: a dossier that was opened again does not. */
async function carryOut(ctx: Context): Promise<number> {
  const announced = await ctx.db.retention.findMany({
    where: { doneAt: null, dueAt: { lte: ctx.now } },
    orderBy: { dueAt: "asc" },
    take: MOST_AT_ONCE,
    select: { dossierId: true },
  });
  const still = await dueUnder(ctx, { among: announced.map(({ dossierId }) => dossierId) });
  for (const { dossierId, act } of still) {
    const keys = await inTransaction(ctx, async (tx) => {
      const [held] = await tx.$queryRaw<{ finishedAt: Date | null }[]>`
        SELECT "finishedAt" FROM dossiers WHERE id = ${dossierId}::uuid FOR UPDATE`;
      if (!held?.finishedAt) return [];
      const gone = await eraseDossier(tx, dossierId, act);
      await tx.retention.update({ where: { dossierId }, data: { act, doneAt: ctx.now, files: gone.length } });
      return gone;
    });
    // What cannot be removed now is swept later: no row names it any more.
    await Promise.all(keys.map((key) => ctx.files.remove(key).catch(() => {})));
  }
  return still.length;
}

/** The nightly look: first what was announced, then what is to be. @returns how many of each */
export async function retain(ctx: Context): Promise<{ done: number; announced: number }> {
  const done = await carryOut(ctx);
  return { done, announced: await announce(ctx) };
}
