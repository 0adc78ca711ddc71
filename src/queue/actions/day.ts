import type { Context } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { tellChange } from "#platform/live.ts";
import type { EventType } from "../rules.ts";

/** What each hall's pages follow. */
export const topicOf = (hallId: string): string => `hall:${hallId}`;

export type LockedDay = { hallId: string; day: string; events: number; closedAt: Date | null; endedAt: Date | null };

/**
 * Takes the hall's day for this transaction: numbers, calls and ends happen one after the other, however many counters and
 * processes there are, so that no two of them see the same person waiting.
 */
export async function lockDay(
  ctx: Pick<Context, "now">,
  tx: Tx,
  hallId: string,
  day = isoDay(ctx.now),
): Promise<LockedDay> {
  const [row] = await tx.$queryRaw<LockedDay[]>`
    INSERT INTO queue_hall_days AS known ("hallId", day) VALUES (${hallId}::uuid, ${day})
    ON CONFLICT ("hallId", day) DO UPDATE SET events = known.events
    RETURNING "hallId"::text AS "hallId", day, events, "closedAt", "endedAt"`;
  if (!row) throw new Error("a hall's day was neither made nor locked");
  return row;
}

export type Happened = {
  ticketId: string;
  type: EventType;
  queueId?: string;
  counterId?: string | null;
  dossierId?: string;
};

/** Writes what happened, in this order, as the next events of the locked day, and tells whoever follows the hall. */
export async function noteEvents(ctx: Context, tx: Tx, day: LockedDay, happened: readonly Happened[]): Promise<void> {
  if (happened.length === 0) return;
  const officerId = ctx.actor.kind === "officer" ? ctx.actor.accountId : null;
  await tx.queueTicketEvent.createMany({
    data: happened.map((one, i) => ({
      ...one,
      hallId: day.hallId,
      day: day.day,
      number: day.events + i + 1,
      at: ctx.now,
      officerId,
    })),
  });
  day.events += happened.length;
  await tx.queueHallDay.update({
    where: { hallId_day: { hallId: day.hallId, day: day.day } },
    data: { events: day.events },
  });
  await tellChange(tx, topicOf(day.hallId));
}
