import type { Admin, Citizen, Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { isId } from "../queries.ts";

const MOST_OPEN = 5;

/** Asks for something to be corrected that the citizen cannot mend themself. @throws Refusal 429 with five unanswered */
export const askForCorrection = (ctx: Context<Citizen>, text: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const { accountId } = ctx.actor;
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId}::uuid FOR UPDATE`;
    if ((await tx.correctionRequest.count({ where: { accountId, answeredAt: null } })) >= MOST_OPEN)
      throw new Refusal("privacy.refused.tooManyOpen", 429);
    await tx.correctionRequest.create({ data: { accountId, text, askedAt: ctx.now } });
  });

/** @throws Refusal 404 when there is no such request, 409 when somebody has answered it */
export async function answerCorrection(ctx: Context<Admin>, id: string, answer: string): Promise<void> {
  if (!isId(id) || (await ctx.db.correctionRequest.count({ where: { id } })) === 0) throw notFound();
  const { count } = await ctx.db.correctionRequest.updateMany({
    where: { id, answeredAt: null },
    data: { answer, answeredAt: ctx.now, answeredById: ctx.actor.accountId },
  });
  if (count === 0) throw new Refusal("privacy.refused.answered");
}
