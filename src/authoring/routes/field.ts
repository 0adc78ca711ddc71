import { type Request, type Response, Router } from "express";
import { emptyForm } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { type Field, type FormPage, fieldTypes } from "#procedures/index.ts";
import { pressedInCondition } from "../inputs/conditions.ts";
import { readFieldForm } from "../inputs/form.ts";
import { pressedInSettings, settingValues } from "../inputs/settings.ts";
import { type FieldForm, fieldForm, fieldValues, removePage, type Shown, typesPage } from "../pages/field.ts";
import { formOverview } from "../pages/form.ts";
import { paths } from "../paths.ts";
import type { Change, Manuscript } from "../queries.ts";
import {
  addField,
  candidatesFor,
  changeField,
  duplicateField,
  type FieldPlace,
  fieldsIn,
  findField,
  moveField,
  moveFieldTo,
  referrersOf,
  removeField,
  type Sketch,
} from "../rules.ts";
import { openManuscript, param, sentBy, step, textIn, words } from "./asking.ts";
import { pageIn, showPage } from "./form.ts";

/** The questions of a form: of its pages, and of the rows of a repeated group. */
export const routes = Router();
const AT = "/soan/:id/to-khai";
const FIELD = `${AT}/cau-hoi/:field`;

/** Where a new question will stand. */
type Spot = { page: FormPage; group: Field | null };
const isOffered = (type: string, { group }: Spot): boolean => {
  const known = Object.hasOwn(fieldTypes, type) ? fieldTypes[type] : undefined;
  return known !== undefined && !(group && (known.holdsFields || known.answeredElsewhere));
};

const besideOf = (sketch: Sketch, group: Field | null): Field[] =>
  group ? fieldsIn(group) : sketch.form.pages.flatMap(({ fields }) => fields);

/** The form of a question that is not there yet: what it may ask is judged as if it stood last. */
function newField(sketch: Sketch, { page, group }: Spot, typeName: string): FieldForm {
  const type = fieldTypes[typeName];
  if (!type) throw notFound();
  const last: Field = { id: "", type: typeName, label: { vi: "" }, required: true, settings: {} };
  const after = addField(sketch, group ? { group: group.id } : { page: page.id }, last);
  const candidates = candidatesFor(after, { field: "" }).filter(({ field }) => field.id !== "");
  return { type, field: null, page, group, candidates, siblings: besideOf(sketch, group) };
}

/** The form of a question that stands; null for one of an unknown type, which can only be left out. */
function standingField(sketch: Sketch, { field, page, group }: FieldPlace): FieldForm | null {
  const type = Object.hasOwn(fieldTypes, field.type) ? fieldTypes[field.type] : undefined;
  if (!type) return null;
  const candidates = candidatesFor(sketch, { field: field.id });
  return { type, field, page, group, candidates, siblings: besideOf(sketch, group) };
}

const placeIn = (sketch: Sketch, id: string): FieldPlace => {
  const place = findField(sketch, id);
  if (!place) throw notFound();
  return place;
};

const showField = (res: Response, manuscript: Manuscript, asked: FieldForm, shown: Shown): void =>
  render(res, "authoring/form-edit", fieldForm(manuscript, asked, shown, words(res)));

function spotOf(req: Request, sketch: Sketch): Spot {
  const groupId = param(req, "group");
  if (groupId === "") return { page: pageIn(sketch, param(req, "page")), group: null };
  const { field, page, group } = placeIn(sketch, groupId);
  if (group || !fieldTypes[field.type]?.holdsFields) throw notFound();
  return { page, group: field };
}

for (const path of [`${AT}/trang/:page/them`, `${AT}/nhom/:group/them`]) {
  routes.get(path, async (req, res) => {
    const manuscript = await openManuscript(req);
    const spot = spotOf(req, manuscript.sketch);
    const type = String(req.query["loai"] ?? "");
    if (isOffered(type, spot)) {
      const asked = newField(manuscript.sketch, spot, type);
      const usual = asked.type.settings.safeParse({}).data as Record<string, unknown> | undefined;
      const values = { required: "yes", ...settingValues(asked.type, usual ?? {}) };
      return showField(res, manuscript, asked, { ...emptyForm, values });
    }
    const isWrong = type !== "";
    const page = typesPage(manuscript, spot.page, spot.group, words(res), isWrong);
    render(res.status(isWrong ? 422 : 200), "authoring/form-types", page);
  });

  routes.post(path, async (req, res) => {
    const manuscript = await openManuscript(req);
    const spot = spotOf(req, manuscript.sketch);
    const typeName = String(req.query["loai"] ?? "");
    if (!isOffered(typeName, spot))
      return render(
        res.status(422),
        "authoring/form-types",
        typesPage(manuscript, spot.page, spot.group, words(res), true),
      );
    const sent = sentBy(req);
    const asked = newField(manuscript.sketch, spot, typeName);
    const pressed =
      pressedInCondition(sent, "when") ??
      pressedInCondition(sent, "prefillWhen") ??
      pressedInSettings(sent, asked.type);
    if (pressed) return showField(res, manuscript, asked, { ...emptyForm, values: pressed });
    const target = { type: asked.type, before: null, candidates: asked.candidates };
    const read = readFieldForm(sent, target, manuscript.sketch);
    if (!read.ok) return showField(res.status(422), manuscript, asked, { values: sent, errors: read.errors });
    const field = read.data;
    const at = spot.group ? { group: spot.group.id } : { page: spot.page.id };
    const changed = await step(req, { did: "fieldAdded", params: { label: field.label.vi } }, (sketch) =>
      addField(sketch, at, field),
    );
    if (changed.ok) {
      leaveNotice(req, "success", words(res)("authoring.form.added", { label: field.label.vi }));
      return redirect(res, `${paths.formPage(manuscript.id, spot.page.id)}#cau-hoi-${field.id}`);
    }
    const latest = await openManuscript(req);
    const now = newField(latest.sketch, spotOf(req, latest.sketch), typeName);
    showField(res.status(409), latest, now, { values: sent, errors: {}, since: changed.since });
  });
}

