import type { Breadcrumbs, Link, PageHeading, SearchBox } from "#platform/components.ts";
import { formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Sector } from "../queries/sectors.ts";
import type { CatalogueRow } from "../rules/lookup.ts";
import { searchBox } from "./list.ts";
import type { ListItem } from "./sections.ts";
import type { Reader } from "./tables.ts";
import { langOf } from "./words.ts";

export type SectorsPage = Page & {
  breadcrumbs: Breadcrumbs;
  heading: PageHeading;
  search: SearchBox;
  sectors: readonly (Link & { lang: "vi" | undefined; count: string })[];
};
export type SectorPage = Page & {
  breadcrumbs: Breadcrumbs;
  heading: PageHeading;
  /** The same procedures in the search, where they can be narrowed down. */
  narrow: Link;
  procedures: { items: readonly ListItem[]; ordered: boolean };
};

declare module "#platform/render.ts" {
  interface Views {
    "procedures/sectors": SectorsPage;
    "procedures/sector": SectorPage;
  }
}

const trail = (t: Translate, more: Breadcrumbs["items"]): Breadcrumbs => ({
  items: [{ text: t("home.title"), href: "/" }, { text: t("procedures.list.title"), href: paths.list() }, ...more],
});

/** Every sector with how many procedures it has: from here every procedure is two clicks away. */
export function sectorsPage(sectors: readonly Sector[], { t, language }: Reader): SectorsPage {
  const title = t("procedures.sectors.title");
  return {
    title,
    width: "wide",
    breadcrumbs: trail(t, [{ text: title }]),
    heading: { title, lead: t("procedures.sectors.lead", { count: formatNumber(sectors.length) }) },
    search: searchBox("", t),
    sectors: sectors.map(({ slug, name, count }) => ({
      text: name ?? t("procedures.sectors.none"),
      lang: name === null ? undefined : langOf("", language),
      href: paths.sector(slug),
      count: formatNumber(count),
    })),
  };
}

/** All procedures of one sector by name, on one page. @param english names in English by code */
export function sectorPage(
  { name, rows }: { name: string | null; rows: readonly CatalogueRow[] },
  slug: string,
  { t, language }: Reader,
  english: ReadonlyMap<string, string>,
): SectorPage {
  const title = name ?? t("procedures.sectors.none");
  return {
    title,
    width: "wide",
    breadcrumbs: trail(t, [{ text: t("procedures.sectors.title"), href: paths.sectors }, { text: title }]),
    heading: {
      title,
      caption: t("procedures.sectors.title"),
      lead: t("procedures.list.found", { count: formatNumber(rows.length) }),
    },
    narrow: { text: t("procedures.sectors.narrow"), href: paths.list({ "linh-vuc": slug }) },
    procedures: {
      ordered: false,
      items: rows.map((row) => ({
        text: english.get(row.code) ?? row.name,
        lang: english.has(row.code) ? undefined : langOf("", language),
        href: paths.procedure(row.code),
        note: row.code,
      })),
    },
  };
}
