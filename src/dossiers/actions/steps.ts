import { randomUUID } from "node:crypto";
import { computeDueDate, findCalendar } from "#calendar/index.ts";
import { findAgency, resolveAgency } from "#organizations/index.ts";
import { type Context, inside } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { Refusal } from "#platform/refusal.ts";
import { insertion, type Rows, writeTogether } from "#platform/writes.ts";
import type { LoadedVersion } from "#procedures/index.ts";
import { findStep, type Opening, type StepStatus, standingStatus } from "#workflow/index.ts";
import type { LockedDossier } from "../events.ts";
import { type AssignedBy, chooseOfficer, lockRules } from "./assigning.ts";
import { heirInForce } from "./rerouting.ts";

/** What an event says of a step that opened. */
export type Opened = {
  runId: string;
  stepId: string;
  agencyId: string;
  /** In whose hands it opened, and why in theirs. */
  assigneeId: string | null;
  assignedBy: AssignedBy | null;
  lead: boolean;
  dueAt: string;
};

/** Steps about to open: their rows, and what the event says of them. */
type Prepared = { runs: Rows["step_runs"][]; opened: Opened[] };

/**
 * Finds for steps that open: each at the agency that its relative name means for this dossier, with its own due date in that agency's office hours, and in the
 * hands of the officer who had it before, if that officer still works there, else as the agency's rule says.
 * @throws Refusal 409 when the province has no such agency: nothing is left half moved
 */
export async function prepareRuns(
  ctx: Context,
  tx: Tx,
  dossier: LockedDossier,
  version: LoadedVersion,
  opens: readonly Opening[],
): Promise<Prepared> {
  const places = [];
  for (const opening of opens) {
    const step = findStep(version.definition.workflow, opening.stepId);
    if (!step) throw new Error(`version ${version.id} has no step "${opening.stepId}"`);
    const agency = await resolveAgency(
      inside(ctx, tx),
      opening.agency,
      dossier.receivingAgencyId,
      dossier.competentAgencyId,
    );
    if (!agency) throw new Refusal("dossiers.refused.noAgency", 409, { step: step.name.vi });
    places.push({ opening, step, agency: await findAgency(inside(ctx, tx), await heirInForce(tx, agency.id)) });
  }
  await lockRules(tx, [...new Set(places.map(({ agency }) => agency.id))]);
  const prepared: Prepared = { runs: [], opened: [] };
  for (const { opening, step, agency } of places) {
    const calendar = await findCalendar(inside(ctx, tx), agency);
    const { assigneeId, unitId, by } = await chooseOfficer(ctx, tx, dossier, {
      step,
      agencyId: agency.id,
      procedureVersionId: version.id,
      formerOfficerId: opening.formerOfficerId,
    });
    const run = {
      id: randomUUID(),
      dossierId: dossier.id,
      stepId: step.id,
      branch: opening.branch ? step.id : null,
      lead: opening.lead,
      role: step.role,
      agencyId: agency.id,
      assigneeId,
      unitId,
      openedAt: ctx.now,
      dueAt: computeDueDate(ctx.now, step.allowance, calendar).dueAt,
    };
    prepared.runs.push(run);
    prepared.opened.push({
      runId: run.id,
      stepId: run.stepId,
      agencyId: run.agencyId,
      assigneeId: run.assigneeId,
      assignedBy: by,
      lead: run.lead,
      dueAt: run.dueAt.toISOString(),
    });
  }
  return prepared;
}

/** Opens steps as `prepareRuns` finds for them, where what follows in the act must see them open. */
export async function openRuns(...[ctx, tx, dossier, ...rest]: Parameters<typeof prepareRuns>): Promise<Opened[]> {
  const { runs, opened } = await prepareRuns(ctx, tx, dossier, ...rest);
  if (runs.length > 0) await writeTogether(tx, { runs: insertion("step_runs", runs) });
  return opened;
}

/** The status of the step at which a dossier stands, whatever it waited for. */
export async function standingStep(
  tx: Tx,
  dossier: Pick<LockedDossier, "id">,
  { definition }: LoadedVersion,
): Promise<StepStatus> {
  const open = await tx.stepRun.findMany({
    where: { dossierId: dossier.id, closedAt: null },
    select: { id: true, stepId: true, lead: true, agencyId: true, assigneeId: true },
  });
  const status = standingStatus(definition.workflow, open);
  if (!status) throw new Error(`dossier ${dossier.id} is open without a leading step`);
  return status;
}
