import { z } from "zod";
import type { FieldError } from "#platform/form.ts";
import { type AnswerValues, fieldsOf, holds } from "../conditions.ts";
import type { Control, FieldContext, FieldType, Look, Submitted } from "./contract.ts";
import { Field, pick, Text } from "./contract.ts";
import { stateCondition } from "./controls.ts";
import { type Row, rowsOf } from "./rows.ts";
import { frame, labelOf, readText, shownText } from "./submitted.ts";

const MOST_ROWS = 50;
const Settings = z.strictObject({
  fields: z.array(Field).min(1),
  min: z.int().min(0).max(MOST_ROWS).default(0),
  max: z.int().min(1).max(MOST_ROWS).default(20),
  /** What a row is: "Người con", "Thành viên". */
  itemLabel: Text.optional(),
  addLabel: Text.optional(),
});
export type GroupSettings = z.output<typeof Settings>;

/** Ids of the rows that a form shows, from its hidden control; strange ones are left out. */
export const submittedRows = (submitted: Submitted, name: string): string[] => [
  ...new Set(
    shownText(submitted, `${name}.rows`)
      .slice(0, 1000)
      .split(" ")
      .filter((id) => /^r\d{1,4}$/.test(id)),
  ),
];
const nextRow = (ids: readonly string[]): string => `r${Math.max(0, ...ids.map((id) => Number(id.slice(1)))) + 1}`;

/** The form as it stands after "add" or "remove" of this group was pressed; null when neither was. */
export function changedRows(submitted: Submitted, name: string, settings: GroupSettings): Submitted | null {
  const ids = submittedRows(submitted, name);
  if (Object.hasOwn(submitted, `add:${name}`) && ids.length < settings.max)
    return { ...submitted, [`${name}.rows`]: [...ids, nextRow(ids)].join(" ") };
  const removed = ids.find((id) => Object.hasOwn(submitted, `remove:${name}:${id}`));
  return removed || Object.hasOwn(submitted, `add:${name}`)
    ? { ...submitted, [`${name}.rows`]: ids.filter((id) => id !== removed).join(" ") }
    : null;
}

const rowControls = (row: string, look: Look, settings: GroupSettings, types: Types, context: FieldContext) => {
  const inRow = new Set(settings.fields.map((field) => field.id));
  return settings.fields.map((field) => {
    const type = typeOf(types, field);
    const control: Control = type.control(
      { ...look, name: `${look.name}.${row}.${field.id}` },
      type.settings.parse(field.settings),
      field,
      context,
    );
    const asked = fieldsOf(field.showWhen).some((id) => inRow.has(id));
    return { control, showWhen: asked ? stateCondition(field.showWhen, `${look.name}.${row}.`) : null };
  });
};

type Types = Readonly<Record<string, FieldType>>;
const typeOf = (types: Types, field: Field): FieldType => {
  const type = types[field.type];
  if (!type) throw new Error(`field type "${field.type}" is not known inside a group`);
  return type;
};

/** Fields of a row that its own values show; answers of the others are dropped. */
export function shownRowFields(settings: GroupSettings, values: AnswerValues): Field[] {
  let kept: Record<string, unknown> = { ...values };
  for (;;) {
    const hidden = settings.fields.filter((field) => field.id in kept && !holds(field.showWhen, kept));
    if (hidden.length === 0) return settings.fields.filter((field) => holds(field.showWhen, kept));
    const gone = new Set(hidden.map((field) => field.id));
    kept = Object.fromEntries(Object.entries(kept).filter(([id]) => !gone.has(id)));
  }
}

/**
 * Rows of the same questions: children, members, plots. The answer is [{ id, values }]. A condition inside a row looks
 * at the row alone. Made from the simple types, because a group in a group would ask too much of a person.
 */
