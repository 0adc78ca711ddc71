import { type Part, part, type Select } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { type Condition, type Field, formatDecimal } from "#procedures/index.ts";
import { DEEPEST, isGroup, MODES, rowsIn, text, texts } from "../inputs/conditions.ts";
import { type Candidate, comparedOf, type Operator, operatorsFor } from "../rules.ts";

type Button = { text: string; about: string; name: string };
export type ConditionRow =
  | { kind: "comparison"; id: string; title: string; parts: readonly Part[]; list: Button; remove: Button }
  | { kind: "group"; id: string; title: string; group: ConditionGroup; remove: Button };
export type ConditionGroup = {
  mode: Select;
  rowsName: string;
  rowsValue: string;
  rows: readonly ConditionRow[];
  /** None of them while there is nothing to combine. */
  add: Button;
  addGroup: Button | null;
};
/** The editor of one condition, for any form of a manuscript: include "authoring/_condition". */
export type ConditionEditor = { id: string; legend: string; hint: string | null; group: ConditionGroup };
declare module "#platform/render.ts" {
  interface Views {
    "authoring/_condition": ConditionEditor;
    "authoring/_condition-group": ConditionGroup;
  }
}

type Given = {
  values: Readonly<Record<string, unknown>>;
  errors: FieldErrors;
  candidates: readonly Candidate[];
  t: Translate;
};

const errorAt = ({ errors, t }: Given, name: string): string | null => {
  const found = errors[name];
  return found ? t(found.key, found.params) : null;
};

/** @param name the control names begin with it, as in `readCondition` */
export const conditionEditor = (
  name: string,
  legend: { text: string; hint?: string },
  given: Given,
): ConditionEditor => ({
  id: name,
  legend: legend.text,
  hint: legend.hint ?? null,
  group: groupOf(name, given, 1, ""),
});

function groupOf(name: string, given: Given, depth: number, number: string): ConditionGroup {
  const { values, t } = given;
  const ids = rowsIn(values, name);
  const say = (at: number) => `${number}${at + 1}`;
  return {
    mode: {
      name: `${name}.mode`,
      label: t(depth === 1 ? "authoring.conditions.mode" : "authoring.conditions.groupMode"),
      value: text(values, `${name}.mode`),
      error: errorAt(given, `${name}.mode`),
      items: MODES.map((mode) => ({ value: mode, text: t(`authoring.conditions.modes.${mode}`) })),
      ...(depth === 1 ? { placeholder: t("authoring.conditions.always") } : {}),
    },
    rowsName: `${name}.rows`,
    rowsValue: ids.join(" "),
    rows: ids.map((id, at) =>
      isGroup(values, `${name}.${id}`)
        ? {
            kind: "group",
            id: `${name}.${id}`,
            title: t("authoring.conditions.group", { number: say(at) }),
            group: groupOf(`${name}.${id}`, given, depth + 1, `${say(at)}.`),
            remove: {
              text: t("authoring.conditions.removeGroup", { number: say(at) }),
              about: "",
              name: `remove:${name}.${id}`,
            },
          }
        : rowOf(`${name}.${id}`, say(at), given),
    ),
    add: { text: t("authoring.conditions.add"), about: number, name: `add:${name}` },
    addGroup:
      depth < DEEPEST ? { text: t("authoring.conditions.addGroup"), about: number, name: `group:${name}` } : null,
  };
}

function rowOf(name: string, number: string, given: Given): ConditionRow {
  const { values, candidates, t } = given;
  const chosen = text(values, `${name}.field`);
  const candidate = candidates.find(({ field }) => field.id === chosen);
  const offered = candidates.filter(({ standing, field }) => standing === "before" || field.id === chosen);
  const fields = offered.map(({ field }) => ({ value: field.id, text: field.label.vi }));
  const lost = chosen && !candidate ? [{ value: chosen, text: t("authoring.conditions.gone", { field: chosen }) }] : [];
  return {
    kind: "comparison",
    id: name,
    title: t("authoring.conditions.row", { number }),
    parts: [
      part("components/select", {
        name: `${name}.field`,
        label: t("authoring.conditions.field"),
        value: chosen,
        error: errorAt(given, `${name}.field`),
        items: [...fields, ...lost],
        placeholder: t("authoring.conditions.chooseField"),
      }),
      ...(candidate ? [operatorPart(name, candidate, given), ...valuePart(name, candidate, given)] : []),
    ],
    list: { text: t("authoring.conditions.chosen"), about: number, name: `list:${name}` },
    remove: { text: t("authoring.conditions.remove", { number }), about: "", name: `remove:${name}` },
  };
}

