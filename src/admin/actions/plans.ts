import { findDirectory, forgetOrganizations } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, type Prisma, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { forgetPublished } from "#procedures/index.ts";
import { requireReach } from "../queries/reach.ts";
import type { PlanKind, Values } from "../rules.ts";
import { type AgencyParts, changedParts, type Founding, foundWithin, organizeWithin } from "./agencies.ts";
import { type Closing, closeWithin } from "./closing.ts";
import { lockSeen, noteDeed } from "./deeds.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** What was planned for agencies is done when its day has come. */
    "admin.plans": Record<string, never>;
  }
}

type Plan = {
  agencyId: string;
  seen: string | null;
  kind: PlanKind;
  effectiveOn: string;
  reason: string;
  /** What the act of that day is given. */
  wanted: Prisma.InputJsonObject;
  /** As its history tells it. */
  told: Values;
};

async function planFor(ctx: Context<Admin>, plan: Plan): Promise<void> {
  const { agencyId, kind, effectiveOn, reason, wanted } = plan;
  try {
    await inTransaction(ctx, async (tx) => {
      await lockSeen(tx, { agencyId }, plan.seen);
      const agency = await tx.agency.findUnique({ where: { id: agencyId }, select: { validTo: true } });
      if (!agency) throw notFound();
      if (agency.validTo !== null && agency.validTo < isoDay(ctx.now)) throw new Refusal("admin.refused.agencyClosed");
      const planned = { plannedAt: ctx.now, plannedById: ctx.actor.accountId };
      await tx.agencyPlan.create({ data: { agencyId, kind, effectiveOn, reason, wanted, ...planned } });
      await noteDeed(ctx, tx, { did: "agency_planned", agencyId, effectiveOn, reason, after: plan.told });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal("admin.refused.planned");
    throw error;
  }
}

/**
 * Plans that an agency ends on a later day: what is open then goes to its successor.
 * @throws Refusal 404; 409 when it is closed, was changed meanwhile, or something is planned for it already
 */
export async function planClosing(ctx: Context<Admin>, closing: Closing): Promise<void> {
  await requireReach(ctx, null);
  const { agencyId, seen, kind, effectiveOn, reason, successorId, units } = closing;
  const wanted = { successorId, units: units.map((unit) => ({ ...unit })) };
  await planFor(ctx, { agencyId, seen, kind, effectiveOn, reason, wanted, told: { successorId } });
}

/**
 * Plans that an agency is renamed or stands elsewhere in the tree from a later day on; only what differs today is kept.
 * @returns whether anything would change
 * @throws Refusal as `planClosing`
 */
export async function planOrganizing(
  ctx: Context<Admin>,
  change: { agencyId: string; seen: string; reason: string; effectiveOn: string } & AgencyParts,
): Promise<boolean> {
  await requireReach(ctx, null);
  const { agencyId, seen, reason, effectiveOn, ...parts } = change;
  const agency = (await findDirectory(ctx)).agencyOf(agencyId);
  if (!agency) throw notFound();
  const told = changedParts(agency, parts);
  if (Object.keys(told).length === 0) return false;
  const wanted = told as Prisma.InputJsonObject;
  await planFor(ctx, { agencyId, seen, kind: "organized", effectiveOn, reason, wanted, told });
  return true;
}

/**
 * Plans that an agency is founded on a later day. Until then it is nowhere to be chosen; nobody else plans its identifier.
 * @throws Refusal 404 for a parent that is not there, 409 when the identifier is or was another agency's, or is planned already
 */
export async function planFounding(ctx: Context<Admin>, founding: Founding): Promise<void> {
  await requireReach(ctx, null);
  const { effectiveOn, reason, ...wanted } = founding;
  const { identifier, name, parentId } = wanted;
  if (parentId && !(await findDirectory(ctx)).agencyOf(parentId)) throw notFound();
  try {
    await inTransaction(ctx, async (tx) => {
      if ((await tx.agency.count({ where: { identifier } })) > 0)
        throw new Refusal("admin.refused.identifierTaken", 409, { code: identifier });
      const planned = { plannedAt: ctx.now, plannedById: ctx.actor.accountId };
      const given: Prisma.InputJsonObject = { ...wanted, functions: [...wanted.functions] };
      await tx.agencyPlan.create({ data: { kind: "founded", effectiveOn, reason, wanted: given, ...planned } });
      await noteDeed(ctx, tx, { did: "agency_planned", effectiveOn, reason, after: { identifier, name } });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal("admin.refused.foundingPlanned", 409, { code: identifier });
    throw error;
  }
}

/** Calls off an agency that was to be founded, or could not be. @throws Refusal 404 when it is not planned any more */
export async function cancelFounding(ctx: Context<Admin>, planId: string): Promise<void> {
  await requireReach(ctx, null);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.agencyPlan.updateMany({
      where: { id: planId, kind: "founded", state: { in: ["planned", "refused"] } },
      data: { state: "cancelled", endedAt: ctx.now },
    });
    if (count === 0) throw notFound();
    const { effectiveOn, wanted } = await tx.agencyPlan.findUniqueOrThrow({ where: { id: planId } });
    const { identifier, name } = wanted as unknown as Founding;
    await noteDeed(ctx, tx, { did: "agency_plan_cancelled", effectiveOn, after: { identifier, name } });
  });
}

/** Calls off what is planned for an agency, or what could not be done. @throws Refusal 404 when nothing is planned */
export async function cancelPlan(ctx: Context<Admin>, agencyId: string): Promise<void> {
  await requireReach(ctx, null);
  await inTransaction(ctx, async (tx) => {
    await lockSeen(tx, { agencyId }, null);
    const plan = await tx.agencyPlan.findFirst({ where: { agencyId, state: { in: ["planned", "refused"] } } });
    if (!plan) throw notFound();
    await tx.agencyPlan.update({ where: { id: plan.id }, data: { state: "cancelled", endedAt: ctx.now } });
    await noteDeed(ctx, tx, { did: "agency_plan_cancelled", agencyId, effectiveOn: plan.effectiveOn });
  });
}

type Due = {
  id: string;
  agencyId: string | null;
  kind: string;
  effectiveOn: string;
  reason: string;
  wanted: Prisma.JsonValue;
};

async function act(ctx: Context<Admin>, tx: Tx, { agencyId, kind, effectiveOn, reason, wanted }: Due): Promise<void> {
  if (agencyId === null) {
    await foundWithin(ctx, tx, { ...(wanted as unknown as Founding), effectiveOn, reason });
    return;
  }
  const act = { agencyId, seen: null, effectiveOn, reason };
  if (kind === "organized") await organizeWithin(ctx, tx, act, wanted as Partial<AgencyParts>);
  else
    await closeWithin(ctx, tx, {
      ...act,
      ...(wanted as unknown as Pick<Closing, "successorId" | "units">),
      kind: kind as Closing["kind"],
    });
}

/**
 * Does what was planned for agencies and is due, one after the other, each in a transaction of its own in the name of who
 * planned it. What is refused by then is told at the agency and waits for somebody. Any number of times.
 * @returns how many were done
 */
export async function carryOutPlans(ctx: Context): Promise<number> {
  const due = await ctx.db.agencyPlan.findMany({
    where: { state: "planned", effectiveOn: { lte: isoDay(ctx.now) } },
    orderBy: [{ effectiveOn: "asc" }, { plannedAt: "asc" }],
    select: { id: true, plannedById: true },
  });
  let done = 0;
  for (const { id, plannedById } of due) {
    const { displayName } = await ctx.db.account.findUniqueOrThrow({
      where: { id: plannedById },
      select: { displayName: true },
    });
    const inTheirName: Context<Admin> = {
      ...ctx,
      actor: { kind: "admin", accountId: plannedById, name: displayName },
    };
    try {
      await inTransaction(ctx, async (tx) => {
        await tx.$executeRaw`SELECT FROM agency_plans WHERE id = ${id}::uuid FOR UPDATE`;
        const plan = await tx.agencyPlan.findUniqueOrThrow({ where: { id } });
        if (plan.state !== "planned") return;
        await act(inTheirName, tx, plan);
        await tx.agencyPlan.update({ where: { id }, data: { state: "done", endedAt: ctx.now } });
        done++;
      });
      forgetOrganizations(ctx);
      forgetPublished(ctx);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const refusal = { reason: error.reason, params: { ...error.params } };
      await ctx.db.agencyPlan.updateMany({ where: { id, state: "planned" }, data: { state: "refused", refusal } });
    }
  }
  return done;
}
