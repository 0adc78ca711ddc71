import { type Field, fieldsOf, fieldTypes } from "#procedures/index.ts";
import { fieldPlaces, fieldsIn } from "./form.ts";
import type { Sketch } from "./sketch.ts";

/** What needs a field: the condition or setting of another, a page, a paper, a fee, whose dossier it is. */
export type Referrer = {
  kind: "condition" | "setting" | "page" | "requirement" | "fee" | "owner";
  name: string;
  path: (string | number)[];
};

const named = (field: Field): string[] => {
  const type = fieldTypes[field.type];
  const settings = type?.settings.safeParse(field.settings);
  const ids = settings?.success ? (type?.fieldsNamed?.(settings.data) ?? []) : [];
  return ids.flatMap((id) => [id, id.split(".").at(-1) ?? "", id.split(".")[0] ?? ""]);
};

/** Everything that names these fields and would stand without them when they are removed. */
function referrersOfIds(sketch: Sketch, gone: ReadonlySet<string>): Referrer[] {
  const isAsked = (ids: readonly (string | undefined)[]) => ids.some((id) => id !== undefined && gone.has(id));
  const ofFields = fieldPlaces(sketch)
    .filter(({ field }) => !gone.has(field.id))
    .flatMap(({ field, path }): Referrer[] => [
      ...(isAsked([...fieldsOf(field.showWhen), ...fieldsOf(field.prefillWhen)])
        ? [{ kind: "condition", name: field.label.vi, path } as const]
        : []),
      ...(isAsked(named(field)) ? [{ kind: "setting", name: field.label.vi, path } as const] : []),
    ]);
  const ofPages = sketch.form.pages.flatMap(({ showWhen, title }, at): Referrer[] =>
    isAsked(fieldsOf(showWhen)) ? [{ kind: "page", name: title.vi, path: ["form", "pages", at] }] : [],
  );
  const ofPapers = sketch.requirements.flatMap(({ when, name }, at): Referrer[] =>
    isAsked(fieldsOf(when)) ? [{ kind: "requirement", name: name.vi, path: ["requirements", at] }] : [],
  );
  const ofFees = sketch.fees.flatMap(({ when, countedBy, name }, at): Referrer[] =>
    isAsked([...fieldsOf(when), countedBy]) ? [{ kind: "fee", name: name.vi, path: ["fees", at] }] : [],
  );
  const ofOwner: Referrer[] =
    sketch.owner !== "applicant" && isAsked(Object.values(sketch.owner))
      ? [{ kind: "owner", name: "", path: ["owner"] }]
      : [];
  return [...ofFields, ...ofPages, ...ofPapers, ...ofFees, ...ofOwner];
}

/** What refers to a field, or to a question of its rows. */
export function referrersOf(sketch: Sketch, id: string): Referrer[] {
  const field = fieldPlaces(sketch).find((place) => place.field.id === id)?.field;
  return referrersOfIds(sketch, new Set([id, ...(field ? fieldsIn(field).map((inner) => inner.id) : [])]));
}

/** What refers to any field of a page, from outside it. */
export function referrersOfPage(sketch: Sketch, pageId: string): Referrer[] {
  const here = new Set(fieldPlaces(sketch).flatMap(({ field, page }) => (page.id === pageId ? [field.id] : [])));
  const at = sketch.form.pages.findIndex(({ id }) => id === pageId);
  return referrersOfIds(sketch, here).filter(({ kind, path }) => kind !== "page" || path[2] !== at);
}
