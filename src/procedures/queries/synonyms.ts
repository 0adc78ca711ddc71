import type { Admin, Context } from "#platform/context.ts";
import { fold } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";

type Asker = Pick<Context<Admin>, "db">;

export const SYNONYMS_PER_PAGE = 50;
const MOST_CHANGES = 10;

export type ListedSynonym = {
  id: string;
  say: string;
  means: readonly string[];
  changedAt: Date;
  /** null: it came with the portal. */
  byName: string | null;
};
export type ListedSynonyms = { total: number; page: number; rows: ListedSynonym[] };
export type SynonymEvent = { at: Date; byName: string | null; say: string; means: readonly string[]; removed: boolean };

async function namesOf({ db }: Asker, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const people = await db.account.findMany({
    where: { id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, displayName: true },
  });
  return new Map(people.map(({ id, displayName }) => [id, displayName]));
}
const nameIn = (names: ReadonlyMap<string, string>, id: string | null): string | null =>
  id === null ? null : (names.get(id) ?? null);

/** Everyday phrases in use, fifty a page, those that hold the words in what is said or meant. */
export async function listSynonyms(ctx: Asker, words: string, page: number): Promise<ListedSynonyms> {
  // A few hundred short rows: what is meant is folded here rather than kept a second time.
  const all = await ctx.db.synonym.findMany({ where: { removed: false }, orderBy: [{ folded: "asc" }] });
  const folded = fold(words);
  const found = all.filter((row) => folded === "" || [row.folded, ...row.means.map(fold)].join("\n").includes(folded));
  const shown = found.slice((page - 1) * SYNONYMS_PER_PAGE, page * SYNONYMS_PER_PAGE);
  const names = await namesOf(
    ctx,
    shown.map(({ changedById }) => changedById),
  );
  return {
    total: found.length,
    page,
    rows: shown.map(({ id, say, means, changedAt, changedById }) => ({
      id,
      say,
      means,
      changedAt,
      byName: nameIn(names, changedById),
    })),
  };
}

/** The ten latest changes by people. */
export async function listSynonymChanges(ctx: Asker): Promise<SynonymEvent[]> {
  const rows = await ctx.db.synonymChange.findMany({
    where: { byId: { not: null } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MOST_CHANGES,
  });
  const names = await namesOf(
    ctx,
    rows.map(({ byId }) => byId),
  );
  return rows.map(({ at, byId, say, means, removed }) => ({ at, byName: nameIn(names, byId), say, means, removed }));
}

/** One everyday phrase in use. @throws Refusal 404 */
export async function findSynonym(ctx: Asker, id: string): Promise<ListedSynonym> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw notFound();
  const row = await ctx.db.synonym.findUnique({ where: { id } });
  if (!row || row.removed) throw notFound();
  const names = await namesOf(ctx, [row.changedById]);
  return { ...row, byName: nameIn(names, row.changedById) };
}
