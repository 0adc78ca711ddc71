import type { OwnDossierRow, OwnGroup } from "#dossiers/index.ts";
import { statusTag } from "#dossiers/rules.ts";
import { showCode } from "#platform/codes.ts";
import type {
  EmptyState,
  ErrorSummary,
  Input,
  InsetText,
  Link,
  LinkButton,
  PageHeading,
  Pagination,
  SearchBox,
  SubNavigation,
  Tag,
} from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";

/** One line of the list: a draft or a filed dossier. */
export type DossierCard = {
  title: string;
  href: string;
  tag: Tag;
  /** What is expected of the reader. */
  expected: Link | null;
  facts: readonly { name: string; value: string }[];
  remove: { text: string; href: string; about: string } | null;
};
export type DossierSection = {
  title: string;
  text: InsetText | null;
  items: readonly DossierCard[];
  all: Link | null;
};
export type DossiersPage = Page & {
  heading: PageHeading;
  search: SearchBox | null;
  groups: SubNavigation | null;
  sections: readonly DossierSection[];
  empty: EmptyState | null;
  pagination: Pagination | null;
  link: { title: string; text: string; button: LinkButton } | null;
};
export type LinkPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  action: string;
  code: Input;
  linkCode: Input;
  submit: string;
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/dossiers": DossiersPage;
    "filing/_dossier-card": DossierCard;
    "filing/_dossier-section": DossierSection;
    "filing/link": LinkPage;
  }
}

export type DraftRow = {
  id: string;
  procedure: string;
  agencyName: string;
  companyName: string | null;
  updatedAt: Date;
};
export type FiledRow = OwnDossierRow & { procedure: string };

const companyFact = (name: string | null, t: Translate) =>
  name ? [{ name: t("companies.dossier.row"), value: name }] : [];

const draftCard = ({ id, procedure, agencyName, companyName, updatedAt }: DraftRow, t: Translate): DossierCard => ({
  title: procedure,
  href: paths.draft(id),
  tag: { text: t("filing.dossiers.notFiled"), tone: "neutral" },
  expected: null,
  facts: [
    { name: t("filing.dossiers.agency"), value: agencyName },
    ...companyFact(companyName, t),
    { name: t("filing.start.savedAt"), value: formatDateTime(updatedAt) },
  ],
  remove: { text: t("filing.dossiers.delete"), href: paths.deleteDraft(id), about: procedure },
});

/** What the reader should do next with a dossier that waits for them. */
function expectedOf({ group, status, reference, companyName }: FiledRow, t: Translate): Link | null {
  const says = (key: "supplement" | "obligation" | "declined" | "collect" | "result", href: string): Link => ({
    text: t(`filing.mine.expected.${key}`),
    href,
  });
  if (group === "act") {
    if (status === "awaiting_obligation") return says("obligation", paths.dossier(reference));
    if (status === "declined") return says("declined", paths.dossier(reference));
    // Not everybody who sees a company's dossiers may answer for it: its own page says so.
    return says("supplement", companyName ? paths.dossier(reference) : paths.supplement(reference));
  }
  if (group !== "collect") return null;
  return says(status === "delivered" ? "result" : "collect", paths.dossier(reference));
}

const filedCard = (row: FiledRow, t: Translate): DossierCard => ({
  title: row.procedure,
  href: paths.dossier(row.reference),
  tag: statusTag(row.status, t),
  expected: expectedOf(row, t),
  facts: [
    row.code
      ? { name: t("filing.dossier.code"), value: row.code }
      : { name: t("filing.dossier.reference"), value: showCode(row.reference) },
    { name: t("filing.dossiers.agency"), value: row.agencyName },
    ...companyFact(row.companyName, t),
    { name: t("filing.dossier.submitted"), value: formatDateTime(row.submittedAt) },
    ...(row.dueAt
      ? [
          {
            name: t("filing.dossiers.due"),
            value: row.pausedAt ? t("filing.moves.pausedShort") : formatDateTime(row.dueAt),
          },
        ]
      : []),
  ],
  remove: null,
});

/** Addresses of the groups, as the reader sees them. */
export const OWN_TABS = {
  "can-lam": ["act", "collect"],
  "dang-giai-quyet": ["open"],
  "da-xong": ["done"],
} as const satisfies Record<string, readonly OwnGroup[]>;
export type OwnTab = keyof typeof OWN_TABS;
export const isOwnTab = (text: unknown): text is OwnTab => typeof text === "string" && Object.hasOwn(OWN_TABS, text);

const tabWords = { "can-lam": "todo", "dang-giai-quyet": "open", "da-xong": "done" } as const;

type Counts = Record<OwnGroup, number>;
/** So many of each group stand on the first page. */
export const SURVEYED = 6;

const countIn = (counts: Counts, tab: OwnTab): number =>
  OWN_TABS[tab].reduce((sum, group: OwnGroup) => sum + counts[group], 0);

function groupsOf(counts: Counts, current: OwnTab | null, t: Translate): SubNavigation {
  const tabs = (Object.keys(OWN_TABS) as OwnTab[]).map((tab) => ({
    text: t(`filing.mine.groups.${tabWords[tab]}`),
    href: paths.ownDossiers({ nhom: tab }),
    current: tab === current,
    count: formatNumber(countIn(counts, tab)),
  }));
  return {
    label: t("filing.mine.groups.label"),
    items: [{ text: t("filing.mine.groups.all"), href: paths.dossiers, current: current === null }, ...tabs],
  };
}

