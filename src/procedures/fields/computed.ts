import { z } from "zod";
import { formatMoney } from "#platform/format.ts";
import type { AnswerValues } from "../conditions.ts";
import { type FieldType, pick, Text } from "./contract.ts";
import { formatDecimal } from "./number.ts";
import { rowsOf } from "./rows.ts";
import { labelOf, read } from "./submitted.ts";

const OPERATIONS = ["sum", "difference", "product", "count"] as const;
/** A field beside this one, or `group.field`: that field of each row. */
const Operand = z.string().regex(/^[a-z]\w*(?:\.[a-z]\w*)?$/);

const Settings = z.strictObject({
  operation: z.enum(OPERATIONS),
  of: z.array(Operand).min(1, "Hãy chọn ít nhất một câu hỏi để tính").max(30),
  /** The result is an amount in đồng. */
  isMoney: z.boolean().default(false),
  suffix: Text.optional(),
});
type Settings = z.output<typeof Settings>;

/** The numbers that an operand stands for: one, or one a row. Chosen options and rows are counted. */
function numbersOf(operand: string, answers: AnswerValues): number[] {
  const [id = "", inner] = operand.split(".");
  const given = (inner ? rowsOf(answers[id]).map((row) => row.values[inner]) : [answers[id]]) as unknown[];
  return given.filter((value) => typeof value === "number");
}
const countOf = (operand: string, answers: AnswerValues): number => {
  const answer = answers[operand.split(".")[0] ?? ""];
  return Array.isArray(answer) ? answer.length : answer === undefined || answer === null ? 0 : 1;
};

/** Binary fractions must not show: money and quantities are right to six decimals. */
const rounded = (value: number): number | undefined => {
  const exact = Math.round(value * 1e6) / 1e6;
  return Number.isFinite(exact) && Math.abs(exact) <= Number.MAX_SAFE_INTEGER ? exact : undefined;
};

/** The value that answers give; undefined while none of the numbers, or for differences and products not all, are there. */
export function compute({ operation, of }: Settings, answers: AnswerValues): number | undefined {
  if (operation === "count") return of.reduce((sum, operand) => sum + countOf(operand, answers), 0);
  const numbers = of.map((operand) => numbersOf(operand, answers));
  const all = numbers.flat();
  if (all.length === 0) return undefined;
  if (operation === "sum") return rounded(all.reduce((sum, one) => sum + one, 0));
  if (numbers.some((some) => some.length === 0)) return undefined;
  const [first = 0, ...others] = all;
  return rounded(others.reduce((value, one) => (operation === "product" ? value * one : value - one), first));
}

const shownAs = (answer: unknown, settings: Settings, language: "vi" | "en"): string | null => {
  if (typeof answer !== "number") return null;
  if (settings.isMoney) return formatMoney(Math.round(answer));
  return formatDecimal(answer) + (settings.suffix ? ` ${pick(settings.suffix, language)}` : "");
};

/** What the portal reckons from other answers; nobody types it. The answer is a number. */
export const computed: FieldType<Settings> = {
  type: "computed",
  family: "number",
  inputs: [
    { key: "operation", kind: "choice", options: OPERATIONS },
    { key: "of", kind: "siblings", of: ["integer", "number", "money", "computed", "group", "checkboxes"] },
    { key: "isMoney", kind: "yes_no" },
    { key: "suffix", kind: "words" },
  ],
  compared: () => ({ as: "number" }),
  asks: true,
  answeredElsewhere: true,
  settings: Settings,
  fieldsNamed: ({ of }) => of,
  derive: compute,
  missing: { key: "fields.errors.computed" },
  parse: () => read(undefined),
  submit: (answer, name) => ({ [name]: answer }),
  display: (answer, settings, _field, { language }) => {
    const shown = shownAs(answer, settings, language);
    return shown === null ? [] : [shown];
  },
  control: (look, settings, field, context) => ({
    kind: "computed",
    name: look.name,
    label: labelOf(field, context),
    hint: field.hint ? pick(field.hint, context.language) : context.t("fields.computed.hint"),
    error: look.errors[look.name] ?? null,
    value: shownAs(look.values[look.name], settings, context.language) ?? context.t("fields.computed.none"),
  }),
};
