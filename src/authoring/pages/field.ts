import type { Button, Details, Link, Part, SummaryList, Textarea } from "#platform/components.ts";
import { part } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import { FAMILIES, type Field, type FieldType, type FormPage, fieldTypes } from "#procedures/index.ts";
import { conditionValues, text } from "../inputs/conditions.ts";
import { prefillsOf } from "../inputs/form.ts";
import { settingValues } from "../inputs/settings.ts";
import { paths } from "../paths.ts";
import type { Change, Manuscript } from "../queries.ts";
import { type Candidate, fieldPlaces, type Referrer } from "../rules.ts";
import { conditionEditor, sayCondition } from "./conditions.ts";
import { type Framed, framedPage } from "./frame.ts";
import { settingParts } from "./settings.ts";

type Values = Readonly<Record<string, unknown>>;
/** A form of parts: a page, a question, with what others saved meanwhile. */
export type PartsForm = Framed & {
  action: string;
  standing: Details | null;
  parts: readonly Part[];
  note: string | null;
  buttons: readonly Button[];
  cancel: Link;
};
export type TypesPage = Framed & {
  families: readonly { title: string; types: readonly { href: string; name: string; about: string }[] }[];
};
export type RemovePage = Framed & {
  action: string;
  text: string;
  refers: { text: string; items: readonly { text: string; href: string }[] } | null;
  button: Button;
  cancel: Link;
};
declare module "#platform/render.ts" {
  interface Views {
    "authoring/form-edit": PartsForm;
    "authoring/form-types": TypesPage;
    "authoring/form-remove": RemovePage;
  }
}

/** What a form shows: as it stands or as it was typed, with what is wrong, and what others did since. */
export type Shown = { values: Values; errors: FieldErrors; since?: readonly Change[] | null };

const errorAt = ({ errors }: Shown, name: string, t: Translate): string | null => {
  const found = errors[name];
  return found ? t(found.key, found.params) : null;
};
const links = ({ errors }: Shown, t: Translate): Link[] =>
  Object.entries(errors).map(([name, { key, params }]) => ({ href: `#${name}`, text: t(key, params) }));

/** A text in both languages, as a line or several. */
function bothLanguages(
  name: string,
  [vi, en]: readonly [string, string],
  shown: Shown,
  t: Translate,
  more: { rows?: number; hint?: string; required?: boolean } = {},
): Part[] {
  const control = (language: "vi" | "en", label: string): Textarea => ({
    name: `${name}.${language}`,
    label,
    value: text(shown.values, `${name}.${language}`),
    error: errorAt(shown, `${name}.${language}`, t),
    ...(language === "vi" && more.hint ? { hint: more.hint } : {}),
    ...(language === "en" || more.required === false ? { required: false } : {}),
  });
  return [control("vi", vi), control("en", en)].map((one) =>
    more.rows
      ? part("components/textarea", { ...one, rows: more.rows })
      : part("components/input", one as Omit<Textarea, "rows" | "maxLength">),
  );
}

export const pageValues = (page: FormPage): Values => ({
  "title.vi": page.title.vi,
  "title.en": page.title.en ?? "",
  "intro.vi": page.intro?.vi ?? "",
  "intro.en": page.intro?.en ?? "",
  ...conditionValues(page.showWhen, "when"),
});

const standingOf = (rows: SummaryList["rows"], t: Translate): Details => ({
  summary: t("authoring.form.standing"),
  open: true,
  parts: [part("components/summary-list", { rows })],
});

/** Title, introduction and condition of a page. */
export function pageForm(
  manuscript: Manuscript,
  page: FormPage,
  candidates: readonly Candidate[],
  shown: Shown,
  t: Translate,
): PartsForm {
  const here = paths.formPage(manuscript.id, page.id);
  const fields = fieldPlaces(manuscript.sketch).map(({ field }) => field);
  return {
    ...framedPage(
      manuscript,
      "form",
      {
        title: page.title.vi,
        problems: links(shown, t),
        since: shown.since ?? null,
        back: { href: here, text: t("authoring.form.backToPage", { title: page.title.vi }) },
      },
      t,
    ),
    action: paths.formPageEdit(manuscript.id, page.id),
    standing: shown.since
      ? standingOf(
          [
            { key: t("authoring.form.pageTitle"), value: page.title.vi },
            { key: t("authoring.form.intro"), value: page.intro?.vi ?? t("authoring.form.nothing") },
            {
              key: t("authoring.form.when"),
              value: page.showWhen ? sayCondition(page.showWhen, fields, t) : t("authoring.conditions.always"),
            },
          ],
          t,
        )
      : null,
    parts: [
      ...bothLanguages("title", [t("authoring.form.pageTitle"), t("authoring.form.pageTitleEn")], shown, t),
      ...bothLanguages("intro", [t("authoring.form.intro"), t("authoring.form.introEn")], shown, t, {
        rows: 3,
        required: false,
      }),
      part(
        "authoring/_condition",
        conditionEditor(
          "when",
          { text: t("authoring.form.when"), hint: t("authoring.form.whenPageHint") },
          { ...shown, candidates, t },
        ),
      ),
    ],
    note: null,
    buttons: [{ text: t("authoring.form.save") }],
    cancel: { href: here, text: t("authoring.form.cancelEdit") },
  };
}

