import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findVersion } from "#procedures/index.ts";
import { decide, type OpenRun } from "#workflow/index.ts";
import { changedMeanwhile, type LockedDossier, lockDossier, recordChange } from "../events.ts";
import { holding } from "../queries/holders.ts";
import { findReaders } from "../queries/restricted.ts";
import { behalfOf, engineActor, holdsStep, mayTakeOver } from "../rules/handling.ts";
import { type DossierEventType, mayLeave } from "../rules.ts";
import { type ClockColumns, moveClock } from "./clock.ts";
import { writeReason } from "./handled.ts";
import { openRuns } from "./steps.ts";

type LockedRun = OpenRun & {
  version: number;
  dossierId: string;
  role: string;
  agencyId: string;
  pausedAt: Date | null;
};

/** Locks the dossier of a step run and reads all its open runs; the run must be open and at the version that was seen. */
async function lockRun(
  ctx: Context<Officer>,
  tx: Tx,
  stepRunId: string,
  version: number,
): Promise<{ dossier: LockedDossier; run: LockedRun; open: LockedRun[] }> {
  const seen = await tx.stepRun.findUnique({ where: { id: stepRunId }, select: { dossierId: true, agencyId: true } });
  if (!seen || !ctx.actor.postings.some((posting) => posting.agencyId === seen.agencyId)) throw notFound();
  const dossier = await lockDossier(ctx, tx, seen.dossierId);
  if (!dossier) throw notFound();
  const open = await tx.stepRun.findMany({
    where: { dossierId: dossier.id, closedAt: null },
    select: {
      id: true,
      dossierId: true,
      stepId: true,
      lead: true,
      role: true,
      agencyId: true,
      assigneeId: true,
      version: true,
      pausedAt: true,
    },
  });
  const run = open.find(({ id }) => id === stepRunId);
  if (!run || run.version !== version) throw await changedMeanwhile(tx, dossier);
  const heads = ["unit_head", "leader"].map((role) => ({ agencyId: run.agencyId, role }));
  dossier.onBehalfOf = behalfOf(ctx.actor, [run, ...heads]);
  return { dossier, run, open };
}

/**
 * Puts an open step into one officer's hands, or back to all who hold its role (null).
 * Who holds the role there may take it or pass it on; a unit head or leader of the agency may assign to anybody.
 */
export async function assignStep(
  ctx: Context<Officer>,
  input: { stepRunId: string; version: number; assigneeId: string | null },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { dossier, run } = await lockRun(ctx, tx, input.stepRunId, input.version);
    const roles = ctx.actor.postings.filter((p) => p.agencyId === run.agencyId).map((p) => p.role);
    const isHead = roles.includes("unit_head") || roles.includes("leader");
    if (!isHead && !holdsStep(ctx.actor, run)) throw new Refusal("dossiers.refused.mayNotAssign", 403);
    const posted = input.assigneeId
      ? await tx.posting.findFirst({
          where: { accountId: input.assigneeId, ...holding(run.agencyId, run.role, ctx.now) },
          select: { unitId: true },
        })
      : null;
    const readers = dossier.restricted ? await findReaders(tx, dossier.id) : null;
    if (input.assigneeId && readers && !readers.has(input.assigneeId))
      throw new Refusal("dossiers.refused.assigneeNoReader");
    if (input.assigneeId && !posted) throw new Refusal("dossiers.refused.assigneeElsewhere");
    await tx.stepRun.update({
      where: { id: run.id },
      // Given back, it stays the unit's.
      data: { assigneeId: input.assigneeId, ...(posted ? { unitId: posted.unitId } : {}), version: { increment: 1 } },
    });
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: "step.assigned",
        status: dossier.status,
        agencyId: run.agencyId,
        stepRunId: run.id,
        payload: { stepId: run.stepId, assigneeId: input.assigneeId, fromId: run.assigneeId },
      },
    );
  });
}

/**
 * Takes an open step out of a colleague's hands, whose role there the officer holds, too. Both are told; the reason stays
 * in the history.
 * @throws Refusal 403 when nobody else holds it, or the officer has no such posting of their own
 */
