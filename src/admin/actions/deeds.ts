import type { Admin, Context } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { formatTime } from "#platform/format.ts";
import { Refusal } from "#platform/refusal.ts";
import type { Deed, Values } from "../rules.ts";

export type NewDeed = {
  did: Deed;
  agencyId?: string | null;
  accountId?: string | null;
  effectiveOn?: string | null;
  reason?: string | null;
  before?: Values;
  after?: Values;
  undoesId?: string;
};

/** Writes down who did what, with what stood before and after. @returns the id of the row */
export async function noteDeed(ctx: Context<Admin>, tx: Tx, deed: NewDeed): Promise<string> {
  const { id } = await tx.officeEvent.create({
    data: {
      at: ctx.now,
      byId: ctx.actor.accountId,
      did: deed.did,
      agencyId: deed.agencyId ?? null,
      accountId: deed.accountId ?? null,
      effectiveOn: deed.effectiveOn ?? null,
      reason: deed.reason || null,
      before: JSON.parse(JSON.stringify(deed.before ?? {})),
      after: JSON.parse(JSON.stringify(deed.after ?? {})),
      undoesId: deed.undoesId ?? null,
    },
    select: { id: true },
  });
  return id;
}

/**
 * Holds the row of an agency or a person until the transaction ends, and refuses who decided on what is no longer so.
 * @param seen the newest row of its history that the administrator saw; "" for none
 * @throws Refusal 409 telling who was faster
 */
export async function lockSeen(
  tx: Tx,
  of: { agencyId: string } | { accountId: string },
  seen: string | null,
): Promise<void> {
  if ("agencyId" in of) await tx.$executeRaw`SELECT FROM agencies WHERE id = ${of.agencyId}::uuid FOR UPDATE`;
  else await tx.$executeRaw`SELECT FROM accounts WHERE id = ${of.accountId}::uuid FOR UPDATE`;
  if (seen === null) return;
  const last = await tx.officeEvent.findFirst({
    where: "agencyId" in of ? { agencyId: of.agencyId, accountId: null } : of,
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { id: true, at: true, by: { select: { displayName: true } } },
  });
  if ((last?.id ?? "") !== seen)
    throw new Refusal("admin.refused.changedMeanwhile", 409, {
      who: last?.by?.displayName ?? "",
      at: last ? formatTime(last.at) : "",
    });
}
