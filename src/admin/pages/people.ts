import type { KnownAgency } from "#organizations/rules.ts";
import { type Part, part, type Tag } from "#platform/components.ts";
import type { Admin } from "#platform/context.ts";
import { type Form, filledForm } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { OFFICER_ROLES } from "#workflow/definition.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import type { PeopleFilter, PeoplePage, PersonRow } from "../queries/people.ts";
import { agencyItems } from "./agencies.ts";
import { type AdminPage, adminPage, controls, filterPart, formPage, tablePart } from "./parts.ts";

export const roleName = (role: string, t: Translate): string => {
  const known = OFFICER_ROLES.find((one) => one === role);
  return known ? t(`admin.roles.${known}`) : role;
};
const roleItems = (t: Translate) => OFFICER_ROLES.map((value) => ({ value, text: t(`admin.roles.${value}`) }));
export const stateOf = (person: Pick<PersonRow, "disabledAt" | "isActivated">, t: Translate): Tag =>
  person.disabledAt
    ? { text: t("admin.people.disabled"), tone: "refused" }
    : person.isActivated
      ? { text: t("admin.people.active"), tone: "done" }
      : { text: t("admin.people.waiting"), tone: "waiting" };

const placesText = ({ kind, adminAgency, places }: PersonRow, t: Translate): string =>
  kind === "admin"
    ? adminAgency
      ? t("admin.people.adminOf", { agency: adminAgency })
      : t("admin.people.admin")
    : places.map(({ agency, role }) => `${agency}: ${roleName(role, t)}`).join("; ") || t("admin.people.noPosting");

/** Officers and administrators, narrowed, by keyset. */
export function peopleListPage(
  found: PeoplePage,
  filter: PeopleFilter,
  /** The one agency that was asked for by its id. */
  { agency, admin }: { agency: KnownAgency | null; admin: Admin },
  t: Translate,
): AdminPage {
  const { q, role, state } = filter;
  // By its identifier a person may type it again; its id is nobody's word.
  const kept = { q, "co-quan": agency?.identifier ?? filter.agency, "vai-tro": role, "tinh-trang": state };
  const given = Object.fromEntries(Object.entries(kept).flatMap(([key, value]) => (value ? [[key, value]] : [])));
  const c = controls(filledForm(given), t);
  const href = (more: Record<string, string>) => `${paths.people}?${new URLSearchParams({ ...given, ...more })}`;
  const links = [
    { text: t("admin.people.add"), href: agency ? paths.newPersonAt(agency.id) : paths.newPerson },
    { text: t("admin.people.import"), href: paths.sheets },
    ...(admin.agencyId === undefined ? [{ text: t("admin.people.addAdmin"), href: paths.newAdministrator }] : []),
  ];
  const states = ["active", "disabled", "waiting"] as const;
  return adminPage(
    {
      title: t("admin.people.title"),
      sections: adminSections(paths.people, t, admin),
      parts: [
        filterPart(
          paths.people,
          [
            c.input("q", "admin.people.search", { width: 20, type: "search" }),
            c.input("co-quan", "admin.people.agency", { width: 20, type: "search" }),
            c.select("vai-tro", "admin.people.role", roleItems(t), { placeholder: t("admin.people.allRoles") }),
            c.select(
              "tinh-trang",
              "admin.people.state",
              [
                ...states.map((value) => ({ value, text: t(`admin.people.${value}`) })),
                { value: "admin", text: t("admin.people.admins") },
              ],
              { placeholder: t("admin.people.allStates") },
            ),
          ],
          t,
        ),
        ...links.map((link, i) =>
          part("components/link-button", { ...link, ...(i > 0 ? { kind: "secondary" as const } : {}) }),
        ),
        ...tablePart(
          {
            caption: t("admin.people.caption"),
            head: [
              { text: t("admin.people.name") },
              { text: t("admin.people.username") },
              { text: t("admin.people.postings") },
              { text: t("admin.people.state") },
            ],
            rows: found.rows.map((person) => ({
              cells: [
                { text: person.displayName, href: paths.person(person.id) },
                { text: person.username },
                { text: placesText(person, t) },
                { text: "", tag: stateOf(person, t) },
              ],
            })),
          },
          t("admin.people.none"),
          Object.keys(given).length > 0 ? t("admin.agencies.noneAdvice") : null,
        ),
        ...(found.next !== null || !found.isFirst
          ? [
              part("components/pagination", {
                newer: found.isFirst ? null : { href: href({}), text: t("admin.people.first") },
                older: found.next ? { href: href({ sau: found.next }), text: t("admin.people.next") } : null,
              }),
            ]
          : []),
      ],
    },
    t,
  );
}

