import type { FieldError, FieldErrors } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { type AnswerValues, fieldsOf, holds } from "./conditions.ts";
import type { CHANNELS, Fee, FormPage, ProcedureDefinition, Requirement, TimeLimit } from "./definition.ts";
import { stateCondition } from "./fields/controls.ts";
import { type GroupSettings, shownRowFields } from "./fields/group.ts";
import {
  type Field,
  type FieldContext,
  pick,
  pressedInside,
  type ShownControl,
  type Submitted,
  typeOf,
} from "./fields/index.ts";
import { rowsOf } from "./fields/rows.ts";

/** Answers of one form, by field id. */
export type Answers = Readonly<Record<string, unknown>>;
type Form = Pick<ProcedureDefinition, "form">;
type Channel = (typeof CHANNELS)[number];

const isMissing = (answer: unknown): boolean => answer === undefined || answer === null;

const derivers = new WeakMap<object, readonly Field[]>();
/** The fields of a form whose answers follow from others. */
function derivedFields({ form }: Form): readonly Field[] {
  const known = derivers.get(form);
  if (known) return known;
  const found = form.pages.flatMap(({ fields }) => fields).filter((field) => typeOf(field).type.derive);
  derivers.set(form, found);
  return found;
}

/** The answers with what follows from them; a value may follow from one that stands before it. */
function withDerived(definition: Form, given: AnswerValues, hidden: ReadonlySet<string>): Record<string, unknown> {
  const answers: Record<string, unknown> = { ...given };
  for (const field of derivedFields(definition)) {
    const { type, settings } = typeOf(field);
    const value = hidden.has(field.id) ? undefined : type.derive?.(settings, answers);
    if (value === undefined) delete answers[field.id];
    else answers[field.id] = value;
  }
  return answers;
}

/** Pages and fields that these answers show; answers of hidden fields do not count towards showing others. */
function shownParts(
  definition: Form,
  given: AnswerValues,
): { pages: { page: FormPage; fields: Field[] }[]; answers: Record<string, unknown> } {
  const hidden = new Set<string>();
  let answers = withDerived(definition, given, hidden);
  for (;;) {
    const pages = definition.form.pages
      .filter((page) => holds(page.showWhen, answers))
      .map((page) => ({ page, fields: page.fields.filter((field) => holds(field.showWhen, answers)) }));
    const shown = new Set(pages.flatMap(({ fields }) => fields.map((field) => field.id)));
    const kept = Object.entries(answers).filter(([id, answer]) => shown.has(id) && !isMissing(answer));
    if (kept.length === Object.keys(answers).length) return { pages, answers };
    for (const id of Object.keys(answers)) if (!shown.has(id)) hidden.add(id);
    answers = withDerived(definition, Object.fromEntries(kept), hidden);
  }
}

/** The answers that count: of fields that are shown, and of no others. */
export const countedAnswers = (definition: Form, answers: Answers): Answers => shownParts(definition, answers).answers;

/** The pages of the form that these answers call for, in order. */
export const visiblePages = (definition: Form, answers: Answers): FormPage[] =>
  shownParts(definition, answers).pages.map(({ page }) => page);

const pageOf = (definition: Form, pageId: string): FormPage => {
  const page = definition.form.pages.find(({ id }) => id === pageId);
  if (!page) throw notFound();
  return page;
};

const missingError = (field: Field, { language }: FieldContext): [string, FieldError] => {
  const { missing } = typeOf(field).type;
  return [field.id + (missing.at ?? ""), { key: missing.key, params: { label: pick(field.label, language) } }];
};

export type ReadPage = {
  ok: boolean;
  /** All answers so far with this page's; what is wrong or no longer shown is left out. */
  answers: Answers;
  errors: FieldErrors;
};

/**
 * Reads a submitted page into the answers so far. Never throws for what was typed; a page that the form does not have
 * is not found. Wrong answers are left out, so that a draft may keep the right ones.
 */
