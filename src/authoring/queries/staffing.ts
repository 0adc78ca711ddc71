import { findAgency, type KnownAgency, listAgencies, oneStopDeskOf } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { listOfferings } from "#procedures/index.ts";
import type { Sketch } from "../rules.ts";

export type KnownReception = { receiving: KnownAgency; competent: KnownAgency };

/** Postings in force on the day of `ctx.now`, of accounts that are open. */
const inForce = ({ now }: Pick<Context, "now">): Prisma.PostingWhereInput => {
  const day = isoDay(now);
  return {
    account: { disabledAt: null },
    AND: [
      { OR: [{ validFrom: null }, { validFrom: { lte: day } }] },
      { OR: [{ validTo: null }, { validTo: { gte: day } }] },
    ],
  };
};

/** The names of those who hold a role at one of the agencies today. */
export async function findHolders(
  ctx: Context<Admin>,
  agencyIds: readonly string[],
): Promise<(agencyId: string, role: string) => readonly string[]> {
  const rows = await ctx.db.posting.findMany({
    where: { ...inForce(ctx), agencyId: { in: [...agencyIds] } },
    relationLoadStrategy: "join",
    select: { agencyId: true, role: true, account: { select: { displayName: true } } },
    orderBy: { account: { displayName: "asc" } },
  });
  return (agencyId, role) =>
    rows.filter((row) => row.agencyId === agencyId && row.role === role).map(({ account }) => account.displayName);
}

const POLICE: readonly string[] = ["commune_police", "provincial_police"];

/**
 * The agencies that take the procedure in, each with the one that decides; of a procedure that nobody offers yet, every
 * agency of its levels that has a one-stop desk, the police only where a step is theirs.
 */
export async function findReceptions(
  ctx: Context<Admin>,
  { code, levels, workflow }: Pick<Sketch, "code" | "levels" | "workflow">,
): Promise<{ receptions: KnownReception[]; isOffered: boolean }> {
  const [offerings, agencies] = await Promise.all([listOfferings(ctx, code), listAgencies(ctx)]);
  const own = offerings.filter(({ filedAt }) => filedAt === "own");
  if (own.length > 0) {
    const receptions = own.map(async ({ agencyId, competentAgencyId }) => ({
      receiving: await findAgency(ctx, agencyId),
      competent: await findAgency(ctx, competentAgencyId),
    }));
    const found = await Promise.all(receptions);
    return {
      receptions: found.sort((a, b) => a.receiving.name.localeCompare(b.receiving.name, "vi")),
      isOffered: true,
    };
  }
  const isPolice = workflow.steps.some(({ agency }) => typeof agency !== "string" && POLICE.includes(agency.kind));
  const fitting = agencies.filter(
    (agency) =>
      (levels as readonly string[]).includes(agency.level) &&
      oneStopDeskOf(agency) !== undefined &&
      (isPolice || !POLICE.includes(agency.kind)),
  );
  return { receptions: fitting.map((agency) => ({ receiving: agency, competent: agency })), isOffered: false };
}

/** Codes of procedures that have a version here, at most 300: what a process may be copied from. */
export async function listConfiguredCodes({ db }: Context<Admin>): Promise<string[]> {
  const rows = await db.procedure.findMany({ select: { code: true }, orderBy: { code: "asc" }, take: 300 });
  return rows.map(({ code }) => code);
}
