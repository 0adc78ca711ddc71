import type { FieldError } from "#platform/form.ts";
import type { Field, FieldContext, Look, Parsed, Submitted } from "./contract.ts";
import { pick } from "./contract.ts";

/** What a person typed, made fit to keep; "" when nothing was typed. */
export type Reading = { ok: true; text: string } | { ok: false; error: FieldError };

// Lone surrogates and NUL cannot be stored as jsonb; the rest is invisible and may deceive a reader.
const UNFIT = /[^\P{Cc}\t\n\r]|[\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** NFC, without characters that cannot be stored or seen; one line unless `multiline`. */
export function clean(text: string, multiline = false): string {
  const fit = text.replace(UNFIT, "").normalize("NFC");
  return multiline ? fit.replace(/\r\n?|[\u2028\u2029]/g, "\n").trim() : fit.replace(/\s+/gu, " ").trim();
}

/** Reads one text; never throws, whatever was sent. Texts far beyond the limit are refused before any work on them. */
export function readText(submitted: Submitted, name: string, max: number, label: string, multiline = false): Reading {
  const raw = Object.hasOwn(submitted, name) ? submitted[name] : undefined;
  if (raw === undefined || raw === null) return { ok: true, text: "" };
  if (typeof raw !== "string") return { ok: false, error: { key: "fields.errors.unreadable", params: { label } } };
  const tooLong: Reading = { ok: false, error: { key: "fields.errors.tooLong", params: { label, max } } };
  if (raw.length > max * 8 + 1000) return tooLong;
  const text = clean(raw, multiline);
  return text.length > max ? tooLong : { ok: true, text };
}

/** A submitted text as its control shows it again, exactly as typed. */
export const shownText = (values: Submitted, name: string): string => {
  const raw = Object.hasOwn(values, name) ? values[name] : undefined;
  return typeof raw === "string" ? raw : "";
};

/** The texts of a control that may send one or many. Anything else is as if it had not been sent. */
export const readMany = (submitted: Submitted, name: string): string[] => {
  const raw = Object.hasOwn(submitted, name) ? submitted[name] : undefined;
  return (Array.isArray(raw) ? raw.slice(0, 500) : [raw]).filter((v): v is string => typeof v === "string" && v !== "");
};

export const labelOf = (field: Field, context: Pick<FieldContext, "language">): string =>
  pick(field.label, context.language);

export const failed = (name: string, error: FieldError): Parsed => ({ ok: false, errors: { [name]: error } });
export const read = (value: unknown): Parsed => ({ ok: true, value });

/** What every control shows of its field. */
export const frame = (look: Look, field: Field, context: FieldContext) => ({
  name: look.name,
  label: labelOf(field, context),
  hint: field.hint ? pick(field.hint, context.language) : null,
  error: look.errors[look.name] ?? null,
  required: field.required,
});
