import { z } from "zod";
import type { FieldError } from "#platform/form.ts";
import { formatPartialDate } from "#platform/format.ts";
import type { Control, Field, FieldContext, FieldType, Look, Parsed, SettingInput, Submitted } from "./contract.ts";
import { failed, frame, labelOf, read, readText, shownText } from "./submitted.ts";
import { lineControl } from "./text.ts";
import { dateInWords } from "./words.ts";

const PARTS = ["day", "month", "year"] as const;
type Part = (typeof PARTS)[number];
const WRONG: Record<Part, FieldError["key"]> = {
  day: "fields.errors.dateDay",
  month: "fields.errors.dateMonth",
  year: "fields.errors.dateYear",
};
const pad = (n: number, width: number): string => String(n).padStart(width, "0");

const isDay = (y: number, m: number, d: number): boolean => {
  const date = new Date(Date.UTC(y, m - 1, d));
  return date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
};
/** yyyy-MM-dd, yyyy-MM or yyyy that is in the calendar. */
export const isPartialDate = (text: string): boolean => {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!found) return false;
  const [y, m, d] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
  return y >= 1800 && y <= 2200 && m >= 1 && m <= 12 && isDay(y, m, d);
};
const IsoDate = z.string().refine((text) => text.length === 10 && isPartialDate(text), "a date is yyyy-MM-dd");

type Boxes = Record<Part, string>;
type Read = { ok: true; boxes: Boxes } | { ok: false; parsed: Parsed };

/** The three boxes, or one box with the whole date, "5/3/1990" or "1990-03-05". */
function readBoxes(submitted: Submitted, name: string, label: string): Read {
  const boxes: Boxes = { day: "", month: "", year: "" };
  for (const part of PARTS) {
    const typed = readText(submitted, `${name}.${part}`, 20, label);
    if (!typed.ok) return { ok: false, parsed: failed(`${name}.${part}`, { key: WRONG[part], params: { label } }) };
    boxes[part] = typed.text;
  }
  if (boxes.day || boxes.month || boxes.year) return { ok: true, boxes };
  const whole = readText(submitted, name, 40, label);
  const wrong: Read = { ok: false, parsed: failed(`${name}.day`, { key: "fields.errors.date", params: { label } }) };
  if (!whole.ok) return wrong;
  if (whole.text === "") return { ok: true, boxes };
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(whole.text);
  if (iso) return { ok: true, boxes: { year: iso[1] ?? "", month: iso[2] ?? "", day: iso[3] ?? "" } };
  const local = /^(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])(\d{4})$/.exec(whole.text);
  return local ? { ok: true, boxes: { day: local[1] ?? "", month: local[2] ?? "", year: local[3] ?? "" } } : wrong;
}

const inRange = (text: string, min: number, max: number): boolean =>
  /^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= max;
const FITS: Record<Part, (text: string) => boolean> = {
  day: (text) => inRange(text, 1, 31),
  month: (text) => inRange(text, 1, 12),
  year: (text) => text.length === 4 && inRange(text, 1800, 2200),
};

const Range = {
  /** Not after today. */
  past: z.boolean().default(false),
  /** Not before today. */
  future: z.boolean().default(false),
  min: IsoDate.optional(),
  max: IsoDate.optional(),
};
const RANGE_INPUTS: readonly SettingInput[] = [
  { key: "past", kind: "yes_no" },
  { key: "future", kind: "yes_no" },
  { key: "min", text: "minDate", kind: "date" },
  { key: "max", text: "maxDate", kind: "date" },
];
type Range = { past: boolean; future: boolean; min?: string | undefined; max?: string | undefined };

/** A partial date is beyond a limit only when all of it is: 2026 is not after 5/3/2026. */
function rangeError(value: string, range: Range, label: string, today: string): FieldError | null {
  const cut = (limit: string) => limit.slice(0, value.length);
  if (range.past && value > cut(today)) return { key: "fields.errors.datePast", params: { label } };
  if (range.future && value < cut(today)) return { key: "fields.errors.dateFuture", params: { label } };
  if (range.min && value < cut(range.min))
    return { key: "fields.errors.dateMin", params: { label, min: formatPartialDate(range.min) } };
  if (range.max && value > cut(range.max))
    return { key: "fields.errors.dateMax", params: { label, max: formatPartialDate(range.max) } };
  return null;
}

function parseDate(
  submitted: Submitted,
  name: string,
  range: Range,
  field: Field,
  context: FieldContext,
  partial: boolean,
): Parsed {
  const label = labelOf(field, context);
  const typed = readBoxes(submitted, name, label);
  if (!typed.ok) return typed.parsed;
  const { boxes } = typed;
  if (!boxes.day && !boxes.month && !boxes.year) return read(undefined);
  const mayLack = (part: Part): boolean => partial && (part === "day" || (part === "month" && !boxes.day));
  for (const part of PARTS)
    if (!FITS[part](boxes[part]) && !(boxes[part] === "" && mayLack(part)))
      return failed(`${name}.${part}`, { key: WRONG[part], params: { label } });
  const value = [
    boxes.year,
    ...(boxes.month ? [pad(Number(boxes.month), 2)] : []),
    ...(boxes.day ? [pad(Number(boxes.day), 2)] : []),
  ].join("-");
  if (!isPartialDate(value)) return failed(`${name}.day`, { key: "fields.errors.date", params: { label } });
  const error = rangeError(value, range, label, context.today);
  return error ? failed(`${name}.${boxes.day ? "day" : boxes.month ? "month" : "year"}`, error) : read(value);
}

