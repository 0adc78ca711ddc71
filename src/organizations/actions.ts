import type { Context } from "#platform/context.ts";
import { Prisma, type Tx } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import type { AgencyFile, AgencyPlan, FormerWardRow, UnitFile } from "./inputs.ts";
import { forgetOrganizations } from "./queries.ts";

const BATCH = 2500;
const batchesOf = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, i) => rows.slice(i * BATCH, (i + 1) * BATCH));

/**
 * Stores provinces and communes; a row that changed is changed, a unit that the file lacks stays, since old addresses
 * name it.
 * @returns units read, and how many of them were new or changed
 */
export async function importUnits(ctx: Context, file: UnitFile): Promise<{ read: number; changed: number }> {
  const rows = file.provinces.flatMap((province) => [
    { ...unitRow(province), level: "province", parentCode: null as string | null },
    ...province.units.map((unit) => ({ ...unitRow(unit), level: "commune", parentCode: province.code })),
  ]);
  // Provinces before their communes: the parent must exist.
  const changed = await ctx.db.$transaction(async (tx) => {
    let count = 0;
    for (const level of ["province", "commune"])
      for (const batch of batchesOf(rows.filter((row) => row.level === level))) count += await storeUnits(tx, batch);
    return count;
  });
  forgetOrganizations(ctx);
  return { read: rows.length, changed };
}

const unitRow = ({ code, name, full_name, type }: { code: string; name: string; full_name: string; type: string }) => ({
  code,
  name: name.normalize("NFC"),
  fullName: full_name.normalize("NFC"),
  type,
  searchName: fold(full_name),
});

const storeUnits = (tx: Tx, rows: readonly object[]): Promise<number> =>
  tx.$executeRaw(Prisma.sql`
    INSERT INTO administrative_units AS known (code, name, "fullName", type, level, "parentCode", "searchName")
    SELECT code, name, "fullName", type, level::"AgencyLevel", "parentCode", "searchName"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(code text, name text, "fullName" text, type text, level text, "parentCode" text, "searchName" text)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, "fullName" = excluded."fullName", type = excluded.type,
      level = excluded.level, "parentCode" = excluded."parentCode", "searchName" = excluded."searchName"
    WHERE (known.name, known."fullName", known.type, known.level, known."parentCode", known."searchName")
      IS DISTINCT FROM (excluded.name, excluded."fullName", excluded.type, excluded.level, excluded."parentCode", excluded."searchName")`);

/** Stores the map from wards until 30/06/2025 to units now. @returns rows read, and how many were new or changed */
export async function importFormerWards(
  ctx: Context,
  wards: readonly FormerWardRow[],
): Promise<{ read: number; changed: number }> {
  const rows = wards.map((ward) => ({
    ...ward,
    searchName: fold(`${ward.name} ${ward.districtName} ${ward.provinceName}`),
  }));
  const changed = await ctx.db.$transaction(async (tx) => {
    let count = 0;
    for (const batch of batchesOf(rows))
      count += await tx.$executeRaw(Prisma.sql`
        INSERT INTO former_wards AS known (code, name, "districtName", "provinceName", "currentCode", "searchName")
        SELECT code, name, "districtName", "provinceName", "currentCode", "searchName"
        FROM jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
          AS r(code text, name text, "districtName" text, "provinceName" text, "currentCode" text, "searchName" text)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, "districtName" = excluded."districtName",
          "provinceName" = excluded."provinceName", "currentCode" = excluded."currentCode", "searchName" = excluded."searchName"
        WHERE (known.name, known."districtName", known."provinceName", known."currentCode")
          IS DISTINCT FROM (excluded.name, excluded."districtName", excluded."provinceName", excluded."currentCode")`);
    return count;
  });
  return { read: rows.length, changed };
}

const inSentence = (fullName: string): string => fullName.charAt(0).toLowerCase() + fullName.slice(1);

type AgencyRow = Omit<AgencyPlan, "parent" | "units" | "key"> & {
  unitCode: string;
  parent: string | null;
  parts: { name: string; kind: string }[];
};

/**
 * Makes the agencies of the province and of each of its communes, with their parts; an agency is known by its identifier.
 * What was entered by hand (address, phone, office hours) stays; an agency that an administrator changed is left alone.
 * @returns how many agencies there are in the plan, and how many rows were new or changed
 * @throws Refusal the province is not among the administrative units
 */
