import { findDirectory, forgetOrganizations } from "#organizations/index.ts";
import { type Admin, type Context, inside } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { requireReach } from "../queries/reach.ts";
import { type Deed, holdOver, type RestoredTable, restoredIn, type Values, whyNotUndone } from "../rules.ts";
import { lockSeen, noteDeed } from "./deeds.ts";

type Columns = Record<string, unknown>;
type Row = Columns & { id: string };

const read = async (tx: Tx, table: RestoredTable, id: string): Promise<Row | null> =>
  ({
    agency: () => tx.agency.findUnique({ where: { id } }),
    unit: () => tx.unit.findUnique({ where: { id } }),
    account: () => tx.account.findUnique({ where: { id } }),
    posting: () => tx.posting.findUnique({ where: { id } }),
  })[table]() as Promise<Row | null>;

const write = async (tx: Tx, table: RestoredTable, id: string, data: Columns): Promise<void> =>
  void (await {
    agency: () => tx.agency.update({ where: { id }, data }),
    unit: () => tx.unit.update({ where: { id }, data }),
    account: () => tx.account.update({ where: { id }, data }),
    posting: () => tx.posting.update({ where: { id }, data }),
  }[table]());

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
const same = (a: unknown, b: unknown): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

/**
 * Puts back what stood before a deed, while nothing newer changed the same; a new row of the history says so.
 * @throws Refusal 404 out of reach; 409 when it cannot be taken back, was already, or something newer changed the same
 */
export async function undoDeed(
  ctx: Context<Admin>,
  of: { agencyId: string } | { accountId: string },
  deedId: string,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await lockSeen(tx, of, null);
    const deed = await tx.officeEvent.findFirst({ where: { id: deedId, ...of }, include: { undoneBy: true } });
    if (!deed) throw notFound();
    const table = restoredIn(deed.did);
    const why = whyNotUndone(deed.did, deed.undoneBy !== null, deed.undoesId !== null);
    if (!table || why) throw new Refusal(`admin.refused.noUndo.${why ?? "otherwise"}`);
    await checkReach(inside(ctx, tx), tx, table, deed);
    const [before, after] = [deed.before as Values, deed.after as Values];
    const id = table === "agency" ? deed.agencyId : table === "account" ? deed.accountId : String(after["id"]);
    const row = id ? await read(tx, table, id) : null;
    if (!row || !id) throw notFound();
    const keys = Object.keys(after).filter((key) => key !== "id" && key in before);
    if (keys.some((key) => !same(row[key], after[key]))) throw new Refusal("admin.refused.changedSince");
    await write(tx, table, id, Object.fromEntries(keys.map((key) => [key, before[key]])));
    await noteDeed(ctx, tx, {
      did: deed.did as Deed,
      agencyId: deed.agencyId,
      accountId: deed.accountId,
      before: after,
      after: before,
      undoesId: deed.id,
    });
  });
  forgetOrganizations(ctx);
}

/** What an administrator may take back is what they may do. */
async function checkReach(
  ctx: Context<Admin>,
  tx: Tx,
  table: RestoredTable,
  deed: { did: string; agencyId: string | null; accountId: string | null },
): Promise<void> {
  if (table === "agency" || table === "unit")
    return requireReach(ctx, deed.did === "agency_organized" ? null : deed.agencyId);
  const account = await tx.account.findUnique({
    where: { id: deed.accountId ?? "" },
    select: { kind: true, postings: true },
  });
  if (!account) throw notFound();
  // A place that ended is no longer counted among theirs: its own agency is asked, too.
  if (table === "posting") await requireReach(ctx, deed.agencyId);
  else if (holdOver(ctx.actor, account, await findDirectory(ctx), isoDay(ctx.now)) !== "keep") throw notFound();
}
