import { z } from "zod";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, Prisma } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { ResultTemplate } from "../filling/result.ts";
import { forgetForms } from "../queries/forms.ts";

/**
 * Says that a form was compared with its original, by name and time. Said again, the first stays.
 * @throws Refusal 404 when there is no such form
 */
export async function confirmForm(ctx: Context<Admin>, formId: string): Promise<void> {
  const found = await ctx.db.paperTemplate.findUnique({ where: { id: formId }, select: { id: true } });
  if (!found) throw notFound();
  await ctx.db.paperTemplate.updateMany({
    where: { id: formId, confirmedAt: null },
    data: { confirmedAt: ctx.now, confirmedById: ctx.actor.accountId, confirmedByName: ctx.actor.name },
  });
  forgetForms(ctx);
}

/**
 * Gives a form another title, basis or symbol from a day on; papers issued before keep theirs, and it must be confirmed
 * anew.
 * @param input.from yyyy-MM-dd, later than the one in force began and not in the past
 * @throws Refusal 404 when there is no such form, 409 when the day is past or has a form already
 */
export async function renameForm(
  ctx: Context<Admin>,
  formId: string,
  input: { from: string; title: string; basis: string; symbol: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const before = await tx.paperTemplate.findUnique({ where: { id: formId } });
    if (!before) throw notFound();
    if (input.from < isoDay(ctx.now)) throw new Refusal("documents.refused.formInPast");
    const { kind, procedureCode, layout, content } = before;
    const taken = await tx.paperTemplate.count({ where: { kind, procedureCode, from: { gte: input.from } } });
    if (taken > 0) throw new Refusal("documents.refused.formTaken");
    await tx.paperTemplate.create({
      data: { kind, procedureCode, layout, content: content ?? Prisma.DbNull, ...input },
    });
  });
  forgetForms(ctx);
}

/** The results that come with the portal: prisma/seed/result-forms.json. */
export const ResultFormFile = z.array(
  z.object({
    procedureCode: z.string(),
    from: z.string(),
    title: z.string(),
    basis: z.string(),
    symbol: z.string(),
    content: ResultTemplate,
  }),
);

/** Brings in forms of results that are not there yet; what an administrator changed stays. @returns how many are new */
export async function importResultForms(
  ctx: Pick<Context, "db">,
  file: z.output<typeof ResultFormFile>,
): Promise<number> {
  const { count } = await ctx.db.paperTemplate.createMany({
    data: file.map((form) => ({ kind: "result", ...form })),
    skipDuplicates: true,
  });
  forgetForms(ctx);
  return count;
}
