import type { Context, Officer } from "#platform/context.ts";
import { isUniqueViolation } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { columnWords } from "../rules.ts";

/** More lists of one's own than that nobody finds again. */
const MOST_VIEWS = 50;

/** The units in which an officer works themself, not as anybody's deputy. */
export const ownUnits = ({ postings }: Officer): string[] => [
  ...new Set(postings.flatMap(({ unitId, for: absent }) => (unitId && absent === undefined ? [unitId] : []))),
];

/**
 * Keeps a narrowed worklist under a name; the same name again replaces it.
 * @param query what stands behind the "?" of its address
 * @param isShared the whole unit finds it, too; nobody's where the officer has no unit
 * @throws Refusal 409 when the officer has fifty already
 */
export async function saveView(
  ctx: Context<Officer>,
  { name, query, isShared }: { name: string; query: string; isShared: boolean },
): Promise<void> {
  const { accountId } = ctx.actor;
  const own = await ctx.db.workView.count({ where: { accountId, name: { not: name } } });
  if (own >= MOST_VIEWS) throw new Refusal("desk.views.tooMany", 409, { most: MOST_VIEWS });
  const sharedUnitId = isShared ? (ownUnits(ctx.actor)[0] ?? null) : null;
  const write = () =>
    ctx.db.workView.upsert({
      where: { accountId_name: { accountId, name } },
      create: { accountId, name, query, sharedUnitId, createdAt: ctx.now },
      update: { query, sharedUnitId },
    });
  // A double click: the second finds what the first made.
  await write().catch((error) => (isUniqueViolation(error) ? write() : Promise.reject(error)));
}

/** Forgets an own view. @throws Refusal 404 for anybody else's */
export async function removeView(ctx: Context<Officer>, id: string): Promise<void> {
  const { count } = await ctx.db.workView.deleteMany({ where: { id, accountId: ctx.actor.accountId } });
  if (count === 0) throw notFound();
}

/** Remembers the columns of all the officer's lists; none: as the lists are by themselves. */
export async function rememberColumns(ctx: Context<Officer>, columns: readonly string[]): Promise<void> {
  const { accountId } = ctx.actor;
  const chosen = columns.filter((word) => Object.hasOwn(columnWords, word));
  if (chosen.length === 0) await ctx.db.workColumns.deleteMany({ where: { accountId } });
  else
    await ctx.db.workColumns.upsert({
      where: { accountId },
      create: { accountId, columns: chosen },
      update: { columns: chosen },
    });
}
