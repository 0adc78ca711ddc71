import type { FieldError, FieldErrors } from "#platform/form.ts";
import { faultText } from "#procedures/index.ts";
import { candidatesFor, type Edited, type ListSpec, type Sketch, type Spec } from "../rules.ts";
import { conditionValues, readCondition, text, texts } from "./conditions.ts";

type Sent = Readonly<Record<string, unknown>>;
type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands at a dotted key. */
export const valueAt = (edited: Edited, key: string): unknown =>
  key
    .split(".")
    .reduce<unknown>((value, step) => (isTree(value) && Object.hasOwn(value, step) ? value[step] : undefined), edited);

/** A copy with a value at a dotted key; undefined takes it out. */
function withValue(edited: Tree, [step = "", ...rest]: readonly string[], value: unknown): Tree {
  if (rest.length > 0) {
    const inner = withValue(isTree(edited[step]) ? edited[step] : {}, rest, value);
    const { [step]: _old, ...others } = edited;
    return Object.keys(inner).length === 0 && !(step in edited) ? others : { ...edited, [step]: inner };
  }
  const { [step]: _old, ...others } = edited;
  return value === undefined ? others : { ...edited, [step]: value };
}

type Words = { vi: string; en?: string | undefined };
const linesOf = (typed: string): string[] =>
  typed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
const MOST_DIGITS = 12;
const WRONG = "authoring.record.errors" as const;

/** What the controls of a spec hold for a value, by control name. */
function shownValues(spec: Spec, value: unknown): Sent {
  const { key, kind } = spec;
  switch (kind) {
    case "words":
    case "paragraph": {
      const said = value as Words | undefined;
      return { [`${key}.vi`]: said?.vi ?? "", [`${key}.en`]: said?.en ?? "" };
    }
    case "wordLines": {
      const all = (value as Words[] | undefined) ?? [];
      return {
        [`${key}.vi`]: all.map(({ vi }) => vi).join("\n"),
        [`${key}.en`]: all
          .map(({ en }) => en ?? "")
          .join("\n")
          .trim(),
      };
    }
    case "lines":
      return { [key]: ((value as string[] | undefined) ?? []).join("\n") };
    case "yes":
      return { [key]: (value ?? spec.unless ?? false) ? "yes" : "" };
    case "choices":
    case "cases":
      return { [key]: (value as string[] | undefined) ?? [] };
    case "term": {
      const term = value as { unit?: string; amount?: number } | undefined;
      return {
        [`${key}.amount`]: term?.amount === undefined ? "" : String(term.amount),
        [`${key}.unit`]: term?.unit ?? "",
      };
    }
    case "condition":
      return conditionValues(value as Parameters<typeof conditionValues>[0], key);
    default:
      return { [key]: value === undefined || value === null ? "" : String(value) };
  }
}

/** What every control of a form holds for what stands. */
export const recordValues = (specs: readonly Spec[], edited: Edited): Sent =>
  Object.assign({}, ...specs.map((spec) => shownValues(spec, valueAt(edited, spec.key))));

type ReadValue = { value: unknown } | { errors: Readonly<Record<string, FieldError>> };
const refused = (name: string, key: FieldError["key"]): ReadValue => ({ errors: { [name]: { key } } });

function readWords(sent: Sent, { key, optional }: Spec): ReadValue {
  const [vi, en] = [text(sent, `${key}.vi`), text(sent, `${key}.en`)];
  if (vi === "" && en !== "") return refused(`${key}.vi`, `${WRONG}.onlyEnglish`);
  if (vi === "" && optional) return { value: undefined };
  return { value: { vi, ...(en ? { en } : {}) } };
}

