import type {
  Button,
  EmptyState,
  Figures,
  Input,
  InsetText,
  Link,
  PageHeading,
  Select,
  Table,
} from "#platform/components.ts";
import { formatNumber, formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Grouping, StatisticsRow } from "../queries/statistics.ts";
import type { HallState } from "../queries.ts";

export type PlacesPage = Page & {
  heading: PageHeading;
  empty: EmptyState | null;
  statistics: Link;
  leaveMachine: { action: string; button: Button } | null;
  halls: readonly {
    name: string;
    figures: Figures;
    shut: InsetText | null;
    links: readonly Link[];
    acts: readonly { action: string; button: Button; hint: string | null }[];
  }[];
};
export type StatisticsPage = Page & {
  heading: PageHeading;
  action: string;
  from: Input;
  to: Input;
  by: Select;
  hall: Select;
  button: Button;
  empty: EmptyState | null;
  table: Table | null;
  csv: Link | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "queue/places": PlacesPage;
    "queue/statistics": StatisticsPage;
  }
}

/** @param runs ids of the halls that the officer's agency itself runs */
export function placesPage(
  states: readonly HallState[],
  runs: ReadonlySet<string>,
  isMachine: boolean,
  t: Translate,
): PlacesPage {
  return {
    title: t("queue.places.title"),
    width: "wide",
    heading: { title: t("queue.places.title"), lead: t("queue.places.lead") },
    empty: states.length === 0 ? { title: t("queue.places.none"), text: t("queue.places.noneText") } : null,
    statistics: { text: t("queue.places.statistics"), href: paths.statistics },
    leaveMachine: isMachine
      ? { action: paths.leaveKiosk, button: { text: t("queue.places.machineOff"), kind: "secondary" } }
      : null,
    halls: states.map((state) => {
      const count = (one: string): string => formatNumber(state.tickets.filter(({ state: s }) => s === one).length);
      const act = (
        verb: "nhan-so" | "ngung-nhan" | "ket-thuc" | "may-nay",
        text: string,
        hint: string | null = null,
        kind: Button["kind"] = "secondary",
      ) => ({ action: paths.placeAct(state.id, verb), button: { text, kind }, hint });
      const isStopped = state.shut === "day_closed" || state.shut === "day_ended";
      return {
        name: state.name,
        figures: {
          items: [
            { value: count("waiting"), text: t("queue.places.waiting") },
            { value: count("served"), text: t("queue.places.served") },
          ],
        },
        shut: state.shut
          ? { text: t(`queue.kiosk.shut.${state.shut}`), tone: "warning" as const }
          : { text: t("queue.places.taking"), tone: "info" as const },
        links: [
          { text: t("queue.places.kiosk"), href: paths.kiosk(state.slug) },
          { text: t("queue.places.board"), href: paths.board(state.slug) },
        ],
        acts: runs.has(state.id)
          ? [
              isStopped ? act("nhan-so", t("queue.places.start")) : act("ngung-nhan", t("queue.places.stop")),
              act("ket-thuc", t("queue.places.end"), t("queue.places.endHint"), "warning"),
              act("may-nay", t("queue.places.machine"), t("queue.places.machineHint")),
            ]
          : [],
      };
    }),
  };
}

const oneDecimal = (minutes: number | null): string => (minutes === null ? "" : minutes.toFixed(1).replace(".", ","));

const heads = (t: Translate, by: Grouping): string[] => [
  t(`queue.statistics.${by}`),
  t("queue.statistics.taken"),
  t("queue.statistics.served"),
  t("queue.statistics.noShow"),
  t("queue.statistics.left"),
  t("queue.statistics.unserved"),
  t("queue.statistics.wait"),
  t("queue.statistics.waitMost"),
  t("queue.statistics.serve"),
];

const nameOf = (row: StatisticsRow, by: Grouping, t: Translate): string => {
  if (by === "day") return formatPartialDate(row.name);
  if (by === "counter")
    return row.name === "" ? t("queue.statistics.noCounter") : t("queue.panel.counter", { number: row.name });
  return row.name;
};
const figuresOf = (row: StatisticsRow): string[] => [
  ...[row.taken, row.served, row.noShow, row.left, row.unserved].map(formatNumber),
  oneDecimal(row.wait),
  oneDecimal(row.waitMost),
  oneDecimal(row.serve),
];

export type StatisticsAsked = { from: string; to: string; by: Grouping; hallId: string };
const askedWords = { queue: "hang", counter: "quay", day: "ngay", hall: "sanh" } as const;
const paramsOf = ({ from, to, by, hallId }: StatisticsAsked): Record<string, string> => ({
  tu: from,
  den: to,
  theo: askedWords[by],
  sanh: hallId,
});

export function statisticsPage(
  rows: readonly StatisticsRow[],
  asked: StatisticsAsked,
  halls: readonly { id: string; name: string }[],
  t: Translate,
): StatisticsPage {
  const date = (name: string, label: string, value: string): Input => ({ name, label, value, type: "date", width: 10 });
  return {
    title: t("queue.statistics.title"),
    width: "wide",
    back: { href: paths.places },
    heading: { title: t("queue.statistics.title") },
    action: paths.statistics,
    from: date("tu", t("queue.statistics.from"), asked.from),
    to: date("den", t("queue.statistics.to"), asked.to),
    by: {
      name: "theo",
      label: t("queue.statistics.by"),
      value: askedWords[asked.by],
      items: (["queue", "counter", "day", "hall"] as const).map((by) => ({
        value: askedWords[by],
        text: t(`queue.statistics.${by}`),
      })),
    },
    hall: {
      name: "sanh",
      label: t("queue.statistics.hall"),
      value: asked.hallId,
      items: halls.map(({ id, name }) => ({ value: id, text: name })),
    },
    button: { text: t("queue.statistics.show"), kind: "secondary" },
    empty: rows.length === 0 ? { title: t("queue.statistics.none"), text: t("queue.statistics.noneText") } : null,
    table:
      rows.length === 0
        ? null
        : {
            caption: t("queue.statistics.caption", {
              from: formatPartialDate(asked.from),
              to: formatPartialDate(asked.to),
            }),
            head: heads(t, asked.by).map((text, i) => (i === 0 ? { text } : { text, numeric: true })),
            rows: rows.map((row) => ({
              cells: [{ text: nameOf(row, asked.by, t) }, ...figuresOf(row).map((text) => ({ text, numeric: true }))],
            })),
          },
    csv: rows.length === 0 ? null : { text: t("queue.statistics.csv"), href: paths.statisticsCsv(paramsOf(asked)) },
  };
}

/** The same as lines of a table, first the heads. */
export const statisticsLines = (rows: readonly StatisticsRow[], by: Grouping, t: Translate): string[][] => [
  [t("queue.statistics.hall"), ...heads(t, by)],
  ...rows.map((row) => [row.hall, nameOf(row, by, t), ...figuresOf(row)]),
];
