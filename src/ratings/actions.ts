import { ownedBy } from "#companies/rules.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findRating, forgetFigures } from "./queries.ts";
import { type Levels, mayRate } from "./rules.ts";

/**
 * Keeps how the applicant found the handling of their own dossier; a rating of the last seven days is replaced, and both
 * versions stay. The comment stands apart, and can be erased.
 * @throws Refusal 404 for other people's dossiers, 409 before there is a result, and when the rating is final
 */
export async function rateDossier(
  ctx: Context<Citizen>,
  reference: string,
  { levels, comment }: { levels: Levels; comment: string | null },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const where = { reference, ...ownedBy(ctx.actor.accountId, "act") };
    const own = await tx.dossier.findFirst({ where, select: { id: true } });
    const [dossier] = await tx.$queryRaw<
      { id: string; status: string; procedureId: string; receivingAgencyId: string }[]
    >`
      SELECT id, status::text, "procedureId", "receivingAgencyId" FROM dossiers WHERE id = ${own?.id ?? null}::uuid FOR UPDATE`;
    if (!dossier) throw notFound();
    const { id: dossierId, status, procedureId, receivingAgencyId } = dossier;
    const before = await findRating(ctx, dossierId, tx);
    if (!mayRate(status, before?.firstAt ?? null, ctx.now))
      throw new Refusal(before ? "ratings.refused.final" : "ratings.refused.early");
    await tx.rating.updateMany({ where: { dossierId, replacedAt: null }, data: { replacedAt: ctx.now } });
    const about = { dossierId, procedureId, receivingAgencyId, at: ctx.now };
    await tx.rating.create({ data: { ...about, ...levels, number: (before?.number ?? 0) + 1 } });
    if (comment === null) await tx.ratingComment.deleteMany({ where: { dossierId } });
    else
      await tx.ratingComment.upsert({
        where: { dossierId },
        create: { ...about, text: comment },
        update: { text: comment, at: ctx.now },
      });
  });
  forgetFigures(ctx);
}