export const groupOf = (types: Types): FieldType<GroupSettings> => ({
  type: "group",
  family: "structure",
  inputs: [
    { key: "min", text: "minRows", kind: "number" },
    { key: "max", text: "maxRows", kind: "number" },
    { key: "itemLabel", kind: "words" },
    { key: "addLabel", kind: "words" },
  ],
  holdsFields: true,
  asks: true,
  settings: Settings.superRefine(({ fields, min, max }, context) => {
    const issue = (message: string) => context.addIssue({ code: "custom", message });
    if (min > max) issue("Số mục ít nhất không được lớn hơn số mục nhiều nhất");
    for (const field of fields) {
      const type = types[field.type];
      if (!type) issue(`field "${field.id}" has type "${field.type}", which a group cannot hold`);
      else if (type.answeredElsewhere) issue(`field "${field.id}": a group cannot hold an upload or a computed value`);
      const settings = type?.settings.safeParse(field.settings);
      if (settings && !settings.success) issue(`settings of field "${field.id}": ${z.prettifyError(settings.error)}`);
    }
  }),
  missing: { key: "fields.errors.addRow", at: ".add" },
  parse(submitted, name, settings, field, context) {
    const label = labelOf(field, context);
    const sent = readText(submitted, `${name}.rows`, 1000, label);
    const ids = sent.ok ? submittedRows(submitted, name) : [];
    const errors: Record<string, FieldError> = {};
    const rows: Row[] = [];
    for (const id of ids) {
      const values: Record<string, unknown> = {};
      const wrong: Record<string, Record<string, FieldError>> = {};
      const at = (inner: Field) => `${name}.${id}.${inner.id}`;
      for (const inner of settings.fields) {
        const type = typeOf(types, inner);
        const parsed = type.parse(submitted, at(inner), type.settings.parse(inner.settings), inner, context);
        if (!parsed.ok) wrong[inner.id] = { ...parsed.errors };
        else if (parsed.value !== undefined) values[inner.id] = parsed.value;
      }
      const shown = shownRowFields(settings, values);
      const kept = Object.fromEntries(shown.filter((f) => f.id in values).map((f) => [f.id, values[f.id]]));
      for (const inner of shown) {
        const type = typeOf(types, inner);
        const told = { label: labelOf(inner, context) };
        if (wrong[inner.id]) Object.assign(errors, wrong[inner.id]);
        else if (kept[inner.id] === undefined && inner.required && type.asks)
          errors[at(inner) + (type.missing.at ?? "")] = { key: type.missing.key, params: told };
        else
          Object.assign(
            errors,
            type.check?.(kept[inner.id], at(inner), type.settings.parse(inner.settings), inner, kept, context) ?? {},
          );
      }
      rows.push({ id, values: kept });
    }
    if (rows.length > settings.max)
      errors[`${name}.add`] = { key: "fields.errors.rowsMax", params: { label, max: settings.max } };
    else if (rows.length < settings.min)
      errors[`${name}.add`] = { key: "fields.errors.rowsMin", params: { label, min: settings.min } };
    if (Object.keys(errors).length > 0) return { ok: false, errors };
    return { ok: true, value: rows.length > 0 ? rows : undefined };
  },
  submit(answer, name, settings) {
    const rows = rowsOf(answer);
    const values = rows.flatMap((row) =>
      settings.fields.map((field) => {
        const type = typeOf(types, field);
        return type.submit(row.values[field.id], `${name}.${row.id}.${field.id}`, type.settings.parse(field.settings));
      }),
    );
    return Object.assign({ [`${name}.rows`]: rows.map((row) => row.id).join(" ") }, ...values);
  },
  display(answer, settings, _field, context) {
    return rowsOf(answer).map((row, i) => {
      const cells = settings.fields
        .map((field) => {
          const type = typeOf(types, field);
          const lines = type.display(row.values[field.id], type.settings.parse(field.settings), field, context);
          return lines.length > 0 ? `${labelOf(field, context)}: ${lines.join(", ")}` : "";
        })
        .filter(Boolean);
      return `${title(settings, i, context)}. ${cells.join("; ")}`;
    });
  },
  control(look, settings, field, context) {
    const base = frame(look, field, context);
    const sent = submittedRows(look.values, look.name);
    const ids = [...sent];
    while (ids.length < settings.min) ids.push(nextRow(ids));
    return {
      kind: "group",
      name: look.name,
      label: base.label,
      hint: base.hint,
      error: base.error ?? look.errors[`${look.name}.add`] ?? null,
      rowsName: `${look.name}.rows`,
      rowsValue: ids.join(" "),
      rows: ids.map((id, i) => ({
        id,
        title: title(settings, i, context),
        controls: rowControls(id, look, settings, types, context),
        remove:
          ids.length > settings.min
            ? {
                text: context.t("fields.group.remove"),
                kind: "secondary",
                name: `remove:${look.name}:${id}`,
                value: "1",
                novalidate: true,
              }
            : null,
      })),
      add:
        ids.length < settings.max
          ? {
              text: settings.addLabel ? pick(settings.addLabel, context.language) : context.t("fields.group.add"),
              kind: "secondary",
              name: `add:${look.name}`,
              value: "1",
              novalidate: true,
            }
          : null,
    };
  },
});

const title = (settings: GroupSettings, i: number, { t, language }: FieldContext): string =>
  settings.itemLabel
    ? t("fields.group.numbered", { item: pick(settings.itemLabel, language), number: i + 1 })
    : t("fields.group.item", { number: i + 1 });
