/**
 * Field types: what a question of a form can be. A type knows how its answer is read, checked, shown and asked for;
 * nothing outside this folder asks which type a field is. To add one: a file, an entry here, a sample in the tests.
 */
import { address, isListingCommunes } from "./address.ts";
import { agency } from "./agency.ts";
import { autocomplete } from "./autocomplete.ts";
import { organization, person } from "./block.ts";
import { checkboxes, radio, select, yesNo } from "./choice.ts";
import { computed } from "./computed.ts";
import type { Field, FieldType, Submitted } from "./contract.ts";
import { date, partialDate, time } from "./date.ts";
import { changedRows, type GroupSettings, groupOf } from "./group.ts";
import { email, personalId, phone, taxCode } from "./identity.ts";
import { linkedLists } from "./linked.ts";
import { decimal, integer, money } from "./number.ts";
import { country, ethnicGroup, nationality } from "./origin.ts";
import { photo } from "./photo.ts";
import { declaration, explanation, file, heading } from "./shown.ts";
import { longText, text } from "./text.ts";

const simple = [
  text,
  longText,
  integer,
  decimal,
  money,
  computed,
  date,
  partialDate,
  time,
  yesNo,
  radio,
  checkboxes,
  select,
  autocomplete,
  linkedLists,
  phone,
  email,
  personalId,
  taxCode,
  person,
  organization,
  address,
  agency,
  country,
  nationality,
  ethnicGroup,
  file,
  photo,
  explanation,
  heading,
  declaration,
] as const;
const byName = (types: readonly FieldType<never>[]): Record<string, FieldType> =>
  Object.fromEntries(types.map((type) => [type.type, type as unknown as FieldType]));

const simpleTypes = byName(simple as unknown as FieldType<never>[]);

/** Every field type by name; nothing else has a name here. */
export const fieldTypes: Readonly<Record<string, FieldType>> = Object.assign(Object.create(null), simpleTypes, {
  group: groupOf(simpleTypes),
});

const known = new WeakMap<Field, { type: FieldType; settings: unknown }>();

/** A field's type and its settings, read once. A published definition has only known types and right settings. */
export function typeOf(field: Field): { type: FieldType; settings: unknown } {
  const found = known.get(field);
  if (found) return found;
  const type = fieldTypes[field.type];
  if (!type) throw new Error(`field "${field.id}" has an unknown type "${field.type}"`);
  const typed = { type, settings: type.settings.parse(field.settings) };
  known.set(field, typed);
  return typed;
}

/**
 * The form as it stands after a button inside a control was pressed (add or remove a row, list another province's
 * communes): the page is shown again with it, nothing is judged. Null when the person pressed none of them.
 */
export function pressedInside(fields: readonly Field[], submitted: Submitted): Submitted | null {
  for (const field of fields) {
    if (field.type === "address" && isListingCommunes(submitted, field.id)) return submitted;
    // Inside a row, a person, an organization.
    if (Object.keys(submitted).some((name) => name.startsWith(`list:${field.id}.`))) return submitted;
    if (field.type !== "group") continue;
    const changed = changedRows(submitted, field.id, typeOf(field).settings as GroupSettings);
    if (changed) return changed;
  }
  return null;
}

export type { Address } from "./address.ts";
export {
  type Compared,
  type Control,
  FAMILIES,
  type Field,
  type FieldContext,
  type FieldType,
  type Lists,
  Prefill,
  pick,
  type SettingInput,
  type Submitted,
} from "./contract.ts";
export type { ShownControl } from "./controls.ts";
export { isPartialDate } from "./date.ts";
export { decimalNumber, formatDecimal } from "./number.ts";
export { dateInWords } from "./words.ts";
