import { countMoving, rerouteDossiers } from "#dossiers/index.ts";
import { forgetOrganizations } from "#organizations/index.ts";
import { type Admin, type Context, inside } from "#platform/context.ts";
import { inTransaction, Prisma, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { forgetPublished } from "#procedures/index.ts";
import { requireReach } from "../queries/reach.ts";
import { dayBefore } from "../rules.ts";
import { lockSeen, noteDeed } from "./deeds.ts";

export type Closing = {
  agencyId: string;
  /** null: whatever happened since it was decided. */
  seen: string | null;
  kind: "merged" | "abolished";
  /** Who takes its work over; null only where nothing is open there. */
  successorId: string | null;
  /** yyyy-MM-dd, the first day on which it is no more. */
  effectiveOn: string;
  reason: string;
  /** Which part takes over from which; a part that is not named, or mapped to null, is made anew at the successor. */
  units: readonly { fromId: string; toId: string | null }[];
};
export type Closed = { dossiers: number; steps: number; people: number; procedures: number };

const stands = (day: string): Prisma.Sql => Prisma.sql`("validTo" IS NULL OR "validTo" >= ${day})`;

/** The parts of the new agency for those of the old: as chosen, else the one of the same name, else a new one. */
async function passUnits(tx: Tx, { agencyId, units }: Closing, toId: string) {
  const [old, known] = await Promise.all([
    tx.unit.findMany({ where: { agencyId, closedOn: null } }),
    tx.unit.findMany({ where: { agencyId: toId } }),
  ]);
  const passed: { fromId: string; toId: string }[] = [];
  for (const unit of old) {
    const chosen = units.find(({ fromId }) => fromId === unit.id)?.toId;
    const found = known.find(({ id }) => id === chosen) ?? known.find(({ name }) => name === unit.name);
    const to = found ?? (await tx.unit.create({ data: { agencyId: toId, name: unit.name, kind: unit.kind } }));
    if (found?.closedOn) await tx.unit.update({ where: { id: found.id }, data: { closedOn: null } });
    passed.push({ fromId: unit.id, toId: to.id });
  }
  return passed;
}

/** Everybody who works at the old agency works at the new one from today, in the same roles. @returns how many people */
async function passPeople(
  ctx: Context<Admin>,
  tx: Tx,
  { agencyId, reason, effectiveOn }: Closing,
  toId: string,
  units: readonly object[],
): Promise<number> {
  const day = isoDay(ctx.now);
  const rows = await tx.$queryRaw<{ accountId: string; roles: string[] }[]>(Prisma.sql`
    SELECT "accountId"::text, array_agg(role ORDER BY role) AS roles FROM postings WHERE "agencyId" = ${agencyId}::uuid AND ${stands(day)} GROUP BY 1`);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO postings AS known (id, "accountId", "agencyId", "unitId", role, title, "validFrom", "validTo")
    SELECT gen_random_uuid(), p."accountId", ${toId}::uuid, u."toId", p.role, p.title, greatest(${day}, p."validFrom"), p."validTo"
    FROM postings p LEFT JOIN jsonb_to_recordset(${JSON.stringify(units)}::jsonb) AS u("fromId" uuid, "toId" uuid) ON u."fromId" = p."unitId"
    WHERE p."agencyId" = ${agencyId}::uuid AND (p."validTo" IS NULL OR p."validTo" >= ${day})
    ON CONFLICT ("accountId", "agencyId", role) DO UPDATE SET "validFrom" = excluded."validFrom", "validTo" = excluded."validTo",
      "unitId" = excluded."unitId", title = excluded.title WHERE known."validTo" < ${day}`);
  for (const { accountId, roles } of rows)
    await noteDeed(ctx, tx, {
      did: "posting_granted",
      agencyId: toId,
      accountId,
      effectiveOn,
      reason,
      before: { agencyId, roles },
      after: { agencyId: toId, roles },
    });
  return rows.length;
}

/** What the old agency takes in or decides on, the new one does from today, unless it does already. @returns how many procedures */
async function passOfferings(ctx: Context<Admin>, tx: Tx, { agencyId, reason }: Closing, toId: string | null) {
  const day = isoDay(ctx.now);
  const before = dayBefore(day);
  const touched = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT DISTINCT "procedureId"::text AS id FROM offerings
    WHERE ("agencyId" = ${agencyId}::uuid OR "competentAgencyId" = ${agencyId}::uuid) AND ${stands(day)}`);
  if (toId) {
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO offerings (id, "procedureId", "agencyId", "filedAt", "externalUrl", channels, "validFrom", "validTo", "competentAgencyId")
      SELECT gen_random_uuid(), o."procedureId", ${toId}::uuid, o."filedAt", o."externalUrl", o.channels, greatest(${day}, o."validFrom"), o."validTo",
        nullif(nullif(o."competentAgencyId", ${agencyId}::uuid), ${toId}::uuid)
      FROM offerings o WHERE o."agencyId" = ${agencyId}::uuid AND (o."validTo" IS NULL OR o."validTo" >= ${day})
        AND NOT EXISTS (SELECT FROM offerings t WHERE t."procedureId" = o."procedureId" AND t."agencyId" = ${toId}::uuid AND (t."validTo" IS NULL OR t."validTo" >= ${day}))
      ON CONFLICT ("procedureId", "agencyId", "validFrom") DO UPDATE SET "validTo" = excluded."validTo"`);
    // Where others take in and the old agency decides, the new one decides.
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO offerings (id, "procedureId", "agencyId", "filedAt", "externalUrl", channels, "validFrom", "validTo", "competentAgencyId")
      SELECT gen_random_uuid(), o."procedureId", o."agencyId", o."filedAt", o."externalUrl", o.channels, greatest(${day}, o."validFrom"), o."validTo",
        nullif(${toId}::uuid, o."agencyId")
      FROM offerings o WHERE o."competentAgencyId" = ${agencyId}::uuid AND o."agencyId" <> ${agencyId}::uuid AND (o."validTo" IS NULL OR o."validTo" >= ${day})
      ON CONFLICT ("procedureId", "agencyId", "validFrom") DO UPDATE SET "competentAgencyId" = excluded."competentAgencyId"`);
  }
  await tx.$executeRaw(Prisma.sql`
    UPDATE offerings SET "validTo" = ${before} WHERE ("agencyId" = ${agencyId}::uuid OR "competentAgencyId" = ${agencyId}::uuid) AND ${stands(day)}`);
  const to = toId ? await tx.agency.findUniqueOrThrow({ where: { id: toId }, select: { name: true } }) : null;
  await tx.procedureEvent.createMany({
    data: touched.map(({ id }) => ({
      procedureId: id,
      at: ctx.now,
      byId: ctx.actor.accountId,
      did: to ? "offered" : "offeringsEnded",
      reason,
      params: { count: 1, names: to?.name ?? "" },
    })),
  });
  return touched.length;
}

