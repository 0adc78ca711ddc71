import { z } from "zod";
import type { FieldError } from "#platform/form.ts";
import { formatMoney, formatNumber } from "#platform/format.ts";
import type { Field, FieldContext, FieldType, Parsed, Submitted } from "./contract.ts";
import { pick, Text } from "./contract.ts";
import { failed, labelOf, read, readText } from "./submitted.ts";
import { lineControl } from "./text.ts";

/** Beyond this a JSON number would lose its last digits; no amount in đồng comes near. */
const LARGEST = 999_999_999_999_999;

/** A whole number as people write it, "1500000" or "1.500.000"; null when it is not one. */
export function wholeNumber(text: string): number | null {
  const plain = /^-?\d{1,3}([., ])\d{3}(?:\1\d{3})*$/.test(text) ? text.replace(/[., ]/g, "") : text;
  if (!/^-?\d{1,15}$/.test(plain)) return null;
  const value = Number(plain);
  return Object.is(value, -0) ? 0 : value;
}

/**
 * A number as people write it in Vietnamese, "1.234,5", or with a point, "1.5"; null when it is none or has more decimals.
 * "1.234" is one thousand and so on: groups of three after a point are thousands.
 */
export function decimalNumber(text: string, decimals: number): number | null {
  const whole = wholeNumber(text);
  if (whole !== null) return whole;
  const found = /^(-?)(\d{1,12}|\d{1,3}(?:[. ]\d{3}){1,3}),(\d+)$/.exec(text) ?? /^(-?)(\d{1,12})\.(\d+)$/.exec(text);
  const [, sign, units = "", rest = ""] = found ?? [];
  if (!found || rest.length > decimals) return null;
  const value = Number(`${sign}${units.replace(/[. ]/g, "")}.${rest}`);
  return Object.is(value, -0) ? 0 : value;
}

/** "1.234,5": points between thousands, a comma before decimals, as Vietnamese writes numbers. */
export function formatDecimal(value: number): string {
  const [units = "0", rest] = Math.abs(value)
    .toFixed(6)
    .replace(/\.?0+$/, "")
    .split(".");
  return (value < 0 ? "-" : "") + formatNumber(Number(units)) + (rest ? `,${rest}` : "");
}

type Limits = { min?: number | undefined; max?: number | undefined };
function readNumber(
  submitted: Submitted,
  name: string,
  limits: Limits,
  field: Field,
  context: FieldContext,
  wrong: FieldError["key"],
  numberIn: (text: string) => number | null,
): Parsed {
  const label = labelOf(field, context);
  const typed = readText(submitted, name, 40, label);
  if (!typed.ok) return failed(name, { key: wrong, params: { label } });
  if (typed.text === "") return read(undefined);
  const value = numberIn(typed.text);
  if (value === null) return failed(name, { key: wrong, params: { label } });
  if (limits.min !== undefined && value < limits.min)
    return failed(name, { key: "fields.errors.numberMin", params: { label, min: formatDecimal(limits.min) } });
  if (limits.max !== undefined && value > limits.max)
    return failed(name, { key: "fields.errors.numberMax", params: { label, max: formatDecimal(limits.max) } });
  return read(value);
}

const IntegerSettings = z.strictObject({
  min: z.int().optional(),
  max: z.int().optional(),
  /** What is counted: "bản", "người". */
  suffix: Text.optional(),
});

/** A whole number. The answer is a number. */
export const integer: FieldType<z.output<typeof IntegerSettings>> = {
  type: "integer",
  family: "number",
  inputs: [
    { key: "min", kind: "number" },
    { key: "max", kind: "number" },
    { key: "suffix", kind: "words" },
  ],
  compared: () => ({ as: "number" }),
  asks: true,
  settings: IntegerSettings,
  missing: { key: "fields.errors.enter" },
  parse: (submitted, name, settings, field, context) =>
    readNumber(submitted, name, settings, field, context, "fields.errors.integer", wholeNumber),
  submit: (answer, name) => ({ [name]: typeof answer === "number" ? String(answer) : "" }),
  display: (answer, settings, _field, context) =>
    typeof answer === "number"
      ? [formatNumber(answer) + (settings.suffix ? ` ${pick(settings.suffix, context.language)}` : "")]
      : [],
  control: (look, settings, field, context) =>
    lineControl(look, field, context, {
      inputmode: "numeric",
      width: 10,
      verbatim: true,
      ...(settings.suffix ? { suffix: pick(settings.suffix, context.language) } : {}),
    }),
};

const DecimalSettings = z.strictObject({
  min: z.number().optional(),
  max: z.number().optional(),
  decimals: z.int().min(1).max(6).default(2),
  /** The unit: "m²", "kg". */
  suffix: Text.optional(),
});

/** A number with decimals, "1.234,5". The answer is a number. */
export const decimal: FieldType<z.output<typeof DecimalSettings>> = {
  type: "number",
  family: "number",
  inputs: [
    { key: "min", kind: "number" },
    { key: "max", kind: "number" },
    { key: "decimals", kind: "number" },
    { key: "suffix", kind: "words" },
  ],
  compared: () => ({ as: "number" }),
  asks: true,
  settings: DecimalSettings,
  missing: { key: "fields.errors.enter" },
  parse: (submitted, name, settings, field, context) =>
    readNumber(submitted, name, settings, field, context, "fields.errors.number", (text) =>
      decimalNumber(text, settings.decimals),
    ),
  submit: (answer, name) => ({ [name]: typeof answer === "number" ? formatDecimal(answer) : "" }),
  display: (answer, settings, _field, context) =>
    typeof answer === "number"
      ? [formatDecimal(answer) + (settings.suffix ? ` ${pick(settings.suffix, context.language)}` : "")]
      : [],
  control: (look, settings, field, context) =>
    lineControl(look, field, context, {
      inputmode: "decimal",
      width: 10,
      verbatim: true,
      ...(settings.suffix ? { suffix: pick(settings.suffix, context.language) } : {}),
    }),
};

const MoneySettings = z.strictObject({
  min: z.int().min(0).default(0),
  max: z.int().max(LARGEST).default(LARGEST),
});

/** An amount in đồng, "1.500.000". The answer is a number of đồng. */
export const money: FieldType<z.output<typeof MoneySettings>> = {
  type: "money",
  family: "number",
  inputs: [
    { key: "min", kind: "number" },
    { key: "max", kind: "number" },
  ],
  compared: () => ({ as: "number" }),
  asks: true,
  settings: MoneySettings,
  missing: { key: "fields.errors.enter" },
  parse: (submitted, name, settings, field, context) =>
    readNumber(submitted, name, settings, field, context, "fields.errors.money", (text) =>
      wholeNumber(text.replace(/\s*(?:đồng|đ|vnđ|vnd|₫)\.?$/iu, "").trim()),
    ),
  submit: (answer, name) => ({ [name]: typeof answer === "number" ? formatNumber(answer) : "" }),
  display: (answer) => (typeof answer === "number" ? [formatMoney(answer)] : []),
  control: (look, _settings, field, context) =>
    lineControl(look, field, context, { inputmode: "numeric", width: 20, verbatim: true, suffix: "đồng" }),
};
