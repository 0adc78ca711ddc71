import { z } from "zod";
import { AGENCY_FUNCTIONS, AGENCY_KINDS } from "#workflow/definition.ts";
import { UNIT_KINDS } from "./rules.ts";

const name = z.string().trim().min(1).max(200);
const code = (digits: number) =>
  z.string().regex(new RegExp(`^\\d{${digits}}$`), `a code of ${digits} digits is expected`);

const Commune = z.object({ code: code(5), name, full_name: name, type: z.enum(["xa", "phuong", "dac_khu"]) });

/** Administrative units as a file: provinces with their communes (codes of QĐ 19/2025/QĐ-TTg). */
export const UnitFile = z
  .object({
    meta: z.looseObject({ source: z.string() }),
    provinces: z
      .array(
        z.object({
          code: code(2),
          name,
          full_name: name,
          type: z.enum(["tinh", "thanh_pho"]),
          units: z.array(Commune).min(1),
        }),
      )
      .min(1),
  })
  .superRefine(({ provinces }, context) => {
    const seen = new Set<string>();
    for (const unit of provinces.flatMap((province) => [province, ...province.units])) {
      if (seen.has(unit.code))
        context.addIssue({
          code: "custom",
          message: `code ${unit.code} (${unit.full_name}) stands twice`,
          path: ["provinces"],
        });
      seen.add(unit.code);
    }
  });
export type UnitFile = z.output<typeof UnitFile>;

const FORMER_WARD_COLUMNS = [
  "old_ward_code",
  "old_ward_name",
  "old_district_name",
  "old_province_name",
  "new_ward_code",
] as const;
export type FormerWardRow = {
  code: string;
  name: string;
  districtName: string;
  provinceName: string;
  currentCode: string;
};

/** Cells of one CSV line; quoted cells may hold commas and doubled quotes. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, line.endsWith(",") ? undefined : -1)
    .map(([, cell = ""]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));

/** Wards until 30/06/2025 and the units they are now in, from CSV text; lines that do not fit are named. */
export function readFormerWards(text: string): { rows: FormerWardRow[]; faults: string[] } {
  const [head = "", ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const columns = cellsOf(head);
  const places = FORMER_WARD_COLUMNS.map((column) => columns.indexOf(column));
  const missing = FORMER_WARD_COLUMNS.filter((_, i) => places[i] === -1);
  if (missing.length > 0) return { rows: [], faults: [`line 1: no column ${missing.join(", ")}`] };
  const rows: FormerWardRow[] = [];
  const faults: string[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === "") return;
    const cells = cellsOf(line);
    const [code = "", name = "", districtName = "", provinceName = "", currentCode = ""] = places.map(
      (place) => cells[place] ?? "",
    );
    if (/^\d{5}$/.test(code) && /^\d{5}$/.test(currentCode) && name !== "")
      rows.push({ code, name, districtName, provinceName, currentCode });
    else faults.push(`line ${i + 2}: a ward's code of 5 digits, its name and the code of its unit now are expected`);
  });
  return { rows, faults };
}

const agency = z.strictObject({
  key: z.string().optional(),
  identifier: z.string(),
  kind: z.enum(AGENCY_KINDS),
  level: z.enum(["ministry", "province", "commune", "other"]),
  functions: z.array(z.enum(AGENCY_FUNCTIONS)),
  name,
  shortName: name,
  parent: z.string().nullable(),
  units: z.array(z.tuple([name, z.enum(UNIT_KINDS)])),
});
export type AgencyPlan = z.output<typeof agency>;

/**
 * Which agencies a province has: those of the province, and those that every commune has. Texts may hold
 * {identifier}, {province}, {commune} and {unit}.
 */
export const AgencyFile = z.strictObject({
  meta: z.looseObject({ source: z.string(), note: z.string() }),
  identifiers: z.record(code(2), z.string().regex(/^[0-9A-Z.]+$/)),
  province: z.array(agency).min(1),
  commune: z.array(agency).min(1),
});
export type AgencyFile = z.output<typeof AgencyFile>;
