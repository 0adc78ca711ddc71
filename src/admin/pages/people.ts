import type { KnownAgency } from "#organizations/rules.ts";
import { type Part, part, type Tag } from "#platform/components.ts";
import type { Admin } from "#platform/context.ts";
import { emptyForm, type Form, filledForm } from "#platform/form.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { OFFICER_ROLES } from "#workflow/definition.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import type { DeedRow } from "../queries/history.ts";
import type { PeopleFilter, PeoplePage, Person, PersonRow } from "../queries/people.ts";
import { standsOrComes } from "../rules.ts";
import { agencyItems } from "./agencies.ts";
import {
  type AdminPage,
  adminPage,
  buttonPart,
  controls,
  dayText,
  formPart,
  historySection,
  type Names,
  section,
  tablePart,
  text,
} from "./parts.ts";

export const roleName = (role: string, t: Translate): string => {
  const known = OFFICER_ROLES.find((one) => one === role);
  return known ? t(`admin.roles.${known}`) : role;
};
const roleItems = (t: Translate) => OFFICER_ROLES.map((value) => ({ value, text: t(`admin.roles.${value}`) }));
const stateOf = (person: Pick<PersonRow, "disabledAt" | "isActivated">, t: Translate): Tag =>
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
        formPart({
          action: paths.people,
          method: "get",
          inline: true,
          parts: [
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
          buttons: [{ text: t("admin.agencies.find"), kind: "secondary" }],
        }),
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
function postingControls(
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

/** The form that opens an officer's account. */
export function newPersonPage(
  agencies: readonly KnownAgency[],
  chosen: KnownAgency | undefined,
  form: Form,
  admin: Admin,
  t: Translate,
): AdminPage {
  const c = controls(form, t);
  return adminPage(
    {
      title: t("admin.person.newTitle"),
      lead: t("admin.person.newLead"),
      back: { href: paths.people, text: t("admin.person.back") },
      form,
      sections: adminSections(paths.people, t, admin),
      parts: [
        formPart({
          action: paths.newPerson,
          grid: true,
          parts: [
            c.input("displayName", "admin.person.displayName", { autocomplete: "off" }),
            c.input("username", "admin.person.username", {
              hint: t("admin.person.usernameHint"),
              verbatim: true,
              autocomplete: "off",
            }),
            c.input("email", "admin.person.email", { type: "email", required: false, autocomplete: "off" }),
            ...postingControls(form, { agencies, chosen }, t),
          ],
          buttons: [
            { text: t("admin.person.create") },
            { text: t("admin.person.showUnits"), kind: "secondary", name: "act", value: "units" },
          ],
        }),
      ],
    },
    t,
  );
}

/** The form that opens an administrator's account. */
export function newAdministratorPage(agencies: readonly KnownAgency[], form: Form, t: Translate): AdminPage {
  const c = controls(form, t);
  return adminPage(
    {
      title: t("admin.person.adminTitle"),
      lead: t("admin.person.adminLead"),
      back: { href: paths.people, text: t("admin.person.back") },
      form,
      sections: adminSections(paths.people, t),
      parts: [
        formPart({
          action: paths.newAdministrator,
          parts: [
            c.input("displayName", "admin.person.displayName", { width: 30, autocomplete: "off" }),
            c.input("username", "admin.person.username", {
              hint: t("admin.person.usernameHint"),
              width: 20,
              verbatim: true,
              autocomplete: "off",
            }),
            c.select("agencyId", "admin.person.adminAgency", agencyItems(agencies), {
              placeholder: t("admin.person.wholeProvince"),
            }),
          ],
          buttons: [{ text: t("admin.person.createAdmin") }],
        }),
      ],
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

type Shown = {
  deeds: readonly DeedRow[];
  seen: string;
  names: Names;
  admin: Admin;
  /** Open agencies within reach, and all that are open: somebody may be moved only within reach. */
  agencies: readonly KnownAgency[];
  colleagues: readonly { accountId: string; name: string }[];
  today: string;
};
export type PersonForms = { details?: Form; posting?: Form; transfer?: Form; switching?: Form; leave?: Form };

function placesSection(person: Person, { today, seen }: Shown, t: Translate): Part {
  const isKept = person.hold === "keep";
  const current = person.postings.filter((one) => standsOrComes(one, today));
  const former = person.postings.filter((one) => !standsOrComes(one, today));
  const row = (one: Person["postings"][number], mayEnd: boolean) => ({
    cells: [
      { text: one.agency.name, href: paths.agency(one.agencyId), note: one.unit?.name ?? null },
      { text: roleName(one.role, t), note: one.title },
      { text: one.validFrom ? dayText(one.validFrom) : "" },
      { text: one.validTo ? dayText(one.validTo) : t("admin.person.noEnd") },
      {
        text: "",
        parts: mayEnd
          ? [
              buttonPart({
                action: paths.endPosting(person.id, one.id),
                text: t("admin.person.endPlace"),
                about: `${roleName(one.role, t)}, ${one.agency.name}`,
                hidden: [{ name: "seen", value: seen }],
              }),
            ]
          : [],
      },
    ],
  });
  const head = ["agency", "role", "from", "to"] as const;
  const table = (caption: string, rows: ReturnType<typeof row>[]) => ({
    caption,
    head: [...head.map((key) => ({ text: t(`admin.person.${key}`) })), { text: "" }],
    rows,
  });
  return section(t("admin.person.places"), [
    ...tablePart(
      table(
        t("admin.person.places"),
        current.map((one) => row(one, isKept)),
      ),
      t("admin.people.noPosting"),
    ),
    ...(former.length > 0
      ? [
          part("components/details", {
            summary: t("admin.person.former"),
            parts: tablePart(
              table(
                t("admin.person.former"),
                former.map((one) => row(one, false)),
              ),
              "",
            ),
          }),
        ]
      : []),
  ]);
}

function leaveSection(person: Person, { colleagues, today }: Shown, forms: PersonForms, t: Translate): Part {
  const c = controls(forms.leave ?? filledForm({ from: today }), t, "vang");
  const isKept = person.hold === "keep";
  return section(t("admin.person.leave"), [
    ...tablePart(
      {
        caption: t("admin.person.leave"),
        head: [{ text: t("admin.person.deputy") }, { text: t("admin.person.leaveFrom") }, { text: "" }],
        rows: person.absences.map(({ id, from, to, deputy }) => ({
          cells: [
            { text: deputy.displayName },
            { text: t("admin.person.leavePeriod", { from: dayText(from), to: dayText(to) }) },
            {
              text: "",
              parts:
                isKept && to >= today
                  ? [
                      buttonPart({
                        action: paths.endLeave(person.id, id),
                        text: t("admin.person.leaveEnd"),
                        about: deputy.displayName,
                      }),
                    ]
                  : [],
            },
          ],
        })),
      },
      t("admin.person.leaveNone"),
    ),
    ...(isKept
      ? [
          formPart({
            folded: t("admin.person.leaveAdd"),
            open: forms.leave !== undefined,
            action: paths.personAct(person.id, "vang-mat"),
            grid: true,
            parts: [
              c.select(
                "deputyId",
                "admin.person.deputy",
                colleagues.map(({ accountId, name }) => ({ value: accountId, text: name })),
                { placeholder: t("admin.person.choose") },
              ),
              c.day("from", "admin.person.leaveFrom"),
              c.day("to", "admin.person.leaveTo"),
            ],
            buttons: [{ text: t("admin.person.leaveSave") }],
          }),
        ]
      : []),
  ]);
}

function actsOf(person: Person, shown: Shown, forms: PersonForms, t: Translate): Part[] {
  const { agencies, seen } = shown;
  const hidden = [{ name: "seen", value: seen }];
  const isDisabled = person.disabledAt !== null;
  const details = controls(
    forms.details ?? filledForm({ displayName: person.displayName, email: person.email ?? "" }),
    t,
  );
  const transfer = controls(forms.transfer ?? emptyForm, t, "chuyen");
  const switching = controls(forms.switching ?? emptyForm, t, "khoa");
  const posting = forms.posting ?? emptyForm;
  const chosen = agencies.find(({ id }) => id === posting.values["agencyId"]);
  const officer: Part[] = [
    formPart({
      folded: t("admin.person.addPlace"),
      open: forms.posting !== undefined,
      action: paths.personAct(person.id, "vi-tri"),
      hidden,
      parts: postingControls(posting, { agencies, chosen, prefix: "vi-tri" }, t),
      buttons: [
        { text: t("admin.person.savePlace") },
        { text: t("admin.person.showUnits"), kind: "secondary", name: "act", value: "units" },
      ],
    }),
    formPart({
      folded: t("admin.person.transfer"),
      open: forms.transfer !== undefined,
      action: paths.personAct(person.id, "chuyen"),
      hidden,
      lead: t("admin.person.transferLead"),
      parts: [
        transfer.select("toId", "admin.person.transferTo", agencyItems(agencies), {
          placeholder: t("admin.person.choose"),
        }),
        transfer.input("title", "admin.person.title"),
        transfer.reason("reason", "admin.person.reason"),
      ],
      buttons: [{ text: t("admin.person.transferButton") }],
    }),
  ];
  return [
    formPart({
      folded: t("admin.person.edit"),
      open: forms.details !== undefined,
      action: paths.personAct(person.id, "sua"),
      hidden,
      parts: [
        details.input("displayName", "admin.person.displayName", { autocomplete: "off" }),
        details.input("email", "admin.person.email", { type: "email", autocomplete: "off" }),
      ],
      buttons: [{ text: t("admin.person.save") }],
    }),
    ...(person.kind === "officer" ? officer : []),
    formPart({
      folded: t("admin.person.reset"),
      action: paths.personAct(person.id, "mat-khau"),
      hidden,
      lead: t("admin.person.resetLead"),
      buttons: [{ text: t("admin.person.resetNow") }],
    }),
    formPart({
      folded: t(isDisabled ? "admin.person.enable" : "admin.person.disable"),
      open: forms.switching !== undefined,
      action: paths.personAct(person.id, isDisabled ? "mo-khoa" : "khoa"),
      hidden,
      ...(isDisabled ? {} : { lead: t("admin.person.disableLead") }),
      parts: [switching.reason("reason", "admin.person.reason")],
      buttons: [
        isDisabled
          ? { text: t("admin.person.enableNow") }
          : { text: t("admin.person.disableNow"), kind: "warning" as const },
      ],
    }),
  ];
}

/** One person: who they are, where they work, who acts for them, what was done. */
export function personPage(person: Person, shown: Shown, forms: PersonForms, t: Translate): AdminPage {
  const form = forms.details ?? forms.posting ?? forms.transfer ?? forms.switching ?? forms.leave;
  const { lastSignInAt } = person;
  return adminPage(
    {
      title: person.displayName,
      caption: person.username,
      tag: stateOf(person, t),
      back: { href: paths.people, text: t("admin.person.back") },
      ...(form ? { form } : {}),
      sections: adminSections(paths.people, t, shown.admin),
      parts: person.hold === "look" ? [text(t("admin.person.looked"), "info")] : [],
      acts: person.hold === "keep" ? actsOf(person, shown, forms, t) : [],
      facts: [
        part("components/summary-list", {
          rows: [
            { key: t("admin.person.username"), value: person.username },
            { key: t("admin.person.email"), value: person.email ?? t("admin.agency.none") },
            ...(person.kind === "admin"
              ? [
                  {
                    key: t("admin.person.scope"),
                    value: person.adminAgency?.name ?? t("admin.person.wholeProvince"),
                  },
                ]
              : []),
            {
              key: t("admin.person.lastSignIn"),
              value: [
                lastSignInAt ? formatDateTime(lastSignInAt) : t("admin.person.never"),
                ...(person.mustChangePassword ? [t("admin.person.mustChange")] : []),
              ],
            },
            {
              key: t("admin.person.open"),
              value: t("admin.person.openCount", { count: formatNumber(person._count.stepRuns) }),
            },
          ],
        }),
        ...(person.kind === "officer" ? [placesSection(person, shown, t), leaveSection(person, shown, forms, t)] : []),
        historySection(shown.deeds, paths.personAct(person.id, "hoan-tac"), shown.names, t),
      ],
    },
    t,
  );
}
