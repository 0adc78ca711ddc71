import { readCode } from "#platform/codes.ts";
import type { Context } from "#platform/context.ts";
import { Prisma, readOften } from "#platform/db.ts";
import { findVersion } from "#procedures/index.ts";
import { type Band, completionBand, type Status } from "../rules.ts";

type Row = Omit<Tracked, "band"> & { procedureVersionId: string; behind: number; restricted: boolean };

/** One plain statement: a look-up is among what is asked most. `behind`: leading steps that are done. */
async function findDossier(ctx: Pick<Context, "db">, is: Prisma.Sql): Promise<Row | null> {
  const [row] = await readOften<Row>(
    ctx,
    Prisma.sql`
    SELECT d.code, d.reference, d.status::text AS status, d."dueAt", d."pausedAt", d."procedureVersionId", d.restricted,
      (SELECT count(DISTINCT r."stepId")::int FROM step_runs r
        WHERE r."dossierId" = d.id AND r.lead AND r."closedAt" IS NOT NULL) AS behind
    FROM dossiers d WHERE ${is}`,
  );
  return row ?? null;
}

async function bandOf(ctx: Context, { procedureVersionId, status, behind }: Row): Promise<Band> {
  const { definition } = await findVersion(ctx, procedureVersionId);
  const steps = definition.workflow.steps.filter((step) => !step.branch).length;
  return completionBand(status, steps === 0 ? 0 : behind / steps);
}

/** By a code, which can be guessed: the code and how far the dossier is, nothing more (domain.md 1.3). */
export async function trackByCode(ctx: Context, code: string): Promise<{ code: string; band: Band } | null> {
  const dossier = await findDossier(ctx, Prisma.sql`d.code = ${code.trim().toUpperCase()}`);
  if (!dossier?.code) return null;
  // Of a restricted one a stranger learns no more than that somebody works on it.
  return { code: dossier.code, band: dossier.restricted ? 2 : await bandOf(ctx, dossier) };
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
  const dossier = await findDossier(ctx, Prisma.sql`d.reference = ${readCode(reference)}`);
  if (!dossier) return null;
  const { code, status, dueAt, pausedAt } = dossier;
  return { reference: dossier.reference, code, status, dueAt, pausedAt, band: await bandOf(ctx, dossier) };
}
