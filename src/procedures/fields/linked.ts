import { z } from "zod";
import { part } from "#platform/components.ts";
import { type FieldType, pick, Text } from "./contract.ts";
import { failed, frame, labelOf, read, readText, shownText } from "./submitted.ts";

const Name = z.string().trim().min(1).max(200);
const areDifferent = (names: readonly string[]): boolean => new Set(names).size === names.length;
const Settings = z.strictObject({
  items: z
    .array(
      z.strictObject({
        name: Name,
        items: z
          .array(Name)
          .min(1, "Mỗi mục phải có ít nhất một mục con")
          .refine(areDifferent, "Hai mục con giống nhau"),
      }),
    )
    .min(1)
    .max(300)
    .refine((items) => areDifferent(items.map(({ name }) => name)), "Danh sách có hai mục giống nhau"),
  firstLabel: Text,
  secondLabel: Text,
});

type Pair = { first: string; second: string };
const isPair = (answer: unknown): answer is Pair =>
  typeof answer === "object" &&
  answer !== null &&
  "first" in answer &&
  "second" in answer &&
  typeof answer.first === "string" &&
  typeof answer.second === "string";

/** Two lists of which the second follows the first. The answer is { first, second }, as texts. */
export const linkedLists: FieldType<z.output<typeof Settings>> = {
  type: "linked_lists",
  family: "choice",
  inputs: [
    { key: "firstLabel", kind: "words" },
    { key: "secondLabel", kind: "words" },
    { key: "items", text: "tree", kind: "tree" },
  ],
  asks: true,
  settings: Settings,
  missing: { key: "fields.errors.choose", at: ".first" },
  parse(submitted, name, settings, field, context) {
    const label = labelOf(field, context);
    const [first, second] = [
      readText(submitted, `${name}.first`, 200, label),
      readText(submitted, `${name}.second`, 200, label),
    ];
    if (first.ok && second.ok && first.text === "" && second.text === "") return read(undefined);
    const chosen = settings.items.find((item) => first.ok && item.name === first.text);
    if (!chosen) return failed(`${name}.first`, { key: "fields.errors.choose", params: { label } });
    if (!second.ok || !chosen.items.includes(second.text))
      return failed(`${name}.second`, { key: "fields.errors.linked", params: { label, first: chosen.name } });
    return read({ first: chosen.name, second: second.text });
  },
  submit: (answer, name) =>
    isPair(answer) ? { [`${name}.first`]: answer.first, [`${name}.second`]: answer.second } : {},
  display: (answer) => (isPair(answer) ? [`${answer.first}, ${answer.second}`] : []),
  control: (look, settings, field, context) => {
    const { label, hint, error } = frame(look, field, context);
    const at = (key: "first" | "second", text: Text) => ({
      name: `${look.name}.${key}`,
      label: pick(text, context.language),
      error: look.errors[`${look.name}.${key}`] ?? null,
      value: shownText(look.values, `${look.name}.${key}`),
      placeholder: context.t("fields.chooseOne"),
    });
    return {
      kind: "linked",
      name: look.name,
      fieldset: {
        id: look.name,
        legend: field.required ? label : `${label} ${context.t("platform.components.optional")}`,
        hint,
        error,
        parts: [
          part("components/select", {
            ...at("first", settings.firstLabel),
            items: settings.items.map(({ name }) => ({ value: name, text: name })),
          }),
          part("components/select", {
            ...at("second", settings.secondLabel),
            items: settings.items.flatMap(({ name, items }) =>
              items.map((text) => ({ value: text, text, group: name })),
            ),
          }),
        ],
      },
    };
  },
};
