import type { Context, Officer } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, Prisma, type Tx } from "#platform/db.ts";
import { tellChange } from "#platform/live.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { deskAgencies, findOwnCounter, type OwnCounter } from "../queries.ts";
import { isPriority, serves } from "../rules.ts";
import { type LockedDay, lockDay, noteEvents, topicOf } from "./day.ts";

/**
 * The officer sits down at a free counter of their agency and leaves the one where they sat.
 * @throws Refusal 404 no such counter of theirs; 409 somebody sits there, or somebody is still being served where they sat
 */
export async function openCounter(ctx: Context<Officer>, counterId: string): Promise<void> {
  const { accountId } = ctx.actor;
  try {
    await inTransaction(ctx, async (tx) => {
      await leaveCounter(ctx, tx);
      const counter = await tx.queueCounter.findFirst({
        where: { id: counterId, isClosed: false, agencyId: { in: deskAgencies(ctx.actor) } },
        select: { hallId: true },
      });
      if (!counter) throw notFound();
      const { count } = await tx.queueCounter.updateMany({
        where: { id: counterId, officerId: null },
        data: { officerId: accountId, openedAt: ctx.now },
      });
      if (count === 0) throw new Refusal("queue.refused.counterTaken");
      await tellChange(tx, topicOf(counter.hallId));
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal("queue.refused.counterTaken");
    throw error;
  }
}

/** The officer leaves the counter. @throws Refusal 409 somebody is still being served there */
export const closeCounter = (ctx: Context<Officer>): Promise<void> => inTransaction(ctx, (tx) => leaveCounter(ctx, tx));

async function leaveCounter(ctx: Context<Officer>, tx: Tx): Promise<void> {
  const own = await tx.queueCounter.findFirst({ where: { officerId: ctx.actor.accountId } });
  if (!own) return;
  await lockDay(ctx, tx, own.hallId);
  if ((await tx.queueTicket.count({ where: { counterId: own.id, state: "called" } })) > 0)
    throw new Refusal("queue.refused.stillServing");
  await tx.queueCounter.update({ where: { id: own.id }, data: { officerId: null, openedAt: null } });
  await tellChange(tx, topicOf(own.hallId));
}

type Called = { id: string; number: string; queueId: string; state: string };
type AtCounter = { counter: OwnCounter; day: LockedDay; current: Called | null };

/**
 * Locks the day of the hall in which the officer sits and finds whom they serve.
 * @param seen the ticket that the officer saw at their counter, null for nobody: a second click changes nothing
 * @throws Refusal 409 the officer sits at no counter
 */
async function atCounter(ctx: Context<Officer>, tx: Tx, seen: string | null): Promise<AtCounter | null> {
  const counter = await findOwnCounter({ ...ctx, db: tx as Context["db"] });
  if (!counter) throw new Refusal("queue.refused.noCounter");
  const day = await lockDay(ctx, tx, counter.hallId);
  const current = await tx.queueTicket.findFirst({
    where: { counterId: counter.id, state: "called" },
    select: { id: true, number: true, queueId: true, state: true },
  });
  return (current?.id ?? null) === seen ? { counter, day, current } : null;
}

const ending = (state: "served" | "no_show", at: Date) => ({ state, endedAt: at });

async function settle(
  ctx: Context,
  tx: Tx,
  { counter, day, current }: AtCounter,
  state: "served" | "no_show",
): Promise<void> {
  if (!current) return;
  await tx.queueTicket.update({ where: { id: current.id }, data: ending(state, ctx.now) });
  await noteEvents(ctx, tx, day, [{ ticketId: current.id, type: state, counterId: counter.id }]);
}

type Found = { id: string; number: string; queueId: string; priority: string | null; dueAt: Date | null };

/** Whoever is next for this counter, locked; tickets that somebody else holds just now are passed over. */
async function pickNext(ctx: Context, tx: Tx, { counter, day }: AtCounter): Promise<Found | undefined> {
  const isFirst = Prisma.sql`(t.priority IS NOT NULL AND (t.priority <> 'appointment' OR t."dueAt" <= ${ctx.now}))`;
  const [next] = await tx.$queryRaw<Found[]>`
    SELECT t.id::text AS id, t.number, t."queueId"::text AS "queueId", t.priority, t."dueAt"
    FROM queue_tickets t JOIN queue_halls h ON h.id = t."hallId"
      JOIN queue_days d ON d."queueId" = t."queueId" AND d.day = t.day
    WHERE t."hallId" = ${counter.hallId}::uuid AND t.day = ${day.day} AND t.state = 'waiting'
      AND (t."forCounterId" = ${counter.id}::uuid OR (t."forCounterId" IS NULL
        AND (${counter.queueIds.length} = 0 OR t."queueId" = ANY(${counter.queueIds}::uuid[]))))
    ORDER BY t."forCounterId" IS NULL,
      CASE WHEN NOT ${isFirst} THEN 1 WHEN d."inRow" < h."mostInRow" THEN 0 ELSE 2 END,
      t."orderAt", t.serial, t.id
    LIMIT 1 FOR UPDATE OF t SKIP LOCKED`;
  return next;
}

/** A call that is the next event of the locked day. */
const callBy = (ctx: Context, day: LockedDay) => ({ lastCalledAt: ctx.now, lastCall: day.events + 1 });

async function call(ctx: Context, tx: Tx, { counter, day }: AtCounter, next: Found): Promise<void> {
  const { accountId } = (ctx as Context<Officer>).actor;
  await tx.queueTicket.update({
    where: { id: next.id },
    data: { state: "called", counterId: counter.id, officerId: accountId, calledAt: ctx.now, ...callBy(ctx, day) },
  });
  await tx.queueDay.update({
    where: { queueId_day: { queueId: next.queueId, day: day.day } },
    data: { inRow: isPriority(next, ctx.now) ? { increment: 1 } : 0 },
  });
  await noteEvents(ctx, tx, day, [{ ticketId: next.id, type: "called", counterId: counter.id, queueId: next.queueId }]);
}

/** `stale`: the counter had moved on before; nothing was done. `nobody`: nobody waits for this counter. */
export type Outcome = { did: "called"; number: string } | { did: "done" } | { did: "nobody" } | { did: "stale" };

/**
 * Ends serving whoever stands there and calls the next, by the hall's rule of priority, in one transaction.
 * @throws Refusal 409 the officer sits at no counter
 */
export const callNext = (ctx: Context<Officer>, seen: string | null): Promise<Outcome> =>
  inTransaction(ctx, async (tx) => {
    const at = await atCounter(ctx, tx, seen);
    if (!at) return { did: "stale" };
    await settle(ctx, tx, at, "served");
    const next = await pickNext(ctx, tx, at);
    if (!next) return { did: "nobody" };
    await call(ctx, tx, at, next);
    return { did: "called", number: next.number };
  });

/** What an officer may do with whoever they called, beside calling the next. */
export const VERBS = ["again", "set_aside", "no_show", "served"] as const;
export type Verb = (typeof VERBS)[number];

/**
 * Calls the same number again, sets it aside, or ends it: served, or never came.
 * @throws Refusal 409 the officer sits at no counter
 */
export const actOnCurrent = (ctx: Context<Officer>, verb: Verb, seen: string): Promise<Outcome> =>
  inTransaction(ctx, async (tx) => {
    const at = await atCounter(ctx, tx, seen);
    if (!at?.current) return { did: "stale" };
    const { id: ticketId } = at.current;
    if (verb === "again") {
      await tx.queueTicket.update({ where: { id: ticketId }, data: callBy(ctx, at.day) });
      await noteEvents(ctx, tx, at.day, [{ ticketId, type: "called_again", counterId: at.counter.id }]);
    } else if (verb === "set_aside") {
      await tx.queueTicket.update({ where: { id: ticketId }, data: { state: "set_aside" } });
      await noteEvents(ctx, tx, at.day, [{ ticketId, type: "set_aside", counterId: at.counter.id }]);
    } else await settle(ctx, tx, at, verb);
    return { did: "done" };
  });

/**
 * Calls a number that was set aside in this hall: its owner came back. Whoever stands at the counter is ended as served.
 * @throws Refusal 404 there is no such number here today; 409 it is set aside no more
 */
export const callBack = (ctx: Context<Officer>, seen: string | null, ticketId: string): Promise<Outcome> =>
  inTransaction(ctx, async (tx) => {
    const at = await atCounter(ctx, tx, seen);
    if (!at) return { did: "stale" };
    const [ticket] = await tx.$queryRaw<(Found & { state: string })[]>`
      SELECT id::text AS id, number, "queueId"::text AS "queueId", priority, "dueAt", state FROM queue_tickets
      WHERE id = ${ticketId}::uuid AND "hallId" = ${at.counter.hallId}::uuid AND day = ${at.day.day} FOR UPDATE`;
    if (!ticket) throw notFound();
    if (ticket.state !== "set_aside") throw new Refusal("queue.refused.notAside");
    await settle(ctx, tx, at, "served");
    await call(ctx, tx, at, ticket);
    return { did: "called", number: ticket.number };
  });

/**
 * Sends whoever stands there to another queue or counter of the hall; they keep number and place in turn.
 * @throws Refusal 404 there is no such queue or counter in this hall; 409 nobody could call it there
 */
export const transfer = (
  ctx: Context<Officer>,
  seen: string,
  to: { queueId: string } | { counterId: string },
): Promise<Outcome> =>
  inTransaction(ctx, async (tx) => {
    const at = await atCounter(ctx, tx, seen);
    if (!at?.current) return { did: "stale" };
    const { hallId } = at.counter;
    const { id: ticketId } = at.current;
    const aim =
      "counterId" in to
        ? await tx.queueCounter.findFirst({ where: { id: to.counterId, hallId, isClosed: false } })
        : await tx.queue.findFirst({ where: { id: to.queueId, hallId, isClosed: false } });
    if (!aim || aim.id === at.counter.id) throw notFound();
    const queueId = "counterId" in to ? at.current.queueId : aim.id;
    if (!("counterId" in to)) {
      const counters = await tx.queueCounter.findMany({ where: { hallId, isClosed: false } });
      if (!counters.some((counter) => serves(counter, queueId))) throw new Refusal("queue.refused.nobodyServes");
      // The order of calls is remembered by queue and day, also of one in which nobody took a number today.
      await tx.queueDay.upsert({
        where: { queueId_day: { queueId, day: at.day.day } },
        create: { queueId, day: at.day.day },
        update: {},
      });
    }
    await tx.queueTicket.update({
      where: { id: ticketId },
      data: {
        state: "waiting",
        queueId,
        counterId: null,
        officerId: null,
        forCounterId: "counterId" in to ? to.counterId : null,
      },
    });
    const counterId = "counterId" in to ? to.counterId : at.counter.id;
    await noteEvents(ctx, tx, at.day, [{ ticketId, type: "transferred", queueId, counterId }]);
    return { did: "done" };
  });
