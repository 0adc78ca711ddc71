import type { Context } from "#platform/context.ts";
import { Prisma, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { reactions } from "#reactions.ts";
import { type LockedDossier, lockDossier, recordChange, sealEvent } from "../events.ts";
import { moving } from "../queries/moving.ts";

/**
 * The agency that has the work of another today: itself, or who took it over. Asked in the transaction, since memory may
 * be a minute old; an agency that is being merged is waited for.
 */
export async function heirInForce(tx: Tx, agencyId: string): Promise<string> {
  for (let id = agencyId; ; ) {
    const [row] = await tx.$queryRaw<{ successorId: string | null }[]>`
      SELECT "successorId"::text FROM agencies WHERE id = ${id}::uuid FOR KEY SHARE`;
    if (!row?.successorId) return id;
    id = row.successorId;
  }
}

export type Rerouting = {
  fromId: string;
  toId: string;
  /** The administrator's act that it follows from. */
  changeId: string;
  /** Which part of the new agency takes over from which part of the old. */
  units: readonly { fromId: string; toId: string | null }[];
};

type Open = LockedDossier & { runIds: string[] };

const lockMoving = (tx: Tx, fromId: string): Promise<Open[]> => tx.$queryRaw<Open[]>`
  SELECT d.id, d.status::text, d.version, d."lastEventSeq", d."lastEventHash", d."receivingAgencyId", d."competentAgencyId",
    ARRAY(SELECT r.id::text FROM step_runs r WHERE r."dossierId" = d.id AND r."agencyId" = ${fromId}::uuid AND r."closedAt" IS NULL) AS "runIds"
  FROM dossiers d WHERE ${moving(fromId)} ORDER BY d.id FOR UPDATE OF d`;

/** Rows at a time: a commune has thousands of open dossiers at most, and each statement stays small. */
const BATCH = 1000;

/**
 * Gives what is open at an agency that is no more to the one that takes over: reception, decision and open steps, each
 * dossier with one event of its own. Version, status, code and due dates stay; a step stays in the hands of its officer
 * where they hold its role at the new agency, too. What is closed stays as it was, and the new agency may read it.
 * Inside a transaction that holds the old agency's row.
 * @returns how many dossiers
 */
export async function rerouteDossiers(ctx: Context, tx: Tx, rerouting: Rerouting): Promise<number> {
  const { fromId, toId, changeId, units } = rerouting;
  const dossiers = await lockMoving(tx, fromId);
  const events = dossiers.map((dossier) =>
    sealEvent(ctx, dossier, {
      type: "dossier.rerouted",
      status: dossier.status,
      agencyId: toId,
      payload: {
        changeId,
        fromId,
        toId,
        receives: dossier.receivingAgencyId === fromId,
        decides: dossier.competentAgencyId === fromId,
        runs: dossier.runIds,
      },
    }),
  );
  for (let at = 0; at < events.length; at += BATCH) {
    const batch = events.slice(at, at + BATCH);
    const rows = JSON.stringify(batch.map(({ dossierId, seq, hash }) => ({ id: dossierId, seq, hash })));
    await tx.$executeRaw(Prisma.sql`
      UPDATE dossiers d SET version = d.version + 1, "lastEventSeq" = r.seq, "lastEventHash" = r.hash,
        "receivingAgencyId" = CASE WHEN d."receivingAgencyId" = ${fromId}::uuid THEN ${toId}::uuid ELSE d."receivingAgencyId" END,
        "competentAgencyId" = CASE WHEN d."competentAgencyId" = ${fromId}::uuid THEN ${toId}::uuid ELSE d."competentAgencyId" END
      FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid, seq int, hash text) WHERE d.id = r.id`);
    await tx.dossierEvent.createMany({ data: batch });
    if (reactions["dossier.rerouted"].length > 0)
      await tx.$queryRaw(Prisma.sql`
        SELECT count(enqueue_job('dossiers.react', json_build_object('eventId', id), 'dossiers.react:' || id)) FROM unnest(${batch.map(({ id }) => id)}::text[]) AS id`);
  }
  const day = isoDay(ctx.now);
  await tx.$executeRaw(Prisma.sql`
    UPDATE step_runs run SET "agencyId" = ${toId}::uuid, version = run.version + 1,
      "unitId" = (SELECT u."toId" FROM jsonb_to_recordset(${JSON.stringify(units)}::jsonb) AS u("fromId" uuid, "toId" uuid) WHERE u."fromId" = run."unitId"),
      "assigneeId" = (SELECT p."accountId" FROM postings p WHERE p."accountId" = run."assigneeId" AND p."agencyId" = ${toId}::uuid AND p.role = run.role
        AND coalesce(p."validFrom", '') <= ${day} AND coalesce(p."validTo", '9999') >= ${day})
    WHERE run."agencyId" = ${fromId}::uuid AND run."closedAt" IS NULL`);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO dossier_places ("agencyId", "submittedAt", "dossierId")
    SELECT ${toId}::uuid, "submittedAt", "dossierId" FROM dossier_places WHERE "agencyId" = ${fromId}::uuid ON CONFLICT DO NOTHING`);
  return dossiers.length;
}

/**
 * Takes what is open out of the hands of an officer who is no longer there: each step goes back to all who hold its role.
 * @param place only what lies at one agency in one role; null: everywhere
 * @returns how many steps
 */
export async function releaseSteps(
  ctx: Context,
  tx: Tx,
  accountId: string,
  place: { agencyId: string; role: string } | null,
): Promise<number> {
  const runs = await tx.stepRun.findMany({
    where: { assigneeId: accountId, closedAt: null, ...(place ? { agencyId: place.agencyId, role: place.role } : {}) },
    select: { id: true, stepId: true, agencyId: true, dossierId: true },
    orderBy: [{ dossierId: "asc" }, { id: "asc" }],
  });
  for (const { id, stepId, agencyId, dossierId } of runs) {
    const dossier = await lockDossier(ctx, tx, dossierId);
    if (!dossier) continue;
    await tx.stepRun.update({ where: { id }, data: { assigneeId: null, version: { increment: 1 } } });
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: "step.assigned",
        status: dossier.status,
        agencyId,
        stepRunId: id,
        payload: { stepId, assigneeId: null, fromId: accountId },
      },
    );
  }
  return runs.length;
}
