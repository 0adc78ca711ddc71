import { fold } from "#platform/format.ts";
import { type Field, type FormPage, fieldsOf } from "#procedures/index.ts";
import { addPage, fieldPlaces, fieldsIn, newFieldId, newPageId } from "./form.ts";
import type { Section, Sketch } from "./sketch.ts";

export const SOUGHT = ["fieldType", "field", "paper", "role", "agency"] as const;
/** What procedures are looked through for. */
export type Sought = (typeof SOUGHT)[number];

/** How types, roles and agencies are called where they are looked for. */
export type LibraryWords = {
  typeName(type: string): string;
  roleName(role: string): string;
  agencyName(agency: Sketch["workflow"]["steps"][number]["agency"]): string;
};
/** Where a procedure uses it: the part, and what it is called there. */
export type Use = { section: Section; name: string };

/** Where a procedure uses what is looked for: a part of its name, diacritics or not, or its id. */
export function usesIn(sketch: Sketch, sought: Sought, words: string, names: LibraryWords): Use[] {
  const wanted = fold(words.trim());
  if (wanted === "") return [];
  const fits = (...texts: string[]) => texts.some((text) => fold(text).includes(wanted));
  if (sought === "paper")
    return sketch.requirements
      .filter(({ id, name }) => id === words.trim() || fits(name.vi))
      .map(({ name }) => ({ section: "requirements", name: name.vi }));
  if (sought === "role" || sought === "agency")
    return sketch.workflow.steps
      .filter(({ role, agency }) => fits(sought === "role" ? names.roleName(role) : names.agencyName(agency)))
      .map(({ name }) => ({ section: "workflow", name: name.vi }));
  return fieldPlaces(sketch)
    .filter(({ field }) =>
      sought === "fieldType"
        ? field.type === words.trim() || fits(names.typeName(field.type))
        : field.id === words.trim() || fits(field.label.vi),
    )
    .map(({ field }) => ({ section: "form", name: field.label.vi }));
}

/**
 * The form with a page of another procedure at its end, under ids that are free here. What the page asked of questions
 * outside it falls away; where first answers come from stays.
 */
export function withPageOf(sketch: Sketch, page: FormPage): { sketch: Sketch; pageId: string } {
  const all = page.fields.flatMap((field) => [field, ...fieldsIn(field)]);
  const here = new Set(all.map(({ id }) => id));
  const taken = new Set([
    ...fieldPlaces(sketch).map(({ field }) => field.id),
    ...sketch.requirements.map(({ id }) => id),
  ]);
  const given: string[] = [];
  const ids = new Map<string, string>();
  for (const { id, label } of all) {
    const own = taken.has(id) ? newFieldId(sketch, label.vi, [...given, ...here]) : id;
    given.push(own);
    ids.set(id, own);
  }
  const alone = (field: Field): Field => {
    const { showWhen, prefillWhen, ...rest } = field;
    const stays = (condition: typeof showWhen) => condition && fieldsOf(condition).every((id) => here.has(id));
    return {
      ...rest,
      ...(stays(showWhen) ? { showWhen } : {}),
      ...(stays(prefillWhen) ? { prefillWhen } : {}),
    } as Field;
  };
  const renamed = JSON.parse(JSON.stringify(page.fields.map(alone)), (_key, value: unknown) =>
    typeof value === "string" ? (ids.get(value) ?? value) : value,
  ) as Field[];
  const { showWhen: _elsewhere, ...rest } = page;
  const pageId = newPageId(sketch, page.title.vi);
  return { sketch: addPage(sketch, { ...rest, id: pageId, fields: renamed }), pageId };
}