/** What leaving a question out would touch; of one that has no type the portal knows, why nothing else can be done. */
function showRemoval(res: Response, manuscript: Manuscript, { field, page }: FieldPlace): void {
  const t = words(res);
  const { label, type, id } = field;
  const isKnown = Object.hasOwn(fieldTypes, type);
  const asked = {
    title: t(isKnown ? "authoring.form.removeTitle" : "authoring.form.unknownTitle", { label: label.vi || id }),
    text: t(isKnown ? "authoring.form.removeText" : "authoring.form.unknownText"),
    action: paths.fieldRemove(manuscript.id, id),
    back: `${paths.formPage(manuscript.id, page.id)}#cau-hoi-${id}`,
    referrers: referrersOf(manuscript.sketch, id),
  };
  render(res, "authoring/form-remove", removePage(manuscript, asked, t));
}

routes.get(FIELD, async (req, res) => {
  const manuscript = await openManuscript(req);
  const place = placeIn(manuscript.sketch, param(req, "field"));
  const asked = standingField(manuscript.sketch, place);
  if (!asked?.field) return showRemoval(res, manuscript, place);
  const values = fieldValues(asked.field, asked.type);
  // What is wrong with a question that stands says so where it stands.
  const target = { type: asked.type, before: asked.field, candidates: asked.candidates };
  const read = readFieldForm(values, target, manuscript.sketch);
  showField(res, manuscript, asked, { values, errors: read.ok ? {} : read.errors });
});

routes.post(FIELD, async (req, res) => {
  const manuscript = await openManuscript(req);
  const place = placeIn(manuscript.sketch, param(req, "field"));
  const asked = standingField(manuscript.sketch, place);
  if (!asked) return showRemoval(res.status(409), manuscript, place);
  const sent = sentBy(req);
  const pressed =
    pressedInCondition(sent, "when") ?? pressedInCondition(sent, "prefillWhen") ?? pressedInSettings(sent, asked.type);
  if (pressed) return showField(res, manuscript, asked, { ...emptyForm, values: pressed });
  const target = { type: asked.type, before: place.field, candidates: asked.candidates };
  const read = readFieldForm(sent, target, manuscript.sketch);
  if (!read.ok) return showField(res.status(422), manuscript, asked, { values: sent, errors: read.errors });
  const field = read.data;
  const pageId = textIn(sent, "page") || place.page.id;
  const changed = await step(req, { did: "fieldChanged", params: { label: field.label.vi } }, (sketch) =>
    moveFieldTo(
      changeField(sketch, field.id, () => field),
      field.id,
      pageId,
    ),
  );
  if (changed.ok) {
    leaveNotice(req, "success", words(res)("authoring.form.saved"));
    const page = place.group ? place.page.id : pageIn(manuscript.sketch, pageId).id;
    return redirect(res, `${paths.formPage(manuscript.id, page)}#cau-hoi-${field.id}`);
  }
  const latest = await openManuscript(req);
  const standing = findField(latest.sketch, field.id);
  const { since } = changed;
  const now = standing && standingField(latest.sketch, standing);
  if (!now) return render(res.status(409), "authoring/form", formOverview(latest, words(res), { since }));
  showField(res.status(409), latest, now, { values: sent, errors: {}, since });
});

const MOVES = {
  len: { did: "fieldMoved", edit: (sketch: Sketch, id: string) => moveField(sketch, id, -1) },
  xuong: { did: "fieldMoved", edit: (sketch: Sketch, id: string) => moveField(sketch, id, 1) },
  nhan: { did: "fieldDuplicated", edit: duplicateField },
} as const;

routes.post(`${FIELD}/chuyen`, async (req, res) => {
  const { id, sketch } = await openManuscript(req);
  const { field, page } = placeIn(sketch, param(req, "field"));
  const asked = textIn(sentBy(req), "viec");
  const move = Object.hasOwn(MOVES, asked) ? MOVES[asked as keyof typeof MOVES] : MOVES.len;
  const changed = await step(req, { did: move.did, params: { label: field.label.vi } }, (now) =>
    move.edit(now, field.id),
  );
  if (changed.ok) return redirect(res, `${paths.formPage(id, page.id)}#cau-hoi-${field.id}`);
  await showConflict(req, res, page.id, changed.since);
});

/** The page as others left it, with what they did; the form where the page is gone, too. */
async function showConflict(req: Request, res: Response, pageId: string, since: readonly Change[]): Promise<void> {
  const latest = await openManuscript(req);
  const page = latest.sketch.form.pages.find((one) => one.id === pageId);
  if (page) return showPage(req, res.status(409), latest, page, since);
  render(res.status(409), "authoring/form", formOverview(latest, words(res), { since }));
}

routes.get(`${FIELD}/xoa`, async (req, res) => {
  const manuscript = await openManuscript(req);
  showRemoval(res, manuscript, placeIn(manuscript.sketch, param(req, "field")));
});

routes.post(`${FIELD}/xoa`, async (req, res) => {
  const { id, sketch } = await openManuscript(req);
  const { field, page } = placeIn(sketch, param(req, "field"));
  const changed = await step(req, { did: "fieldRemoved", params: { label: field.label.vi } }, (now) =>
    removeField(now, field.id),
  );
  if (!changed.ok) return showConflict(req, res, page.id, changed.since);
  leaveNotice(req, "success", words(res)("authoring.form.removed"));
  redirect(res, paths.formPage(id, page.id));
});
