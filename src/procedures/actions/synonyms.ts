import { randomUUID } from "node:crypto";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, type Tx } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import type { SynonymFile, SynonymForm } from "../inputs.ts";
import { forgetWords } from "../queries/vocabulary.ts";

type Became = { say: string; means: string[]; removed: boolean };

/** The row as it now is, and one line of its history. */
async function write(ctx: Context, tx: Tx, id: string, became: Became): Promise<void> {
  const byId = "accountId" in ctx.actor ? ctx.actor.accountId : null;
  const row = { ...became, folded: fold(became.say), changedAt: ctx.now, changedById: byId };
  await tx.synonym.upsert({ where: { id }, create: { id, ...row }, update: row });
  await tx.synonymChange.create({ data: { synonymId: id, at: ctx.now, byId, ...became } });
}

/** Holds a standing row until the change is done. @throws Refusal 404; 409 when somebody changed it since it was looked at */
async function hold(tx: Tx, id: string, seen: string): Promise<Became> {
  await tx.$queryRaw`SELECT 1 FROM synonyms WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.synonym.findUnique({ where: { id } });
  if (!row || row.removed) throw notFound();
  if (row.changedAt.toISOString() !== seen) throw new Refusal("procedures.synonyms.changedMeanwhile");
  return row;
}

const isSame = (a: Became, b: Became): boolean => a.say === b.say && a.means.join("\n") === b.means.join("\n");

/**
 * Adds an everyday phrase, or brings a removed one back. Every search of every process uses it within seconds.
 * @returns false: the phrase is there already, perhaps with other diacritics
 */
export async function addSynonym(ctx: Context<Admin>, { say, means }: SynonymForm): Promise<boolean> {
  const added = await inTransaction(ctx, async (tx) => {
    const known = await tx.synonym.findUnique({ where: { folded: fold(say) } });
    if (known && !known.removed) return false;
    await write(ctx, tx, known?.id ?? randomUUID(), { say, means, removed: false });
    return true;
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) return false;
    throw error;
  });
  forgetWords(ctx);
  return added;
}

/**
 * Changes an everyday phrase or its meanings; the same again changes nothing.
 * @returns false: another row has this phrase, perhaps with other diacritics or removed
 * @throws Refusal 404; 409 when somebody changed it meanwhile
 */
export async function changeSynonym(
  ctx: Context<Admin>,
  id: string,
  { say, means, seen }: SynonymForm,
): Promise<boolean> {
  const changed = await inTransaction(ctx, async (tx) => {
    const before = await hold(tx, id, seen);
    const after = { say, means, removed: false };
    if (!isSame(before, after)) await write(ctx, tx, id, after);
    return true;
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) return false;
    throw error;
  });
  forgetWords(ctx);
  return changed;
}

/** Takes an everyday phrase out of use; it stays in the history. @throws Refusal 404; 409 when somebody changed it meanwhile */
export async function removeSynonym(ctx: Context<Admin>, id: string, seen: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { say, means } = await hold(tx, id, seen);
    await write(ctx, tx, id, { say, means, removed: true });
  });
  forgetWords(ctx);
}

/**
 * Makes the phrases that came with the portal say what its file says; what a person added, changed or removed stays.
 * @returns how many were added, changed or dropped
 */
export async function importSynonyms(ctx: Context, { synonyms }: SynonymFile): Promise<number> {
  const wanted = new Map(synonyms.flatMap(({ say, means }) => say.map((one) => [fold(one), { say: one, means }])));
  const count = await inTransaction(ctx, async (tx) => {
    const standing = new Map((await tx.synonym.findMany()).map((row) => [row.folded, row]));
    const edits: [id: string, became: Became][] = [];
    for (const [folded, one] of wanted) {
      const row = standing.get(folded);
      const became = { ...one, removed: false };
      if (!row) edits.push([randomUUID(), became]);
      else if (row.changedById === null && (row.removed || !isSame(row, became))) edits.push([row.id, became]);
    }
    for (const row of standing.values())
      if (row.changedById === null && !row.removed && !wanted.has(row.folded))
        edits.push([row.id, { say: row.say, means: row.means, removed: true }]);
    for (const [id, became] of edits) await write(ctx, tx, id, became);
    return edits.length;
  });
  forgetWords(ctx);
  return count;
}
