import { findCalendar, type PausePolicy } from "#calendar/index.ts";
import { findAgency } from "#organizations/index.ts";
import { type Context, inside } from "#platform/context.ts";
import type { Prisma, Tx } from "#platform/db.ts";
import { type LoadedVersion, timeLimitFor } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import type { LockedDossier } from "../events.ts";
import { dueOf, stepDueOf } from "../rules/clock.ts";
import { pausePolicy, type WaitingFor } from "../rules/pauses.ts";
import { isFinished, isWaiting, type Status } from "../rules.ts";
import { voidConfirmation } from "./drafts.ts";

/** Columns of a dossier that say how its clock stands. */
export type ClockColumns = {
  dueAt?: Date;
  dueExplanation?: Prisma.InputJsonObject;
  pausedAt?: Date | null;
  waitingSince?: Date | null;
};

const waitsFor = (status: Status): WaitingFor | null =>
  status === "awaiting_supplement" ? "supplement" : status === "awaiting_obligation" ? "obligation" : null;

/**
 * The due date as the law counts it now, with all pauses and the one extension. While the clock stands still the last
 * date known is kept and `pausedAt` says since when; a dossier without a time limit has no clock.
 */
export async function countClock(
  ctx: Context,
  tx: Tx,
  dossier: LockedDossier,
  version: LoadedVersion,
): Promise<ClockColumns> {
  const limit = timeLimitFor(version.definition, dossier);
  const { clockStartedAt } = dossier;
  if (!limit || !clockStartedAt) return { pausedAt: null };
  const calendar = await findCalendar(inside(ctx, tx), await findAgency(inside(ctx, tx), dossier.receivingAgencyId));
  const pauses = await tx.clockPause.findMany({ where: { dossierId: dossier.id }, orderBy: { from: "asc" } });
  const extension = await tx.dueExtension.findUnique({ where: { dossierId: dossier.id } });
  const facts = { clockStartedAt, pauses, extension };
  const { dueAt, explanation } = dueOf(facts, limit.term, version.definition.counting, calendar);
  const open = pauses.find(({ to }) => to === null);
  return {
    ...(dueAt ? { dueAt } : {}),
    dueExplanation: explanation as unknown as Prisma.InputJsonObject,
    pausedAt: dueAt ? null : (open?.from ?? null),
  };
}

/** The lead step's own clock stands still with the dossier's, and goes on by the same policy. */
async function moveStepClock(ctx: Context, tx: Tx, dossier: LockedDossier, version: LoadedVersion): Promise<void> {
  const lead = await tx.stepRun.findFirst({ where: { dossierId: dossier.id, lead: true, closedAt: null } });
  if (!lead?.pausedAt) return;
  const step = findStep(version.definition.workflow, lead.stepId);
  const calendar = await findCalendar(inside(ctx, tx), await findAgency(inside(ctx, tx), lead.agencyId));
  const pauses = await tx.clockPause.findMany({ where: { dossierId: dossier.id } });
  const dueAt = step ? stepDueOf(lead, step.allowance, pauses, calendar) : null;
  await tx.stepRun.update({
    where: { id: lead.id },
    data: { pausedAt: null, ...(dueAt ? { dueAt } : {}), version: { increment: 1 } },
  });
}

/**
 * What a change of status does to the clock: a pause ends, another begins, and the due date is counted anew. Called in
 * the transaction that changes the status, after the steps were closed and opened. Returns the columns to write with it.
 * @param how.policy what this waiting does, where not as the version says
 * @param how.holdsStep the leading step stands still, too; where papers are waited for it always does
 */
export async function moveClock(
  ctx: Context,
  tx: Tx,
  dossier: LockedDossier,
  version: LoadedVersion,
  to: Status,
  how: { policy?: PausePolicy; holdsStep?: boolean } = {},
): Promise<ClockColumns> {
  const [before, after] = [waitsFor(dossier.status), waitsFor(to)];
  const waitingSince = !isWaiting(to) ? null : to === dossier.status ? undefined : ctx.now;
  const columns: ClockColumns = waitingSince === undefined ? {} : { waitingSince };
  if (before === after) return isFinished(to) ? { ...columns, pausedAt: null } : columns;
  const where = { dossierId: dossier.id, to: null };
  await tx.clockPause.updateMany({ where, data: { to: ctx.now } });
  if (to === "withdrawn" || to === "stopped" || to === "voided") return { ...columns, pausedAt: null };
  if (before) await moveStepClock(ctx, tx, dossier, version);
  const holdsStep = after === "supplement" || (after !== null && how.holdsStep === true);
  if (after) {
    const policy = how.policy ?? pausePolicy(version.definition, after);
    await tx.clockPause.create({ data: { dossierId: dossier.id, reason: after, policy, holdsStep, from: ctx.now } });
  }
  if (holdsStep)
    await tx.stepRun.updateMany({
      where: { dossierId: dossier.id, lead: true, closedAt: null },
      data: { pausedAt: ctx.now, version: { increment: 1 } },
    });
  const counted = await countClock(ctx, tx, dossier, version);
  return { ...columns, ...counted };
}

/** Ends all work on a dossier that is withdrawn or stopped: nobody has it on the desk any more. */
export async function closeRuns(
  ctx: Context,
  tx: Tx,
  dossierId: string,
  outcome: "withdrawn" | "stopped" | "voided",
): Promise<string[]> {
  const open = await tx.stepRun.findMany({ where: { dossierId, closedAt: null }, select: { id: true } });
  const closed = open.map(({ id }) => id);
  await voidConfirmation(ctx, tx, dossierId);
  await tx.stepRun.updateMany({
    where: { id: { in: closed } },
    data: {
      closedAt: ctx.now,
      closedById: ctx.actor.kind === "officer" ? ctx.actor.accountId : null,
      outcome,
      pausedAt: null,
      version: { increment: 1 },
    },
  });
  return closed;
}
