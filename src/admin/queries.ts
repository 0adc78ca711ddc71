import type { Admin, Context } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import type { AgencyLevel } from "#platform/prisma/enums.ts";
import { notFound } from "#platform/refusal.ts";

type Asker = Context<Admin>;
export const PAGE_SIZE = 50;
export type Paged<T> = { rows: T[]; total: number; page: number };

/** How many of each thing the installation holds. */
export async function countHoldings({
  db,
}: Asker): Promise<{ agencies: number; people: number; procedures: number; citizens: number }> {
  const [agencies, people, procedures, citizens] = await Promise.all([
    db.agency.count(),
    db.account.count({ where: { kind: { in: ["officer", "admin"] } } }),
    db.procedure.count(),
    db.account.count({ where: { kind: "citizen" } }),
  ]);
  return { agencies, people, procedures, citizens };
}

const skipTo = (page: number) => ({ skip: (page - 1) * PAGE_SIZE, take: PAGE_SIZE });

export type AgencyRow = {
  id: string;
  name: string;
  identifier: string;
  level: AgencyLevel;
  isClosed: boolean;
  people: number;
};

/** Agencies by name whose folded name holds the folded words, or whose identifier begins with them. */
export async function listAgencyRows({ db }: Asker, q: string, page: number): Promise<Paged<AgencyRow>> {
  const all = await db.agency.findMany({
    select: {
      id: true,
      name: true,
      identifier: true,
      level: true,
      validTo: true,
      _count: { select: { postings: true } },
    },
    orderBy: [{ level: "asc" }, { name: "asc" }, { id: "asc" }],
  });
  const wanted = fold(q);
  const found = all.filter(
    ({ name, identifier }) => fold(name).includes(wanted) || identifier.toLowerCase().startsWith(q.toLowerCase()),
  );
  return {
    rows: found
      .slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
      .map(({ validTo, _count, ...row }) => ({ ...row, isClosed: validTo !== null, people: _count.postings })),
    total: found.length,
    page,
  };
}

const AGENCY_SELECT = {
  id: true,
  name: true,
  identifier: true,
  level: true,
  address: true,
  phone: true,
  validTo: true,
  parent: { select: { id: true, name: true } },
  children: { select: { id: true, name: true }, orderBy: { name: "asc" as const } },
  units: { select: { name: true }, orderBy: { name: "asc" as const } },
  postings: {
    select: { role: true, title: true, account: { select: { displayName: true } } },
    orderBy: { account: { displayName: "asc" as const } },
  },
  _count: { select: { offerings: true } },
} satisfies Prisma.AgencySelect;

export type AgencyDetails = Prisma.AgencyGetPayload<{ select: typeof AGENCY_SELECT }>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One agency with its place in the tree, its parts and who works there. @throws Refusal 404 */
export async function findAgencyDetails({ db }: Asker, id: string): Promise<AgencyDetails> {
  if (!UUID.test(id)) throw notFound();
  const agency = await db.agency.findUnique({ where: { id }, select: AGENCY_SELECT });
  if (!agency) throw notFound();
  return agency;
}

const PERSON_SELECT = {
  displayName: true,
  username: true,
  kind: true,
  disabledAt: true,
  passwordHash: true,
  postings: {
    select: { role: true, agency: { select: { shortName: true } } },
    orderBy: { agency: { name: "asc" as const } },
  },
} satisfies Prisma.AccountSelect;

export type PersonRow = Omit<Prisma.AccountGetPayload<{ select: typeof PERSON_SELECT }>, "passwordHash"> & {
  isActivated: boolean;
};

/** Officers and administrators by name. */
export async function listPeople({ db }: Asker, q: string, page: number): Promise<Paged<PersonRow>> {
  const where: Prisma.AccountWhereInput = {
    kind: { in: ["officer", "admin"] },
    ...(q
      ? { OR: [{ displayName: { contains: q, mode: "insensitive" } }, { username: { contains: q.toLowerCase() } }] }
      : {}),
  };
  const [rows, total] = await Promise.all([
    db.account.findMany({
      where,
      select: PERSON_SELECT,
      orderBy: [{ displayName: "asc" }, { id: "asc" }],
      ...skipTo(page),
    }),
    db.account.count({ where }),
  ]);
  return {
    rows: rows.map(({ passwordHash, ...row }) => ({ ...row, isActivated: passwordHash !== null })),
    total,
    page,
  };
}

export type ProcedureRow = {
  code: string;
  name: string;
  versions: { number: number; effectiveFrom: Date }[];
  offerings: number;
};

/** Configured procedures by code, with their versions, newest first. */
export async function listProcedureRows({ db }: Asker, page: number): Promise<Paged<ProcedureRow>> {
  const [rows, total] = await Promise.all([
    db.procedure.findMany({
      select: {
        code: true,
        versions: { select: { number: true, effectiveFrom: true }, orderBy: { number: "desc" } },
        _count: { select: { offerings: true } },
      },
      orderBy: { code: "asc" },
      ...skipTo(page),
    }),
    db.procedure.count(),
  ]);
  // Definitions are large: only their names are taken out of them.
  const names = await db.$queryRaw<{ code: string; name: string }[]>`
    SELECT DISTINCT ON (p.code) p.code, v.definition->'name'->>'vi' AS name
    FROM procedures p JOIN procedure_versions v ON v."procedureId" = p.id
    WHERE p.code = ANY(${rows.map(({ code }) => code)}) ORDER BY p.code, v.number DESC`;
  const nameOf = new Map(names.map(({ code, name }) => [code, name]));
  return {
    rows: rows.map(({ code, versions, _count }) => ({
      code,
      name: nameOf.get(code) ?? code,
      versions,
      offerings: _count.offerings,
    })),
    total,
    page,
  };
}
