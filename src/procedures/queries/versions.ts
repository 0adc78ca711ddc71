import type { Context } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { remember } from "#platform/memory.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { ProcedureDefinition } from "../definition.ts";

type Asker = Pick<Context, "db">;
type AskerNow = Pick<Context, "db" | "now">;

/** A published version as the other rooms use it; it never changes. */
export type LoadedVersion = {
  id: string;
  procedureId: string;
  code: string;
  number: number;
  effectiveFrom: Date;
  definition: ProcedureDefinition;
};

/** An agency that takes the procedure in. */
export type KnownOffering = {
  procedureId: string;
  agencyId: string;
  /** The agency that decides; the receiving one unless another is named. */
  competentAgencyId: string;
  filedAt: "own" | "national" | "ministry";
  externalUrl: string | null;
  channels: readonly string[];
  validFrom: string;
  validTo: string | null;
};

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const DAY_MS = 86_400_000;
const versions = remember(
  DAY_MS,
  async ({ db }: Asker, id: string): Promise<LoadedVersion> => {
    const row = await db.procedureVersion.findUnique({
      where: { id },
      select: {
        id: true,
        procedureId: true,
        number: true,
        effectiveFrom: true,
        definition: true,
        procedure: { select: { code: true } },
      },
    });
    if (!row) throw notFound();
    const { procedure, definition, ...version } = row;
    return { ...version, code: procedure.code, definition: ProcedureDefinition.parse(definition) };
  },
  500,
);

/** A version by id, from memory: it is read and checked once in the life of a process. @throws Refusal 404 */
export async function findVersion(ctx: Asker, id: string): Promise<LoadedVersion> {
  if (!isUuid(id)) throw notFound();
  return versions.find(ctx, id);
}

type Publication = {
  procedureId: string;
  versions: readonly { id: string; effectiveFrom: Date }[];
  offerings: readonly KnownOffering[];
  suspension: Suspension | null;
};
/** Since when a procedure is not taken in, and why. */
export type Suspension = { at: Date; reason: string };

const publications = remember(15_000, async ({ db }: Asker, code: string): Promise<Publication | null> => {
  const row = await db.procedure.findUnique({
    where: { code },
    relationLoadStrategy: "join",
    select: {
      id: true,
      versions: { select: { id: true, effectiveFrom: true }, orderBy: [{ effectiveFrom: "desc" }, { number: "desc" }] },
      offerings: {
        select: {
          procedureId: true,
          agencyId: true,
          competentAgencyId: true,
          filedAt: true,
          externalUrl: true,
          channels: true,
          validFrom: true,
          validTo: true,
        },
      },
      events: {
        where: { did: { in: ["suspended", "restored"] } },
        select: { did: true, at: true, reason: true },
        orderBy: [{ at: "desc" }, { id: "desc" }],
        take: 1,
      },
    },
  });
  if (!row) return null;
  const [last] = row.events;
  const offerings = row.offerings.map((offering) => ({
    ...offering,
    competentAgencyId: offering.competentAgencyId ?? offering.agencyId,
  }));
  const suspension = last?.did === "suspended" ? { at: last.at, reason: last.reason ?? "" } : null;
  return { procedureId: row.id, versions: row.versions, offerings, suspension };
});

/** The version of the code that is in force at `ctx.now`; null when the code is not configured here. No query when warm (15 s). */
export async function findCurrentVersion(ctx: AskerNow, code: string): Promise<LoadedVersion | null> {
  const publication = await publications.find(ctx, code);
  const current = publication?.versions.find(({ effectiveFrom }) => effectiveFrom <= ctx.now);
  return current ? findVersion(ctx, current.id) : null;
}

/** Where the procedure is taken in on the day of `ctx.now`. No query when warm (15 s). */
export async function listOfferings(ctx: AskerNow, code: string): Promise<KnownOffering[]> {
  const day = isoDay(ctx.now);
  const publication = await publications.find(ctx, code);
  return (publication?.offerings ?? []).filter(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo),
  );
}

/**
 * The agency that decides on what `receivingAgencyId` takes in: the one the offering names, or the receiving agency itself.
 * Closed offerings count, too: a dossier keeps its agency.
 */
export async function findCompetentAgencyId(ctx: Asker, code: string, receivingAgencyId: string): Promise<string> {
  const offerings =
    (await publications.find(ctx, code))?.offerings.filter(({ agencyId }) => agencyId === receivingAgencyId) ?? [];
  const newest = offerings.sort((a, b) => b.validFrom.localeCompare(a.validFrom))[0];
  return newest?.competentAgencyId ?? receivingAgencyId;
}

/** Since when and why the procedure takes no new dossiers in; null: it does. No query when warm (15 s). */
export const findSuspension = async (ctx: Asker, code: string): Promise<Suspension | null> =>
  (await publications.find(ctx, code))?.suspension ?? null;

/** Refuses what would begin or file a dossier of a suspended procedure. @throws Refusal 409 */
export async function refuseSuspended(ctx: Asker, code: string): Promise<void> {
  const suspension = await findSuspension(ctx, code);
  if (suspension) throw new Refusal("procedures.refused.suspended", 409, { reason: suspension.reason });
}

/** After this process published or offered something. */
export const forgetVersions = (ctx: Asker): void => publications.forget(ctx);

/** Names in English by code, of those configured here whose definition has one. No query when warm. */
export async function findEnglishNames(
  ctx: AskerNow,
  rows: readonly { code: string; configured: boolean }[],
): Promise<Map<string, string>> {
  const configured = rows.filter((row) => row.configured);
  const versions = await Promise.all(configured.map(({ code }) => findCurrentVersion(ctx, code)));
  return new Map(
    versions.flatMap((version) => (version?.definition.name.en ? [[version.code, version.definition.name.en]] : [])),
  );
}
