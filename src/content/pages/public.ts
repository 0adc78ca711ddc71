import type {
  EmptyState,
  Link,
  NotificationBanner,
  PageHeading,
  Pagination,
  Table,
  Tag,
} from "#platform/components.ts";
import { formatDate, formatDateTime } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { ListedNotice, StandingText } from "../queries.ts";
import { type Block, fillIn, type Inline, readMarkdown, type Words } from "../rules.ts";

export type ProsePart = { blocks: readonly Block[] };
export type InlinePart = { parts: readonly Inline[] };
/** A text in one language; `lang` where that is not the page's. */
export type Article = { title: string; lang: "vi" | null; prose: ProsePart };

export type ContentPage = Page & {
  article: Article;
  contents: { title: string; links: readonly Link[] } | null;
  hotline: Link | null;
  agencies: Table | null;
  updated: string;
};
export type NoticeLine = { title: string; lang: "vi" | null; href: string; tag: Tag; note: string };
export type NoticesPage = Page & {
  heading: PageHeading;
  items: readonly NoticeLine[];
  empty: EmptyState | null;
  pagination: Pagination | null;
};
export type NoticePage = Page & { article: Article; tag: Tag; shownOn: string; away: string | null };

declare module "#platform/render.ts" {
  interface Views {
    "content/page": ContentPage;
    "content/notices": NoticesPage;
    "content/notice": NoticePage;
    "content/_prose": ProsePart;
    "content/_inline": InlinePart;
  }
}

/** The page's words in the reader's language; Vietnamese, marked as such, where English was never written. */
export function articleOf(words: Words, province: string, language: Language): Article {
  const isEnglish = language === "en" && words.titleEn !== "";
  const [title, body] = isEnglish ? [words.titleEn, words.bodyEn] : [words.titleVi, words.bodyVi];
  return {
    title: fillIn(title, province),
    lang: language === "en" && !isEnglish ? "vi" : null,
    prose: { blocks: readMarkdown(fillIn(body, province)).blocks },
  };
}

/** Fewer sections than this are seen at a glance. */
const LEAST_CONTENTS = 4;

/** Where people are reached; null without one. */
export type Reached = { name: string; address: string | null; phone: string | null };

/** An agency of which nothing is known helps nobody to reach it. */
const isReached = ({ address, phone }: Reached): boolean => address !== null || phone !== null;

export type Shown = { province: string; hotline: string | null; language: Language; t: Translate };

/** @param agencies to be listed below the text; null on pages that have nothing to do with them */
export function contentPage(
  text: StandingText,
  agencies: readonly Reached[] | null,
  { province, hotline, language, t }: Shown,
): ContentPage {
  const article = articleOf(text, province, language);
  const sections = article.prose.blocks.flatMap((block) =>
    block.kind === "heading" && block.level === 2 ? [{ text: block.text, href: `#${block.id}` }] : [],
  );
  const reached = (agencies ?? []).filter(isReached);
  const isForCallers = text.subject === "contact" || text.subject === "accessibility" || text.subject === "guide";
  return {
    title: article.title,
    article,
    contents: sections.length < LEAST_CONTENTS ? null : { title: t("content.page.contents"), links: sections },
    hotline:
      hotline && isForCallers
        ? { text: t("content.page.call", { hotline }), href: `tel:${hotline.replace(/[^+\d]/g, "")}` }
        : null,
    agencies:
      reached.length > 0
        ? {
            caption: t("content.page.agencies"),
            head: (["agency", "address", "phone"] as const).map((key) => ({ text: t(`content.page.${key}`) })),
            rows: reached.map(({ name, address, phone }) => ({
              cells: [
                { text: name },
                { text: address ?? t("content.page.unknown") },
                phone
                  ? { text: phone, href: `tel:${phone.replace(/[^+\d]/g, "")}` }
                  : { text: t("content.page.unknown") },
              ],
            })),
          }
        : null,
    updated: t("content.page.updated", { date: formatDate(text.at) }),
  };
}

const titleOf = ({ titleVi, titleEn }: Pick<Words, "titleVi" | "titleEn">, language: Language) => {
  const isEnglish = language === "en" && titleEn !== "";
  return { title: isEnglish ? titleEn : titleVi, lang: language === "en" && !isEnglish ? ("vi" as const) : null };
};

const tagOf = (kind: string, t: Translate): Tag =>
  kind === "outage"
    ? { text: t("content.notices.outage"), tone: "waiting" }
    : { text: t("content.notices.news"), tone: "new" };

export const noticesPage = (
  { rows, next }: { rows: readonly ListedNotice[]; next: string | null },
  isFirst: boolean,
  { language, t }: Pick<Shown, "language" | "t">,
): NoticesPage => ({
  title: t("content.notices.title"),
  heading: { title: t("content.notices.title") },
  items: rows.map((row) => ({
    ...titleOf(row, language),
    href: paths.notice(row.id),
    tag: tagOf(row.kind, t),
    note: t("content.notices.shownOn", { date: formatDate(row.shownFrom) }),
  })),
  empty: rows.length > 0 ? null : { title: t("content.notices.none"), text: t("content.notices.noneText") },
  pagination:
    next || !isFirst
      ? {
          label: t("content.notices.title"),
          newer: isFirst ? null : { href: paths.notices, text: t("content.notices.newest") },
          older: next ? { href: paths.olderNotices(next), text: t("content.notices.older") } : null,
        }
      : null,
});

export function noticePage(text: StandingText, { province, language, t }: Omit<Shown, "hotline">): NoticePage {
  const article = articleOf(text, province, language);
  return {
    title: article.title,
    back: { href: paths.notices, text: t("content.notices.all") },
    article,
    tag: tagOf(text.kind, t),
    shownOn: t("content.notices.shownOn", { date: formatDate(text.shownFrom ?? text.at) }),
    away:
      text.outageFrom && text.outageTo
        ? t("content.notices.away", { from: formatDateTime(text.outageFrom), to: formatDateTime(text.outageTo) })
        : null,
  };
}

/** What stands on top of every page while an outage is announced and not over. */
export const outageBanners = (
  outages: readonly ListedNotice[],
  now: Date,
  language: Language,
  t: Translate,
): NotificationBanner[] =>
  outages.flatMap(({ id, outageFrom, outageTo, ...words }) => {
    if (!outageFrom || !outageTo) return [];
    const when = { from: formatDateTime(outageFrom), to: formatDateTime(outageTo) };
    return [
      {
        kind: "warning" as const,
        title: titleOf(words, language).title,
        text: t(outageFrom <= now ? "content.notices.bannerNow" : "content.notices.banner", when),
        link: { text: t("content.notices.bannerMore"), href: paths.notice(id) },
      },
    ];
  });
