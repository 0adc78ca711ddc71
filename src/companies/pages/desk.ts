import { errorText, part, type SummaryRow } from "#platform/components.ts";
import { emptyForm, type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { AskedCompany, FoundCompany } from "../queries.ts";
import { FORMER } from "../rules.ts";
import { type CompaniesPage, pageOf, section } from "./frame.ts";
import { stateTag } from "./list.ts";

/** Where the desk finds a company by its tax code. */
export const deskPage = (asked: string | null, found: readonly FoundCompany[], t: Translate): CompaniesPage =>
  pageOf({ title: t("companies.desk.title"), lead: t("companies.desk.lead") }, emptyForm, t, {
    parts: [
      part("components/search-box", {
        action: paths.desk,
        name: "q",
        id: "ma-so",
        label: t("companies.desk.search"),
        value: asked,
        button: t("companies.desk.find"),
        verbatim: true,
      }),
      ...(asked === null
        ? []
        : found.length === 0
          ? [part("components/empty-state", { title: t("companies.desk.none"), text: t("companies.desk.noneText") })]
          : [
              part("components/table", {
                caption: t("companies.desk.found", { code: asked }),
                head: [
                  { text: t("companies.form.name") },
                  { text: t("companies.desk.representative") },
                  { text: t("companies.desk.made") },
                  { text: t("companies.page.status") },
                ],
                rows: found.map(({ id, name, members, createdAt, confirmedAt }) => ({
                  cells: [
                    { text: name, href: paths.deskCompany(id) },
                    { text: members.map(({ account }) => account?.displayName ?? "").join(", ") },
                    { text: formatDateTime(createdAt) },
                    { text: "", tag: stateTag(confirmedAt, t) },
                  ],
                })),
              }),
            ]),
    ],
  });

function factsOf(company: AskedCompany, t: Translate): SummaryRow[] {
  const row = (key: string, value: string | null | undefined): SummaryRow[] => (value ? [{ key, value }] : []);
  return [
    ...row(t("companies.form.taxCode"), company.taxCode),
    ...row(t("companies.form.address"), company.address),
    ...row(t("companies.form.phone"), company.phone),
    ...row(t("companies.form.email"), company.email),
    ...row(t("companies.desk.made"), formatDateTime(company.createdAt)),
    ...company.members.flatMap(({ account, position }) => [
      ...row(t("companies.desk.representative"), [account?.displayName, position].filter(Boolean).join(", ")),
      ...row(t("companies.desk.personalId"), account?.profile?.personalId),
      ...row(
        t("companies.desk.level"),
        t(account?.profile?.identityLevel === "verified" ? "companies.desk.verified" : "companies.desk.declared"),
      ),
    ]),
    {
      key: t("companies.page.status"),
      tag: stateTag(company.confirmedAt, t),
      value: company.papersSeen
        ? [
            t("companies.confirmed.counter", {
              agency: company.agency?.name ?? "",
              at: company.confirmedAt ? formatDateTime(company.confirmedAt) : "",
            }),
            t("companies.desk.seen", { papers: company.papersSeen }),
          ]
        : "",
    },
  ];
}

/** What is declared of a company, and the form by which the desk says that it saw the papers. */
export function toConfirmPage(company: AskedCompany, form: Form, t: Translate): CompaniesPage {
  const control = (name: "papers" | "checked" | "former", label: string) => ({
    name,
    label,
    error: errorText(form.errors, name, t),
  });
  const confirming = section({
    title: t("companies.desk.confirm"),
    forms: [
      {
        action: paths.confirm(company.id),
        parts: [
          ...(company.hasOther
            ? [
                part("components/inset-text", { text: t("companies.desk.other"), tone: "warning" }),
                part("components/radios", {
                  ...control("former", t("companies.desk.former")),
                  value: shown(form, "former"),
                  items: FORMER.map((value) => ({
                    value,
                    text: t(value === "stay" ? "companies.desk.formerStay" : "companies.desk.formerEnd"),
                  })),
                }),
              ]
            : []),
          part("components/textarea", {
            ...control("papers", t("companies.desk.papers")),
            hint: t("companies.desk.papersHint"),
            value: shown(form, "papers"),
            rows: 3,
            maxLength: 500,
          }),
          part("components/checkboxes", {
            ...control("checked", t("companies.desk.checked")),
            items: [{ value: "yes", text: t("companies.desk.checkedText") }],
          }),
        ],
        buttons: [{ text: t("companies.desk.confirm") }],
      },
    ],
  });
  return pageOf({ title: company.name, caption: t("companies.desk.title") }, form, t, {
    back: { href: paths.deskFor(company.taxCode) },
    parts: [part("components/summary-list", { title: t("companies.page.facts"), rows: factsOf(company, t) })],
    sections: company.confirmedAt ? [] : [confirming],
  });
}
