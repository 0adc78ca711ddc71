import type { Request } from "express";
import type { z } from "zod";
import type { MessageKey, MessageParams } from "./i18n.ts";

/** What is wrong with one control: a text key, and what to fill into it. */
export type FieldError = { key: MessageKey; params?: MessageParams };
export type FieldErrors = Readonly<Record<string, FieldError>>;

/** A form as a page shows it: what was typed, and what is wrong with it by control name. */
export type Form = { values: Readonly<Record<string, unknown>>; errors: FieldErrors };

export const emptyForm: Form = { values: {}, errors: {} };
export const filledForm = (values: Record<string, unknown>): Form => ({ values, errors: {} });

export type Read<T> = { ok: true; data: T } | { ok: false; form: Form };

/**
 * Reads a submitted form: typed data, or the form again with its values and the first thing wrong with each field.
 * A schema's messages are text keys; keys with params come through `.superRefine` with `params`.
 */
export function readForm<S extends z.ZodType>(schema: S, req: Pick<Request, "body">): Read<z.output<S>> {
  return readValues(schema, (req.body as Record<string, unknown> | undefined) ?? {});
}

export function readValues<S extends z.ZodType>(schema: S, values: Record<string, unknown>): Read<z.output<S>> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ok: true, data: parsed.data };
  const errors: Record<string, FieldError> = {};
  for (const issue of parsed.error.issues) {
    const name = issue.path.map(String).join(".");
    if (errors[name]) continue;
    const params = (issue as { params?: MessageParams }).params;
    errors[name] = { key: issue.message as MessageKey, ...(params ? { params } : {}) };
  }
  return { ok: false, form: { values, errors } };
}

/** Reads a query string leniently: what does not fit is as if it had not been given. */
export function readQuery<S extends z.ZodObject>(schema: S, query: Record<string, unknown>): z.output<S> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const bad = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  return schema.parse(Object.fromEntries(Object.entries(query).filter(([key]) => !bad.has(key))));
}

/** A submitted value as the text that its control shows again. */
export const shown = (form: Form, name: string): string => {
  const value = form.values[name];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
};
