import type { EmptyState, Facets, Link, PageHeading, Pagination, SearchBox, Tag } from "#platform/components.ts";
import { formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { type CatalogueQuery, LEVEL_WORDS, SERVICE_WORDS } from "../inputs.ts";
import { type CatalogueParams, paths } from "../paths.ts";
import type { CatalogueResult } from "../queries/search.ts";
import type { CatalogueRow } from "../rules/lookup.ts";
import { slugOf } from "../rules/search.ts";
import type { Reader } from "./tables.ts";
import { feeText, langOf, levelsText, serviceTag, termsText } from "./words.ts";

export type ListPage = Page & {
  heading: PageHeading;
  search: SearchBox;
  bySector: Link;
  notes: readonly string[];
  count: string;
  rows: readonly ListRow[];
  facets: Facets;
  pagination: Pagination | null;
  empty:
    | (EmptyState & {
        near: { title: string; links: readonly (Link & { lang: "vi" | undefined })[] } | null;
        ask: string;
      })
    | null;
};
type ListRow = {
  name: string;
  nameLang: "vi" | undefined;
  href: string;
  meta: readonly { text: string; lang: "vi" | undefined }[];
  tag: Tag;
  facts: readonly { key: string; value: string }[];
  file: (Link & { label: string }) | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "procedures/list": ListPage;
  }
}

const MOST_SHOWN = 10;
const PAGE_SIZE = 20;

const reversed = <V extends string>(words: Record<string, V>): Map<string, string> =>
  new Map(Object.entries(words).map(([word, value]) => [value, word]));
const LEVEL_SLUGS = reversed(LEVEL_WORDS);
const SERVICE_SLUGS = reversed(SERVICE_WORDS);

const FILTERS = ["linh-vuc", "cap", "co-quan", "doi-tuong", "muc", "su-kien"] as const;
type Filter = (typeof FILTERS)[number];

const paramsOf = (query: CatalogueQuery): CatalogueParams => {
  const { q, trang: _page, ...filters } = query;
  return {
    ...(q === "" ? {} : { q }),
    ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)),
  };
};

/** Sectors, subjects and agencies are the catalogue's own words; levels of service and of agencies the portal's. */
function facetsOf(query: CatalogueQuery, { facets }: CatalogueResult, { t, language }: Reader): Facets {
  const params = paramsOf(query);
  const group = (
    title: string,
    filter: Filter,
    counts: readonly { value: string; count: number }[],
    slug: (value: string) => string,
    text: ((value: string) => string) | null,
  ) => {
    const chosen = query[filter];
    const isChosen = (value: string): boolean => chosen !== undefined && slugOf(String(chosen)) === slug(value);
    const shown = counts.slice(0, MOST_SHOWN);
    const lost = counts.find(({ value }) => isChosen(value));
    return {
      title,
      items: [...(lost && !shown.includes(lost) ? [lost] : []), ...shown].map(({ value, count }) => {
        const { [filter]: _chosen, ...others } = params;
        return {
          text: text?.(value) ?? value,
          lang: text ? undefined : langOf("", language),
          href: paths.list(isChosen(value) ? others : { ...params, [filter]: slug(value) }),
          count: formatNumber(count),
          current: isChosen(value),
        };
      }),
    };
  };
  const groups = [
    group(
      t("procedures.list.service"),
      "muc",
      facets.service,
      (value) => SERVICE_SLUGS.get(value) ?? value,
      (value) => serviceTag(value as "full", t).text,
    ),
    group(
      t("procedures.list.level"),
      "cap",
      facets.level,
      (value) => LEVEL_SLUGS.get(value) ?? value,
      (value) => levelsText([value], t),
    ),
    group(t("procedures.list.subject"), "doi-tuong", facets.subject, slugOf, null),
    group(t("procedures.list.sector"), "linh-vuc", facets.sector, slugOf, null),
    group(t("procedures.list.agency"), "co-quan", facets.agency, slugOf, null),
  ].filter(({ items }) => items.length > 0);
  const isFiltered = FILTERS.some((filter) => query[filter] !== undefined);
  const clear = isFiltered
    ? { text: t("procedures.list.clear"), href: paths.list(query.q === "" ? {} : { q: query.q }) }
    : null;
  return { label: t("procedures.list.filters"), clear, groups };
}

/** The catalogue's own words are Vietnamese; `english` are names of what is configured here. */
const rowOf = (row: CatalogueRow, { t, language }: Reader, english: ReadonlyMap<string, string>): ListRow => {
  const name = english.get(row.code) ?? row.name;
  const vietnamese = langOf("", language);
  const time = termsText(row.facts, t);
  const isFileable = row.configured && row.filedAt === "own" && row.serviceLevel !== "information";
  return {
    name,
    nameLang: english.has(row.code) ? undefined : vietnamese,
    href: paths.procedure(row.code),
    meta: [
      { text: t("procedures.list.code", { code: row.code }), lang: undefined },
      { text: row.sector, lang: vietnamese },
      { text: row.agencyName, lang: vietnamese },
      { text: levelsText(row.levels, t), lang: undefined },
    ].flatMap(({ text, lang }) => (text ? [{ text, lang }] : [])),
    tag: serviceTag(row.serviceLevel, t),
    facts: [
      ...(time ? [{ key: t("procedures.list.time"), value: time }] : []),
      { key: t("procedures.list.fee"), value: feeText(row.facts, t) },
    ],
    file: isFileable
      ? {
          text: t("procedures.list.file"),
          href: paths.file(row.code),
          label: t("procedures.list.fileAbout", { name }),
        }
      : null,
  };
};

