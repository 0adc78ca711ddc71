import type { InsetText } from "#platform/components.ts";
import { formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { CONFIDENCES, type LocalDate, weekdayOf } from "../rules.ts";

export type Hidden = readonly { name: string; value: string }[];

/** Whose calendar is looked at: an agency's, or the province's. */
export type Looked = { agencyId: string | null; agencyName: string | null };

export const dayInWords = (date: LocalDate, t: Translate): string =>
  `${t(`calendar.admin.weekdays.d${weekdayOf(date)}`)}, ${formatPartialDate(date)}`;

export const confidenceOf = (text: string, t: Translate): string => {
  const known = CONFIDENCES.find((one) => one === text);
  return known ? t(`calendar.admin.confidence.${known}`) : text;
};

export const scopeText = ({ agencyName }: Looked, t: Translate): InsetText => ({
  text: agencyName ? t("calendar.day.ofAgency", { agency: agencyName }) : t("calendar.day.ofProvince"),
  tone: "info",
});
