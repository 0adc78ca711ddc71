import { z } from "zod";
import type { FieldError, FieldErrors } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { type AnswerValues, Condition } from "../conditions.ts";
import type { Control } from "./controls.ts";

export type { Control } from "./controls.ts";

/** A text as an admin writes it; Vietnamese is the source. */
export const Text = z.strictObject({ vi: z.string().min(1), en: z.string().optional() });
export type Text = z.output<typeof Text>;

/** Stable for the life of a field or paper, across versions: answers are keyed by it. */
export const StableId = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9_]{1,60}$/, "Mã gồm chữ không dấu, số và gạch dưới, bắt đầu bằng chữ thường");

/** Where a first value may come from. */
export const Prefill = z.enum([
  "profile.fullName",
  "profile.personalId",
  "profile.birthDate",
  "profile.gender",
  "profile.phone",
  "profile.email",
  "profile.address",
  /** What the same question was answered with in the person's last dossier, where they agreed to that. */
  "earlier",
  /** The organization in whose name the dossier is filed. */
  "organization.name",
  "organization.taxCode",
  "organization.position",
]);
export type Prefill = z.output<typeof Prefill>;

/** One question of a form. What `settings` holds is known by the type's own file under fields/. */
export const Field = z.strictObject({
  id: StableId,
  type: z.string(),
  label: Text,
  hint: Text.optional(),
  required: z.boolean().default(true),
  showWhen: Condition.optional(),
  prefill: Prefill.optional(),
  /** When the source fits the person that the question is about ("the one who files is the mother"); else only earlier dossiers do. */
  prefillWhen: Condition.optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
});
export type Field = z.output<typeof Field>;

/** What of a submitted body belongs to a control: urlencoded names map to text or lists of text. */
export type Submitted = Readonly<Record<string, unknown>>;

export type Parsed = { ok: true; value: unknown } | { ok: false; errors: FieldErrors };

export type FieldContext = {
  t: Translate;
  language: "vi" | "en";
  /** yyyy-MM-dd today in Viet Nam, for dates that may not lie in the future. */
  today: string;
  /** The province of the installation, offered first in addresses. */
  homeProvince: string | null;
  /** Lists that a control offers and a display resolves: communes by code and so on, loaded by the caller. */
  lists: Lists;
};
export type ListItem = { value: string; text: string; parent?: string };
export type Lists = {
  provinces: readonly ListItem[];
  communesOf(provinceCode: string): readonly ListItem[];
  nameOf(list: "unit", code: string): string | null;
  /** As administrators keep them; without them, those of the law of 1979. */
  ethnicGroups?(): readonly (ListItem & { removed: boolean })[];
  /** The agencies that exist today. */
  agencies(): readonly (ListItem & { kind: string })[];
};

/** What a control is drawn from beside its settings: the values in it, its name, and what is wrong with it. */
export type Look = {
  values: Submitted;
  /** Control name and DOM id, unique in the page; sub-controls are `name.part`. */
  name: string;
  /** Texts by control name. */
  errors: Readonly<Record<string, string>>;
};

/** Where a type stands in the list that a form is built from. */
export const FAMILIES = ["text", "number", "date", "choice", "person", "place", "file", "structure"] as const;
export type Family = (typeof FAMILIES)[number];

/**
 * One input of the form in which a type is set up; its texts stand under `fields.settings.<text, else key>`. `words`, `paragraph`: a
 * text in both languages; `options`: values that stay and their labels; `lines`, `tree`: lists as they are pasted, a line
 * each; `sibling`, `siblings`: fields that stand beside this one and are of the types named.
 */
export type SettingInput = { key: string; text?: string } & SettingKind;
type SettingKind =
  | { kind: "number" | "date" | "clock" | "yes_no" | "words" | "paragraph" | "options" | "lines" | "tree" }
  /** Their texts stand under `fields.settingChoices.<option>`. */
  | { kind: "choice" | "choices"; options: readonly string[] }
  | { kind: "sibling" | "siblings"; of: readonly string[] };

/** What conditions may say of an answer, beside that there is one. */
export type Compared =
  | { as: "text" | "number" | "date" | "yes_no" }
  | { as: "choice" | "many"; options: readonly { value: string; label: Text }[] };

/**
 * What every field type knows: its settings, how a submitted value becomes an answer, how an answer is shown
 * and how its control looks. One type, one file, one entry in fields/index.ts.
 */
export type FieldType<S = unknown> = {
  type: string;
  family: Family;
  /** How its settings are edited; none: there is nothing to set. What is right says `settings`. */
  inputs?: readonly SettingInput[];
  /** What conditions may compare; absent: only whether it was answered. */
  compared?(settings: S): Compared;
  /** Sources of a first answer that fit it, beside an earlier dossier. */
  prefills?: readonly Prefill[];
  /** Its settings hold the questions of each row under `fields`. */
  holdsFields?: true;
  /** Asks for files; the answer is written by whoever stored them. */
  uploads?: true;
  /** The answer follows from others and is never typed; undefined while they do not say enough. */
  derive?(settings: S, answers: AnswerValues): unknown;
  /** Headings, explanations and the like ask for nothing and keep no answer. */
  asks: boolean;
  /** The answer comes by another way than the page's form (an upload): reading a page keeps the one there is. */
  answeredElsewhere?: true;
  settings: z.ZodType<S>;
  /** Other fields that the settings name; they must stand beside this one. */
  fieldsNamed?(settings: S): string[];
  /** Reads the submitted values below `name`; undefined value = not answered. Required-ness is checked by the caller. */
  parse(submitted: Submitted, name: string, settings: S, field: Field, context: FieldContext): Parsed;
  /** What the answer says against other answers of its page or row; null when nothing. Run after all are read. */
  check?(
    answer: unknown,
    name: string,
    settings: S,
    field: Field,
    answers: AnswerValues,
    context: FieldContext,
  ): FieldErrors | null;
  /** What is said, and at which part of the control, when a required answer is missing. */
  missing: { key: FieldError["key"]; at?: string };
  /** The submitted values that would show this answer again. */
  submit(answer: unknown, name: string, settings: S): Record<string, unknown>;
  /** The answer as lines of plain text: check page, officer's page, PDF, export. */
  display(answer: unknown, settings: S, field: Field, context: FieldContext): string[];
  control(look: Look, settings: S, field: Field, context: FieldContext): Control;
};

/** The text in the reader's language; Vietnamese where there is no English. */
export const pick = (text: Text, language: "vi" | "en"): string => (language === "en" && text.en) || text.vi;
