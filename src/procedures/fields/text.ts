import { z } from "zod";
import type { Input } from "#platform/components.ts";
import type { Control, Field, FieldContext, FieldType, Look } from "./contract.ts";
import { clean, failed, frame, labelOf, read, readText, shownText } from "./submitted.ts";

const FORMATS = {
  any: null,
  personName: { pattern: /^[\p{L}\p{M}][\p{L}\p{M} .'’-]*$/u, error: "fields.errors.personName" },
  digits: { pattern: /^\d+$/, error: "fields.errors.digits" },
  /** Numbers of papers: "12/2026-GCN". */
  letterDigits: { pattern: /^[A-Za-zĐđ0-9][A-Za-zĐđ0-9 ./-]*$/, error: "fields.errors.letterDigits" },
} as const;

const Settings = z.strictObject({
  minLength: z.int().min(1).optional(),
  maxLength: z.int().min(1).max(1000).default(200),
  format: z.enum(["any", "personName", "digits", "letterDigits"]).default("any"),
  width: z
    .union([z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(10), z.literal(20), z.literal(30)])
    .optional(),
  autocomplete: z.string().optional(),
});
type Settings = z.output<typeof Settings>;

/** The control of every type that is typed into one line. */
export const lineControl = (look: Look, field: Field, context: FieldContext, more: Partial<Input> = {}): Control => ({
  kind: "text",
  name: look.name,
  input: { ...frame(look, field, context), value: shownText(look.values, look.name), ...more },
});

/** One line of text. The answer is text in NFC. */
export const text: FieldType<Settings> = {
  type: "text",
  family: "text",
  inputs: [
    { key: "minLength", kind: "number" },
    { key: "maxLength", kind: "number" },
    { key: "format", kind: "choice", options: ["any", "personName", "digits", "letterDigits"] },
  ],
  compared: () => ({ as: "text" }),
  prefills: ["profile.fullName", "organization.name", "organization.position"],
  asks: true,
  settings: Settings,
  missing: { key: "fields.errors.enter" },
  parse(submitted, name, settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, settings.maxLength, label);
    if (!typed.ok) return failed(name, typed.error);
    if (typed.text === "") return read(undefined);
    if (settings.minLength && typed.text.length < settings.minLength)
      return failed(name, { key: "fields.errors.tooShort", params: { label, min: settings.minLength } });
    const format = FORMATS[settings.format];
    if (format && !format.pattern.test(typed.text)) return failed(name, { key: format.error, params: { label } });
    return read(typed.text);
  },
  submit: (answer, name) => ({ [name]: typeof answer === "string" ? answer : "" }),
  display: (answer) => (typeof answer === "string" ? [answer] : []),
  control: (look, settings, field, context) =>
    lineControl(look, field, context, {
      maxLength: settings.maxLength,
      ...(settings.width ? { width: settings.width } : {}),
      ...(settings.autocomplete ? { autocomplete: settings.autocomplete } : {}),
      ...(settings.format === "digits" ? { inputmode: "numeric", verbatim: true } : {}),
      ...(settings.format === "letterDigits" || settings.format === "personName" ? { verbatim: true } : {}),
    }),
};

const LongSettings = z.strictObject({
  maxLength: z.int().min(1).max(20_000).default(2000),
  rows: z.int().min(2).max(20).default(5),
});

/** Several lines of text. The answer is text in NFC with \n between lines. */
export const longText: FieldType<z.output<typeof LongSettings>> = {
  type: "long_text",
  family: "text",
  inputs: [
    { key: "maxLength", kind: "number" },
    { key: "rows", kind: "number" },
  ],
  asks: true,
  settings: LongSettings,
  missing: { key: "fields.errors.enter" },
  parse(submitted, name, settings, field, context) {
    const typed = readText(submitted, name, settings.maxLength, labelOf(field, context), true);
    return typed.ok ? read(typed.text === "" ? undefined : typed.text) : failed(name, typed.error);
  },
  submit: (answer, name) => ({ [name]: typeof answer === "string" ? answer : "" }),
  display: (answer) => (typeof answer === "string" ? clean(answer, true).split("\n") : []),
  control: (look, settings, field, context) => ({
    kind: "long_text",
    name: look.name,
    textarea: {
      ...frame(look, field, context),
      value: shownText(look.values, look.name),
      rows: settings.rows,
      maxLength: settings.maxLength,
    },
  }),
};
