import { z } from "zod";
import { part } from "#platform/components.ts";
import type { FieldContext, FieldType } from "./contract.ts";
import { failed, frame, labelOf, read, readText, shownText } from "./submitted.ts";

type NoSettings = Record<string, never>;
const NoSettings = z.strictObject({}) as z.ZodType<NoSettings>;

/** ISO 3166-1 alpha-2; "XX" stands for a stateless person. */
const COUNTRIES =
  "VN AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VU WF WS YE YT ZA ZM ZW XX".split(
    " ",
  );
const known = new Set(COUNTRIES);

const NAMES = {
  vi: new Intl.DisplayNames(["vi"], { type: "region" }),
  en: new Intl.DisplayNames(["en"], { type: "region" }),
};
const countryName = (code: string, language: "vi" | "en"): string =>
  code === "XX" ? (language === "vi" ? "Không quốc tịch" : "Stateless") : (NAMES[language].of(code) ?? code);

const countryList = (language: "vi" | "en") => {
  const collator = new Intl.Collator(language);
  const [home, ...others] = COUNTRIES.filter((code) => code !== "XX").map((value) => ({
    value,
    text: countryName(value, language),
  }));
  return [
    ...(home ? [home] : []),
    ...others.sort((a, b) => collator.compare(a.text, b.text)),
    { value: "XX", text: countryName("XX", language) },
  ];
};
const countries = { vi: countryList("vi"), en: countryList("en") };

const comparedWith = (list: typeof countries) => {
  const options = list.vi.map(({ value, text }) => ({ value, label: { vi: text, en: countryName(value, "en") } }));
  return () => ({ as: "choice" as const, options });
};

/** The control of nationality and country: one list, with or without those who have no state. */
const countryType = (type: string, family: "person" | "place", list: typeof countries): FieldType<NoSettings> => ({
  type,
  family,
  asks: true,
  settings: NoSettings,
  compared: comparedWith(list),
  missing: { key: "fields.errors.choose" },
  parse(submitted, name, _settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 10, label);
    if (typed.ok && typed.text === "") return read(undefined);
    return typed.ok && list.vi.some(({ value }) => value === typed.text)
      ? read(typed.text)
      : failed(name, { key: "fields.errors.notOffered", params: { label } });
  },
  submit: (answer, name) => ({ [name]: typeof answer === "string" ? answer : "" }),
  display: (answer, _settings, _field, { language }) =>
    typeof answer !== "string" ? [] : [known.has(answer) ? countryName(answer, language) : answer],
  control: (look, _settings, field, context) => ({
    kind: "select",
    name: look.name,
    select: {
      ...frame(look, field, context),
      value: shownText(look.values, look.name),
      items: list[context.language],
      placeholder: context.t("fields.chooseOne"),
    },
  }),
});

/** Nationality. The answer is a country code of ISO 3166, "VN", or "XX". */
export const nationality = countryType("nationality", "person", countries);

const isState = ({ value }: { value: string }): boolean => value !== "XX";
/** A country. The answer is a country code of ISO 3166, "VN". */
export const country = countryType("country", "place", {
  vi: countries.vi.filter(isState),
  en: countries.en.filter(isState),
});

