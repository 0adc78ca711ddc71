import type { FullDossier } from "#dossiers/index.ts";
import { paths as filingPaths } from "#filing/paths.ts";
import {
  type Button,
  type EmptyState,
  type ErrorSummary,
  errorSummary,
  errorText,
  type InsetText,
  type PageHeading,
  type Pagination,
  type Radios,
  type Table,
  type Textarea,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDate, formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "./paths.ts";
import type { AgencyFigures, Comment, GivenRating } from "./queries.ts";
import { changeableUntil, isRatable, LEAST_TOLD, LEVELS, mayRate, QUESTIONS, satisfiedShare } from "./rules.ts";

export type RatePage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  /** Why there is nothing to fill in. */
  closed: InsetText | null;
  action: string;
  questions: readonly Radios[];
  comment: Textarea;
  button: Button;
};
export type FiguresPage = Page & {
  heading: PageHeading;
  empty: EmptyState | null;
  questions: Table | null;
  procedures: Table | null;
  comments: {
    title: string;
    text: string;
    none: string | null;
    items: readonly { about: string; lines: readonly string[] }[];
    pagination: Pagination | null;
  } | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "ratings/rate": RatePage;
    "ratings/figures": FiguresPage;
  }
}

/** The form filled with the rating that stands. */
export const ratingForm = ({ levels, comment }: GivenRating): Form => ({
  values: { ...levels, comment: comment ?? "" },
  errors: {},
});

export function ratePage(
  {
    dossier,
    procedure,
    given,
    now,
    t,
  }: {
    dossier: Pick<FullDossier, "reference" | "status">;
    procedure: string;
    given: GivenRating | null;
    now: Date;
    t: Translate;
  },
  form: Form,
): RatePage {
  const { reference, status } = dossier;
  const isOpen = mayRate(status, given?.firstAt ?? null, now);
  return {
    title: `${t("ratings.form.title")} – ${procedure}`,
    hasErrors: Object.keys(form.errors).length > 0,
    back: { href: filingPaths.dossier(reference) },
    heading: { title: t("ratings.form.title"), caption: procedure, lead: t("ratings.form.lead") },
    errors: errorSummary(form.errors, t),
    closed: isOpen ? null : { text: t(isRatable(status) ? "ratings.form.final" : "ratings.form.early"), tone: "info" },
    action: paths.rate(reference),
    questions: QUESTIONS.map((question) => ({
      name: question,
      label: t(`ratings.questions.${question}`),
      labelSize: "m",
      value: shown(form, question),
      error: errorText(form.errors, question, t),
      ...(question === "overall" ? {} : { required: false }),
      items: LEVELS.map((level) => ({ value: String(level), text: t(`ratings.levels.l${level}`) })),
    })),
    comment: {
      name: "comment",
      label: t("ratings.form.comment"),
      hint: t("ratings.form.commentHint"),
      required: false,
      value: shown(form, "comment"),
      error: errorText(form.errors, "comment", t),
      rows: 4,
      maxLength: 2000,
    },
    button: { text: t(given ? "ratings.form.change" : "ratings.form.send") },
  };
}

export const thanksText = (firstAt: Date, t: Translate): string =>
  t("ratings.form.thanks", { until: formatDateTime(changeableUntil(firstAt)) });

/** Month and year of a comment: the day could tell whose it is. */
const monthOf = (at: Date): string => formatDate(at).slice(3);

export function figuresPage(
  { total, procedures }: AgencyFigures,
  comments: { rows: readonly Comment[]; next: string | null; isFirst: boolean } | null,
  names: { since: Date; nameOf: (procedureId: string) => string },
  t: Translate,
): FiguresPage {
  const share = (counted: Parameters<typeof satisfiedShare>[0]): string => {
    const part = satisfiedShare(counted);
    const count = counted.very + counted.satisfied + counted.not;
    const percent = part === null ? "" : (part * 100).toFixed(1).replace(".", ",");
    return part === null
      ? t("ratings.figures.none")
      : t("ratings.figures.share", { percent, count: formatNumber(count) });
  };
  const least = { least: LEAST_TOLD };
  const told = new Set(procedures.map(({ procedureId }) => procedureId));
  return {
    title: t("ratings.figures.title"),
    width: "wide",
    heading: {
      title: t("ratings.figures.title"),
      lead: t("ratings.figures.lead", { since: formatDate(names.since), ...least }),
    },
    empty: total ? null : { title: t("ratings.figures.none"), text: t("ratings.figures.noneText", least) },
    questions: total && {
      caption: t("ratings.figures.byQuestion"),
      head: [
        { text: t("ratings.figures.question") },
        ...LEVELS.map((level) => ({ text: t(`ratings.levels.l${level}`), numeric: true })),
        { text: t("ratings.figures.satisfied"), numeric: true },
      ],
      rows: QUESTIONS.map((question) => ({
        cells: [
          { text: t(`ratings.questions.${question}`) },
          ...(["very", "satisfied", "not"] as const).map((level) => ({
            text: formatNumber(total[question][level]),
            numeric: true,
          })),
          { text: share(total[question]), numeric: true },
        ],
      })),
    },
    procedures:
      procedures.length === 0
        ? null
        : {
            caption: t("ratings.figures.byProcedure"),
            head: [
              { text: t("ratings.figures.procedure") },
              { text: t("ratings.figures.count"), numeric: true },
              { text: t("ratings.figures.satisfied"), numeric: true },
            ],
            rows: procedures.map(({ procedureId, figures }) => ({
              cells: [
                { text: names.nameOf(procedureId) },
                { text: formatNumber(figures.count), numeric: true },
                { text: share(figures.overall), numeric: true },
              ],
            })),
          },
    comments: comments && {
      title: t("ratings.figures.comments"),
      text: t("ratings.figures.commentsText"),
      none: comments.rows.length === 0 ? t("ratings.figures.noComments") : null,
      items: comments.rows.map(({ text, at, procedureId }) => ({
        // A procedure with few ratings would say whose words these are.
        about: [
          t("ratings.figures.month", { month: monthOf(at) }),
          told.has(procedureId) ? names.nameOf(procedureId) : "",
        ]
          .filter(Boolean)
          .join(" · "),
        lines: text.split("\n"),
      })),
      pagination:
        comments.next || !comments.isFirst
          ? {
              label: t("ratings.figures.comments"),
              newer: comments.isFirst ? null : { href: paths.figures, text: t("ratings.figures.newest") },
              older: comments.next
                ? { href: paths.olderComments(comments.next), text: t("ratings.figures.older") }
                : null,
            }
          : null,
    },
  };
}
