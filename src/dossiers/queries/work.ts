import { findDirectory } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import { openToWhere } from "../rules/restricted.ts";
import { holding } from "./holders.ts";
import { agenciesOf } from "./lists.ts";
import { dossierParts, type FullDossier, type OwnFile, resultFile } from "./own.ts";

/**
 * The dossiers that an officer may see: received by their agency, or standing (once or now) at a step there; those of
 * agencies whose work it took over, too. Restricted ones only their readers see.
 */
async function visibleTo(ctx: Context<Officer>): Promise<Prisma.DossierWhereInput> {
  const { ancestorsOf } = await findDirectory(ctx);
  const agencies = agenciesOf(ctx.actor).flatMap((id) => [id, ...ancestorsOf(id)]);
  return {
    OR: [{ receivingAgencyId: { in: agencies } }, { stepRuns: { some: { agencyId: { in: agencies } } } }],
    AND: openToWhere(ctx.actor),
  };
}

/** A dossier with everything the officer's page shows; one of an unrelated agency does not exist. One query. */
export async function findWorkDossier(ctx: Context<Officer>, id: string): Promise<FullDossier> {
  const dossier = await ctx.db.dossier.findFirst({
    where: { id, ...(await visibleTo(ctx)) },
    relationLoadStrategy: "join",
    include: dossierParts,
  });
  if (!dossier) throw notFound();
  return dossier;
}

/** A file of a dossier that the officer may see: a paper handed in, or a result. */
export async function findWorkFile(ctx: Context<Officer>, dossierId: string, fileId: string): Promise<OwnFile> {
  const dossier = { id: dossierId, ...(await visibleTo(ctx)) };
  const attachment = await ctx.db.attachment.findFirst({ where: { id: fileId, dossier } });
  return attachment ?? resultFile(await ctx.db.result.findFirst({ where: { id: fileId, dossier } }));
}

export type Colleague = { accountId: string; name: string; title: string | null };

/** Who may be given a step: everybody who holds its role at its agency today. */
export async function listColleagues(ctx: Context<Officer>, agencyId: string, role: string): Promise<Colleague[]> {
  const postings = await ctx.db.posting.findMany({
    where: holding(agencyId, role, ctx.now),
    select: { accountId: true, title: true, account: { select: { displayName: true } } },
    orderBy: { account: { displayName: "asc" } },
  });
  return postings.map(({ accountId, title, account }) => ({ accountId, title, name: account.displayName }));
}

/** Names of the accounts that acted in a history, by account id. One query. */
export async function namesOf(ctx: Context, accountIds: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(accountIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const accounts = await ctx.db.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, displayName: true },
  });
  return new Map(accounts.map(({ id, displayName }) => [id, displayName]));
}
