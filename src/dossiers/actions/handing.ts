import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { changedMeanwhile, type LockedDossier, lockDossier, recordChange } from "../events.ts";
import { handlingOf } from "../rules/handling.ts";
import { type ClockColumns, countClock } from "./clock.ts";
import { checkMove } from "./handled.ts";

type Input = { dossierId: string; version: number };

type Run = { id: string; stepId: string; agencyId: string; role: string; lead: boolean; closedAt: Date | null };
type Way = { run: Run; fromAgencyId: string; toAgencyId: string; toRole: string };

/** Papers go to where the dossier stands, from the desk or from who worked on it before. */
async function wayOfPapers(
  ctx: Context<Officer>,
  tx: Tx,
  dossier: LockedDossier,
  runs: readonly (Run & { closedById: string | null; assigneeId: string | null })[],
): Promise<Way> {
  const lead = runs.find((run) => run.lead && run.closedAt === null);
  const worked = runs.find(({ closedById }) => closedById === ctx.actor.accountId);
  const handling = handlingOf(ctx.actor, dossier.receivingAgencyId, lead);
  await checkMove(tx, dossier, "handOver", handling.isDesk || worked !== undefined);
  if (!lead || handling.isHolder) throw new Refusal("dossiers.refused.handOverToSelf");
  const fromAgencyId = worked?.agencyId ?? dossier.receivingAgencyId;
  return { run: lead, fromAgencyId, toAgencyId: lead.agencyId, toRole: lead.role };
}

/** A result goes to the desk where it is waited for, from where the last step was: by its role, or by the clerk there. */
async function wayOfResult(ctx: Context<Officer>, tx: Tx, dossier: LockedDossier, runs: readonly Run[]): Promise<Way> {
  const run = runs.find((one) => one.lead);
  const toAgencyId = dossier.receivingAgencyId;
  const isGiver = ctx.actor.postings.some(
    ({ agencyId, role }) => agencyId === run?.agencyId && (role === run.role || role === "clerk"),
  );
  await checkMove(tx, dossier, "handOver", isGiver);
  if (!run || (run.agencyId === toAgencyId && run.role === "desk")) throw new Refusal("dossiers.refused.resultAtDesk");
  return { run, fromAgencyId: run.agencyId, toAgencyId, toRole: "desk" };
}

/** Makes the slip of one locked dossier, by itself or as a line of a slip of many. */
export async function handOverLocked(
  ctx: Context<Officer>,
  tx: Tx,
  dossier: LockedDossier,
  { papers, batchId = null, version = dossier.version }: { papers: string; batchId?: string | null; version?: number },
): Promise<{ fromAgencyId: string; toAgencyId: string; toRole: string }> {
  const runs = await tx.stepRun.findMany({ where: { dossierId: dossier.id }, orderBy: { closedAt: "desc" } });
  const places = new Set([dossier.receivingAgencyId, ...runs.map(({ agencyId }) => agencyId)]);
  if (!ctx.actor.postings.some(({ agencyId }) => places.has(agencyId))) throw notFound();
  if (dossier.version !== version) throw await changedMeanwhile(tx, dossier);
  const way = dossier.status === "completed" ? wayOfResult : wayOfPapers;
  const { run, fromAgencyId, toAgencyId, toRole } = await way(ctx, tx, dossier, runs);
  if ((await tx.handOver.count({ where: { dossierId: dossier.id, receivedAt: null } })) > 0)
    throw new Refusal("dossiers.refused.handOverOpen");
  const slip = await tx.handOver.create({
    data: {
      dossierId: dossier.id,
      number: 1 + (await tx.handOver.count({ where: { dossierId: dossier.id } })),
      stepRunId: run.id,
      fromAgencyId,
      toAgencyId,
      toRole,
      papers,
      batchId,
      givenById: ctx.actor.accountId,
      givenAt: ctx.now,
    },
  });
  await recordChange(
    ctx,
    tx,
    dossier,
    {},
    {
      type: "papers.handed_over",
      status: dossier.status,
      agencyId: fromAgencyId,
      stepRunId: run.id,
      payload: { slipId: slip.id, number: slip.number, stepId: run.stepId, toAgencyId, toRole },
    },
  );
  return { fromAgencyId, toAgencyId, toRole };
}

