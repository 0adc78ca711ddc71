import { z } from "zod";
import type { FieldErrors } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { Condition } from "../conditions.ts";

/** A text as an admin writes it; Vietnamese is the source. */
export const Text = z.strictObject({ vi: z.string().min(1), en: z.string().optional() });
export type Text = z.output<typeof Text>;

/** Stable for the life of a field or paper, across versions: answers are keyed by it. */
export const StableId = z.string().regex(/^[a-z][a-zA-Z0-9_]{1,60}$/, "an id has letters, digits and _ and starts with a small letter");

/** Where a first value may come from. */
export const Prefill = z.enum([
  "profile.fullName", "profile.personalId", "profile.birthDate", "profile.gender",
  "profile.phone", "profile.email", "profile.address",
]);

/** One question of a form. What `settings` holds is known by the type's own file under fields/. */
export const Field = z.strictObject({
  id: StableId,
  type: z.string(),
  label: Text,
  hint: Text.optional(),
  required: z.boolean().default(true),
  showWhen: Condition.optional(),
  prefill: Prefill.optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
});
export type Field = z.output<typeof Field>;

/** What of a submitted body belongs to a control: urlencoded names map to text or lists of text. */
export type Submitted = Readonly<Record<string, unknown>>;

export type Parsed = { ok: true; value: unknown } | { ok: false; errors: FieldErrors };

/** A control as its template shows it; `kind` names the template views/fields/<kind>.ejs. */
export type Control = {
  kind: string;
  /** Control name and DOM id, unique in the page. */
  name: string;
  label: string;
  hint: string | null;
  required: boolean;
  /** First error of the control, as text, by sub-control name. */
  errors: Readonly<Record<string, string>>;
  /** Everything else the type's template needs; each type narrows it. */
  [more: string]: unknown;
};

export type FieldContext = {
  t: Translate;
  language: "vi" | "en";
  /** yyyy-MM-dd today in Viet Nam, for dates that may not lie in the future. */
  today: string;
  /** Lists that a control offers and a display resolves: communes by code and so on, loaded by the caller. */
  lists: Lists;
};
export type ListItem = { value: string; text: string; parent?: string };
export type Lists = {
  provinces: readonly ListItem[];
  communesOf(provinceCode: string): readonly ListItem[];
  nameOf(list: "unit", code: string): string | null;
};

/**
 * What every field type knows: its settings, how a submitted value becomes an answer, how an answer is shown
 * and how its control looks. One type, one file, one entry in fields/index.ts.
 */
export type FieldType<S = unknown> = {
  type: string;
  /** Headings, explanations and the like ask for nothing and keep no answer. */
  asks: boolean;
  settings: z.ZodType<S>;
  /** Reads the submitted values below `name`; undefined value = not answered. Required-ness is checked by the caller. */
  parse(submitted: Submitted, name: string, settings: S, field: Field, context: FieldContext): Parsed;
  /** The submitted values that would show this answer again. */
  submit(answer: unknown, name: string, settings: S): Record<string, unknown>;
  /** The answer as lines of plain text: check page, officer's page, PDF, export. */
  display(answer: unknown, settings: S, field: Field, context: FieldContext): string[];
  control(submitted: Submitted, name: string, settings: S, field: Field, context: FieldContext): Record<string, unknown> & { kind: string };
};
