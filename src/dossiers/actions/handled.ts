import { ownedBy } from "#companies/rules.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { changedMeanwhile, type LockedDossier, lockDossier } from "../events.ts";
import { behalfOf, handlingOf, type Lead, type Place } from "../rules/handling.ts";
import { type MoveName, mayLeave, type NoteKind } from "../rules.ts";

type LeadRun = NonNullable<Lead> & { id: string; stepId: string };
export type Handled = { dossier: LockedDossier; lead: LeadRun | null; handling: ReturnType<typeof handlingOf> };

/** Where somebody may have to do with a dossier: its desk, its lead step, and those who lead there. */
const placesOf = ({ receivingAgencyId }: LockedDossier, lead: LeadRun | null): Place[] => [
  { agencyId: receivingAgencyId, role: "desk" },
  ...(lead ? [lead, { agencyId: lead.agencyId, role: "leader" }] : []),
  { agencyId: receivingAgencyId, role: "leader" },
];

/**
 * Locks a dossier for an officer who has something to do with it, at the version that they saw.
 * @throws Refusal 404 when they are neither at its desk, nor hold its step, nor lead there; 409 when it changed meanwhile
 */
export async function lockHandled(
  ctx: Context<Officer>,
  tx: Tx,
  { dossierId, version }: { dossierId: string; version: number },
): Promise<Handled> {
  const dossier = await lockDossier(ctx, tx, dossierId);
  if (!dossier) throw notFound();
  const lead = await tx.stepRun.findFirst({
    where: { dossierId, lead: true, closedAt: null },
    select: { id: true, stepId: true, agencyId: true, role: true, assigneeId: true },
  });
  const isThere = ctx.actor.postings.some(({ agencyId }) =>
    [dossier.receivingAgencyId, lead?.agencyId].includes(agencyId),
  );
  if (!isThere) throw notFound();
  if (dossier.version !== version) throw await changedMeanwhile(tx, dossier);
  dossier.onBehalfOf = behalfOf(ctx.actor, placesOf(dossier, lead));
  return { dossier, lead, handling: handlingOf(ctx.actor, dossier.receivingAgencyId, lead) };
}

/** Where the officer acts for the dossier: at the desk that received it, else where its lead step is. */
export const placeOf = ({ dossier, lead, handling }: Handled): string =>
  handling.isDesk ? dossier.receivingAgencyId : (lead?.agencyId ?? dossier.receivingAgencyId);

/** Refuses what the state of the dossier does not allow, then what the officer may not do. */
export async function checkMove(tx: Tx, dossier: LockedDossier, move: MoveName, isAllowed: boolean): Promise<void> {
  if (!mayLeave(move, dossier.status)) throw await changedMeanwhile(tx, dossier);
  if (!isAllowed) throw new Refusal("dossiers.refused.notYours", 403);
}

/**
 * Locks the citizen's own dossier at the version that they saw. A citizen is not told which officer was faster.
 * @throws Refusal 404 for anybody else's, 409 when it changed meanwhile or its state does not allow the move
 */
export async function lockOwn(
  ctx: Context<Citizen>,
  tx: Tx,
  { reference, version }: { reference: string; version: number },
  move: MoveName | null,
): Promise<LockedDossier> {
  const own = { reference, ...ownedBy(ctx.actor.accountId, "act") };
  const found = await tx.dossier.findFirst({ where: own, select: { id: true } });
  const dossier = found && (await lockDossier(ctx, tx, found.id));
  if (!dossier) throw notFound();
  if (dossier.version !== version || (move && !mayLeave(move, dossier.status)))
    throw new Refusal("dossiers.refused.changedMeanwhile");
  return dossier;
}

/** What is written for colleagues alone. */
const INTERNAL = new Set(["proposal", "opinion", "takeover", "late_entry", "restriction"]);

/** Keeps a reason, which the applicant reads unless it is for colleagues; events name it by id, so that it can be erased. */
export const writeReason = (
  ctx: Context<Citizen | Officer>,
  tx: Tx,
  dossierId: string,
  kind: NoteKind,
  text: string,
): Promise<{ id: string }> =>
  tx.dossierNote.create({
    data: { dossierId, kind, text, public: !INTERNAL.has(kind), authorId: ctx.actor.accountId, at: ctx.now },
    select: { id: true },
  });
