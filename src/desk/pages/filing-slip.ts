import type { Slip } from "#documents/index.ts";
import { formatDateTime, formatMoney } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { HandedIn } from "../queries/together.ts";

/** What one person handed in together, on one sheet; each dossier has its own receipt beside it. */
export function filingSlip(rows: readonly HandedIn[], by: { officer: string; at: Date }, t: Translate): Slip {
  const applicant = rows[0]?.applicant ?? "";
  const say = (key: "number" | "code" | "procedure" | "due" | "fees") => t(`desk.intake.together.${key}`);
  const total = rows.reduce((sum, { fees }) => sum + fees, 0n);
  return {
    format: "A5",
    title: t("desk.intake.together.title"),
    about: null,
    number: null,
    facts: [
      { name: t("desk.counter.done.applicant"), value: applicant },
      { name: t("desk.intake.together.count"), value: String(rows.length) },
    ],
    columns: [
      { title: say("number"), share: 6, align: "center" },
      { title: say("code"), share: 28 },
      { title: say("procedure"), share: 36 },
      { title: say("due"), share: 18, align: "center" },
      { title: say("fees"), share: 14, align: "center" },
    ],
    rows: rows.map((one, i) => [
      String(i + 1),
      one.code ?? one.reference,
      one.procedure,
      one.dueAt ? formatDateTime(one.dueAt) : t(`dossiers.status.${one.status}`),
      formatMoney(one.fees),
    ]),
    remarks: [t("desk.intake.together.total", { total: formatMoney(total) }), t("desk.intake.together.own")],
    signatures: [
      { title: t("desk.intake.together.applicant"), name: applicant },
      { title: t("desk.intake.together.officer"), name: by.officer },
    ],
    at: by.at,
  };
}
