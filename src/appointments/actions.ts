import { randomUUID } from "node:crypto";
import { dateOf } from "#calendar/index.ts";
import { leaveNotices, type NewNotice } from "#notifications/index.ts";
import { findAgency } from "#organizations/index.ts";
import { randomCode } from "#platform/codes.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import type { Block, PlanSetup } from "./inputs.ts";
import { arrangingAgencies, calendarOf, findOwn, findPlan, listProcedures, type Plan } from "./queries.ts";
import { freePlace, MOST_OPEN, mayChange, type Slot, slotsOf } from "./rules.ts";

export type EventType =
  | "booked"
  | "moved"
  | "cancelled"
  | "agency_cancelled"
  | "checked_in"
  | "held"
  | "no_show"
  | "linked";

/** Writes what happened to an appointment as its next event; the appointment's row is locked by then. */
export async function noteEvent(
  ctx: Context,
  tx: Tx,
  { id, startsAt }: { id: string; startsAt: Date },
  type: EventType,
): Promise<void> {
  const number = (await tx.appointmentEvent.count({ where: { appointmentId: id } })) + 1;
  const byId = "accountId" in ctx.actor ? ctx.actor.accountId : null;
  await tx.appointmentEvent.create({ data: { appointmentId: id, number, type, at: ctx.now, byId, startsAt } });
}

/** Whoever takes or gives back a place of a plan does it alone. */
const lockPlan = async (tx: Tx, planId: string): Promise<void> =>
  void (await tx.$queryRaw`SELECT id::text FROM appointment_plans WHERE id = ${planId}::uuid FOR UPDATE`);

/** The slot that begins then, with a place in it. @throws Refusal 409 there is no such time any more, or it is full */
async function takePlace(ctx: Context, tx: Tx, plan: Plan, startsAt: Date): Promise<Slot & { place: number }> {
  await lockPlan(tx, plan.id);
  const blocks = await tx.appointmentBlock.findMany({ where: { planId: plan.id, liftedAt: null } });
  const slot = slotsOf(dateOf(startsAt), plan, await calendarOf(ctx, plan), blocks, ctx.now).find(
    (one) => one.startsAt.getTime() === startsAt.getTime(),
  );
  if (!slot) throw new Refusal("appointments.refused.gone");
  const taken = await tx.appointment.findMany({
    where: { planId: plan.id, startsAt, state: { not: "cancelled" } },
    select: { place: true },
  });
  const place = freePlace(
    plan.capacity,
    taken.map((one) => one.place),
  );
  if (place === null) throw new Refusal("appointments.refused.full");
  return { ...slot, place };
}

/** A person is at one place at a time. */
async function unlessElsewhere<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal("appointments.refused.sameTime");
    throw error;
  }
}

/**
 * Books a place at a time of a plan, to come for a procedure.
 * @returns the appointment's code
 * @throws Refusal 404 no such plan or procedure there; 409 the time is gone or full, the person has one then, or too many
 */