function readValue(spec: Spec, sent: Sent, sketch: Sketch, before: unknown): ReadValue {
  const { key, kind } = spec;
  const typed = text(sent, key);
  switch (kind) {
    case "words":
    case "paragraph":
      return readWords(sent, spec);
    case "wordLines": {
      const english = linesOf(text(sent, `${key}.en`));
      const all = linesOf(text(sent, `${key}.vi`)).map((vi, at) => ({
        vi,
        ...(english[at] ? { en: english[at] } : {}),
      }));
      return { value: all.length === 0 && spec.optional ? undefined : all };
    }
    case "lines":
      return { value: linesOf(typed) };
    case "number": {
      const digits = typed.replace(/[.\s]/g, "");
      if (digits === "") return { value: null };
      return /^\d+$/.test(digits) && digits.length <= MOST_DIGITS
        ? { value: Number(digits) }
        : refused(key, `${WRONG}.number`);
    }
    case "yes": {
      const isYes = texts(sent, key).includes("yes");
      return { value: isYes === spec.unless ? undefined : isYes };
    }
    case "choices":
    case "cases": {
      const known = "options" in spec ? spec.options : sketch.cases.map(({ id }) => id);
      const given = texts(sent, key);
      const chosen = known.filter((one) => given.includes(one));
      return { value: chosen.length === 0 && spec.optional ? undefined : chosen };
    }
    case "choice":
      if (typed === "" && spec.optional) return { value: undefined };
      return spec.options.includes(typed) ? { value: typed } : refused(key, `${WRONG}.choose`);
    case "entry": {
      const isKnown = spec.entries?.some(({ key: one, removed }) => one === typed && !removed);
      if (typed === "") return { value: undefined };
      // What stands already may stay, though the list has it no more.
      return isKnown || typed === before ? { value: typed } : refused(key, `${WRONG}.choose`);
    }
    case "term": {
      const unit = text(sent, `${key}.unit`);
      if (unit === "same_day") return { value: { unit } };
      const amount = text(sent, `${key}.amount`);
      return /^\d{1,4}$/.test(amount)
        ? { value: { unit, amount: Number(amount) } }
        : refused(`${key}.amount`, `${WRONG}.number`);
    }
    case "condition": {
      const { condition, errors } = readCondition(sent, key, candidatesFor(sketch, null));
      return Object.keys(errors).length > 0 ? { errors } : { value: condition };
    }
    default:
      return { value: typed === "" && spec.optional ? undefined : typed };
  }
}

export type ReadRecord = { edited: Edited; errors: FieldErrors };

/** What was sent, put over what stands: what has no control here stays as it is. */
export function readRecord(specs: readonly Spec[], sent: Sent, before: Edited, sketch: Sketch): ReadRecord {
  const errors: Record<string, FieldError> = {};
  let edited = before;
  for (const spec of specs) {
    const read = readValue(spec, sent, sketch, valueAt(before, spec.key));
    if ("errors" in read) Object.assign(errors, read.errors);
    else edited = withValue(edited, spec.key.split("."), read.value);
  }
  return { edited, errors };
}

const controlOf = (specs: readonly Spec[], path: readonly PropertyKey[]): string => {
  const key = path.map(String).join(".");
  const spec = specs.find((one) => key === one.key || key.startsWith(`${one.key}.`)) ?? specs[0];
  const isWords = spec && ["words", "paragraph", "wordLines"].includes(spec.kind);
  if (spec?.kind === "term") return key.endsWith("unit") ? key : `${spec.key}.amount`;
  return spec ? (isWords ? `${spec.key}.vi` : spec.key) : key;
};

/** A member of a list as it was sent; it must be right by itself, though what it names may still be missing. */
export function readMember(
  list: ListSpec,
  specs: readonly Spec[],
  sent: Sent,
  before: Edited,
  sketch: Sketch,
): { ok: true; item: unknown } | { ok: false; errors: FieldErrors } {
  const { edited, errors } = readRecord(specs, sent, before, sketch);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const item = list.fromForm(edited, sketch);
  const checked = list.schema.safeParse(item, { error: faultText });
  if (checked.success) return { ok: true, item };
  const faults: Record<string, FieldError> = {};
  for (const { path, message } of checked.error.issues) {
    const ofWords = "text" in edited && specs[0]?.key === "text" ? ["text", ...path] : path;
    faults[controlOf(specs, ofWords)] ??= { key: "authoring.record.errors.wrong", params: { what: message } };
  }
  return { ok: false, errors: faults };
}
