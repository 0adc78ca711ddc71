import { recordSecurity } from "#audit/index.ts";
import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { Refusal } from "#platform/refusal.ts";
import { type LockedDossier, lockDossier, type NewEvent, recordChange } from "../events.ts";
import { holding } from "../queries/holders.ts";
import { listCandidates } from "../queries/restricted.ts";
import { isFinished } from "../rules.ts";
import { type Handled, lockHandled, placeOf, writeReason } from "./handled.ts";

type Input = { dossierId: string; version: number; reason: string };

/** Agencies that have to do with a dossier: whose people can be named. */
export async function agenciesOfDossier(
  { db }: Pick<Context, "db">,
  dossier: { id: string; receivingAgencyId: string; competentAgencyId: string },
): Promise<string[]> {
  const runs = await db.stepRun.findMany({
    where: { dossierId: dossier.id },
    distinct: ["agencyId"],
    select: { agencyId: true },
  });
  return [...new Set([dossier.receivingAgencyId, dossier.competentAgencyId, ...runs.map(({ agencyId }) => agencyId)])];
}

/** Where somebody must be able to go on: the open lead step, else the desk. */
const nextPlace = ({ dossier, lead }: Handled) =>
  lead
    ? { agencyId: lead.agencyId, role: lead.role }
    : isFinished(dossier.status) && dossier.status !== "completed"
      ? null
      : { agencyId: dossier.receivingAgencyId, role: "desk" };

/** Nobody could go on with a dossier that nobody at its step sees. */
async function checkWork(ctx: Context<Officer>, tx: Tx, held: Handled, readers: readonly string[]): Promise<void> {
  const place = nextPlace(held);
  if (!place) return;
  const holders = await tx.posting.count({
    where: { ...holding(place.agencyId, place.role, ctx.now), accountId: { in: [...readers] } },
  });
  if (holders === 0) throw new Refusal("dossiers.refused.nobodyGoesOn");
}

/** What others hold and heard of the dossier: open steps go back to their role, notices are taken back. */
async function takeBack(tx: Tx, dossierId: string, readers: readonly string[]): Promise<void> {
  await tx.stepRun.updateMany({
    where: { dossierId, closedAt: null, assigneeId: { notIn: [...readers] } },
    data: { assigneeId: null, version: { increment: 1 } },
  });
  await tx.notification.deleteMany({
    where: { dossierId, accountId: { notIn: [...readers] }, account: { kind: "officer" } },
  });
}

type Naming = Pick<NewEvent, "agencyId" | "stepRunId"> & { payload: { readers: readonly string[]; noteId?: string } };

/** Notes who may see a dossier from now on: in its history, and among the events of security. */
async function recordReaders(ctx: Context, tx: Tx, dossier: LockedDossier, naming: Naming): Promise<void> {
  const params = { count: naming.payload.readers.length };
  await recordSecurity(ctx, { kind: "dossier.restricted", dossierId: dossier.id, params }, tx);
  const event = { type: "dossier.restricted", status: dossier.status, ...naming } as const;
  await recordChange(ctx, tx, dossier, { restricted: true }, event);
}

/**
 * Makes a dossier visible to the named officers and whoever names them alone, or names others: by a leader of the agency
 * where it stands or was received. The citizen sees it as before.
 * @param input.readers accounts of officers at the dossier's agencies; others are left out
 * @throws Refusal 403 for others than a leader, 409 when it changed meanwhile or nobody named could do its next step
 */
export async function restrictDossier(
  ctx: Context<Officer>,
  input: Input & { readers: readonly string[] },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, lead, handling } = held;
    if (!handling.isLeader) throw new Refusal("dossiers.refused.leaderOnly", 403);
    const candidates = await listCandidates(inside(ctx, tx), await agenciesOfDossier(inside(ctx, tx), dossier));
    const { accountId } = ctx.actor;
    const named = candidates.filter((one) => input.readers.includes(one.accountId)).map((one) => one.accountId);
    const readers = [...new Set([accountId, ...named])];
    await checkWork(ctx, tx, held, readers);
    await tx.dossierReader.deleteMany({ where: { dossierId: dossier.id, accountId: { notIn: readers } } });
    await tx.dossierReader.createMany({
      data: readers.map((reader) => ({
        dossierId: dossier.id,
        accountId: reader,
        namedById: accountId,
        namedAt: ctx.now,
      })),
      skipDuplicates: true,
    });
    await takeBack(tx, dossier.id, readers);
    const note = await writeReason(ctx, tx, dossier.id, "restriction", input.reason);
    await recordReaders(ctx, tx, held.dossier, {
      agencyId: placeOf(held),
      stepRunId: lead?.id ?? null,
      payload: { readers, noteId: note.id },
    });
  });
}

