import { adminSections } from "#admin/index.ts";
import { paths as authoringPaths } from "#authoring/paths.ts";
import { errorSummary, errorText, part } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { DocumentPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { formNumbers, type PaperForm, paperName } from "../rules.ts";
import { page } from "./page.ts";

type Series = { series: string; year: number; value: number; closedAt: Date | null };

const fromText = ({ from }: PaperForm, t: Translate): string =>
  from ? formatPartialDate(from) : t("documents.forms.always");
const checkedText = ({ confirmed }: PaperForm, t: Translate): string =>
  confirmed
    ? t("documents.forms.confirmed", { name: confirmed.name, at: formatDateTime(confirmed.at) })
    : t("documents.forms.unchecked");

/** Every form with its days, who compared it with the original, and how far its registers have come. */
export const formsPage = (
  {
    forms,
    series,
    agencyName,
  }: { forms: readonly PaperForm[]; series: readonly Series[]; agencyName: (id: string) => string },
  t: Translate,
): DocumentPage =>
  page({
    title: t("documents.forms.title"),
    lead: t("documents.forms.lead"),
    width: "wide",
    sections: adminSections(paths.forms, t),
    parts: [
      part("components/link-button", {
        text: t("documents.forms.words"),
        href: authoringPaths.wordings("papers"),
        kind: "secondary",
      }),
      part("components/table", {
        caption: t("documents.forms.title"),
        hideCaption: true,
        head: (["name", "number", "from", "symbol", "checked"] as const).map((key) => ({
          text: t(`documents.forms.${key}`),
        })),
        rows: forms.map((form) => ({
          cells: [
            { text: form.title, href: paths.form(form.id), note: form.procedureCode || form.basis },
            { text: formNumbers[form.kind] ?? "" },
            { text: fromText(form, t) },
            { text: form.symbol },
            form.confirmed
              ? { text: checkedText(form, t) }
              : { text: "", tag: { text: t("documents.forms.unchecked"), tone: "waiting" as const } },
          ],
        })),
      }),
    ],
    after:
      series.length === 0
        ? []
        : [
            part("components/table", {
              caption: t("documents.forms.numbering"),
              head: (["series", "agency", "year", "last", "checked"] as const).map((key) => ({
                text: key === "checked" ? t("documents.register.state") : t(`documents.forms.${key}`),
                numeric: key === "last",
              })),
              rows: series.map(({ series: name, year, value, closedAt }) => {
                const [kind = "", agencyId = "", procedure = ""] = name.split(":");
                return {
                  cells: [
                    { text: paperName(kind, t), note: procedure || null },
                    { text: agencyName(agencyId) },
                    { text: String(year) },
                    { text: String(value), numeric: true },
                    {
                      text: closedAt
                        ? t("documents.forms.closed", { at: formatDateTime(closedAt) })
                        : t("documents.forms.open"),
                    },
                  ],
                };
              }),
            }),
          ],
  });

/** One form: what it says of itself, its preview, and what an administrator may do with it. */
export const formPage = (form: PaperForm, typed: Form, today: string, t: Translate): DocumentPage => {
  const [year = "", month = "", day = ""] = today.split("-");
  const text = (name: "title" | "basis" | "symbol") =>
    part("components/input", {
      name,
      label: t(`documents.forms.${name === "title" ? "name" : name}`),
      value: typed.values[name] === undefined ? form[name] : shown(typed, name),
      error: errorText(typed.errors, name, t),
    });
  return page({
    title: form.title,
    back: { href: paths.forms },
    errors: errorSummary(typed.errors, t),
    parts: [
      part("components/summary-list", {
        rows: [
          { key: t("documents.forms.number"), value: formNumbers[form.kind] ?? form.procedureCode },
          { key: t("documents.forms.from"), value: fromText(form, t) },
          { key: t("documents.forms.basis"), value: form.basis },
          { key: t("documents.forms.symbol"), value: form.symbol },
          { key: t("documents.forms.checked"), value: checkedText(form, t) },
        ],
      }),
      ...(form.kind === "register"
        ? []
        : [
            part("components/link-button", {
              text: t("documents.forms.view"),
              href: paths.formSample(form.id),
              kind: "secondary",
            }),
          ]),
    ],
    forms: [
      ...(form.confirmed
        ? []
        : [
            {
              lead: t("documents.forms.confirmLead"),
              action: paths.confirmForm(form.id),
              parts: [],
              buttons: [{ text: t("documents.forms.confirm") }],
            },
          ]),
      {
        title: t("documents.forms.rename"),
        action: paths.renameForm(form.id),
        parts: [
          text("title"),
          text("basis"),
          text("symbol"),
          part("components/date-input", {
            name: "from",
            label: t("documents.forms.renameDay"),
            value:
              typed.values["from.day"] === undefined
                ? { day, month, year }
                : { day: shown(typed, "from.day"), month: shown(typed, "from.month"), year: shown(typed, "from.year") },
            error: errorText(typed.errors, "from", t),
          }),
        ],
        buttons: [{ text: t("documents.forms.renameSend"), kind: "secondary" }],
      },
    ],
  });
};
