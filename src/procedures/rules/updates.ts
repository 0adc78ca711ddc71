import { canonicalJson } from "#platform/canonical.ts";

export const PROPOSAL_KINDS = ["new", "changed", "missing"] as const;
/** What a file of the national catalogue would do to a record: `missing` stands here and not in the file. */
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** Keys of a line that say something to people, in the order in which they are read. */
export const COMPARED = [
  "name",
  "field",
  "level_text",
  "procedure_type",
  "decision_no",
  "promulgating_agency",
  "executing_agency",
  "competent_agency",
  "authorised_agency",
  "coordinating_agency",
  "receiving_address",
  "subjects",
  "steps",
  "methods",
  "dossier",
  "requirements",
  "results",
  "legal_basis",
  "related",
  "keywords",
  "url",
] as const;

type Line = Readonly<Record<string, unknown>>;

/** The keys by which two states of a line differ, the known ones first; `other`: something nobody reads. */
export function changedFields(before: Line, after: Line): string[] {
  const isSame = (key: string) => canonicalJson(before[key] ?? null) === canonicalJson(after[key] ?? null);
  const known = COMPARED.filter((key) => !isSame(key));
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of COMPARED) keys.delete(key);
  return [...keys].some((key) => !isSame(key)) ? [...known, "other"] : known;
}

/** A value of a line as lines of text: lists one entry each. */
export function valueLines(value: unknown): string[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flatMap(valueLines);
  if (typeof value === "object")
    return [Object.values(value).flatMap(valueLines).join(" · ")].filter((text) => text !== "");
  return String(value)
    .split("\n")
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

/** What only one of two states says, line by line: long texts are read by what changed in them. */
export function lineDifference(before: unknown, after: unknown): { gone: string[]; come: string[] } {
  const [was, is] = [valueLines(before), valueLines(after)];
  const without = (some: string[], others: string[]) => {
    const left = new Set(others);
    return some.filter((text) => !left.has(text));
  };
  return { gone: without(was, is), come: without(is, was) };
}
