import { recordSecurity } from "#audit/index.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { Company } from "#platform/prisma/client.ts";
import { Refusal } from "#platform/refusal.ts";
import type { Former } from "../rules.ts";
import { type Held, lockAdministered, lockCompany } from "./holding.ts";

/** Who speaks for a claim becomes a representative of the company that is confirmed, and what was filed for it comes along. */
async function handOver(ctx: Confirming, tx: Tx, claimId: string, companyId: string, former: Former): Promise<void> {
  const ended = { endedAt: ctx.now, endedById: ctx.actor.accountId, codeHash: null };
  const claimants = await tx.companyMember.findMany({
    where: { companyId: claimId, endedAt: null, accountId: { not: null }, role: "representative" },
  });
  if (claimants.length === 0) throw new Refusal("companies.refused.notRepresentative");
  const accounts = claimants.flatMap(({ accountId }) => accountId ?? []);
  await tx.companyMember.updateMany({ where: { companyId: claimId, endedAt: null }, data: ended });
  const isNow = { companyId, endedAt: null };
  if (former === "end") await tx.companyMember.updateMany({ where: { ...isNow, role: "representative" }, data: ended });
  await tx.companyMember.updateMany({ where: { ...isNow, accountId: { in: accounts } }, data: ended });
  await tx.companyMember.createMany({
    data: claimants.map(({ accountId, position }) => ({
      companyId,
      accountId,
      position,
      role: "representative" as const,
      createdAt: ctx.now,
      joinedAt: ctx.now,
    })),
  });
  await tx.dossier.updateMany({ where: { companyId: claimId }, data: { companyId } });
  await tx.draft.updateMany({ where: { companyId: claimId }, data: { companyId } });
  await tx.filingBatch.updateMany({ where: { companyId: claimId }, data: { companyId } });
}

type Confirming = Context<Officer> | Context<Citizen>;
type Seen = Pick<Company, "confirmedBy" | "agencyId" | "papersSeen">;

/**
 * Marks a claim as confirmed. Where one of the same tax code is confirmed already, the claimant comes into that one.
 * @returns the company that stands confirmed
 */
async function confirm(ctx: Confirming, tx: Tx, claim: Held, former: Former, seen: Seen) {
  if (claim.confirmedAt) throw new Refusal("companies.refused.alreadyConfirmed");
  const known = await tx.company.findFirst({
    where: { taxCode: claim.taxCode, confirmedAt: { not: null } },
    select: { id: true },
  });
  const speaks = { companyId: claim.id, endedAt: null, role: "representative" as const, accountId: { not: null } };
  if ((await tx.companyMember.count({ where: speaks })) === 0) throw new Refusal("companies.refused.notRepresentative");
  const company = known ? await lockCompany(tx, known.id) : claim;
  if (known) await handOver(ctx, tx, claim.id, company.id, former);
  await tx.company.update({
    where: { id: company.id },
    data: {
      ...seen,
      name: claim.name,
      confirmedAt: ctx.now,
      confirmedById: ctx.actor.accountId,
      version: company.version + 1,
    },
  });
  const params = { companyId: company.id, claimId: claim.id, former: known ? former : null, by: seen.confirmedBy };
  await recordSecurity(ctx, { kind: "company.confirmed", params }, tx);
  return { id: company.id, name: claim.name };
}

/**
 * Confirms that a company is what it says, by an officer of the desk who saw its papers and its representative's. Where one
 * of the same tax code is confirmed already, the claimant becomes its representative.
 * @returns the company that stands confirmed
 * @throws Refusal 404; 409 when it is confirmed already, or nobody speaks for it any more
 */
export const confirmCompany = (
  ctx: Context<Officer>,
  id: unknown,
  { papers, former, agencyId }: { papers: string; former: Former; agencyId: string },
): Promise<{ id: string; name: string }> =>
  inTransaction(ctx, async (tx) =>
    confirm(ctx, tx, await lockCompany(tx, id), former, { confirmedBy: "counter", agencyId, papersSeen: papers }),
  );

/**
 * Confirms a company by its own electronic identity, which its representative has just proven.
 * @returns the company that stands confirmed
 * @throws Refusal 404 for who does not represent it; 409 when the identity is another company's, or it is confirmed already
 */
export const confirmByIdentity = (
  ctx: Context<Citizen>,
  id: unknown,
  taxCode: string,
): Promise<{ id: string; name: string }> =>
  inTransaction(ctx, async (tx) => {
    const claim = await lockAdministered(ctx, tx, id);
    if (claim.taxCode !== taxCode) throw new Refusal("companies.refused.otherIdentity");
    return confirm(ctx, tx, claim, "stay", { confirmedBy: "identity", agencyId: null, papersSeen: null });
  });
