import { adminSections } from "#admin/index.ts";
import {
  type Button,
  type EmptyState,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Input,
  type LinkButton,
  type PageHeading,
  type Pagination,
  type SearchBox,
  type SubNavigation,
  type SummaryList,
  type Table,
  type Textarea,
  type Timeline,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import type { SynonymQuery } from "../inputs.ts";
import { paths } from "../paths.ts";
import type { Understanding } from "../queries/search.ts";
import { type ListedSynonym, type ListedSynonyms, SYNONYMS_PER_PAGE, type SynonymEvent } from "../queries/synonyms.ts";

export type SynonymsPage = Page & {
  heading: PageHeading;
  sections: SubNavigation;
  try: SearchBox;
  understood: SummaryList | null;
  add: LinkButton;
  search: SearchBox;
  table: Table | null;
  empty: EmptyState | null;
  pagination: Pagination | null;
  history: { title: string; timeline: Timeline } | null;
};
export type SynonymPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  action: string;
  seen: string;
  say: Input;
  means: Textarea;
  button: Button;
  remove: { action: string; button: Button } | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "procedures/synonyms": SynonymsPage;
    "procedures/synonym": SynonymPage;
  }
}

function understoodList(words: string, found: Understanding | null, t: Translate): SummaryList {
  const taken = (found?.understood ?? []).map(({ say, means }) =>
    t("procedures.synonyms.arrow", { say, means: means.join("; ") }),
  );
  return {
    title: t("procedures.synonyms.understood", { words }),
    rows: [
      { key: t("procedures.synonyms.meant"), value: found?.corrected ?? words },
      {
        key: t("procedures.synonyms.taken"),
        value: taken.length > 0 ? taken : t("procedures.synonyms.takenNone"),
      },
      {
        key: t("procedures.synonyms.first"),
        value: found && found.rows.length > 0 ? found.rows.map(({ name }) => name) : t("procedures.synonyms.firstNone"),
      },
    ],
  };
}

function paginationOf(q: string, { total, page }: ListedSynonyms): Pagination | null {
  const last = Math.ceil(total / SYNONYMS_PER_PAGE);
  if (last <= 1) return null;
  return {
    newer: page > 1 ? { href: paths.synonyms({ q, trang: page - 1 }) } : null,
    older: page < last ? { href: paths.synonyms({ q, trang: page + 1 }) } : null,
    pages: Array.from({ length: last }, (_, i) => ({
      number: i + 1,
      href: paths.synonyms({ q, trang: i + 1 }),
      current: i + 1 === page,
    })),
  };
}

const historyOf = (changes: readonly SynonymEvent[], t: Translate): SynonymsPage["history"] =>
  changes.length === 0
    ? null
    : {
        title: t("procedures.synonyms.history"),
        timeline: {
          headingLevel: 3,
          items: changes.map(({ at, byName, say, means, removed }) => ({
            title: removed
              ? t("procedures.synonyms.becameRemoved", { say })
              : t("procedures.synonyms.became", { say, means: means.join("; ") }),
            at: formatDateTime(at),
            datetime: at.toISOString(),
            by: byName,
          })),
        },
      };

/** Everyday phrases and what they mean, with a box in which a search can be tried. */
export function synonymsPage(
  query: SynonymQuery,
  listed: ListedSynonyms,
  changes: readonly SynonymEvent[],
  understood: Understanding | null,
  t: Translate,
): SynonymsPage {
  return {
    title: t("procedures.synonyms.title"),
    width: "wide",
    heading: { title: t("procedures.synonyms.title"), lead: t("procedures.synonyms.lead") },
    sections: adminSections(paths.synonyms(), t),
    try: {
      action: paths.synonyms(),
      name: "thu",
      id: "thu",
      label: t("procedures.synonyms.try"),
      hint: t("procedures.synonyms.tryHint"),
      value: query.thu,
      button: t("procedures.synonyms.tryButton"),
    },
    understood: query.thu === "" ? null : understoodList(query.thu, understood, t),
    add: { text: t("procedures.synonyms.add"), href: paths.newSynonym, kind: "primary" },
    search: {
      action: paths.synonyms(),
      name: "q",
      id: "q",
      label: t("procedures.synonyms.search"),
      value: query.q,
      button: t("procedures.synonyms.find"),
    },
    table:
      listed.rows.length === 0
        ? null
        : {
            caption: t("procedures.synonyms.caption", { count: formatNumber(listed.total) }),
            head: [
              { text: t("procedures.synonyms.say") },
              { text: t("procedures.synonyms.means") },
              { text: t("procedures.synonyms.changed") },
            ],
            rows: listed.rows.map(({ id, say, means, changedAt, byName }) => ({
              cells: [
                { text: say, href: paths.synonym(id) },
                { text: means.join("; ") },
                { text: byName ?? t("procedures.synonyms.installed"), note: byName ? formatDateTime(changedAt) : null },
              ],
            })),
          },
    empty:
      listed.rows.length === 0
        ? { title: t("procedures.synonyms.none"), text: t("procedures.synonyms.noneText") }
        : null,
    pagination: paginationOf(query.q, listed),
    history: historyOf(changes, t),
  };
}

/** The boxes of a form filled with a phrase that stands. */
export const synonymForm = ({ say, means, changedAt }: ListedSynonym): Form => ({
  values: { say, means: means.join("\n"), seen: changedAt.toISOString() },
  errors: {},
});

/** @param former the phrase that the form changes; null: one is added */
export function synonymPage(former: { id: string; say: string } | null, form: Form, t: Translate): SynonymPage {
  const errors = errorSummary(form.errors, t);
  const title = former ? t("procedures.synonyms.changeTitle", { say: former.say }) : t("procedures.synonyms.addTitle");
  return {
    title,
    hasErrors: errors !== null,
    back: { href: paths.synonyms() },
    heading: { title },
    errors,
    action: former ? paths.synonym(former.id) : paths.newSynonym,
    seen: shown(form, "seen"),
    say: {
      name: "say",
      label: t("procedures.synonyms.say"),
      hint: t("procedures.synonyms.sayHint"),
      value: shown(form, "say"),
      maxLength: 100,
      error: errorText(form.errors, "say", t),
    },
    means: {
      name: "means",
      label: t("procedures.synonyms.means"),
      hint: t("procedures.synonyms.meansHint"),
      rows: 4,
      value: shown(form, "means"),
      error: errorText(form.errors, "means", t),
    },
    button: { text: t("procedures.synonyms.save") },
    remove: former
      ? {
          action: paths.removeSynonym(former.id),
          button: { text: t("procedures.synonyms.remove"), kind: "warning" },
        }
      : null,
  };
}
