import { z } from "zod";
import { paths as organizationPaths } from "#organizations/paths.ts";
import { type Part, part } from "#platform/components.ts";
import type { FieldContext, FieldType, Submitted } from "./contract.ts";
import { failed, frame, labelOf, read, readText, shownText } from "./submitted.ts";

/** Units by code and the text as filed, which outlives a change of names. */
export type Address = { provinceCode: string; communeCode: string; line: string; text: string };

/** In place of a province; then there is no commune and the line holds the whole address. */
const ABROAD = "abroad";

const Settings = z.strictObject({
  /** House, street, hamlet: asked and needed, asked, or not asked (a home district). */
  line: z.enum(["required", "optional", "none"]).default("required"),
  abroad: z.boolean().default(false),
});
type Settings = z.output<typeof Settings>;

const isAddress = (answer: unknown): answer is Address =>
  typeof answer === "object" && answer !== null && "text" in answer && typeof answer.text === "string";

/** The body with its commune list changed to the chosen province, when its button was pressed; null otherwise. */
export const isListingCommunes = (submitted: Submitted, name: string): boolean =>
  Object.hasOwn(submitted, `list:${name}`);

/** The province whose communes the control offers: the chosen one, else the installation's own. */
const provinceOf = (values: Submitted, name: string, context: FieldContext): string =>
  shownText(values, `${name}.province`) || (context.homeProvince ?? "");

function addressParts(
  values: Submitted,
  errors: Readonly<Record<string, string>>,
  name: string,
  settings: Settings,
  context: FieldContext,
): Part[] {
  const { t, lists } = context;
  const province = provinceOf(values, name, context);
  const at = (key: string) => ({
    name: `${name}.${key}`,
    error: errors[`${name}.${key}`] ?? null,
    value: shownText(values, `${name}.${key}`),
  });
  return [
    part("components/select", {
      ...at("province"),
      label: t("fields.address.province"),
      value: province,
      items: [...lists.provinces, ...(settings.abroad ? [{ value: ABROAD, text: t("fields.address.abroad") }] : [])],
      placeholder: t("fields.address.chooseProvince"),
    }),
    part("components/button", {
      text: t("fields.address.list"),
      kind: "secondary",
      name: `list:${name}`,
      value: "1",
      novalidate: true,
    }),
    ...(province === ABROAD
      ? []
      : [
          part("components/select", {
            ...at("commune"),
            label: t("fields.address.commune"),
            items: province ? lists.communesOf(province) : [],
            placeholder: t("fields.address.chooseCommune"),
          }),
        ]),
    ...(settings.line === "none" && province !== ABROAD
      ? []
      : [
          part("components/input", {
            ...at("line"),
            label: t("fields.address.line"),
            required: settings.line !== "optional",
            maxLength: 300,
          }),
        ]),
  ];
}

/**
 * An address in two tiers: province, commune, line. A script lists the communes of another province, a button where none
 * runs; submitting with a commune of the former one says so and offers the right list.
 */
export const address: FieldType<Settings> = {
  type: "address",
  family: "place",
  inputs: [
    { key: "line", kind: "choice", options: ["required", "optional", "none"] },
    { key: "abroad", kind: "yes_no" },
  ],
  prefills: ["profile.address"],
  asks: true,
  settings: Settings,
  missing: { key: "fields.errors.commune", at: ".commune" },
  parse(submitted, name, settings, field, context) {
    const label = labelOf(field, context);
    const [province, commune, line] = [
      readText(submitted, `${name}.province`, 20, label),
      readText(submitted, `${name}.commune`, 20, label),
      readText(submitted, `${name}.line`, 300, label),
    ];
    if (!province.ok) return failed(`${name}.province`, { key: "fields.errors.province", params: { label } });
    if (!commune.ok) return failed(`${name}.commune`, { key: "fields.errors.commune", params: { label } });
    if (!line.ok) return failed(`${name}.line`, line.error);
    // The province is preselected: alone it says nothing.
    if (commune.text === "" && line.text === "" && province.text !== ABROAD) {
      const touched = province.text !== "" && province.text !== context.homeProvince;
      return touched ? failed(`${name}.commune`, { key: "fields.errors.commune", params: { label } }) : read(undefined);
    }
    if (province.text === ABROAD && settings.abroad) {
      return line.text === ""
        ? failed(`${name}.line`, { key: "fields.errors.foreignLine", params: { label } })
        : read({ provinceCode: ABROAD, communeCode: "", line: line.text, text: line.text });
    }
    const inProvince = context.lists.provinces.find((item) => item.value === province.text);
    if (!inProvince) return failed(`${name}.province`, { key: "fields.errors.province", params: { label } });
    if (commune.text === "") return failed(`${name}.commune`, { key: "fields.errors.commune", params: { label } });
    const unit = context.lists.communesOf(inProvince.value).find((item) => item.value === commune.text);
    if (!unit)
      return failed(`${name}.commune`, {
        key: "fields.errors.communeOfProvince",
        params: { label, province: inProvince.text },
      });
    const own = settings.line === "none" ? "" : line.text;
    if (settings.line === "required" && own === "")
      return failed(`${name}.line`, { key: "fields.errors.line", params: { label } });
    return read({
      provinceCode: inProvince.value,
      communeCode: unit.value,
      line: own,
      text: [own, unit.text, inProvince.text].filter(Boolean).join(", "),
    });
  },
  submit: (answer, name) =>
    isAddress(answer)
      ? {
          [`${name}.province`]: answer.provinceCode,
          [`${name}.commune`]: answer.communeCode,
          [`${name}.line`]: answer.line,
        }
      : {},
  display: (answer) => (isAddress(answer) ? [answer.text] : []),
  control: (look, settings, field, context) => {
    const base = frame(look, field, context);
    return {
      kind: "address",
      name: look.name,
      communesAt: organizationPaths.communes,
      fieldset: {
        id: look.name,
        legend: field.required ? base.label : `${base.label} ${context.t("platform.components.optional")}`,
        hint: base.hint,
        error: base.error,
        parts: addressParts(look.values, look.errors, look.name, settings, context),
      },
    };
  },
};
