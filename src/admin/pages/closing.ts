import { statusTag } from "#dossiers/rules.ts";
import type { KnownAgency } from "#organizations/index.ts";
import { errorText, part } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import type { ClosingPreview } from "../queries/closing.ts";
import { agencyItems } from "./agencies.ts";
import { type AdminPage, adminPage, controls, dayText, formPage, formPart, section, tablePart } from "./parts.ts";

const frame = (agency: KnownAgency, t: Translate) => ({
  caption: agency.name,
  back: { href: paths.agency(agency.id), text: agency.name },
  sections: adminSections(paths.agencies, t),
});

/** How an agency is to end. */
export function closingPage(
  agency: KnownAgency,
  agencies: readonly KnownAgency[],
  form: Form,
  t: Translate,
): AdminPage {
  const c = controls(form, t);
  const kin = agencies.filter(({ id }) => id !== agency.id);
  // Those of its own kind first: a commune is merged with communes.
  const items = agencyItems([
    ...kin.filter(({ kind }) => kind === agency.kind),
    ...kin.filter(({ kind }) => kind !== agency.kind),
  ]);
  return formPage(
    {
      ...frame(agency, t),
      title: t("admin.closing.title"),
      lead: t("admin.closing.lead"),
      form,
    },
    {
      action: paths.close(agency.id),
      hidden: [
        { name: "seen", value: shown(form, "seen") },
        { name: "act", value: "preview" },
      ],
      parts: [
        part("components/radios", {
          name: "kind",
          label: t("admin.closing.kind"),
          value: shown(form, "kind"),
          error: errorText(form.errors, "kind", t),
          small: true,
          items: [
            { value: "merged", text: t("admin.closing.merged") },
            { value: "abolished", text: t("admin.closing.abolished"), hint: t("admin.closing.abolishedHint") },
          ],
        }),
        c.select("successorId", "admin.closing.successor", items, { placeholder: t("admin.closing.noSuccessor") }),
        c.day("effectiveOn", "admin.closing.effectiveOn", { hint: t("admin.plans.hint") }),
        c.reason("reason", "admin.founding.reason", t("admin.founding.reasonHint")),
      ],
      buttons: [{ text: t("admin.closing.preview") }],
    },
    t,
  );
}

/** How many of what go where, and the button that does it. */
export function closingPreviewPage(
  agency: KnownAgency,
  successor: KnownAgency | null,
  preview: ClosingPreview & { isPlan: boolean },
  form: Form,
  t: Translate,
): AdminPage {
  const { moving, procedures, units, below } = preview;
  const n = formatNumber;
  const known = procedures.filter(({ isKnown }) => isKnown).length;
  const kept = ["kind", "successorId", "effectiveOn", "reason", "seen"].map((name) => ({
    name,
    value: shown(form, name),
  }));
  const dossiers = moving.byStatus.reduce((sum, one) => sum + one.dossiers, 0);
  const status = (one: string): string => statusTag(one as Parameters<typeof statusTag>[0], t).text;
  return adminPage(
    {
      ...frame(agency, t),
      title: t("admin.closing.previewTitle"),
      ...(preview.isPlan ? { lead: t("admin.plans.preview", { day: dayText(shown(form, "effectiveOn")) }) } : {}),
      parts: [
        part("components/summary-list", {
          rows: [
            {
              key: t("admin.closing.kind"),
              value: t(`admin.closing.${shown(form, "kind") as "merged" | "abolished"}`),
            },
            { key: t("admin.closing.effectiveOn"), value: dayText(shown(form, "effectiveOn")) },
            { key: t("admin.closing.to"), value: successor?.name ?? t("admin.agency.none") },
            {
              key: t("admin.closing.dossiers"),
              value: [
                t("admin.closing.dossiersValue", { count: n(dossiers) }),
                ...moving.byStatus.map((one) =>
                  t("admin.closing.status", { status: status(one.status), count: n(one.dossiers) }),
                ),
              ],
            },
            { key: t("admin.closing.steps"), value: n(moving.steps) },
            { key: t("admin.closing.archived"), value: n(moving.archived) },
            {
              key: t("admin.closing.people"),
              value: t(successor ? "admin.closing.peopleText" : "admin.closing.peopleEnd", {
                count: n(preview.people),
                day: preview.isPlan ? dayText(shown(form, "effectiveOn")) : t("admin.closing.today"),
              }),
            },
            { key: t("admin.closing.drafts"), value: n(preview.drafts) },
            {
              key: t("admin.closing.procedures"),
              value: successor
                ? [
                    t("admin.closing.proceduresNew", { count: n(procedures.length - known) }),
                    t("admin.closing.proceduresKnown", { count: n(known) }),
                  ]
                : t("admin.closing.proceduresEnd", { count: n(procedures.length) }),
            },
            { key: t("admin.closing.below"), value: below.length > 0 ? below : t("admin.agency.none") },
            ...(preview.administrators > 0
              ? [
                  {
                    key: t("admin.closing.administrators"),
                    value: t("admin.closing.administratorsText", { count: n(preview.administrators) }),
                  },
                ]
              : []),
          ],
        }),
        ...(procedures.length > 0
          ? [
              part("components/details", {
                summary: t("admin.closing.list"),
                parts: tablePart(
                  {
                    caption: t("admin.closing.list"),
                    head: [{ text: t("admin.procedures.name") }, { text: t("admin.procedures.code") }, { text: "" }],
                    rows: procedures.map(({ code, name, isKnown }) => ({
                      cells: [
                        { text: name },
                        { text: code },
                        {
                          text: t(
                            !successor
                              ? "admin.closing.ends"
                              : isKnown
                                ? "admin.closing.goesOn"
                                : "admin.closing.begins",
                          ),
                        },
                      ],
                    })),
                  },
                  "",
                ),
              }),
            ]
          : []),
        formPart({
          action: paths.close(agency.id),
          hidden: kept,
          below:
            successor && units.length > 0
              ? [
                  section(
                    t("admin.closing.units"),
                    units.map((unit) =>
                      part("components/select", {
                        name: `part.${unit.id}`,
                        label: unit.name,
                        value: unit.likely ?? "",
                        placeholder: t("admin.closing.newUnit"),
                        items: successor.units.map(({ id, name }) => ({ value: id, text: name })),
                      }),
                    ),
                  ),
                ]
              : [],
          buttons: [
            {
              ...(preview.isPlan
                ? { text: t("admin.plans.confirm") }
                : { text: t("admin.closing.confirm"), kind: "warning" as const }),
              name: "act",
              value: "apply",
            },
            { text: t("admin.closing.back"), kind: "secondary", name: "act", value: "edit" },
          ],
        }),
      ],
    },
    t,
  );
}
