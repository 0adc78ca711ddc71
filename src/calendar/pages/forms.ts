import {
  type Button,
  type DateInput,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Input,
  type InsetText,
  type PageHeading,
  type Radios,
  type Textarea,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { StandingDay } from "../queries.ts";
import { CONFIDENCES, type LocalDate } from "../rules.ts";
import { type Hidden, type Looked, scopeText } from "./words.ts";

export type CalendarDayPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  scope: InsetText;
  action: string;
  hidden: Hidden;
  date: DateInput;
  kind: Radios;
  name: Input;
  confidence: Radios;
  source: Input;
  buttons: readonly Button[];
};
export type CalendarImportPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  scope: InsetText;
  action: string;
  hidden: Hidden;
  table: Textarea;
  button: Button;
};

declare module "#platform/render.ts" {
  interface Views {
    "calendar/day": CalendarDayPage;
    "calendar/import": CalendarImportPage;
  }
}

/** The boxes of a form filled with a day that stands. */
export const dayForm = ({ date, kind, name, confidence, source }: StandingDay): Form => ({
  values: {
    "date.day": String(Number(date.slice(8))),
    "date.month": String(Number(date.slice(5, 7))),
    "date.year": date.slice(0, 4),
    kind,
    name,
    confidence,
    source: source ?? "",
  },
  errors: {},
});

/** @param former the day that the form edits; null: a day is added */
export function dayPage(looked: Looked, former: LocalDate | null, form: Form, t: Translate): CalendarDayPage {
  const errors = errorSummary(form.errors, t);
  const title = former ? t("calendar.day.editTitle", { date: formatPartialDate(former) }) : t("calendar.day.addTitle");
  return {
    title,
    hasErrors: errors !== null,
    back: { href: paths.year(looked.agencyId, former ? Number(former.slice(0, 4)) : undefined) },
    heading: { title },
    errors,
    scope: scopeText(looked, t),
    action: paths.preview,
    hidden: [
      ...(looked.agencyId ? [{ name: "agency", value: looked.agencyId }] : []),
      ...(former ? [{ name: "former", value: former }] : []),
    ],
    date: {
      name: "date",
      label: t("calendar.admin.date"),
      hint: t("calendar.day.dateHint"),
      value: { day: shown(form, "date.day"), month: shown(form, "date.month"), year: shown(form, "date.year") },
      error: errorText(form.errors, "date", t),
    },
    kind: {
      name: "kind",
      label: t("calendar.day.kind"),
      value: shown(form, "kind"),
      error: errorText(form.errors, "kind", t),
      items: [
        { value: "off", text: t("calendar.day.off"), hint: t("calendar.day.offHint") },
        { value: "working", text: t("calendar.day.working"), hint: t("calendar.day.workingHint") },
      ],
    },
    name: {
      name: "name",
      label: t("calendar.day.name"),
      hint: t("calendar.day.nameHint"),
      value: shown(form, "name"),
      maxLength: 200,
      error: errorText(form.errors, "name", t),
    },
    confidence: {
      name: "confidence",
      label: t("calendar.day.confidence"),
      value: shown(form, "confidence"),
      error: errorText(form.errors, "confidence", t),
      items: CONFIDENCES.map((one) => ({ value: one, text: t(`calendar.admin.confidence.${one}`) })),
    },
    source: {
      name: "source",
      label: t("calendar.day.source"),
      hint: t("calendar.day.sourceHint"),
      required: false,
      value: shown(form, "source"),
      error: errorText(form.errors, "source", t),
    },
    buttons: [
      { text: t("calendar.day.preview") },
      ...(former
        ? [{ text: t("calendar.day.remove"), kind: "warning" as const, name: "act", value: "remove", novalidate: true }]
        : []),
    ],
  };
}

export function importPage(looked: Looked, form: Form, t: Translate): CalendarImportPage {
  const errors = errorSummary(form.errors, t);
  return {
    title: t("calendar.bring.title"),
    hasErrors: errors !== null,
    back: { href: paths.year(looked.agencyId) },
    heading: { title: t("calendar.bring.title"), lead: t("calendar.bring.lead") },
    errors,
    scope: scopeText(looked, t),
    action: paths.preview,
    hidden: [
      { name: "act", value: "import" },
      ...(looked.agencyId ? [{ name: "agency", value: looked.agencyId }] : []),
    ],
    table: {
      name: "table",
      label: t("calendar.bring.table"),
      hint: t("calendar.bring.tableHint"),
      rows: 16,
      value: shown(form, "table"),
      error: errorText(form.errors, "table", t),
    },
    button: { text: t("calendar.day.preview") },
  };
}
