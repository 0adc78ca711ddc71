import { forgetOrganizations } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { requireReach } from "../queries/reach.ts";
import { noteDeed } from "./deeds.ts";

async function changing<T>(ctx: Context<Admin>, agencyId: string, change: (tx: Tx) => Promise<T>): Promise<T> {
  await requireReach(ctx, agencyId);
  try {
    const done = await inTransaction(ctx, change);
    forgetOrganizations(ctx);
    return done;
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal("admin.refused.partTaken");
    throw error;
  }
}

async function openUnit(tx: Tx, agencyId: string, id: string) {
  const unit = await tx.unit.findFirst({ where: { id, agencyId, closedOn: null } });
  if (!unit) throw notFound();
  return unit;
}

/** Adds a part to an agency. One that was closed under this name stands again. @throws Refusal 404, 409 for a name twice */
export const createUnit = (
  ctx: Context<Admin>,
  agencyId: string,
  { name, kind }: { name: string; kind: string },
): Promise<void> =>
  changing(ctx, agencyId, async (tx) => {
    const closed = await tx.unit.findFirst({ where: { agencyId, name, NOT: { closedOn: null } } });
    const { id } = closed
      ? await tx.unit.update({ where: { id: closed.id }, data: { kind, closedOn: null } })
      : await tx.unit.create({ data: { agencyId, name, kind } });
    await noteDeed(ctx, tx, { did: "unit_created", agencyId, after: { id, name, kind } });
  });

/** Renames a part, or says anew what it is for. @throws Refusal 404, 409 for a name twice */
export const changeUnit = (
  ctx: Context<Admin>,
  agencyId: string,
  unitId: string,
  { name, kind }: { name: string; kind: string },
): Promise<void> =>
  changing(ctx, agencyId, async (tx) => {
    const unit = await openUnit(tx, agencyId, unitId);
    if (unit.name === name && unit.kind === kind) return;
    await tx.unit.update({ where: { id: unitId }, data: { name, kind } });
    const before = { id: unitId, name: unit.name, kind: unit.kind };
    await noteDeed(ctx, tx, { did: "unit_changed", agencyId, before, after: { id: unitId, name, kind } });
  });

/** Closes a part that nobody works in and where nothing lies. @throws Refusal 404; 409 while somebody or something is there */
export const closeUnit = (ctx: Context<Admin>, agencyId: string, unitId: string): Promise<void> =>
  changing(ctx, agencyId, async (tx) => {
    const unit = await openUnit(tx, agencyId, unitId);
    const day = isoDay(ctx.now);
    const [people, steps] = await Promise.all([
      tx.posting.count({ where: { unitId, OR: [{ validTo: null }, { validTo: { gte: day } }] } }),
      tx.stepRun.count({ where: { unitId, closedAt: null } }),
    ]);
    if (people + steps > 0) throw new Refusal("admin.refused.partInUse", 409, { people, steps, name: unit.name });
    await tx.unit.update({ where: { id: unitId }, data: { closedOn: day } });
    await noteDeed(ctx, tx, {
      did: "unit_closed",
      agencyId,
      before: { id: unitId, name: unit.name, closedOn: null },
      after: { id: unitId, name: unit.name, closedOn: day },
    });
  });