export function readPage(
  definition: Form,
  pageId: string,
  submitted: Submitted,
  answersSoFar: Answers,
  context: FieldContext,
): ReadPage {
  const page = pageOf(definition, pageId);
  const given: Record<string, unknown> = { ...answersSoFar };
  const wrong = new Map<string, FieldErrors>();
  for (const field of page.fields) {
    const { type, settings } = typeOf(field);
    if (type.answeredElsewhere) continue;
    const parsed = type.parse(submitted, field.id, settings, field, context);
    if (parsed.ok) given[field.id] = parsed.value;
    else {
      delete given[field.id];
      wrong.set(field.id, parsed.errors);
    }
  }
  const { pages, answers } = shownParts(definition, given);
  const errors: Record<string, FieldError> = {};
  const kept: Record<string, unknown> = { ...answers };
  for (const field of pages.find((shown) => shown.page === page)?.fields ?? []) {
    const { type, settings } = typeOf(field);
    const unread = wrong.get(field.id);
    if (unread) Object.assign(errors, unread);
    else if (type.asks && field.required && isMissing(answers[field.id])) {
      const [name, error] = missingError(field, context);
      errors[name] = error;
    } else {
      const conflict = type.check?.(answers[field.id], field.id, settings, field, answers, context);
      if (conflict) {
        Object.assign(errors, conflict);
        delete kept[field.id];
      }
    }
  }
  return { ok: Object.keys(errors).length === 0, answers: kept, errors };
}

/** The page as it stands after a button inside it (add a row, list communes) was pressed; null when none was. */
export const pressedInPage = (definition: Form, pageId: string, submitted: Submitted): Submitted | null =>
  pressedInside(pageOf(definition, pageId).fields, submitted);

export type Missing = { pageId: string; fieldId: string };

/** Fields that must still be answered before the form may be submitted, in the form's order. */
export function missingOf(definition: Form, given: Answers): Missing[] {
  const { pages, answers } = shownParts(definition, given);
  return pages.flatMap(({ page, fields }) =>
    fields.filter((field) => lacks(field, answers[field.id])).map((field) => ({ pageId: page.id, fieldId: field.id })),
  );
}

function lacks(field: Field, answer: unknown): boolean {
  const { type, settings } = typeOf(field);
  if (!type.asks) return false;
  if (isMissing(answer)) return field.required;
  if (field.type !== "group") return false;
  const group = settings as GroupSettings;
  const rows = rowsOf(answer);
  return (
    rows.length < group.min ||
    rows.some((row) => shownRowFields(group, row.values).some((inner) => lacks(inner, row.values[inner.id])))
  );
}

/**
 * The controls of a page, filled with what was submitted, else with the answers. Fields that earlier pages hide are left
 * out; those that depend on this page are there with their condition, because without scripts all of them must be seen.
 */
export function controlsOf(
  page: FormPage,
  filled: { answers: Answers; submitted?: Submitted },
  errors: FieldErrors,
  context: FieldContext,
): ShownControl[] {
  const here = new Set(page.fields.map((field) => field.id));
  const texts = Object.fromEntries(
    Object.entries(errors).map(([name, { key, params }]) => [name, context.t(key, params)]),
  );
  return page.fields.flatMap((field) => {
    const { type, settings } = typeOf(field);
    const dependsHere = fieldsOf(field.showWhen).some((id) => here.has(id));
    if (!dependsHere && !holds(field.showWhen, filled.answers)) return [];
    const answered = () => type.submit(filled.answers[field.id], field.id, settings);
    const values = type.answeredElsewhere || !filled.submitted ? answered() : filled.submitted;
    const control = type.control({ values, name: field.id, errors: texts }, settings, field, context);
    return [{ control, showWhen: dependsHere ? stateCondition(field.showWhen) : null }];
  });
}

export type DisplayedAnswers = {
  pageId: string;
  title: string;
  rows: { fieldId: string; label: string; lines: string[]; pageId: string }[];
}[];

/** The answers as people read them, page by page: check page, officer's page, papers. Hidden fields are not there. */
export function displayAnswers(definition: Form, given: Answers, context: FieldContext): DisplayedAnswers {
  const { pages, answers } = shownParts(definition, given);
  return pages
    .map(({ page, fields }) => ({
      pageId: page.id,
      title: pick(page.title, context.language),
      rows: fields
        .filter((field) => typeOf(field).type.asks)
        .map((field) => {
          const { type, settings } = typeOf(field);
          const lines = isMissing(answers[field.id]) ? [] : type.display(answers[field.id], settings, field, context);
          return {
            fieldId: field.id,
            label: pick(field.label, context.language),
            lines: lines.length > 0 ? lines : [context.t("fields.notAnswered")],
            pageId: page.id,
          };
        }),
    }))
    .filter((section) => section.rows.length > 0);
}

