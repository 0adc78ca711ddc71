import type { ProcedureDefinition } from "../definition.ts";
import type { NationalLine } from "../inputs.ts";

export type TermUnit = "minute" | "working_hour" | "working_day" | "day" | "month" | "same_day" | "hour";

/** The one word a list has room for: how long, and how much. `unknown` is never shown as free. */
export type Facts = {
  /** Distinct time limits, shortest first; `amount` null: on the same day. Unit null: the source left it open. */
  terms: { unit: TermUnit | null; amount: number | null }[];
  fee: { kind: "unknown" } | { kind: "free" } | { kind: "depends" } | { kind: "amount"; least: number; most: number };
};

const IN_HOURS: Record<TermUnit, number> = {
  minute: 1 / 60,
  same_day: 8,
  hour: 1,
  working_hour: 1,
  working_day: 24,
  day: 24,
  month: 720,
};
type Term = Facts["terms"][number];

const distinct = (terms: Term[]): Term[] => {
  const seen = new Map(terms.map((term) => [`${term.amount} ${term.unit}`, term]));
  const length = ({ unit, amount }: Term): number => (amount ?? 1) * (unit === null ? 24 : IN_HOURS[unit]);
  return [...seen.values()].sort((a, b) => length(a) - length(b));
};

/** In short, what a configured procedure's definition says of time and money. */
export function factsOfDefinition({ timeLimits, fees }: Pick<ProcedureDefinition, "timeLimits" | "fees">): Facts {
  const terms = distinct(
    timeLimits.map(({ term }) =>
      term.unit === "same_day" ? { unit: "same_day", amount: null } : { unit: term.unit, amount: term.amount },
    ),
  );
  const amounts = fees.map((fee) => fee.amount);
  if (amounts.some((amount) => amount === null)) return { terms, fee: { kind: "unknown" } };
  const known = amounts.filter((amount) => amount !== null);
  if (known.every((amount) => amount === 0))
    return { terms, fee: fees.length > 0 ? { kind: "free" } : { kind: "unknown" } };
  return { terms, fee: { kind: "amount", least: Math.min(...known), most: Math.max(...known) } };
}

/** Flags that say the amounts in the record cannot be relied on. */
export const UNRELIABLE_FEE = ["fee_not_captured", "fee_amount_uncertain", "fee_suspicious_amount"] as const;

/** In short, what a record of the national catalogue says, as far as it can be relied on. */
export function factsOfRecord({ methods, flags }: Pick<NationalLine, "methods" | "flags">): Facts {
  const terms = distinct(
    methods.flatMap(({ time_value, time_unit }) =>
      time_value === null || time_value <= 0 ? [] : [{ unit: time_unit, amount: time_value }],
    ),
  );
  if (flags.some((flag) => (UNRELIABLE_FEE as readonly string[]).includes(flag)))
    return { terms, fee: { kind: "unknown" } };
  if (flags.includes("free_shown_but_note_says_otherwise")) return { terms, fee: { kind: "depends" } };
  const amounts = methods.flatMap(({ fee_amounts_vnd }) => fee_amounts_vnd).filter((amount) => amount > 0);
  if (amounts.length > 0)
    return { terms, fee: { kind: "amount", least: Math.min(...amounts), most: Math.max(...amounts) } };
  const isFree = methods.length > 0 && methods.every(({ free }) => free === true);
  return { terms, fee: isFree ? { kind: "free" } : { kind: "unknown" } };
}
