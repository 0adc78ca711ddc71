import { adminSections } from "#admin/index.ts";
import {
  type Button,
  type Details,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Input,
  type InsetText,
  type Link,
  type LinkButton,
  type NotificationBanner,
  type PageHeading,
  type Part,
  part,
  type SubNavigation,
  type Table,
  type Tag,
  type Textarea,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatTime, isoDay } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { StandingText, VersionLine } from "../queries.ts";
import { isPageKey, isShown, OUTAGE_NOTICE_DAYS, PAGE_KEYS, type PageKey, type Words } from "../rules.ts";
import { type Article, articleOf } from "./public.ts";

export type ContentHomePage = Page & {
  sections: SubNavigation;
  heading: PageHeading;
  pages: Table;
  notices: Table | null;
  none: string;
  add: LinkButton;
};
export type ContentEditPage = Page & {
  errors: ErrorSummary | null;
  heading: PageHeading;
  conflict: NotificationBanner | null;
  see: Link | null;
  markup: Details;
  action: string;
  seen: number;
  times: readonly Part[];
  vietnamese: readonly [Input, Textarea];
  english: readonly [Input, Textarea];
  buttons: readonly Button[];
  versions: Table | null;
};
export type ContentPreviewPage = Page & {
  heading: PageHeading;
  late: InsetText | null;
  vietnamese: { title: string; article: Article };
  english: { title: string; article: Article | null; none: string };
  action: string;
  hidden: readonly { name: string; value: string }[];
  buttons: readonly Button[];
};
export type ContentVersionPage = Page & { heading: PageHeading; vietnamese: Article; english: Article | null };

declare module "#platform/render.ts" {
  interface Views {
    "content/home": ContentHomePage;
    "content/edit": ContentEditPage;
    "content/preview": ContentPreviewPage;
    "content/version": ContentVersionPage;
  }
}

const stateOf = (notice: StandingText, now: Date, t: Translate): Tag => {
  if (isShown(notice, now)) return { text: t("content.admin.shown"), tone: "done" };
  const isWaiting = notice.shownFrom !== null && notice.shownFrom > now;
  return isWaiting
    ? { text: t("content.admin.waiting"), tone: "waiting" }
    : { text: t("content.admin.over"), tone: "neutral" };
};

export const contentHomePage = (
  { pages, notices }: { pages: readonly StandingText[]; notices: readonly StandingText[] },
  now: Date,
  t: Translate,
): ContentHomePage => ({
  title: t("content.admin.title"),
  width: "wide",
  sections: adminSections(paths.admin, t),
  heading: { title: t("content.admin.title"), lead: t("content.admin.lead") },
  pages: {
    caption: t("content.admin.pages"),
    head: [{ text: t("content.admin.page") }, { text: t("content.admin.updated") }],
    rows: PAGE_KEYS.flatMap((key) => {
      const page = pages.find(({ subject }) => subject === key);
      if (!page) return [];
      return [{ cells: [{ text: page.titleVi, href: paths.editPage(key) }, { text: formatDateTime(page.at) }] }];
    }),
  },
  notices:
    notices.length === 0
      ? null
      : {
          caption: t("content.admin.notices"),
          head: (["notice", "kind", "shownFrom", "state"] as const).map((key) => ({ text: t(`content.admin.${key}`) })),
          rows: notices.map((notice) => ({
            cells: [
              { text: notice.titleVi, href: paths.editNotice(notice.subject) },
              { text: t(`content.notices.${notice.kind === "outage" ? "outage" : "news"}`) },
              { text: notice.shownFrom ? formatDateTime(notice.shownFrom) : "" },
              { text: "", tag: stateOf(notice, now, t) },
            ],
          })),
        },
  none: t("content.admin.none"),
  add: { text: t("content.admin.add"), href: paths.newNotice },
});

/** What is being edited: a page, a notice that stands, or a new one. */
export type Edited = {
  of: "page" | "notice";
  /** null: a notice that is not there yet */
  standing: StandingText | null;
  versions: readonly VersionLine[];
};

const boxesOf = (name: string, at: Date | null): Record<string, string> => {
  if (!at) return {};
  const [year = "", month = "", day = ""] = isoDay(at).split("-");
  return { [`${name}.day`]: day, [`${name}.month`]: month, [`${name}.year`]: year };
};

/** The boxes of a form filled with the version that stands. */
export const editForm = (text: StandingText): Form => ({
  values: {
    titleVi: text.titleVi,
    bodyVi: text.bodyVi,
    titleEn: text.titleEn,
    bodyEn: text.bodyEn,
    kind: text.kind,
    ...boxesOf("from", text.shownFrom),
    // Told until the end of a day: the instant is the beginning of the next.
    ...boxesOf("until", text.shownUntil && new Date(text.shownUntil.getTime() - 1)),
    ...boxesOf("start", text.outageFrom),
    ...boxesOf("end", text.outageTo),
    startTime: text.outageFrom ? formatTime(text.outageFrom) : "",
    endTime: text.outageTo ? formatTime(text.outageTo) : "",
  },
  errors: {},
});

function timesOf(form: Form, t: Translate): Part[] {
  const day = (name: "from" | "until" | "start" | "end", hint: string | null) =>
    part("components/date-input", {
      name,
      label: t(`content.admin.${name}`),
      hint,
      value: {
        day: shown(form, `${name}.day`),
        month: shown(form, `${name}.month`),
        year: shown(form, `${name}.year`),
      },
      error: errorText(form.errors, name, t),
    });
  const time = (name: "startTime" | "endTime") =>
    part("components/input", {
      name,
      label: t(`content.admin.${name}`),
      hint: t("content.admin.timeHint"),
      value: shown(form, name),
      width: 5,
      error: errorText(form.errors, name, t),
    });
  return [
    part("components/radios", {
      name: "kind",
      label: t("content.admin.kinds.legend"),
      value: shown(form, "kind"),
      error: errorText(form.errors, "kind", t),
      items: [
        { value: "news", text: t("content.admin.kinds.news") },
        {
          value: "outage",
          text: t("content.admin.kinds.outage"),
          hint: t("content.admin.kinds.outageHint"),
          reveals: [day("start", null), time("startTime"), day("end", null), time("endTime")],
        },
      ],
    }),
    day("from", t("content.admin.fromHint")),
    day("until", t("content.admin.untilHint")),
  ];
}

