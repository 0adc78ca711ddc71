import { recordSecurity } from "#audit/index.ts";
import type { Admin, Citizen, Context, Officer } from "#platform/context.ts";
import { inTransaction, isUniqueViolation } from "#platform/db.ts";
import { findByUsername } from "../queries.ts";
import { normalizePhone } from "../rules.ts";
import { sendCode, takeCode, tellFormer } from "./codes.ts";
import { writePassword } from "./passwords.ts";
import { endSessions } from "./sessions.ts";

type Owner = Context<Citizen | Officer | Admin>;

/**
 * Sends a code for a new password to the account's address. Says nothing of whether there is such an account: who asks
 * learns the same either way.
 */
export async function askForReset(ctx: Context, username: string): Promise<void> {
  const account = await findByUsername(ctx, username);
  if (!account || account.disabledAt || account.kind === "technical") return;
  // A citizen's address that was never confirmed is still the only one there is; a wrong one belongs to nobody's account.
  const target = account.email ?? (account.phoneProvenAt ? account.username : null);
  if (target) await sendCode({ ...ctx, language: ctx.language }, { accountId: account.id, purpose: "reset", target });
}

/** Whose account a reset is asked for, to judge the new password by; null says nothing to who asks. */
export const findResetting = async (ctx: Pick<Context, "db">, username: string) => {
  const account = await findByUsername(ctx, username);
  return account && !account.disabledAt && account.kind !== "technical" ? account : null;
};

/**
 * Sets a new password by the code that was sent; ends every session, and every browser is a stranger again.
 * @returns false when the code is wrong or its time is over
 */
export async function resetPassword(ctx: Context, username: string, code: string, password: string): Promise<boolean> {
  const account = await findResetting(ctx, username);
  const taken = account && (await takeCode(ctx, account.id, ["reset"], code));
  if (!account || !taken) return false;
  await writePassword(ctx, account, password, async (tx) => {
    await endSessions(tx, account.id);
    await tx.knownDevice.deleteMany({ where: { accountId: account.id } });
    if (taken.target === account.email)
      await tx.account.update({ where: { id: account.id }, data: { emailProvenAt: ctx.now } });
    await recordSecurity(ctx, { kind: "password.reset", accountId: account.id, aboutId: account.id }, tx);
  });
  return true;
}

/** Sends a code to a new mail address or phone number; nothing changes until it comes back. */
export const askForContact = (ctx: Owner, purpose: "email" | "phone", target: string): Promise<void> =>
  sendCode(ctx, { accountId: ctx.actor.accountId, purpose, target });

/** What of an account a code may be sent to in order to prove it: its own mail address, else its phone number. */
export async function findUnproven(
  { db }: Pick<Context, "db">,
  accountId: string,
  reach: { mail: boolean; sms: boolean },
): Promise<{ purpose: "email" | "phone"; target: string } | null> {
  const { email, emailProvenAt, username, phoneProvenAt } = await db.account.findUniqueOrThrow({
    where: { id: accountId },
  });
  if (reach.mail && email && !emailProvenAt) return { purpose: "email", target: email };
  return reach.sms && !phoneProvenAt && normalizePhone(username) ? { purpose: "phone", target: username } : null;
}

/** Where a code that the account waits for was sent; null when none waits. */
export async function findSentTo({ db, now }: Pick<Context, "db" | "now">, accountId: string): Promise<string | null> {
  const waiting = await db.oneTimeCode.findFirst({
    where: { accountId, purpose: { in: ["email", "phone"] }, usedAt: null, expiresAt: { gt: now } },
    orderBy: { createdAt: "desc" },
  });
  return waiting?.target ?? null;
}

/**
 * Takes a new mail address or phone number over once its code came back, and tells the old one.
 * @returns `wrong`: the code; `taken`: somebody else has that address
 */
export async function confirmContact(ctx: Owner, code: string): Promise<"done" | "wrong" | "taken"> {
  const { accountId } = ctx.actor;
  const taken = await takeCode(ctx, accountId, ["email", "phone"], code);
  if (!taken) return "wrong";
  const isMail = taken.purpose === "email";
  try {
    await inTransaction(ctx, async (tx) => {
      const before = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
      const former = isMail ? before.email : null;
      await tx.account.update({
        where: { id: accountId },
        data: isMail ? { email: taken.target, emailProvenAt: ctx.now } : { phoneProvenAt: ctx.now },
      });
      if (before.kind === "citizen") {
        if (!isMail) await tx.account.update({ where: { id: accountId }, data: { username: taken.target } });
        await tx.citizenProfile.updateMany({
          where: { accountId },
          data: isMail ? { email: taken.target } : { phone: taken.target },
        });
      }
      if (former && former !== taken.target) await tellFormer(tx, ctx, former);
      // What was only proven did not change: nobody is told.
      if (!isMail && before.email && before.username !== taken.target) await tellFormer(tx, ctx, before.email);
      await recordSecurity(ctx, { kind: "contact.changed", aboutId: accountId, params: { what: taken.purpose } }, tx);
    });
    return "done";
  } catch (error) {
    if (isUniqueViolation(error)) return "taken";
    throw error;
  }
}
