import type { Admin, Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import { forgetWordings } from "../queries/wordings.ts";
import type { Texts } from "../rules/wordings.ts";

/**
 * Words a mail or a paper anew; every version is kept.
 * @param seen the number of the version that was looked at; 0: none
 * @param texts empty: the portal's own words again
 * @throws Refusal 409 when somebody was faster
 */
export async function wordAnew(ctx: Context<Admin>, kind: string, seen: number, texts: Texts): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`wording ${kind}`}))`;
    const last = await tx.wording.findFirst({
      where: { kind },
      orderBy: { number: "desc" },
      select: { number: true },
    });
    if ((last?.number ?? 0) !== seen) throw new Refusal("lists.wordings.changedMeanwhile");
    await tx.wording.updateMany({ where: { kind, replacedAt: null }, data: { replacedAt: ctx.now } });
    await tx.wording.create({ data: { kind, number: seen + 1, texts, at: ctx.now, byId: ctx.actor.accountId } });
  });
  forgetWordings(ctx);
}
