import { paths as accountPaths } from "#accounts/paths.ts";
import { paths as filingPaths } from "#filing/paths.ts";
import { type Part, part, type SummaryRow } from "#platform/components.ts";
import { emptyForm } from "#platform/form.ts";
import { formatDate, formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { WholeCompany } from "../queries.ts";
import { COMPANY_ROLES, mayDo } from "../rules.ts";
import { type CompaniesPage, type CompanySection, pageOf, section } from "./frame.ts";
import { stateTag } from "./list.ts";

function facts(company: WholeCompany, t: Translate): Part {
  const { id, taxCode, address, phone, email, confirmedAt, confirmedBy, agency, openDossiers, role } = company;
  const row = (key: string, value: string | null): SummaryRow[] => (value ? [{ key, value }] : []);
  const how =
    confirmedAt === null
      ? ""
      : confirmedBy === "identity"
        ? t("companies.confirmed.identity", { at: formatDateTime(confirmedAt) })
        : t("companies.confirmed.counter", { agency: agency?.name ?? "", at: formatDateTime(confirmedAt) });
  return part("components/summary-list", {
    title: t("companies.page.facts"),
    actions: mayDo(role, "administer")
      ? [{ text: t("companies.page.change"), href: paths.change(id), about: t("companies.page.changeAbout") }]
      : [],
    rows: [
      ...row(t("companies.form.taxCode"), taxCode),
      ...row(t("companies.form.address"), address),
      ...row(t("companies.form.phone"), phone),
      ...row(t("companies.form.email"), email),
      { key: t("companies.page.status"), value: how, tag: stateTag(confirmedAt, t) },
      { key: t("companies.page.role"), value: t(`companies.role.${role}`) },
      {
        key: t("companies.page.dossiers"),
        value: t("companies.page.openDossiers", { count: openDossiers }),
        href: filingPaths.dossiers,
      },
    ],
  });
}

type Member = WholeCompany["members"][number];
const nameOf = ({ account }: Member): string => account?.displayName ?? "";

/** Roles to choose from, with what each may do. */
export const roleChoices = (t: Translate) =>
  COMPANY_ROLES.map((value) => ({
    value,
    text: t(`companies.role.${value}`),
    hint: t(`companies.roleHint.${value}`),
  }));

/** Another role, or the end: only for who administers; everybody may go. */
function movesOf(company: WholeCompany, member: Member, accountId: string, t: Translate): Part[] {
  const { id, role } = company;
  const name = nameOf(member);
  const isOwn = member.accountId === accountId;
  if (!isOwn && !mayDo(role, "administer")) return [];
  const leaving = part("companies/_form", {
    action: isOwn ? paths.leave(id) : paths.end(id, member.id),
    about: isOwn ? t("companies.page.leave") : t("companies.page.endAbout", { name }),
    parts: [part("components/inset-text", { text: t(isOwn ? "companies.page.leaveLead" : "companies.page.endLead") })],
    buttons: [{ text: t(isOwn ? "companies.page.leave" : "companies.page.end"), kind: "warning" }],
  });
  const changing = part("companies/_form", {
    action: paths.role(id, member.id),
    about: t("companies.page.changeRole", { name }),
    parts: [
      part("components/radios", {
        name: "role",
        id: `role-${member.id}`,
        label: t("companies.page.newRole"),
        value: member.role,
        items: roleChoices(t),
      }),
    ],
    buttons: [{ text: t("companies.page.saveRole"), kind: "secondary" }],
  });
  return [
    part("components/details", {
      summary: isOwn && !mayDo(role, "administer") ? t("companies.page.leave") : t("companies.page.manage"),
      parts: mayDo(role, "administer") ? [changing, leaving] : [leaving],
    }),
  ];
}

const members = (company: WholeCompany, accountId: string, t: Translate): CompanySection =>
  section({
    title: t("companies.page.members"),
    parts: [
      part("components/summary-list", {
        rows: company.members.map((member) => ({
          key: member.accountId === accountId ? `${nameOf(member)} ${t("companies.page.you")}` : nameOf(member),
          value: [
            [t(`companies.role.${member.role}`), member.position].filter(Boolean).join(", "),
            `${t("companies.page.since")} ${formatDate(member.joinedAt ?? member.createdAt)}`,
          ],
          parts: movesOf(company, member, accountId, t),
        })),
      }),
      ...(mayDo(company.role, "administer")
        ? [
            part("components/link-button", {
              text: t("companies.page.invite"),
              href: paths.invite(company.id),
              kind: "secondary",
            }),
          ]
        : []),
    ],
  });

const pending = ({ id, invitations }: WholeCompany, t: Translate): CompanySection[] =>
  invitations.length === 0
    ? []
    : [
        section({
          title: t("companies.page.pending"),
          parts: [
            part("components/summary-list", {
              rows: invitations.map((invitation) => ({
                key: invitation.invitedTo ?? "",
                value: [
                  t(`companies.role.${invitation.role}`),
                  t("companies.page.pendingUntil", { until: formatDate(invitation.expiresAt ?? new Date(0)) }),
                ],
                parts: [
                  part("companies/_form", {
                    action: paths.end(id, invitation.id),
                    about: invitation.invitedTo ?? "",
                    parts: [],
                    buttons: [{ text: t("companies.page.withdraw"), kind: "secondary" }],
                  }),
                ],
              })),
            }),
          ],
        }),
      ];

/** A company as its members see it: what it is, whether it is confirmed, who belongs to it. */
export const companyPage = (
  company: WholeCompany,
  { accountId, byIdentity }: { accountId: string /** Where a provider of identities is. */; byIdentity: boolean },
  t: Translate,
): CompaniesPage =>
  pageOf({ title: company.name, caption: t("companies.list.title") }, emptyForm, t, {
    back: { href: paths.mine, text: t("companies.list.title") },
    parts: [
      ...(company.confirmedAt
        ? []
        : [
            part("components/inset-text", {
              text: mayDo(company.role, "administer")
                ? [t("companies.unconfirmed.text"), t("companies.unconfirmed.may"), t("companies.unconfirmed.how")]
                : [
                    t("companies.unconfirmed.textOther"),
                    ...(mayDo(company.role, "act") ? [t("companies.unconfirmed.may")] : []),
                  ],
              tone: "warning",
            }),
          ]),
      ...(company.confirmedAt === null && byIdentity && mayDo(company.role, "administer")
        ? [
            part("companies/_form", {
              action: accountPaths.confirmCompany(company.id),
              parts: [],
              buttons: [{ text: t("companies.byIdentity"), kind: "secondary" }],
            }),
          ]
        : []),
      facts(company, t),
      ...(mayDo(company.role, "act")
        ? [part("components/link-button", { text: t("companies.page.file"), href: "/thu-tuc" })]
        : []),
    ],
    sections: [members(company, accountId, t), ...pending(company, t)],
  });
