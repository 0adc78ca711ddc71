import { formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { AgencyRef, Allowance, Outcome, Step } from "#workflow/definition.ts";
import { HOURS_A_DAY, type Process } from "../rules.ts";

/** "Sở, phụ trách đất đai" */
export function agencyText(ref: AgencyRef, t: Translate): string {
  if (typeof ref === "string") return t(`authoring.process.agency.${ref}`);
  const kind = t(`authoring.process.kinds.${ref.kind}`);
  const agency = ref.at === "commune" ? kind : t("authoring.process.agency.atProvince", { kind });
  return ref.function
    ? t("authoring.process.agency.withFunction", { agency, function: t(`authoring.process.functions.${ref.function}`) })
    : agency;
}

const decimal = (amount: number): string => String(amount).replace(".", ",");

export const allowanceText = ({ amount, unit }: Allowance, t: Translate): string =>
  `${decimal(amount)} ${t(`authoring.process.units.${unit}`)}`;

/** Working hours as days and hours: "7 ngày 4 giờ". */
export function hoursText(hours: number, t: Translate): string {
  const days = Math.floor(hours / HOURS_A_DAY);
  const rest = Math.round((hours - days * HOURS_A_DAY) * 100) / 100;
  if (days === 0) return t("authoring.process.check.hours", { hours: decimal(rest) });
  if (rest === 0) return t("authoring.process.check.days", { days: formatNumber(days) });
  return t("authoring.process.check.daysHours", { days: formatNumber(days), hours: decimal(rest) });
}

export const whoText = ({ role, agency }: Pick<Step, "role" | "agency">, t: Translate): string =>
  t("authoring.process.card.who", { role: t(`workflow.roles.${role}`), agency: agencyText(agency, t) });

export const stepName = ({ steps }: Process, id: string | undefined, t: Translate): string =>
  steps.find((step) => step.id === id)?.name.vi ?? t("authoring.process.card.missing");

/** What an outcome does, in a line: "Chuyển bước đến “Ký duyệt”, chờ đủ ý kiến". */
export function outcomeText(process: Process, step: Step, outcome: Outcome, t: Translate): string {
  const kind = t(`workflow.kinds.${outcome.kind}`);
  const moves = outcome.kind === "forward" || outcome.kind === "return";
  const stays = outcome.to === step.id;
  const where = !moves
    ? kind
    : stays
      ? t("authoring.process.card.stay")
      : t("authoring.process.card.to", { kind, step: stepName(process, outcome.to, t) });
  const asked = (outcome.consult ?? []).map((id) => stepName(process, id, t)).join(", ");
  return [
    where,
    asked ? t("authoring.process.card.consults", { steps: asked }) : null,
    outcome.waitsForBranches ? t("authoring.process.card.waits") : null,
    outcome.needsNote ? t("authoring.process.card.note") : null,
    outcome.needsResult ? t("authoring.process.card.resultNeeded") : null,
  ]
    .filter(Boolean)
    .join("; ");
}
