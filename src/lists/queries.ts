import type { Admin, Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import type { EntryState, ListEntry, ListName } from "./rules.ts";

type Asker = Pick<Context, "db">;
const KNOWN_MS = 30_000;

const known = remember(
  KNOWN_MS,
  async ({ db }: Asker, list: ListName): Promise<readonly ListEntry[]> =>
    db.listEntry.findMany({
      where: { list },
      select: { key: true, text: true, position: true, removed: true },
      orderBy: [{ position: "asc" }, { text: "asc" }],
    }),
);

/** A list with what was taken out of it, in its order; from memory, half a minute old at most. */
export const listEntries = (ctx: Asker, list: ListName): Promise<readonly ListEntry[]> => known.find(ctx, list);

/** After a change: this process reads the lists anew. */
export const forgetLists = (ctx: Asker): void => known.forget(ctx);

export type EntryChange = {
  id: string;
  key: string;
  at: Date;
  byName: string | null;
  before: EntryState | null;
  after: EntryState;
};

/** What was done to a list, the newest first, at most 50. */
export async function listEntryChanges({ db }: Context<Admin>, list: ListName): Promise<EntryChange[]> {
  return db.$queryRaw<EntryChange[]>`
    SELECT c.id, c.key, c.at, a."displayName" AS "byName", c.before, c.after
    FROM list_changes c LEFT JOIN accounts a ON a.id = c."byId"
    WHERE c.list = ${list} ORDER BY c.at DESC, c.id DESC LIMIT 50`;
}

/** How many entries stand in each list. */
export async function countEntries({ db }: Context<Admin>): Promise<ReadonlyMap<string, number>> {
  const rows = await db.listEntry.groupBy({ by: ["list"], where: { removed: false }, _count: true });
  return new Map(rows.map(({ list, _count }) => [list, _count]));
}
