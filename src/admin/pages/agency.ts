import { paths as calendarPaths } from "#calendar/paths.ts";
import type { KnownAgency } from "#organizations/index.ts";
import { UNIT_KINDS } from "#organizations/rules.ts";
import { type Link, type Part, part } from "#platform/components.ts";
import type { Admin } from "#platform/context.ts";
import { emptyForm, type Form, filledForm } from "#platform/form.ts";
import { formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths as queuePaths } from "#queue/paths.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import type { AgencyDetails } from "../queries/agencies.ts";
import type { DeedRow } from "../queries/history.ts";
import type { AgencyPlan } from "../queries/plans.ts";
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
} from "./parts.ts";
import { planPart } from "./plans.ts";

const linked = (agency: KnownAgency): Link => ({ text: agency.name, href: paths.agency(agency.id) });

function detailsOf(details: AgencyDetails, isProvince: boolean, t: Translate): Part {
  const { agency, parent, children, successor, predecessors, counters, administrators } = details;
  const unknown = t("admin.agency.unknown");
  const names = (agencies: readonly KnownAgency[]) => agencies.map(({ name }) => name);
  const row = (key: string, value: string | readonly string[], href: string | null = null) => ({ key, value, href });
  return part("components/summary-list", {
    rows: [
      row(t("admin.agencies.identifier"), agency.identifier),
      row(t("admin.agency.kind"), t(`admin.kinds.${agency.kind}`)),
      row(t("admin.agencies.level"), t(`admin.levels.${agency.level}`)),
      ...(agency.functions.length > 0
        ? [row(t("admin.agency.functions"), agency.functions.map((one) => t(`admin.functions.${one}`)).join(", "))]
        : []),
      row(t("admin.agency.parent"), parent?.name ?? unknown, parent ? paths.agency(parent.id) : null),
      ...(children.length > 0 ? [row(t("admin.agency.children"), names(children))] : []),
      row(t("admin.agency.validity"), [
        ...(agency.validFrom ? [t("admin.agency.since", { from: dayText(agency.validFrom) })] : []),
        agency.validTo ? t("admin.agency.until", { to: dayText(agency.validTo) }) : t("admin.agency.always"),
      ]),
      ...(successor ? [row(t("admin.agency.successor"), successor.name, paths.agency(successor.id))] : []),
      ...(predecessors.length > 0 ? [row(t("admin.agency.predecessors"), names(predecessors))] : []),
      row(t("admin.agency.unitCode"), agency.unitCode ?? t("admin.agency.none")),
      row(t("admin.agency.address"), agency.address ?? unknown),
      row(t("admin.agency.phone"), agency.phone ?? unknown),
      row(
        t("admin.agency.people"),
        t("admin.agency.peopleLink", { count: formatNumber(details.people) }),
        paths.peopleAt(agency.id),
      ),
      row(
        t("admin.agency.procedures"),
        t("admin.agency.proceduresCount", { count: formatNumber(details.offerings) }),
        paths.offerings,
      ),
      ...[...new Map(counters.map(({ hall }) => [hall.id, hall])).values()].map((hall) =>
        row(
          t("admin.agency.countersIn", { hall: hall.name }),
          counters
            .filter((counter) => counter.hall.id === hall.id)
            .map(({ number, name }) => [t("admin.agency.counter", { number }), name].filter(Boolean).join(": "))
            .join(", "),
          isProvince ? queuePaths.adminHall(hall.id) : null,
        ),
      ),
      ...(administrators.length > 0
        ? [
            row(
              t("admin.agency.administrators"),
              administrators.map(({ displayName }) => displayName),
            ),
          ]
        : []),
    ],
  });
}