export async function takeOverStep(
  ctx: Context<Officer>,
  input: { stepRunId: string; version: number; reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { dossier, run } = await lockRun(ctx, tx, input.stepRunId, input.version);
    if (!mayTakeOver(ctx.actor, run)) throw new Refusal("dossiers.refused.mayNotAssign", 403);
    const { accountId } = ctx.actor;
    const posting = ctx.actor.postings.find(({ agencyId, role }) => agencyId === run.agencyId && role === run.role);
    const note = await writeReason(ctx, tx, dossier.id, "takeover", input.reason);
    await tx.stepRun.update({
      where: { id: run.id },
      data: { assigneeId: accountId, unitId: posting?.unitId ?? null, version: { increment: 1 } },
    });
    const payload = { stepId: run.stepId, assigneeId: accountId, fromId: run.assigneeId, noteId: note.id };
    const event = { type: "step.assigned" as const, agencyId: run.agencyId, stepRunId: run.id, payload };
    await recordChange(ctx, tx, dossier, {}, { ...event, status: dossier.status });
  });
}

/** The lead goes on only when the applicant owes neither a payment nor a word on the draft result. */
async function checkNothingAsked(tx: Tx, dossier: LockedDossier, run: LockedRun): Promise<void> {
  if (run.pausedAt) throw new Refusal("dossiers.refused.obligationOpen");
  if ((await tx.draftConfirmation.count({ where: { dossierId: dossier.id, answeredAt: null } })) > 0)
    throw new Refusal("dossiers.refused.waitingForDraft");
}

const EVENT: Record<"completed" | "refused", DossierEventType> = {
  completed: "dossier.completed",
  refused: "dossier.refused",
};

/**
 * Carries a dossier along its workflow by one outcome of an open step. The engine decides; what it refuses says why.
 * @param input.version the step run's version that the officer saw
 * @param input.note the written reason; shown to the applicant when the dossier is refused
 * @param input.ground the legal ground of a refusal, without which nobody is refused (NĐ 61/2018 Đ19.8)
 */
export async function advanceStep(
  ctx: Context<Officer>,
  input: { stepRunId: string; version: number; outcomeId: string; note: string | null; ground?: string | null },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { dossier, run, open } = await lockRun(ctx, tx, input.stepRunId, input.version);
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const history = await tx.stepRun.findMany({
      where: { dossierId: dossier.id, closedAt: { not: null } },
      orderBy: [{ closedAt: "asc" }, { openedAt: "asc" }],
      select: { stepId: true, closedById: true },
    });
    const results = await tx.result.count({ where: { dossierId: dossier.id, state: { in: ["draft", "issued"] } } });
    const decision = decide(version.definition.workflow, open, run.id, input.outcomeId, {
      actor: engineActor(ctx.actor),
      history: history.map(({ stepId, closedById }) => ({ stepId, officerId: closedById })),
      hasNote: Boolean(input.note),
      hasResult: results > 0,
    });
    if (!decision.ok) throw new Refusal(decision.reason, 409, decision.params);
    const move = decision.ends === "completed" ? "complete" : decision.ends === "refused" ? "refuse" : "advance";
    // A consulted agency may answer while the applicant is waited for; the lead may not go on.
    if (decision.status && !mayLeave(move, dossier.status)) throw new Refusal("dossiers.refused.waitingForApplicant");
    if (decision.status) await checkNothingAsked(tx, dossier, run);
    if (decision.ends === "refused" && !input.ground) throw new Refusal("dossiers.refused.groundMissing");

    const ground =
      decision.ends === "refused" && input.ground
        ? await writeReason(ctx, tx, dossier.id, "ground", input.ground)
        : null;
    const note = input.note
      ? await writeReason(ctx, tx, dossier.id, decision.ends === "refused" ? "refusal" : "opinion", input.note)
      : null;
    await tx.stepRun.updateMany({
      where: { id: { in: decision.closes } },
      data: { closedAt: ctx.now, closedById: ctx.actor.accountId, version: { increment: 1 } },
    });
    await tx.stepRun.update({ where: { id: run.id }, data: { outcome: input.outcomeId } });
    const opened = await openRuns(ctx, tx, dossier, version, decision.opens);
    if (decision.ends === "completed")
      await tx.result.updateMany({ where: { dossierId: dossier.id, state: "draft" }, data: { state: "issued" } });
    const clock: ClockColumns = decision.status ? await moveClock(ctx, tx, dossier, version, decision.status) : {};
    await recordChange(ctx, tx, dossier, decision.ends ? { ...clock, finishedAt: ctx.now } : clock, {
      type: decision.ends ? EVENT[decision.ends] : decision.status ? "step.advanced" : "step.answered",
      status: decision.status ?? dossier.status,
      agencyId: run.agencyId,
      stepRunId: run.id,
      payload: {
        stepId: run.stepId,
        outcomeId: input.outcomeId,
        noteId: note?.id ?? null,
        ...(ground ? { groundId: ground.id } : {}),
        closed: decision.closes,
        opened,
        ...(clock.dueAt ? { dueAt: clock.dueAt.toISOString() } : {}),
      },
    });
  });
}
