import { z } from "zod";
import { sha256 } from "#platform/canonical.ts";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { forgetLists } from "./queries.ts";
import { type EntryState, keptBy, type ListName, nextCode, wordFor } from "./rules.ts";

/** The key of an entry that is known by what it said first. */
export const keyOf = (text: string): string => sha256(text).slice(0, 16);

/** Brings entries that are not there yet, in their order; what an administrator changed or took out stays as it is. */
export async function keepEntries(
  ctx: Context,
  list: ListName,
  entries: readonly { key: string; text: string }[],
): Promise<void> {
  const rows = JSON.stringify(entries.map((entry, position) => ({ ...entry, position })));
  await ctx.db.$executeRaw`
    INSERT INTO list_entries AS known (list, key, text, position, "changedAt")
    SELECT ${list}, key, text, position, ${ctx.now} FROM jsonb_to_recordset(${rows}::jsonb) AS r(key text, text text, position int)
    ON CONFLICT (list, key) DO UPDATE SET text = excluded.text, position = excluded.position
    WHERE known."changedById" IS NULL AND (known.text, known.position) IS DISTINCT FROM (excluded.text, excluded.position)`;
  forgetLists(ctx);
}

/** The key of a new entry of a list. */
function newKey(list: ListName, text: string, keys: readonly string[]): string {
  const by = keptBy(list);
  return by === "number" ? nextCode(keys) : by === "word" ? wordFor(text, keys) : keyOf(text);
}

/** Types of documents as a file holds them, in their order. */
export const DocumentTypeFile = z.array(z.string().trim().min(1).max(200));

/** Brings the types of documents that come with the portal, each kept by its words. */
export const importDocumentTypes = (ctx: Context, file: z.infer<typeof DocumentTypeFile>): Promise<void> =>
  keepEntries(
    ctx,
    "documentType",
    file.map((text) => ({ key: wordFor(text, []), text })),
  );

async function write(
  ctx: Context<Admin>,
  tx: Tx,
  at: { list: ListName; key: string; position: number },
  before: EntryState | null,
  after: EntryState,
): Promise<void> {
  const { list, key, position } = at;
  const byId = ctx.actor.accountId;
  const row = { ...after, position, changedAt: ctx.now, changedById: byId };
  await tx.listEntry.upsert({ where: { list_key: { list, key } }, create: { list, key, ...row }, update: row });
  await tx.listChange.create({
    data: { list, key, at: ctx.now, byId, ...(before ? { before } : {}), after },
  });
}

/** Whoever changes a list takes turns with whoever else does. */
const hold = (tx: Tx, list: ListName) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`list ${list}`}))`;

/** Puts an entry at the end of a list, or brings one back that was taken out. @throws Refusal 409 when it stands there already */
export async function addEntry(ctx: Context<Admin>, list: ListName, text: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await hold(tx, list);
    const all = await tx.listEntry.findMany({ where: { list } });
    const same = all.find((entry) => fold(entry.text) === fold(text));
    if (same && !same.removed) throw new Refusal("lists.refused.there");
    const keys = all.map((entry) => entry.key);
    const key = same?.key ?? newKey(list, text, keys);
    const position = same?.position ?? Math.max(-1, ...all.map((entry) => entry.position)) + 1;
    const before = same ? { text: same.text, removed: same.removed } : null;
    await write(ctx, tx, { list, key, position }, before, { text, removed: false });
  });
  forgetLists(ctx);
}

/**
 * Words an entry anew, takes it out or brings it back: what was said with it stays as it was said.
 * @param seen the text that was looked at
 * @throws Refusal 404; 409 when somebody changed it meanwhile, or another entry says the same
 */
export async function changeEntry(
  ctx: Context<Admin>,
  list: ListName,
  { key, seen }: { key: string; seen: string | null },
  change: Partial<EntryState>,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await hold(tx, list);
    const row = await tx.listEntry.findUnique({ where: { list_key: { list, key } } });
    if (!row) throw notFound();
    if (seen !== null && row.text !== seen) throw new Refusal("lists.refused.changedMeanwhile");
    const before = { text: row.text, removed: row.removed };
    const after = { ...before, ...change };
    if (after.text === before.text && after.removed === before.removed) return;
    const others = await tx.listEntry.findMany({
      where: { list, removed: false, NOT: { key } },
      select: { text: true },
    });
    if (!after.removed && others.some(({ text }) => fold(text) === fold(after.text)))
      throw new Refusal("lists.refused.there");
    await write(ctx, tx, { list, key, position: row.position }, before, after);
  });
  forgetLists(ctx);
}
