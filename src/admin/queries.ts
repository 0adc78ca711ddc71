import type { Admin, Context } from "#platform/context.ts";

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
