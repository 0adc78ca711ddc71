import type { KnownAgency } from "#organizations/index.ts";
import { type Part, part, type Select } from "#platform/components.ts";
import type { Admin } from "#platform/context.ts";
import { type Form, filledForm, shown } from "#platform/form.ts";
import { formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { AGENCY_FUNCTIONS, AGENCY_KINDS } from "#workflow/definition.ts";
import { LEVELS } from "../inputs.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import { AGENCIES_A_PAGE, type AgencyFilter, type AgencyPage } from "../queries/agencies.ts";
import type { AgencyPlan } from "../queries/plans.ts";
import { type AdminPage, adminPage, controls, dayText, filterPart, formPage, pagesPart, tablePart } from "./parts.ts";
import { planText } from "./plans.ts";

/** Until when an agency was there, or what is planned for it. */
function noteOf(agency: KnownAgency, plans: readonly AgencyPlan[], t: Translate): string | null {
  const plan = plans.find(({ agencyId }) => agencyId === agency.id);
  if (plan) return planText(plan, t);
  return agency.validTo !== null ? t("admin.agency.until", { to: dayText(agency.validTo) }) : null;
}

export const agencyItems = (agencies: readonly KnownAgency[]): Select["items"] =>
  agencies.map(({ id, name, identifier }) => ({ value: id, text: `${name} (${identifier})` }));

/** The tree of agencies, narrowed. */
export function agencyListPage(
  found: AgencyPage,
  { filter, plans, admin }: { filter: AgencyFilter; plans: readonly AgencyPlan[]; admin: Admin },
  t: Translate,
): AdminPage {
  const { q, level, state } = filter;
  const form = filledForm({ q, cap: level ?? "", "tinh-trang": state });
  const c = controls(form, t);
  const isNarrow = q !== "" || level !== null;
  return adminPage(
    {
      title: t("admin.agencies.title"),
      sections: adminSections(paths.agencies, t, admin),
      parts: [
        filterPart(
          paths.agencies,
          [
            c.input("q", "admin.agencies.search", { width: 30, type: "search" }),
            c.select("cap", "admin.agencies.level", [
              { value: "", text: t("admin.agencies.all") },
              ...(["ministry", "province", "commune", "other"] as const).map((value) => ({
                value,
                text: t(`admin.levels.${value}`),
              })),
            ]),
            c.select("tinh-trang", "admin.agencies.state", [
              { value: "open", text: t("admin.agencies.open") },
              { value: "closed", text: t("admin.agencies.closed") },
            ]),
          ],
          t,
        ),
        ...(admin.agencyId === undefined
          ? [
              part("components/link-button", { text: t("admin.agencies.add"), href: paths.newAgency }),
              part("components/link-button", {
                text: t("admin.agencies.units"),
                href: paths.areas,
                kind: "secondary",
              }),
              ...(plans.length > 0
                ? [
                    part("components/link-button", {
                      text: t("admin.plans.all", { count: formatNumber(plans.length) }),
                      href: paths.plans,
                      kind: "secondary",
                    }),
                  ]
                : []),
            ]
          : []),
        ...tablePart(
          {
            caption: t("admin.agencies.caption"),
            head: [
              { text: t("admin.agencies.name") },
              { text: t("admin.agencies.identifier") },
              { text: t("admin.agencies.level") },
              { text: t("admin.agencies.people"), numeric: true },
            ],
            rows: found.rows.map(({ agency, depth, people }) => ({
              cells: [
                {
                  text: `${isNarrow ? "" : "– ".repeat(depth)}${agency.name}`,
                  href: paths.agency(agency.id),
                  note: noteOf(agency, plans, t),
                },
                { text: agency.identifier },
                { text: t(`admin.levels.${agency.level}`) },
                { text: formatNumber(people), numeric: true, href: people > 0 ? paths.peopleAt(agency.id) : null },
              ],
            })),
          },
          t("admin.agencies.none"),
          isNarrow ? t("admin.agencies.noneAdvice") : null,
        ),
        ...pagesPart(paths.agencies, { q, cap: level, "tinh-trang": state }, found, AGENCIES_A_PAGE, t),
      ],
    },
    t,
  );
}

function partsControls(form: Form, agencies: readonly KnownAgency[], t: Translate): Part[] {
  const c = controls(form, t);
  const functions = form.values["functions"];
  return [
    c.input("name", "admin.founding.name"),
    c.input("shortName", "admin.founding.shortName"),
    c.select(
      "kind",
      "admin.founding.kind",
      AGENCY_KINDS.map((value) => ({ value, text: t(`admin.kinds.${value}`) })),
      { placeholder: t("admin.founding.choose") },
    ),
    c.select(
      "level",
      "admin.founding.level",
      LEVELS.map((value) => ({ value, text: t(`admin.levels.${value}`) })),
      { placeholder: t("admin.founding.choose") },
    ),
    c.select("parentId", "admin.founding.parent", agencyItems(agencies), { placeholder: t("admin.founding.noParent") }),
    c.input("unitCode", "admin.founding.unitCode", {
      hint: t("admin.founding.unitCodeHint"),
      width: 10,
      verbatim: true,
    }),
    part("components/checkboxes", {
      name: "functions",
      label: t("admin.founding.functions"),
      small: true,
      values: Array.isArray(functions) ? functions.map(String) : typeof functions === "string" ? [functions] : [],
      items: AGENCY_FUNCTIONS.map((value) => ({ value, text: t(`admin.functions.${value}`) })),
    }),
  ];
}

const decision = (form: Form, t: Translate, hint: string | null = null): Part[] => {
  const c = controls(form, t);
  return [
    c.day("effectiveOn", "admin.founding.effectiveOn", { hint }),
    c.reason("reason", "admin.founding.reason", t("admin.founding.reasonHint")),
  ];
};

/** The form that founds an agency. */
export function foundingPage(agencies: readonly KnownAgency[], form: Form, t: Translate): AdminPage {
  const c = controls(form, t);
  return formPage(
    {
      title: t("admin.founding.title"),
      lead: t("admin.founding.lead"),
      back: { href: paths.agencies, text: t("admin.agency.back") },
      form,
      sections: adminSections(paths.agencies, t),
    },
    {
      action: paths.newAgency,
      grid: true,
      parts: [
        c.input("identifier", "admin.founding.identifier", { width: 20, verbatim: true }),
        ...partsControls(form, agencies, t),
        c.input("address", "admin.agency.address"),
        c.input("phone", "admin.agency.phone", { type: "tel" }),
        ...decision(form, t, t("admin.plans.hintFounding")),
      ],
      buttons: [{ text: t("admin.founding.button") }],
    },
    t,
  );
}

/** The form that renames an agency or moves it in the tree. */
export function organizingPage(
  agency: KnownAgency,
  agencies: readonly KnownAgency[],
  form: Form,
  t: Translate,
): AdminPage {
  return formPage(
    {
      title: t("admin.organizing.title"),
      caption: agency.name,
      lead: t("admin.organizing.lead"),
      back: { href: paths.agency(agency.id), text: agency.name },
      form,
      sections: adminSections(paths.agencies, t),
    },
    {
      action: paths.organize(agency.id),
      grid: true,
      hidden: [{ name: "seen", value: shown(form, "seen") }],
      parts: [
        ...partsControls(
          form,
          agencies.filter(({ id }) => id !== agency.id),
          t,
        ),
        ...decision(form, t, t("admin.plans.hint")),
      ],
      buttons: [{ text: t("admin.organizing.button") }],
    },
    t,
  );
}