const addressOf = ({ of, standing }: Edited): string => {
  if (of === "page") return paths.editPage(standing?.subject as PageKey);
  return standing ? paths.editNotice(standing.subject) : paths.newNotice;
};

function versionsOf({ standing, versions }: Edited, t: Translate): Table | null {
  if (!standing || versions.length === 0) return null;
  return {
    caption: t("content.admin.versions"),
    head: [
      { text: t("content.admin.version", { number: "" }).trim() },
      { text: t("content.admin.versionAt") },
      { text: t("content.admin.by") },
    ],
    rows: versions.map(({ number, at, byName }) => ({
      cells: [
        { text: t("content.admin.version", { number }), href: paths.version(standing.subject, number) },
        { text: formatDateTime(at) },
        { text: byName ?? t("content.admin.seed") },
      ],
    })),
  };
}

/** @param conflict number of the version that somebody else published meanwhile */
export function editPage(
  edited: Edited,
  form: Form,
  conflict: number | null,
  now: Date,
  t: Translate,
): ContentEditPage {
  const { of, standing } = edited;
  const errors = errorSummary(form.errors, t);
  const title =
    of === "page"
      ? t("content.admin.editPage", { title: standing?.titleVi ?? "" })
      : t(standing ? "content.admin.editNotice" : "content.admin.add");
  const line = (name: "titleVi" | "titleEn"): Input => ({
    name,
    label: t(`content.admin.${name}`),
    value: shown(form, name),
    error: errorText(form.errors, name, t),
    maxLength: 150,
    ...(name === "titleEn" ? { hint: t("content.admin.enHint"), required: false } : {}),
  });
  const text = (name: "bodyVi" | "bodyEn"): Textarea => ({
    name,
    label: t(`content.admin.${name}`),
    value: shown(form, name),
    error: errorText(form.errors, name, t),
    rows: of === "page" ? 20 : 10,
    ...(name === "bodyEn" ? { required: false } : {}),
  });
  const isSeen = standing !== null && (of === "page" || isShown(standing, now));
  const seeAt = isPageKey(standing?.subject) ? paths.page[standing.subject] : paths.notice(standing?.subject ?? "");
  return {
    title,
    width: "wide",
    hasErrors: errors !== null,
    back: { href: paths.admin, text: t("content.admin.title") },
    heading: { title },
    errors,
    conflict: conflict === null ? null : { kind: "warning", text: t("content.admin.conflict", { number: conflict }) },
    see: isSeen ? { text: t("content.admin.see"), href: seeAt } : null,
    markup: {
      summary: t("content.admin.markup"),
      text: (["heading", "paragraph", "list", "strong", "link", "province"] as const).map((key) =>
        t(`content.admin.markupLines.${key}`),
      ),
    },
    action: addressOf(edited),
    seen: standing?.number ?? 0,
    times: of === "notice" ? timesOf(form, t) : [],
    vietnamese: [line("titleVi"), text("bodyVi")],
    english: [line("titleEn"), text("bodyEn")],
    buttons: [
      { text: t("content.admin.preview"), name: "act", value: "preview" },
      ...(of === "notice" && isSeen
        ? [
            {
              text: t("content.admin.remove"),
              kind: "warning" as const,
              name: "act",
              value: "remove",
              novalidate: true,
            },
          ]
        : []),
    ],
    versions: versionsOf(edited, t),
  };
}

/** @param isLate an outage that is announced later than the law asks */
export function previewPage(
  edited: Edited,
  sent: { words: Words; hidden: readonly { name: string; value: string }[]; isLate: boolean },
  province: string,
  t: Translate,
): ContentPreviewPage {
  const { words, hidden, isLate } = sent;
  return {
    title: t("content.admin.previewTitle"),
    back: { href: addressOf(edited) },
    heading: { title: t("content.admin.previewTitle"), lead: t("content.admin.previewLead") },
    late: isLate ? { text: t("content.admin.late", { days: OUTAGE_NOTICE_DAYS }), tone: "warning" } : null,
    vietnamese: { title: t("content.admin.vietnamese"), article: articleOf(words, province, "vi") },
    english: {
      title: t("content.admin.english"),
      article: words.titleEn === "" ? null : articleOf(words, province, "en"),
      none: t("content.admin.noEnglish"),
    },
    action: addressOf(edited),
    hidden,
    buttons: [
      { text: t("content.admin.publish"), name: "act", value: "publish" },
      { text: t("content.admin.edit"), kind: "secondary", name: "act", value: "edit" },
    ],
  };
}

export const versionPage = (version: StandingText, province: string, t: Translate): ContentVersionPage => ({
  title: `${t("content.admin.version", { number: version.number })} – ${version.titleVi}`,
  back: {
    href: isPageKey(version.subject) ? paths.editPage(version.subject) : paths.editNotice(version.subject),
  },
  heading: {
    title: t("content.admin.version", { number: version.number }),
    caption: version.titleVi,
    lead: t("content.admin.versionLead", { at: formatDateTime(version.at) }),
  },
  vietnamese: articleOf(version, province, "vi"),
  english: version.titleEn === "" ? null : articleOf(version, province, "en"),
});
