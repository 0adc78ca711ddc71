/** What administrators do to agencies, their parts and their people, as the history names it. */
export const DEEDS = [
  "agency_created",
  "agency_changed",
  "agency_organized",
  "agency_merged",
  "agency_abolished",
  "agency_took_over",
  "agency_planned",
  "agency_plan_cancelled",
  "unit_created",
  "unit_changed",
  "unit_closed",
  "person_created",
  "person_changed",
  "person_disabled",
  "person_enabled",
  "password_reset",
  "posting_granted",
  "posting_changed",
  "posting_ended",
  "leave_granted",
  "leave_revoked",
  "imported",
] as const;
export type Deed = (typeof DEEDS)[number];

/** What may be planned for an agency. */
export type PlanKind = "founded" | "merged" | "abolished" | "organized";

export type Values = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** Where the values of a deed stand, when they can be put back as they were; `closed` things open again. */
const RESTORED = {
  agency_changed: "agency",
  agency_organized: "agency",
  unit_changed: "unit",
  unit_closed: "unit",
  person_changed: "account",
  person_disabled: "account",
  person_enabled: "account",
  posting_changed: "posting",
  posting_ended: "posting",
} as const satisfies Partial<Record<Deed, string>>;
export type RestoredTable = (typeof RESTORED)[keyof typeof RESTORED];

/** The table in which a deed's values are put back; null: it is not taken back by restoring. */
export const restoredIn = (deed: string): RestoredTable | null => RESTORED[deed as keyof typeof RESTORED] ?? null;

/** Why a deed is not undone: what followed from it cannot be called back, or another act does it in the open. */
export type NoUndo = "merged" | "created" | "otherwise" | "undone" | "isUndo";
export function whyNotUndone(deed: string, isUndone: boolean, isUndo: boolean): NoUndo | null {
  if (isUndone) return "undone";
  if (isUndo) return "isUndo";
  if (restoredIn(deed)) return null;
  if (deed === "agency_merged" || deed === "agency_abolished" || deed === "agency_took_over") return "merged";
  return deed.endsWith("_created") ? "created" : "otherwise";
}

/** What differs between two states, by column; what only one names counts as null in the other. */
export const changedBetween = (before: Values, after: Values): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => key !== "id" && JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null),
  );

/** The day before (yyyy-MM-dd). */
export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
