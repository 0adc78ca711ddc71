import { nextNumber } from "#documents/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { type LockedDossier, lockDossier } from "../events.ts";
import { handOverLocked, receiveLocked } from "./handing.ts";

/** In one order, so that two slips never wait for each other. */
async function lockAll(ctx: Context<Officer>, tx: Tx, ids: readonly string[]): Promise<LockedDossier[]> {
  const locked: LockedDossier[] = [];
  for (const id of [...new Set(ids)].sort()) {
    const dossier = await lockDossier(ctx, tx, id);
    if (!dossier) throw notFound();
    locked.push(dossier);
  }
  return locked;
}

/**
 * One slip (phiếu bàn giao) with the papers of many dossiers that go to the same place; each is a slip of its own in its
 * dossier. Numbered yearly by the agency that hands over, without gaps. All of them, or none.
 * @param input.papers what is handed over of each dossier, one line each
 * @throws Refusal 409 when they go to different places, or one cannot be handed over now
 */
export async function handOverBatch(
  ctx: Context<Officer>,
  input: {
    formKey: string;
    fromAgencyId: string;
    toAgencyId: string;
    toRole: string;
    dossiers: readonly { id: string; papers: string }[];
  },
): Promise<{ batchId: string }> {
  const { formKey, fromAgencyId, toAgencyId, toRole, dossiers } = input;
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${formKey}, 0))`;
    const before = await tx.handOverBatch.findUnique({ where: { formKey } });
    if (before) {
      if (before.givenById !== ctx.actor.accountId) throw notFound();
      return { batchId: before.id };
    }
    if (dossiers.length === 0) throw new Refusal("dossiers.refused.batchEmpty");
    const locked = await lockAll(
      ctx,
      tx,
      dossiers.map(({ id }) => id),
    );
    const year = Number(isoDay(ctx.now).slice(0, 4));
    const number = await nextNumber(tx, `hand_over:${fromAgencyId}`, year, ctx.now);
    const { id: batchId } = await tx.handOverBatch.create({
      data: {
        fromAgencyId,
        toAgencyId,
        toRole,
        year,
        number,
        formKey,
        givenById: ctx.actor.accountId,
        givenAt: ctx.now,
      },
    });
    for (const dossier of locked) {
      const papers = dossiers.find(({ id }) => id === dossier.id)?.papers ?? "";
      const to = await handOverLocked(ctx, tx, dossier, { papers, batchId });
      if (to.toAgencyId !== toAgencyId || to.toRole !== toRole || to.fromAgencyId !== fromAgencyId)
        throw new Refusal("dossiers.refused.batchMixed");
    }
    return { batchId };
  });
}

/**
 * Confirms what arrived with a slip of many, by who holds the role to which it went: all of its lines at once.
 * @param input.remarks what was lacking, by dossier; absent: all of it came
 * @throws Refusal 404 for anybody else's slip, 409 when it was confirmed before
 */
export async function receiveBatch(
  ctx: Context<Officer>,
  input: { batchId: string; remarks: Readonly<Record<string, string>> },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ receivedAt: Date | null }[]>`
      SELECT "receivedAt" FROM hand_over_batches WHERE id = ${input.batchId}::uuid FOR UPDATE`;
    const [batch] = rows;
    if (!batch) throw notFound();
    if (batch.receivedAt) throw new Refusal("dossiers.refused.noHandOver");
    const where = { batchId: input.batchId, receivedAt: null };
    const open = await tx.handOver.findMany({ where, select: { dossierId: true } });
    const ids = open.map(({ dossierId }) => dossierId);
    for (const dossier of await lockAll(ctx, tx, ids))
      await receiveLocked(ctx, tx, dossier, { remark: input.remarks[dossier.id] || null });
    await tx.handOverBatch.update({
      where: { id: input.batchId },
      data: { receivedById: ctx.actor.accountId, receivedAt: ctx.now },
    });
  });
}
