import { findDirectory } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, type Prisma, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { forgetPublished } from "#procedures/index.ts";
import { requireReach } from "../queries/reach.ts";
import { dayBefore } from "../rules.ts";

const KEPT = {
  agencyId: true,
  competentAgencyId: true,
  filedAt: true,
  externalUrl: true,
  channels: true,
  validFrom: true,
  validTo: true,
} satisfies Prisma.OfferingSelect;
type Kept = Prisma.OfferingGetPayload<{ select: typeof KEPT }>;

type Deed = "offered" | "offeringsEnded" | "offeringsRestored";
const NAMED = 5;

/** Changes a procedure's places of some agencies, and tells it in the procedure's history with what stood before. */
async function changing(
  ctx: Context<Admin>,
  code: string,
  agencyIds: readonly string[],
  { did, reason, undoes }: { did: Deed; reason: string | null; undoes?: string },
  change: (tx: Tx, procedureId: string) => Promise<void>,
): Promise<void> {
  for (const id of agencyIds) await requireReach(ctx, id);
  const { agencyOf } = await findDirectory(ctx);
  const names = agencyIds.slice(0, NAMED).map((id) => agencyOf(id)?.shortName ?? "");
  await inTransaction(ctx, async (tx) => {
    const [procedure] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id::text FROM procedures WHERE code = ${code} FOR UPDATE`;
    if (!procedure) throw notFound();
    const before = await tx.offering.findMany({
      where: { procedureId: procedure.id, agencyId: { in: [...agencyIds] } },
      select: KEPT,
    });
    await change(tx, procedure.id);
    await tx.procedureEvent.create({
      data: {
        procedureId: procedure.id,
        at: ctx.now,
        byId: ctx.actor.accountId,
        did,
        reason,
        params: {
          count: agencyIds.length,
          names: names.join(", ") + (agencyIds.length > NAMED ? "…" : ""),
          agencies: [...agencyIds],
          before,
          ...(undoes ? { undoes } : {}),
        },
      },
    });
  });
  forgetPublished(ctx);
}

export type NewOfferings = {
  agencyIds: readonly string[];
  /** The agency that decides for one that takes in; null: it decides itself. */
  competentOf: (agencyId: string) => string | null;
  channels: readonly string[];
  validFrom: string;
  validTo: string | null;
  reason: string | null;
};

/**
 * Has agencies take a procedure in, from one day to another; where one does already, the new terms follow the old.
 * @returns how many agencies
 * @throws Refusal 404 for a procedure that is not there or an agency out of reach, 409 for a closed one
 */
export async function offer(ctx: Context<Admin>, code: string, offering: NewOfferings): Promise<number> {
  const { agencyIds, competentOf, channels, validFrom, validTo, reason } = offering;
  const { agencyOf } = await findDirectory(ctx);
  const today = isoDay(ctx.now);
  for (const id of agencyIds) {
    const end = agencyOf(id)?.validTo;
    if (end != null && end < today) throw new Refusal("admin.refused.agencyClosed");
  }
  await changing(ctx, code, agencyIds, { did: "offered", reason }, async (tx, procedureId) => {
    const of = { procedureId, agencyId: { in: [...agencyIds] } };
    // What was to begin later gives way; what holds until then ends the day before.
    await tx.offering.deleteMany({ where: { ...of, validFrom: { gte: validFrom } } });
    await tx.offering.updateMany({
      where: { ...of, validFrom: { lt: validFrom }, OR: [{ validTo: null }, { validTo: { gte: validFrom } }] },
      data: { validTo: dayBefore(validFrom) },
    });
    await tx.offering.createMany({
      data: agencyIds.map((agencyId) => ({
        procedureId,
        agencyId,
        competentAgencyId: competentOf(agencyId),
        channels: [...channels],
        validFrom,
        validTo,
      })),
    });
  });
  return agencyIds.length;
}

/** Has agencies take a procedure in no longer after a day. Dossiers under way go on. @throws Refusal 404 */
export const endOfferings = (
  ctx: Context<Admin>,
  code: string,
  { agencyIds, lastDay, reason }: { agencyIds: readonly string[]; lastDay: string; reason: string | null },
): Promise<void> =>
  changing(ctx, code, agencyIds, { did: "offeringsEnded", reason }, async (tx, procedureId) => {
    const of = { procedureId, agencyId: { in: [...agencyIds] } };
    await tx.offering.deleteMany({ where: { ...of, validFrom: { gt: lastDay } } });
    await tx.offering.updateMany({
      where: { ...of, OR: [{ validTo: null }, { validTo: { gt: lastDay } }] },
      data: { validTo: lastDay },
    });
  });

/**
 * Puts the places back as they stood before the newest change of them. Dossiers filed in between keep their agency.
 * @throws Refusal 404; 409 when it is not the newest
 */
export async function undoOfferings(ctx: Context<Admin>, code: string, eventId: string): Promise<void> {
  const last = await ctx.db.procedureEvent.findFirst({
    where: { procedure: { code }, did: { in: ["offered", "offeringsEnded", "offeringsRestored"] } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { id: true, did: true, params: true },
  });
  if (!last) throw notFound();
  const { agencies, before } = last.params as { agencies?: string[]; before?: Kept[] };
  if (last.id !== eventId || last.did === "offeringsRestored" || !agencies || !before)
    throw new Refusal("admin.refused.notNewest");
  await changing(
    ctx,
    code,
    agencies,
    { did: "offeringsRestored", reason: null, undoes: last.id },
    async (tx, procedureId) => {
      await tx.offering.deleteMany({ where: { procedureId, agencyId: { in: agencies } } });
      await tx.offering.createMany({ data: before.map((row) => ({ ...row, procedureId })) });
    },
  );
}
