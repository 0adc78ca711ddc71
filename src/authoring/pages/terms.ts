import type { Translate } from "#platform/i18n.ts";
import type { TimeLimit } from "#procedures/index.ts";
import type { AgencyRef, Allowance } from "#workflow/definition.ts";
import type { Sketch } from "../rules.ts";

/** "3 ngày làm việc" */
export const termIn = (term: TimeLimit["term"], t: Translate): string =>
  term.unit === "same_day" ? t("procedures.term.same_day") : t(`procedures.term.${term.unit}`, { amount: term.amount });

type Scoped = { cases?: readonly string[] | undefined; channels?: TimeLimit["channels"] };

/** ", Trường hợp A, Trực tuyến": for which cases and channels; empty: for all. */
export const scopeText = ({ cases, channels }: Scoped, { cases: known }: Pick<Sketch, "cases">, t: Translate): string =>
  [
    ...(cases ?? []).map((id) => known.find((one) => one.id === id)?.name.vi ?? id),
    ...(channels ?? []).map((one) => t(`procedures.channel.${one}`)),
  ]
    .map((one) => `, ${one}`)
    .join("");

export const allowanceText = ({ amount, unit }: Allowance, t: Translate): string =>
  t(`procedures.term.${unit}`, { amount: String(amount).replace(".", ",") });

/** Which agency a step lies with, in words. */
export const agencyText = (ref: AgencyRef, t: Translate): string =>
  typeof ref === "string"
    ? t(`authoring.difference.agencies.${ref}`)
    : [t(`authoring.difference.agencies.${ref.at}`), ref.kind, ref.function].filter(Boolean).join(" · ");
