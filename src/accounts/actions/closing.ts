import { leaveCompanies } from "#companies/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import { isPasswordOf } from "./passwords.ts";
import { endSessions } from "./sessions.ts";

/**
 * Closes a citizen's own account for good (Luật 91/2025/QH15 Đ4): what it says of them, drafts, notices, second factors
 * and devices are gone, and nobody signs in with it again. Dossiers that were filed stay in the agency's archive.
 * @returns false when the password is wrong
 * @throws Refusal 409 while a dossier of theirs is not finished, or a company has nobody else who speaks for it
 */
export async function closeAccount(ctx: Context<Citizen>, password: string): Promise<boolean> {
  const { accountId } = ctx.actor;
  const account = await ctx.db.account.findUniqueOrThrow({ where: { id: accountId } });
  if (!account.passwordHash || !(await isPasswordOf(account.passwordHash, password))) return false;
  await inTransaction(ctx, async (tx) => {
    // Whoever files at the same moment waits here, or is refused by what stands there now.
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId}::uuid FOR UPDATE`;
    if ((await tx.dossier.count({ where: { applicantAccountId: accountId, companyId: null, finishedAt: null } })) > 0)
      throw new Refusal("privacy.refused.dossiersOpen");
    await leaveCompanies(ctx, tx);
    const where = { accountId };
    await tx.attachment.deleteMany({ where: { draft: where } });
    await tx.draft.deleteMany({ where });
    await tx.citizenProfile.deleteMany({ where });
    await tx.notification.deleteMany({ where });
    await tx.mailChoice.deleteMany({ where });
    await tx.secondFactor.deleteMany({ where });
    await tx.recoveryCode.deleteMany({ where });
    await tx.knownDevice.deleteMany({ where });
    await tx.electronicIdentity.deleteMany({ where });
    await tx.account.update({
      where: { id: accountId },
      data: {
        username: `da-dong-${accountId}`,
        displayName: "Tài khoản đã đóng",
        email: null,
        passwordHash: null,
        disabledAt: ctx.now,
      },
    });
    await endSessions(tx, accountId);
  });
  return true;
}
