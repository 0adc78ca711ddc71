import { errorText, type Part, part } from "#platform/components.ts";
import { emptyForm, type Form, shown } from "#platform/form.ts";
import { formatDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { ShownControl } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { WholeCompany } from "../queries.ts";
import { INVITED_BY, type InvitedBy } from "../rules.ts";
import { roleChoices } from "./company.ts";
import { type CompaniesPage, pageOf, section } from "./frame.ts";

/** The form of what a company says of itself. @param company null: a new one */
export const describePage = (
  company: WholeCompany | null,
  controls: readonly ShownControl[],
  form: Form,
  t: Translate,
): CompaniesPage =>
  pageOf(
    company
      ? { title: t("companies.form.changeTitle"), caption: company.name }
      : { title: t("companies.form.makeTitle"), lead: t("companies.form.makeLead") },
    form,
    t,
    {
      back: { href: company ? paths.company(company.id) : paths.mine },
      parts: company
        ? [
            part("components/inset-text", {
              text: [
                `${t("companies.form.taxCode")}: ${company.taxCode}. ${t("companies.form.taxCodeFixed")}`,
                ...(company.confirmedAt ? [t("companies.form.nameWarning")] : []),
              ],
            }),
          ]
        : [],
      sections: [
        section({
          forms: [
            {
              action: company ? paths.change(company.id) : paths.make,
              version: company?.version ?? 0,
              parts: controls.map((control): Part => part("fields/any", control)),
              buttons: [{ text: t(company ? "companies.form.save" : "companies.form.make") }],
            },
          ],
        }),
      ],
    },
  );

export function invitePage({ id, name }: Pick<WholeCompany, "id" | "name">, form: Form, t: Translate): CompaniesPage {
  const control = (at: "by" | "to" | "role", label: string) => ({
    name: at,
    label,
    value: shown(form, at),
    error: errorText(form.errors, at, t),
  });
  return pageOf({ title: t("companies.invite.title"), caption: name, lead: t("companies.invite.lead") }, form, t, {
    back: { href: paths.company(id), text: name },
    sections: [
      section({
        forms: [
          {
            action: paths.invite(id),
            parts: [
              part("components/radios", {
                ...control("by", t("companies.invite.by")),
                items: INVITED_BY.map((value) => ({ value, text: t(`companies.invite.${value}`) })),
              }),
              part("components/input", { ...control("to", t("companies.invite.to")), width: 30, verbatim: true }),
              part("components/radios", { ...control("role", t("companies.invite.role")), items: roleChoices(t) }),
            ],
            buttons: [{ text: t("companies.invite.send") }],
          },
        ],
      }),
    ],
  });
}

/** The word of an invitation, shown once. */
export const invitedPage = (
  { id, name }: Pick<WholeCompany, "id" | "name">,
  { code, until, by, isMailed }: { code: string; until: Date; by: InvitedBy; isMailed: boolean },
  t: Translate,
): CompaniesPage => ({
  ...pageOf({ title: t("companies.invite.doneTitle") }, emptyForm, t, {
    parts: [
      part("components/panel", {
        title: t("companies.invite.doneTitle"),
        text: t("companies.invite.codeFor", { name }),
        code,
      }),
      part("components/inset-text", {
        text: [
          t("companies.invite.doneLead"),
          t("companies.invite.doneHow", { by: t(`companies.invite.byNames.${by}`) }),
          ...(isMailed ? [t("companies.invite.mailed")] : []),
          t("companies.invite.until", { until: formatDate(until) }),
        ],
        tone: "info",
      }),
    ],
    links: [{ text: t("companies.invite.back"), href: paths.company(id) }],
  }),
  heading: null,
});
