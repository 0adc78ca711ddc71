import { listEntries } from "#lists/index.ts";
import type { Context } from "#platform/context.ts";
import { Prisma, type Tx } from "#platform/db.ts";
import { ProcedureDefinition } from "../definition.ts";
import { NationalLine, SectorFile } from "../inputs.ts";
import {
  createSpellings,
  type Entry,
  entryOfDefinition,
  entryOfRecord,
  type OfficialName,
  type Spellings,
} from "../rules/catalogue.ts";

/** Reference data that the catalogue is made with, kept as settings so that a running portal reads no seed file. */
export const SETTINGS = {
  sectors: "catalogue.sectors",
  lifeEvents: "catalogue.lifeEvents",
  province: "province",
} as const;

/** One spelling for each sector and authority, and which province's own procedures come first. */
export async function findSpellings({ db }: Pick<Context, "db">): Promise<Spellings> {
  const rows = await db.setting.findMany({
    where: { key: { in: [SETTINGS.sectors, SETTINGS.province] } },
    select: { key: true, value: true },
  });
  const settingOf = (key: string): unknown => rows.find((row) => row.key === key)?.value;
  const home = settingOf(SETTINGS.province) as { name?: string } | undefined;
  const file = SectorFile.safeParse(settingOf(SETTINGS.sectors)).data ?? { sectors: [], authorities: [] };
  const own = (await listEntries({ db }, "sector")).filter(({ removed }) => !removed);
  return createSpellings(own.length > 0 ? { ...file, sectors: own.map(({ text }) => text) } : file, home?.name ?? null);
}

/** Writes rows of the catalogue with what the search reads. */
export async function storeEntries(tx: Tx, entries: readonly Entry[], now: Date): Promise<void> {
  if (entries.length === 0) return;
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO catalogue_entries (code, name, sector, "agencyName", levels, subjects, "serviceLevel", configured, "filedAt", keywords,
      "searchName", "searchText", priority, facts, "updatedAt")
    SELECT code, name, sector, "agencyName", ARRAY(SELECT jsonb_array_elements_text(levels)), ARRAY(SELECT jsonb_array_elements_text(subjects)),
      "serviceLevel", configured, "filedAt"::"FiledAt", keywords, "searchName", "searchText", priority, facts, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS r(code text, name text, sector text, "agencyName" text, levels jsonb,
      subjects jsonb, "serviceLevel" text, configured boolean, "filedAt" text, keywords text, "searchName" text, "searchText" text,
      priority int, facts jsonb)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, sector = excluded.sector, "agencyName" = excluded."agencyName",
      levels = excluded.levels, subjects = excluded.subjects, "serviceLevel" = excluded."serviceLevel", configured = excluded.configured,
      "filedAt" = excluded."filedAt", keywords = excluded.keywords, "searchName" = excluded."searchName",
      "searchText" = excluded."searchText", priority = excluded.priority, facts = excluded.facts,
      "updatedAt" = excluded."updatedAt"`);
}

type InForce = { code: string; definition: unknown; filedAt: Entry["filedAt"]; official: OfficialName | null };

/** Versions in force at `now` of these codes, with what the national catalogue calls them. */
const listInForce = (tx: Tx, codes: readonly string[], now: Date): Promise<InForce[]> =>
  tx.$queryRaw<InForce[]>(Prisma.sql`
    SELECT DISTINCT ON (p.id) p.code, v.definition,
      (SELECT o."filedAt"::text FROM offerings o WHERE o."procedureId" = p.id ORDER BY o."validFrom" DESC LIMIT 1) AS "filedAt",
      (SELECT jsonb_build_object('name', n.raw->>'name', 'authority', n.raw->>'promulgating_agency') FROM national_records n WHERE n.code = p.code) AS official
    FROM procedures p JOIN procedure_versions v ON v."procedureId" = p.id AND v."effectiveFrom" <= ${now}
    WHERE p.code = ANY(${[...codes]})
    ORDER BY p.id, v."effectiveFrom" DESC, v.number DESC`);

/** Definitions are large: more are never in memory at once. */
const IN_MEMORY = 50;

/**
 * Writes the catalogue's rows of configured procedures from their versions in force, some fifty at a time.
 * @param codes of all procedures when null
 * @returns the codes among them that have a version in force: a national record never shows in their place
 */
export async function refreshConfigured(
  tx: Tx,
  codes: readonly string[] | null,
  spellings: Spellings,
  now: Date,
): Promise<Set<string>> {
  const asked =
    codes ?? (await tx.procedure.findMany({ select: { code: true }, orderBy: { code: "asc" } })).map((one) => one.code);
  const configured = new Set<string>();
  for (let at = 0; at < asked.length; at += IN_MEMORY) {
    const inForce = await listInForce(tx, asked.slice(at, at + IN_MEMORY), now);
    const entries = inForce.map(({ definition, filedAt, official }) =>
      entryOfDefinition(ProcedureDefinition.parse(definition), filedAt, official, spellings),
    );
    await storeEntries(tx, entries, now);
    for (const { code } of inForce) configured.add(code);
  }
  return configured;
}

const COMING_MS = 40 * 86_400_000;

/**
 * Writes the catalogue's rows of procedures of which a version came into force since it was published: lists and search
 * show it from its day on. Of the last forty days, so that a portal that stood still catches up.
 */
export async function refreshArrived(ctx: Pick<Context, "db" | "now">): Promise<void> {
  const rows = await ctx.db.$queryRaw<{ code: string }[]>`
    SELECT DISTINCT p.code FROM procedures p JOIN procedure_versions v ON v."procedureId" = p.id
    WHERE v."effectiveFrom" <= ${ctx.now} AND v."effectiveFrom" > ${new Date(ctx.now.getTime() - COMING_MS)} AND v."effectiveFrom" > v."publishedAt"`;
  if (rows.length === 0) return;
  await refreshConfigured(
    ctx.db,
    rows.map(({ code }) => code),
    await findSpellings(ctx),
    ctx.now,
  );
}

const BATCH = 200;

/**
 * Makes the whole catalogue anew from versions in force and national records, in batches of 200: after a change of
 * spellings or of what the search reads.
 * @returns rows written
 */
export async function rebuildCatalogue(ctx: Context): Promise<number> {
  const spellings = await findSpellings(ctx);
  let written = 0;
  const configured = [...(await refreshConfigured(ctx.db, null, spellings, ctx.now))];
  written += configured.length;
  for (let after = ""; ; ) {
    const records = await ctx.db.nationalRecord.findMany({
      where: { code: { gt: after, notIn: configured } },
      select: { code: true, raw: true },
      orderBy: { code: "asc" },
      take: BATCH,
    });
    const last = records.at(-1);
    if (!last) return written;
    await storeEntries(
      ctx.db,
      records.map(({ raw }) => entryOfRecord(NationalLine.parse(raw), spellings)),
      ctx.now,
    );
    written += records.length;
    after = last.code;
  }
}
