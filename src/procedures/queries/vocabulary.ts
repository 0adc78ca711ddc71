import type { Context } from "#platform/context.ts";
import { remember } from "#platform/memory.ts";
import { SETTINGS } from "../actions/catalogue.ts";
import { LifeEventFile, SynonymFile } from "../inputs.ts";
import { slugOf } from "../rules/search.ts";
import { createVocabulary, type Vocabulary } from "../rules/vocabulary.ts";

type Asker = Pick<Context, "db">;

/** What the catalogue holds, as the search and its filters need it. */
export type Catalogue = {
  vocabulary: Vocabulary;
  /** "ho-tich" -> "Hộ tịch" */
  sectors: ReadonlyMap<string, string>;
  agencies: ReadonlyMap<string, string>;
  subjects: ReadonlyMap<string, string>;
  lifeEvents: ReadonlyMap<string, { label: string; codes: readonly string[] }>;
};

const stamps = remember(20_000, async ({ db }: Asker, _key: "now"): Promise<string> => {
  const [row] = await db.$queryRaw<{ stamp: string }[]>`
    SELECT count(*) || ' ' || coalesce(max("updatedAt")::text, '') || ' ' || coalesce((SELECT max("updatedAt")::text FROM settings WHERE key LIKE 'catalogue.%'), '') AS stamp FROM catalogue_entries`;
  return row?.stamp ?? "";
});

const DAY_MS = 86_400_000;

const catalogues = remember(
  DAY_MS,
  async ({ db }: Asker, _stamp: string): Promise<Catalogue> => {
    const entries = await db.catalogueEntry.findMany({
      select: { searchName: true, keywords: true, sector: true, agencyName: true, subjects: true },
    });
    const settings = await db.setting.findMany({
      where: { key: { in: [SETTINGS.synonyms, SETTINGS.lifeEvents] } },
      select: { key: true, value: true },
    });
    const settingOf = (key: string): unknown => settings.find((setting) => setting.key === key)?.value;
    const named = (names: Iterable<string | null>): Map<string, string> => {
      const bySlug = new Map<string, string>();
      for (const name of names) if (name !== null) bySlug.set(slugOf(name), name);
      return bySlug;
    };
    const events = LifeEventFile.safeParse(settingOf(SETTINGS.lifeEvents)).data ?? [];
    return {
      vocabulary: createVocabulary(entries, SynonymFile.safeParse(settingOf(SETTINGS.synonyms)).data?.synonyms ?? []),
      sectors: named(entries.map(({ sector }) => sector)),
      agencies: named(entries.map(({ agencyName }) => agencyName)),
      subjects: named(entries.flatMap(({ subjects }) => subjects)),
      lifeEvents: new Map(events.map(({ key, label, procedures }) => [key, { label, codes: procedures }])),
    };
  },
  2,
);

/** The catalogue's words and names, from memory; asked anew (one small query) every 20 s, read anew only when it changed. */
export const findCatalogue = async (ctx: Asker): Promise<Catalogue> =>
  catalogues.find(ctx, await stamps.find(ctx, "now"));

/** After this process changed the catalogue. */
export const forgetCatalogue = (ctx: Asker): void => {
  stamps.forget(ctx);
  catalogues.forget(ctx);
  for (const forget of listeners) forget(ctx);
};

const listeners: ((ctx: Asker) => void)[] = [];
/** What else is remembered of the catalogue is forgotten with it. */
export const onForgetCatalogue = (forget: (ctx: Asker) => void): void => void listeners.push(forget);
