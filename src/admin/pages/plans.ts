import type { Part } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { AgencyPlan } from "../queries/plans.ts";
import { buttonPart, dayText, type Names, text } from "./parts.ts";

/** What is planned for an agency, in a line. */
export const planText = ({ kind, effectiveOn, refusal }: AgencyPlan, t: Translate): string =>
  t(refusal ? `admin.plans.refused.${kind}` : `admin.plans.kinds.${kind}`, { day: dayText(effectiveOn) });

/** What is planned for an agency, by whom, why it was not done where it was not, and the button that calls it off. */
export function planPart(plan: AgencyPlan, names: Names, mayCancel: boolean, t: Translate): Part[] {
  const { wanted, refusal, byName, plannedAt, reason, agencyId } = plan;
  const { successorId, name } = wanted;
  return [
    text(
      [
        planText(plan, t),
        ...(typeof successorId === "string" ? [`${t("admin.closing.to")}: ${names.agency(successorId) ?? ""}`] : []),
        ...(typeof name === "string" ? [`${t("admin.founding.name")}: ${name}`] : []),
        t("admin.history.reason", { reason }),
        t("admin.plans.by", { who: byName ?? "", at: formatDateTime(plannedAt) }),
        ...(refusal ? [t(refusal.reason, refusal.params), t("admin.plans.again")] : []),
      ],
      refusal ? "warning" : "info",
    ),
    ...(mayCancel
      ? [buttonPart({ action: paths.cancelPlan(agencyId), text: t("admin.plans.cancel"), about: planText(plan, t) })]
      : []),
  ];
}