/** What citizens are still writing for the old agency, and the hall where they come, are the new one's. */
const PASSED = [
  ["drafts", "agencyId"],
  ["drafts", "receivingAgencyId"],
  ["filing_batches", "agencyId"],
  ["filing_batches", "receivingAgencyId"],
  ["queue_halls", "agencyId"],
  ["queue_counters", "agencyId"],
  ["appointment_plans", "agencyId"],
] as const;
async function passRest(tx: Tx, fromId: string, toId: string): Promise<void> {
  for (const [table, column] of PASSED) {
    const at = Prisma.raw(`"${column}"`);
    await tx.$executeRaw(
      Prisma.sql`UPDATE ${Prisma.raw(table)} SET ${at} = ${toId}::uuid WHERE ${at} = ${fromId}::uuid`,
    );
  }
}

/** Both rows, always in one order: two who merge the same pair wait for each other only once. */
async function lockBoth(tx: Tx, ctx: Context<Admin>, { agencyId, successorId, seen }: Closing) {
  const ids = [agencyId, ...(successorId ? [successorId] : [])].sort();
  await tx.$executeRaw`SELECT FROM agencies WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  await lockSeen(tx, { agencyId }, seen);
  const day = isoDay(ctx.now);
  const found = await tx.agency.findMany({ where: { id: { in: ids } } });
  const isClosed = ({ validTo }: { validTo: string | null }): boolean => validTo !== null && validTo < day;
  const agency = found.find(({ id }) => id === agencyId);
  const successor = found.find(({ id }) => id === successorId) ?? null;
  if (!agency || (successorId && !successor)) throw notFound();
  if (isClosed(agency)) throw new Refusal("admin.refused.agencyClosed");
  if (successor && (isClosed(successor) || successor.id === agency.id))
    throw new Refusal("admin.refused.successorClosed", 409, { name: successor.name });
  return { agency, successor };
}

/** Ends an agency inside a transaction of the caller, who forgets what is remembered of agencies and offerings after it. */
export async function closeWithin(ctx: Context<Admin>, tx: Tx, closing: Closing): Promise<Closed> {
  const { agencyId, successorId, kind, effectiveOn, reason } = closing;
  const { agency, successor } = await lockBoth(tx, ctx, closing);
  const within = inside(ctx, tx);
  const { byStatus, steps } = await countMoving(within, agencyId);
  const dossiers = byStatus.reduce((sum, one) => sum + one.dossiers, 0);
  const below = await tx.agency.count({ where: { parentId: agencyId } });
  if (!successor && dossiers + steps + below > 0) throw new Refusal("admin.refused.successorMissing");
  const day = isoDay(ctx.now);
  const units = successor ? await passUnits(tx, closing, successor.id) : [];
  const people = successor ? await passPeople(ctx, tx, closing, successor.id, units) : 0;
  await tx.$executeRaw(Prisma.sql`
    UPDATE postings SET "validTo" = ${dayBefore(day)} WHERE "agencyId" = ${agencyId}::uuid AND ${stands(day)}`);
  const procedures = await passOfferings(ctx, tx, closing, successor?.id ?? null);
  if (successor) {
    await passRest(tx, agencyId, successor.id);
    if (successor.parentId === agencyId)
      await tx.agency.update({ where: { id: successor.id }, data: { parentId: agency.parentId } });
    await tx.agency.updateMany({ where: { parentId: agencyId }, data: { parentId: successor.id } });
  }
  const validTo = dayBefore(effectiveOn);
  await tx.agency.update({ where: { id: agencyId }, data: { validTo, successorId } });
  const counts = { dossiers, steps, people, procedures };
  const changeId = await noteDeed(ctx, tx, {
    did: `agency_${kind}`,
    agencyId,
    effectiveOn,
    reason,
    before: { validTo: agency.validTo, successorId: agency.successorId },
    after: { validTo, successorId, ...counts },
  });
  if (!successor) return counts;
  await noteDeed(ctx, tx, {
    did: "agency_took_over",
    agencyId: successor.id,
    effectiveOn,
    reason,
    after: { fromId: agencyId, ...counts },
  });
  await rerouteDossiers(within, tx, { fromId: agencyId, toId: successor.id, changeId, units });
  return counts;
}

/**
 * Ends an agency, and gives all that is open to the one that takes over, in one transaction: reception, decision and open
 * steps of dossiers (one event each), officers with their roles, parts, procedures, drafts of citizens, agencies below.
 * Closed dossiers stay as they were; the successor may read them. Nothing else about a dossier changes.
 * @throws Refusal 404; 409 when it is closed already, was changed meanwhile, or has open work and no successor
 */
export async function closeAgency(ctx: Context<Admin>, closing: Closing): Promise<Closed> {
  await requireReach(ctx, null);
  const closed = await inTransaction(ctx, (tx) => closeWithin(ctx, tx, closing));
  forgetOrganizations(ctx);
  forgetPublished(ctx);
  return closed;
}
