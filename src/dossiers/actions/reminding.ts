import type { Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { lockDossier, recordChange } from "../events.ts";
import { mayLeave } from "../rules.ts";

const DAY_MS = 86_400_000;
/** After so many days a result that nobody collected is spoken of: three times, further and further apart. */
export const REMIND_AFTER_DAYS = [7, 21, 60] as const;
const BATCH = 500;

/**
 * Reminds those who follow their dossiers by an account of results that wait for them at a counter. Idempotent: each
 * reminder is an event, and as many as are due are counted.
 * @returns how many were reminded
 */
export async function remindToCollect(ctx: Context): Promise<number> {
  const [first] = REMIND_AFTER_DAYS;
  const waiting = await ctx.db.dossier.findMany({
    where: {
      status: "completed",
      returnMethod: "counter",
      applicantAccountId: { not: null },
      finishedAt: { lt: new Date(ctx.now.getTime() - first * DAY_MS) },
    },
    orderBy: { finishedAt: "asc" },
    select: { id: true, finishedAt: true, _count: { select: { events: { where: { type: "result.reminded" } } } } },
    take: BATCH,
  });
  let reminded = 0;
  for (const { id, finishedAt, _count } of waiting) {
    const days = (ctx.now.getTime() - (finishedAt ?? ctx.now).getTime()) / DAY_MS;
    if (_count.events >= REMIND_AFTER_DAYS.filter((after) => after <= days).length) continue;
    await inTransaction(ctx, async (tx) => {
      const dossier = await lockDossier(ctx, tx, id);
      if (!dossier || !mayLeave("remindToCollect", dossier.status)) return;
      const number = _count.events + 1;
      if ((await tx.dossierEvent.count({ where: { dossierId: id, type: "result.reminded" } })) >= number) return;
      const agencyId = dossier.receivingAgencyId;
      const payload = { number };
      await recordChange(ctx, tx, dossier, {}, { type: "result.reminded", status: dossier.status, agencyId, payload });
      reminded++;
    });
  }
  return reminded;
}
