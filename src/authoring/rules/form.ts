import { fold } from "#platform/format.ts";
import type { Field, FormPage } from "#procedures/index.ts";
import type { Sketch } from "./sketch.ts";

/** Where a field of a form stands: in a page, or in a repeated group of one. */
export type FieldPlace = { field: Field; page: FormPage; group: Field | null; path: (string | number)[] };

/** The questions of each row of a repeated group; of any other field none. */
export const fieldsIn = (field: Field): Field[] => {
  const { fields } = field.settings;
  return Array.isArray(fields) ? (fields as Field[]) : [];
};
const withFields = (field: Field, fields: Field[]): Field => ({ ...field, settings: { ...field.settings, fields } });

/** Every field in the order of the form, those of a group behind it. */
export const fieldPlaces = ({ form }: Pick<Sketch, "form">): FieldPlace[] =>
  form.pages.flatMap((page, p) =>
    page.fields.flatMap((field, f) => {
      const path = ["form", "pages", p, "fields", f];
      return [
        { field, page, group: null, path },
        ...fieldsIn(field).map((inner, i) => ({
          field: inner,
          page,
          group: field,
          path: [...path, "settings", "fields", i],
        })),
      ];
    }),
  );

export const findField = (sketch: Pick<Sketch, "form">, id: string): FieldPlace | null =>
  fieldPlaces(sketch).find(({ field }) => field.id === id) ?? null;
export const findPage = (sketch: Pick<Sketch, "form">, id: string): FormPage | null =>
  sketch.form.pages.find((page) => page.id === id) ?? null;

/** The first of `name`, `name2`, `name3` that is free. */
function firstFree(name: string, isTaken: (id: string) => boolean): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? name : `${name}${n}`;
    if (!isTaken(id)) return id;
  }
}
const wordsOf = (label: string): string[] => fold(label).match(/[a-z0-9]+/g) ?? [];

/** The values that options are kept by, and fields by their answers: "Họ và tên" becomes hoVaTen. */
export function idOfWords(label: string, isTaken: (id: string) => boolean): string {
  const [first = "", ...others] = wordsOf(label);
  const camel = (first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")).slice(0, 40);
  const name = /^[a-z]/.test(camel) ? camel : `muc${camel}`;
  // Answers are looked up in plain objects, which have names of their own.
  return firstFree(name.length > 1 ? name : `${name}1`, (id) => isTaken(id) || id in {});
}

/** A stable id for a new field, made of its label; no field or paper of the procedure has it. */
export function newFieldId(sketch: Sketch, label: string, alsoTaken: readonly string[] = []): string {
  const taken = new Set([...fieldPlaces(sketch).map(({ field }) => field.id), ...alsoTaken]);
  for (const { id } of sketch.requirements) taken.add(id);
  return idOfWords(label, (id) => taken.has(id));
}

/** The word that stands in a page's address: "Thông tin trẻ" becomes thong-tin-tre. */
export function newPageId(sketch: Sketch, title: string): string {
  const taken = new Set(sketch.form.pages.map(({ id }) => id));
  const slug = wordsOf(title).join("-").slice(0, 34).replace(/-$/, "");
  return firstFree(/^[a-z]/.test(slug) ? slug : `trang${slug && `-${slug}`}`, (id) => taken.has(id));
}

const withPages = (sketch: Sketch, pages: FormPage[]): Sketch => ({ ...sketch, form: { ...sketch.form, pages } });

/** Neighbours changed over; the first does not go up, nor the last down. */
function moved<T extends { id: string }>(items: readonly T[], id: string, by: -1 | 1): T[] {
  const from = items.findIndex((item) => item.id === id);
  const to = from + by;
  const [one, other] = [items[from], items[to]];
  if (!one || !other) return [...items];
  return items.map((item, at) => (at === from ? other : at === to ? one : item));
}

export const addPage = (sketch: Sketch, page: FormPage): Sketch => withPages(sketch, [...sketch.form.pages, page]);
export const changePage = (sketch: Sketch, id: string, change: (page: FormPage) => FormPage): Sketch =>
  withPages(
    sketch,
    sketch.form.pages.map((page) => (page.id === id ? change(page) : page)),
  );
export const movePage = (sketch: Sketch, id: string, by: -1 | 1): Sketch =>
  withPages(sketch, moved(sketch.form.pages, id, by));
export const removePage = (sketch: Sketch, id: string): Sketch =>
  withPages(
    sketch,
    sketch.form.pages.filter((page) => page.id !== id),
  );

/** Changes the list of fields in which this one stands. */
function amongSiblings(sketch: Sketch, id: string, change: (fields: Field[]) => Field[]): Sketch {
  const isHere = (fields: readonly Field[]) => fields.some((field) => field.id === id);
  return withPages(
    sketch,
    sketch.form.pages.map((page) => ({
      ...page,
      fields: isHere(page.fields)
        ? change(page.fields)
        : page.fields.map((field) => (isHere(fieldsIn(field)) ? withFields(field, change(fieldsIn(field))) : field)),
    })),
  );
}

/** Puts a field at the end of a page or of a group's rows. */
export const addField = (sketch: Sketch, at: { page: string } | { group: string }, field: Field): Sketch =>
  "page" in at
    ? changePage(sketch, at.page, (page) => ({ ...page, fields: [...page.fields, field] }))
    : amongSiblings(sketch, at.group, (fields) =>
        fields.map((one) => (one.id === at.group ? withFields(one, [...fieldsIn(one), field]) : one)),
      );
export const changeField = (sketch: Sketch, id: string, change: (field: Field) => Field): Sketch =>
  amongSiblings(sketch, id, (fields) => fields.map((field) => (field.id === id ? change(field) : field)));
export const moveField = (sketch: Sketch, id: string, by: -1 | 1): Sketch =>
  amongSiblings(sketch, id, (fields) => moved(fields, id, by));
export const removeField = (sketch: Sketch, id: string): Sketch =>
  amongSiblings(sketch, id, (fields) => fields.filter((field) => field.id !== id));

/** Puts a field of a page at the end of another page; one of a group stays where its rows are. */
export function moveFieldTo(sketch: Sketch, id: string, pageId: string): Sketch {
  const place = findField(sketch, id);
  if (!place || place.group || place.page.id === pageId || !findPage(sketch, pageId)) return sketch;
  return addField(removeField(sketch, id), { page: pageId }, place.field);
}

/** A copy behind the original, under ids of its own; it keeps conditions and settings. */
export function duplicateField(sketch: Sketch, id: string): Sketch {
  const place = findField(sketch, id);
  if (!place) return sketch;
  const given: string[] = [];
  const newId = (label: string): string => {
    const made = newFieldId(sketch, label, given);
    given.push(made);
    return made;
  };
  const copy = { ...place.field, id: newId(place.field.label.vi) };
  const inner = fieldsIn(copy);
  const ids = new Map(inner.map((field) => [field.id, newId(field.label.vi)]));
  // Questions of a row ask one another by id.
  const renamed = JSON.parse(JSON.stringify(inner), (_key, value: unknown) =>
    typeof value === "string" ? (ids.get(value) ?? value) : value,
  ) as Field[];
  const whole = inner.length > 0 ? withFields(copy, renamed) : copy;
  return amongSiblings(sketch, id, (fields) => fields.flatMap((field) => (field.id === id ? [field, whole] : [field])));
}
