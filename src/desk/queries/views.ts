import type { Context, Officer } from "#platform/context.ts";
import { ownUnits } from "../actions/views.ts";

export type SavedView = { id: string; name: string; query: string; isShared: boolean; by: string | null };

/** The officer's own views and those that colleagues of the unit share, by name. One query. */
export async function listViews(ctx: Context<Officer>): Promise<SavedView[]> {
  const { accountId } = ctx.actor;
  const found = await ctx.db.workView.findMany({
    where: { OR: [{ accountId }, { sharedUnitId: { in: ownUnits(ctx.actor) } }] },
    select: {
      id: true,
      accountId: true,
      name: true,
      query: true,
      sharedUnitId: true,
      account: { select: { displayName: true } },
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    relationLoadStrategy: "join",
  });
  return found.map(({ id, name, query, sharedUnitId, account, ...view }) => ({
    id,
    name,
    query,
    isShared: sharedUnitId !== null,
    by: view.accountId === accountId ? null : account.displayName,
  }));
}
