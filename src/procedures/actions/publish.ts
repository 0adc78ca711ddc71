import { type KnownAgency, listAgencies } from "#organizations/index.ts";
import { canonicalJson, sha256 } from "#platform/canonical.ts";
import { type Context, inside } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { resolveAgency } from "#workflow/index.ts";
import type { ProcedureDefinition } from "../definition.ts";
import type { OfferingPlan } from "../inputs.ts";
import { forgetVersions } from "../queries/versions.ts";
import { forgetCatalogue } from "../queries/vocabulary.ts";
import { findSpellings, refreshConfigured } from "./catalogue.ts";
import { lockProcedure, noteDeed, type ProcedureDeed } from "./standing.ts";
import { keepUses } from "./uses.ts";

export type Published = { versionId: string; number: number; isNew: boolean };

/** Who published, why and what changed, as the history tells it. */
export type Publication = Pick<ProcedureDeed, "reason"> & { changes: readonly string[]; checks: readonly string[] };

/** Writes the next version inside a transaction of the caller, who calls `forgetPublished` when it has ended. */
export async function writeVersion(
  ctx: Context,
  tx: Tx,
  definition: ProcedureDefinition,
  effectiveFrom: Date,
  publication: Publication | null,
): Promise<Published> {
  const fingerprint = sha256(canonicalJson(definition));
  const procedure = await tx.procedure.upsert({
    where: { code: definition.code },
    create: { code: definition.code, createdAt: ctx.now },
    update: {},
    select: { id: true },
  });
  // Two who publish at once take turns: the number is the last one and one.
  await lockProcedure(tx, definition.code);
  const newest = await tx.procedureVersion.findFirst({
    where: { procedureId: procedure.id },
    orderBy: { number: "desc" },
    select: { id: true, number: true, sha256: true },
  });
  if (newest?.sha256 === fingerprint) return { versionId: newest.id, number: newest.number, isNew: false };
  const number = (newest?.number ?? 0) + 1;
  const version = await tx.procedureVersion.create({
    data: {
      procedureId: procedure.id,
      number,
      schemaVersion: definition.schemaVersion,
      definition: JSON.parse(JSON.stringify(definition)),
      sha256: fingerprint,
      effectiveFrom,
      publishedAt: ctx.now,
    },
    select: { id: true },
  });
  await keepUses(tx, procedure.id, definition);
  const within = inside(ctx, tx);
  if (publication) {
    const { reason, changes, checks } = publication;
    await noteDeed(within, tx, procedure.id, {
      did: "published",
      versionId: version.id,
      ...(reason ? { reason } : {}),
      params: { number, changes, checks },
    });
  }
  await refreshConfigured(tx, [definition.code], await findSpellings(within), ctx.now);
  return { versionId: version.id, number, isNew: true };
}

/** After a version or a place was written: this process reads them anew. */
export function forgetPublished(ctx: Context): void {
  forgetVersions(ctx);
  forgetCatalogue(ctx);
}

/**
 * Publishes a definition as the procedure's next version, in force from `effectiveFrom`; when it says exactly what the
 * newest version says, nothing is published. A published version never changes.
 */
export async function publishProcedure(
  ctx: Context,
  definition: ProcedureDefinition,
  effectiveFrom: Date,
): Promise<Published> {
  const published = await inTransaction(ctx, (tx) => writeVersion(ctx, tx, definition, effectiveFrom, null));
  forgetPublished(ctx);
  return published;
}

/** The agencies a plan means, each with the one that decides for it; null: it decides itself. */
const placesOf = (plan: OfferingPlan, agencies: readonly KnownAgency[]) =>
  agencies
    .filter(
      ({ kind, functions }) =>
        kind === plan.receivedBy && (plan.function === undefined || functions.includes(plan.function)),
    )
    .map((receiving) => ({
      agencyId: receiving.id,
      competentAgencyId:
        plan.competent === "receiving"
          ? null
          : (resolveAgency(plan.competent, { receiving, competent: receiving }, agencies) ?? null),
    }));

/**
 * Says where a procedure is taken in from `validFrom` (yyyy-MM-dd): at every open agency of the plan's kind, filed at this
 * portal, through the channels of its version in force. Once an administrator said where, the plan says no more.
 * @returns how many agencies take it in
 * @throws Refusal 404 there is no such procedure
 */
export async function offerProcedure(
  ctx: Context,
  plan: OfferingPlan,
  channels: readonly string[],
  validFrom: string = isoDay(ctx.now),
): Promise<number> {
  const places = placesOf(plan, await listAgencies(ctx));
  await inTransaction(ctx, async (tx) => {
    const procedure = await tx.procedure.findUnique({ where: { code: plan.code }, select: { id: true } });
    if (!procedure) throw notFound();
    await storeOfferings(tx, procedure.id, places, channels, validFrom);
    await refreshConfigured(tx, [plan.code], await findSpellings(inside(ctx, tx)), ctx.now);
  });
  forgetVersions(ctx);
  return places.length;
}

const storeOfferings = (
  tx: Tx,
  procedureId: string,
  places: readonly object[],
  channels: readonly string[],
  validFrom: string,
): Promise<number> =>
  tx.$executeRaw`
    INSERT INTO offerings AS known (id, "procedureId", "agencyId", "competentAgencyId", "filedAt", channels, "validFrom")
    SELECT gen_random_uuid(), ${procedureId}::uuid, "agencyId", "competentAgencyId", 'own', ${[...channels]}, ${validFrom}
    FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS r("agencyId" uuid, "competentAgencyId" uuid)
    WHERE NOT EXISTS (SELECT FROM procedure_events e WHERE e."procedureId" = ${procedureId}::uuid AND e."byId" IS NOT NULL AND e.did LIKE 'offer%')
    ON CONFLICT ("procedureId", "agencyId", "validFrom") DO UPDATE SET channels = excluded.channels, "competentAgencyId" = excluded."competentAgencyId"
    WHERE (known.channels, known."competentAgencyId") IS DISTINCT FROM (excluded.channels, excluded."competentAgencyId")`;
