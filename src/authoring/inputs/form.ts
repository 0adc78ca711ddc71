import type { FieldError, FieldErrors } from "#platform/form.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { type Field, type FieldType, type FormPage, Prefill } from "#procedures/index.ts";
import { type Candidate, candidatesFor, newFieldId, newPageId, type Sketch } from "../rules.ts";
import { readCondition, text } from "./conditions.ts";
import { readSettings } from "./settings.ts";

type Sent = Readonly<Record<string, unknown>>;
type Words = { vi: string; en?: string };
type Errors = Record<string, FieldError>;
export type ReadPart<T> = { ok: true; data: T } | { ok: false; errors: FieldErrors };

const MOST_LABEL = 300;
const MOST_HINT = 2000;
const say = (key: MessageKey, params: Record<string, string | number> = {}): FieldError => ({ key, params });

/** Vietnamese and English of one text; null: neither. English alone is refused. */
function wordsIn(sent: Sent, name: string, most: number, errors: Errors): Words | null {
  const [vi, en] = [text(sent, `${name}.vi`), text(sent, `${name}.en`)];
  for (const [language, typed] of [
    ["vi", vi],
    ["en", en],
  ] as const)
    if (typed.length > most) errors[`${name}.${language}`] = say("authoring.form.errors.tooLong", { max: most });
  if (vi === "" && en !== "") errors[`${name}.vi`] = say("authoring.form.errors.onlyEnglish");
  return vi === "" ? null : { vi, ...(en ? { en } : {}) };
}

/** The title of a new page, which gives it its address. */
export function readNewPage(sent: Sent, sketch: Sketch): ReadPart<FormPage> {
  const errors: Errors = {};
  const title = wordsIn(sent, "title", MOST_LABEL, errors);
  if (!title) errors["title.vi"] ??= say("authoring.form.errors.title");
  if (!title || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, data: { id: newPageId(sketch, title.vi), title, fields: [] } };
}

/** Title, introduction and condition of a page. */
export function readPageForm(sent: Sent, page: FormPage, sketch: Sketch): ReadPart<Omit<FormPage, "id" | "fields">> {
  const errors: Errors = {};
  const title = wordsIn(sent, "title", MOST_LABEL, errors);
  if (!title) errors["title.vi"] ??= say("authoring.form.errors.title");
  const intro = wordsIn(sent, "intro", MOST_HINT, errors);
  const when = readCondition(sent, "when", candidatesFor(sketch, { page: page.id }));
  Object.assign(errors, when.errors);
  if (!title || Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    data: { title, ...(intro ? { intro } : {}), ...(when.condition ? { showWhen: when.condition } : {}) },
  };
}

/** The sources of a first answer that fit a type. */
export const prefillsOf = (type: FieldType): Prefill[] =>
  type.asks && !type.answeredElsewhere ? [...(type.prefills ?? []), "earlier"] : [];

export type FieldTarget = { type: FieldType; before: Field | null; candidates: readonly Candidate[] };

/** A field as its form holds it; a new one gets its id from its label, one that is there keeps its own. */
export function readFieldForm(sent: Sent, target: FieldTarget, sketch: Sketch): ReadPart<Field> {
  const { type, before, candidates } = target;
  const errors: Errors = {};
  const label = wordsIn(sent, "label", MOST_HINT, errors);
  if (!label) errors["label.vi"] ??= say("authoring.form.errors.label");
  const hint = wordsIn(sent, "hint", MOST_HINT, errors);
  const prefill = Prefill.safeParse(text(sent, "prefill"));
  if (text(sent, "prefill") !== "" && !(prefill.success && prefillsOf(type).includes(prefill.data)))
    errors["prefill"] = say("authoring.form.errors.prefill");
  const { settings, errors: wrong } = readSettings(sent, type, before?.settings ?? {});
  const when = readCondition(sent, "when", candidates);
  const fitting = readCondition(sent, "prefillWhen", candidates);
  Object.assign(errors, wrong, when.errors, fitting.errors);
  if (!label || Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    data: {
      id: before?.id ?? newFieldId(sketch, label.vi),
      type: type.type,
      label,
      ...(hint ? { hint } : {}),
      required: type.asks ? text(sent, "required") === "yes" : (before?.required ?? true),
      ...(when.condition ? { showWhen: when.condition } : {}),
      ...(prefill.success && prefillsOf(type).includes(prefill.data)
        ? { prefill: prefill.data, ...(fitting.condition ? { prefillWhen: fitting.condition } : {}) }
        : {}),
      settings,
    },
  };
}
