import { randomBytes } from "node:crypto";
import type { Context } from "#platform/context.ts";
import { hashToken } from "../queries.ts";

const KEPT_DAYS = 365;
const DAY_MS = 86_400_000;

/** The token's hash when one of a browser's tokens says that this account signed in there before; null otherwise. */
export async function findKnownDevice(
  { db, now }: Pick<Context, "db" | "now">,
  accountId: string,
  tokens: readonly string[],
): Promise<string | null> {
  if (tokens.length === 0) return null;
  const found = await db.knownDevice.findFirst({
    where: {
      accountId,
      tokenHash: { in: tokens.map(hashToken) },
      seenAt: { gt: new Date(now.getTime() - KEPT_DAYS * DAY_MS) },
    },
  });
  return found?.tokenHash ?? null;
}

/** The account that signed in last at a browser, of those with a right to the place; null when none did. */
export async function findLastOwner(
  { db }: Pick<Context, "db">,
  kind: "officer" | "admin",
  tokens: readonly string[],
): Promise<string | null> {
  if (tokens.length === 0) return null;
  const found = await db.knownDevice.findFirst({
    where: { tokenHash: { in: tokens.map(hashToken) }, account: { kind, disabledAt: null } },
    orderBy: { seenAt: "desc" },
    select: { accountId: true },
  });
  return found?.accountId ?? null;
}

/**
 * Remembers that an account signed in at this browser.
 * @returns a new token for the browser to keep; null when it has one already
 */
export async function rememberDevice(
  ctx: Pick<Context, "db" | "now">,
  accountId: string,
  tokens: readonly string[],
): Promise<string | null> {
  const known = await findKnownDevice(ctx, accountId, tokens);
  if (known) {
    await ctx.db.knownDevice.updateMany({ where: { tokenHash: known }, data: { seenAt: ctx.now } });
    return null;
  }
  const token = randomBytes(18).toString("base64url");
  await ctx.db.knownDevice.create({ data: { tokenHash: hashToken(token), accountId, seenAt: ctx.now } });
  return token;
}
