import type { CardGrid, Figures, Link, SearchBox } from "#platform/components.ts";
import { formatNumber } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { suggestBox } from "#procedures/index.ts";
import { paths as procedures } from "#procedures/paths.ts";
import { lifeEvents } from "./rules.ts";

export type HomePage = Page & {
  search: SearchBox;
  often: readonly (Link & { lang?: "vi" | undefined })[];
  track: SearchBox;
  events: CardGrid;
  allProcedures: Link;
  known: CardGrid | null;
  figures: Figures | null;
  how: readonly { title: string; text: string }[];
  hotline: Hotline | null;
};
export type Hotline = { number: string; href: string };

declare module "#platform/render.ts" {
  interface Views {
    "home/show": HomePage;
  }
}

/** How many procedures the catalogue shows, whole and by level of online service. */
export type CatalogueCounts = { total: number; full: number; partial: number; information: number };
export type WellKnown = { code: string; name: string; english: string | null; sector: string };

/** The tracking page, at its fixed address. */
const tracking = "/tra-cuu";

const hotlineOf = (number: string | null): Hotline | null =>
  number ? { number, href: `tel:${number.replace(/[^+\d]/g, "")}` } : null;

export function homePage(
  front: { counts: CatalogueCounts; wellKnown: readonly WellKnown[] },
  hotline: string | null,
  t: Translate,
  language: Language = "vi",
): HomePage {
  const { counts } = front;
  const wellKnown = front.wellKnown.map(({ name, english, ...one }) => {
    const isSaid = language === "en" && english !== null;
    const lang = language === "en" && !isSaid ? ("vi" as const) : undefined;
    return { ...one, name: isSaid ? english : name, lang };
  });
  return {
    title: t("home.title"),
    width: "bleed",
    search: {
      action: procedures.list(),
      name: "q",
      label: t("home.search.label"),
      hideLabel: true,
      placeholder: t("home.search.placeholder"),
      button: t("home.search.button"),
      size: "large",
      id: "tim-thu-tuc",
      suggest: suggestBox(t),
    },
    often: wellKnown.slice(0, 3).map(({ name, lang }, i) => ({
      text: name,
      // The catalogue is searched by its own, Vietnamese names.
      href: procedures.list({ q: front.wellKnown[i]?.name ?? name }),
      lang,
    })),
    track: {
      action: tracking,
      name: "ma",
      label: t("home.track.label"),
      hint: t("home.track.hint"),
      button: t("home.track.button"),
      verbatim: true,
      id: "tra-cuu-ho-so",
    },
    events: {
      headingLevel: 3,
      columns: 3,
      items: lifeEvents.map(({ key, icon }) => ({
        title: t(`home.events.${key}.title`),
        text: t(`home.events.${key}.text`),
        href: procedures.list({ "su-kien": key }),
        icon,
      })),
    },
    allProcedures: { text: t("home.events.all"), href: procedures.list() },
    known:
      wellKnown.length === 0
        ? null
        : {
            headingLevel: 3,
            columns: 3,
            items: wellKnown.map(({ code, name, lang, sector }) => ({
              title: name,
              titleLang: lang,
              href: procedures.procedure(code),
              note: sector,
              noteLang: language === "en" ? ("vi" as const) : undefined,
            })),
          },
    figures:
      counts.total === 0
        ? null
        : {
            items: (["total", "full", "partial", "information"] as const).map((level) => ({
              value: formatNumber(counts[level]),
              text: t(`home.figures.${level}`),
            })),
          },
    how: (["find", "file", "follow", "receive"] as const).map((step) => ({
      title: t(`home.how.${step}.title`),
      text: t(`home.how.${step}.text`),
    })),
    hotline: hotlineOf(hotline),
  };
}
