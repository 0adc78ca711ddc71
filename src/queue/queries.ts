import { findCalendar } from "#calendar/index.ts";
import { openToWhere } from "#dossiers/index.ts";
import { findAgency } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { callOrder, estimate, paceOf, type Shut, serves, type TicketState, whyShut } from "./rules.ts";

type Asker = Pick<Context, "db" | "now">;

const MOST_PACE = 20;
const LAST_CALLED = 5;

export type Queue = {
  id: string;
  prefix: string;
  name: string;
  nameEn: string | null;
  sectors: string[];
  forResults: boolean;
  minutes: number;
  position: number;
  isClosed: boolean;
};
export type Counter = {
  id: string;
  agencyId: string;
  number: number;
  name: string | null;
  queueIds: string[];
  isClosed: boolean;
  officerId: string | null;
};
export type Ticket = {
  id: string;
  code: string;
  number: string;
  queueId: string;
  serial: number;
  state: TicketState;
  priority: string | null;
  takenAt: Date;
  dueAt: Date | null;
  orderAt: Date;
  forCounterId: string | null;
  counterId: string | null;
  calledAt: Date | null;
  lastCalledAt: Date | null;
  /** Number of the event of its last call. */
  lastCall: number | null;
  endedAt: Date | null;
};
/** Everything that is shown of one day of a hall: every board, phone and panel is a view of it. */
export type HallState = {
  id: string;
  agencyId: string;
  slug: string;
  name: string;
  hours: string;
  mostInRow: number;
  isClosed: boolean;
  queues: Queue[];
  counters: Counter[];
  /** Number of the last event. */
  events: number;
  shut: Shut | null;
  tickets: Ticket[];
  /** In the order in which they will be called, by queue. */
  order: ReadonlyMap<string, readonly Ticket[]>;
  /** Minutes that one person takes, by queue. */
  pace: ReadonlyMap<string, number>;
  now: Date;
};

const hallParts = {
  queues: { orderBy: [{ position: "asc" as const }, { prefix: "asc" as const }] },
  counters: { orderBy: { number: "asc" as const } },
};
const ticketParts = {
  id: true,
  code: true,
  number: true,
  queueId: true,
  serial: true,
  state: true,
  priority: true,
  takenAt: true,
  dueAt: true,
  orderAt: true,
  forCounterId: true,
  counterId: true,
  calledAt: true,
  lastCalledAt: true,
  lastCall: true,
  endedAt: true,
} as const;

/** The hall of an address. @throws Refusal 404 */
export async function findHall({ db }: Pick<Context, "db">, slug: string): Promise<{ id: string; agencyId: string }> {
  const hall = await db.queueHall.findUnique({ where: { slug }, select: { id: true, agencyId: true } });
  if (!hall) throw notFound();
  return hall;
}

const minutesBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 60_000;

/** How long those who were served last in each queue took. */
function pacesOf(queues: readonly Queue[], tickets: readonly Ticket[]): Map<string, number> {
  const served = tickets
    .filter((one) => one.state === "served" && one.calledAt && one.endedAt)
    .sort((a, b) => Number(b.endedAt) - Number(a.endedAt));
  return new Map(
    queues.map(({ id, minutes }) => {
      const last = served.filter(({ queueId }) => queueId === id).slice(0, MOST_PACE);
      const taken = last.map(({ calledAt, endedAt }) => minutesBetween(calledAt as Date, endedAt as Date));
      return [id, paceOf(taken, minutes)];
    }),
  );
}

/** One day of a hall, whole. Two queries. @throws Refusal 404 */
export async function findHallState(ctx: Asker, hallId: string): Promise<HallState> {
  const day = isoDay(ctx.now);
  const [hall, rows] = await Promise.all([
    ctx.db.queueHall.findUnique({
      where: { id: hallId },
      relationLoadStrategy: "join",
      include: {
        days: { where: { day } },
        queues: { ...hallParts.queues, include: { days: { where: { day }, select: { inRow: true } } } },
        counters: hallParts.counters,
      },
    }),
    ctx.db.queueTicket.findMany({ where: { hallId, day }, select: ticketParts, orderBy: { takenAt: "asc" } }),
  ]);
  if (!hall) throw notFound();
  const calendar = await findCalendar(ctx, await findAgency(ctx, hall.agencyId));
  const [today = null] = hall.days;
  const tickets = rows as Ticket[];
  const queues = hall.queues.map(({ days: _, ...queue }) => queue);
  const waiting = tickets.filter(({ state }) => state === "waiting");
  return {
    ...hall,
    queues,
    events: today?.events ?? 0,
    shut: whyShut(hall, today, calendar, ctx.now),
    tickets,
    order: new Map(
      hall.queues.map(({ id, days }) => [
        id,
        callOrder(
          waiting.filter(({ queueId }) => queueId === id),
          { inRow: days[0]?.inRow ?? 0, mostInRow: hall.mostInRow, now: ctx.now },
        ),
      ]),
    ),
    pace: pacesOf(queues, tickets),
    now: ctx.now,
  };
}

/** Who is being called, and who was last: the latest first. */
export const lastCalled = ({ tickets }: Pick<HallState, "tickets">): Ticket[] =>
  tickets
    .filter(({ lastCall, counterId }) => lastCall && counterId)
    .sort((a, b) => Number(b.lastCall) - Number(a.lastCall))
    .slice(0, LAST_CALLED);

export type Standing = { ahead: number; minutes: number };

