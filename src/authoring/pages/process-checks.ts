import type { Table } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Manuscript } from "../queries.ts";
import { longestWay, type Process, type StaffingGap, weighAllowances } from "../rules.ts";
import { hoursText, stepName } from "./process-words.ts";

export type ProcessChecks = {
  title: string;
  allowances: Table | null;
  note: string;
  staffingTitle: string;
  staffing: string;
  gaps: readonly string[];
};

/** Who takes the procedure in, and where a step would lie with nobody; agencies by their names. */
export type Staffing = {
  isOffered: boolean;
  among: number;
  gaps: readonly StaffingGap[];
  nameOf: (id: string) => string;
};

const MOST_NAMED = 3;

function staffingLines(process: Process, { gaps, nameOf }: Staffing, t: Translate): string[] {
  const few = (ids: readonly string[]): string => ids.slice(0, MOST_NAMED).map(nameOf).join(", ");
  return gaps.flatMap(({ stepId, unheld, nowhere, among }) => {
    const step = process.steps.find(({ id }) => id === stepId);
    if (!step) return [];
    const common = { step: step.name.vi, role: t(`workflow.roles.${step.role}`) };
    const said = (kind: "nobody" | "nowhere", ids: readonly string[]): string[] =>
      ids.length === 0
        ? []
        : [
            t(ids.length > MOST_NAMED ? `authoring.process.check.${kind}More` : `authoring.process.check.${kind}`, {
              ...common,
              agencies: few(ids),
              count: ids.length,
              among,
            }),
          ];
    return [...said("nobody", unheld), ...said("nowhere", nowhere)];
  });
}

/** The longest way held against each limit, and who would do each step where. */
export function checksOf({ sketch }: Manuscript, staffing: Staffing, t: Translate): ProcessChecks {
  const weighed = weighAllowances(sketch);
  const way = longestWay(sketch.workflow);
  const scopeOf = (limit: (typeof weighed)[number]["limit"]): string => {
    const cases = (limit.cases ?? []).map((id) => sketch.cases.find((one) => one.id === id)?.name.vi ?? id);
    const channels = (limit.channels ?? []).map((channel) => t(`authoring.process.play.channels.${channel}`));
    return [...cases, ...channels].join(", ") || t("authoring.process.check.everywhere");
  };
  const limitText = ({ term }: (typeof weighed)[number]["limit"]): string =>
    term.unit === "same_day"
      ? t("procedures.term.same_day")
      : t(`procedures.term.${term.unit}`, { amount: term.amount });
  const words = (key: "scope" | "limit" | "total" | "verdict") => ({ text: t(`authoring.process.check.${key}`) });
  const gaps = staffingLines(sketch.workflow, staffing, t);
  return {
    title: t("authoring.process.check.title"),
    allowances:
      weighed.length === 0
        ? null
        : {
            caption: t("authoring.process.check.allowances"),
            head: [words("scope"), words("limit"), words("total"), words("verdict")],
            rows: weighed.map(({ limit, hours, allowed, isEstimate, exceeds }) => ({
              cells: [
                { text: scopeOf(limit) },
                { text: limitText(limit), note: isEstimate ? t("authoring.process.check.estimate") : null },
                { text: hoursText(hours, t) },
                exceeds
                  ? {
                      text: "",
                      tag: {
                        text: t("authoring.process.check.exceeds", { over: hoursText(hours - allowed, t) }),
                        tone: "late",
                      },
                    }
                  : { text: "", tag: { text: t("authoring.process.check.fits"), tone: "done" } },
              ],
            })),
          },
    note:
      weighed.length === 0
        ? t("authoring.process.check.noLimit")
        : t("authoring.process.check.note", {
            steps: way.steps.map((id) => stepName(sketch.workflow, id, t)).join(" → "),
          }),
    staffingTitle: t("authoring.process.check.staffing"),
    staffing:
      staffing.among === 0
        ? t("authoring.process.check.noPlace")
        : [
            t(staffing.isOffered ? "authoring.process.check.offered" : "authoring.process.check.notOffered", {
              count: staffing.among,
            }),
            ...(gaps.length === 0 ? [t("authoring.process.check.staffed")] : []),
          ].join(" "),
    gaps,
  };
}
