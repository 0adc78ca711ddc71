import { recordSecurity } from "#audit/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import type { Former } from "../rules.ts";
import { lockCompany } from "./holding.ts";

/** Who speaks for a claim becomes a representative of the company that is confirmed, and what was filed for it comes along. */
async function handOver(
  ctx: Context<Officer>,
  tx: Tx,
  claimId: string,
  companyId: string,
  former: Former,
): Promise<void> {
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
}

/**
 * Confirms that a company is what it says, by an officer of the desk who saw its papers and its representative's. Where one
 * of the same tax code is confirmed already, the claimant becomes its representative.
 * @returns the company that stands confirmed
 * @throws Refusal 404; 409 when it is confirmed already, or nobody speaks for it any more
 */
export async function confirmCompany(
  ctx: Context<Officer>,
  id: unknown,
  { papers, former, agencyId }: { papers: string; former: Former; agencyId: string },
): Promise<{ id: string; name: string }> {
  return inTransaction(ctx, async (tx) => {
    const claim = await lockCompany(tx, id);
    if (claim.confirmedAt) throw new Refusal("companies.refused.alreadyConfirmed");
    const known = await tx.company.findFirst({
      where: { taxCode: claim.taxCode, confirmedAt: { not: null } },
      select: { id: true },
    });
    const speaks = { companyId: claim.id, endedAt: null, role: "representative" as const, accountId: { not: null } };
    if ((await tx.companyMember.count({ where: speaks })) === 0)
      throw new Refusal("companies.refused.notRepresentative");
    const company = known ? await lockCompany(tx, known.id) : claim;
    if (known) await handOver(ctx, tx, claim.id, company.id, former);
    await tx.company.update({
      where: { id: company.id },
      data: {
        name: claim.name,
        confirmedAt: ctx.now,
        confirmedBy: "counter",
        confirmedById: ctx.actor.accountId,
        agencyId,
        papersSeen: papers,
        version: company.version + 1,
      },
    });
    const params = { companyId: company.id, claimId: claim.id, former: known ? former : null };
    await recordSecurity(ctx, { kind: "company.confirmed", params }, tx);
    return { id: company.id, name: claim.name };
  });
}
