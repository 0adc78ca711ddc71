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

type Limits = { min?: number | undefined; max?: number | undefined };
function readNumber(
  submitted: Submitted,
  name: string,
  limits: Limits,
  field: Field,
  context: FieldContext,
  wrong: FieldError["key"],
  strip: RegExp | null,
): Parsed {
  const label = labelOf(field, context);
  const typed = readText(submitted, name, 40, label);
  if (!typed.ok) return failed(name, { key: wrong, params: { label } });
  if (typed.text === "") return read(undefined);
  const value = wholeNumber(strip ? typed.text.replace(strip, "").trim() : typed.text);
  if (value === null) return failed(name, { key: wrong, params: { label } });
  if (limits.min !== undefined && value < limits.min)
    return failed(name, { key: "fields.errors.numberMin", params: { label, min: formatNumber(limits.min) } });
  if (limits.max !== undefined && value > limits.max)
    return failed(name, { key: "fields.errors.numberMax", params: { label, max: formatNumber(limits.max) } });
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
  asks: true,
  settings: IntegerSettings,
  missing: { key: "fields.errors.enter" },
  parse: (submitted, name, settings, field, context) =>
    readNumber(submitted, name, settings, field, context, "fields.errors.integer", null),
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

const MoneySettings = z.strictObject({
  min: z.int().min(0).default(0),
  max: z.int().max(LARGEST).default(LARGEST),
});

/** An amount in đồng, "1.500.000". The answer is a number of đồng. */
export const money: FieldType<z.output<typeof MoneySettings>> = {
  type: "money",
  asks: true,
  settings: MoneySettings,
  missing: { key: "fields.errors.enter" },
  parse: (submitted, name, settings, field, context) =>
    readNumber(submitted, name, settings, field, context, "fields.errors.money", /\s*(?:đồng|đ|vnđ|vnd|₫)\.?$/iu),
  submit: (answer, name) => ({ [name]: typeof answer === "number" ? formatNumber(answer) : "" }),
  display: (answer) => (typeof answer === "number" ? [formatMoney(answer)] : []),
  control: (look, _settings, field, context) =>
    lineControl(look, field, context, { inputmode: "numeric", width: 20, verbatim: true, suffix: "đồng" }),
};
