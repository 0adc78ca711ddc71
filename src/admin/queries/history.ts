import type { Admin, Context } from "#platform/context.ts";
import { type Deed, type Values, whyNotUndone } from "../rules.ts";

export type DeedRow = {
  id: string;
  at: Date;
  byName: string | null;
  did: Deed;
  reason: string | null;
  effectiveOn: string | null;
  before: Values;
  after: Values;
  agencyName: string | null;
  personName: string | null;
  /** Why it cannot be taken back; null: it can, while what it says still stands. */
  whyNot: ReturnType<typeof whyNotUndone>;
};

const MOST = 30;

/** What was done to an agency with its parts, or to a person, newest first, at most 30. One query. */
export async function listDeeds(
  { db }: Context<Admin>,
  of: { agencyId: string } | { accountId: string },
): Promise<DeedRow[]> {
  const rows = await db.officeEvent.findMany({
    where: of,
    relationLoadStrategy: "join",
    select: {
      id: true,
      at: true,
      did: true,
      reason: true,
      effectiveOn: true,
      before: true,
      after: true,
      undoesId: true,
      accountId: true,
      by: { select: { displayName: true } },
      agency: { select: { name: true } },
      account: { select: { displayName: true } },
      undoneBy: { select: { id: true } },
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MOST,
  });
  return rows.map(({ by, agency, account, undoesId, undoneBy, did, before, after, accountId: _, ...row }) => ({
    ...row,
    did: did as Deed,
    before: before as Values,
    after: after as Values,
    byName: by?.displayName ?? null,
    agencyName: agency?.name ?? null,
    personName: account?.displayName ?? null,
    whyNot: whyNotUndone(did, undoneBy !== null, undoesId !== null),
  }));
}

/** The newest row of a history of one thing alone: what a form was opened on. */
export async function findLast(
  { db }: Context<Admin>,
  of: { agencyId: string } | { accountId: string },
): Promise<string> {
  const last = await db.officeEvent.findFirst({
    where: "agencyId" in of ? { ...of, accountId: null } : of,
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  return last?.id ?? "";
}
