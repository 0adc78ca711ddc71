import {
  type Compared,
  type Condition,
  type Field,
  type FieldType,
  fieldsOf,
  fieldTypes,
  isPartialDate,
} from "#procedures/index.ts";
import { fieldPlaces } from "./form.ts";
import type { Sketch } from "./sketch.ts";

/** What keeps a comparison from being asked: of the field, of the way of comparing, of the value. */
export const FAULTS = ["unknown", "silent", "later", "cyclic", "operator", "option", "value"] as const;
export type FaultKind = (typeof FAULTS)[number];
export type Fault = { at: "field" | "op" | "value"; kind: FaultKind; params: Readonly<Record<string, string>> };

type Comparison = Exclude<Condition, { op: "all" | "any" | "not" }>;
export type Operator = Comparison["op"];

/** Whose condition it is: a question's, a page's; null: of something outside the form (a paper, a fee). */
export type ConditionOwner = { field: string } | { page: string } | null;

/** A field that a condition may name, and whether its answer is there when the condition is asked. */
export type Candidate = { field: Field; compared: Compared | null; standing: "before" | "later" | "cyclic" | "silent" };

type Typed = { type: FieldType | undefined; settings: unknown; compared: Compared | null };
const known = new WeakMap<Field, Typed>();

/** The field's type, its settings where they are right, and what may be said of its answer; looked at once. */
function typed(field: Field): Typed {
  const before = known.get(field);
  if (before) return before;
  const type = Object.hasOwn(fieldTypes, field.type) ? fieldTypes[field.type] : undefined;
  const read = type?.settings.safeParse(field.settings);
  const settings = read?.success ? read.data : null;
  const found = { type, settings, compared: (settings !== null && type?.compared?.(settings)) || null };
  known.set(field, found);
  return found;
}

/** What may be said of the field's answer; null: only that there is one. */
export const comparedOf = (field: Field): Compared | null => typed(field).compared;

const OPERATORS: Record<Compared["as"], readonly Operator[]> = {
  text: ["answered", "equals", "oneOf"],
  number: ["answered", "equals", "greater", "less"],
  date: ["answered", "equals", "greater", "less"],
  yes_no: ["answered", "equals"],
  choice: ["answered", "equals", "oneOf"],
  many: ["answered", "includes"],
};
export const operatorsFor = (compared: Compared | null): readonly Operator[] =>
  compared ? OPERATORS[compared.as] : ["answered"];

/** What each field's being asked or reckoned follows from: its condition, its page's, what it is computed of. */
function dependencies(sketch: Pick<Sketch, "form">): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { field, page, group } of fieldPlaces(sketch)) {
    const { type, settings } = typed(field);
    const derived = type?.derive && settings !== null ? (type.fieldsNamed?.(settings) ?? []) : [];
    const named = [
      ...fieldsOf(field.showWhen),
      ...(group ? [] : fieldsOf(page.showWhen)),
      ...derived.map((id) => id.split(".")[0] ?? ""),
    ];
    found.set(field.id, named);
  }
  return found;
}

/** The goals and every field that follows from one of them, directly or through others. */
function following(goals: ReadonlySet<string>, graph: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(goals);
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [id, from] of graph) if (from.some((one) => found.has(one))) found.add(id);
  }
  return found;
}

/** The fields among which a condition of this owner chooses, in the form's order: its row's, or those of the form. */
export function candidatesFor(
  sketch: Pick<Sketch, "form">,
  owner: ConditionOwner,
  places = fieldPlaces(sketch),
  graph = dependencies(sketch),
): Candidate[] {
  const own = owner && "field" in owner ? places.find(({ field }) => field.id === owner.field) : undefined;
  const ownAt = own
    ? places.indexOf(own)
    : owner && "page" in owner
      ? places.findIndex(({ page }) => page.id === owner.page)
      : places.length;
  const goals = new Set(
    own
      ? [own.field.id]
      : places.filter(({ page }) => owner && "page" in owner && page.id === owner.page).map(({ field }) => field.id),
  );
  const circle = goals.size > 0 ? following(goals, graph) : goals;
  const standing = (field: Field, at: number): Candidate["standing"] => {
    if (!typed(field).type?.asks) return "silent";
    if (circle.has(field.id)) return "cyclic";
    return ownAt >= 0 && at >= ownAt ? "later" : "before";
  };
  return places.flatMap(({ field, group }, at) =>
    (own?.group?.id ?? null) === (group?.id ?? null)
      ? [{ field, compared: comparedOf(field), standing: standing(field, at) }]
      : [],
  );
}

const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);

/** Whether a value can be the answer that it is compared with. */
function valueFault(compared: Compared, value: unknown): FaultKind | null {
  switch (compared.as) {
    case "choice":
    case "many":
      return compared.options.some((option) => option.value === value) ? null : "option";
    case "number":
      return isNumber(value) ? null : "value";
    case "date":
      return typeof value === "string" && isPartialDate(value) ? null : "value";
    case "yes_no":
      return typeof value === "boolean" ? null : "value";
    default:
      return typeof value === "string" && value !== "" ? null : "value";
  }
}

/** What is wrong with one comparison; null when it can be asked. */
export function faultOf(comparison: Comparison, candidates: readonly Candidate[]): Fault | null {
  const found = candidates.find(({ field }) => field.id === comparison.field);
  if (!found) return { at: "field", kind: "unknown", params: { field: comparison.field } };
  const params = { field: found.field.label.vi };
  if (found.standing !== "before") return { at: "field", kind: found.standing, params };
  const { compared } = found;
  if (!operatorsFor(compared).includes(comparison.op)) return { at: "op", kind: "operator", params };
  if (comparison.op === "answered" || !compared) return null;
  const values = comparison.op === "oneOf" ? comparison.values : [comparison.value];
  for (const value of values) {
    const kind = valueFault(compared, value);
    if (kind) return { at: "value", kind, params: { ...params, value: String(value) } };
  }
  return null;
}

type Placed = { path: (string | number)[]; fault: Fault };

function faultsIn(condition: Condition, candidates: readonly Candidate[], path: (string | number)[]): Placed[] {
  if (condition.op === "all" || condition.op === "any")
    return condition.of.flatMap((one, at) => faultsIn(one, candidates, [...path, "of", at]));
  if (condition.op === "not") return faultsIn(condition.of, candidates, [...path, "of"]);
  const fault = faultOf(condition, candidates);
  return fault ? [{ path, fault }] : [];
}

/** Every comparison of a definition that cannot be asked, where it stands: of fields, pages, papers and fees. */
export function conditionFaults(sketch: Pick<Sketch, "form" | "requirements" | "fees">): Placed[] {
  const places = fieldPlaces(sketch);
  const graph = dependencies(sketch);
  const candidates = (owner: ConditionOwner) => candidatesFor(sketch, owner, places, graph);
  const found: Placed[] = [];
  const look = (condition: Condition | undefined, owner: ConditionOwner, path: (string | number)[]) => {
    if (condition) found.push(...faultsIn(condition, candidates(owner), path));
  };
  for (const [at, page] of sketch.form.pages.entries())
    look(page.showWhen, { page: page.id }, ["form", "pages", at, "showWhen"]);
  for (const { field, path } of places) {
    look(field.showWhen, { field: field.id }, [...path, "showWhen"]);
    look(field.prefillWhen, { field: field.id }, [...path, "prefillWhen"]);
  }
  for (const [at, { when }] of sketch.requirements.entries()) look(when, null, ["requirements", at, "when"]);
  for (const [at, { when }] of sketch.fees.entries()) look(when, null, ["fees", at, "when"]);
  return found;
}