export async function bookAppointment(
  ctx: Context<Citizen>,
  { planId, procedureId, startsAt }: { planId: string; procedureId: string; startsAt: Date },
): Promise<string> {
  const plan = await findPlan(ctx, planId);
  if (!(await listProcedures(ctx, plan)).some(({ id }) => id === procedureId)) throw notFound();
  const { accountId } = ctx.actor;
  return unlessElsewhere(() =>
    inTransaction(ctx, async (tx) => {
      const slot = await takePlace(ctx, tx, plan, startsAt);
      // Two windows of one person at two plans would each count before the other booked.
      await tx.$queryRaw`SELECT id::text FROM accounts WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;
      const open = await tx.appointment.count({ where: { accountId, state: "booked", startsAt: { gt: ctx.now } } });
      if (open >= MOST_OPEN) throw new Refusal("appointments.refused.tooMany", 409, { most: MOST_OPEN });
      const made = await tx.appointment.create({
        data: {
          code: randomCode(),
          planId,
          accountId,
          procedureId,
          ...slot,
          meetingUrl: plan.kind === "online" ? plan.meetingUrl : null,
          bookedAt: ctx.now,
        },
      });
      await noteEvent(ctx, tx, made, "booked");
      return made.code;
    }),
  );
}

type Locked = { id: string; state: string; startsAt: Date };
async function lockAppointment(tx: Tx, id: string): Promise<Locked> {
  const [row] = await tx.$queryRaw<Locked[]>`
    SELECT id::text AS id, state, "startsAt" FROM appointments WHERE id = ${id}::uuid FOR UPDATE`;
  if (!row) throw notFound();
  return row;
}

/**
 * Moves one's own appointment to another time of the same plan; the old place is free at once.
 * @throws Refusal 404 not theirs; 409 it has begun or is over, the new time is gone or full
 */
export async function moveAppointment(ctx: Context<Citizen>, code: string, startsAt: Date): Promise<void> {
  const own = await findOwn(ctx, code);
  await unlessElsewhere(() =>
    inTransaction(ctx, async (tx) => {
      const slot = await takePlace(ctx, tx, own.plan, startsAt);
      if (!mayChange(await lockAppointment(tx, own.id), ctx.now)) throw new Refusal("appointments.refused.begun");
      await tx.appointment.update({ where: { id: own.id }, data: slot });
      await noteEvent(ctx, tx, { id: own.id, startsAt }, "moved");
    }),
  );
}

/** Cancels one's own appointment; its place is free at once. @throws Refusal 404 not theirs; 409 it has begun or is over */
export async function cancelAppointment(ctx: Context<Citizen>, code: string): Promise<void> {
  const own = await findOwn(ctx, code);
  await inTransaction(ctx, async (tx) => {
    await lockPlan(tx, own.plan.id);
    if (!mayChange(await lockAppointment(tx, own.id), ctx.now)) throw new Refusal("appointments.refused.begun");
    await tx.appointment.update({ where: { id: own.id }, data: { state: "cancelled", settledAt: ctx.now } });
    await noteEvent(ctx, tx, own, "cancelled");
  });
}

/** A plan of the officer's agencies. @throws Refusal 404 */
async function arranged(ctx: Context<Officer>, planId: string): Promise<{ id: string; agencyId: string }> {
  const plan = await ctx.db.appointmentPlan.findFirst({
    where: { id: planId, agencyId: { in: arrangingAgencies(ctx.actor) } },
    select: { id: true, agencyId: true },
  });
  if (!plan) throw notFound();
  return plan;
}

export type Told = {
  id: string;
  code: string;
  accountId: string;
  startsAt: Date;
  procedure: { code: string };
  plan: { agencyId: string };
};

/** The notice of an appointment to whoever made it; null where its procedure is no more. */
export async function noticeOf(
  ctx: Context,
  appointment: Told,
  kind: "appointment_soon" | "appointment_cancelled",
): Promise<NewNotice | null> {
  const version = await findCurrentVersion(ctx, appointment.procedure.code);
  if (!version) return null;
  const facts = {
    dueAt: appointment.startsAt.toISOString(),
    agency: (await findAgency(ctx, appointment.plan.agencyId)).name,
    appointment: appointment.code,
  };
  // One for each time that was told of: who moves it is reminded again.
  return {
    accountId: appointment.accountId,
    causeId: randomUUID(),
    kind,
    procedureVersionId: version.id,
    facts,
    at: ctx.now,
  };
}

/**
 * Blocks a time of a plan. Appointments that stand in it are cancelled and their people told, if the officer said so.
 * @returns how many stand in it, where they keep the time from being blocked; 0 when it is blocked
 * @throws Refusal 404 no plan of theirs
 */
export async function blockTime(ctx: Context<Officer>, { planId, from, to, reason, cancels }: Block): Promise<number> {
  await arranged(ctx, planId);
  return inTransaction(ctx, async (tx) => {
    await lockPlan(tx, planId);
    const standing = await tx.appointment.findMany({
      where: { planId, state: "booked", startsAt: { lt: to }, endsAt: { gt: from } },
      select: {
        id: true,
        code: true,
        accountId: true,
        startsAt: true,
        procedure: { select: { code: true } },
        plan: { select: { agencyId: true } },
      },
    });
    if (standing.length > 0 && !cancels) return standing.length;
    await tx.appointmentBlock.create({ data: { planId, from, to, reason, byId: ctx.actor.accountId, at: ctx.now } });
    for (const one of standing) {
      await tx.appointment.update({ where: { id: one.id }, data: { state: "cancelled", settledAt: ctx.now } });
      await noteEvent(ctx, tx, one, "agency_cancelled");
      const notice = await noticeOf(ctx, one, "appointment_cancelled");
      if (notice) await leaveNotices(ctx, tx, [notice]);
    }
    return 0;
  });
}

/** Takes a block back. @throws Refusal 404 none of a plan of theirs */
export async function liftBlock(ctx: Context<Officer>, id: string): Promise<void> {
  const { count } = await ctx.db.appointmentBlock.updateMany({
    where: { id, liftedAt: null, plan: { agencyId: { in: arrangingAgencies(ctx.actor) } } },
    data: { liftedAt: ctx.now },
  });
  if (count === 0) throw notFound();
}

/** Refuses an appointment that the officer's agencies do not arrange. @throws Refusal 404 */
export async function requireArranged(ctx: Context<Officer>, id: string): Promise<void> {
  const found = await ctx.db.appointment.count({
    where: { id, plan: { agencyId: { in: arrangingAgencies(ctx.actor) } } },
  });
  if (found === 0) throw notFound();
}

/**
 * Notes that an appointment was held, or that nobody came; changed once it was noted otherwise.
 * @throws Refusal 404 not at their agency; 409 it is cancelled, or has not begun
 */
export async function settleAppointment(ctx: Context<Officer>, id: string, state: "held" | "no_show"): Promise<void> {
  await requireArranged(ctx, id);
  await inTransaction(ctx, async (tx) => {
    const locked = await lockAppointment(tx, id);
    if (locked.state === "cancelled" || locked.startsAt > ctx.now) throw new Refusal("appointments.refused.notYet");
    if (locked.state === state) return;
    await tx.appointment.update({ where: { id }, data: { state, settledAt: ctx.now } });
    await noteEvent(ctx, tx, locked, state);
  });
}

/** Gives an online appointment another meeting link. @throws Refusal 404 not at their agency, or not online */
export async function setMeeting(ctx: Context<Officer>, id: string, meetingUrl: string): Promise<void> {
  await requireArranged(ctx, id);
  await inTransaction(ctx, async (tx) => {
    const locked = await lockAppointment(tx, id);
    const { count } = await tx.appointment.updateMany({
      where: { id, plan: { kind: "online" } },
      data: { meetingUrl },
    });
    if (count === 0) throw notFound();
    await noteEvent(ctx, tx, locked, "linked");
  });
}

/** Makes a plan of the officer's agency, or changes one of theirs. @throws Refusal 404 not their agency, plan or queue */
export async function savePlan(ctx: Context<Officer>, { id, queueId, ...plan }: PlanSetup): Promise<void> {
  if (!arrangingAgencies(ctx.actor).includes(plan.agencyId)) throw notFound();
  const isOnline = queueId === "online";
  const queue = isOnline
    ? null
    : await ctx.db.queue.findFirst({ where: { id: queueId, hall: { agencyId: plan.agencyId } } });
  if (!isOnline && !queue) throw notFound();
  const data = {
    ...plan,
    kind: isOnline ? "online" : "counter",
    queueId: queue?.id ?? null,
    hallId: queue?.hallId ?? null,
    sectors: queue?.sectors ?? [],
    meetingUrl: isOnline ? plan.meetingUrl : null,
  };
  if (id === null) await ctx.db.appointmentPlan.create({ data: { ...data, createdAt: ctx.now } });
  else {
    await arranged(ctx, id);
    await ctx.db.appointmentPlan.update({ where: { id }, data });
  }
}
