import type { Months, MonthTally } from "#dossiers/index.ts";
import { NO_FLOW } from "#dossiers/rules.ts";
import type {
  Button,
  Cell,
  EmptyState,
  Figures,
  Link,
  PageHeading,
  Select,
  SubNavigation,
  Table,
} from "#platform/components.ts";
import { formatDateTime, formatNumber, formatPartialDate, isoDay } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { ORDER_WORDS } from "../inputs/overview.ts";
import { paths } from "../paths.ts";
import {
  monthsBack,
  monthsOf,
  type NamedTally,
  ORDERS,
  type Order,
  PRESETS,
  resolved,
  shareOf,
  shiftMonth,
  type Total,
  totalOf,
} from "../rules.ts";
import { followingNav } from "./following.ts";

export type OverviewPage = Page & {
  heading: PageHeading;
  sections: SubNavigation | null;
  presets: { label: string; items: readonly { text: string; href: string | null }[] };
  action: string;
  from: Select;
  to: Select;
  order: Select;
  show: Button;
  asOf: string;
  again: Link;
  figures: Figures | null;
  agencies: Table | null;
  months: Table | null;
  empty: EmptyState | null;
  note: string;
  csv: Link | null;
  print: { text: string };
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/overview": OverviewPage;
  }
}

export type OverviewInput = {
  /** Where it stands: the officers' address or the administrators'. */
  base: string;
  period: Months;
  order: Order;
  rows: readonly NamedTally[];
  months: readonly MonthTally[];
  now: Date;
};

/** Months that may be chosen from a list; an address may name older ones. */
const OFFERED = 36;

const number = (n: number): Cell => ({ text: formatNumber(n), numeric: true });
const shareText = (part: number, whole: number, t: Translate): string => {
  const share = shareOf(part, whole);
  return share === null ? t("desk.overview.noShare") : t("desk.overview.share", { share });
};
const onTime = (row: Pick<Total, "inTime" | "late">, t: Translate): Cell => ({
  text: shareText(row.inTime, resolved(row), t),
  numeric: true,
});
const received = ({ received: all, online }: Pick<Total, "received" | "online">, t: Translate): Cell[] => [
  number(all),
  { text: shareText(online, all, t), numeric: true },
];

const PRESSING = ["overdue", "soon", "open", "intake", "received", "online", "resolved", "onTime", "late"] as const;
const agencyCells = (name: string, row: Total, t: Translate): Cell[] => [
  { text: name },
  number(row.overdue),
  number(row.soon),
  number(row.open),
  number(row.intake),
  ...received(row, t),
  number(resolved(row)),
  onTime(row, t),
  number(row.late),
];

function agencyTable({ rows }: OverviewInput, t: Translate): Table {
  const lines = rows.map((row) => ({
    cells: agencyCells(row.name, row, t),
    ...(row.overdue > 0 ? { tone: "late" as const } : {}),
  }));
  const total =
    rows.length > 1 ? [{ cells: agencyCells(t("desk.overview.all", { count: rows.length }), totalOf(rows), t) }] : [];
  return {
    caption: t("desk.overview.byAgency"),
    head: [
      { text: t("desk.overview.agency") },
      ...PRESSING.map((column) => ({ text: t(`desk.overview.${column}`), numeric: true })),
    ],
    rows: [...lines, ...total],
  };
}

function monthTable({ period, months }: OverviewInput, t: Translate): Table {
  const known = new Map(months.map((row) => [row.month, row]));
  // Before the first dossier of all there is nothing to compare with.
  const from = months[0]?.month ?? period.to;
  const head = (text: string) => ({ text, numeric: true });
  return {
    caption: t("desk.overview.byMonth", { month: formatPartialDate(period.to) }),
    head: [
      { text: t("desk.overview.monthHead") },
      head(t("desk.overview.received")),
      head(t("desk.overview.online")),
      head(t("desk.overview.resolved")),
      head(t("desk.overview.onTime")),
      head(t("desk.overview.late")),
      head(t("desk.overview.unresolved")),
    ],
    rows: monthsBack({ from, to: period.to }).map((month) => {
      const row = known.get(month) ?? NO_FLOW;
      return {
        cells: [
          { text: formatPartialDate(month) },
          ...received(row, t),
          number(resolved(row)),
          onTime(row, t),
          number(row.late),
          number(row.declined + row.ended),
        ],
      };
    }),
  };
}

