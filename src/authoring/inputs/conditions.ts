import type { FieldError } from "#platform/form.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { cleanTyped } from "#platform/typed.ts";
import { type Condition, decimalNumber, isPartialDate } from "#procedures/index.ts";
import { type Candidate, faultOf, type Operator } from "../rules.ts";

/**
 * A condition as the controls of a form hold it: flat names below one, so that every button inside (add, remove, show
 * how a question is compared) is an ordinary submit that judges and saves nothing.
 * `n.mode` "" | all | any | notAll | none; `n.rows` "r1 r2"; a row is a comparison (`n.r1.field`, `.op`, `.value`) or a
 * group, which has `n.r1.mode` and rows of its own.
 */
type Sent = Readonly<Record<string, unknown>>;
export const MODES = ["all", "any", "notAll", "none"] as const;
export type Mode = (typeof MODES)[number];
export const DEEPEST = 3;
export const MOST_ROWS = 20;
const OPS: readonly Operator[] = ["answered", "equals", "oneOf", "includes", "greater", "less"];

export const text = (sent: Sent, name: string): string => {
  const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
  return typeof value === "string" ? cleanTyped(value).slice(0, 5000) : "";
};
export const texts = (sent: Sent, name: string): string[] => {
  const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
  return (Array.isArray(value) ? value : [value])
    .filter((one): one is string => typeof one === "string" && one !== "")
    .slice(0, 500);
};
export const rowsIn = (sent: Sent, name: string): string[] => [
  ...new Set(
    text(sent, `${name}.rows`)
      .split(" ")
      .filter((id) => /^r\d{1,3}$/.test(id))
      .slice(0, MOST_ROWS),
  ),
];
export const modeIn = (sent: Sent, name: string): Mode | null =>
  MODES.find((mode) => mode === text(sent, `${name}.mode`)) ?? null;
/** A group says its mode; a comparison has none. */
export const isGroup = (sent: Sent, name: string): boolean => Object.hasOwn(sent, `${name}.mode`);

/** The controls that hold this condition. */
export function conditionValues(condition: Condition | undefined, name: string): Record<string, unknown> {
  if (!condition) return { [`${name}.mode`]: "", [`${name}.rows`]: "" };
  if (isComparison(condition) || (condition.op === "not" && isComparison(condition.of)))
    return { [`${name}.mode`]: "all", [`${name}.rows`]: "r1", ...rowValues(condition, `${name}.r1`) };
  return rowValues(condition, name);
}
const isComparison = (condition: Condition): boolean => !["all", "any", "not"].includes(condition.op);

function rowValues(condition: Condition, name: string): Record<string, unknown> {
  if (condition.op === "all" || condition.op === "any") return groupValues(condition.op, condition.of, name);
  if (condition.op === "not") {
    const inner = condition.of;
    if (inner.op === "all" || inner.op === "any")
      return groupValues(inner.op === "all" ? "notAll" : "none", inner.of, name);
    if (inner.op === "not") return groupValues("notAll", [inner], name);
    return { ...rowValues(inner, name), [`${name}.op`]: `!${inner.op}` };
  }
  const value =
    condition.op === "answered"
      ? ""
      : condition.op === "oneOf"
        ? condition.values.map(String)
        : typeof condition.value === "boolean"
          ? condition.value
            ? "yes"
            : "no"
          : String(condition.value);
  return { [`${name}.field`]: condition.field, [`${name}.op`]: condition.op, [`${name}.value`]: value };
}
const groupValues = (mode: Mode, of: readonly Condition[], name: string): Record<string, unknown> =>
  Object.assign(
    { [`${name}.mode`]: mode, [`${name}.rows`]: of.map((_, at) => `r${at + 1}`).join(" ") },
    ...of.map((one, at) => rowValues(one, `${name}.r${at + 1}`)),
  );

/** The controls after a button inside the condition was pressed; null when none of its own was. */
export function pressedInCondition(sent: Sent, name: string): Sent | null {
  const pressed = Object.keys(sent).find((key) => /^(add|group|remove|list):/.test(key) && key.includes(`:${name}`));
  const [, verb = "", at = ""] = /^(\w+):(.+)$/.exec(pressed ?? "") ?? [];
  if (!pressed || !(at === name || at.startsWith(`${name}.`))) return null;
  const rest = Object.fromEntries(Object.entries(sent).filter(([key]) => key !== pressed));
  if (verb === "remove") {
    const [parent, id] = [at.slice(0, at.lastIndexOf(".")), at.slice(at.lastIndexOf(".") + 1)];
    return {
      ...rest,
      [`${parent}.rows`]: rowsIn(sent, parent)
        .filter((row) => row !== id)
        .join(" "),
    };
  }
  if (verb === "list") return rest;
  const rows = rowsIn(sent, at);
  if (rows.length >= MOST_ROWS) return rest;
  const id = `r${Math.max(0, ...rows.map((row) => Number(row.slice(1)))) + 1}`;
  return {
    ...rest,
    [`${at}.rows`]: [...rows, id].join(" "),
    ...(modeIn(sent, at) === null ? { [`${at}.mode`]: "all" } : {}),
    ...(verb === "group"
      ? { [`${at}.${id}.mode`]: "any", [`${at}.${id}.rows`]: "r1", [`${at}.${id}.r1.field`]: "" }
      : { [`${at}.${id}.field`]: "" }),
  };
}

