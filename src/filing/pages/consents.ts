import { showCode } from "#platform/codes.ts";
import type { Button, EmptyState, PageHeading, PrintButton, SummaryList, Tag } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { OwnConsent } from "../queries/consents.ts";
import { wordingOf } from "../rules.ts";

export type ConsentItem = {
  title: string;
  tag: Tag;
  facts: SummaryList;
  revoke: { action: string; button: Button; about: string } | null;
};
export type ConsentsPage = Page & {
  heading: PageHeading;
  items: readonly ConsentItem[];
  empty: EmptyState | null;
  print: PrintButton;
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/consents": ConsentsPage;
  }
}

type Speech = { t: Translate; language: Language };
type Named = OwnConsent & { procedure: string };

function itemOf(consent: Named, { t, language }: Speech): ConsentItem {
  const { dossier, revocation, procedure } = consent;
  const wording = wordingOf(consent.purpose, consent.textVersion);
  const title = wording ? pick(wording, language) : consent.purpose;
  const row = (key: string, value: string | readonly string[]) => ({ key, value });
  return {
    title,
    tag: revocation
      ? { text: t("filing.consents.page.revoked"), tone: "neutral" }
      : { text: t("filing.consents.page.valid"), tone: "done" },
    facts: {
      rows: [
        row(t("filing.consents.page.dossier"), [procedure, dossier.code ?? showCode(dossier.reference)]),
        row(t("filing.consents.page.givenAt"), formatDateTime(consent.givenAt)),
        ...(revocation ? [row(t("filing.consents.page.revokedAt"), formatDateTime(revocation.revokedAt))] : []),
      ],
    },
    revoke: revocation
      ? null
      : {
          action: paths.revokeConsent(consent.id),
          button: { text: t("filing.consents.page.revoke"), kind: "secondary" },
          about: t("filing.consents.page.revokeAbout", { purpose: title }),
        },
  };
}

/** What somebody agreed to, in the wording that they read, each to be taken back. */
export const consentsPage = (consents: readonly Named[], speech: Speech): ConsentsPage => {
  const { t } = speech;
  return {
    title: t("filing.consents.page.title"),
    back: { href: paths.dossiers, text: t("filing.dossiers.title") },
    heading: { title: t("filing.consents.page.title"), lead: t("filing.consents.page.lead") },
    items: consents.map((consent) => itemOf(consent, speech)),
    print: { text: t("filing.confirmation.print") },
    empty:
      consents.length > 0 ? null : { title: t("filing.consents.page.none"), text: t("filing.consents.page.noneText") },
  };
};
