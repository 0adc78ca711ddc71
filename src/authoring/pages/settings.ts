import { type Part, part } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import type { Field, FieldType, SettingInput } from "#procedures/index.ts";
import { text, texts } from "../inputs/conditions.ts";
import { offeredSiblings, optionRows } from "../inputs/settings.ts";

/** Rows in which the options of a list are written, raised and taken out. */
export type OptionsEditor = {
  id: string;
  legend: string;
  hint: string;
  rowsName: string;
  rowsValue: string;
  rows: readonly {
    value: { name: string; value: string };
    parts: readonly Part[];
    up: { text: string; name: string } | null;
    remove: { text: string; name: string };
  }[];
  add: { text: string; name: string };
};
declare module "#platform/render.ts" {
  interface Views {
    "authoring/_options": OptionsEditor;
  }
}

export type SettingsGiven = {
  values: Readonly<Record<string, unknown>>;
  errors: FieldErrors;
  siblings: readonly Field[];
  own: string | null;
  t: Translate;
};

/** The form in which a type is set up, made of what the type says of its settings. */
export const settingParts = (type: FieldType, given: SettingsGiven): Part[] =>
  (type.inputs ?? []).flatMap((input) => partsOf(input, given));

function partsOf(input: SettingInput, given: SettingsGiven): Part[] {
  const { values, errors, t } = given;
  const name = `set.${input.key}`;
  const said = input.text ?? input.key;
  const hint = t(`fields.settings.${said}.hint` as MessageKey);
  const errorAt = (control: string): string | null => {
    const found = errors[control];
    return found ? t(found.key, found.params) : null;
  };
  const base = {
    name,
    label: t(`fields.settings.${said}.label` as MessageKey),
    hint: hint || null,
    error: errorAt(name),
  };
  const choice = (option: string) => ({ value: option, text: t(`fields.settingChoices.${option}` as MessageKey) });
  const value = text(values, name);
  switch (input.kind) {
    case "number":
      return [part("components/input", { ...base, value, inputmode: "decimal", width: 10, verbatim: true })];
    case "yes_no": {
      const items = [{ value: "yes", text: base.label }];
      return [
        part("components/checkboxes", { ...base, hideLabel: true, items, values: value === "yes" ? ["yes"] : [] }),
      ];
    }
    case "words":
    case "paragraph": {
      const controls = (["vi", "en"] as const).map((language) => ({
        ...base,
        name: `${name}.${language}`,
        label: language === "vi" ? base.label : `${base.label}: ${t("authoring.form.english")}`,
        hint: language === "vi" ? base.hint : null,
        error: errorAt(`${name}.${language}`),
        value: text(values, `${name}.${language}`),
      }));
      return controls.map((control) =>
        input.kind === "words"
          ? part("components/input", control)
          : part("components/textarea", { ...control, rows: 4 }),
      );
    }
    case "choice":
      return [
        part("components/select", {
          ...base,
          value,
          items: input.options.map(choice),
          placeholder: t("authoring.form.chooseSetting"),
        }),
      ];
    case "choices":
      return [
        part("components/checkboxes", {
          ...base,
          values: texts(values, name),
          items: input.options.map(choice),
          small: true,
        }),
      ];
    case "sibling":
    case "siblings": {
      const offered = offeredSiblings(input, given.siblings, given.own);
      const chosen = texts(values, name);
      const lost = chosen.filter((id) => !offered.some((one) => one.value === id));
      const items = [
        ...offered,
        ...lost.map((field) => ({ value: field, text: t("authoring.conditions.gone", { field }) })),
      ];
      if (items.length === 0)
        return [
          part("components/fieldset", {
            id: name,
            legend: base.label,
            hint: t("authoring.form.noSiblings"),
            error: base.error,
            parts: [],
          }),
        ];
      if (input.kind === "siblings")
        return [part("components/checkboxes", { ...base, values: chosen, items, small: true })];
      return [part("components/select", { ...base, value, items, placeholder: t("authoring.form.chooseSetting") })];
    }
    case "lines":
    case "tree":
      return [part("components/textarea", { ...base, value, rows: 10 })];
    case "options":
      return [part("authoring/_options", optionsEditor(name, base, given, errorAt))];
    default:
      return [part("components/input", { ...base, value, width: 20, verbatim: true })];
  }
}

function optionsEditor(
  name: string,
  { label, hint }: { label: string; hint: string | null },
  { values, t }: SettingsGiven,
  errorAt: (control: string) => string | null,
): OptionsEditor {
  const ids = optionRows(values, name);
  return {
    id: name,
    legend: label,
    hint: hint ?? "",
    rowsName: `${name}.rows`,
    rowsValue: ids.join(" "),
    rows: ids.map((id, i) => {
      const at = `${name}.${id}`;
      const number = i + 1;
      const kept = text(values, `${at}.value`);
      return {
        value: { name: `${at}.value`, value: kept },
        parts: [
          part("components/input", {
            name: `${at}.vi`,
            label: t("authoring.form.option", { number }),
            value: text(values, `${at}.vi`),
            error: errorAt(`${at}.vi`),
            ...(kept ? { hint: t("authoring.form.optionKept", { value: kept }) } : {}),
          }),
          part("components/input", {
            name: `${at}.en`,
            label: t("authoring.form.optionEn", { number }),
            value: text(values, `${at}.en`),
            error: errorAt(`${at}.en`),
          }),
        ],
        up: i > 0 ? { text: t("authoring.form.upOption", { number }), name: `up:${at}` } : null,
        remove: { text: t("authoring.form.removeOption", { number }), name: `remove:${at}` },
      };
    }),
    add: { text: t("authoring.form.addOption"), name: `add:${name}` },
  };
}