function operatorPart(name: string, candidate: Candidate, given: Given): Part {
  const { values, t } = given;
  const ops = operatorsFor(candidate.compared);
  const typed = text(values, `${name}.op`);
  const known = new Set([...ops, ...ops.map((op) => `!${op}`)]);
  const own = typed.replace("!", "") as Operator;
  const extra = typed && !known.has(typed) && KNOWN.has(own) ? [own] : [];
  const items = [...ops, ...extra].flatMap((op) => [
    { value: op as string, text: t(`authoring.conditions.ops.${op}`) },
    { value: `!${op}`, text: t(`authoring.conditions.nots.${op}`) },
  ]);
  return part("components/select", {
    name: `${name}.op`,
    label: t("authoring.conditions.op"),
    value: typed || (ops.includes("equals") ? "equals" : ops.includes("includes") ? "includes" : "answered"),
    error: errorAt(given, `${name}.op`),
    items,
  });
}
const KNOWN = new Set<Operator>(["answered", "equals", "oneOf", "includes", "greater", "less"]);

function valuePart(name: string, { compared }: Candidate, given: Given): Part[] {
  const { values, t } = given;
  const op = text(values, `${name}.op`).replace("!", "");
  if (!compared || op === "answered") return [];
  const at = {
    name: `${name}.value`,
    label: t(op === "oneOf" ? "authoring.conditions.values" : "authoring.conditions.value"),
    error: errorAt(given, `${name}.value`),
  };
  const typed = texts(values, `${name}.value`);
  const [first = ""] = typed;
  if (compared.as === "yes_no")
    return [
      part("components/select", {
        ...at,
        value: first,
        placeholder: t("authoring.conditions.chooseValue"),
        items: [
          { value: "yes", text: t("fields.yes") },
          { value: "no", text: t("fields.no") },
        ],
      }),
    ];
  if (compared.as === "choice" || compared.as === "many") {
    const items = compared.options.map(({ value, label }) => ({ value, text: label.vi }));
    if (op === "oneOf") return [part("components/checkboxes", { ...at, values: typed, items, small: true })];
    const lost = first && !items.some(({ value }) => value === first) ? [first] : [];
    return [
      part("components/select", {
        ...at,
        value: first,
        placeholder: t("authoring.conditions.chooseValue"),
        items: [...items, ...lost.map((field) => ({ value: field, text: t("authoring.conditions.gone", { field }) }))],
      }),
    ];
  }
  if (op === "oneOf")
    return [
      part("components/textarea", {
        ...at,
        hint: t("authoring.conditions.valuesHint"),
        value: typed.join("\n"),
        rows: 3,
      }),
    ];
  const isDate = compared.as === "date";
  return [
    part("components/input", {
      ...at,
      value: isDate ? formatPartialDate(first) : first,
      width: 20,
      ...(isDate ? { hint: t("authoring.conditions.dateHint") } : {}),
      ...(compared.as === "number" ? { inputmode: "decimal" as const } : {}),
    }),
  ];
}

/** A condition as a sentence, for lists. */
export function sayCondition(condition: Condition, fields: readonly Field[], t: Translate): string {
  if (condition.op === "all" || condition.op === "any")
    return condition.of
      .map((one) => {
        const said = sayCondition(one, fields, t);
        return one.op === "all" || one.op === "any" ? `(${said})` : said;
      })
      .join(t(`authoring.conditions.say.${condition.op}`));
  if (condition.op === "not") {
    const { of } = condition;
    if (of.op === "all" || of.op === "any" || of.op === "not")
      return t("authoring.conditions.say.not", { what: sayCondition(of, fields, t) });
    return sayComparison(of, fields, t, "nots");
  }
  return sayComparison(condition, fields, t, "ops");
}

function sayComparison(
  condition: Extract<Condition, { field: string }>,
  fields: readonly Field[],
  t: Translate,
  words: "ops" | "nots",
): string {
  const asked = fields.find(({ id }) => id === condition.field);
  const op = t(`authoring.conditions.${words}.${condition.op}`);
  const said = { field: asked?.label.vi ?? condition.field, op };
  if (condition.op === "answered") return t("authoring.conditions.say.one", said);
  const compared = asked ? comparedOf(asked) : null;
  const options = compared && "options" in compared ? compared.options : [];
  const name = (value: string | number | boolean): string =>
    typeof value === "boolean"
      ? t(value ? "fields.yes" : "fields.no")
      : typeof value === "number"
        ? formatDecimal(value)
        : (options.find((option) => option.value === value)?.label.vi ??
          (compared?.as === "date" ? formatPartialDate(value) : value));
  const values = condition.op === "oneOf" ? condition.values : [condition.value];
  return t("authoring.conditions.say.value", { ...said, value: values.map(name).join(", ") });
}
