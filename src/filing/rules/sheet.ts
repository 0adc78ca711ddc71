import { fold } from "#platform/format.ts";
import type { Control, Field, FieldContext, FormPage, ProcedureDefinition, Submitted } from "#procedures/index.ts";
import { pick, typeOf } from "#procedures/index.ts";
import { applicantForm, METHOD } from "./applicant.ts";

type Definition = ProcedureDefinition;
type Item = { value: string; text: string };
/** One place of a control where something is typed or chosen. */
type Place = { name: string; label: string; items: readonly Item[] | null; isMany: boolean; isDate: boolean };

/** A column of the sheet: one place of one question. */
export type SheetColumn = {
  /** What stands in the row of names: "khai.childName", "nop.actingFor". */
  id: string;
  label: string;
  /** What may be chosen, as people read it; null: free text. */
  options: readonly string[] | null;
  isDate: boolean;
};

/** What stands in one line, by column. */
export type Cells = Readonly<Record<string, string>>;

export const MOST_ROWS = 200;
export const MOST_SHEET_BYTES = 5 * 1024 * 1024;
/** Of a repeated group a line has room for so many. */
const ROWS_OF_GROUP = 3;
/** Before the names of questions: those about who is filed for, and the procedure's own. */
const PREFIX = { applicant: "nop.", form: "khai." } as const;
export type Part = keyof typeof PREFIX;

/** What stands in the first cell of the row of names: of which procedure and version the sheet is. */
export const sheetMark = (code: string, version: number): string => `${code}/${version}`;
export const readMark = (cell: string): { code: string; version: number } | null => {
  const found = /^(\d\.\d{6}(?:\.H\d{2})?)\/(\d{1,6})$/.exec(cell.trim());
  return found ? { code: found[1] ?? "", version: Number(found[2]) } : null;
};

/** The places of a control, whatever its kind: what a new kind is made of is found like the rest. */
function placesOf(control: Control): Place[] {
  const one = (place: Partial<Place> & Pick<Place, "name" | "label">): Place[] => [
    { items: null, isMany: false, isDate: false, ...place },
  ];
  switch (control.kind) {
    case "text":
      return one(control.input);
    case "long_text":
      return one(control.textarea);
    case "date":
      return one({ name: control.name, label: control.date.label, isDate: true });
    case "choice":
      return one(control.radios);
    case "checkboxes":
      return one({ ...control.checkboxes, isMany: true });
    case "select":
      return one(control.select);
    case "address":
    case "compound":
    case "linked":
      return control.fieldset.parts.flatMap(({ view, it }) => {
        if (view === "components/input" || view === "components/textarea") return one(it);
        if (view === "components/select" || view === "components/radios") return one(it);
        return view === "fields/any" ? placesOf(it.control) : [];
      });
    case "group":
      return control.rows.flatMap(({ controls, title }) =>
        controls.flatMap((inner) =>
          placesOf(inner.control).map((place) => ({ ...place, label: `${title}: ${place.label}` })),
        ),
      );
    default:
      return [];
  }
}

const look = (field: Field, values: Submitted, context: FieldContext): Control => {
  const { type, settings } = typeOf(field);
  return type.control({ values, name: field.id, errors: {} }, settings, field, context);
};

export const isDeclaration = ({ type }: Field): boolean => type === "declaration";
/** Asked in the sheet: what is declared is ticked once, files and what is reckoned come otherwise. */
const isAsked = (field: Field): boolean => {
  const { type } = typeOf(field);
  return type.asks && !type.answeredElsewhere && !isDeclaration(field);
};

/** A group as it stands with rows; another field as it is. */
function rowsFor(field: Field, context: FieldContext): Record<string, string> {
  if (!typeOf(field).type.holdsFields) return {};
  const name = `${field.id}.rows`;
  let rows: string[] = [];
  for (;;) {
    const control = look(field, { [name]: rows.join(" ") }, context);
    if (rows.length === ROWS_OF_GROUP || control.kind !== "group" || control.add === null) break;
    rows = [...rows, `r${rows.length + 1}`];
  }
  return { [name]: rows.join(" ") };
}

const columnLabel = (field: Field, place: Place, isAlways: boolean, language: "vi" | "en"): string => {
  const label = pick(field.label, language);
  const whole = place.label === label || place.name === field.id ? label : `${label} – ${place.label}`;
  return isAlways && field.required && !field.showWhen ? `${whole} *` : whole;
};

/** Who files and how the results come is the same in every line; the rest of the first page and its followers is asked. */
export const isOwn = ({ id, prefill }: Field): boolean => id === METHOD || prefill?.startsWith("profile.") === true;
const askedPages = (definition: Definition): { part: Part; page: FormPage; fields: Field[] }[] => [
  ...applicantForm(definition).form.pages.map((page) => ({
    part: "applicant" as const,
    page,
    fields: page.fields.filter((field) => !isOwn(field)),
  })),
  ...definition.form.pages.map((page) => ({ part: "form" as const, page, fields: page.fields })),
];

