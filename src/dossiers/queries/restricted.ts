import type { Context, Officer } from "#platform/context.ts";
import { Prisma, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";

type Reader = { accountId: string };

/** Rows of `dossiers d` that are no secret to the officer: `openToWhere` in SQL. An action asks it when it locks. */
export const openTo = ({ accountId }: Reader): Prisma.Sql => Prisma.sql`(NOT d.restricted OR EXISTS (
  SELECT FROM dossier_readers o WHERE o."dossierId" = d.id AND o."accountId" = ${accountId}::uuid))`;

/** Restricted dossiers that the officer is a reader of: a list of their own, as no other list holds them. */
export const readBy = ({ accountId }: Reader): Prisma.Sql => Prisma.sql`d.restricted AND d.id = ANY(ARRAY(
  SELECT o."dossierId" FROM dossier_readers o WHERE o."accountId" = ${accountId}::uuid))`;

/** The readers of a dossier; null: it is not restricted. One query, two where it is. */
export async function findReaders(tx: Pick<Tx, "dossier">, dossierId: string): Promise<ReadonlySet<string> | null> {
  const dossier = await tx.dossier.findUnique({
    where: { id: dossierId, restricted: true },
    select: { readers: { select: { accountId: true } } },
  });
  return dossier && new Set(dossier.readers.map(({ accountId }) => accountId));
}

export type Candidate = { accountId: string; name: string; title: string | null; agencyId: string };

/** Everybody who works today at one of these agencies: who can be named as a reader. One query. */
export async function listCandidates(ctx: Context<Officer>, agencyIds: readonly string[]): Promise<Candidate[]> {
  const day = isoDay(ctx.now);
  const postings = await ctx.db.posting.findMany({
    where: {
      agencyId: { in: [...agencyIds] },
      account: { kind: "officer", disabledAt: null },
      AND: [
        { OR: [{ validFrom: null }, { validFrom: { lte: day } }] },
        { OR: [{ validTo: null }, { validTo: { gte: day } }] },
      ],
    },
    select: { accountId: true, agencyId: true, title: true, account: { select: { displayName: true } } },
    orderBy: [{ account: { displayName: "asc" } }, { id: "asc" }],
  });
  const known = new Map<string, Candidate>();
  for (const { accountId, agencyId, title, account } of postings)
    if (!known.has(accountId)) known.set(accountId, { accountId, agencyId, title, name: account.displayName });
  return [...known.values()];
}