export async function importAgencies(
  ctx: Context,
  file: AgencyFile,
  provinceCode: string,
): Promise<{ agencies: number; changed: number }> {
  const province = await ctx.db.administrativeUnit.findUnique({
    where: { code: provinceCode },
    select: { code: true, fullName: true },
  });
  const identifier = file.identifiers[provinceCode];
  if (!province || !identifier) throw notFound();
  const communes = await ctx.db.administrativeUnit.findMany({
    where: { parentCode: provinceCode },
    select: { code: true, fullName: true },
    orderBy: { code: "asc" },
  });

  const identifiers = new Map<string, string>();
  const planned = (plans: readonly AgencyPlan[], unit: { code: string; fullName: string }): AgencyRow[] =>
    plans.map(({ key, units, parent, ...plan }) => {
      const fill = (text: string): string =>
        text
          .replaceAll("{identifier}", identifier)
          .replaceAll("{province}", inSentence(province.fullName))
          .replaceAll("{commune}", inSentence(unit.fullName))
          .replaceAll("{unit}", unit.code);
      const row = {
        ...plan,
        identifier: fill(plan.identifier),
        name: fill(plan.name),
        shortName: fill(plan.shortName),
      };
      if (key) identifiers.set(key, row.identifier);
      return {
        ...row,
        unitCode: unit.code,
        parent: parent === null ? null : (identifiers.get(parent) ?? null),
        parts: units.map(([name, kind]) => ({ name, kind })),
      };
    });
  const rows = [...planned(file.province, province), ...communes.flatMap((commune) => planned(file.commune, commune))];
  const changed = await ctx.db.$transaction(
    async (tx) => (await storeAgencies(tx, rows)) + (await storeParts(tx, rows)),
  );
  forgetOrganizations(ctx);
  return { agencies: rows.length, changed };
}

/** Agencies of which no administrator has said anything: what the files say of them holds. */
const untouched = (table: string): Prisma.Sql =>
  Prisma.sql`NOT EXISTS (SELECT FROM office_events e WHERE e."agencyId" = ${Prisma.raw(table)}.id AND e."byId" IS NOT NULL AND e."accountId" IS NULL)`;

async function storeAgencies(tx: Tx, rows: readonly AgencyRow[]): Promise<number> {
  const stored = await tx.$executeRaw(Prisma.sql`
    INSERT INTO agencies AS known (id, identifier, kind, level, functions, name, "shortName", "unitCode")
    SELECT gen_random_uuid(), identifier, kind, level::"AgencyLevel", ARRAY(SELECT jsonb_array_elements_text(functions)), name, "shortName", "unitCode"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(identifier text, kind text, level text, functions jsonb, name text, "shortName" text, "unitCode" text)
    ON CONFLICT (identifier) DO UPDATE SET kind = excluded.kind, level = excluded.level, functions = excluded.functions,
      name = excluded.name, "shortName" = excluded."shortName", "unitCode" = excluded."unitCode"
    WHERE ${untouched("known")} AND (known.kind, known.level, known.functions, known.name, known."shortName", known."unitCode")
      IS DISTINCT FROM (excluded.kind, excluded.level, excluded.functions, excluded.name, excluded."shortName", excluded."unitCode")`);
  await tx.$executeRaw(Prisma.sql`
    UPDATE agencies child SET "parentId" = parent.id
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(identifier text, parent text)
    JOIN agencies parent ON parent.identifier = r.parent
    WHERE child.identifier = r.identifier AND child."parentId" IS DISTINCT FROM parent.id AND ${untouched("child")}`);
  return stored;
}

const storeParts = (tx: Tx, rows: readonly AgencyRow[]): Promise<number> =>
  tx.$executeRaw(Prisma.sql`
    INSERT INTO units AS known (id, "agencyId", name, kind)
    SELECT gen_random_uuid(), agencies.id, part.name, part.kind
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(identifier text, parts jsonb)
    JOIN agencies ON agencies.identifier = r.identifier AND ${untouched("agencies")}
    CROSS JOIN LATERAL jsonb_to_recordset(r.parts) AS part(name text, kind text)
    ON CONFLICT ("agencyId", name) DO UPDATE SET kind = excluded.kind WHERE known.kind IS DISTINCT FROM excluded.kind`);