export const fieldValues = (field: Field, type: FieldType): Values => ({
  "label.vi": field.label.vi,
  "label.en": field.label.en ?? "",
  "hint.vi": field.hint?.vi ?? "",
  "hint.en": field.hint?.en ?? "",
  required: field.required ? "yes" : "",
  prefill: field.prefill ?? "",
  ...settingValues(type, field.settings),
  ...conditionValues(field.showWhen, "when"),
  ...conditionValues(field.prefillWhen, "prefillWhen"),
});

/** A source that knows one person: whether a question is about that one may depend on answers before it. */
const isFromPerson = (prefill: string): boolean => prefill !== "" && prefill !== "earlier";

export type FieldForm = {
  type: FieldType;
  /** null: it is not there yet. */
  field: Field | null;
  page: FormPage;
  group: Field | null;
  candidates: readonly Candidate[];
  siblings: readonly Field[];
};

/** A question: its words, whether it must be answered, what its type asks to be told, and when it is asked. */
export function fieldForm(manuscript: Manuscript, asked: FieldForm, shown: Shown, t: Translate): PartsForm {
  const { type, field, page, group } = asked;
  const { id, sketch } = manuscript;
  const typeName = t(`fields.types.${type.type}.name` as MessageKey);
  const here = `${paths.formPage(id, page.id)}${field ? `#cau-hoi-${field.id}` : ""}`;
  const add = group ? paths.groupAdd(id, group.id) : paths.formAdd(id, page.id);
  const prefills = prefillsOf(type);
  const settings = settingParts(type, { ...shown, siblings: asked.siblings, own: field?.id ?? null, t });
  return {
    ...framedPage(
      manuscript,
      "form",
      {
        title: field ? t("authoring.form.editField") : t("authoring.form.newField", { type: typeName }),
        lead: field ? field.label.vi : t(`fields.types.${type.type}.about` as MessageKey),
        problems: links(shown, t),
        since: shown.since ?? null,
        back: {
          href: field ? here : add,
          text: field ? t("authoring.form.backToPage", { title: page.title.vi }) : t("authoring.form.chooseType"),
        },
      },
      t,
    ),
    action: field ? paths.field(id, field.id) : `${add}?loai=${type.type}`,
    standing: shown.since && field ? standingOf(fieldRows(field, sketch, t), t) : null,
    parts: [
      ...bothLanguages("label", [t("authoring.form.label"), t("authoring.form.labelEn")], shown, t, {
        hint: t("authoring.form.labelHint"),
      }),
      ...bothLanguages("hint", [t("authoring.form.hint"), t("authoring.form.hintEn")], shown, t, { required: false }),
      ...(type.asks
        ? [
            part("components/checkboxes", {
              name: "required",
              label: t("authoring.form.requiredLabel"),
              hideLabel: true,
              values: [text(shown.values, "required")],
              items: [{ value: "yes", text: t("authoring.form.requiredLabel") }],
            }),
          ]
        : []),
      ...(prefills.length > 0
        ? [
            part("components/select", {
              name: "prefill",
              label: t("authoring.form.prefill"),
              value: text(shown.values, "prefill"),
              error: errorAt(shown, "prefill", t),
              placeholder: t("authoring.form.prefillNone"),
              items: prefills.map((one) => ({ value: one, text: t(`authoring.form.prefills.${one}` as MessageKey) })),
            }),
            ...(isFromPerson(text(shown.values, "prefill"))
              ? [
                  part(
                    "authoring/_condition",
                    conditionEditor(
                      "prefillWhen",
                      { text: t("authoring.form.prefillWhen"), hint: t("authoring.form.prefillWhenHint") },
                      { ...shown, candidates: asked.candidates, t },
                    ),
                  ),
                ]
              : []),
          ]
        : []),
      ...(settings.length > 0
        ? [part("components/fieldset", { legend: t("authoring.form.settings"), legendSize: "m", parts: settings })]
        : []),
      part(
        "authoring/_condition",
        conditionEditor(
          "when",
          {
            text: t("authoring.form.when"),
            hint: t(group ? "authoring.form.whenRowHint" : "authoring.form.whenFieldHint"),
          },
          { ...shown, candidates: asked.candidates, t },
        ),
      ),
      ...(field && !group && sketch.form.pages.length > 1
        ? [
            part("components/select", {
              name: "page",
              label: t("authoring.form.page"),
              value: text(shown.values, "page") || page.id,
              items: sketch.form.pages.map((one) => ({ value: one.id, text: one.title.vi })),
            }),
          ]
        : []),
    ],
    note: field ? t("authoring.form.identityText", { id: field.id }) : t("authoring.form.identityNew"),
    buttons: [{ text: t(field ? "authoring.form.save" : "authoring.form.create") }],
    cancel: { href: here, text: t("authoring.form.cancelEdit") },
  };
}

