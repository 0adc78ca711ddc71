import { addDays, type Calendar, dateOf, findCalendar, instantAt, type LocalDate } from "#calendar/index.ts";
import { findAgency } from "#organizations/index.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { bookableDays, type Slot, slotsOf } from "./rules.ts";

type Asker = Pick<Context, "db" | "now">;

const planParts = {
  id: true,
  agencyId: true,
  name: true,
  nameEn: true,
  kind: true,
  hallId: true,
  queueId: true,
  sectors: true,
  slotMinutes: true,
  capacity: true,
  daysAhead: true,
  leadMinutes: true,
  meetingUrl: true,
  isClosed: true,
} as const satisfies Prisma.AppointmentPlanSelect;
export type Plan = Prisma.AppointmentPlanGetPayload<{ select: typeof planParts }>;

/** A plan that may be booked. @throws Refusal 404 */
export async function findPlan({ db }: Pick<Context, "db">, id: string): Promise<Plan> {
  const plan = await db.appointmentPlan.findFirst({ where: { id, isClosed: false }, select: planParts });
  if (!plan) throw notFound();
  return plan;
}

export type Offered = { id: string; code: string; name: string };

/** The procedures that somebody may come for under a plan: what its agency takes in on paper, of its sectors. One query. */
export const listProcedures = (
  ctx: Asker,
  { agencyId, sectors }: Pick<Plan, "agencyId" | "sectors">,
): Promise<Offered[]> =>
  ctx.db.$queryRaw<Offered[]>`
    SELECT DISTINCT p.id::text AS id, p.code, e.name
    FROM offerings o JOIN procedures p ON p.id = o."procedureId"
      JOIN catalogue_entries e ON e.code = p.code AND e.configured
    WHERE o."agencyId" = ${agencyId}::uuid AND o."validFrom" <= ${isoDay(ctx.now)}
      AND (o."validTo" IS NULL OR o."validTo" >= ${isoDay(ctx.now)}) AND 'counter' = ANY(o.channels)
      AND (${sectors.length} = 0 OR e.sector = ANY(${sectors}::text[]))
    ORDER BY e.name, p.code`;

