import { randomUUID } from "node:crypto";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, type Tx } from "#platform/db.ts";
import { findStanding, forgetTexts } from "./queries.ts";
import type { NoticeKind, PageKey, Times, Words } from "./rules.ts";

type Version = Words & Partial<Times> & { kind: "page" | NoticeKind };

/** Ends the version that stands and puts another in its place. False: it was not the one that the writer saw. */
async function replace(ctx: Context, tx: Tx, subject: string, seen: number, version: Version): Promise<boolean> {
  const { count } = await tx.contentText.updateMany({
    where: { subject, number: seen, replacedAt: null },
    data: { replacedAt: ctx.now },
  });
  if (seen > 0 && count === 0) return false;
  const byId = "accountId" in ctx.actor ? ctx.actor.accountId : null;
  await tx.contentText.create({ data: { ...version, subject, number: seen + 1, at: ctx.now, byId } });
  return true;
}

async function publish(ctx: Context, subject: string, seen: number, version: Version): Promise<boolean> {
  try {
    const done = await inTransaction(ctx, (tx) => replace(ctx, tx, subject, seen, version));
    if (done) forgetTexts(ctx);
    return done;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/**
 * Publishes a page's text; every version before it is kept with who wrote it and when.
 * @param seen number of the version that the writer saw
 * @returns false: somebody else published meanwhile, nothing was written
 */
export const publishPage = (ctx: Context<Admin>, key: PageKey, seen: number, words: Words): Promise<boolean> =>
  publish(ctx, key, seen, { ...words, kind: "page" });

export type NoticeText = Words & Times & { kind: NoticeKind };

/** Publishes a new notice. @returns its id */
export async function publishNotice(ctx: Context, notice: NoticeText): Promise<string> {
  const id = randomUUID();
  await publish(ctx, id, 0, notice);
  return id;
}

/**
 * Publishes a notice anew, or with `shownUntil` in the past takes it away.
 * @returns false: somebody else changed it meanwhile, nothing was written
 */
export const changeNotice = (ctx: Context<Admin>, id: string, seen: number, notice: NoticeText): Promise<boolean> =>
  publish(ctx, id, seen, notice);

/**
 * Brings the texts that come with the portal. A page that a person changed stays as they left it; one that nobody
 * touched follows what comes. @returns how many pages were written
 */
export async function importPages(ctx: Context, texts: readonly (Words & { key: PageKey })[]): Promise<number> {
  let written = 0;
  for (const { key, ...words } of texts) {
    const standing = await findStanding(ctx, key);
    const isSame = standing && (Object.keys(words) as (keyof Words)[]).every((name) => standing[name] === words[name]);
    if (isSame || standing?.byId) continue;
    if (await publish(ctx, key, standing?.number ?? 0, { ...words, kind: "page" })) written++;
  }
  return written;
}