const searchOf = (q: string, t: Translate): SearchBox => ({
  action: paths.dossiers,
  name: "q",
  label: t("filing.mine.search"),
  hint: t("filing.mine.searchHint"),
  button: t("filing.mine.searchButton"),
  value: q,
});

const frame = (t: Translate) => ({
  title: t("filing.dossiers.title"),
  heading: { title: t("filing.dossiers.title") },
  pagination: null,
  link: {
    title: t("filing.dossiers.link"),
    text: t("filing.dossiers.linkText"),
    button: { text: t("filing.dossiers.link"), href: paths.link, kind: "secondary" as const },
  },
});

/** What is expected of the reader first, then drafts, clearly not filed, then what is under way and what is done. */
export function dossiersPage(
  { drafts, filed, counts }: { drafts: readonly DraftRow[]; filed: readonly FiledRow[]; counts: Counts },
  t: Translate,
): DossiersPage {
  const section = (tab: OwnTab, text: InsetText | null): DossierSection[] => {
    const groups: readonly OwnGroup[] = OWN_TABS[tab];
    const items = groups.flatMap((group) => filed.filter((row) => row.group === group));
    const count = countIn(counts, tab);
    if (items.length === 0) return [];
    return [
      {
        title: t(`filing.mine.groups.${tabWords[tab]}`),
        text,
        items: items.map((row) => filedCard(row, t)),
        all:
          count > items.length
            ? { text: t("filing.mine.seeAll", { count: formatNumber(count) }), href: paths.ownDossiers({ nhom: tab }) }
            : null,
      },
    ];
  };
  const unfinished: DossierSection[] =
    drafts.length === 0
      ? []
      : [
          {
            title: t("filing.dossiers.drafts"),
            text: { text: t("filing.dossiers.draftsText"), tone: "warning" },
            items: drafts.map((row) => draftCard(row, t)),
            all: null,
          },
        ];
  const hasFiled = filed.length > 0;
  return {
    ...frame(t),
    search: hasFiled ? searchOf("", t) : null,
    groups: hasFiled ? groupsOf(counts, null, t) : null,
    sections: [
      ...section("can-lam", { text: t("filing.mine.todoText"), tone: "warning" }),
      ...unfinished,
      ...section("dang-giai-quyet", null),
      ...section("da-xong", null),
    ],
    empty: hasFiled
      ? null
      : {
          title: t("filing.dossiers.none"),
          text: t("filing.dossiers.noneText"),
          link: { text: t("filing.dossiers.find"), href: "/thu-tuc" },
        },
  };
}

/** One group whole, or what was found, page by page. */
export function ownListPage(
  { rows, next, counts }: { rows: readonly FiledRow[]; next: string | null; counts: Counts },
  asked: { tab: OwnTab | null; q: string; isFirst: boolean },
  t: Translate,
): DossiersPage {
  const { tab, q, isFirst } = asked;
  const title = tab ? t(`filing.mine.groups.${tabWords[tab]}`) : t("filing.mine.found", { q });
  const address = { nhom: tab ?? undefined, q: q || undefined };
  return {
    ...frame(t),
    title: `${title} – ${t("filing.dossiers.title")}`,
    search: searchOf(q, t),
    groups: groupsOf(counts, tab, t),
    sections: rows.length === 0 ? [] : [{ title, text: null, items: rows.map((row) => filedCard(row, t)), all: null }],
    empty:
      rows.length > 0
        ? null
        : {
            title: t(q ? "filing.mine.foundNone" : "filing.mine.empty"),
            text: q ? t("filing.mine.foundNoneText") : null,
            link: { text: t("filing.mine.showAll"), href: paths.dossiers },
          },
    pagination:
      next || !isFirst
        ? {
            label: title,
            newer: isFirst ? null : { href: paths.ownDossiers(address), text: t("filing.dossiers.newest") },
            older: next
              ? { href: paths.ownDossiers({ ...address, truoc: next }), text: t("filing.dossiers.older") }
              : null,
          }
        : null,
    link: null,
  };
}

export const linkPage = (form: Form, t: Translate): LinkPage => ({
  title: t("filing.link.title"),
  hasErrors: Object.keys(form.errors).length > 0,
  back: { href: paths.dossiers },
  heading: { title: t("filing.link.title"), lead: t("filing.link.lead") },
  errors: errorSummary(form.errors, t),
  action: paths.link,
  code: {
    name: "code",
    label: t("filing.link.code"),
    hint: t("filing.link.codeHint"),
    error: errorText(form.errors, "code", t),
    value: shown(form, "code"),
    width: 30,
    verbatim: true,
    autocomplete: "off",
  },
  linkCode: {
    name: "linkCode",
    label: t("filing.link.linkCode"),
    hint: t("filing.link.linkCodeHint"),
    error: errorText(form.errors, "linkCode", t),
    value: shown(form, "linkCode"),
    width: 20,
    verbatim: true,
    autocomplete: "off",
  },
  submit: t("filing.link.submit"),
});
