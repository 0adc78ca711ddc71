import type { Figures, OfficerFigures } from "#dossiers/index.ts";
import type { Button, Cell, EmptyState, Input, PageHeading, SubNavigation, Table } from "#platform/components.ts";
import { formatNumber, formatPartialDate } from "#platform/format.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { followingNav } from "./following.ts";
import type { Words } from "./words.ts";

export type PerformancePage = Page & {
  heading: PageHeading;
  /** Only a head has another page to go to. */
  sections: SubNavigation | null;
  note: string;
  action: string;
  from: Input;
  to: Input;
  show: Button;
  officers: Table | null;
  steps: Table | null;
  empty: EmptyState | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/performance": PerformancePage;
  }
}

type Named = Figures & { step: string; procedure: string };
export type PerformanceInput = {
  /** yyyy-MM-dd, both included. */
  first: string;
  last: string;
  whose: "own" | "led";
  officers: readonly OfficerFigures[];
  steps: readonly Named[];
};

const HOURS_A_DAY = 24;
const tookOf = (hours: number, { t }: Words): string => {
  if (hours < 0.1) return t("desk.life.performance.moment");
  return hours < HOURS_A_DAY
    ? t("desk.life.performance.hours", { hours: formatNumber(Math.round(hours * 10) / 10) })
    : t("desk.life.performance.days", { days: formatNumber(Math.round((hours / HOURS_A_DAY) * 10) / 10) });
};

const cellsOf = ({ done, onTime, late, medianHours }: Figures, words: Words): Cell[] => [
  { text: formatNumber(done), numeric: true },
  { text: formatNumber(onTime), numeric: true },
  { text: formatNumber(late), numeric: true },
  { text: words.t("desk.life.performance.share", { share: Math.floor((onTime / done) * 100) }), numeric: true },
  { text: tookOf(medianHours, words), numeric: true },
];

const headOf = (first: string, { t }: Words): Table["head"] => [
  { text: first },
  { text: t("desk.life.performance.done"), numeric: true },
  { text: t("desk.life.performance.onTime"), numeric: true },
  { text: t("desk.life.performance.late"), numeric: true },
  { text: t("desk.life.performance.shareHead"), numeric: true },
  { text: t("desk.life.performance.took"), numeric: true },
];

/** Plain figures: who finished how many steps, how many in time, and how long a step takes. */
export function performancePage(input: PerformanceInput, words: Words): PerformancePage {
  const { first, last, whose, officers, steps } = input;
  const { t } = words;
  const title = t("desk.life.performance.title");
  const day = (name: string, label: string, value: string): Input => ({
    name,
    label,
    value,
    type: "date",
    width: 10,
    verbatim: true,
  });
  return {
    title,
    width: "wide",
    back: { href: paths.worklist, text: t("desk.show.back") },
    heading: {
      title,
      caption: t("desk.life.performance.period", { from: formatPartialDate(first), to: formatPartialDate(last) }),
      lead: t(`desk.life.performance.${whose}`),
    },
    sections: whose === "led" ? followingNav(paths.performance, t) : null,
    note: t("desk.life.performance.note"),
    action: paths.performance,
    from: day("tu", t("desk.life.performance.from"), first),
    to: day("den", t("desk.life.performance.to"), last),
    show: { text: t("desk.life.performance.show"), kind: "secondary" },
    officers:
      officers.length > 0
        ? {
            caption: t("desk.life.performance.byOfficer"),
            head: headOf(t("desk.life.performance.officer"), words),
            rows: officers.map((one) => ({
              cells: [{ text: one.name, note: one.agencyName }, ...cellsOf(one, words)],
            })),
          }
        : null,
    steps:
      steps.length > 0
        ? {
            caption: t("desk.life.performance.byStep"),
            head: headOf(t("desk.life.performance.step"), words),
            rows: steps.map((one) => ({ cells: [{ text: one.step, note: one.procedure }, ...cellsOf(one, words)] })),
          }
        : null,
    empty:
      steps.length > 0 ? null : { title: t("desk.life.performance.none"), text: t("desk.life.performance.noneText") },
  };
}
