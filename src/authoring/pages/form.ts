import type { EmptyState, Input, Link, LinkButton, SubNavigation, Tag } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import { type Condition, type Field, type FormPage, fieldTypes } from "#procedures/index.ts";
import { text } from "../inputs/conditions.ts";
import { paths } from "../paths.ts";
import type { Change, Manuscript } from "../queries.ts";
import { fieldPlaces, fieldsIn, type Problem, problemsOf } from "../rules.ts";
import { sayCondition } from "./conditions.ts";
import { type Framed, framedPage } from "./frame.ts";
import type { Preview } from "./preview.ts";

/** The buttons of something that is moved; `id` names them, so that the focus finds them again. */
type Moves = { action: string; id: string; about: string; up: boolean; down: boolean; duplicate: boolean };
export type FieldRow = {
  id: string;
  label: string;
  about: string;
  tag: Tag;
  when: string | null;
  problems: readonly string[];
  moves: Moves;
  edit: Link;
  remove: Link;
  /** Of a repeated group: its questions, and where one is added. */
  rows: { fields: readonly FieldRow[]; empty: string | null; add: Link } | null;
};
export type PageRow = {
  id: string;
  title: string;
  count: string;
  when: string | null;
  problems: readonly string[];
  moves: Moves;
  open: Link;
  remove: Link;
};
export type FormOverview = Framed & {
  take: LinkButton;
  pages: readonly PageRow[];
  empty: EmptyState | null;
  add: { action: string; legend: string; controls: readonly Input[]; button: string };
};
export type FormPageShown = Framed & {
  nav: SubNavigation;
  when: string | null;
  problems: readonly string[];
  edit: Link;
  overview: Link;
  fields: readonly FieldRow[];
  empty: EmptyState | null;
  add: Link;
  preview: Preview;
};
declare module "#platform/render.ts" {
  interface Views {
    "authoring/form": FormOverview;
    "authoring/form-page": FormPageShown;
    "authoring/_form-field": { field: FieldRow; seen: string };
    "authoring/_moves": { moves: Moves; seen: string };
  }
}

const isAt = (path: readonly PropertyKey[], whole: readonly PropertyKey[]): boolean =>
  whole.every((key, at) => path[at] === key);

const say = (problems: readonly Problem[]): string[] => [...new Set(problems.map(({ message }) => message))];

const whenOf = (condition: Condition | undefined, fields: readonly Field[], t: Translate): string | null =>
  condition ? t("authoring.form.shownWhen", { condition: sayCondition(condition, fields, t) }) : null;

/** The list of a form's pages, where they are added, moved and left out. */
export function formOverview(
  manuscript: Manuscript,
  t: Translate,
  more: { values?: Readonly<Record<string, unknown>>; errors?: FieldErrors; since?: readonly Change[] | null } = {},
): FormOverview {
  const { id, sketch } = manuscript;
  const { values = {}, errors = {} } = more;
  const problems = problemsOf(sketch).filter(({ section }) => section === "form");
  const fields = fieldPlaces(sketch).map(({ field }) => field);
  const { pages } = sketch.form;
  const shownError = (name: string): string | null => {
    const error = errors[name];
    return error ? t(error.key, error.params) : null;
  };
  return {
    ...framedPage(
      manuscript,
      "form",
      {
        title: t("authoring.form.title"),
        lead: t(manuscript.state === "open" ? "authoring.form.lead" : "authoring.form.closed"),
        since: more.since ?? null,
        problems: Object.keys(errors).map((name) => ({ href: `#${name}`, text: shownError(name) ?? "" })),
      },
      t,
    ),
    pages: pages.map((page, at) => ({
      id: `trang-${page.id}`,
      title: page.title.vi,
      count: t("authoring.form.count", { count: page.fields.length }),
      when: whenOf(page.showWhen, fields, t),
      problems: say(problems.filter(({ path }) => isAt(path, ["form", "pages", at]))),
      moves: {
        action: `${paths.formPage(id, page.id)}/chuyen`,
        id: page.id,
        about: page.title.vi,
        up: at > 0,
        down: at < pages.length - 1,
        duplicate: false,
      },
      open: { href: paths.formPage(id, page.id), text: t("authoring.form.open") },
      remove: { href: paths.formPageRemove(id, page.id), text: t("authoring.form.removePage") },
    })),
    empty: pages.length === 0 ? { title: t("authoring.form.empty"), text: t("authoring.form.emptyText") } : null,
    take: { text: t("authoring.library.take"), href: paths.formTake(id), kind: "secondary" },
    add: {
      action: paths.form(id),
      legend: t("authoring.form.addPage"),
      controls: [
        {
          name: "title.vi",
          label: t("authoring.form.pageTitle"),
          value: text(values, "title.vi"),
          error: shownError("title.vi"),
        },
        {
          name: "title.en",
          label: t("authoring.form.pageTitleEn"),
          value: text(values, "title.en"),
          error: shownError("title.en"),
          required: false,
        },
      ],
      button: t("authoring.form.addPage"),
    },
  };
}

