import type { AgencyTally, Months } from "#dossiers/index.ts";
import { type Flow, NO_FLOW, NO_PRESSURE, NO_STANDING } from "#dossiers/rules.ts";

/** Calendar months from one to another. @param month yyyy-MM */
export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const at = year * 12 + (number - 1) + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}

/** Every month between two, both included, the newest first. */
export function monthsBack({ from, to }: Months): string[] {
  const months: string[] = [];
  for (let month = to; month >= from; month = shiftMonth(month, -1)) months.push(month);
  return months;
}

export const PRESETS = ["thisMonth", "lastMonth", "thisYear"] as const;
export type Preset = (typeof PRESETS)[number];

/** The months that a preset means on a day. @param today yyyy-MM-dd */
export function monthsOf(preset: Preset, today: string): Months {
  const month = today.slice(0, 7);
  if (preset === "lastMonth") return { from: shiftMonth(month, -1), to: shiftMonth(month, -1) };
  return { from: preset === "thisYear" ? `${month.slice(0, 4)}-01` : month, to: month };
}

export const resolved = ({ inTime, late }: Pick<Flow, "inTime" | "late">): number => inTime + late;

/** Whole percent, rounded down so that 100 means all; null of nothing. */
export const shareOf = (part: number, whole: number): number | null =>
  whole > 0 ? Math.floor((part / whole) * 100) : null;

/** How rows may be ordered: each by what deserves to be seen first. */
export const ORDERS = ["overdue", "name", "received", "open", "resolved", "onTime", "late"] as const;
export type Order = (typeof ORDERS)[number];

export type NamedTally = AgencyTally & { name: string };

const NOTHING_RESOLVED = 101;
const weights: Readonly<Record<Exclude<Order, "name">, (row: NamedTally) => readonly number[]>> = {
  overdue: (row) => [row.overdue, row.late, row.soon, row.open],
  received: (row) => [row.received],
  open: (row) => [row.open],
  resolved: (row) => [resolved(row)],
  onTime: (row) => [-(shareOf(row.inTime, resolved(row)) ?? NOTHING_RESOLVED), row.late],
  late: (row) => [row.late],
};

/** The rows in an order; equal ones by name. */
export function ordered(rows: readonly NamedTally[], order: Order): NamedTally[] {
  const byName = (a: NamedTally, b: NamedTally): number => a.name.localeCompare(b.name, "vi");
  if (order === "name") return [...rows].sort(byName);
  const weigh = weights[order];
  return [...rows].sort((a, b) => {
    const [ours, theirs] = [weigh(a), weigh(b)];
    const at = ours.findIndex((n, i) => n !== theirs[i]);
    return at < 0 ? byName(a, b) : (theirs[at] ?? 0) - (ours[at] ?? 0);
  });
}

const ZERO: Omit<AgencyTally, "agencyId"> = { ...NO_FLOW, ...NO_STANDING, ...NO_PRESSURE };
export type Total = typeof ZERO;
const COUNTED = Object.keys(ZERO) as (keyof Total)[];

/** All rows together. */
export const totalOf = (rows: readonly Total[]): Total => {
  const total = { ...ZERO };
  for (const row of rows) for (const what of COUNTED) total[what] += row[what];
  return total;
};
