import type { FieldError } from "#platform/form.ts";
import type { MessageKey } from "#platform/i18n.ts";
import {
  decimalNumber,
  type Field,
  type FieldType,
  faultText,
  formatDecimal,
  isPartialDate,
  type SettingInput,
} from "#procedures/index.ts";
import { fieldsIn, idOfWords } from "../rules.ts";
import { text, texts } from "./conditions.ts";

/** The settings of a field as its form holds them: `set.<key>`, and below it what a setting is made of. */
type Sent = Readonly<Record<string, unknown>>;
type Values = Record<string, unknown>;
type OptionSetting = { value: string; label: { vi: string; en?: string }; hint?: unknown };
type TreeSetting = { name: string; items: readonly string[] };

const at = (input: SettingInput): string => `set.${input.key}`;
export const MOST_OPTIONS = 100;
/** A list of options has more rows than a condition. */
export const optionRows = (sent: Sent, name: string): string[] => [
  ...new Set(
    text(sent, `${name}.rows`)
      .split(" ")
      .filter((id) => /^o\d{1,3}$/.test(id))
      .slice(0, MOST_OPTIONS),
  ),
];
const array = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The fields beside this one that a setting may name, those of groups as `group.field`. */
export const offeredSiblings = (
  input: Extract<SettingInput, { kind: "sibling" | "siblings" }>,
  siblings: readonly Field[],
  own: string | null,
): { value: string; text: string }[] =>
  siblings.flatMap((field) => [
    ...(field.id !== own && input.of.includes(field.type) ? [{ value: field.id, text: field.label.vi }] : []),
    ...(input.kind === "siblings"
      ? fieldsIn(field)
          .filter((inner) => input.of.includes(inner.type))
          .map((inner) => ({ value: `${field.id}.${inner.id}`, text: `${field.label.vi}: ${inner.label.vi}` }))
      : []),
  ]);

function valuesOf(input: SettingInput, value: unknown): Values {
  const name = at(input);
  switch (input.kind) {
    case "number":
      return { [name]: typeof value === "number" ? formatDecimal(value) : "" };
    case "yes_no":
      return { [name]: value === true ? "yes" : "" };
    case "words":
    case "paragraph": {
      const words = (value ?? {}) as { vi?: unknown; en?: unknown };
      return { [`${name}.vi`]: words.vi ?? "", [`${name}.en`]: words.en ?? "" };
    }
    case "choices":
    case "siblings":
      return { [name]: array(value) };
    case "lines":
      return { [name]: array(value).join("\n") };
    case "tree":
      return {
        [name]: (array(value) as TreeSetting[])
          .flatMap(({ name: first, items }) => [first, ...items.map((item) => `- ${item}`)])
          .join("\n"),
      };
    case "options": {
      const options = array(value) as OptionSetting[];
      const rows = options.length > 0 ? options : [null, null];
      return Object.assign(
        { [`${name}.rows`]: rows.map((_, i) => `o${i + 1}`).join(" ") },
        ...options.map(({ value: kept, label }, i) => ({
          [`${name}.o${i + 1}.value`]: kept,
          [`${name}.o${i + 1}.vi`]: label.vi,
          [`${name}.o${i + 1}.en`]: label.en ?? "",
        })),
      );
    }
    default:
      return { [name]: typeof value === "string" ? value : "" };
  }
}

/** The controls that hold these settings. */
export const settingValues = (type: FieldType, settings: Readonly<Record<string, unknown>>): Values =>
  Object.assign({}, ...(type.inputs ?? []).map((input) => valuesOf(input, settings[input.key])));

/** The controls after a button inside the settings was pressed (add, remove or raise an option); null when none was. */
export function pressedInSettings(sent: Sent, type: FieldType): Sent | null {
  for (const input of type.inputs ?? []) {
    if (input.kind !== "options") continue;
    const name = at(input);
    const rows = optionRows(sent, name);
    const set = (ids: string[]): Sent => ({ ...sent, [`${name}.rows`]: ids.join(" ") });
    if (Object.hasOwn(sent, `add:${name}`)) {
      const next = `o${Math.max(0, ...rows.map((id) => Number(id.slice(1)))) + 1}`;
      return set(rows.length < MOST_OPTIONS ? [...rows, next] : rows);
    }
    const removed = rows.find((id) => Object.hasOwn(sent, `remove:${name}.${id}`));
    if (removed) return set(rows.filter((id) => id !== removed));
    const raised = rows.findIndex((id) => Object.hasOwn(sent, `up:${name}.${id}`));
    if (raised > 0) {
      const [one = "", other = ""] = [rows[raised - 1], rows[raised]];
      return set(rows.map((id, i) => (i === raised ? one : i === raised - 1 ? other : id)));
    }
    if (raised === 0) return { ...sent };
  }
  return null;
}

