import { leaveNotices } from "#notifications/index.ts";
import type { Context, Surroundings } from "#platform/context.ts";
import { inside, systemContext } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { takeTicketIn } from "#queue/index.ts";
import { noteEvent, noticeOf } from "../actions.ts";
import { noShowBefore, REMIND_HOURS, whyNoNumber } from "../rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    /** People are reminded of appointments of the next day; who did not come is counted. */
    "appointments.tidy": Record<string, never>;
  }
}

export type Arrival =
  | { code: string; number: string }
  | { why: "elsewhere" | "online" | "used" | "early" | "late" }
  /** No appointment has this code. */
  | null;

/**
 * Somebody shows the code of their appointment to the hall's machine: it becomes a number that is priority from its time on.
 * Two machines read it at once and one number is given.
 * @throws Refusal 409 the hall gives no numbers now
 */
export const checkIn = (ctx: Context, hallId: string, code: string): Promise<Arrival> =>
  inTransaction(ctx, async (tx): Promise<Arrival> => {
    const [found] = await tx.$queryRaw<
      { id: string; state: string; startsAt: Date; kind: string; hallId: string | null; queueId: string | null }[]
    >`
      SELECT a.id::text AS id, a.state, a."startsAt", p.kind, p."hallId"::text AS "hallId", p."queueId"::text AS "queueId"
      FROM appointments a JOIN appointment_plans p ON p.id = a."planId" WHERE a.code = ${code} FOR UPDATE OF a`;
    if (!found) return null;
    if (found.kind === "counter" && found.hallId !== hallId) return { why: "elsewhere" };
    const why = whyNoNumber(found, ctx.now);
    if (why || !found.queueId) return { why: why ?? "elsewhere" };
    await tx.appointment.update({ where: { id: found.id }, data: { state: "checked_in", settledAt: ctx.now } });
    await noteEvent(ctx, tx, found, "checked_in");
    const { id, startsAt, queueId } = found;
    return takeTicketIn(inside(ctx, tx), tx, {
      hallId,
      queueId,
      priority: "appointment",
      appointment: { id, startsAt },
    });
  });

const HOUR_MS = 3_600_000;
const told = {
  id: true,
  code: true,
  accountId: true,
  startsAt: true,
  procedure: { select: { code: true } },
  plan: { select: { agencyId: true } },
} as const;

/** Reminds of what begins within a day, once for each time; counts who did not come. May run twice. */
export async function tidyAppointments(ctx: Context): Promise<void> {
  const soon = new Date(ctx.now.getTime() + REMIND_HOURS * HOUR_MS);
  const coming = await ctx.db.appointment.findMany({
    where: { state: "booked", startsAt: { gt: ctx.now, lte: soon } },
    select: { ...told, remindedFor: true },
  });
  for (const { remindedFor, ...one } of coming) {
    if (remindedFor?.getTime() === one.startsAt.getTime()) continue;
    await inTransaction(ctx, async (tx) => {
      const { count } = await tx.appointment.updateMany({
        where: { id: one.id, state: "booked", startsAt: one.startsAt },
        data: { remindedFor: one.startsAt },
      });
      const notice = count > 0 ? await noticeOf(ctx, one, "appointment_soon") : null;
      if (notice) await leaveNotices(ctx, tx, [notice]);
    });
  }
  const missed = await ctx.db.appointment.findMany({
    where: { state: "booked", endsAt: { lt: noShowBefore(ctx.now) } },
    select: { id: true, startsAt: true },
  });
  for (const one of missed)
    await inTransaction(ctx, async (tx) => {
      const { count } = await tx.appointment.updateMany({
        where: { id: one.id, state: "booked", startsAt: one.startsAt },
        data: { state: "no_show", settledAt: ctx.now },
      });
      if (count > 0) await noteEvent(ctx, tx, one, "no_show");
    });
}

export const appointmentJobs = (
  surroundings: Surroundings,
  now: () => Date,
): Pick<JobHandlers, "appointments.tidy"> => ({
  "appointments.tidy": () => tidyAppointments(systemContext(surroundings, now(), "appointments.tidy")),
});
