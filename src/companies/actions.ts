import { recordSecurity } from "#audit/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { lockAdministered, lockCompany } from "./actions/holding.ts";
import { isId } from "./queries.ts";
import { type CompanyRole, MOST_COMPANIES, mayDo, memberWith } from "./rules.ts";

export { confirmByIdentity, confirmCompany } from "./actions/confirming.ts";
export { declineInvitation, inviteMember, joinByCode, joinCompany } from "./actions/inviting.ts";

/** What a company says of itself. */
export type Described = {
  name: string;
  communeCode: string | null;
  addressLine: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
  /** What the representative who describes it is there. */
  position: string;
};

/**
 * Describes a company of which the citizen says to be the representative. It is declared, not confirmed, and opens nothing
 * that others filed for a company of the same tax code.
 * @returns `own` when they belong to one with this tax code
 * @throws Refusal 409 for more companies than one person could speak for
 */
export async function makeCompany(
  ctx: Context<Citizen>,
  { taxCode, position, ...described }: Described & { taxCode: string },
): Promise<{ id: string } | "own"> {
  const { accountId } = ctx.actor;
  return inTransaction(ctx, async (tx) => {
    // Pressed twice at once, it is made once.
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId}::uuid FOR UPDATE`;
    const own = await tx.companyMember.findMany({
      where: memberWith(accountId, "see"),
      select: { company: { select: { taxCode: true } } },
    });
    if (own.some(({ company }) => company.taxCode === taxCode)) return "own";
    if (own.length >= MOST_COMPANIES) throw new Refusal("companies.refused.tooMany", 409, { count: own.length });
    const { id } = await tx.company.create({
      data: { ...described, taxCode, createdAt: ctx.now },
      select: { id: true },
    });
    await tx.companyMember.create({
      data: { companyId: id, accountId, role: "representative", position, createdAt: ctx.now, joinedAt: ctx.now },
    });
    await recordSecurity(ctx, { kind: "company.opened", params: { companyId: id } }, tx);
    return { id };
  });
}

/**
 * Changes what a company says of itself, and what the representative who asks is there. With another name it must be
 * confirmed again; its tax code never changes.
 * @throws Refusal 404 for who does not represent it, 409 when it changed since it was read
 */
export async function changeCompany(
  ctx: Context<Citizen>,
  id: unknown,
  version: number,
  { position, ...described }: Described,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const company = await lockAdministered(ctx, tx, id);
    if (company.version !== version) throw new Refusal("companies.refused.changedMeanwhile");
    const renamed = described.name !== company.name && company.confirmedAt !== null;
    const unconfirmed = { confirmedAt: null, confirmedBy: null, confirmedById: null, agencyId: null, papersSeen: null };
    await tx.company.update({
      where: { id: company.id },
      data: { ...described, ...(renamed ? unconfirmed : {}), version: version + 1 },
    });
    await tx.companyMember.updateMany({
      where: { companyId: company.id, accountId: ctx.actor.accountId, endedAt: null },
      data: { position },
    });
    await recordSecurity(ctx, { kind: "company.changed", params: { companyId: company.id, renamed } }, tx);
  });
}

/** A company always has somebody who speaks for it, as long as anybody belongs to it or anything of it is open. */
async function keepRepresented(tx: Tx, companyId: string, without: string): Promise<void> {
  const others = { companyId, endedAt: null, accountId: { not: null }, id: { not: without } };
  if ((await tx.companyMember.count({ where: { ...others, role: "representative" } })) > 0) return;
  const left = await tx.companyMember.count({ where: others });
  const open = left > 0 ? left : await tx.dossier.count({ where: { companyId, finishedAt: null } });
  if (open > 0) throw new Refusal("companies.refused.lastRepresentative");
}

const findMember = async (tx: Tx, companyId: string, id: unknown) => {
  const member = isId(id) ? await tx.companyMember.findFirst({ where: { id, companyId, endedAt: null } }) : null;
  if (!member) throw notFound();
  return member;
};

/** Gives a member another part. @throws Refusal 404 for who does not administer the company, 409 for its last representative */
export async function changeRole(
  ctx: Context<Citizen>,
  id: unknown,
  memberId: unknown,
  role: CompanyRole,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const company = await lockAdministered(ctx, tx, id);
    const member = await findMember(tx, company.id, memberId);
    if (member.role === role) return;
    if (!mayDo(role, "administer")) await keepRepresented(tx, company.id, member.id);
    await tx.companyMember.update({ where: { id: member.id }, data: { role } });
    const params = { companyId: company.id, role };
    await recordSecurity(ctx, { kind: "company.changed", aboutId: member.accountId, params }, tx);
  });
}

async function end(ctx: Context<Citizen>, tx: Tx, member: { id: string; companyId: string; accountId: string | null }) {
  const { id, companyId, accountId } = member;
  if (accountId !== null) await keepRepresented(tx, companyId, id);
  const ended = { endedAt: ctx.now, endedById: ctx.actor.accountId, codeHash: null };
  await tx.companyMember.update({ where: { id }, data: ended });
  await recordSecurity(ctx, { kind: "company.left", aboutId: accountId, params: { companyId } }, tx);
}

/**
 * Ends somebody's part in a company, or an invitation to it: from their next request on they are a stranger to its
 * dossiers and drafts.
 * @throws Refusal 404 for who does not administer the company, 409 for its last representative
 */
export const endMembership = (ctx: Context<Citizen>, id: unknown, memberId: unknown): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const company = await lockAdministered(ctx, tx, id);
    await end(ctx, tx, await findMember(tx, company.id, memberId));
  });

/** Ends one's own part in a company. @throws Refusal 404 for who has none, 409 for its last representative */
export const leaveCompany = (ctx: Context<Citizen>, id: unknown): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const company = await lockCompany(tx, id);
    const where = { companyId: company.id, ...memberWith(ctx.actor.accountId, "see") };
    const own = await tx.companyMember.findFirst({ where });
    if (!own) throw notFound();
    await end(ctx, tx, own);
  });

/** Ends every part that a citizen has in a company, whose account is closed. @throws Refusal 409 as `leaveCompany` */
export async function leaveCompanies(ctx: Context<Citizen>, tx: Tx): Promise<void> {
  const own = await tx.companyMember.findMany({
    where: memberWith(ctx.actor.accountId, "see"),
    // Always in the same order: two who leave the same companies at once must not wait for each other.
    orderBy: { companyId: "asc" },
  });
  for (const member of own) {
    await lockCompany(tx, member.companyId);
    await end(ctx, tx, member);
  }
}
