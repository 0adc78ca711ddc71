import { z } from "zod";
import { fold } from "#platform/format.ts";
import type { FieldType } from "./contract.ts";
import { failed, labelOf, read, readText } from "./submitted.ts";
import { lineControl } from "./text.ts";

const Items = z
  .array(z.string().trim().min(1).max(200))
  .min(1)
  .max(2000)
  .refine((items) => new Set(items.map(fold)).size === items.length, "Danh sách có hai dòng giống nhau");

const Settings = z.strictObject({
  items: Items,
  /** What is not in the list may be written, too. */
  free: z.boolean().default(false),
});

/** The item that was meant, however its letters and marks were typed. */
const itemOf = (items: readonly string[], typed: string): string | undefined => {
  const folded = fold(typed);
  return items.find((item) => item === typed) ?? items.find((item) => fold(item) === folded);
};

/** One of a long list, found by typing. The answer is the item's text, which outlives a change of the list. */
export const autocomplete: FieldType<z.output<typeof Settings>> = {
  type: "autocomplete",
  family: "choice",
  inputs: [
    { key: "items", kind: "lines" },
    { key: "free", kind: "yes_no" },
  ],
  compared: ({ items, free }) =>
    free ? { as: "text" } : { as: "choice", options: items.map((item) => ({ value: item, label: { vi: item } })) },
  asks: true,
  settings: Settings,
  missing: { key: "fields.errors.choose" },
  parse(submitted, name, settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 200, label);
    if (!typed.ok) return failed(name, typed.error);
    if (typed.text === "") return read(undefined);
    const item = itemOf(settings.items, typed.text) ?? (settings.free ? typed.text : undefined);
    return item === undefined ? failed(name, { key: "fields.errors.notListed", params: { label } }) : read(item);
  },
  submit: (answer, name) => ({ [name]: typeof answer === "string" ? answer : "" }),
  display: (answer) => (typeof answer === "string" ? [answer] : []),
  control: (look, settings, field, context) =>
    lineControl(look, field, context, {
      suggestions: settings.items,
      ...(field.hint
        ? {}
        : { hint: context.t(settings.free ? "fields.autocomplete.free" : "fields.autocomplete.hint") }),
    }),
};
