import { type Field, type FormPage, fieldsOf } from "#procedures/index.ts";
import { addPage, fieldPlaces, fieldsIn, newFieldId, newPageId } from "./form.ts";
import type { Sketch } from "./sketch.ts";

export const SOUGHT = ["fieldType", "field", "paper", "role", "agency"] as const;
/** What procedures are looked through for. */
export type Sought = (typeof SOUGHT)[number];

/** How types, roles and agencies are called where they are looked for. */
export type LibraryWords = {
  typeName(type: string): string;
  roleName(role: string): string;
  agencyName(agency: Sketch["workflow"]["steps"][number]["agency"]): string;
};
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
