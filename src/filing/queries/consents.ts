import type { Citizen, Context } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";

const parts = {
  id: true,
  purpose: true,
  textVersion: true,
  language: true,
  givenAt: true,
  revocation: { select: { revokedAt: true } },
  dossier: { select: { reference: true, code: true, procedureVersionId: true } },
} as const satisfies Prisma.ConsentSelect;
export type OwnConsent = Prisma.ConsentGetPayload<{ select: typeof parts }>;

/** Beyond so many, the oldest are left to a request in writing. */
const MOST = 200;

/** What the citizen agreed to, the newest first, taken back or not. */
export const listConsents = (ctx: Context<Citizen>): Promise<OwnConsent[]> =>
  ctx.db.consent.findMany({
    where: { accountId: ctx.actor.accountId },
    select: parts,
    relationLoadStrategy: "join",
    orderBy: [{ givenAt: "desc" }, { id: "desc" }],
    take: MOST,
  });