/** How many are called before a waiting ticket, and in how many minutes it is about its turn; null: it does not wait. */
export function standingOf(state: HallState, ticketId: string): Standing | null {
  const ticket = state.tickets.find(({ id }) => id === ticketId);
  if (ticket?.state !== "waiting") return null;
  const ahead = (state.order.get(ticket.queueId) ?? []).findIndex(({ id }) => id === ticketId);
  return { ahead, minutes: estimate(ahead, state.pace.get(ticket.queueId) ?? 0, openCounters(state, ticket.queueId)) };
}

/** At how many counters a queue is served now. */
export const openCounters = ({ counters }: HallState, queueId: string): number =>
  counters.filter((counter) => counter.officerId && serves(counter, queueId)).length;

/** How many wait in a queue. */
export const waitingIn = ({ order }: HallState, queueId: string): number => order.get(queueId)?.length ?? 0;

/** The ticket of a code, and whose day it is. @throws Refusal 404 */
export async function findTicket(
  { db }: Pick<Context, "db">,
  code: string,
): Promise<{ id: string; hallId: string; day: string; number: string; takenAt: Date; queueId: string }> {
  const ticket = await db.queueTicket.findUnique({
    where: { code },
    select: { id: true, hallId: true, day: true, number: true, takenAt: true, queueId: true },
  });
  if (!ticket) throw notFound();
  return ticket;
}

/** The agencies at whose counters an officer sits. */
export const deskAgencies = ({ postings }: Officer): string[] => [
  ...new Set(postings.filter(({ role }) => role === "desk").map(({ agencyId }) => agencyId)),
];

/** The halls in which somebody of the officer's agencies sits, with the officer's own counters there. */
export async function listOwnHalls(
  ctx: Context<Officer>,
): Promise<{ id: string; slug: string; name: string; agencyId: string; isClosed: boolean; counters: Counter[] }[]> {
  const mine = { in: deskAgencies(ctx.actor) };
  return ctx.db.queueHall.findMany({
    where: { OR: [{ agencyId: mine }, { counters: { some: { agencyId: mine } } }] },
    relationLoadStrategy: "join",
    select: {
      id: true,
      slug: true,
      name: true,
      agencyId: true,
      isClosed: true,
      counters: { where: { agencyId: mine, isClosed: false }, orderBy: { number: "asc" } },
    },
    orderBy: { name: "asc" },
  });
}

/** A hall that the officer's own agency runs. @throws Refusal 404 for every other */
export async function findOwnHall(ctx: Context<Officer>, id: string): Promise<{ id: string; slug: string }> {
  const mine = ctx.actor.postings
    .filter(({ role }) => role === "desk" || role === "leader" || role === "unit_head")
    .map(({ agencyId }) => agencyId);
  const hall = await ctx.db.queueHall.findFirst({
    where: { id, agencyId: { in: mine } },
    select: { id: true, slug: true },
  });
  if (!hall) throw notFound();
  return hall;
}

export type OwnCounter = Counter & { hallId: string };

/** The counter at which the officer sits; null: at none, or at one of an agency where they no longer work. */
export const findOwnCounter = (ctx: Context<Officer>): Promise<OwnCounter | null> =>
  ctx.db.queueCounter.findFirst({
    where: { officerId: ctx.actor.accountId, agencyId: { in: deskAgencies(ctx.actor) } },
  });

export type CurrentTicket = {
  id: string;
  number: string;
  priority: string | null;
  calledAt: Date;
  hallId: string;
  counter: { id: string; number: number };
  dossierIds: string[];
};

/** Who stands before the officer now: the ticket that their counter called; null: nobody. */
export async function findCurrentTicket(ctx: Context<Officer>): Promise<CurrentTicket | null> {
  const counter = await findOwnCounter(ctx);
  if (!counter) return null;
  const ticket = await ctx.db.queueTicket.findFirst({
    where: { counterId: counter.id, state: "called" },
    select: {
      id: true,
      number: true,
      priority: true,
      calledAt: true,
      hallId: true,
      dossiers: { orderBy: { at: "asc" } },
    },
  });
  if (!ticket?.calledAt) return null;
  const { dossiers, calledAt, ...rest } = ticket;
  return { ...rest, calledAt, counter, dossierIds: dossiers.map(({ dossierId }) => dossierId) };
}

export type ListedHall = { slug: string; name: string; agencyId: string; waiting: number; open: number };

/** Every hall of the province, with how many wait there now. */
export async function listHalls(ctx: Asker): Promise<ListedHall[]> {
  return ctx.db.$queryRaw<ListedHall[]>`
    SELECT h.slug, h.name, h."agencyId"::text AS "agencyId",
      (SELECT count(*)::int FROM queue_tickets t
        WHERE t."hallId" = h.id AND t.day = ${isoDay(ctx.now)} AND t.state = 'waiting') AS waiting,
      (SELECT count(*)::int FROM queue_counters c WHERE c."hallId" = h.id AND c."officerId" IS NOT NULL) AS open
    FROM queue_halls h WHERE NOT h."isClosed" ORDER BY h.name`;
}

/** Every hall, closed ones included, for who sets them up. */
export const listEveryHall = ({
  db,
}: Pick<Context, "db">): Promise<{ id: string; name: string; slug: string; agencyId: string }[]> =>
  db.queueHall.findMany({ select: { id: true, name: true, slug: true, agencyId: true }, orderBy: { name: "asc" } });

export type LinkedDossier = { id: string; name: string };
/** The codes of dossiers, for the panel of who made them. */
export const listLinked = async ({ db, actor }: Context<Officer>, ids: readonly string[]): Promise<LinkedDossier[]> =>
  (
    await db.dossier.findMany({
      where: { id: { in: [...ids] }, ...openToWhere(actor) },
      select: { id: true, code: true, reference: true },
    })
  ).map(({ id, code, reference }) => ({ id, name: code ?? reference }));
