import { randomInt, timingSafeEqual } from "node:crypto";
import type { Context } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { Language } from "#platform/i18n.ts";
import { enqueue } from "#platform/jobs.ts";
import { hashToken } from "../queries.ts";

/** What is said to somebody outside the portal: a code, that something changed, or that something waits for them. */
export type Message = {
  to: string;
  language: Language;
  about: "reset" | "email" | "changed" | "scanner" | "invited";
  /** Nothing for what carries none. */
  code?: string;
  /** A page of the portal to which it leads, by its path. */
  path?: string;
  /** When it is worth nothing any more, in milliseconds. */
  until: number;
  id: string;
};

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** Stands in the owner's queue until it is sent, which the portal's own role cannot read. */
    "accounts.tell": Message;
    "accounts.idle": { days: number };
  }
}

export type CodePurpose = "reset" | "email" | "phone";
const CODE_MINUTES = 10;
const MOST_TRIES = 5;
const DIGITS = 8;

const hashOf = (id: string, code: string): string => hashToken(`${id} ${code}`);

/**
 * Sends a fresh code to an address; the codes sent before for the same purpose are worth nothing from then on.
 * Kept as a hash, good for ten minutes and five tries.
 */
export async function sendCode(
  ctx: Pick<Context, "db" | "now" | "language">,
  { accountId, purpose, target }: { accountId: string; purpose: CodePurpose; target: string },
): Promise<void> {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
  const expiresAt = new Date(ctx.now.getTime() + CODE_MINUTES * 60_000);
  await inTransaction(ctx, async (tx) => {
    await tx.oneTimeCode.deleteMany({ where: { accountId, purpose } });
    const { id } = await tx.oneTimeCode.create({
      data: { accountId, purpose, target, codeHash: "", createdAt: ctx.now, expiresAt },
    });
    await tx.oneTimeCode.update({ where: { id }, data: { codeHash: hashOf(id, code) } });
    const about = purpose === "reset" ? "reset" : "email";
    await enqueue(tx, "accounts.tell", {
      to: target,
      language: ctx.language,
      about,
      code,
      until: expiresAt.getTime(),
      id,
    });
  });
}

/** Tells an address that is no longer the account's. */
export const tellFormer = (
  tx: Tx,
  { language, now, requestId }: Pick<Context, "language" | "now" | "requestId">,
  to: string,
): Promise<void> =>
  enqueue(tx, "accounts.tell", {
    to,
    language,
    about: "changed",
    until: now.getTime() + 7 * 86_400_000,
    id: `changed-${requestId}`,
  });

/**
 * Uses a code up.
 * @returns where it was sent to; null when it is wrong, used, too old, or was tried too often
 */
export async function takeCode(
  { db, now }: Pick<Context, "db" | "now">,
  accountId: string,
  purposes: readonly CodePurpose[],
  typed: string,
): Promise<{ purpose: CodePurpose; target: string } | null> {
  const code = typed.replace(/\D/g, "");
  const waiting = await db.oneTimeCode.findMany({
    where: { accountId, purpose: { in: [...purposes] }, usedAt: null, expiresAt: { gt: now } },
  });
  for (const { id, codeHash, purpose, target } of waiting) {
    const { count } = await db.oneTimeCode.updateMany({
      where: { id, usedAt: null, tries: { lt: MOST_TRIES } },
      data: { tries: { increment: 1 } },
    });
    if (count === 0 || !timingSafeEqual(Buffer.from(codeHash), Buffer.from(hashOf(id, code)))) continue;
    const used = await db.oneTimeCode.updateMany({ where: { id, usedAt: null }, data: { usedAt: now } });
    if (used.count === 1) return { purpose: purpose as CodePurpose, target };
  }
  return null;
}
