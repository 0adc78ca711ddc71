import type { Context } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { moves } from "../rules.ts";

const STATUSES = moves.reroute.from.map((status) => Prisma.sql`${status}::"DossierStatus"`);

/** Dossiers `d` that another agency must take over when this one is no more: received, decided or standing at a step there. */
export const moving = (agencyId: string): Prisma.Sql => Prisma.sql`d.status IN (${Prisma.join(STATUSES)}) AND (
  d."receivingAgencyId" = ${agencyId}::uuid OR d."competentAgencyId" = ${agencyId}::uuid
  OR d.id IN (SELECT r."dossierId" FROM step_runs r WHERE r."agencyId" = ${agencyId}::uuid AND r."closedAt" IS NULL))`;

export type Moving = {
  /** Open dossiers that would be re-routed, and how many of them each status has. */
  byStatus: readonly { status: string; dossiers: number }[];
  steps: number;
  /** Closed dossiers that the agency may read. */
  archived: number;
};

/** What would go to another agency if this one were no more. Two queries. */
export async function countMoving({ db }: Pick<Context, "db">, agencyId: string): Promise<Moving> {
  const [byStatus, [rest]] = await Promise.all([
    db.$queryRaw<{ status: string; dossiers: number }[]>(
      Prisma.sql`SELECT d.status::text, count(*)::int AS dossiers FROM dossiers d WHERE ${moving(agencyId)} GROUP BY d.status ORDER BY d.status`,
    ),
    db.$queryRaw<{ steps: number; archived: number }[]>`
      SELECT (SELECT count(*)::int FROM step_runs WHERE "agencyId" = ${agencyId}::uuid AND "closedAt" IS NULL) AS steps,
        (SELECT count(*)::int FROM dossier_places WHERE "agencyId" = ${agencyId}::uuid) AS archived`,
  ]);
  return { byStatus, steps: rest?.steps ?? 0, archived: rest?.archived ?? 0 };
}