/** The columns of a procedure's sheet, in the order of its form; questions of one name are told apart by their page. */
export function sheetColumns(definition: Definition, context: FieldContext): SheetColumn[] {
  const { language } = context;
  const columns = askedPages(definition).flatMap(({ part, page, fields }) =>
    fields.filter(isAsked).flatMap((field) =>
      placesOf(look(field, rowsFor(field, context), context)).map((place) => ({
        page: pick(page.title, language),
        id: PREFIX[part] + place.name,
        label: columnLabel(field, place, !page.showWhen, language),
        options: place.items?.map(({ text }) => text) ?? null,
        isDate: place.isDate,
      })),
    ),
  );
  const named = new Map<string, number>();
  for (const { label } of columns) named.set(label, (named.get(label) ?? 0) + 1);
  return columns.map(({ page, label, ...column }) => ({
    ...column,
    label: (named.get(label) ?? 0) > 1 ? `${page}: ${label}` : label,
  }));
}

const YES_NO: Readonly<Record<string, string>> = {
  yes: "yes",
  co: "yes",
  x: "yes",
  true: "yes",
  no: "no",
  khong: "no",
  false: "no",
};

/** The item that was meant: as offered, without regard to marks and capital letters, or by the end of its name. */
function itemOf(items: readonly Item[], typed: string): string | null {
  const exact = items.find(({ value, text }) => text === typed || value === typed);
  if (exact) return exact.value;
  const folded = fold(typed);
  const texts = items.map(({ value, text }) => ({ value, text: fold(text) }));
  const alike = texts.filter(({ text }) => text === folded);
  const ending = alike.length > 0 ? alike : texts.filter(({ text }) => text.endsWith(` ${folded}`));
  if (ending.length === 1) return ending[0]?.value ?? null;
  const said = YES_NO[folded];
  return said !== undefined && items.some(({ value }) => value === said) ? said : null;
}

/** What a place sends for what stands in its cell; `isKnown` false: no item of the list was meant. */
function sentFor({ items, isMany }: Place, typed: string): { value: string | string[]; isKnown: boolean } {
  if (!items) return { value: typed, isKnown: true };
  if (typed === "") return { value: isMany ? [] : "", isKnown: true };
  const meant = (isMany ? typed.split(/[;\n]/) : [typed])
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => ({ one, value: itemOf(items, one) }));
  const values = meant.map(({ one, value }) => value ?? one);
  return { value: isMany ? values : (values[0] ?? ""), isKnown: meant.every(({ value }) => value !== null) };
}

type Sent = Record<string, string | string[]>;

/** What one question's places send, read in one language; what a list offers may depend on the place before it. */
function readIn(
  field: Field,
  rows: Readonly<Record<string, string>>,
  cellOf: (name: string) => string,
  context: FieldContext,
): { values: Sent; unknown: number } {
  let values: Sent = { ...rows };
  for (let pass = 0; ; pass++) {
    const places = placesOf(look(field, values, context));
    const sent = places.map((place) => ({ name: place.name, ...sentFor(place, cellOf(place.name)) }));
    values = { ...rows, ...Object.fromEntries(sent.map(({ name, value }) => [name, value])) };
    if (pass > 0 || places.filter(({ items }) => items).length < 2)
      return { values, unknown: sent.filter(({ isKnown }) => !isKnown).length };
  }
}

/**
 * What a page's form would have sent for a line of the sheet.
 * @param contexts of each language in which it may have been filled in, the reader's own first
 */
export function submittedFor(
  part: Part,
  fields: readonly Field[],
  cells: Cells,
  contexts: readonly [FieldContext, ...FieldContext[]],
): Submitted {
  const cellOf = (name: string): string => cells[PREFIX[part] + name] ?? "";
  const sent: Sent = {};
  for (const field of fields.filter(isAsked)) {
    const isFilled = (row: string): boolean => {
      const inRow = `${PREFIX[part]}${field.id}.${row}.`;
      return Object.entries(cells).some(([id, text]) => id.startsWith(inRow) && text !== "");
    };
    const rows = Object.fromEntries(
      Object.entries(rowsFor(field, contexts[0])).map(([name, ids]) => [
        name,
        ids.split(" ").filter(isFilled).join(" "),
      ]),
    );
    let best = readIn(field, rows, cellOf, contexts[0]);
    for (const context of contexts.slice(1)) {
      if (best.unknown === 0) break;
      const other = readIn(field, rows, cellOf, context);
      if (other.unknown < best.unknown) best = other;
    }
    Object.assign(sent, best.values);
  }
  return sent;
}

/** The column that an error belongs to; null: none of the sheet's (a file, a declaration). */
export function columnOf(part: Part, errorName: string, columns: readonly SheetColumn[]): SheetColumn | null {
  const id = PREFIX[part] + errorName;
  const exact = columns.find((column) => column.id === id || id.startsWith(`${column.id}.`));
  const fieldId = `${PREFIX[part]}${errorName.split(".")[0]}`;
  return exact ?? columns.find((column) => column.id.startsWith(`${fieldId}.`)) ?? null;
}
