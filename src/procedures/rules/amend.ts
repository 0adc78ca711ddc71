import type { FieldError, FieldErrors } from "#platform/form.ts";
import { type Answers, controlsOf, countedAnswers, readPage } from "../answers.ts";
import { type Condition, fieldsOf } from "../conditions.ts";
import type { FormPage, ProcedureDefinition } from "../definition.ts";
import {
  type Field,
  type FieldContext,
  pressedInside,
  type ShownControl,
  type Submitted,
  typeOf,
} from "../fields/index.ts";

type Form = Pick<ProcedureDefinition, "form">;

/** When a field is asked: its own condition, and that of its page. */
const askedWhen = (page: FormPage, field: Field): Condition | undefined => {
  const both = [page.showWhen, field.showWhen].filter((condition) => condition !== undefined);
  return both.length > 1 ? { op: "all", of: both } : both[0];
};

const placesOf = (definition: Form) =>
  definition.form.pages.flatMap((page) => page.fields.map((field) => ({ page, field })));

/**
 * The fields that somebody may answer again who was asked about some of them: those, and what their new answers may ask
 * for the first time. Everything else that was answered stays as it is.
 */
export function amendableFields(definition: Form, given: Answers, marked: readonly string[]): Field[] {
  const places = placesOf(definition);
  const answered = countedAnswers(definition, given);
  const open = new Set(marked);
  for (let before = -1; before < open.size; ) {
    before = open.size;
    for (const { page, field } of places)
      if (!(field.id in answered) && fieldsOf(askedWhen(page, field)).some((id) => open.has(id))) open.add(field.id);
  }
  return places.filter(({ field }) => open.has(field.id)).map(({ field }) => field);
}

/** The amendable fields as one page: what depends on another of them shows with it, across the form's own pages. */
function amendmentPage(definition: Form, given: Answers, marked: readonly string[]): FormPage | null {
  const open = new Set(amendableFields(definition, given, marked).map(({ id }) => id));
  const places = placesOf(definition).filter(({ field }) => open.has(field.id));
  const [first] = places;
  if (!first) return null;
  const fields = places.map(({ page, field }): Field => {
    const { showWhen: _own, ...asked } = field;
    const when = askedWhen(page, field);
    return when ? { ...asked, showWhen: when } : asked;
  });
  return { ...first.page, fields };
}

const belongsTo = (name: string, fieldId: string): boolean => name === fieldId || name.startsWith(`${fieldId}.`);

/** Of a submitted body only what belongs to these fields: a forged value of any other is as if it had not been sent. */
const ownValues = (submitted: Submitted, fields: readonly Field[]): Submitted =>
  Object.fromEntries(Object.entries(submitted).filter(([name]) => fields.some(({ id }) => belongsTo(name, id))));

/** The controls of the amendable fields, filled with what was typed, else with what was answered before. */
export function amendmentControls(
  definition: Form,
  marked: readonly string[],
  filled: { answers: Answers; submitted?: Submitted },
  errors: FieldErrors,
  context: FieldContext,
): ShownControl[] {
  const page = amendmentPage(definition, filled.answers, marked);
  return page ? controlsOf(page, filled, errors, context) : [];
}

/** The form as it stands after a button inside one of its controls was pressed; null when none was. */
export const pressedInAmendment = (
  definition: Form,
  given: Answers,
  marked: readonly string[],
  submitted: Submitted,
): Submitted | null => pressedInside(amendableFields(definition, given, marked), submitted);

/** The earlier answers with those of the amendable fields replaced; what is no longer asked falls away. */
export function amended(definition: Form, given: Answers, marked: readonly string[], proposed: Answers): Answers {
  const open = amendableFields(definition, given, marked);
  const next: Record<string, unknown> = { ...given };
  for (const { id } of open) {
    if (proposed[id] === undefined || proposed[id] === null) delete next[id];
    else next[id] = proposed[id];
  }
  const inForm = new Set(placesOf(definition).map(({ field }) => field.id));
  // What stands beside the answers (who authorised whom) is not of the form and stays.
  const beside = Object.fromEntries(Object.entries(given).filter(([id]) => !inForm.has(id)));
  return { ...countedAnswers(definition, next), ...beside };
}

/**
 * Reads the amendable fields out of a submitted body, by the rules of the form as a whole: the other answers are those
 * given before, whatever was sent. Uploads keep the answer they have.
 */
export function readAmendment(
  definition: Form,
  marked: readonly string[],
  submitted: Submitted,
  given: Answers,
  context: FieldContext,
): { ok: boolean; answers: Answers; errors: FieldErrors } {
  const open = amendableFields(definition, given, marked).filter((field) => !typeOf(field).type.answeredElsewhere);
  const ids = new Set(open.map(({ id }) => id));
  const sent = ownValues(submitted, open);
  const pages = definition.form.pages.filter(({ fields }) => fields.some(({ id }) => ids.has(id)));
  const next: Record<string, unknown> = { ...given };
  const errors: Record<string, FieldError> = {};
  // Twice: an answer may depend on one that a later page asks.
  for (const isLast of [false, true])
    for (const page of pages) {
      const kept = page.fields
        .filter(({ id }) => !ids.has(id))
        .map((field) => typeOf(field).type.submit(given[field.id], field.id, typeOf(field).settings));
      const read = readPage(definition, page.id, Object.assign({}, ...kept, sent), next, context);
      for (const { id } of page.fields) if (ids.has(id)) next[id] = read.answers[id];
      if (!isLast) continue;
      for (const [name, error] of Object.entries(read.errors))
        if (open.some(({ id }) => belongsTo(name, id))) errors[name] = error;
    }
  return { ok: Object.keys(errors).length === 0, answers: amended(definition, given, marked, next), errors };
}
