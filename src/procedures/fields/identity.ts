import { z } from "zod";
import type { FieldErrors } from "#platform/form.ts";
import type { FieldType, Parsed } from "./contract.ts";
import { failed, labelOf, read, readText } from "./submitted.ts";
import { lineControl } from "./text.ts";

type NoSettings = Record<string, never>;
const NoSettings = z.strictObject({}) as z.ZodType<NoSettings>;

const asText = (answer: unknown): string => (typeof answer === "string" ? answer : "");
const asLines = (answer: unknown): string[] => (typeof answer === "string" ? [answer] : []);

/** 0xxxxxxxxx of a Vietnamese mobile (10 digits) or landline (11 digits), "+84" and separators taken off; null otherwise. */
export function normalisePhone(text: string): string | null {
  const digits = text.replace(/[\s.()-]/g, "").replace(/^(?:\+84|0084|84(?=\d{9,10}$))0?/, "0");
  return /^0[35789]\d{8}$|^02\d{9}$/.test(digits) ? digits : null;
}

/** A telephone number. The answer is 0xxxxxxxxx. */
export const phone: FieldType<NoSettings> = {
  type: "phone",
  family: "person",
  prefills: ["profile.phone"],
  asks: true,
  settings: NoSettings,
  missing: { key: "fields.errors.enter" },
  parse(submitted, name, _settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 40, label);
    if (typed.ok && typed.text === "") return read(undefined);
    const number = typed.ok ? normalisePhone(typed.text) : null;
    return number ? read(number) : failed(name, { key: "fields.errors.phone", params: { label } });
  },
  submit: (answer, name) => ({ [name]: asText(answer) }),
  display: asLines,
  control: (look, _settings, field, context) =>
    lineControl(look, field, context, {
      type: "tel",
      inputmode: "tel",
      autocomplete: "tel",
      width: 20,
      verbatim: true,
    }),
};

/** An e-mail address. The answer is the address with its domain in small letters. */
export const email: FieldType<NoSettings> = {
  type: "email",
  family: "person",
  prefills: ["profile.email"],
  asks: true,
  settings: NoSettings,
  missing: { key: "fields.errors.enter" },
  parse(submitted, name, _settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 254, label);
    if (!typed.ok) return failed(name, typed.error);
    if (typed.text === "") return read(undefined);
    const at = typed.text.lastIndexOf("@");
    const address = typed.text.slice(0, at) + typed.text.slice(at).toLowerCase();
    return z.email().safeParse(address).success
      ? read(address)
      : failed(name, { key: "fields.errors.email", params: { label } });
  },
  submit: (answer, name) => ({ [name]: asText(answer) }),
  display: asLines,
  control: (look, _settings, field, context) =>
    lineControl(look, field, context, { type: "email", inputmode: "email", autocomplete: "email", verbatim: true }),
};

/** Sex and century of a personal id: 19xx 0 male 1 female, 20xx 2 and 3, and so on; then two digits of the year. */
export const readPersonalId = (id: string): { gender: "male" | "female"; birthYear: number } => {
  const code = Number(id[3]);
  return {
    gender: code % 2 === 0 ? "male" : "female",
    birthYear: 1900 + Math.floor(code / 2) * 100 + Number(id.slice(4, 6)),
  };
};

const PersonalIdSettings = z.strictObject({
  /** Fields of the same form that hold the same person's sex ("male" | "female") and date of birth. */
  gender: z.string().optional(),
  birthDate: z.string().optional(),
});

/**
 * Số định danh cá nhân: 12 digits, no check digit. Sex and year of birth must fit those declared, when both are known;
 * an unknown province code is no error, because codes outlive provinces.
 */
export const personalId: FieldType<z.output<typeof PersonalIdSettings>> = {
  type: "personal_id",
  family: "person",
  inputs: [
    { key: "gender", kind: "sibling", of: ["radio", "select"] },
    { key: "birthDate", kind: "sibling", of: ["date", "partial_date"] },
  ],
  prefills: ["profile.personalId"],
  asks: true,
  settings: PersonalIdSettings,
  fieldsNamed: ({ gender, birthDate }) => [gender, birthDate].filter((id) => id !== undefined),
  missing: { key: "fields.errors.enter" },
  parse(submitted, name, _settings, field, context): Parsed {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 40, label);
    if (typed.ok && typed.text === "") return read(undefined);
    const digits = typed.ok ? typed.text.replace(/[\s.]/g, "") : "";
    return /^\d{12}$/.test(digits)
      ? read(digits)
      : failed(name, { key: "fields.errors.personalId", params: { label } });
  },
  check(answer, name, settings, field, answers, context): FieldErrors | null {
    if (typeof answer !== "string" || !/^\d{12}$/.test(answer)) return null;
    const label = labelOf(field, context);
    const { gender, birthYear } = readPersonalId(answer);
    const declared = settings.gender ? answers[settings.gender] : undefined;
    if ((declared === "male" || declared === "female") && declared !== gender)
      return { [name]: { key: "fields.errors.personalIdGender", params: { label } } };
    const born = settings.birthDate ? answers[settings.birthDate] : undefined;
    if (typeof born === "string" && Number(born.slice(0, 4)) !== birthYear)
      return { [name]: { key: "fields.errors.personalIdYear", params: { label } } };
    return null;
  },
  submit: (answer, name) => ({ [name]: asText(answer) }),
  display: asLines,
  control: (look, _settings, field, context) =>
    lineControl(look, field, context, {
      inputmode: "numeric",
      width: 20,
      verbatim: true,
      ...(field.hint ? {} : { hint: context.t("fields.personalIdHint") }),
    }),
};

const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3] as const;

/** Whether it is a tax code: 10 digits with a right check digit, that with a branch 001-999, or a 12-digit personal id. */
export function isTaxCode(code: string): boolean {
  if (/^\d{12}$/.test(code)) return true;
  if (!/^\d{10}(?:-\d{3})?$/.test(code) || code.endsWith("-000")) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(code[i]), 0);
  return 10 - (sum % 11) === Number(code[9]);
}

/** A tax code (mã số thuế). The answer is 10 digits, ##########-### or 12 digits. */
export const taxCode: FieldType<NoSettings> = {
  type: "tax_code",
  family: "person",
  prefills: ["organization.taxCode"],
  asks: true,
  settings: NoSettings,
  missing: { key: "fields.errors.enter" },
  parse(submitted, name, _settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 40, label);
    if (typed.ok && typed.text === "") return read(undefined);
    const plain = typed.ok ? typed.text.replace(/[\s.]/g, "").replace(/^(\d{10})(\d{3})$/, "$1-$2") : "";
    return isTaxCode(plain) ? read(plain) : failed(name, { key: "fields.errors.taxCode", params: { label } });
  },
  submit: (answer, name) => ({ [name]: asText(answer) }),
  display: asLines,
  control: (look, _settings, field, context) =>
    lineControl(look, field, context, { inputmode: "numeric", width: 20, verbatim: true }),
};
