import { errorSummary, errorText, part } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import type { ResultTemplate } from "../filling/result.ts";
import type { DocumentPage } from "../pages.ts";
import { paths } from "../paths.ts";
import type { VerifiedPaper } from "../queries.ts";
import { page } from "./page.ts";

/** Where a leader takes a paper back or has it replaced. */
export const endPage = (
  { id, kind, back, paper }: { id: string; kind: string; back: string; paper: VerifiedPaper },
  form: Form,
  t: Translate,
): DocumentPage =>
  page({
    title: t("documents.end.title"),
    lead: t("documents.end.lead"),
    back: { href: back },
    errors: errorSummary(form.errors, t),
    parts: [
      part("components/summary-list", {
        rows: [
          { key: t("documents.verify.kind"), value: paper.title },
          { key: t("documents.verify.number"), value: paper.number },
          { key: t("documents.verify.code"), value: paper.code },
        ],
      }),
    ],
    forms: [
      {
        action: paths.endPaper(id),
        parts: [
          part("components/textarea", {
            name: "reason",
            label: t("documents.end.reason"),
            hint: t("documents.end.reasonHint"),
            value: shown(form, "reason"),
            error: errorText(form.errors, "reason", t),
            rows: 4,
            maxLength: 4000,
          }),
        ],
        buttons: [
          ...(kind === "result"
            ? []
            : [{ text: t("documents.end.replace"), kind: "secondary" as const, name: "act", value: "replace" }]),
          { text: t("documents.end.revoke"), kind: "warning", name: "act", value: "revoke" },
        ],
      },
    ],
  });

/** What an officer certifies before a result is made of it. */
export const makePage = (
  { dossierId, title, back, template }: { dossierId: string; title: string; back: string; template: ResultTemplate },
  form: Form,
  t: Translate,
): DocumentPage =>
  page({
    title: t("documents.make.title", { title }),
    lead: t("documents.make.lead"),
    back: { href: back },
    errors: errorSummary(form.errors, t),
    forms: [
      {
        action: paths.makeResult(dossierId),
        parts: [
          ...template.fields.map(({ id, label, long, required }) => {
            const control = {
              name: id,
              label,
              value: shown(form, id),
              error: errorText(form.errors, id, t),
              ...(required ? {} : { required }),
            };
            return long ? part("components/textarea", { ...control, rows: 2 }) : part("components/input", control);
          }),
          part("components/input", {
            name: "signer",
            label: t("documents.make.signer"),
            value: shown(form, "signer"),
            required: false,
          }),
        ],
        buttons: [
          { text: t("documents.make.issue"), name: "act", value: "issue" },
          { text: t("documents.make.preview"), kind: "secondary", name: "act", value: "preview" },
        ],
      },
    ],
  });
