import { findCalendar, findRecompute, forgetCalendar, noteRecomputed } from "#calendar/index.ts";
import { findAgency } from "#organizations/index.ts";
import { now as readClock } from "#platform/clock.ts";
import { type Context, inside, type Surroundings, systemContext } from "#platform/context.ts";
import { inTransaction, type Prisma, type Tx } from "#platform/db.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { findVersion, type LoadedVersion } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import { type LockedDossier, lockDossier, recordChange } from "../events.ts";
import { mayMove } from "../queries/due.ts";
import { stepDueOf } from "../rules/clock.ts";
import { isFinished } from "../rules.ts";
import { countClock } from "./clock.ts";
import { takeSilence } from "./drafts.ts";
import { remindToCollect } from "./reminding.ts";
import { keepReaders } from "./restricting.ts";
import { takeRoot } from "./roots.ts";
import { rollUpTallies } from "./tallies.ts";

/** How many dossiers are looked up at a time; each is moved in a transaction of its own. */
const BATCH = 200;

const moved = (changeId: string, from: Date, to: Date): Prisma.InputJsonObject => ({
  reason: "calendar",
  changeId,
  formerDueAt: from.toISOString(),
  dueAt: to.toISOString(),
});

async function moveDueDate(
  ctx: Context,
  tx: Tx,
  dossier: LockedDossier,
  version: LoadedVersion,
  changeId: string,
): Promise<number> {
  const { dueAt: from } = dossier;
  if (!from || dossier.pausedAt) return 0;
  const counted = await countClock(ctx, tx, dossier, version);
  const to = counted.dueAt;
  if (!(to instanceof Date) || to.getTime() === from.getTime()) return 0;
  await recordChange(ctx, tx, dossier, counted, {
    type: "dossier.due_moved",
    status: dossier.status,
    agencyId: dossier.receivingAgencyId,
    payload: moved(changeId, from, to),
  });
  return 1;
}

async function moveSteps(
  ctx: Context,
  tx: Tx,
  dossier: LockedDossier,
  version: LoadedVersion,
  changeId: string,
): Promise<number> {
  const runs = await tx.stepRun.findMany({ where: { dossierId: dossier.id, closedAt: null, pausedAt: null } });
  const pauses = await tx.clockPause.findMany({ where: { dossierId: dossier.id } });
  let count = 0;
  for (const run of runs) {
    const step = findStep(version.definition.workflow, run.stepId);
    if (!step || !run.dueAt) continue;
    const calendar = await findCalendar(inside(ctx, tx), await findAgency(inside(ctx, tx), run.agencyId));
    const to = stepDueOf(run, step.allowance, pauses, calendar);
    if (!to || to.getTime() === run.dueAt.getTime()) continue;
    await tx.stepRun.update({ where: { id: run.id }, data: { dueAt: to } });
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: "step.due_moved",
        status: dossier.status,
        agencyId: run.agencyId,
        stepRunId: run.id,
        payload: { stepId: run.stepId, ...moved(changeId, run.dueAt, to) },
      },
    );
    count++;
  }
  return count;
}

/** Counts one dossier anew under lock. What it moves is noted with the change in the same transaction, so that both or neither are seen. */
const recountDossier = (ctx: Context, id: string, changeId: string): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const dossier = await lockDossier(ctx, tx, id);
    if (!dossier || isFinished(dossier.status)) return 0;
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const due = await moveDueDate(ctx, tx, dossier, version, changeId);
    const steps = await moveSteps(ctx, tx, dossier, version, changeId);
    if (due > 0) await noteRecomputed(inside(ctx, tx), changeId, { moved: due });
    return due + steps;
  });

/**
 * Counts the due dates of open dossiers and steps anew after a change of the calendar. `originalDueAt` stays; each moved
 * date is one event with the old date and the new. Begun again after it was cut off, it goes on where it was; a date that
 * is right already moves no more.
 * @returns how many dates moved in this run
 */
export async function recomputeDueDates(ctx: Context, changeId: string, size = BATCH): Promise<number> {
  forgetCalendar(ctx);
  const change = await findRecompute(ctx, changeId);
  if (!change || change.recomputedAt) return 0;
  let count = 0;
  let cursor = change.cursor;
  for (;;) {
    const batch: { id: string }[] = await ctx.db.dossier.findMany({
      where: { ...mayMove(change), ...(cursor ? { id: { gt: cursor } } : {}) },
      select: { id: true },
      orderBy: { id: "asc" },
      take: size,
    });
    const last = batch.at(-1);
    if (!last) break;
    for (const { id } of batch) count += await recountDossier(ctx, id, changeId);
    cursor = last.id;
    await noteRecomputed(ctx, changeId, { cursor });
  }
  await noteRecomputed(ctx, changeId, { recomputedAt: ctx.now });
  return count;
}

declare module "#platform/jobs.ts" {
  interface Jobs {
    "dossiers.silence": Record<string, never>;
    "dossiers.root": Record<string, never>;
    "dossiers.remind": Record<string, never>;
    "dossiers.readers": Record<string, never>;
    /** What acts noted for the counters is summed up. */
    "dossiers.tally": Record<string, never>;
  }
}

/** What this room does outside of requests. */
export const dossierJobs = (
  surroundings: Surroundings,
  now: () => Date = readClock,
): Pick<
  JobHandlers,
  | "calendar.recompute"
  | "dossiers.silence"
  | "dossiers.root"
  | "dossiers.remind"
  | "dossiers.readers"
  | "dossiers.tally"
> => ({
  "calendar.recompute": async ({ changeId }) =>
    void (await recomputeDueDates(systemContext(surroundings, now(), "calendar.recompute"), changeId)),
  "dossiers.silence": async () => void (await takeSilence(systemContext(surroundings, now(), "dossiers.silence"))),
  "dossiers.remind": async () => void (await remindToCollect(systemContext(surroundings, now(), "dossiers.remind"))),
  "dossiers.readers": async () => void (await keepReaders(systemContext(surroundings, now(), "dossiers.readers"))),
  "dossiers.root": async () => void (await takeRoot(systemContext(surroundings, now(), "dossiers.root"))),
  "dossiers.tally": async () => void (await rollUpTallies(surroundings)),
});
