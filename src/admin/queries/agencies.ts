import { findDirectory, isOpen, type KnownAgency } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { fold, isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { keeps } from "../rules.ts";
import { isId } from "./people.ts";

type Asker = Context<Admin>;
export const AGENCIES_A_PAGE = 50;

export type AgencyFilter = { q: string; level: string | null; state: "open" | "closed"; page: number };
export type AgencyRow = { agency: KnownAgency; depth: number; people: number };
export type AgencyPage = { rows: AgencyRow[]; total: number; page: number };

const byName = new Intl.Collator("vi").compare;

/** Agencies in the order of the tree, each below the one above it. */
function inTree(agencies: readonly KnownAgency[]): { agency: KnownAgency; depth: number }[] {
  const rank = { ministry: 0, province: 1, other: 2, district: 3, commune: 4 } as const;
  const sorted = [...agencies].sort(
    (a, b) => rank[a.level] - rank[b.level] || byName(a.name, b.name) || (a.id < b.id ? -1 : 1),
  );
  const shown = new Set(agencies.map(({ id }) => id));
  const below = new Map<string | null, KnownAgency[]>();
  for (const agency of sorted) {
    const above = agency.parentId !== null && shown.has(agency.parentId) ? agency.parentId : null;
    below.set(above, [...(below.get(above) ?? []), agency]);
  }
  const walk = (above: string | null, depth: number): { agency: KnownAgency; depth: number }[] =>
    (below.get(above) ?? []).flatMap((agency) => [{ agency, depth }, ...walk(agency.id, depth + 1)]);
  return walk(null, 0);
}

/** Agencies within reach as a tree, 50 a page: from memory, with one query for how many people work at those shown. */
export async function listAgencyRows(ctx: Asker, { q, level, state, page }: AgencyFilter): Promise<AgencyPage> {
  const directory = await findDirectory(ctx);
  const day = isoDay(ctx.now);
  const wanted = fold(q);
  const found = directory.agencies.filter(
    (agency) =>
      keeps(ctx.actor, agency.id, directory) &&
      (level === null || agency.level === level) &&
      isOpen(agency, day) === (state === "open") &&
      (fold(agency.name).includes(wanted) || (q !== "" && agency.identifier.toLowerCase().startsWith(q.toLowerCase()))),
  );
  const shown = inTree(found).slice((page - 1) * AGENCIES_A_PAGE, page * AGENCIES_A_PAGE);
  const counts = await ctx.db.$queryRaw<{ id: string; people: number }[]>`
    SELECT "agencyId"::text AS id, count(DISTINCT "accountId")::int AS people FROM postings
    WHERE "agencyId" = ANY(${shown.map(({ agency }) => agency.id)}::uuid[]) AND ("validTo" IS NULL OR "validTo" >= ${day}) GROUP BY 1`;
  const peopleAt = new Map(counts.map(({ id, people }) => [id, people]));
  return {
    rows: shown.map(({ agency, depth }) => ({ agency, depth, people: peopleAt.get(agency.id) ?? 0 })),
    total: found.length,
    page,
  };
}

export type AgencyDetails = {
  agency: KnownAgency;
  isOpen: boolean;
  parent: KnownAgency | null;
  successor: KnownAgency | null;
  predecessors: readonly KnownAgency[];
  children: readonly KnownAgency[];
  people: number;
  offerings: number;
  counters: readonly { number: number; name: string | null; hall: { id: string; name: string } }[];
  administrators: readonly { id: string; displayName: string }[];
};

/** An agency within reach. No query when warm. @throws Refusal 404 */
export async function findKeptAgency(ctx: Asker, id: string): Promise<KnownAgency> {
  const directory = await findDirectory(ctx);
  const agency = isId(id) ? directory.agencyOf(id) : undefined;
  if (!agency || !keeps(ctx.actor, agency.id, directory)) throw notFound();
  return agency;
}

/** An agency within reach with its place in the tree and what belongs to it. @throws Refusal 404 */
export async function findAgencyDetails(ctx: Asker, id: string): Promise<AgencyDetails> {
  const agency = await findKeptAgency(ctx, id);
  const { agencies, agencyOf } = await findDirectory(ctx);
  const day = isoDay(ctx.now);
  const [[counts], counters, administrators] = await Promise.all([
    ctx.db.$queryRaw<{ people: number; offerings: number }[]>`
      SELECT (SELECT count(DISTINCT "accountId")::int FROM postings WHERE "agencyId" = ${id}::uuid AND ("validTo" IS NULL OR "validTo" >= ${day})) AS people,
        (SELECT count(DISTINCT "procedureId")::int FROM offerings WHERE "agencyId" = ${id}::uuid AND ("validTo" IS NULL OR "validTo" >= ${day})) AS offerings`,
    ctx.db.queueCounter.findMany({
      where: { agencyId: id, isClosed: false },
      select: { number: true, name: true, hall: { select: { id: true, name: true } } },
      orderBy: [{ hall: { name: "asc" } }, { number: "asc" }],
    }),
    ctx.db.account.findMany({
      where: { adminAgencyId: id, disabledAt: null },
      select: { id: true, displayName: true },
      orderBy: { displayName: "asc" },
    }),
  ]);
  const inOrder = (a: KnownAgency, b: KnownAgency): number => byName(a.name, b.name);
  return {
    agency,
    isOpen: isOpen(agency, day),
    parent: agency.parentId ? (agencyOf(agency.parentId) ?? null) : null,
    successor: agency.successorId ? (agencyOf(agency.successorId) ?? null) : null,
    predecessors: agencies.filter(({ successorId }) => successorId === id).sort(inOrder),
    children: agencies.filter((one) => one.parentId === id && isOpen(one, day)).sort(inOrder),
    people: counts?.people ?? 0,
    offerings: counts?.offerings ?? 0,
    counters,
    administrators,
  };
}

/** Whether an agency, closed ones included, has or had this identifier. */
export const isIdentifierTaken = async ({ db }: Asker, identifier: string): Promise<boolean> =>
  (await db.agency.count({ where: { identifier } })) > 0 ||
  (await db.agencyPlan.count({
    where: {
      kind: "founded",
      state: { in: ["planned", "refused"] },
      wanted: { path: ["identifier"], equals: identifier },
    },
  })) > 0;
