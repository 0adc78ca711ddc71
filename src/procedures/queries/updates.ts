import { z } from "zod";
import type { Admin, Context } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import type { ProposalKind } from "../rules/updates.ts";

export type CatalogueUpdate = {
  id: string;
  fileName: string;
  readAt: Date;
  byName: string | null;
  lines: number;
  failed: number;
  faults: readonly { line: number; text: string }[];
};
/** Of each kind: not decided, decided and not carried out yet, taken over, left as it was, and all. */
export type UpdateCounts = Readonly<
  Record<ProposalKind, { open: number; waiting: number; accepted: number; left: number; all: number }>
>;
export type Proposal = {
  code: string;
  kind: ProposalKind;
  name: string;
  fields: readonly string[];
  wanted: boolean | null;
  /** null: not carried out. */
  accepted: boolean | null;
  /** Has a version of its own here. */
  isConfigured: boolean;
};

export const PROPOSALS_PER_PAGE = 50;

const named = async (
  { db }: Context<Admin>,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => string | null> => {
  const rows = await db.account.findMany({
    where: { id: { in: ids.filter((id): id is string => id !== null) } },
    select: { id: true, displayName: true },
  });
  return (id) => rows.find((row) => row.id === id)?.displayName ?? null;
};

/** Files that were laid beside the records, the newest first, at most 20. */
export async function listCatalogueUpdates(ctx: Context<Admin>): Promise<CatalogueUpdate[]> {
  const rows = await ctx.db.catalogueUpdate.findMany({ orderBy: { readAt: "desc" }, take: 20 });
  const nameOf = await named(
    ctx,
    rows.map(({ byId }) => byId),
  );
  return rows.map(({ byId, faults, ...row }) => ({
    ...row,
    byName: nameOf(byId),
    faults: faults as unknown as CatalogueUpdate["faults"],
  }));
}

/** One of them, with how much of each kind there is. @throws Refusal 404 */
export async function findCatalogueUpdate(
  ctx: Context<Admin>,
  id: string,
): Promise<{ update: CatalogueUpdate; counts: UpdateCounts }> {
  const row = z.uuid().safeParse(id).success ? await ctx.db.catalogueUpdate.findUnique({ where: { id } }) : null;
  if (!row) throw notFound();
  const [nameOf, counted] = await Promise.all([
    named(ctx, [row.byId]),
    ctx.db.$queryRaw<({ kind: ProposalKind } & UpdateCounts[ProposalKind])[]>`
      SELECT kind, count(*) FILTER (WHERE wanted IS NULL)::int AS open,
        count(*) FILTER (WHERE wanted IS NOT NULL AND accepted IS NULL)::int AS waiting,
        count(*) FILTER (WHERE accepted)::int AS accepted, count(*) FILTER (WHERE NOT accepted)::int AS left, count(*)::int AS all
      FROM catalogue_proposals WHERE "updateId" = ${id}::uuid GROUP BY kind`,
  ]);
  const of = (kind: ProposalKind) => {
    const { kind: _kind, ...counts } = counted.find((one) => one.kind === kind) ?? { kind };
    return { open: 0, waiting: 0, accepted: 0, left: 0, all: 0, ...counts };
  };
  const { byId, faults, ...rest } = row;
  return {
    update: { ...rest, byName: nameOf(byId), faults: faults as unknown as CatalogueUpdate["faults"] },
    counts: { new: of("new"), changed: of("changed"), missing: of("missing") },
  };
}

/** What a file would do, of one kind, by code. @param page from 1 */
export async function listProposals(
  { db }: Context<Admin>,
  updateId: string,
  kind: ProposalKind,
  page: number,
): Promise<Proposal[]> {
  const rows = await db.catalogueProposal.findMany({
    where: { updateId, kind },
    select: { code: true, name: true, fields: true, wanted: true, accepted: true },
    orderBy: { code: "asc" },
    skip: (page - 1) * PROPOSALS_PER_PAGE,
    take: PROPOSALS_PER_PAGE,
  });
  const own = await db.procedure.findMany({
    where: { code: { in: rows.map(({ code }) => code) } },
    select: { code: true },
  });
  const configured = new Set(own.map(({ code }) => code));
  return rows.map((row) => ({ ...row, kind, isConfigured: configured.has(row.code) }));
}

/** One proposal with both states of the line. @throws Refusal 404 */
export async function findProposal(
  { db }: Context<Admin>,
  updateId: string,
  code: string,
): Promise<Proposal & { before: Record<string, unknown>; after: Record<string, unknown> }> {
  const row = await db.catalogueProposal.findUnique({ where: { updateId_code: { updateId, code } } });
  if (!row) throw notFound();
  const isConfigured = (await db.procedure.count({ where: { code } })) > 0;
  const { kind, name, fields, wanted, accepted } = row;
  return {
    code,
    kind: kind as ProposalKind,
    name,
    fields,
    wanted,
    accepted,
    isConfigured,
    before: (row.before ?? {}) as Record<string, unknown>,
    after: (row.after ?? {}) as Record<string, unknown>,
  };
}