/** The 54 ethnic groups of QĐ 121-TCTK/PPCĐ (1979) in the order of their codes 01 to 54. */
const GROUPS = [
  "Kinh",
  "Tày",
  "Thái",
  "Hoa",
  "Khơ-me",
  "Mường",
  "Nùng",
  "Mông",
  "Dao",
  "Gia-rai",
  "Ngái",
  "Ê-đê",
  "Ba-na",
  "Xơ-đăng",
  "Sán Chay",
  "Cơ-ho",
  "Chăm",
  "Sán Dìu",
  "Hrê",
  "Mnông",
  "Ra-glai",
  "Xtiêng",
  "Bru-Vân Kiều",
  "Thổ",
  "Giáy",
  "Cơ-tu",
  "Gié-Triêng",
  "Mạ",
  "Khơ-mú",
  "Co",
  "Tà-ôi",
  "Chơ-ro",
  "Kháng",
  "Xinh-mun",
  "Hà Nhì",
  "Chu-ru",
  "Lào",
  "La Chí",
  "La Ha",
  "Phù Lá",
  "La Hủ",
  "Lự",
  "Lô Lô",
  "Chứt",
  "Mảng",
  "Pà Thẻn",
  "Cơ Lao",
  "Cống",
  "Bố Y",
  "Si La",
  "Pu Péo",
  "Brâu",
  "Ơ-đu",
  "Rơ-măm",
];
/** The groups as the portal brings them. */
export const ethnicGroups: readonly { value: string; text: string }[] = GROUPS.map((text, i) => ({
  value: String(i + 1).padStart(2, "0"),
  text,
}));
const groupsOf = ({ lists }: FieldContext) =>
  lists.ethnicGroups?.() ?? ethnicGroups.map((group) => ({ ...group, removed: false }));
const OTHER = "other";
const FOREIGN = "foreign";

/** What may be chosen, and what was chosen before it was taken out of the list. */
const groupItems = (context: FieldContext, chosen: string) => [
  ...groupsOf(context)
    .filter(({ value, removed }) => !removed || value === chosen)
    .map(({ value, text }) => ({ value, text })),
  { value: FOREIGN, text: context.t("fields.ethnicForeign") },
  { value: OTHER, text: context.t("fields.ethnicOther") },
];
const otherText = (answer: unknown): string | null =>
  typeof answer === "object" && answer !== null && "other" in answer && typeof answer.other === "string"
    ? answer.other
    : null;

/** Ethnic group. The answer is a code 01 to 54, "foreign", or { other: name }. */
export const ethnicGroup: FieldType<NoSettings> = {
  type: "ethnic_group",
  family: "person",
  compared: () => ({
    as: "choice",
    options: ethnicGroups.map(({ value, text }) => ({ value, label: { vi: text } })),
  }),
  asks: true,
  settings: NoSettings,
  missing: { key: "fields.errors.choose" },
  parse(submitted, name, _settings, field, context) {
    const label = labelOf(field, context);
    const typed = readText(submitted, name, 10, label);
    if (typed.ok && typed.text === "") return read(undefined);
    if (typed.ok && (groupsOf(context).some(({ value }) => value === typed.text) || typed.text === FOREIGN))
      return read(typed.text);
    if (!typed.ok || typed.text !== OTHER) return failed(name, { key: "fields.errors.notOffered", params: { label } });
    const other = readText(submitted, `${name}.other`, 60, label);
    if (!other.ok) return failed(`${name}.other`, other.error);
    return other.text === ""
      ? failed(`${name}.other`, { key: "fields.errors.otherGroup", params: { label } })
      : read({ other: other.text });
  },
  submit: (answer, name) => {
    const other = otherText(answer);
    return {
      [name]: other === null ? (typeof answer === "string" ? answer : "") : OTHER,
      [`${name}.other`]: other ?? "",
    };
  },
  display: (answer, _settings, _field, context) => {
    const other = otherText(answer);
    if (other !== null) return [other];
    if (typeof answer !== "string") return [];
    if (answer === FOREIGN) return [context.t("fields.ethnicForeign")];
    return [groupsOf(context).find(({ value }) => value === answer)?.text ?? answer];
  },
  control: (look, _settings, field, context) => {
    const { hint, ...base } = frame(look, field, context);
    return {
      kind: "compound",
      name: look.name,
      fieldset: {
        legend: base.label,
        hint,
        parts: [
          part("components/select", {
            ...base,
            hideLabel: true,
            value: shownText(look.values, look.name),
            items: groupItems(context, shownText(look.values, look.name)),
            placeholder: context.t("fields.chooseOne"),
          }),
          part("components/input", {
            name: `${look.name}.other`,
            label: context.t("fields.ethnicOtherName"),
            error: look.errors[`${look.name}.other`] ?? null,
            value: shownText(look.values, `${look.name}.other`),
            width: 20,
          }),
        ],
      },
    };
  },
};
