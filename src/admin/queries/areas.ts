import type { UnitFile } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { fold } from "#platform/format.ts";

export type Area = { code: string; fullName: string; parent: string | null; communes: number };
export type Areas = { provinces: number; communes: number; rows: Area[] };
const MOST = 100;

/** Provinces with their number of communes; searched, provinces and communes by name or code, at most 100. */
export async function listAreas({ db }: Context<Admin>, q: string): Promise<Areas> {
  const wanted = fold(q);
  const [counts, rows] = await Promise.all([
    db.administrativeUnit.groupBy({ by: ["level"], _count: { _all: true } }),
    db.administrativeUnit.findMany({
      where:
        q === "" ? { level: "province" } : { OR: [{ searchName: { contains: wanted } }, { code: { startsWith: q } }] },
      relationLoadStrategy: "join",
      select: {
        code: true,
        fullName: true,
        parent: { select: { fullName: true } },
        _count: { select: { children: true } },
      },
      orderBy: { code: "asc" },
      take: MOST,
    }),
  ]);
  const count = (level: string): number => counts.find((one) => one.level === level)?._count._all ?? 0;
  return {
    provinces: count("province"),
    communes: count("commune"),
    rows: rows.map(({ code, fullName, parent, _count }) => ({
      code,
      fullName,
      parent: parent?.fullName ?? null,
      communes: _count.children,
    })),
  };
}

export type AreaDifference = {
  provinces: number;
  communes: number;
  added: number;
  same: number;
  missing: number;
  changed: { code: string; before: string; after: string }[];
};

/** What a file of administrative units would change. One query. */
export async function compareAreas({ db }: Context<Admin>, file: UnitFile): Promise<AreaDifference> {
  const stored = await db.administrativeUnit.findMany({ select: { code: true, fullName: true, parentCode: true } });
  const known = new Map(stored.map((unit) => [unit.code, unit]));
  const wanted = file.provinces.flatMap((province) => [
    { code: province.code, fullName: province.full_name.normalize("NFC"), parentCode: null as string | null },
    ...province.units.map((unit) => ({
      code: unit.code,
      fullName: unit.full_name.normalize("NFC"),
      parentCode: province.code,
    })),
  ]);
  const said = ({ fullName, parentCode }: { fullName: string; parentCode: string | null }): string =>
    parentCode ? `${fullName} (${parentCode})` : fullName;
  const changed = wanted.flatMap((unit) => {
    const before = known.get(unit.code);
    return before && said(before) !== said(unit) ? [{ code: unit.code, before: said(before), after: said(unit) }] : [];
  });
  const added = wanted.filter(({ code }) => !known.has(code)).length;
  const codes = new Set(wanted.map(({ code }) => code));
  return {
    provinces: file.provinces.length,
    communes: wanted.length - file.provinces.length,
    added,
    changed,
    same: wanted.length - added - changed.length,
    missing: stored.filter(({ code }) => !codes.has(code)).length,
  };
}
