import { type Status, statusTag } from "#dossiers/rules.ts";
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
  Tag,
} from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";

/** One line of the list: a draft or a filed dossier. */
export type DossierCard = {
  title: string;
  href: string;
  tag: Tag;
  facts: readonly { name: string; value: string }[];
  remove: { text: string; href: string; about: string } | null;
};
export type DossiersPage = Page & {
  heading: PageHeading;
  drafts: { title: string; text: InsetText; items: readonly DossierCard[] } | null;
  filedTitle: string;
  filed: readonly DossierCard[];
  empty: EmptyState | null;
  pagination: Pagination | null;
  link: { title: string; text: string; button: LinkButton };
  consents: Link;
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
    "filing/link": LinkPage;
  }
}

export type DraftRow = { id: string; procedure: string; agencyName: string; updatedAt: Date };
export type FiledRow = {
  reference: string;
  code: string | null;
  procedure: string;
  agencyName: string;
  status: Status;
  submittedAt: Date;
  dueAt: Date | null;
  pausedAt: Date | null;
};

const draftCard = ({ id, procedure, agencyName, updatedAt }: DraftRow, t: Translate): DossierCard => ({
  title: procedure,
  href: paths.draft(id),
  tag: { text: t("filing.dossiers.notFiled"), tone: "neutral" },
  facts: [
    { name: t("filing.dossiers.agency"), value: agencyName },
    { name: t("filing.start.savedAt"), value: formatDateTime(updatedAt) },
  ],
  remove: { text: t("filing.dossiers.delete"), href: paths.deleteDraft(id), about: procedure },
});

const filedCard = (row: FiledRow, t: Translate): DossierCard => ({
  title: row.procedure,
  href: paths.dossier(row.reference),
  tag: statusTag(row.status, t),
  facts: [
    row.code
      ? { name: t("filing.dossier.code"), value: row.code }
      : { name: t("filing.dossier.reference"), value: showCode(row.reference) },
    { name: t("filing.dossiers.agency"), value: row.agencyName },
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

/** Own drafts, clearly not filed, above what was filed. */
export function dossiersPage(
  drafts: readonly DraftRow[],
  filed: readonly FiledRow[],
  next: string | null,
  isFirst: boolean,
  t: Translate,
): DossiersPage {
  return {
    title: t("filing.dossiers.title"),
    heading: { title: t("filing.dossiers.title") },
    drafts:
      drafts.length === 0
        ? null
        : {
            title: t("filing.dossiers.drafts"),
            text: { text: t("filing.dossiers.draftsText"), tone: "warning" },
            items: drafts.map((row) => draftCard(row, t)),
          },
    filedTitle: t("filing.dossiers.filed"),
    filed: filed.map((row) => filedCard(row, t)),
    empty:
      filed.length > 0
        ? null
        : {
            title: t("filing.dossiers.none"),
            text: t("filing.dossiers.noneText"),
            link: { text: t("filing.dossiers.find"), href: "/thu-tuc" },
          },
    pagination:
      next || !isFirst
        ? {
            label: t("filing.dossiers.title"),
            newer: isFirst ? null : { href: paths.dossiers, text: t("filing.dossiers.newest") },
            older: next ? { href: paths.older(next), text: t("filing.dossiers.older") } : null,
          }
        : null,
    link: {
      title: t("filing.dossiers.link"),
      text: t("filing.dossiers.linkText"),
      button: { text: t("filing.dossiers.link"), href: paths.link, kind: "secondary" },
    },
    consents: { text: t("filing.consents.page.link"), href: paths.consents },
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
