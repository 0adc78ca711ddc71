import { leaveNotices } from "#notifications/index.ts";
import type { Admin, Context, Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { ledAgencies } from "./assignment.ts";

/** Agencies where the officer works themself. */
export const ownAgencies = ({ postings }: Officer): string[] => [
  ...new Set(postings.flatMap(({ agencyId, for: absent }) => (absent === undefined ? [agencyId] : []))),
];

/** Whether the officer may say who acts for somebody: for themself, or for those whose agency they lead. */
async function maySpeakFor(ctx: Context<Officer>, absentId: string): Promise<boolean> {
  if (absentId === ctx.actor.accountId) return true;
  const led = { accountId: absentId, agencyId: { in: ledAgencies(ctx.actor) } };
  return (await ctx.db.posting.count({ where: led })) > 0;
}

export type NewLeave = { absentId: string; deputyId: string; from: string; to: string };

/**
 * Lets a colleague of the same agency act for an officer from one day to another (yyyy-MM-dd, both included); the
 * colleague is told.
 * @throws Refusal 404 when the absent is neither the officer nor led by them, or the deputy works at none of their agencies
 */
export async function delegate(ctx: Context<Officer>, leave: NewLeave): Promise<void> {
  if (!(await maySpeakFor(ctx, leave.absentId))) throw notFound();
  await noteLeave(ctx, leave);
}

/**
 * Notes who acts for whom, whoever says so; the deputy is told. The caller has seen to it that they may.
 * @throws Refusal 404 when the deputy works at none of the absent officer's agencies
 */
export async function noteLeave(ctx: Context<Officer | Admin>, leave: NewLeave): Promise<void> {
  const { absentId, deputyId, from, to } = leave;
  const own = await ctx.db.posting.findMany({ where: { accountId: absentId }, select: { agencyId: true } });
  const shared = {
    accountId: deputyId,
    agencyId: { in: own.map(({ agencyId }) => agencyId) },
    account: { disabledAt: null },
  };
  if ((await ctx.db.posting.count({ where: shared })) === 0) throw notFound();
  const { accountId: createdById } = ctx.actor;
  // The same again, as a double click sends it, is there already.
  const before = await ctx.db.delegation.count({ where: { ...leave, revokedAt: null } });
  if (before > 0) return;
  await inTransaction(ctx, async (tx) => {
    const { id } = await tx.delegation.create({
      data: { ...leave, createdById, createdAt: ctx.now },
      select: { id: true },
    });
    await leaveNotices(ctx, tx, [
      { accountId: deputyId, causeId: id, kind: "deputy", procedureVersionId: null, facts: { from, to }, at: ctx.now },
    ]);
  });
}

/** Ends a delegation before its last day. @throws Refusal 404 for one that is not theirs to end, or over */
export async function revokeDelegation(ctx: Context<Officer>, id: string): Promise<void> {
  const found = await ctx.db.delegation.findFirst({ where: { id, revokedAt: null, to: { gte: isoDay(ctx.now) } } });
  if (!found || !(await maySpeakFor(ctx, found.absentId))) throw notFound();
  await endLeave(ctx, id);
}

/** Ends a delegation, whoever says so. The caller has seen to it that they may. */
export async function endLeave(ctx: Context<Officer | Admin>, id: string): Promise<void> {
  await ctx.db.delegation.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: ctx.now, revokedById: ctx.actor.accountId },
  });
}