function paginationOf(query: CatalogueQuery, total: number, t: Translate): Pagination | null {
  const pages = Math.ceil(total / PAGE_SIZE);
  if (pages <= 1) return null;
  const params = paramsOf(query);
  const href = (page: number): string => paths.list(page === 1 ? params : { ...params, trang: page });
  const near = new Set(
    [1, pages, query.trang - 1, query.trang, query.trang + 1].filter((page) => page >= 1 && page <= pages),
  );
  const shown = [...near].sort((a, b) => a - b);
  return {
    label: t("procedures.list.pages"),
    newer: query.trang > 1 ? { href: href(query.trang - 1) } : null,
    older: query.trang < pages ? { href: href(query.trang + 1) } : null,
    pages: shown.flatMap((page, i) => [
      ...(i > 0 && page - (shown[i - 1] ?? 0) > 1 ? ["gap" as const] : []),
      { number: page, href: href(page), current: page === query.trang },
    ]),
  };
}

/** In Vietnamese, an answer that is given again is the same page again. */
const written = new WeakMap<CatalogueResult, ListPage>();

/**
 * The catalogue: a search box, what was found, and filters as links.
 * @param english names in English by code, for a page in English
 */
export function listPage(
  query: CatalogueQuery,
  result: CatalogueResult,
  reader: Reader,
  english: ReadonlyMap<string, string> = new Map(),
): ListPage {
  if (reader.language !== "vi") return writeList(query, result, reader, english);
  const page = written.get(result) ?? writeList(query, result, reader, english);
  written.set(result, page);
  return page;
}

function writeList(
  query: CatalogueQuery,
  result: CatalogueResult,
  reader: Reader,
  english: ReadonlyMap<string, string>,
): ListPage {
  const { t } = reader;
  const { q: _q, ...kept } = paramsOf(query);
  const title = query.q === "" ? t("procedures.list.title") : t("procedures.list.titleFor", { words: query.q });
  const count = formatNumber(result.total);
  return {
    title,
    width: "wide",
    heading: { title, lead: query.q === "" ? t("procedures.list.lead") : null },
    search: {
      ...searchBox(query.q, t),
      hidden: Object.entries(kept).map(([name, value]) => ({ name, value: String(value) })),
    },
    bySector: { text: t("procedures.sectors.title"), href: paths.sectors },
    notes: [
      ...(result.lifeEvent ? [t("procedures.list.event", { label: result.lifeEvent })] : []),
      ...(result.corrected ? [t("procedures.list.corrected", { words: result.corrected })] : []),
      ...(result.alike ? [t("procedures.list.alike")] : []),
    ],
    count:
      query.trang > 1
        ? t("procedures.list.foundOnPage", { count, page: query.trang })
        : t("procedures.list.found", { count }),
    rows: result.rows.map((row) => rowOf(row, reader, english)),
    facets: facetsOf(query, result, reader),
    pagination: paginationOf(query, result.total, t),
    empty: result.rows.length > 0 ? null : emptyOf(query, result, reader),
  };
}

/** Nothing was found: the filters left out, sectors that have one of the words, and where else to ask. */
function emptyOf(
  query: CatalogueQuery,
  { unfiltered, sectors }: CatalogueResult,
  { t, language }: Reader,
): ListPage["empty"] {
  const link =
    unfiltered > 0
      ? {
          text: t("procedures.list.withoutFilters", { count: formatNumber(unfiltered) }),
          href: paths.list(query.q === "" ? {} : { q: query.q }),
        }
      : { text: t("procedures.list.all"), href: paths.list() };
  const links = sectors.map((sector) => ({
    text: sector,
    href: paths.list({ "linh-vuc": slugOf(sector) }),
    lang: langOf("", language),
  }));
  return {
    title: t("procedures.list.noneTitle"),
    text: t(unfiltered > 0 ? "procedures.list.noneFiltered" : "procedures.list.noneText"),
    link,
    near: links.length > 0 && unfiltered === 0 ? { title: t("procedures.list.nearSectors"), links } : null,
    ask: t("procedures.list.noneAsk"),
  };
}

/** What the search box suggests while somebody types; the last leads to everything that was found. */
export function suggestionsOf(
  words: string,
  { rows, total }: { rows: readonly CatalogueRow[]; total: number },
  { t, language }: Reader,
  english: ReadonlyMap<string, string>,
): { text: string; lang?: "vi"; note: string; href: string }[] {
  const vietnamese = langOf("", language);
  const suggested = rows.map((row) => ({
    text: english.get(row.code) ?? row.name,
    ...(vietnamese && !english.has(row.code) ? { lang: vietnamese } : {}),
    note: serviceTag(row.serviceLevel, t).text + (row.sector && language === "vi" ? ` · ${row.sector}` : ""),
    href: paths.procedure(row.code),
  }));
  if (total <= rows.length) return suggested;
  const all = { text: t("procedures.list.seeAll"), note: t("procedures.list.found", { count: formatNumber(total) }) };
  return [...suggested, { ...all, href: paths.list({ q: words }) }];
}

/** The box in which procedures are searched, on the catalogue's own pages. */
export const searchBox = (value: string, t: Translate): SearchBox => ({
  action: paths.list(),
  name: "q",
  id: "q",
  label: t("procedures.list.search"),
  value,
  placeholder: t("procedures.list.placeholder"),
  button: t("procedures.list.button"),
  suggest: suggestBox(t),
});

/** How the boxes in which procedures are searched speak of their suggestions. */
export const suggestBox = (t: Translate): NonNullable<SearchBox["suggest"]> => ({
  href: paths.suggestions,
  label: t("procedures.list.suggested"),
  found: t("procedures.list.suggestedFound", { count: "{count}" }),
  none: t("procedures.list.suggestedNone"),
});
