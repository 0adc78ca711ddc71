import { hash, verify } from "@node-rs/argon2";
import type { Context } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { Account } from "#platform/prisma/client.ts";
import { normalizePassword } from "../rules.ts";

/** Argon2id (OWASP 2024: 19 MiB, two passes, one lane). */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** So many of an account's last passwords do not come back (TCVN 14423:2026, 5.6). */
const HISTORY = 10;

export const hashPassword = (password: string): Promise<string> => hash(normalizePassword(password), ARGON2);

export const isPasswordOf = (passwordHash: string, password: string): Promise<boolean> =>
  verify(passwordHash, normalizePassword(password));

/** Sets an account's password and keeps the one before in its history. @param also what else belongs to the change */
export async function writePassword(
  ctx: Pick<Context, "db" | "now">,
  account: Pick<Account, "id" | "passwordHash">,
  password: string,
  also: (tx: Tx) => Promise<void>,
): Promise<void> {
  const passwordHash = await hashPassword(password);
  const { id: accountId } = account;
  await inTransaction(ctx, async (tx) => {
    if (account.passwordHash)
      await tx.formerPassword.create({ data: { accountId, passwordHash: account.passwordHash, at: ctx.now } });
    const old = await tx.formerPassword.findMany({
      where: { accountId },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      skip: HISTORY - 1,
      select: { id: true },
    });
    await tx.formerPassword.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
    await tx.account.update({
      where: { id: accountId },
      data: { passwordHash, mustChangePassword: false, passwordChangedAt: ctx.now },
    });
    await also(tx);
  });
}

/** Whether the password is the present one or one of the last ones. */
export async function wasUsedBefore(
  { db }: Pick<Context, "db">,
  account: Pick<Account, "id" | "passwordHash">,
  password: string,
): Promise<boolean> {
  const rows = await db.formerPassword.findMany({
    where: { accountId: account.id },
    orderBy: { at: "desc" },
    take: HISTORY - 1,
    select: { passwordHash: true },
  });
  for (const passwordHash of [account.passwordHash, ...rows.map((row) => row.passwordHash)])
    if (passwordHash && (await isPasswordOf(passwordHash, password))) return true;
  return false;
}

let leaked: Promise<string> | undefined;

/** Whether a password is one of the fifty thousand that people choose most often; the list is read when first asked. */
export async function isLeaked(password: string): Promise<boolean> {
  leaked ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => `\n${(dictionary["passwords-common"] as string[]).join("\n")}\n`,
  );
  return (await leaked).includes(`\n${normalizePassword(password).toLowerCase()}\n`);
}
