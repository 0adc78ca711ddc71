import { z } from "zod";
import { part } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { address } from "./address.ts";
import { radio } from "./choice.ts";
import type { Field, FieldContext, FieldType } from "./contract.ts";
import { date } from "./date.ts";
import { email, personalId, phone, taxCode } from "./identity.ts";
import { en, vi } from "./messages.ts";
import { nationality } from "./origin.ts";
import { frame, labelOf } from "./submitted.ts";
import { text } from "./text.ts";

/** A question of a block: a field type that is there already, with its settings. */
type Inner = { type: FieldType; settings: Record<string, unknown> };
const inner = (type: unknown, settings: Record<string, unknown> = {}): Inner => ({ type: type as FieldType, settings });

const PERSON = {
  fullName: inner(text, { format: "personName", maxLength: 100 }),
  gender: inner(radio, {
    options: (["male", "female"] as const).map((value) => ({
      value,
      label: { vi: vi.block[value], en: en.block[value] },
    })),
  }),
  birthDate: inner(date, { past: true }),
  personalId: inner(personalId, { gender: "gender", birthDate: "birthDate" }),
  nationality: inner(nationality),
  phone: inner(phone),
  email: inner(email),
  address: inner(address),
} as const;

const ORGANIZATION = {
  organizationName: inner(text, { maxLength: 200 }),
  taxCode: inner(taxCode),
  organizationAddress: inner(address),
  representative: inner(text, { format: "personName", maxLength: 100 }),
  position: inner(text, { maxLength: 100 }),
  phone: inner(phone),
  email: inner(email),
} as const;

type Key = keyof typeof PERSON | keyof typeof ORGANIZATION;
type Settings = { asks: Key[]; optional: Key[] };

const valuesOf = (answer: unknown): Record<string, unknown> =>
  typeof answer === "object" && answer !== null && !Array.isArray(answer) ? (answer as Record<string, unknown>) : {};

/**
 * The questions that belong to one person or organization, asked as one. The answer is an object of the answers by
 * question; the first question names the whole and is always asked.
 */
function blockOf<K extends Key>(
  type: string,
  all: Readonly<Record<K, Inner>>,
  usual: readonly K[],
): FieldType<Settings> {
  const keys = Object.keys(all) as K[];
  const [first = "fullName" as K] = keys;
  const Keys = z.array(z.enum(keys as [K, ...K[]]));
  const asked = ({ asks }: Settings): K[] => keys.filter((key) => key === first || asks.includes(key));
  const fieldFor = (key: K, settings: Settings): Field => ({
    id: key,
    type: all[key].type.type,
    label: { vi: vi.block[key], en: (en.block as Record<Key, string>)[key] },
    required: !settings.optional.includes(key) || key === first,
    settings: all[key].settings,
  });
  const each = (settings: Settings) =>
    asked(settings).map((key) => ({
      key,
      field: fieldFor(key, settings),
      type: all[key].type,
      settings: all[key].type.settings.parse(all[key].settings),
    }));
  return {
    type,
    family: "person",
    inputs: [
      { key: "asks", text: "blockAsks", kind: "choices", options: keys.filter((key) => key !== first) },
      { key: "optional", text: "blockOptional", kind: "choices", options: keys.filter((key) => key !== first) },
    ],
    asks: true,
    settings: z.strictObject({ asks: Keys.default([...usual]), optional: Keys.default([]) }) as z.ZodType<Settings>,
    missing: { key: "fields.errors.enter", at: `.${first}` },
    parse(submitted, name, settings, _field, context) {
      const parts = each(settings).map((one) => ({
        ...one,
        read: one.type.parse(submitted, `${name}.${one.key}`, one.settings, one.field, context),
      }));
      const values: Record<string, unknown> = {};
      for (const { key, read } of parts) if (read.ok && read.value !== undefined) values[key] = read.value;
      if (Object.keys(values).length === 0 && parts.every(({ read }) => read.ok)) return { ok: true, value: undefined };
      const errors: Record<string, FieldErrors[string]> = {};
      for (const { key, field, type: of, settings: set, read } of parts) {
        const at = `${name}.${key}`;
        if (!read.ok) Object.assign(errors, read.errors);
        else if (values[key] === undefined && field.required)
          errors[at + (of.missing.at ?? "")] = { key: of.missing.key, params: { label: labelOf(field, context) } };
        else Object.assign(errors, of.check?.(values[key], at, set, field, values, context) ?? {});
      }
      return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value: values };
    },
    submit: (answer, name, settings) =>
      Object.assign(
        {},
        ...each(settings).map(({ key, type: of, settings: set }) =>
          of.submit(valuesOf(answer)[key], `${name}.${key}`, set),
        ),
      ),
    display: (answer, settings, _field, context) =>
      each(settings).flatMap(({ key, field, type: of, settings: set }) => {
        const lines = of.display(valuesOf(answer)[key], set, field, context);
        return lines.length > 0 ? [`${labelOf(field, context)}: ${lines.join(", ")}`] : [];
      }),
    control: (look, settings, field, context: FieldContext) => {
      const { label, hint, error } = frame(look, field, context);
      return {
        kind: "compound",
        name: look.name,
        fieldset: {
          id: look.name,
          legend: field.required ? label : `${label} ${context.t("platform.components.optional")}`,
          legendSize: "m",
          hint,
          error,
          parts: each(settings).map(({ key, field: asking, type: of, settings: set }) =>
            part("fields/any", {
              control: of.control({ ...look, name: `${look.name}.${key}` }, set, asking, context),
              showWhen: null,
            }),
          ),
        },
      };
    },
  };
}

/** A person: name, and what else is asked of them. */
export const person = blockOf("person", PERSON, ["gender", "birthDate", "personalId"]);

/** An organization: name, and what else is asked of it. */
export const organization = blockOf("organization", ORGANIZATION, ["taxCode", "organizationAddress"]);
