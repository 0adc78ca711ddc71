import { recordSecurity } from "#audit/index.ts";
import { hashCode, isWellFormedCode, randomCode, readCode } from "#platform/codes.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inside } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { enqueue } from "#platform/jobs.ts";
import { isMailAddress } from "#platform/mail.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { paths } from "../paths.ts";
import { isId, knownAs } from "../queries.ts";
import { type CompanyRole, INVITATION_DAYS, type InvitedBy, isMeant, MOST_MEMBERS } from "../rules.ts";
import { lockAdministered, lockCompany } from "./holding.ts";

const DAY_MS = 86_400_000;
/** So many mails a day reach one address, whoever invites it for whichever company. */
const MOST_MAILS = 3;

/**
 * Tells the address that was invited, where mails still may: neither the company nor who invites is named, for nobody
 * proved whose address it is; nor is the word, which the inviter hands over.
 */
async function tellInvited(
  ctx: Context<Citizen>,
  tx: Tx,
  { id, to, until }: { id: string; to: string; until: Date },
): Promise<boolean> {
  const since = new Date(ctx.now.getTime() - DAY_MS);
  const today = await tx.companyMember.count({
    where: { invitedBy: "email", invitedTo: to, createdAt: { gt: since } },
  });
  if (!isMailAddress(to) || today > MOST_MAILS) return false;
  await enqueue(tx, "accounts.tell", {
    to,
    language: ctx.language,
    about: "invited",
    path: paths.mine,
    until: until.getTime(),
    id: `invited-${id}`,
  });
  return true;
}

/**
 * Invites somebody by phone number, address or personal id, whether they have an account or not: nobody learns that here.
 * An address is told by mail that an invitation waits.
 * @returns the word that the inviter hands over, which is kept as a hash, and whether a mail tells the address
 * @throws Refusal 404 for who does not administer the company, 409 when it has too many members
 */
export async function inviteMember(
  ctx: Context<Citizen>,
  id: unknown,
  { by, to, role }: { by: InvitedBy; to: string; role: CompanyRole },
): Promise<{ code: string; until: Date; isMailed: boolean }> {
  const code = randomCode(60);
  const expiresAt = new Date(ctx.now.getTime() + INVITATION_DAYS * DAY_MS);
  const isMailed = await inTransaction(ctx, async (tx) => {
    const { id: companyId } = await lockAdministered(ctx, tx, id);
    const alive = { companyId, endedAt: null, OR: [{ accountId: { not: null } }, { expiresAt: { gt: ctx.now } }] };
    const count = await tx.companyMember.count({ where: alive });
    if (count >= MOST_MEMBERS) throw new Refusal("companies.refused.tooManyMembers", 409, { count });
    // A second invitation takes the place of the first.
    await tx.companyMember.updateMany({
      where: { companyId, accountId: null, endedAt: null, invitedBy: by, invitedTo: to },
      data: { endedAt: ctx.now, endedById: ctx.actor.accountId, codeHash: null },
    });
    const { id: invitation } = await tx.companyMember.create({
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
      select: { id: true },
    });
    await recordSecurity(ctx, { kind: "company.invited", params: { companyId, role, by } }, tx);
    return by === "email" && (await tellInvited(ctx, tx, { id: invitation, to, until: expiresAt }));
  });
  return { code, until: expiresAt, isMailed };
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
  // It stood when it was looked for: somebody else was quicker, or it was taken back just now.
  if (count === 0) throw new Refusal("companies.refused.invitationGone");
  await recordSecurity(ctx, { kind: "company.joined", aboutId: accountId, params: { companyId, role } }, tx);
  return { id: companyId, name: company.name };
}

/** An open invitation that means the citizen by what they proved; anybody else's does not exist. */
async function findMeant(ctx: Context<Citizen>, tx: Tx, id: unknown) {
  const invitation = isId(id) ? await tx.companyMember.findFirst({ where: { id, ...openInvitation(ctx) } }) : null;
  if (!invitation || !isMeant(invitation, await knownAs(inside(ctx, tx)), { proven: true })) throw notFound();
  return invitation;
}

/**
 * Accepts an invitation by what the citizen proved of themself.
 * @throws Refusal 404 for anybody else's; 409 for a member, and when somebody else took it up at the same moment
 */
export const joinCompany = (ctx: Context<Citizen>, id: unknown): Promise<{ id: string; name: string }> =>
  inTransaction(ctx, async (tx) => join(ctx, tx, await findMeant(ctx, tx, id)));

/**
 * Accepts an invitation by its word, where the account at least says what it was invited by: a word that went astray lets
 * nobody else in.
 * @returns null for a word that invites nobody, or somebody else
 * @throws Refusal 409 for who is a member, and when somebody else took it up at the same moment
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
