import { errorText } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import { OWN } from "../rules/counter.ts";
import { type CounterInput, typed } from "./filled.ts";

const EARLIER = ["time", "record", "carrier", "tracking", "reason"] as const;

/** For which agency, and when and how it really came, where not just now for the own one. */
export function whereAndWhen({ homes, filled }: CounterInput, t: Translate) {
  const at = (name: string) => ({ name, value: typed(filled, name), error: errorText(filled.errors, name, t) });
  const names = ["date", "date.day", "date.month", "date.year", ...EARLIER].map((name) => `earlier.${name}`);
  const [own] = homes;
  return {
    forAgency:
      homes.length > 1
        ? {
            ...at("forAgency"),
            value: typed(filled, "forAgency", own?.id ?? ""),
            label: t("desk.intake.forAgency"),
            hint: t("desk.intake.forAgencyHint"),
            items: homes.map(({ id, name }) => ({ value: id, text: name })),
          }
        : null,
    earlier: {
      open: names.some((name) => typed(filled, name) !== "" || filled.errors[name]),
      title: t("desk.intake.earlier.open"),
      lead: t("desk.intake.earlier.lead"),
      date: {
        name: "earlier.date",
        label: t("desk.intake.earlier.date"),
        value: {
          day: typed(filled, "earlier.date.day"),
          month: typed(filled, "earlier.date.month"),
          year: typed(filled, "earlier.date.year"),
        },
        error: errorText(filled.errors, "earlier.date", t),
      },
      inputs: EARLIER.map((name) => ({
        ...at(`earlier.${name}`),
        label: t(`desk.intake.earlier.${name}`),
        ...(name === "time" ? { hint: t("desk.intake.earlier.timeHint"), width: 5 as const } : {}),
      })),
    },
  };
}

/** The other keys: what is lacking is asked for, or it is refused, on paper and at once. */
export function insteadOf({ filled, reasons }: CounterInput, t: Translate) {
  return {
    open: filled.errors[OWN.reason] !== undefined || ["ask", "decline"].includes(typed(filled, OWN.act)),
    title: t("desk.intake.instead.open"),
    lead: t("desk.intake.instead.lead"),
    preset:
      reasons.length > 0
        ? {
            name: OWN.preset,
            label: t("desk.life.preset"),
            placeholder: t("desk.life.presetNone"),
            value: typed(filled, OWN.preset),
            items: reasons.map((text) => ({ value: text, text })),
          }
        : null,
    reason: {
      name: OWN.reason,
      label: t("desk.intake.instead.reason"),
      rows: 3,
      maxLength: 4000,
      value: typed(filled, OWN.reason),
      error: errorText(filled.errors, OWN.reason, t),
    },
    buttons: [
      { text: t("desk.intake.instead.ask"), kind: "secondary" as const, name: OWN.act, value: "ask" },
      { text: t("desk.intake.instead.decline"), kind: "warning" as const, name: OWN.act, value: "decline" },
    ],
  };
}