type Errors = Record<string, FieldError>;
const say = (key: MessageKey, params: Record<string, string | number> = {}): FieldError => ({ key, params });

function readOptions(sent: Sent, name: string, before: unknown): unknown[] {
  const rows = optionRows(sent, name).filter((id) => text(sent, `${name}.${id}.vi`) !== "");
  const taken = new Set(rows.map((id) => text(sent, `${name}.${id}.value`)).filter(Boolean));
  return rows.map((id) => {
    const [vi, en] = [text(sent, `${name}.${id}.vi`), text(sent, `${name}.${id}.en`)];
    const kept = text(sent, `${name}.${id}.value`).slice(0, 100);
    const value = kept || idOfWords(vi, (one) => taken.has(one));
    taken.add(value);
    const hint = (array(before) as OptionSetting[]).find((option) => option.value === value)?.hint;
    return { value, label: { vi, ...(en ? { en } : {}) }, ...(hint ? { hint } : {}) };
  });
}

function readTree(typed: string): TreeSetting[] {
  const items: { name: string; items: string[] }[] = [];
  for (const line of typed
    .split("\n")
    .map((one) => one.trim())
    .filter(Boolean)) {
    const inner = /^[-–•]\s*(.+)$/.exec(line)?.[1];
    const last = items.at(-1);
    if (inner && last) last.items.push(inner);
    else items.push({ name: inner ?? line, items: [] });
  }
  return items;
}

/** What was typed at one input; undefined: nothing, so that the type's own default holds. */
function readOne(sent: Sent, input: SettingInput, before: unknown, errors: Errors): unknown {
  const name = at(input);
  const typed = text(sent, name);
  switch (input.kind) {
    case "number": {
      if (typed === "") return undefined;
      const value = decimalNumber(typed, 6);
      if (value === null) errors[name] = say("authoring.form.errors.number");
      return value ?? undefined;
    }
    case "yes_no":
      return typed === "yes" ? true : undefined;
    case "words":
    case "paragraph": {
      const [vi, en] = [text(sent, `${name}.vi`), text(sent, `${name}.en`)];
      if (vi === "" && en !== "") errors[`${name}.vi`] = say("authoring.form.errors.onlyEnglish");
      return vi === "" ? undefined : { vi, ...(en ? { en } : {}) };
    }
    case "choices":
      return texts(sent, name).filter((one) => input.options.includes(one));
    case "siblings":
      return texts(sent, name);
    case "lines":
      return [
        ...new Set(
          typed
            .split("\n")
            .map((line) => line.replace(/\s+/g, " ").trim())
            .filter(Boolean),
        ),
      ];
    case "tree":
      return readTree(typed);
    case "options":
      return readOptions(sent, name, before);
    case "date": {
      const local = typed
        .split(/[/.]/)
        .reverse()
        .map((one) => one.padStart(2, "0"))
        .join("-");
      return typed === "" ? undefined : isPartialDate(local) ? local : typed;
    }
    default:
      return typed === "" ? undefined : typed;
  }
}

/** The control at which an issue is shown. */
function controlOf(path: readonly PropertyKey[], type: FieldType, sent: Sent): string {
  const [key, second] = path;
  const input = type.inputs?.find((one) => one.key === key) ?? type.inputs?.[0];
  if (!input) return "label.vi";
  const name = at(input);
  if (input.kind === "words" || input.kind === "paragraph") return `${name}.vi`;
  if (input.kind !== "options") return name;
  const ids = optionRows(sent, name).filter((id) => text(sent, `${name}.${id}.vi`) !== "");
  return `${name}.${(typeof second === "number" ? ids[second] : undefined) ?? optionRows(sent, name)[0] ?? "add"}.vi`;
}

/**
 * The settings that a form holds, judged by the type's own schema; what has no input stays as it was. Questions of a
 * group are edited on their own and not judged here.
 */
export function readSettings(
  sent: Sent,
  type: FieldType,
  before: Readonly<Record<string, unknown>>,
): { settings: Record<string, unknown>; errors: Readonly<Record<string, FieldError>> } {
  const errors: Errors = {};
  const settings: Record<string, unknown> = { ...before };
  for (const input of type.inputs ?? []) {
    const value = readOne(sent, input, before[input.key], errors);
    if (value === undefined) delete settings[input.key];
    else settings[input.key] = value;
  }
  if (type.holdsFields && !Array.isArray(settings["fields"])) settings["fields"] = [];
  const judged = type.settings.safeParse(settings, { error: faultText });
  for (const issue of judged.error?.issues ?? []) {
    const isInner = type.holdsFields && (issue.path[0] === "fields" || issue.path.length === 0);
    if (!isInner)
      errors[controlOf(issue.path, type, sent)] ??= say("authoring.form.errors.said", { text: issue.message });
  }
  return { settings, errors };
}
