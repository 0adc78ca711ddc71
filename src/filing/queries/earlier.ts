import type { Citizen, Context } from "#platform/context.ts";
import { type Answers, findVersion } from "#procedures/index.ts";
import type { EarlierDossier, Purpose } from "../rules.ts";

/** Older answers are rather wrong than useful. */
const MOST = 5;
const PREFILL: Purpose = "prefill";

/**
 * Dossiers that the citizen filed, for themself or for this company, whose answers they agreed to use again, the newest
 * first. What they filed for another stays there.
 */
export async function listEarlier(ctx: Context<Citizen>, companyId: string | null): Promise<EarlierDossier[]> {
  const rows = await ctx.db.dossier.findMany({
    where: {
      applicantAccountId: ctx.actor.accountId,
      companyId,
      consents: { some: { purpose: PREFILL, accountId: ctx.actor.accountId, revocation: null } },
    },
    select: {
      reference: true,
      code: true,
      submittedAt: true,
      procedureVersionId: true,
      answers: { orderBy: { number: "desc" }, take: 1, select: { answers: true } },
    },
    relationLoadStrategy: "join",
    orderBy: [{ submittedAt: "desc" }, { id: "desc" }],
    take: MOST,
  });
  return Promise.all(
    rows.map(async ({ reference, code, submittedAt, procedureVersionId, answers }) => ({
      name: code ?? reference,
      at: submittedAt,
      form: (await findVersion(ctx, procedureVersionId)).definition,
      answers: (answers[0]?.answers ?? {}) as Answers,
    })),
  );
}