function fieldRows(field: Field, sketch: Manuscript["sketch"], t: Translate): SummaryList["rows"] {
  const fields = fieldPlaces(sketch).map((place) => place.field);
  const { fields: _rows, ...settings } = field.settings;
  return [
    { key: t("authoring.form.label"), value: [field.label.vi, field.label.en ?? ""].filter(Boolean) },
    { key: t("authoring.form.hint"), value: field.hint?.vi ?? t("authoring.form.nothing") },
    {
      key: t("authoring.form.requiredLabel"),
      value: t(field.required ? "authoring.form.required" : "authoring.form.optional"),
    },
    { key: t("authoring.form.settings"), value: saySettings(field, settings, t) },
    {
      key: t("authoring.form.when"),
      value: field.showWhen ? sayCondition(field.showWhen, fields, t) : t("authoring.conditions.always"),
    },
  ];
}

/** A setting a line, as its controls hold it. */
function saySettings(field: Field, settings: Values, t: Translate): string[] {
  const inputs = fieldTypes[field.type]?.inputs ?? [];
  return inputs.flatMap((input) => {
    const value = settings[input.key];
    if (value === undefined) return [];
    const name = t(`fields.settings.${input.text ?? input.key}.label` as MessageKey);
    return [`${name}: ${sayValue(value, t)}`];
  });
}
function sayValue(value: unknown, t: Translate): string {
  if (typeof value === "boolean") return t(value ? "fields.yes" : "fields.no");
  if (Array.isArray(value)) return value.map((one) => sayValue(one, t)).join("; ");
  if (typeof value !== "object" || value === null) return String(value);
  const { vi, label, name } = value as { vi?: unknown; label?: unknown; name?: unknown };
  return sayValue(vi ?? label ?? name ?? "", t);
}

/** The types that a question may be of, by what they are about. */
export function typesPage(
  manuscript: Manuscript,
  page: FormPage,
  group: Field | null,
  t: Translate,
  wrong: boolean,
): TypesPage {
  const { id } = manuscript;
  const add = group ? paths.groupAdd(id, group.id) : paths.formAdd(id, page.id);
  const offered = Object.values(fieldTypes).filter((type) => !group || !(type.holdsFields || type.answeredElsewhere));
  return {
    ...framedPage(
      manuscript,
      "form",
      {
        title: t("authoring.form.chooseType"),
        lead: t("authoring.form.chooseTypeLead"),
        problems: wrong ? [{ href: "#loai", text: t("authoring.form.errors.type") }] : [],
        back: {
          href: paths.formPage(id, page.id),
          text: t("authoring.form.backToPage", { title: page.title.vi }),
        },
      },
      t,
    ),
    families: FAMILIES.map((family) => ({
      title: t(`fields.families.${family}`),
      types: offered
        .filter((type) => type.family === family)
        .map(({ type }) => ({
          href: `${add}?loai=${type}`,
          name: t(`fields.types.${type}.name` as MessageKey),
          about: t(`fields.types.${type}.about` as MessageKey),
        })),
    })).filter(({ types }) => types.length > 0),
  };
}

/** Asks before something of the form is left out, and names what refers to it. */
export function removePage(
  manuscript: Manuscript,
  asked: { title: string; text: string; action: string; back: string; referrers: readonly Referrer[] },
  t: Translate,
  since: readonly Change[] | null = null,
): RemovePage {
  const hrefOf = ({ kind, path }: Referrer): string => {
    const { id, sketch } = manuscript;
    const place = fieldPlaces(sketch).find((one) => one.path.join() === path.join());
    if (place) return paths.field(id, place.field.id);
    const page = kind === "page" ? sketch.form.pages[Number(path[2])] : undefined;
    if (page) return paths.formPageEdit(id, page.id);
    return paths.part(id, kind === "requirement" ? "requirements" : kind === "fee" ? "terms" : "filing");
  };
  return {
    ...framedPage(
      manuscript,
      "form",
      { title: asked.title, since, back: { href: asked.back, text: t("authoring.form.cancel") } },
      t,
    ),
    action: asked.action,
    text: asked.text,
    refers:
      asked.referrers.length > 0
        ? {
            text: t("authoring.form.removeRefers"),
            items: asked.referrers.map((one) => ({
              text: t(`authoring.form.referrers.${one.kind}`, { name: one.name }),
              href: hrefOf(one),
            })),
          }
        : null,
    button: { text: t("authoring.form.removeConfirm"), kind: "warning" },
    cancel: { href: asked.back, text: t("authoring.form.cancel") },
  };
}
