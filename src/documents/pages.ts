import type { PageHeading, SummaryList } from "#platform/components.ts";
import { formatDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import type { VerifiedPaper } from "./queries.ts";

export type VerifyPage = Page & { heading: PageHeading; facts: SummaryList };

declare module "#platform/render.ts" {
  interface Views {
    "documents/verify": VerifyPage;
  }
}

export const verifyPage = (paper: VerifiedPaper, t: Translate): VerifyPage => ({
  title: t("documents.verify.title"),
  heading: {
    title: t("documents.verify.title"),
    lead: t("documents.verify.lead"),
    tag: { text: t("documents.verify.valid"), tone: "done" },
  },
  facts: {
    rows: [
      { key: t("documents.verify.kind"), value: paper.title },
      { key: t("documents.verify.number"), value: paper.number },
      { key: t("documents.verify.issuedOn"), value: formatDate(paper.issuedAt) },
      { key: t("documents.verify.agency"), value: paper.agency },
      { key: t("documents.verify.code"), value: paper.code },
      {
        key: t("documents.verify.fingerprint"),
        value: [...(paper.fingerprint.match(/.{1,32}/g) ?? []), t("documents.verify.fingerprintHint")],
      },
    ],
  },
});