function monthSelect(name: string, label: string, value: string, today: string, t: Translate): Select {
  const to = today.slice(0, 7);
  const months = monthsBack({ from: shiftMonth(to, 1 - OFFERED), to });
  const offered = months.includes(value) ? months : [...months, value].sort().reverse();
  return {
    name,
    label,
    value,
    items: offered.map((month) => ({
      value: month,
      text: t("desk.overview.month", { month: formatPartialDate(month) }),
    })),
  };
}

const periodText = ({ from, to }: Months, t: Translate): string =>
  from === to
    ? t("desk.overview.oneMonth", { month: formatPartialDate(from) })
    : t("desk.overview.months", { from: formatPartialDate(from), to: formatPartialDate(to) });

/** How agencies take in and resolve: what presses first, then a year of months. */
export function overviewPage(input: OverviewInput, t: Translate): OverviewPage {
  const { base, period, order, rows, now } = input;
  const today = isoDay(now);
  const title = t("desk.overview.title");
  const addressOf = (months: Months): string =>
    paths.overviewOf(base, { tu: months.from, den: months.to, xep: order === "overdue" ? null : ORDER_WORDS[order] });
  const total = totalOf(rows);
  const isAdmin = base === paths.adminOverview;
  const query = { tu: period.from, den: period.to, xep: ORDER_WORDS[order] };
  return {
    title,
    width: "wide",
    back: isAdmin ? { href: "/quan-tri" } : { href: paths.worklist, text: t("desk.show.back") },
    heading: { title, caption: periodText(period, t) },
    sections: isAdmin ? null : followingNav(paths.overview, t),
    presets: {
      label: t("desk.overview.presets"),
      items: PRESETS.map((preset) => {
        const months = monthsOf(preset, today);
        return {
          text: t(`desk.overview.${preset}`),
          href: months.from === period.from && months.to === period.to ? null : addressOf(months),
        };
      }),
    },
    action: base,
    from: monthSelect("tu", t("desk.overview.from"), period.from, today, t),
    to: monthSelect("den", t("desk.overview.to"), period.to, today, t),
    order: {
      name: "xep",
      label: t("desk.overview.order"),
      value: ORDER_WORDS[order],
      items: ORDERS.map((by) => ({
        value: ORDER_WORDS[by],
        text: t(`desk.overview.${by === "name" ? "agency" : by}`),
      })),
    },
    show: { text: t("desk.overview.show"), kind: "secondary" },
    asOf: t("desk.overview.asOf", { at: formatDateTime(now) }),
    again: { text: t("desk.overview.refresh"), href: addressOf(period) },
    figures:
      rows.length > 0
        ? {
            items: [
              { value: formatNumber(total.overdue), text: t("desk.overview.overdue") },
              { value: formatNumber(total.received), text: t("desk.overview.received") },
              { value: formatNumber(resolved(total)), text: t("desk.overview.resolved") },
              { value: shareText(total.inTime, resolved(total), t), text: t("desk.overview.onTime") },
            ],
          }
        : null,
    agencies: rows.length > 0 ? agencyTable(input, t) : null,
    months: input.months.length > 0 ? monthTable(input, t) : null,
    empty: rows.length > 0 ? null : { title: t("desk.overview.none"), text: t("desk.overview.noneText") },
    note: t("desk.overview.note"),
    csv: rows.length > 0 ? { text: t("desk.overview.csv"), href: paths.overviewOf(`${base}.csv`, query) } : null,
    print: { text: t("desk.overview.print") },
  };
}

const COLUMNS = [
  "overdue",
  "soon",
  "open",
  "waiting",
  "intake",
  "received",
  "online",
  "counter",
  "post",
  "resolved",
  "inTime",
  "late",
  "onTime",
  "declined",
  "ended",
] as const;

/** The same agency by agency as lines of a table, first the heads, with every figure that is counted. */
export const overviewLines = ({ rows }: OverviewInput, t: Translate): string[][] => [
  [t("desk.overview.agency"), ...COLUMNS.map((column) => t(`desk.overview.${column}`))],
  ...rows.map((row) => [
    row.name,
    ...COLUMNS.map((column) => {
      if (column === "resolved") return String(resolved(row));
      return column === "onTime" ? shareText(row.inTime, resolved(row), t) : String(row[column]);
    }),
  ]),
];