function unitsSection({ agency, isOpen }: AgencyDetails, form: Form, t: Translate): Part {
  const c = controls(form, t, "bo-phan");
  const kinds = UNIT_KINDS.map((value) => ({ value, text: t(`admin.unitKinds.${value}`) }));
  const rows = agency.units.map((unit) => ({
    cells: [
      { text: unit.name },
      { text: t(`admin.unitKinds.${unit.kind}`) },
      {
        text: "",
        parts: isOpen
          ? [
              formPart({
                folded: t("admin.units.edit"),
                action: paths.unit(agency.id, unit.id),
                parts: [
                  part("components/input", {
                    name: "name",
                    id: `ten-${unit.id}`,
                    label: t("admin.units.name"),
                    value: unit.name,
                  }),
                  part("components/select", {
                    name: "kind",
                    id: `loai-${unit.id}`,
                    label: t("admin.units.kind"),
                    value: unit.kind,
                    items: kinds,
                  }),
                ],
                buttons: [{ text: t("admin.agency.save"), about: unit.name }],
              }),
              buttonPart({
                action: paths.closeUnit(agency.id, unit.id),
                text: t("admin.units.close"),
                about: unit.name,
              }),
            ]
          : [],
      },
    ],
  }));
  return listSection(
    {
      caption: t("admin.units.title"),
      head: [{ text: t("admin.units.name") }, { text: t("admin.units.kind") }, { text: "" }],
      rows,
    },
    {
      id: "bo-phan",
      none: t("admin.units.none"),
      adding: isOpen
        ? {
            folded: t("admin.units.add"),
            open: Object.keys(form.errors).length > 0,
            action: paths.units(agency.id),
            parts: [
              c.input("name", "admin.units.name"),
              c.select("kind", "admin.units.kind", kinds, { placeholder: t("admin.founding.choose") }),
            ],
            buttons: [{ text: t("admin.units.save") }],
          }
        : null,
    },
  );
}

/** One agency: what it is, its parts, what may be done with it, what was done. */
export function agencyPage(
  details: AgencyDetails,
  {
    deeds,
    seen,
    names,
    plan,
    admin,
  }: { deeds: readonly DeedRow[]; seen: string; names: Names; plan: AgencyPlan | null; admin: Admin },
  forms: { unit?: Form; contact?: Form },
  t: Translate,
): AdminPage {
  const { agency, isOpen, successor, predecessors, children } = details;
  const contact = forms.contact ?? filledForm({ address: agency.address ?? "", phone: agency.phone ?? "" });
  const c = controls(contact, t);
  const isProvince = admin.agencyId === undefined;
  const links = [
    { text: t("admin.agency.addPerson"), href: paths.newPersonAt(agency.id) },
    { text: t("admin.agency.calendar"), href: calendarPaths.year(agency.id) },
    ...(isProvince
      ? [
          { text: t("admin.agency.organize"), href: paths.organize(agency.id) },
          { text: t("admin.agency.close"), href: paths.close(agency.id) },
          { text: t("admin.agencies.add"), href: paths.newAgencyBelow(agency.id) },
          { text: t("admin.agency.countersLink"), href: queuePaths.admin },
        ]
      : []),
  ];
  const form = forms.unit ?? forms.contact;
  return adminPage(
    {
      title: agency.name,
      back: { href: paths.agencies, text: t("admin.agency.back") },
      tag: isOpen ? null : { text: t("admin.agencies.closed"), tone: "neutral" },
      ...(form ? { form } : {}),
      sections: adminSections(paths.agencies, t, admin),
      parts: [
        ...(successor
          ? [
              part("components/inset-text", {
                text: t("admin.agency.readable", { name: successor.name }),
                tone: "info",
              }),
            ]
          : []),
        ...(plan ? planPart(plan, names, isProvince, t) : []),
      ],
      acts: isOpen
        ? [
            part("admin/_links", { links }),
            formPart({
              folded: t("admin.agency.edit"),
              open: forms.contact !== undefined,
              action: paths.contact(agency.id),
              hidden: [{ name: "seen", value: seen }],
              parts: [
                c.input("address", "admin.agency.address"),
                c.input("phone", "admin.agency.phone", { type: "tel" }),
              ],
              buttons: [{ text: t("admin.agency.save") }],
            }),
          ]
        : [],
      facts: [
        detailsOf(details, isProvince, t),
        ...(children.length + predecessors.length > 0
          ? [
              part("components/details", {
                summary: t("admin.agency.children"),
                parts: [part("admin/_links", { links: [...children, ...predecessors].map(linked) })],
              }),
            ]
          : []),
        unitsSection(details, forms.unit ?? emptyForm, t),
        historySection(deeds, paths.undoAtAgency(agency.id), names, t),
      ],
    },
    t,
  );
}