/**
 * Makes the slip with which papers go to where the dossier stands now (NĐ 61/2018 Đ19.6): by the desk that received it,
 * or by who worked on it before; once it is settled, the slip of its result to the desk.
 * @param input.papers what is handed over, one line each
 * @throws Refusal 409 when the slip before is not confirmed yet, or the step is the giver's own
 */
export async function handOverPapers(ctx: Context<Officer>, input: Input & { papers: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const dossier = await lockDossier(ctx, tx, input.dossierId);
    if (!dossier) throw notFound();
    await handOverLocked(ctx, tx, dossier, input);
  });
}

/**
 * What the arrival of its papers does to the clock of a dossier that another agency's desk took in: the term runs from the
 * first time that the agency whose matter it is had them in hand (NĐ 118/2025 Đ17.3). Nothing for every other.
 */
async function clockOnArrival(
  ctx: Context<Officer>,
  tx: Tx,
  dossier: LockedDossier,
  slip: { toAgencyId: string },
): Promise<ClockColumns & { clockStartedAt?: Date }> {
  const { forAgencyId } = await tx.dossier.findUniqueOrThrow({
    where: { id: dossier.id },
    select: { forAgencyId: true },
  });
  if (!forAgencyId || slip.toAgencyId === dossier.receivingAgencyId) return {};
  const before = await tx.handOver.count({
    where: { dossierId: dossier.id, toAgencyId: slip.toAgencyId, receivedAt: { not: null } },
  });
  if (before > 0) return {};
  const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
  const counted = await countClock(ctx, tx, { ...dossier, clockStartedAt: ctx.now }, version);
  return { ...counted, clockStartedAt: ctx.now };
}

/** Confirms one locked dossier's open slip, by itself or as a line of a slip of many. */
export async function receiveLocked(
  ctx: Context<Officer>,
  tx: Tx,
  dossier: LockedDossier,
  { remark, version = dossier.version }: { remark: string | null; version?: number },
): Promise<void> {
  const slip = await tx.handOver.findFirst({ where: { dossierId: dossier.id, receivedAt: null } });
  const places = [dossier.receivingAgencyId, slip?.toAgencyId, slip?.fromAgencyId];
  if (!ctx.actor.postings.some(({ agencyId }) => places.includes(agencyId))) throw notFound();
  if (dossier.version !== version) throw await changedMeanwhile(tx, dossier);
  if (!slip) throw new Refusal("dossiers.refused.noHandOver");
  const isReceiver = ctx.actor.postings.some(
    ({ agencyId, role }) => agencyId === slip.toAgencyId && role === slip.toRole,
  );
  await checkMove(tx, dossier, "receivePapers", isReceiver && slip.givenById !== ctx.actor.accountId);
  const clock = await clockOnArrival(ctx, tx, dossier, slip);
  await tx.handOver.update({
    where: { id: slip.id },
    data: { receivedById: ctx.actor.accountId, receivedAt: ctx.now, remark },
  });
  await recordChange(
    ctx,
    tx,
    dossier,
    { ...clock, ...(clock.clockStartedAt && clock.dueAt ? { originalDueAt: clock.dueAt } : {}) },
    {
      type: "papers.received",
      status: dossier.status,
      agencyId: slip.toAgencyId,
      stepRunId: slip.stepRunId,
      payload: {
        slipId: slip.id,
        number: slip.number,
        giverId: slip.givenById,
        whole: remark === null,
        ...(clock.dueAt ? { dueAt: clock.dueAt.toISOString() } : {}),
      },
    },
  );
}

/**
 * Confirms that the papers of a slip arrived, by who holds the role to which they went.
 * @param input.remark what was lacking; null: all of it came
 */
export async function receivePapers(ctx: Context<Officer>, input: Input & { remark: string | null }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const dossier = await lockDossier(ctx, tx, input.dossierId);
    if (!dossier) throw notFound();
    await receiveLocked(ctx, tx, dossier, input);
  });
}
