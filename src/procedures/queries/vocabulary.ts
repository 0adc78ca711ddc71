import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { SETTINGS } from "../actions/catalogue.ts";
import { LifeEventFile } from "../inputs.ts";
import type { Facts } from "../rules/facts.ts";
import { createLookup, type LookedUp, type Lookup } from "../rules/lookup.ts";
import { slugOf } from "../rules/search.ts";
import { foldSynonyms, type Synonym } from "../rules/vocabulary.ts";

type Asker = Pick<Context, "db">;

export type LifeEvent = { label: string; codes: readonly string[] };
/** What the catalogue holds, as the search and its filters need it; kept in memory. */
export type Catalogue = Shelf & {
  /** Another one whenever anything of it changed. */
  stamp: string;
  synonyms: readonly Synonym[];
  lifeEvents: ReadonlyMap<string, LifeEvent>;
};
type Shelf = {
  lookup: Lookup;
  /** "ho-tich" -> "Hộ tịch" */
  sectors: ReadonlyMap<string, string>;
  agencies: ReadonlyMap<string, string>;
  subjects: ReadonlyMap<string, string>;
};

type Stamps = { entries: string; synonyms: string; settings: string };

/** Within so many milliseconds every process notices what another one changed. */
const NOTICED_MS = 2000;

// The transactions that wrote the rows, added up: unlike the latest time of change, no commit slips by unseen.
const stamps = remember(NOTICED_MS, async ({ db }: Asker, _key: "now"): Promise<Stamps> => {
  const [row] = await db.$queryRaw<Stamps[]>`
    SELECT (SELECT count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) FROM catalogue_entries) AS entries,
      (SELECT count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) FROM synonyms) AS synonyms,
      (SELECT coalesce(sum(xmin::text::bigint), 0)::text FROM settings WHERE key LIKE 'catalogue.%') AS settings`;
  if (!row) throw new Error("a query without a row");
  return row;
});

const DAY_MS = 86_400_000;
const BATCH = 500;

/** Rows in batches, so that a process that answers others is not held up; equal words are kept once. */
async function readEntries({ db }: Asker): Promise<(LookedUp & { searchText: string })[]> {
  const texts = new Map<string, string>();
  const once = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  const read: (LookedUp & { searchText: string })[] = [];
  for (let after = ""; ; ) {
    const rows = await db.catalogueEntry.findMany({
      where: { code: { gt: after } },
      omit: { updatedAt: true },
      orderBy: { code: "asc" },
      take: BATCH,
    });
    for (const row of rows)
      read.push({
        ...row,
        sector: row.sector === null ? null : once(row.sector),
        agencyName: row.agencyName === null ? null : once(row.agencyName),
        levels: row.levels.map(once),
        subjects: row.subjects.map(once),
        serviceLevel: row.serviceLevel as LookedUp["serviceLevel"],
        facts: row.facts as Facts,
      });
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return read;
    after = last.code;
  }
}

const shelves = remember(
  DAY_MS,
  async (ctx: Asker, _stamp: string): Promise<Shelf> => {
    const lookup = createLookup(await readEntries(ctx));
    const named = (names: Iterable<string | null>): Map<string, string> => {
      const bySlug = new Map<string, string>();
      for (const name of new Set(names)) if (name !== null) bySlug.set(slugOf(name), name);
      return bySlug;
    };
    return {
      lookup,
      sectors: named(lookup.entries.map(({ sector }) => sector)),
      agencies: named(lookup.entries.map(({ agencyName }) => agencyName)),
      subjects: named(lookup.entries.flatMap(({ subjects }) => subjects)),
    };
  },
  1,
);

const sayings = remember(
  DAY_MS,
  async ({ db }: Asker, _stamp: string): Promise<Synonym[]> =>
    foldSynonyms(await db.synonym.findMany({ where: { removed: false }, select: { say: true, means: true } })),
  1,
);

const events = remember(
  DAY_MS,
  async ({ db }: Asker, _stamp: string): Promise<ReadonlyMap<string, LifeEvent>> => {
    const setting = await db.setting.findUnique({ where: { key: SETTINGS.lifeEvents }, select: { value: true } });
    const known = LifeEventFile.safeParse(setting?.value).data ?? [];
    return new Map(known.map(({ key, label, procedures }) => [key, { label, codes: procedures }]));
  },
  1,
);

/** The catalogue from memory; asked every two seconds whether it changed, and read anew only when it did. */
export async function findCatalogue(ctx: Asker): Promise<Catalogue> {
  const stamp = await stamps.find(ctx, "now");
  const [shelf, synonyms, lifeEvents] = await Promise.all([
    shelves.find(ctx, stamp.entries),
    sayings.find(ctx, stamp.synonyms),
    events.find(ctx, stamp.settings),
  ]);
  return { ...shelf, synonyms, lifeEvents, stamp: Object.values(stamp).join(" ") };
}

/** After this process changed the words that people say. */
export const forgetWords = (ctx: Asker): void => stamps.forget(ctx);

/** After this process changed the catalogue. */
export const forgetCatalogue = (ctx: Asker): void => {
  stamps.forget(ctx);
  for (const forget of listeners) forget(ctx);
};

const listeners: ((ctx: Asker) => void)[] = [];
/** What else is remembered of the catalogue is forgotten with it. */
export const onForgetCatalogue = (forget: (ctx: Asker) => void): void => void listeners.push(forget);
