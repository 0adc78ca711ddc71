import { z } from "zod";
import type { FieldType } from "./contract.ts";
import { pick, Text } from "./contract.ts";
import { failed, frame, labelOf, read, readText } from "./submitted.ts";

type NoSettings = Record<string, never>;
const NoSettings = z.strictObject({}) as z.ZodType<NoSettings>;
const silent = {
  asks: false,
  missing: { key: "fields.errors.enter" },
  parse: () => read(undefined),
  submit: () => ({}),
  display: () => [],
} satisfies Partial<FieldType>;

const ExplanationSettings = z.strictObject({ text: Text });

/** Words between questions; asks nothing. */
export const explanation: FieldType<z.output<typeof ExplanationSettings>> = {
  type: "explanation",
  family: "structure",
  inputs: [{ key: "text", kind: "paragraph" }],
  ...silent,
  settings: ExplanationSettings,
  control: (look, settings, _field, context) => ({
    kind: "explanation",
    name: look.name,
    paragraphs: pick(settings.text, context.language).split("\n").filter(Boolean),
  }),
};

/** A heading inside a page; asks nothing. */
export const heading: FieldType<NoSettings> = {
  type: "heading",
  family: "structure",
  ...silent,
  settings: NoSettings,
  control: (look, _settings, field, context) => ({ kind: "heading", name: look.name, text: labelOf(field, context) }),
};

/** What the person declares (cam đoan): a box that must be ticked. The answer is true. */
export const declaration: FieldType<NoSettings> = {
  type: "declaration",
  family: "structure",
  compared: () => ({ as: "yes_no" }),
  asks: true,
  settings: NoSettings,
  missing: { key: "fields.errors.declare" },
  parse(submitted, name, _settings, field, context) {
    const typed = readText(submitted, name, 20, labelOf(field, context));
    if (typed.ok && typed.text === "") return read(undefined);
    return typed.ok && typed.text === "yes" ? read(true) : failed(name, { key: "fields.errors.declare" });
  },
  submit: (answer, name) => ({ [name]: answer === true ? "yes" : "" }),
  display: (answer, _settings, _field, { t }) => (answer === true ? [t("fields.yes")] : []),
  control: (look, _settings, field, context) => {
    const { label, ...base } = frame(look, field, context);
    const typed = look.values[look.name];
    return {
      kind: "checkboxes",
      name: look.name,
      checkboxes: {
        ...base,
        label,
        hideLabel: true,
        values: typed === "yes" ? ["yes"] : [],
        items: [{ value: "yes", text: label }],
      },
    };
  },
};

const FileSettings = z.strictObject({
  maxMegabytes: z.int().min(1).max(20).default(20),
  multiple: z.boolean().default(false),
});
/** An attachment of kind "field"; its bytes lie in the storage. */
export type FileAnswer = readonly { id: string; name: string }[];
export const filesIn = (answer: unknown): FileAnswer =>
  Array.isArray(answer)
    ? answer.filter(
        (file): file is FileAnswer[number] =>
          typeof file === "object" && file !== null && typeof file.id === "string" && typeof file.name === "string",
      )
    : [];

/** Asks for an upload. The answer lists attachments and is written by whoever stored them, never by the form. */
export const file: FieldType<z.output<typeof FileSettings>> = {
  type: "file",
  family: "file",
  inputs: [
    { key: "maxMegabytes", kind: "number" },
    { key: "multiple", kind: "yes_no" },
  ],
  asks: true,
  answeredElsewhere: true,
  uploads: true,
  settings: FileSettings,
  missing: { key: "fields.errors.upload" },
  parse: () => read(undefined),
  submit: (answer, name) => ({ [`stored:${name}`]: filesIn(answer) }),
  display: (answer) => filesIn(answer).map(({ name }) => name),
  control: (look, settings, field, context) => {
    const size = { megabytes: settings.maxMegabytes };
    return {
      kind: "file",
      name: look.name,
      file: {
        ...frame(look, field, context),
        limit: context.t("fields.file.limit", size),
        maxBytes: settings.maxMegabytes * 1024 * 1024,
        tooLarge: context.t("fields.file.tooLarge", size),
        accept: ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif",
        multiple: settings.multiple,
        files: filesIn(look.values[`stored:${look.name}`]).map(({ id, name }) => ({
          name,
          size: "",
          href: null,
          remove: { name: `unattach:${look.name}`, value: id },
        })),
      },
    };
  },
};
