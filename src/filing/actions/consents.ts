import type { Citizen, Context } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import { isId } from "../queries.ts";

/**
 * Takes one of the citizen's own consents back, from now on (Luật 91/2025/QH15 Đ10). Twice is once: the first time counts.
 * @throws Refusal 404 for other people's and for those that do not exist alike
 */
export async function revokeConsent(ctx: Context<Citizen>, id: string): Promise<void> {
  const consent = isId(id)
    ? await ctx.db.consent.findFirst({ where: { id, accountId: ctx.actor.accountId }, select: { id: true } })
    : null;
  if (!consent) throw notFound();
  await ctx.db.consentRevocation.createMany({
    data: [{ consentId: consent.id, revokedAt: ctx.now }],
    skipDuplicates: true,
  });
}
