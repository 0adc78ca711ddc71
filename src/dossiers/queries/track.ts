import { readCode } from "#platform/codes.ts";
import type { Context } from "#platform/context.ts";
import { findVersion } from "#procedures/index.ts";
import { type Band, completionBand, type Status } from "../rules.ts";

const tracked = {
  id: true,
  code: true,
  reference: true,
  status: true,
  dueAt: true,
  pausedAt: true,
  procedureVersionId: true,
  stepRuns: { where: { lead: true }, select: { stepId: true, closedAt: true } },
} as const;

type Found = { procedureVersionId: string; status: Status; stepRuns: { stepId: string; closedAt: Date | null }[] };

async function bandOf(ctx: Context, dossier: Found): Promise<Band> {
  const { definition } = await findVersion(ctx, dossier.procedureVersionId);
  const steps = definition.workflow.steps.filter((step) => !step.branch).length;
  const behind = new Set(dossier.stepRuns.filter((run) => run.closedAt).map((run) => run.stepId)).size;
  return completionBand(dossier.status, steps === 0 ? 0 : behind / steps);
}

/** By a code, which can be guessed: the code and how far the dossier is, nothing more (domain.md 1.3). */
export async function trackByCode(ctx: Context, code: string): Promise<{ code: string; band: Band } | null> {
  const dossier = await ctx.db.dossier.findUnique({
    where: { code: code.trim().toUpperCase() },
    relationLoadStrategy: "join",
    select: tracked,
  });
  return dossier?.code ? { code: dossier.code, band: await bandOf(ctx, dossier) } : null;
}

export type Tracked = {
  reference: string;
  code: string | null;
  band: Band;
  status: Status;
  dueAt: Date | null;
  pausedAt: Date | null;
};

/** By the reference, which only the applicant was given: also the status and the due date. */
export async function trackByReference(ctx: Context, reference: string): Promise<Tracked | null> {
  const dossier = await ctx.db.dossier.findUnique({
    where: { reference: readCode(reference) },
    relationLoadStrategy: "join",
    select: tracked,
  });
  if (!dossier) return null;
  const { code, status, dueAt, pausedAt } = dossier;
  return { reference: dossier.reference, code, status, dueAt, pausedAt, band: await bandOf(ctx, dossier) };
}