const unitItems = (agency: KnownAgency | undefined) =>
  (agency?.units ?? []).map(({ id, name }) => ({ value: id, text: name }));

/** Where somebody works, as what, from when to when. The parts are those of the chosen agency. */
export function postingControls(
  form: Form,
  { agencies, chosen, prefix }: { agencies: readonly KnownAgency[]; chosen: KnownAgency | undefined; prefix?: string },
  t: Translate,
): Part[] {
  const c = controls(form, t, prefix);
  return [
    c.select("agencyId", "admin.person.agency", agencyItems(agencies), { placeholder: t("admin.person.choose") }),
    c.select("role", "admin.person.role", roleItems(t), { placeholder: t("admin.person.choose") }),
    c.select("unitId", "admin.person.unit", unitItems(chosen), { placeholder: t("admin.person.noUnit") }),
    c.input("title", "admin.person.title"),
    c.day("validFrom", "admin.person.validFrom", { hint: t("admin.person.daysHint") }),
    c.day("validTo", "admin.person.validTo"),
  ];
}

/** What somebody is called, and by which name they sign in. */
const nameControls = (c: ReturnType<typeof controls>, t: Translate): Part[] => [
  c.input("displayName", "admin.person.displayName", { width: 30, autocomplete: "off" }),
  c.input("username", "admin.person.username", {
    hint: t("admin.person.usernameHint"),
    width: 20,
    verbatim: true,
    autocomplete: "off",
  }),
];

/** The form that opens an officer's account. */
export function newPersonPage(
  agencies: readonly KnownAgency[],
  chosen: KnownAgency | undefined,
  form: Form,
  admin: Admin,
  t: Translate,
): AdminPage {
  const c = controls(form, t);
  return formPage(
    {
      title: t("admin.person.newTitle"),
      lead: t("admin.person.newLead"),
      back: { href: paths.people, text: t("admin.person.back") },
      form,
      sections: adminSections(paths.people, t, admin),
    },
    {
      action: paths.newPerson,
      grid: true,
      parts: [
        ...nameControls(c, t),
        c.input("email", "admin.person.email", { type: "email", required: false, autocomplete: "off" }),
        ...postingControls(form, { agencies, chosen }, t),
      ],
      buttons: [
        { text: t("admin.person.create") },
        { text: t("admin.person.showUnits"), kind: "secondary", name: "act", value: "units" },
      ],
    },
    t,
  );
}

/** The form that opens an administrator's account. */
export function newAdministratorPage(agencies: readonly KnownAgency[], form: Form, t: Translate): AdminPage {
  const c = controls(form, t);
  return formPage(
    {
      title: t("admin.person.adminTitle"),
      lead: t("admin.person.adminLead"),
      back: { href: paths.people, text: t("admin.person.back") },
      form,
      sections: adminSections(paths.people, t),
    },
    {
      action: paths.newAdministrator,
      parts: [
        ...nameControls(c, t),
        c.select("agencyId", "admin.person.adminAgency", agencyItems(agencies), {
          placeholder: t("admin.person.wholeProvince"),
        }),
      ],
      buttons: [{ text: t("admin.person.createAdmin") }],
    },
    t,
  );
}

/** The password of somebody's account, this once. */
export const passwordPage = (
  person: { id: string; displayName: string; username: string },
  password: string,
  admin: Admin,
  t: Translate,
): AdminPage =>
  adminPage(
    {
      title: t("admin.person.passwordTitle", { name: person.displayName }),
      back: { href: paths.people, text: t("admin.person.back") },
      sections: adminSections(paths.people, t, admin),
      parts: [
        part("components/panel", {
          title: t("admin.person.passwordTitle", { name: person.displayName }),
          text: t("admin.person.passwordText", { username: person.username }),
          code: password,
        }),
        part("components/link-button", {
          text: t("admin.person.toPerson", { name: person.displayName }),
          href: paths.person(person.id),
        }),
      ],
    },
    t,
  );