/**
 * Opens a restricted dossier again to those whose work it is: by a leader who is its reader.
 * @throws Refusal 404 for whoever is no reader, 403 for others than a leader, 409 when it changed meanwhile or is open
 */
export async function liftRestriction(ctx: Context<Officer>, input: Input): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const held = await lockHandled(ctx, tx, input);
    const { dossier, lead, handling } = held;
    if (!handling.isLeader) throw new Refusal("dossiers.refused.leaderOnly", 403);
    if (!dossier.restricted) throw new Refusal("dossiers.refused.notRestricted");
    await tx.dossierReader.deleteMany({ where: { dossierId: dossier.id } });
    const note = await writeReason(ctx, tx, dossier.id, "restriction", input.reason);
    await recordSecurity(ctx, { kind: "dossier.unrestricted", dossierId: dossier.id }, tx);
    await recordChange(
      ctx,
      tx,
      dossier,
      { restricted: false },
      {
        type: "dossier.unrestricted",
        status: dossier.status,
        agencyId: placeOf(held),
        stepRunId: lead?.id ?? null,
        payload: { noteId: note.id },
      },
    );
  });
}

/** A run that finds more goes on at the next. */
const MOST_AT_ONCE = 500;

/** Names those who lead where the dossier is when no reader does any more. */
async function keepReader(ctx: Context, tx: Tx, dossierId: string): Promise<boolean> {
  const dossier = await lockDossier(ctx, tx, dossierId);
  if (!dossier?.restricted) return false;
  const lead = await tx.stepRun.findFirst({
    where: { dossierId, lead: true, closedAt: null },
    select: { id: true, agencyId: true },
  });
  const places = [...new Set([...(lead ? [lead.agencyId] : []), dossier.receivingAgencyId])];
  const leaders = await tx.posting.findMany({
    where: { OR: places.map((agencyId) => holding(agencyId, "leader", ctx.now)) },
    select: { accountId: true, agencyId: true },
  });
  const readers = await tx.dossierReader.findMany({ where: { dossierId }, select: { accountId: true } });
  const known = readers.map(({ accountId }) => accountId);
  if (leaders.some(({ accountId }) => known.includes(accountId))) return false;
  const place = places.find((one) => leaders.some(({ agencyId }) => agencyId === one));
  const named = [...new Set(leaders.filter((one) => one.agencyId === place).map(({ accountId }) => accountId))];
  if (named.length === 0) return false;
  await tx.dossierReader.createMany({
    data: named.map((accountId) => ({ dossierId, accountId, namedById: null, namedAt: ctx.now })),
  });
  await recordReaders(ctx, tx, dossier, {
    agencyId: place ?? null,
    stepRunId: lead?.id ?? null,
    payload: { readers: [...known, ...named] },
  });
  return true;
}

/**
 * Keeps restricted dossiers from being nobody's: where no reader leads any more, since they left or lead elsewhere, those
 * who lead there now are named beside the readers, as they could restrict it themselves. Run again, it finds nothing.
 * @returns how many dossiers were given readers
 */
export async function keepReaders(ctx: Context): Promise<number> {
  const day = isoDay(ctx.now);
  const left = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT d.id FROM dossiers d WHERE d.restricted AND NOT EXISTS (
      SELECT FROM dossier_readers r JOIN accounts a ON a.id = r."accountId" AND a."disabledAt" IS NULL
        JOIN postings p ON p."accountId" = r."accountId" AND p.role = 'leader'
        AND COALESCE(p."validFrom" <= ${day}, true) AND COALESCE(p."validTo" >= ${day}, true)
        AND (p."agencyId" = d."receivingAgencyId" OR EXISTS (SELECT FROM step_runs s
          WHERE s."dossierId" = d.id AND s.lead AND s."closedAt" IS NULL AND s."agencyId" = p."agencyId"))
      WHERE r."dossierId" = d.id)
    ORDER BY d.id LIMIT ${MOST_AT_ONCE}`;
  let given = 0;
  for (const { id } of left) given += Number(await inTransaction(ctx, (tx) => keepReader(ctx, tx, id)));
  return given;
}
