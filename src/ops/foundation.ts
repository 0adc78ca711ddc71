/**
 * The reference data every installation stands on: administrative units, former wards, the calendar, the agencies of the
 * province, spellings, synonyms, life events, and the procedures that come with the portal. Run again, it changes only
 * what changed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { HolidayTable, importHolidays } from "#calendar/index.ts";
import { importPages, PAGE_KEYS, type PageKey } from "#content/index.ts";
import { importResultForms, ResultFormFile } from "#documents/index.ts";
import { importReasons, ReasonFile } from "#dossiers/index.ts";
import { DocumentTypeFile, importDocumentTypes, keepEntries, keyOf } from "#lists/index.ts";
import {
  AgencyFile,
  importAgencies,
  importFormerWards,
  importUnits,
  readFormerWards,
  UnitFile,
} from "#organizations/index.ts";
import type { Context } from "#platform/context.ts";
import { root } from "#platform/root.ts";
import {
  ethnicGroups,
  fillUses,
  importSynonyms,
  LifeEventFile,
  OfferingFile,
  offerProcedure,
  ProcedureDefinition,
  publishProcedure,
  rebuildCatalogue,
  SETTINGS,
  SectorFile,
  SynonymFile,
} from "#procedures/index.ts";

const SEED = join(root, "prisma/seed");
/** Two-tier local government, and with it the agencies and what they take in. */
const TWO_TIERS_SINCE = "2025-07-01";

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(SEED, path), "utf8"));

/** A page as it comes with the portal: the first line is its title. */
function readPage(key: PageKey): Parameters<typeof importPages>[1][number] {
  const read = (language: "vi" | "en"): { title: string; body: string } => {
    const text = readFileSync(join(SEED, "content", `${key}.${language}.md`), "utf8").normalize("NFC");
    const [first = "", ...rest] = text.split("\n");
    if (!first.startsWith("# "))
      throw new Error(`prisma/seed/content/${key}.${language}.md: the first line is no title`);
    return { title: first.slice(2).trim(), body: rest.join("\n").trim() };
  };
  const [vi, en] = [read("vi"), read("en")];
  return { key, titleVi: vi.title, bodyVi: vi.body, titleEn: en.title, bodyEn: en.body };
}

export type FoundationReport = {
  units: number;
  formerWards: number;
  holidays: number;
  agencies: number;
  procedures: number;
  published: number;
  offerings: number;
};

/**
 * Loads the reference data for a province (two-digit code of QĐ 19/2025/QĐ-TTg). Idempotent.
 * @throws when a seed file does not fit its shape; Refusal 404 for an unknown province
 */
export async function loadFoundation(ctx: Context, province: string): Promise<FoundationReport> {
  const units = await importUnits(ctx, UnitFile.parse(readJson("units.json")));
  const wards = readFormerWards(gunzipSync(readFileSync(join(SEED, "former-wards.csv.gz"))).toString("utf8"));
  if (wards.faults.length > 0) throw new Error(`former-wards.csv.gz: ${wards.faults[0]}`);
  const formerWards = await importFormerWards(ctx, wards.rows);
  const holidays = await importHolidays(ctx, HolidayTable.parse(readJson("holidays.json")));
  const { agencies } = await importAgencies(ctx, AgencyFile.parse(readJson("agencies.json")), province);
  await importPages(ctx, PAGE_KEYS.map(readPage));
  await importReasons(ctx, ReasonFile.parse(readJson("reasons.json")));
  const { sectors } = SectorFile.parse(readJson("sectors.json"));
  await keepEntries(
    ctx,
    "sector",
    sectors.map((text) => ({ key: keyOf(text), text })),
  );
  await keepEntries(
    ctx,
    "ethnicGroup",
    ethnicGroups.map(({ value, text }) => ({ key: value, text })),
  );
  await importDocumentTypes(ctx, DocumentTypeFile.parse(readJson("document-types.json")));
  const spellingsChanged = await keepSettings(ctx, province);
  await importSynonyms(ctx, SynonymFile.parse(readJson("synonyms.json")));
  const { procedures, published, offerings } = await loadProcedures(ctx);
  // Of a database from before it was written down: the library finds them at once.
  await fillUses(ctx);
  await importResultForms(ctx, ResultFormFile.parse(readJson("result-forms.json")));
  if (spellingsChanged) await rebuildCatalogue(ctx);
  return { units: units.read, formerWards: formerWards.read, holidays, agencies, procedures, published, offerings };
}

/** What the catalogue is made with. @returns whether the catalogue's rows must be made anew */
async function keepSettings(ctx: Context, province: string): Promise<boolean> {
  const unit = await ctx.db.administrativeUnit.findUniqueOrThrow({
    where: { code: province },
    select: { code: true, name: true, fullName: true },
  });
  const settings = [
    { key: SETTINGS.province, value: unit },
    { key: SETTINGS.sectors, value: SectorFile.parse(readJson("sectors.json")) },
    { key: SETTINGS.lifeEvents, value: LifeEventFile.parse(readJson("life-events.json")) },
  ];
  const changed: string[] = [];
  for (const { key, value } of settings) {
    const json = JSON.stringify(value);
    const count = await ctx.db.$executeRaw`
      INSERT INTO settings AS known (key, value, "updatedAt") VALUES (${key}, ${json}::jsonb, ${ctx.now})
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, "updatedAt" = excluded."updatedAt" WHERE known.value IS DISTINCT FROM excluded.value`;
    if (count > 0) changed.push(key);
  }
  return changed.includes(SETTINGS.sectors) || changed.includes(SETTINGS.province);
}

async function loadProcedures(ctx: Context): Promise<Pick<FoundationReport, "procedures" | "published" | "offerings">> {
  const plans = new Map(OfferingFile.parse(readJson("offerings.json")).offerings.map((plan) => [plan.code, plan]));
  const files = readdirSync(join(SEED, "procedures"))
    .filter((file) => file.endsWith(".json"))
    .sort();
  let published = 0;
  let offerings = 0;
  for (const file of files) {
    const parsed = ProcedureDefinition.safeParse(readJson(join("procedures", file)));
    if (!parsed.success)
      throw new Error(
        `prisma/seed/procedures/${file}: ${parsed.error.issues[0]?.path.join(".")}: ${parsed.error.issues[0]?.message}`,
      );
    const definition = parsed.data;
    const existing = await ctx.db.procedure.count({ where: { code: definition.code } });
    // The first version is in force from the day the agencies exist, so that dossiers of the past have one.
    const effectiveFrom = existing > 0 ? ctx.now : new Date(`${TWO_TIERS_SINCE}T00:00:00+07:00`);
    if ((await publishProcedure(ctx, definition, effectiveFrom)).isNew) published++;
    const plan = plans.get(definition.code);
    if (plan) offerings += await offerProcedure(ctx, plan, definition.channels, TWO_TIERS_SINCE);
  }
  return { procedures: files.length, published, offerings };
}