type Scoped = { cases?: string[] | undefined; channels?: Channel[] | undefined };
/** A part for named cases does not fit a dossier that has chosen none of them. */
const fits = (part: Scoped, caseId: string | null, channel: Channel | null): boolean =>
  (!part.cases?.length || (caseId !== null && part.cases.includes(caseId))) &&
  (!part.channels?.length || (channel !== null && part.channels.includes(channel)));

/** The papers that this case and these answers ask for. */
export const applicableRequirements = (
  definition: Pick<ProcedureDefinition, "form" | "requirements">,
  { caseId, answers }: { caseId: string | null; answers: Answers },
): Requirement[] => {
  const counted = countedAnswers(definition, answers);
  return definition.requirements.filter((r) => fits({ cases: r.cases }, caseId, null) && holds(r.when, counted));
};

/** The fees of this case, channel and these answers; of each id the first that fits. `amount` null is unknown, not free. */
export function feesFor(
  definition: Pick<ProcedureDefinition, "form" | "fees">,
  { caseId, channel, answers }: { caseId: string | null; channel: Channel; answers: Answers },
): Fee[] {
  const counted = countedAnswers(definition, answers);
  const seen = new Set<string>();
  return definition.fees.filter((fee) => {
    if (seen.has(fee.id) || !fits(fee, caseId, channel) || !holds(fee.when, counted)) return false;
    seen.add(fee.id);
    return true;
  });
}

/** How many units of each fee the answers ask for, by fee id; one where the fee is for the dossier or nothing was said. */
export const feeQuantities = (fees: readonly Fee[], answers: Answers): Record<string, number> =>
  Object.fromEntries(
    fees.map(({ id, countedBy }) => {
      const counted = countedBy ? answers[countedBy] : undefined;
      return [id, typeof counted === "number" && counted > 0 ? counted : 1];
    }),
  );

/** The law's time for this case and channel; null when the procedure has none for it. */
export const timeLimitFor = (
  definition: Pick<ProcedureDefinition, "timeLimits">,
  { caseId, channel }: { caseId: string | null; channel: Channel },
): TimeLimit | null => definition.timeLimits.find((limit) => fits(limit, caseId, channel)) ?? null;

/**
 * Answers of a draft begun on an older version, for the newer one: kept by id where the field is still there, of the
 * same type, and its rules still take the answer beside the others. `dropped` names the others, for the notice to the person.
 */
export function carryOver(
  answers: Answers,
  from: Form,
  to: Form,
  context: FieldContext,
): { answers: Answers; dropped: string[] } {
  const fieldIn = (definition: Form, id: string) =>
    definition.form.pages.flatMap((page) => page.fields).find((field) => field.id === id);
  const kept: Record<string, unknown> = {};
  const dropped: string[] = [];
  for (const [id, answer] of Object.entries(answers)) {
    if (isMissing(answer)) continue;
    const field = fieldIn(to, id);
    const read = field && fieldIn(from, id)?.type === field.type ? readAgain(field, answer, context) : undefined;
    if (read === undefined) dropped.push(id);
    else kept[id] = read;
  }
  for (const field of to.form.pages.flatMap((page) => page.fields)) {
    const { type, settings } = typeOf(field);
    if (!(field.id in kept) || !type.check?.(kept[field.id], field.id, settings, field, kept, context)) continue;
    delete kept[field.id];
    dropped.push(field.id);
  }
  return { answers: kept, dropped };
}

function readAgain(field: Field, answer: unknown, context: FieldContext): unknown {
  const { type, settings } = typeOf(field);
  if (type.answeredElsewhere) return answer;
  const parsed = type.parse(type.submit(answer, field.id, settings), field.id, settings, field, context);
  return parsed.ok ? parsed.value : undefined;
}