type Errors = Record<string, FieldError>;
type Part = Condition | null;
export type ReadCondition = { condition: Condition | undefined; errors: Readonly<Record<string, FieldError>> };

const error = (key: MessageKey, params: Readonly<Record<string, string>> = {}): FieldError => ({ key, params });

/** The condition that the controls hold, and what is wrong with it at which control. Never throws for what was sent. */
export function readCondition(sent: Sent, name: string, candidates: readonly Candidate[]): ReadCondition {
  const errors: Errors = {};
  if (modeIn(sent, name) === null) return { condition: undefined, errors };
  const condition = readGroup(sent, name, candidates, errors, 1);
  return { condition: condition ?? undefined, errors };
}

function readGroup(sent: Sent, name: string, candidates: readonly Candidate[], errors: Errors, depth: number): Part {
  const ids = rowsIn(sent, name);
  const mode = modeIn(sent, name) ?? "all";
  if (ids.length === 0 || depth > DEEPEST) {
    errors[`${name}.mode`] = error("authoring.conditions.errors.empty");
    return null;
  }
  const of = ids
    .map((id) => {
      const at = `${name}.${id}`;
      return isGroup(sent, at)
        ? readGroup(sent, at, candidates, errors, depth + 1)
        : readRow(sent, at, candidates, errors);
    })
    .filter((one): one is Condition => one !== null);
  const [only] = of;
  if (!only) return null;
  if (mode === "none") return { op: "not", of: { op: "any", of } };
  if (mode === "notAll") return { op: "not", of: { op: "all", of } };
  return of.length === 1 ? only : { op: mode, of };
}

/** What was typed as the kind of value that the field's answers are. */
function valueIn(typed: string, candidate: Candidate | undefined): string | number | boolean {
  const as = candidate?.compared?.as;
  if (as === "number") return decimalNumber(typed, 6) ?? typed;
  if (as === "yes_no") return typed === "yes" ? true : typed === "no" ? false : typed;
  if (as !== "date") return typed;
  const [year = "", ...others] = typed.split(/[/.-]/).reverse();
  const local = [year, ...others.map((part) => part.padStart(2, "0"))].join("-");
  return /^\d{4}$/.test(year) && isPartialDate(local) ? local : typed;
}

function readRow(sent: Sent, name: string, candidates: readonly Candidate[], errors: Errors): Part {
  const field = text(sent, `${name}.field`);
  if (field === "") {
    errors[`${name}.field`] = error("authoring.conditions.errors.chooseField");
    return null;
  }
  const candidate = candidates.find((one) => one.field.id === field);
  const typed = text(sent, `${name}.op`);
  const isNot = typed.startsWith("!");
  const op = OPS.find((one) => one === typed.replace("!", ""));
  const given = texts(sent, `${name}.value`);
  const [first = ""] = given;
  const values = given.flatMap((one) => one.split("\n").map((line) => line.trim())).filter(Boolean);
  if (candidate && candidate.standing === "before") {
    if (!op) errors[`${name}.op`] = error("authoring.conditions.errors.chooseOp");
    else if (op !== "answered" && values.length === 0)
      errors[`${name}.value`] = error("authoring.conditions.errors.enterValue");
    if (!op || errors[`${name}.value`]) return null;
  }
  const value = valueIn(first.trim(), candidate);
  const comparison = {
    answered: { op: "answered", field },
    equals: { op: "equals", field, value },
    oneOf: { op: "oneOf", field, values: values.map((one) => valueIn(one, candidate) as string | number) },
    includes: { op: "includes", field, value: String(value) },
    greater: { op: "greater", field, value: typeof value === "boolean" ? String(value) : value },
    less: { op: "less", field, value: typeof value === "boolean" ? String(value) : value },
  }[op ?? "answered"] as Extract<Condition, { field: string }>;
  const fault = faultOf(comparison, candidates);
  if (fault) errors[`${name}.${fault.at}`] = error(`authoring.conditions.faults.${fault.kind}`, fault.params);
  return isNot ? { op: "not", of: comparison } : comparison;
}
