import type { KnownAgency } from "#organizations/index.ts";
import { type Part, part } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Founding } from "../actions/agencies.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import type { AgencyPlan } from "../queries/plans.ts";
import { type AdminPage, adminPage, buttonPart, dayText, formPart, type Names, section, text } from "./parts.ts";

/** What is planned for an agency, in a line. */
export const planText = ({ kind, effectiveOn, refusal }: AgencyPlan, t: Translate): string =>
  t(refusal ? `admin.plans.refused.${kind}` : `admin.plans.kinds.${kind}`, { day: dayText(effectiveOn) });

/** What is planned for an agency, by whom, why it was not done where it was not, and the button that calls it off. */
export function planPart(plan: AgencyPlan, names: Names, mayCancel: boolean, t: Translate): Part[] {
  const { id, wanted, refusal, byName, plannedAt, reason, agencyId } = plan;
  const { successorId, name, identifier } = wanted;
  return [
    text(
      [
        planText(plan, t),
        ...(typeof identifier === "string" ? [`${t("admin.agencies.identifier")}: ${identifier}`] : []),
        ...(typeof successorId === "string" ? [`${t("admin.closing.to")}: ${names.agency(successorId) ?? ""}`] : []),
        ...(typeof name === "string" ? [`${t("admin.founding.name")}: ${name}`] : []),
        t("admin.history.reason", { reason }),
        t("admin.plans.by", { who: byName ?? "", at: formatDateTime(plannedAt) }),
        ...(refusal ? [t(refusal.reason, refusal.params), t("admin.plans.again")] : []),
      ],
      refusal ? "warning" : "info",
    ),
    ...(mayCancel
      ? [
          buttonPart({
            action: agencyId === null ? paths.cancelFounding(id) : paths.cancelPlan(agencyId),
            text: t("admin.plans.cancel"),
            about: planText(plan, t),
          }),
        ]
      : []),
  ];
}

/** Everything that is planned for agencies, those to be founded among it, the next day first. */
export const plansPage = (plans: readonly AgencyPlan[], names: Names, t: Translate): AdminPage =>
  adminPage(
    {
      title: t("admin.plans.title"),
      lead: t("admin.plans.lead"),
      back: { href: paths.agencies, text: t("admin.agency.back") },
      sections: adminSections(paths.agencies, t),
      parts:
        plans.length === 0
          ? [part("components/empty-state", { title: t("admin.plans.none"), text: t("admin.plans.hintFounding") })]
          : plans.map((plan) =>
              section(
                plan.agencyId === null
                  ? String(plan.wanted["name"] ?? "")
                  : (names.agency(plan.agencyId) ?? t("admin.agency.unknown")),
                planPart(plan, names, true, t),
              ),
            ),
    },
    t,
  );

/** An agency as it is to be founded on a later day, and the button that writes the plan down. */
export function foundingPreviewPage(
  founding: Founding,
  { parent, ending }: { parent: KnownAgency | null; ending: AgencyPlan | null },
  form: Form,
  t: Translate,
): AdminPage {
  const none = t("admin.agency.none");
  const row = (key: string, value: string) => ({ key, value });
  const fields = [
    "identifier",
    "name",
    "shortName",
    "kind",
    "level",
    "parentId",
    "unitCode",
    "address",
    "phone",
    "effectiveOn",
    "reason",
  ];
  return adminPage(
    {
      title: t("admin.plans.foundingTitle"),
      caption: founding.name,
      lead: t("admin.plans.foundingLead", { day: dayText(founding.effectiveOn) }),
      back: { href: paths.newAgency, text: t("admin.founding.title") },
      sections: adminSections(paths.agencies, t),
      parts: [
        ...(ending ? [text([parent?.name ?? "", planText(ending, t), t("admin.plans.parentEnds")], "warning")] : []),
        part("components/summary-list", {
          rows: [
            row(t("admin.founding.effectiveOn"), dayText(founding.effectiveOn)),
            row(t("admin.agencies.identifier"), founding.identifier),
            row(t("admin.founding.name"), founding.name),
            row(t("admin.founding.shortName"), founding.shortName),
            row(t("admin.agency.kind"), t(`admin.kinds.${founding.kind as KnownAgency["kind"]}`)),
            row(t("admin.agencies.level"), t(`admin.levels.${founding.level}`)),
            row(t("admin.agency.parent"), parent?.name ?? none),
            row(t("admin.agency.unitCode"), founding.unitCode ?? none),
            row(
              t("admin.agency.functions"),
              founding.functions
                .map((one) => t(`admin.functions.${one as KnownAgency["functions"][number]}`))
                .join(", ") || none,
            ),
            row(t("admin.agency.address"), founding.address ?? none),
            row(t("admin.agency.phone"), founding.phone ?? none),
            row(t("admin.founding.reason"), founding.reason),
          ],
        }),
        formPart({
          action: paths.newAgency,
          hidden: [
            ...fields.map((name) => ({ name, value: shown(form, name) })),
            ...founding.functions.map((value) => ({ name: "functions", value })),
          ],
          buttons: [
            { text: t("admin.plans.confirm"), name: "act", value: "apply" },
            { text: t("admin.plans.edit"), name: "act", value: "edit", kind: "secondary" },
          ],
        }),
      ],
    },
    t,
  );
}
