import { type ErrorSummary, part } from "#platform/components.ts";
import { formatDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { DocumentPage } from "../pages.ts";
import { paths } from "../paths.ts";
import type { VerifiedPaper } from "../queries.ts";
import { standingTag } from "../rules.ts";
import { page } from "./page.ts";

const MEGABYTES = 20;

/** What became of a file that was checked; `fault`: it could not be. */
export type Checked = { name: string; isCopy: boolean } | { fault: "missing" | "tooLarge" } | null;

const checkedPart = (checked: Checked, t: Translate) => {
  if (!checked || "fault" in checked) return [];
  const { name, isCopy } = checked;
  return [
    part("components/notification-banner", {
      kind: isCopy ? "success" : "warning",
      text: t(isCopy ? "documents.check.matches" : "documents.check.differs", { name }),
    }),
  ];
};

export function verifyPage(paper: VerifiedPaper, checked: Checked, t: Translate): DocumentPage {
  const fault = checked && "fault" in checked ? t(`documents.check.${checked.fault}`) : null;
  const errors: ErrorSummary | null = fault ? { errors: [{ text: fault, href: "#file" }] } : null;
  const ended =
    paper.standing === "valid"
      ? []
      : [
          part("components/notification-banner", {
            kind: "warning",
            text: t(`documents.ended.${paper.standing}`, { date: paper.endedAt ? formatDate(paper.endedAt) : "" }),
            ...(paper.successor
              ? {
                  link: {
                    text: t("documents.ended.successor", { number: paper.successor.number }),
                    href: paths.verification(paper.successor.token),
                  },
                }
              : {}),
          }),
        ];
  return {
    ...page({ title: t("documents.verify.title"), errors }),
    heading: {
      title: t("documents.verify.title"),
      lead: t("documents.verify.lead"),
      tag:
        paper.standing === "valid"
          ? { text: t("documents.verify.valid"), tone: "done" }
          : standingTag(paper.standing, t),
    },
    parts: [
      ...checkedPart(checked, t),
      ...ended,
      part("components/summary-list", {
        rows: [
          { key: t("documents.verify.kind"), value: paper.title, lang: "vi" },
          { key: t("documents.verify.number"), value: paper.number },
          { key: t("documents.verify.issuedOn"), value: formatDate(paper.issuedAt) },
          { key: t("documents.verify.agency"), value: paper.agency, lang: "vi" },
          ...(paper.code ? [{ key: t("documents.verify.code"), value: paper.code }] : []),
          {
            key: t("documents.verify.fingerprint"),
            value: [...(paper.fingerprint.match(/.{1,16}/g) ?? []), t("documents.verify.fingerprintHint")],
          },
        ],
      }),
    ],
    forms: [
      {
        title: t("documents.check.title"),
        lead: t("documents.check.lead"),
        action: paths.verification(paper.token),
        multipart: true,
        parts: [
          part("components/file-upload", {
            name: "file",
            label: t("documents.check.file"),
            error: fault,
            limit: t("documents.check.limit"),
            maxBytes: MEGABYTES * 1024 * 1024,
            tooLarge: t("documents.check.tooLarge"),
            accept: ".pdf",
          }),
        ],
        buttons: [{ text: t("documents.check.send") }],
      },
    ],
  };
}
