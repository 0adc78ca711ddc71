import { findDirectory, forgetOrganizations } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { requireReach } from "../queries/reach.ts";
import { changedBetween, type Values } from "../rules.ts";
import { lockSeen, noteDeed } from "./deeds.ts";

export type AgencyParts = {
  kind: string;
  level: "province" | "commune" | "other";
  functions: readonly string[];
  name: string;
  shortName: string;
  unitCode: string | null;
  parentId: string | null;
};
export type Founding = AgencyParts & {
  identifier: string;
  address: string | null;
  phone: string | null;
  effectiveOn: string;
  reason: string;
};

const isTaken = ({ identifier }: Pick<Founding, "identifier">): Refusal =>
  new Refusal("admin.refused.identifierTaken", 409, { code: identifier });

/** Founds an agency inside a transaction of the caller, who forgets what is remembered of agencies after it. @returns its id */
export async function foundWithin(ctx: Context<Admin>, tx: Tx, founding: Founding): Promise<string> {
  const { effectiveOn, reason, functions, ...parts } = founding;
  const { identifier, parentId } = parts;
  const parent = parentId ? (await findDirectory(ctx)).agencyOf(parentId) : null;
  if (parentId && !parent) throw notFound();
  if (parent && parent.validTo !== null && parent.validTo < effectiveOn)
    throw new Refusal("admin.refused.parentClosed", 409, { name: parent.name });
  if ((await tx.agency.count({ where: { identifier } })) > 0) throw isTaken(founding);
  const { id } = await tx.agency.create({
    data: { ...parts, functions: [...functions], validFrom: effectiveOn },
    select: { id: true },
  });
  const after = { ...parts, functions };
  await noteDeed(ctx, tx, { did: "agency_created", agencyId: id, effectiveOn, reason, after });
  return id;
}

/**
 * Founds an agency. Its identifier is part of every code that it gives, and is nobody else's ever again.
 * @throws Refusal 404 for a parent that is not there; 409 when that one has ended, or the identifier is or was another agency's
 */
export async function createAgency(ctx: Context<Admin>, founding: Founding): Promise<{ id: string }> {
  try {
    const id = await inTransaction(ctx, (tx) => foundWithin(ctx, tx, founding));
    forgetOrganizations(ctx);
    return { id };
  } catch (error) {
    if (isUniqueViolation(error)) throw isTaken(founding);
    throw error;
  }
}

type Change = { agencyId: string; seen: string | null; reason: string; effectiveOn: string };

/** What of an agency would be otherwise, as it would be. */
export function changedParts(agency: object, after: Values): Values {
  const now = agency as Values;
  const before = Object.fromEntries(Object.keys(after).map((key) => [key, now[key] ?? null]));
  return Object.fromEntries(changedBetween(before, after).map((key) => [key, after[key] ?? null]));
}

async function changeWithin(
  ctx: Context<Admin>,
  tx: Tx,
  { agencyId, seen, reason, effectiveOn }: Change,
  did: "agency_changed" | "agency_organized",
  wanted: Values,
): Promise<boolean> {
  await lockSeen(tx, { agencyId }, seen);
  const agency = await tx.agency.findUniqueOrThrow({ where: { id: agencyId } });
  if (agency.validTo !== null && agency.validTo < isoDay(ctx.now)) throw new Refusal("admin.refused.agencyClosed");
  const after = changedParts(agency, wanted);
  if (Object.keys(after).length === 0) return false;
  const before = Object.fromEntries(Object.keys(after).map((key) => [key, (agency as unknown as Values)[key] ?? null]));
  await tx.agency.update({ where: { id: agencyId }, data: after as object });
  await noteDeed(ctx, tx, { did, agencyId, effectiveOn, reason, before, after });
  return true;
}

/** Renames or moves an agency inside a transaction of the caller, who forgets what is remembered of agencies after it. */
export async function organizeWithin(
  ctx: Context<Admin>,
  tx: Tx,
  change: Change,
  parts: Partial<AgencyParts>,
): Promise<boolean> {
  const { agencyOf, isWithin } = await findDirectory(ctx);
  if (parts.parentId) {
    if (!agencyOf(parts.parentId)) throw notFound();
    if (isWithin(parts.parentId, change.agencyId)) throw new Refusal("admin.refused.belowItself");
  }
  return changeWithin(ctx, tx, change, "agency_organized", parts as Values);
}

async function asOne(ctx: Context<Admin>, change: (tx: Tx) => Promise<boolean>): Promise<boolean> {
  const changed = await inTransaction(ctx, change);
  if (changed) forgetOrganizations(ctx);
  return changed;
}

/** Changes where an agency is found and how it is called up. @returns whether anything changed @throws Refusal 404, 409 */
export async function changeContact(
  ctx: Context<Admin>,
  change: Change & { address: string | null; phone: string | null },
): Promise<boolean> {
  await requireReach(ctx, change.agencyId);
  const { address, phone } = change;
  return asOne(ctx, (tx) => changeWithin(ctx, tx, change, "agency_changed", { address, phone }));
}

/**
 * Renames an agency, moves it in the tree, or says anew what it is for. Dossiers, codes and history stay as they are:
 * papers that were issued keep the name that was in force.
 * @throws Refusal 404; 409 when it would stand below itself, or was changed meanwhile
 */
export async function organizeAgency(ctx: Context<Admin>, change: Change & AgencyParts): Promise<boolean> {
  await requireReach(ctx, null);
  const { agencyId, seen, reason, effectiveOn, ...parts } = change;
  return asOne(ctx, (tx) => organizeWithin(ctx, tx, { agencyId, seen, reason, effectiveOn }, parts));
}
