import { recordSecurity } from "#audit/index.ts";
import { hashCode, isWellFormedCode, randomCode, readCode } from "#platform/codes.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inside } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { isId, knownAs } from "../queries.ts";
import { type CompanyRole, INVITATION_DAYS, type InvitedBy, isMeant, MOST_MEMBERS } from "../rules.ts";
import { lockAdministered, lockCompany } from "./holding.ts";

const DAY_MS = 86_400_000;

/**
 * Invites somebody by phone number, address or personal id, whether they have an account or not: nobody learns that here.
 * @returns the word that the inviter hands over; it is kept as a hash
 * @throws Refusal 404 for who does not administer the company, 409 when it has too many members
 */
export async function inviteMember(
  ctx: Context<Citizen>,
  id: unknown,
  { by, to, role }: { by: InvitedBy; to: string; role: CompanyRole },
): Promise<{ code: string; until: Date }> {
  const code = randomCode(60);
  const expiresAt = new Date(ctx.now.getTime() + INVITATION_DAYS * DAY_MS);
  await inTransaction(ctx, async (tx) => {
    const { id: companyId } = await lockAdministered(ctx, tx, id);
    const alive = { companyId, endedAt: null, OR: [{ accountId: { not: null } }, { expiresAt: { gt: ctx.now } }] };
    const count = await tx.companyMember.count({ where: alive });
    if (count >= MOST_MEMBERS) throw new Refusal("companies.refused.tooManyMembers", 409, { count });
    // A second invitation takes the place of the first.
    await tx.companyMember.updateMany({
      where: { companyId, accountId: null, endedAt: null, invitedBy: by, invitedTo: to },
      data: { endedAt: ctx.now, endedById: ctx.actor.accountId, codeHash: null },
    });
    await tx.companyMember.create({
      data: {
        companyId,
        role,
        invitedBy: by,
        invitedTo: to,
        codeHash: hashCode(code),
        invitedById: ctx.actor.accountId,
        createdAt: ctx.now,
        expiresAt,
      },
    });
    await recordSecurity(ctx, { kind: "company.invited", params: { companyId, role, by } }, tx);
  });
  return { code, until: expiresAt };
}

const openInvitation = ({ now }: Pick<Context, "now">) => ({ accountId: null, endedAt: null, expiresAt: { gt: now } });

/** Makes the citizen a member by an invitation that stands; where they are one already, it is used up all the same. */
async function join(ctx: Context<Citizen>, tx: Tx, invitation: { id: string; companyId: string; role: CompanyRole }) {
  const { accountId } = ctx.actor;
  const { companyId, role } = invitation;
  const company = await lockCompany(tx, companyId);
  if ((await tx.companyMember.count({ where: { companyId, accountId, endedAt: null } })) > 0)
    throw new Refusal("companies.refused.alreadyMember");
  const { count } = await tx.companyMember.updateMany({
    where: { id: invitation.id, ...openInvitation(ctx) },
    data: { accountId, joinedAt: ctx.now, codeHash: null },
  });
  if (count === 0) throw notFound();
  await recordSecurity(ctx, { kind: "company.joined", aboutId: accountId, params: { companyId, role } }, tx);
  return { id: companyId, name: company.name };
}

/** An open invitation that means the citizen by what they proved; anybody else's does not exist. */
async function findMeant(ctx: Context<Citizen>, tx: Tx, id: unknown) {
  const invitation = isId(id) ? await tx.companyMember.findFirst({ where: { id, ...openInvitation(ctx) } }) : null;
  if (!invitation || !isMeant(invitation, await knownAs(inside(ctx, tx)), { proven: true })) throw notFound();
  return invitation;
}

/** Accepts an invitation by what the citizen proved of themself. @throws Refusal 404 for anybody else's, 409 for a member */
export const joinCompany = (ctx: Context<Citizen>, id: unknown): Promise<{ id: string; name: string }> =>
  inTransaction(ctx, async (tx) => join(ctx, tx, await findMeant(ctx, tx, id)));

/**
 * Accepts an invitation by its word, where the account at least says what it was invited by: a word that went astray lets
 * nobody else in.
 * @returns null for a word that invites nobody, or somebody else
 * @throws Refusal 409 for who is a member
 */
export async function joinByCode(ctx: Context<Citizen>, typed: string): Promise<{ id: string; name: string } | null> {
  const code = readCode(typed);
  if (!isWellFormedCode(code)) return null;
  return inTransaction(ctx, async (tx) => {
    const where = { codeHash: hashCode(code), ...openInvitation(ctx) };
    const invitation = await tx.companyMember.findFirst({ where });
    if (!invitation || !isMeant(invitation, await knownAs(inside(ctx, tx)), { proven: false })) return null;
    return join(ctx, tx, invitation);
  });
}

/** Turns an invitation down. @throws Refusal 404 for anybody else's */
export async function declineInvitation(ctx: Context<Citizen>, id: unknown): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const invitation = await findMeant(ctx, tx, id);
    const { accountId } = ctx.actor;
    await tx.companyMember.update({
      where: { id: invitation.id },
      data: { endedAt: ctx.now, endedById: accountId, codeHash: null },
    });
    const params = { companyId: invitation.companyId };
    await recordSecurity(ctx, { kind: "company.left", aboutId: accountId, params }, tx);
  });
}
