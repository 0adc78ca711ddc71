import type { KnownAgency } from "#organizations/rules.ts";
import { type Part, part } from "#platform/components.ts";
import type { Admin } from "#platform/context.ts";
import { emptyForm, type Form, filledForm } from "#platform/form.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import type { DeedRow } from "../queries/history.ts";
import type { Person } from "../queries/people.ts";
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
  listSection,
  type Names,
  section,
  tablePart,
  text,
} from "./parts.ts";
import { postingControls, roleName, stateOf } from "./people.ts";

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
  return listSection(
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
    {
      none: t("admin.person.leaveNone"),
      adding: isKept
        ? {
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
          }
        : null,
    },
  );
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
