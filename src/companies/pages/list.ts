import { errorText, part } from "#platform/components.ts";
import type { Form } from "#platform/form.ts";
import { formatDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { Invitation, OwnCompany } from "../queries.ts";
import { type CompaniesPage, pageOf, section } from "./frame.ts";

export const stateTag = (confirmedAt: Date | null, t: Translate) =>
  confirmedAt
    ? ({ text: t("companies.state.confirmed"), tone: "done" } as const)
    : ({ text: t("companies.state.unconfirmed"), tone: "waiting" } as const);

/** What the citizen belongs to, which invitations wait for them, and where an invitation's word is typed. */
export function listPage(
  own: readonly OwnCompany[],
  invitations: readonly (Invitation & { inviter: string })[],
  form: Form,
  t: Translate,
): CompaniesPage {
  const cards = own.map(({ id, name, taxCode, role, confirmedAt }) => ({
    title: name,
    href: paths.company(id),
    text: t(`companies.role.${role}`),
    note: taxCode,
    tag: stateTag(confirmedAt, t),
  }));
  return pageOf({ title: t("companies.list.title"), lead: t("companies.list.lead") }, form, t, {
    parts: [
      own.length > 0
        ? part("components/card-grid", { columns: 2, headingLevel: 2, items: cards })
        : part("components/empty-state", { title: t("companies.list.none"), text: t("companies.list.noneText") }),
      part("components/link-button", { text: t("companies.list.make"), href: paths.make, kind: "secondary" }),
    ],
    sections: [
      ...invitations.map(({ id, role, expiresAt, company, inviter }, at) =>
        section({
          title: at === 0 ? t("companies.list.invitations") : null,
          parts: [
            part("components/inset-text", {
              text: [
                company.name,
                t("companies.list.invitedBy", {
                  name: inviter,
                  role: t(`companies.role.${role}`).toLowerCase(),
                  until: formatDate(expiresAt ?? new Date(0)),
                }),
              ],
              tone: "info",
            }),
          ],
          forms: [
            {
              action: paths.join(id),
              about: company.name,
              parts: [],
              buttons: [
                { text: t("companies.list.join") },
                { text: t("companies.list.decline"), kind: "secondary", action: paths.decline(id) },
              ],
            },
          ],
        }),
      ),
      section({
        title: t("companies.list.codeTitle"),
        lead: t("companies.list.codeLead"),
        forms: [
          {
            action: paths.takeUp,
            parts: [
              part("components/input", {
                name: "code",
                label: t("companies.list.code"),
                width: 20,
                verbatim: true,
                autocomplete: "off",
                error: errorText(form.errors, "code", t),
              }),
            ],
            buttons: [{ text: t("companies.list.codeButton"), kind: "secondary" }],
          },
        ],
      }),
    ],
  });
}
