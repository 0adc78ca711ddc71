import { endPaper } from "#documents/index.ts";
import { findDirectory } from "#organizations/index.ts";
import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { StagedFile } from "#platform/files.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { askForScan, newScan } from "#platform/scanning.ts";
import { findVersion } from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import { changedMeanwhile, type LockedDossier, lockDossier, recordChange } from "../events.ts";
import { handlingOf } from "../rules/handling.ts";
import { type MoveName, mayLeave, type Status } from "../rules.ts";
import { countClock, moveClock } from "./clock.ts";
import { writeReason } from "./handled.ts";
import { openRuns } from "./steps.ts";

type Input = { dossierId: string; version: number; reason: string };

/** Locks a dossier on which no work is open, for an officer of an agency that took it in or worked on it. */
async function lockClosed(ctx: Context<Officer>, tx: Tx, { dossierId, version }: Input, move: MoveName) {
  const dossier = await lockDossier(ctx, tx, dossierId);
  if (!dossier) throw notFound();
  const runs = await tx.stepRun.findMany({
    where: { dossierId },
    orderBy: [{ openedAt: "desc" }, { id: "desc" }],
    select: { stepId: true, lead: true, agencyId: true, role: true, assigneeId: true, closedById: true, outcome: true },
  });
  // What an agency closed that was merged since is its successor's to correct.
  const { heirOf } = await findDirectory(inside(ctx, tx));
  dossier.receivingAgencyId = heirOf(dossier.receivingAgencyId);
  dossier.competentAgencyId = heirOf(dossier.competentAgencyId);
  for (const run of runs) run.agencyId = heirOf(run.agencyId);
  const places = new Set([dossier.receivingAgencyId, ...runs.map(({ agencyId }) => agencyId)]);
  if (!ctx.actor.postings.some(({ agencyId }) => places.has(agencyId))) throw notFound();
  if (dossier.version !== version || !mayLeave(move, dossier.status)) throw await changedMeanwhile(tx, dossier);
  return { dossier, last: runs.find(({ lead }) => lead) ?? null, heirOf };
}

/** Where a closed dossier stands again: waiting for what the applicant still owes, else at its step. */
async function statusOnReturn(tx: Tx, { id }: LockedDossier, ofStep: Status): Promise<Status> {
  const [supplements, obligations] = await Promise.all([
    tx.supplementRequest.count({ where: { dossierId: id, answeredAt: null } }),
    tx.financialObligation.count({ where: { dossierId: id, metAt: null } }),
  ]);
  if (supplements > 0) return "awaiting_supplement";
  return obligations > 0 ? "awaiting_obligation" : ofStep;
}

/**
 * Opens a closed dossier again, with authority: one that was stopped or refused, or whose result was not handed over yet
 * (that result is revoked). It stands at the step where it was closed, in the hands that had it. The due date stays as
 * the law counts it: no text read says that the time in which it was closed is left out.
 * @throws Refusal 403 for others than a leader where it was received or stood last, 409 in any other state
 */
export async function reopenDossier(ctx: Context<Officer>, input: Input): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { dossier, last } = await lockClosed(ctx, tx, input, "reopen");
    if (!handlingOf(ctx.actor, dossier.receivingAgencyId, last).isLeader)
      throw new Refusal("dossiers.refused.leaderOnly", 403);
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const step = last && findStep(version.definition.workflow, last.stepId);
    if (!step) throw new Error(`dossier ${dossier.id} was closed without having stood at a step`);
    const note = await writeReason(ctx, tx, dossier.id, "reopening", input.reason);
    const revoked = await tx.result.updateManyAndReturn({
      where: { dossierId: dossier.id, state: "issued" },
      data: { state: "revoked" },
      select: { paperId: true },
    });
    for (const { paperId } of revoked)
      if (paperId) await endPaper(ctx, tx, paperId, { standing: "revoked", noteId: note.id });
    const opened = await openRuns(ctx, tx, dossier, version, [
      {
        stepId: step.id,
        branch: false,
        lead: true,
        agency: step.agency,
        formerOfficerId: last.outcome === "stopped" ? last.assigneeId : last.closedById,
      },
    ]);
    const status = await statusOnReturn(tx, dossier, step.status);
    const moved = await moveClock(ctx, tx, dossier, version, status, { holdsStep: status !== step.status });
    const clock = { ...(await countClock(ctx, tx, dossier, version)), ...moved };
    await recordChange(
      ctx,
      tx,
      dossier,
      {
        ...clock,
        finishedAt: null,
        receivingAgencyId: dossier.receivingAgencyId,
        competentAgencyId: dossier.competentAgencyId,
      },
      {
        type: "dossier.reopened",
        status,
        agencyId: last.agencyId,
        payload: {
          noteId: note.id,
          opened,
          dueAt: (clock.dueAt ?? dossier.dueAt)?.toISOString() ?? null,
        },
      },
    );
  });
}

export type Correction = Input & {
  resultId: string;
  title: string;
  number: string | null;
  /** yyyy-MM-dd */
  issuedOn: string | null;
  signerName: string | null;
  file: { staged: StagedFile; name: string; mediaType: string } | null;
};

/**
 * Puts a corrected result in the place of an issued one, which is kept and marked (NĐ 61/2018 Đ21: the agency corrects
 * its errors at its own cost). By a leader of the agency that issued it, or of the one that took its work over.
 * @throws Refusal 403 for others there, 409 when the result is not in force
 */
export async function correctResult(ctx: Context<Officer>, input: Correction): Promise<{ resultId: string }> {
  const storageKey = input.file ? await ctx.files.keep(input.file.staged) : null;
  return inTransaction(ctx, async (tx) => {
    const { dossier, heirOf } = await lockClosed(ctx, tx, input, "correctResult");
    const former = await tx.result.findFirst({
      where: { id: input.resultId, dossierId: dossier.id, state: "issued" },
      select: { id: true, code: true, issuerAgencyId: true, validUntil: true, paperId: true },
    });
    if (!former) throw new Refusal("dossiers.refused.noResultToCorrect");
    const issuerAgencyId = heirOf(former.issuerAgencyId);
    const leads = ctx.actor.postings.some(({ agencyId, role }) => agencyId === issuerAgencyId && role === "leader");
    if (!leads) throw new Refusal("dossiers.refused.leaderOnly", 403);
    const note = await writeReason(ctx, tx, dossier.id, "correction", input.reason);
    await tx.result.update({ where: { id: former.id }, data: { state: "replaced", replacedAt: ctx.now } });
    if (former.paperId) await endPaper(ctx, tx, former.paperId, { standing: "replaced", noteId: note.id });
    const result = await tx.result.create({
      data: {
        dossierId: dossier.id,
        code: former.code,
        title: input.title,
        number: input.number,
        issuedOn: input.issuedOn,
        signerName: input.signerName,
        issuerAgencyId,
        validUntil: former.validUntil,
        state: "issued",
        replacesId: former.id,
        correctionNoteId: note.id,
        createdAt: ctx.now,
        ...(input.file && storageKey
          ? {
              fileName: input.file.name,
              mediaType: input.file.mediaType,
              size: input.file.staged.size,
              sha256: input.file.staged.sha256,
              storageKey,
              ...newScan(ctx),
            }
          : {}),
      },
    });
    if (storageKey) await askForScan(ctx, tx);
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: "result.corrected",
        status: dossier.status,
        agencyId: issuerAgencyId,
        payload: { resultId: result.id, formerId: former.id, sha256: result.sha256, noteId: note.id },
      },
    );
    return { resultId: result.id };
  });
}
