import type { Context } from "#platform/context.ts";
import { fold } from "#platform/format.ts";
import { remember } from "#platform/memory.ts";
import { type CatalogueQuery, LEVEL_WORDS, SERVICE_WORDS } from "../inputs.ts";
import { type Choices, type FacetCounts, narrow } from "../rules/facets.ts";
import { type CatalogueRow, findAlike, findMatching, type Hits, type LookedUp } from "../rules/lookup.ts";
import { codeTyped, type Plan, planSearch, slugOf } from "../rules/search.ts";
import { type Catalogue, findCatalogue } from "./vocabulary.ts";

type Asker = Pick<Context, "db">;

export const PAGE_SIZE = 20;

export type CatalogueResult = {
  total: number;
  rows: CatalogueRow[];
  facets: FacetCounts;
  /** What was understood, when it is not what was typed. */
  corrected: string | null;
  /** Nothing had the words; these names look alike. */
  alike: boolean;
  lifeEvent: string | null;
  /** How many there would be without the filters, when there are none with them. */
  unfiltered: number;
  /** When nothing was found: sectors whose name has one of the words. */
  sectors: string[];
};

/** An unknown choice matches nothing. */
function choicesOf(query: CatalogueQuery, catalogue: Catalogue): Choices {
  const named = (names: ReadonlyMap<string, string>, slug: string | undefined): string | null =>
    slug === undefined ? null : (names.get(slugOf(slug)) ?? `\u2205${slug}`);
  return {
    sector: named(catalogue.sectors, query["linh-vuc"]),
    agency: named(catalogue.agencies, query["co-quan"]),
    subject: named(catalogue.subjects, query["doi-tuong"]),
    level: query.cap === undefined ? null : LEVEL_WORDS[query.cap],
    service: query.muc === undefined ? null : SERVICE_WORDS[query.muc],
  };
}

/** What the words find: those that have them or, when nothing has, those that look alike. Null: no words were asked for. */
function findHits(words: string, { lookup, synonyms }: Catalogue): { plan: Plan | null; hits: Hits; alike: boolean } {
  const plan = planSearch(words, lookup.vocabulary, synonyms);
  if (!plan) return { plan, hits: [], alike: false };
  const hits = findMatching(lookup, plan, codeTyped(words));
  return hits.length > 0 ? { plan, hits, alike: false } : { plan, hits: findAlike(lookup, fold(words)), alike: true };
}

const MOST_SECTORS = 5;
/** Sectors that somebody may mean who found nothing: their name has one of the words, whole. */
function sectorsNear(words: string, { sectors }: Catalogue): string[] {
  const asked = fold(words)
    .split(" ")
    .filter((word) => word.length > 2);
  const shared = (name: string): number => {
    const padded = ` ${fold(name)} `;
    return asked.filter((word) => padded.includes(` ${word} `)).length;
  };
  return [...sectors.values()]
    .map((name) => ({ name, count: shared(name) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.name.length - b.name.length)
    .slice(0, MOST_SECTORS)
    .map(({ name }) => name);
}

const DAY_MS = 86_400_000;
/** Answers that are kept: what many people ask is a few questions; a hundred take two megabytes. */
const MOST_KEPT = 100;

// What the catalogue answers follows from the question alone: another stamp is another catalogue.
const answers = remember(
  DAY_MS,
  async ({ catalogue, query }: Asker & { catalogue: Catalogue; query: CatalogueQuery }, _key: string) =>
    answer(catalogue, query),
  MOST_KEPT,
);

/**
 * Procedures of the catalogue by words and filters, 20 a page. Words count without regard to diacritics, case and order,
 * mistyped ones are taken as meant, everyday ones as official; names that merely look alike are shown when nothing fits.
 * Answered from memory: no query, but for a small one each two seconds; the same question by the same answer.
 */
export async function searchCatalogue(ctx: Asker, query: CatalogueQuery): Promise<CatalogueResult> {
  const catalogue = await findCatalogue(ctx);
  return answers.find({ db: ctx.db, catalogue, query }, `${catalogue.stamp} ${JSON.stringify(query)}`);
}

function answer(catalogue: Catalogue, query: CatalogueQuery): CatalogueResult {
  const { entries, byCode } = catalogue.lookup;
  const event = query["su-kien"] === undefined ? null : (catalogue.lifeEvents.get(query["su-kien"]) ?? null);
  const found =
    query.q === ""
      ? { plan: null, hits: entries.map((_, entry) => ({ entry, score: 0 })), alike: false }
      : findHits(query.q, catalogue);
  const within =
    query["su-kien"] === undefined ? null : new Set((event?.codes ?? []).map((code) => byCode.get(code) ?? -1));
  const hits = within ? found.hits.filter(({ entry }) => within.has(entry)) : found.hits;
  const { chosen, facets } = narrow(hits, ({ entry }) => entries[entry] as LookedUp, choicesOf(query, catalogue));
  const first = (query.trang - 1) * PAGE_SIZE;
  const isEmpty = chosen.length === 0;
  return {
    total: chosen.length,
    rows: chosen.slice(first, first + PAGE_SIZE).map(({ entry }) => entries[entry] as LookedUp),
    facets,
    corrected: found.alike ? null : (found.plan?.corrected ?? null),
    alike: found.alike && !isEmpty,
    lifeEvent: event?.label ?? null,
    unfiltered: isEmpty ? found.hits.length : 0,
    sectors: isEmpty ? sectorsNear(query.q, catalogue) : [],
  };
}

const MOST_SUGGESTED = 7;

/** Procedures that somebody may mean who is still typing, the likeliest first, and how many there are in all. */
export async function suggestProcedures(ctx: Asker, words: string): Promise<{ rows: CatalogueRow[]; total: number }> {
  const catalogue = await findCatalogue(ctx);
  const { hits } = findHits(words, catalogue);
  // The same name at several authorities is one suggestion: here nothing could tell them apart.
  const byName = new Map<string, LookedUp>();
  for (const { entry } of hits) {
    if (byName.size === MOST_SUGGESTED) break;
    const row = catalogue.lookup.entries[entry] as LookedUp;
    if (!byName.has(row.searchName)) byName.set(row.searchName, row);
  }
  return { rows: [...byName.values()], total: hits.length };
}

/** How a search is understood: the words as meant, and which everyday ones were taken for which official ones. */
export type Understanding = Pick<Plan, "corrected" | "understood"> & { rows: CatalogueRow[] };

const FIRST_ROWS = 5;
/** How the words would be understood now, and the five procedures that they find first; null when they are no words. */
export async function understandSearch(ctx: Asker, words: string): Promise<Understanding | null> {
  const catalogue = await findCatalogue(ctx);
  const { plan, hits } = findHits(words, catalogue);
  if (!plan) return null;
  const rows = hits.slice(0, FIRST_ROWS).map(({ entry }) => catalogue.lookup.entries[entry] as LookedUp);
  return { corrected: plan.corrected, understood: plan.understood, rows };
}
