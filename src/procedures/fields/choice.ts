import { z } from "zod";
import type { FieldContext, FieldType } from "./contract.ts";
import { pick, Text } from "./contract.ts";
import { failed, frame, labelOf, read, readMany, readText, shownText } from "./submitted.ts";

const Option = z.strictObject({ value: z.string().min(1).max(100), label: Text, hint: Text.optional() });
type Option = z.output<typeof Option>;
const Options = z
  .array(Option)
  .min(1)
  .refine((options) => new Set(options.map((o) => o.value)).size === options.length, "two options have the same value");

const items = (options: readonly Option[], context: FieldContext) =>
  options.map((option) => ({
    value: option.value,
    text: pick(option.label, context.language),
    ...(option.hint ? { hint: pick(option.hint, context.language) } : {}),
  }));
/** An option that is no longer offered is shown by its value, so that nothing is lost from an old dossier. */
const textOf = (options: readonly Option[], value: string, context: FieldContext): string => {
  const option = options.find((o) => o.value === value);
  return option ? pick(option.label, context.language) : value;
};

const ChoiceSettings = z.strictObject({ options: Options });
type ChoiceSettings = z.output<typeof ChoiceSettings>;

const oneOf = {
  asks: true,
  settings: ChoiceSettings,
  missing: { key: "fields.errors.choose" },
  parse(submitted, name, settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 200, label);
    if (typed.ok && typed.text === "") return read(undefined);
    if (typed.ok && settings.options.some((o) => o.value === typed.text)) return read(typed.text);
    return failed(name, { key: "fields.errors.notOffered", params: { label } });
  },
  submit: (answer, name) => ({ [name]: typeof answer === "string" ? answer : "" }),
  display: (answer, settings, _field, context) =>
    typeof answer === "string" ? [textOf(settings.options, answer, context)] : [],
} satisfies Omit<FieldType<ChoiceSettings>, "type" | "family" | "control">;

/** One of a few. The answer is the option's value. */
export const radio: FieldType<ChoiceSettings> = {
  type: "radio",
  family: "choice",
  inputs: [{ key: "options", kind: "options" }],
  compared: ({ options }) => ({ as: "choice", options }),
  prefills: ["profile.gender"],
  ...oneOf,
  control: (look, settings, field, context) => ({
    kind: "choice",
    name: look.name,
    radios: {
      ...frame(look, field, context),
      value: shownText(look.values, look.name),
      items: items(settings.options, context),
    },
  }),
};

/** One of many. The answer is the option's value. */
export const select: FieldType<ChoiceSettings> = {
  type: "select",
  family: "choice",
  inputs: [{ key: "options", kind: "options" }],
  compared: ({ options }) => ({ as: "choice", options }),
  prefills: ["profile.gender"],
  ...oneOf,
  control: (look, settings, field, context) => ({
    kind: "select",
    name: look.name,
    select: {
      ...frame(look, field, context),
      value: shownText(look.values, look.name),
      items: items(settings.options, context),
      placeholder: context.t("fields.chooseOne"),
    },
  }),
};

/** Yes or no. The answer is true or false. */
export const yesNo: FieldType<Record<string, never>> = {
  type: "yes_no",
  family: "choice",
  compared: () => ({ as: "yes_no" }),
  asks: true,
  settings: z.strictObject({}) as z.ZodType<Record<string, never>>,
  missing: { key: "fields.errors.choose" },
  parse(submitted, name, _settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 20, label);
    if (typed.ok && typed.text === "") return read(undefined);
    if (typed.ok && (typed.text === "yes" || typed.text === "no")) return read(typed.text === "yes");
    return failed(name, { key: "fields.errors.notOffered", params: { label } });
  },
  submit: (answer, name) => ({ [name]: answer === true ? "yes" : answer === false ? "no" : "" }),
  display: (answer, _settings, _field, { t }) =>
    typeof answer === "boolean" ? [t(answer ? "fields.yes" : "fields.no")] : [],
  control: (look, _settings, field, context) => ({
    kind: "choice",
    name: look.name,
    radios: {
      ...frame(look, field, context),
      value: shownText(look.values, look.name),
      inline: true,
      items: [
        { value: "yes", text: context.t("fields.yes") },
        { value: "no", text: context.t("fields.no") },
      ],
    },
  }),
};

const CheckboxesSettings = z.strictObject({
  options: Options,
  min: z.int().min(1).optional(),
  max: z.int().min(1).optional(),
});

/** Some of a few. The answer is the options' values in the order of the list. */
export const checkboxes: FieldType<z.output<typeof CheckboxesSettings>> = {
  type: "checkboxes",
  family: "choice",
  inputs: [
    { key: "options", kind: "options" },
    { key: "min", text: "minChosen", kind: "number" },
    { key: "max", text: "maxChosen", kind: "number" },
  ],
  compared: ({ options }) => ({ as: "many", options }),
  asks: true,
  settings: CheckboxesSettings,
  missing: { key: "fields.errors.chooseSome" },
  parse(submitted, name, settings, field, context) {
    const label = labelOf(field, context);
    const sent = new Set(readMany(submitted, name));
    const chosen = settings.options.map((o) => o.value).filter((value) => sent.has(value));
    if (chosen.length !== sent.size) return failed(name, { key: "fields.errors.notOffered", params: { label } });
    if (chosen.length === 0) return read(undefined);
    if (settings.min && chosen.length < settings.min)
      return failed(name, { key: "fields.errors.chooseAtLeast", params: { label, min: settings.min } });
    if (settings.max && chosen.length > settings.max)
      return failed(name, { key: "fields.errors.chooseAtMost", params: { label, max: settings.max } });
    return read(chosen);
  },
  submit: (answer, name) => ({ [name]: Array.isArray(answer) ? answer : [] }),
  display: (answer, settings, _field, context) =>
    Array.isArray(answer) ? answer.map((value) => textOf(settings.options, String(value), context)) : [],
  control: (look, settings, field, context) => ({
    kind: "checkboxes",
    name: look.name,
    checkboxes: {
      ...frame(look, field, context),
      values: readMany(look.values, look.name),
      items: items(settings.options, context),
    },
  }),
};
