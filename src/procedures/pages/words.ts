import { formatMoney } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Facts, TermUnit } from "../rules/facts.ts";

const decimal = (amount: number): string => String(amount).replace(".", ",");

/** "3 ngày làm việc" */
export const termText = (unit: TermUnit | null, amount: number | null, t: Translate): string =>
  unit === "same_day" || amount === null
    ? t("procedures.term.same_day")
    : t(unit === null ? "procedures.term.noUnit" : `procedures.term.${unit}`, { amount: decimal(amount) });

/** The time limits of a procedure in a few words; null when nothing is known. */
export function termsText({ terms }: Facts, t: Translate): string | null {
  const [first, ...others] = terms;
  const last = others.at(-1);
  if (!first) return null;
  const least = termText(first.unit, first.amount, t);
  return last ? t("procedures.term.to", { least, most: termText(last.unit, last.amount, t) }) : least;
}

/** The fees of a procedure in a few words. What is not known is never called free. */
export function feeText({ fee }: Facts, t: Translate): string {
  if (fee.kind !== "amount") return t(`procedures.fee.${fee.kind}`);
  if (fee.least === fee.most) return formatMoney(fee.most);
  return fee.least === 0
    ? t("procedures.fee.upTo", { most: formatMoney(fee.most) })
    : t("procedures.fee.between", { least: formatMoney(fee.least), most: formatMoney(fee.most) });
}

const SERVICE_TONES = { full: "done", partial: "progress", information: "neutral" } as const;
export const serviceTag = (level: keyof typeof SERVICE_TONES, t: Translate) => ({
  text: t(`procedures.service.${level}`),
  tone: SERVICE_TONES[level],
});

const LEVELS = ["commune", "province", "ministry", "district", "other"] as const;
export const levelsText = (levels: readonly string[], t: Translate): string =>
  LEVELS.filter((level) => levels.includes(level))
    .map((level) => t(`procedures.level.${level}`))
    .join(", ");

/** The language of a text that has no English, on an English page; undefined where it is that of the page. */
export const langOf = (text: { en?: string | undefined } | string, language: Language): "vi" | undefined =>
  language === "en" && (typeof text === "string" || !text.en) ? "vi" : undefined;
