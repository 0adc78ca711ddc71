import { findDirectory, forgetOrganizations } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { inTransaction, isUniqueViolation } from "#platform/db.ts";
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

/**
 * Founds an agency. Its identifier is part of every code that it gives, and is nobody else's ever again.
 * @throws Refusal 404 for a parent that is not there, 409 when the identifier is or was another agency's
 */
export async function createAgency(ctx: Context<Admin>, founding: Founding): Promise<{ id: string }> {
  const { effectiveOn, reason, functions, ...parts } = founding;
  if (parts.parentId && !(await findDirectory(ctx)).agencyOf(parts.parentId)) throw notFound();
  try {
    const id = await inTransaction(ctx, async (tx) => {
      const agency = await tx.agency.create({
        data: { ...parts, functions: [...functions], validFrom: effectiveOn },
        select: { id: true },
      });
      await noteDeed(ctx, tx, {
        did: "agency_created",
        agencyId: agency.id,
        effectiveOn,
        reason,
        after: { ...parts, functions },
      });
      return agency.id;
    });
    forgetOrganizations(ctx);
    return { id };
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal("admin.refused.identifierTaken", 409, { code: parts.identifier });
    throw error;
  }
}

type Change = { agencyId: string; seen: string; reason: string; effectiveOn: string };

async function changeAgency(
  ctx: Context<Admin>,
  { agencyId, seen, reason, effectiveOn }: Change,
  did: "agency_changed" | "agency_organized",
  after: Values,
): Promise<boolean> {
  const changed = await inTransaction(ctx, async (tx) => {
    await lockSeen(tx, { agencyId }, seen);
    const agency = await tx.agency.findUniqueOrThrow({ where: { id: agencyId } });
    if (agency.validTo !== null && agency.validTo < isoDay(ctx.now)) throw new Refusal("admin.refused.agencyClosed");
    const keys = changedBetween(
      Object.fromEntries(Object.keys(after).map((key) => [key, agency[key as keyof typeof agency] as string | null])),
      after,
    );
    if (keys.length === 0) return false;
    const pick = (from: object): Values =>
      Object.fromEntries(keys.map((key) => [key, (from as Record<string, string | null>)[key] ?? null]));
    await tx.agency.update({ where: { id: agencyId }, data: pick(after) as object });
    await noteDeed(ctx, tx, { did, agencyId, effectiveOn, reason, before: pick(agency), after: pick(after) });
    return true;
  });
  if (changed) forgetOrganizations(ctx);
  return changed;
}

/** Changes where an agency is found and how it is called up. @returns whether anything changed @throws Refusal 404, 409 */
export async function changeContact(
  ctx: Context<Admin>,
  change: Change & { address: string | null; phone: string | null },
): Promise<boolean> {
  await requireReach(ctx, change.agencyId);
  return changeAgency(ctx, change, "agency_changed", { address: change.address, phone: change.phone });
}

/**
 * Renames an agency, moves it in the tree, or says anew what it is for. Dossiers, codes and history stay as they are:
 * papers that were issued keep the name that was in force.
 * @throws Refusal 404; 409 when it would stand below itself, or was changed meanwhile
 */
export async function organizeAgency(ctx: Context<Admin>, change: Change & AgencyParts): Promise<boolean> {
  await requireReach(ctx, null);
  const { agencyId, seen, reason, effectiveOn, ...parts } = change;
  const { agencyOf, isWithin } = await findDirectory(ctx);
  if (parts.parentId) {
    if (!agencyOf(parts.parentId)) throw notFound();
    if (isWithin(parts.parentId, agencyId)) throw new Refusal("admin.refused.belowItself");
  }
  return changeAgency(ctx, { agencyId, seen, reason, effectiveOn }, "agency_organized", parts);
}
