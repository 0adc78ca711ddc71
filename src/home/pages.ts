import { paths as content } from "#content/paths.ts";
import type { CardGrid, Figures, Link, SearchBox } from "#platform/components.ts";
import { formatDate, formatNumber, formatTime, isoDay } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { shareOf, suggestBox } from "#procedures/index.ts";
import { paths as procedures } from "#procedures/paths.ts";
import { BUSINESS, lifeEvents } from "./rules.ts";

export type HomePage = Page & {
  search: SearchBox;
  often: readonly (Link & { lang?: "vi" | undefined })[];
  track: SearchBox;
  events: CardGrid;
  allProcedures: Link;
  known: CardGrid | null;
  figures: Figures | null;
  year: { period: string; figures: Figures | null };
  notices: { all: Link; items: readonly (Link & { at: string; datetime: string })[] } | null;
  bySector: Link;
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
/** Dossiers of the whole province since 1 January. */
export type YearSoFar = {
  year: number;
  countedAt: Date;
  all: { received: number; resolved: number; dueResolved: number; onTime: number };
};
export type Notice = { id: string; titleVi: string; titleEn: string; shownFrom: Date };
export type WellKnown = { code: string; name: string; english: string | null; sector: string };

/** The tracking page, at its fixed address. */
const tracking = "/tra-cuu";

const hotlineOf = (number: string | null): Hotline | null =>
  number ? { number, href: `tel:${number.replace(/[^+\d]/g, "")}` } : null;

const LEVEL_SLUGS = { full: "toan-trinh", partial: "mot-phan", information: "thong-tin" } as const;

/** How much was received and resolved, and how much of that in time; what was not counted is not there, never 0. */
function yearOf(year: YearSoFar | null, now: Date, t: Translate): HomePage["year"] {
  if (!year) return { period: t("home.year.none", { year: isoDay(now).slice(0, 4) }), figures: null };
  const { received, resolved, dueResolved, onTime } = year.all;
  const share = shareOf(onTime, dueResolved);
  return {
    period: t("home.year.period", {
      year: year.year,
      time: formatTime(year.countedAt),
      date: formatDate(year.countedAt),
    }),
    figures: {
      items: [
        { value: formatNumber(received), text: t("home.year.received") },
        { value: formatNumber(resolved), text: t("home.year.resolved") },
        {
          value:
            share === null
              ? t("home.year.noShare")
              : t("home.year.percent", { share: String(share).replace(".", ",") }),
          text: t("home.year.onTime"),
        },
      ],
    },
  };
}

const noticesOf = (notices: readonly Notice[], language: Language, t: Translate): HomePage["notices"] =>
  notices.length === 0
    ? null
    : {
        all: { text: t("home.notices.all"), href: content.notices },
        items: notices.map(({ id, titleVi, titleEn, shownFrom }) => ({
          text: language === "en" ? titleEn : titleVi,
          href: content.notice(id),
          at: formatDate(shownFrom),
          datetime: isoDay(shownFrom),
        })),
      };

export function homePage(
  front: {
    counts: CatalogueCounts;
    wellKnown: readonly WellKnown[];
    year: YearSoFar | null;
    notices: readonly Notice[];
  },
  hotline: string | null,
  t: Translate,
  language: Language,
  now: Date,
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
      items: [
        ...lifeEvents.map(({ key, icon }) => ({
          title: t(`home.events.${key}.title`),
          text: t(`home.events.${key}.text`),
          href: procedures.list({ "su-kien": key }),
          icon,
        })),
        {
          title: t("home.events.business.title"),
          text: t("home.events.business.text"),
          href: procedures.list({ "doi-tuong": BUSINESS }),
          icon: "desk" as const,
        },
      ],
    },
    bySector: { text: t("home.events.bySector"), href: procedures.sectors },
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
              href: procedures.list(level === "total" ? {} : { muc: LEVEL_SLUGS[level] }),
            })),
          },
    year: yearOf(front.year, now, t),
    notices: noticesOf(front.notices, language, t),
    how: (["find", "file", "follow", "receive"] as const).map((step) => ({
      title: t(`home.how.${step}.title`),
      text: t(`home.how.${step}.text`),
    })),
    hotline: hotlineOf(hotline),
  };
}
