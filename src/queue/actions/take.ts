import { findCalendar } from "#calendar/index.ts";
import { findAgency } from "#organizations/index.ts";
import { randomCode } from "#platform/codes.ts";
import { type Context, inside } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { numberOf, type TicketPriority, whyShut } from "../rules.ts";
import { lockDay, noteEvents } from "./day.ts";

export type Wish = {
  hallId: string;
  queueId: string;
  priority: TicketPriority | null;
  dossierId?: string;
  /** Comes by appointment: its id and its time, from which on it is priority. */
  appointment?: { id: string; startsAt: Date };
};

/**
 * Gives the next number of a queue; the day's numbers have no gaps and are nobody else's, however many machines give them.
 * @throws Refusal 404 no such queue in the hall; 409 the hall gives no numbers now, or the queue none
 */
export const takeTicket = (ctx: Context, wish: Wish): Promise<{ code: string; number: string }> =>
  inTransaction(ctx, (tx) => takeTicketIn(inside(ctx, tx), tx, wish));

/** The same inside a transaction that is open already. */
export async function takeTicketIn(
  ctx: Context,
  tx: Tx,
  { hallId, queueId, priority, dossierId, appointment }: Wish,
): Promise<{ code: string; number: string }> {
  const day = await lockDay(ctx, tx, hallId);
  const queue = await tx.queue.findFirst({ where: { id: queueId, hallId }, include: { hall: true } });
  if (!queue) throw notFound();
  const calendar = await findCalendar(ctx, await findAgency(ctx, queue.hall.agencyId));
  const shut = whyShut(queue.hall, day, calendar, ctx.now) ?? (queue.isClosed ? "closed" : null);
  if (shut) throw new Refusal(`queue.refused.${shut}`);
  const [given] = await tx.$queryRaw<{ serial: number }[]>`
    INSERT INTO queue_days AS known ("queueId", day, serial) VALUES (${queueId}::uuid, ${day.day}, 1)
    ON CONFLICT ("queueId", day) DO UPDATE SET serial = known.serial + 1 RETURNING serial`;
  if (!given) throw new Error("a queue's day was neither made nor raised");
  const number = numberOf(queue.prefix, given.serial);
  const { id: ticketId, code } = await tx.queueTicket.create({
    data: {
      code: randomCode(),
      hallId,
      queueId,
      day: day.day,
      serial: given.serial,
      number,
      priority,
      takenAt: ctx.now,
      orderAt: ctx.now,
      dueAt: appointment?.startsAt ?? null,
      appointmentId: appointment?.id ?? null,
      ...(dossierId ? { dossiers: { create: { dossierId, at: ctx.now } } } : {}),
    },
  });
  await noteEvents(ctx, tx, day, [{ ticketId, type: "taken", queueId, ...(dossierId ? { dossierId } : {}) }]);
  return { code, number };
}

/**
 * Somebody goes without being served and says so: their number is not called.
 * @throws Refusal 404 there is no such ticket
 */
export const leaveQueue = (ctx: Context, code: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const ticket = await tx.queueTicket.findUnique({ where: { code }, select: { id: true, hallId: true, day: true } });
    if (!ticket) throw notFound();
    const day = await lockDay(ctx, tx, ticket.hallId, ticket.day);
    const { count } = await tx.queueTicket.updateMany({
      where: { id: ticket.id, state: { in: ["waiting", "set_aside"] } },
      data: { state: "left", endedAt: ctx.now },
    });
    if (count > 0) await noteEvents(ctx, tx, day, [{ ticketId: ticket.id, type: "left" }]);
  });