const submitDate = (answer: unknown, name: string): Record<string, unknown> => {
  const [year = "", month = "", day = ""] = typeof answer === "string" ? answer.split("-") : [];
  return { [`${name}.day`]: day, [`${name}.month`]: month, [`${name}.year`]: year };
};

function dateControl(look: Look, field: Field, context: FieldContext, partial: boolean): Control {
  const base = frame(look, field, context);
  const at = PARTS.filter((part) => look.errors[`${look.name}.${part}`]);
  const typed = readBoxes(look.values, look.name, base.label);
  const value = typed.ok
    ? typed.boxes
    : {
        day: shownText(look.values, `${look.name}.day`),
        month: shownText(look.values, `${look.name}.month`),
        year: shownText(look.values, `${look.name}.year`),
      };
  return {
    kind: "date",
    name: look.name,
    partial,
    date: {
      ...base,
      // The control of a partial date says by itself which boxes may stay empty.
      hint: base.hint ?? (partial ? null : context.t("fields.dateHint")),
      error: base.error ?? (at[0] ? (look.errors[`${look.name}.${at[0]}`] ?? null) : null),
      value,
      ...(at.length > 0 ? { wrong: at } : {}),
      ...(field.prefill === "profile.birthDate" && !field.prefillWhen ? { autocomplete: "bday" as const } : {}),
    },
  };
}

const DateSettings = z.strictObject({
  ...Range,
  /** Shows the date in words too, as civil-status papers do. */
  inWords: z.boolean().default(false),
});

/** A day, in three boxes or one. The answer is yyyy-MM-dd. */
export const date: FieldType<z.output<typeof DateSettings>> = {
  type: "date",
  family: "date",
  inputs: [...RANGE_INPUTS, { key: "inWords", kind: "yes_no" }],
  compared: () => ({ as: "date" }),
  prefills: ["profile.birthDate"],
  asks: true,
  settings: DateSettings,
  missing: { key: "fields.errors.enterDate", at: ".day" },
  parse: (submitted, name, settings, field, context) => parseDate(submitted, name, settings, field, context, false),
  submit: submitDate,
  display: (answer, settings, _field, context) =>
    typeof answer !== "string"
      ? []
      : [formatPartialDate(answer), ...(settings.inWords && context.language === "vi" ? [dateInWords(answer)] : [])],
  control: (look, _settings, field, context) => dateControl(look, field, context, false),
};

const PartialSettings = z.strictObject(Range);

/** A day, a month or only a year, as old papers have it. The answer is yyyy, yyyy-MM or yyyy-MM-dd. */
export const partialDate: FieldType<z.output<typeof PartialSettings>> = {
  type: "partial_date",
  family: "date",
  inputs: RANGE_INPUTS,
  compared: () => ({ as: "date" }),
  prefills: ["profile.birthDate"],
  asks: true,
  settings: PartialSettings,
  missing: { key: "fields.errors.enterYear", at: ".year" },
  parse: (submitted, name, settings, field, context) => parseDate(submitted, name, settings, field, context, true),
  submit: submitDate,
  display: (answer) => (typeof answer === "string" ? [formatPartialDate(answer)] : []),
  control: (look, _settings, field, context) => dateControl(look, field, context, true),
};

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time is HH:mm");
const TimeSettings = z.strictObject({ min: Clock.optional(), max: Clock.optional() });

/** A time of day, "14:30", "7h30", "7 giờ". The answer is HH:mm. */
export const time: FieldType<z.output<typeof TimeSettings>> = {
  type: "time",
  family: "date",
  inputs: [
    { key: "min", text: "minTime", kind: "clock" },
    { key: "max", text: "maxTime", kind: "clock" },
  ],
  asks: true,
  settings: TimeSettings,
  missing: { key: "fields.errors.enter" },
  parse(submitted, name, settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 20, label);
    const wrong = failed(name, { key: "fields.errors.time", params: { label } });
    if (!typed.ok) return wrong;
    if (typed.text === "") return read(undefined);
    const found = /^(\d{1,2})\s*(?::|h|g|giờ|\.)\s*(\d{2})?\s*(?:phút|p)?$/iu.exec(typed.text);
    if (!found || Number(found[1]) > 23 || Number(found[2] ?? 0) > 59) return wrong;
    const value = `${pad(Number(found[1]), 2)}:${found[2] ?? "00"}`;
    if (settings.min && value < settings.min)
      return failed(name, { key: "fields.errors.timeMin", params: { label, min: settings.min } });
    if (settings.max && value > settings.max)
      return failed(name, { key: "fields.errors.timeMax", params: { label, max: settings.max } });
    return read(value);
  },
  submit: (answer, name) => ({ [name]: typeof answer === "string" ? answer : "" }),
  display: (answer) => (typeof answer === "string" ? [answer] : []),
  control: (look, _settings, field, context) =>
    lineControl(look, field, context, { inputmode: "numeric", width: 5, verbatim: true }),
};
