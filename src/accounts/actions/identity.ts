import { randomBytes } from "node:crypto";
import { recordSecurity } from "#audit/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, type Tx } from "#platform/db.ts";
import type { Identity } from "../rules/identity.ts";
import { normalizeName, normalizePhone } from "../rules.ts";

/** The account that this identity is linked to; null when it is linked to none. */
export async function findLinkedAccount(
  { db, now }: Pick<Context, "db" | "now">,
  { issuer, subject, level }: Identity,
): Promise<string | null> {
  const key = { issuer_subject: { issuer, subject } };
  const found = await db.electronicIdentity.findUnique({ where: key, include: { account: true } });
  if (!found || found.account.disabledAt) return null;
  await db.electronicIdentity.update({ where: key, data: { usedAt: now, level } });
  return found.accountId;
}

/** What the identity says of the person goes into the profile; proven only from the second level on. */
async function writeProfile(tx: Tx, accountId: string, identity: Identity): Promise<void> {
  const { personalId, fullName, birthDate, level } = identity;
  const said = {
    fullName: normalizeName(fullName),
    ...(personalId ? { personalId } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(level === 2 ? { identityLevel: "verified" as const } : {}),
  };
  await tx.citizenProfile.upsert({ where: { accountId }, create: { accountId, ...said }, update: said });
  await tx.account.update({ where: { id: accountId }, data: { displayName: said.fullName } });
}

const linkRow = (accountId: string, { issuer, subject, level, personalId }: Identity, now: Date) => ({
  accountId,
  issuer,
  subject,
  level,
  personalId,
  linkedAt: now,
  usedAt: now,
});

export type LinkFault = "taken" | "otherPerson";

/**
 * Links the account of who is signed in to the identity that they just proved. One person's verified account is never
 * turned into another's.
 */
export async function linkIdentity(ctx: Context<Citizen>, identity: Identity): Promise<LinkFault | null> {
  const { accountId } = ctx.actor;
  const profile = await ctx.db.citizenProfile.findUnique({ where: { accountId } });
  if (profile?.identityLevel === "verified" && profile.personalId && profile.personalId !== identity.personalId)
    return "otherPerson";
  try {
    await inTransaction(ctx, async (tx) => {
      await tx.electronicIdentity.create({ data: linkRow(accountId, identity, ctx.now) });
      await writeProfile(tx, accountId, identity);
      await recordSecurity(ctx, { kind: "identity.linked", aboutId: accountId, params: { level: identity.level } }, tx);
    });
    return null;
  } catch (error) {
    if (isUniqueViolation(error)) return "taken";
    throw error;
  }
}

/** Takes a link of one's own away; what was proven stays proven. False when it is not there. */
export async function unlinkIdentity(ctx: Context<Citizen>, id: string): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const { accountId } = ctx.actor;
    const { count } = await tx.electronicIdentity.deleteMany({ where: { id, accountId } });
    if (count === 1) await recordSecurity(ctx, { kind: "identity.unlinked", aboutId: accountId }, tx);
    return count === 1;
  });
}

/**
 * Opens an account for an identity that has none. Null when its phone number or address belongs to an account already:
 * whose it is must sign in there first, since a provider's word for an address opens nobody's account.
 */
export async function createFromIdentity(ctx: Context, identity: Identity): Promise<string | null> {
  const phone = identity.phone && normalizePhone(identity.phone);
  const taken = [...(phone ? [{ username: phone }] : []), ...(identity.email ? [{ email: identity.email }] : [])];
  if (taken.length > 0 && (await ctx.db.account.findFirst({ where: { OR: taken } }))) return null;
  try {
    return await inTransaction(ctx, async (tx) => {
      const { id } = await tx.account.create({
        data: {
          kind: "citizen",
          username: phone ?? `dinh-danh-${randomBytes(9).toString("hex")}`,
          email: identity.email,
          displayName: normalizeName(identity.fullName),
          language: ctx.language,
          createdAt: ctx.now,
        },
      });
      await writeProfile(tx, id, identity);
      await tx.citizenProfile.update({ where: { accountId: id }, data: { phone, email: identity.email } });
      await tx.electronicIdentity.create({ data: linkRow(id, identity, ctx.now) });
      await recordSecurity(ctx, { kind: "identity.linked", accountId: id, aboutId: id }, tx);
      return id;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}