/** Every plan that may be booked; of those for one procedure, where a code is given. One query. */
export async function listPlans(ctx: Asker, code: string | null): Promise<Plan[]> {
  const fits = code
    ? Prisma.sql`AND EXISTS (
        SELECT FROM offerings o JOIN procedures p ON p.id = o."procedureId" AND p.code = ${code}
          JOIN catalogue_entries e ON e.code = p.code
        WHERE o."agencyId" = a."agencyId" AND 'counter' = ANY(o.channels) AND o."validFrom" <= ${isoDay(ctx.now)}
          AND (o."validTo" IS NULL OR o."validTo" >= ${isoDay(ctx.now)})
          AND (cardinality(a.sectors) = 0 OR e.sector = ANY(a.sectors)))`
    : Prisma.empty;
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT a.id::text AS id FROM appointment_plans a WHERE NOT a."isClosed" ${fits}`;
  return ctx.db.appointmentPlan.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    select: planParts,
    orderBy: [{ agencyId: "asc" }, { name: "asc" }],
  });
}

/** The calendar by which a plan's agency works. */
export const calendarOf = async (ctx: Asker, { agencyId }: Pick<Plan, "agencyId">): Promise<Calendar> =>
  findCalendar(ctx, await findAgency(ctx, agencyId));

export type FreeSlot = Slot & { free: number };

const spanOf = (first: LocalDate, last: LocalDate) => ({
  gte: instantAt(first, "00:00"),
  lt: instantAt(addDays(last, 1), "00:00"),
});

/** The times of every day that may be booked, with how many places are free at each. Two queries. */
export async function listFree(ctx: Asker, plan: Plan): Promise<Map<LocalDate, FreeSlot[]>> {
  const calendar = await calendarOf(ctx, plan);
  const days = bookableDays(isoDay(ctx.now), plan, calendar);
  const [first, last] = [days.at(0), days.at(-1)];
  if (!first || !last) return new Map();
  const [blocks, taken] = await Promise.all([
    ctx.db.appointmentBlock.findMany({
      where: { planId: plan.id, liftedAt: null, to: { gt: ctx.now } },
      select: { from: true, to: true },
    }),
    ctx.db.appointment.groupBy({
      by: ["startsAt"],
      where: { planId: plan.id, state: { not: "cancelled" }, startsAt: spanOf(first, last) },
      _count: true,
    }),
  ]);
  const count = new Map(taken.map(({ startsAt, _count }) => [startsAt.getTime(), _count]));
  return new Map(
    days.map((day) => [
      day,
      slotsOf(day, plan, calendar, blocks, ctx.now).map((slot) => ({
        ...slot,
        free: Math.max(0, plan.capacity - (count.get(slot.startsAt.getTime()) ?? 0)),
      })),
    ]),
  );
}

const appointmentParts = {
  id: true,
  code: true,
  startsAt: true,
  endsAt: true,
  state: true,
  meetingUrl: true,
  procedureId: true,
  plan: { select: planParts },
  procedure: { select: { code: true } },
} as const satisfies Prisma.AppointmentSelect;
export type OwnAppointment = Prisma.AppointmentGetPayload<{ select: typeof appointmentParts }>;

/** One of the citizen's own appointments. @throws Refusal 404 */
export async function findOwn(ctx: Context<Citizen>, code: string): Promise<OwnAppointment> {
  const found = await ctx.db.appointment.findFirst({
    where: { code, accountId: ctx.actor.accountId },
    relationLoadStrategy: "join",
    select: appointmentParts,
  });
  if (!found) throw notFound();
  return found;
}

const MOST_SHOWN = 30;
/** The citizen's appointments, those to come first. */
export const listOwn = (ctx: Context<Citizen>): Promise<OwnAppointment[]> =>
  ctx.db.appointment.findMany({
    where: { accountId: ctx.actor.accountId },
    orderBy: { startsAt: "desc" },
    take: MOST_SHOWN,
    relationLoadStrategy: "join",
    select: appointmentParts,
  });

/** The agencies whose appointments an officer arranges. */
export const arrangingAgencies = ({ postings }: Officer): string[] => [
  ...new Set(
    postings
      .filter(({ role }) => role === "desk" || role === "leader" || role === "unit_head")
      .map(({ agencyId }) => agencyId),
  ),
];

/** The plans that an officer arranges, closed ones included. */
export const listArranged = (ctx: Context<Officer>): Promise<Plan[]> =>
  ctx.db.appointmentPlan.findMany({
    where: { agencyId: { in: arrangingAgencies(ctx.actor) } },
    select: planParts,
    orderBy: { name: "asc" },
  });

const dayParts = {
  id: true,
  startsAt: true,
  endsAt: true,
  state: true,
  meetingUrl: true,
  planId: true,
  account: { select: { displayName: true, username: true } },
  procedure: { select: { code: true } },
} as const satisfies Prisma.AppointmentSelect;
export type ArrangedAppointment = Prisma.AppointmentGetPayload<{ select: typeof dayParts }>;
export type ListedBlock = { id: string; planId: string; from: Date; to: Date; reason: string };

/** Who comes on a day to the plans that an officer arranges, which times are blocked, and when somebody comes next. */
export async function listDay(
  ctx: Context<Officer>,
  day: LocalDate,
): Promise<{ appointments: ArrangedAppointment[]; blocks: ListedBlock[]; next: LocalDate | null }> {
  const plan = { agencyId: { in: arrangingAgencies(ctx.actor) } };
  const span = spanOf(day, day);
  const [appointments, blocks, following] = await Promise.all([
    ctx.db.appointment.findMany({
      where: { plan, startsAt: span },
      orderBy: [{ startsAt: "asc" }, { place: "asc" }],
      relationLoadStrategy: "join",
      select: dayParts,
    }),
    ctx.db.appointmentBlock.findMany({
      where: { plan, liftedAt: null, from: { lt: span.lt }, to: { gt: span.gte } },
      orderBy: { from: "asc" },
      select: { id: true, planId: true, from: true, to: true, reason: true },
    }),
    ctx.db.appointment.findFirst({
      where: { plan, state: "booked", startsAt: { gte: span.lt } },
      orderBy: { startsAt: "asc" },
      select: { startsAt: true },
    }),
  ]);
  return { appointments, blocks, next: following && dateOf(following.startsAt) };
}

/** The queues in which people with appointments may wait, of the officer's agencies. */
export const listQueues = (
  ctx: Context<Officer>,
): Promise<{ id: string; hallId: string; prefix: string; name: string; hall: { name: string; agencyId: string } }[]> =>
  ctx.db.queue.findMany({
    where: { hall: { agencyId: { in: arrangingAgencies(ctx.actor) } }, isClosed: false },
    relationLoadStrategy: "join",
    select: { id: true, hallId: true, prefix: true, name: true, hall: { select: { name: true, agencyId: true } } },
    orderBy: [{ hall: { name: "asc" } }, { position: "asc" }],
  });
