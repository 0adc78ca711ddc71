import type { Context, Officer } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";

/** Keeps a procedure at hand at the counter, or no longer. @throws Refusal 404 when there is no such procedure */
export async function keepFavourite(ctx: Context<Officer>, code: string, keep: boolean): Promise<void> {
  const procedure = await ctx.db.procedure.findUnique({ where: { code }, select: { id: true } });
  if (!procedure) throw notFound();
  const row = { accountId: ctx.actor.accountId, procedureId: procedure.id };
  if (keep) await ctx.db.counterFavourite.createMany({ data: [row], skipDuplicates: true });
  else await ctx.db.counterFavourite.deleteMany({ where: row });
}