type Listed = { manuscript: Manuscript; fields: readonly Field[]; problems: readonly Problem[]; t: Translate };

function rowOf(
  field: Field,
  path: readonly PropertyKey[],
  [at, last]: readonly [number, number],
  listed: Listed,
): FieldRow {
  const { manuscript, fields, problems, t } = listed;
  const { id } = manuscript;
  const inner = fieldsIn(field);
  const isGroup = "fields" in field.settings;
  const innerPath = [...path, "settings", "fields"];
  const asks = fieldTypes[field.type]?.asks === true;
  return {
    id: `cau-hoi-${field.id}`,
    label: field.label.vi,
    about: Object.hasOwn(fieldTypes, field.type)
      ? t(`fields.types.${field.type}.name` as MessageKey)
      : t("authoring.form.unknownType"),
    tag: {
      text: t(asks ? (field.required ? "authoring.form.required" : "authoring.form.optional") : "authoring.form.fixed"),
      tone: field.required && asks ? "progress" : "neutral",
    },
    when: whenOf(field.showWhen, fields, t),
    problems: say(
      problems.filter(
        (one) => isAt(one.path, path) && !(isAt(one.path, innerPath) && one.path.length > innerPath.length),
      ),
    ),
    moves: {
      action: paths.fieldMove(id, field.id),
      id: field.id,
      about: field.label.vi,
      up: at > 0,
      down: at < last,
      duplicate: true,
    },
    edit: { href: paths.field(id, field.id), text: t("authoring.form.edit") },
    remove: { href: paths.fieldRemove(id, field.id), text: t("authoring.form.remove") },
    rows: isGroup
      ? {
          fields: inner.map((one, i) => rowOf(one, [...innerPath, i], [i, inner.length - 1], listed)),
          empty: inner.length === 0 ? t("authoring.form.noRows") : null,
          add: { href: paths.groupAdd(id, field.id), text: t("authoring.form.addInGroup") },
        }
      : null,
  };
}

/** One page of a form: its questions in order, and beside them what the citizen will see. */
export function formPageShown(
  manuscript: Manuscript,
  page: FormPage,
  preview: Preview,
  t: Translate,
  since: readonly Change[] | null = null,
): FormPageShown {
  const { id, sketch } = manuscript;
  const at = sketch.form.pages.findIndex((one) => one.id === page.id);
  const problems = problemsOf(sketch).filter(({ path }) => isAt(path, ["form", "pages", at]));
  const fields = fieldPlaces(sketch).map(({ field }) => field);
  const listed = { manuscript, fields, problems, t };
  return {
    ...framedPage(
      manuscript,
      "form",
      {
        title: page.title.vi,
        lead: page.intro?.vi ?? null,
        since,
        back: { href: paths.form(id), text: t("authoring.form.backToForm") },
      },
      t,
    ),
    nav: {
      label: t("authoring.form.pages"),
      items: sketch.form.pages.map((one) => ({
        text: one.title.vi,
        href: paths.formPage(id, one.id),
        current: one.id === page.id,
      })),
    },
    when: whenOf(page.showWhen, fields, t),
    problems: say(problems.filter(({ path }) => path[3] !== "fields" || path.length === 4)),
    edit: { href: paths.formPageEdit(id, page.id), text: t("authoring.form.editPage") },
    overview: { href: paths.form(id), text: t("authoring.form.pages") },
    fields: page.fields.map((field, i) =>
      rowOf(field, ["form", "pages", at, "fields", i], [i, page.fields.length - 1], listed),
    ),
    empty:
      page.fields.length === 0 ? { title: t("authoring.form.noFields"), text: t("authoring.form.noFieldsText") } : null,
    add: { href: paths.formAdd(id, page.id), text: t("authoring.form.addField") },
    preview,
  };
}
