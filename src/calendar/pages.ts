import { adminSections } from "#admin/index.ts";
import type { DuePreview } from "#dossiers/index.ts";
import type {
  Button,
  DateInput,
  EmptyState,
  ErrorSummary,
  Input,
  InsetText,
  LinkButton,
  NotificationBanner,
  PageHeading,
  Radios,
  Select,
  SubNavigation,
  Table,
  Textarea,
  Timeline,
} from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatNumber, formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "./paths.ts";
import type { ListedChange, StandingDay } from "./queries.ts";
import { type CalendarEdit, CONFIDENCES, type LocalDate, weekdayOf } from "./rules.ts";

type Hidden = readonly { name: string; value: string }[];
export type CalendarYearPage = Page & {
  heading: PageHeading;
  sections: SubNavigation;
  missing: NotificationBanner | null;
  scope: { action: string; year: string; select: Select; button: Button };
  years: SubNavigation;
  links: readonly LinkButton[];
  table: Table | null;
  empty: EmptyState | null;
  historyTitle: string;
  history: Timeline | null;
};
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
export type CalendarPreviewPage = Page & {
  scope: InsetText;
  days: Table;
  dossiersTitle: string;
  count: string;
  first: string | null;
  dossiers: Table | null;
  told: InsetText;
  action: string;
  hidden: Hidden;
  button: Button;
};

declare module "#platform/render.ts" {
  interface Views {
    "calendar/year": CalendarYearPage;
    "calendar/day": CalendarDayPage;
    "calendar/import": CalendarImportPage;
    "calendar/preview": CalendarPreviewPage;
  }
}

/** Whose calendar is looked at: an agency's, or the province's. */
export type Looked = { agencyId: string | null; agencyName: string | null };

const dayInWords = (date: LocalDate, t: Translate): string =>
  `${t(`calendar.admin.weekdays.d${weekdayOf(date)}`)}, ${formatPartialDate(date)}`;

const confidenceOf = (text: string, t: Translate): string => {
  const known = CONFIDENCES.find((one) => one === text);
  return known ? t(`calendar.admin.confidence.${known}`) : text;
};

const scopeText = ({ agencyName }: Looked, t: Translate): InsetText => ({
  text: agencyName ? t("calendar.day.ofAgency", { agency: agencyName }) : t("calendar.day.ofProvince"),
  tone: "info",
});

const namedDays = (days: ListedChange["entered"], t: Translate): string =>
  days
    .map(({ date, kind, name }) => `${formatPartialDate(date)} (${t(`calendar.admin.kinds.${kind}`)}: ${name})`)
    .join(", ");

function historyOf(
  changes: readonly ListedChange[],
  agencyName: (id: string) => string,
  t: Translate,
): Timeline | null {
  if (changes.length === 0) return null;
  return {
    headingLevel: 3,
    items: changes.map(({ at, byName, agencyId, entered, ended, moved, recomputedAt }) => ({
      title: agencyId ? agencyName(agencyId) : t("calendar.admin.province"),
      at: formatDateTime(at),
      datetime: at.toISOString(),
      by: byName ?? t("calendar.admin.installed"),
      text: [
        entered.length > 0 ? t("calendar.admin.entered", { days: namedDays(entered, t) }) : "",
        ended.length > 0 ? t("calendar.admin.removed", { days: namedDays(ended, t) }) : "",
        recomputedAt ? t("calendar.admin.recomputed", { count: formatNumber(moved) }) : t("calendar.admin.recomputing"),
      ]
        .filter(Boolean)
        .join("\n"),
    })),
  };
}

export type YearInput = {
  year: number;
  looked: Looked;
  /** Days of the year, an agency's own marked as such. */
  days: readonly (StandingDay & { isOwn: boolean })[];
  agencies: readonly { id: string; name: string }[];
  missing: number | null;
  changes: readonly ListedChange[];
};

export function yearPage(
  { year, looked, days, agencies, missing, changes }: YearInput,
  t: Translate,
): CalendarYearPage {
  const { agencyId } = looked;
  const nameOf = new Map(agencies.map(({ id, name }) => [id, name]));
  return {
    title: t("calendar.admin.title"),
    width: "wide",
    heading: { title: t("calendar.admin.title"), lead: t("calendar.admin.lead") },
    sections: adminSections(paths.home, t),
    missing: missing === null ? null : { kind: "warning", text: t("calendar.admin.missing", { year: missing }) },
    scope: {
      action: paths.home,
      year: String(year),
      select: {
        name: "co-quan",
        label: t("calendar.admin.scope"),
        value: agencyId ?? "",
        items: [
          { value: "", text: t("calendar.admin.province") },
          ...agencies.map(({ id, name }) => ({ value: id, text: name })),
        ],
      },
      button: { text: t("calendar.admin.choose"), kind: "secondary" },
    },
    years: {
      label: t("calendar.admin.years"),
      items: [year - 1, year, year + 1].map((one) => ({
        text: String(one),
        href: paths.year(agencyId, one),
        current: one === year,
      })),
    },
    links: [
      { text: t("calendar.admin.add"), href: paths.day(agencyId), kind: "primary" },
      { text: t("calendar.admin.import"), href: paths.import(agencyId), kind: "secondary" },
      { text: t("calendar.admin.export"), href: paths.export(agencyId), kind: "secondary", download: true },
    ],
    table:
      days.length === 0
        ? null
        : {
            caption: t("calendar.admin.caption", { year }),
            head: [
              { text: t("calendar.admin.date") },
              { text: t("calendar.admin.kind") },
              { text: t("calendar.admin.name") },
              { text: t("calendar.admin.basis") },
            ],
            rows: days.map(({ date, kind, name, confidence, source, isOwn }) => ({
              cells: [
                { text: dayInWords(date, t), href: paths.day(agencyId, date) },
                {
                  text: "",
                  tag: { text: t(`calendar.admin.kinds.${kind}`), tone: kind === "off" ? "neutral" : "progress" },
                },
                { text: name, note: agencyId && !isOwn ? t("calendar.admin.fromProvince") : null },
                { text: confidenceOf(confidence, t), note: source },
              ],
            })),
          },
    empty: days.length > 0 ? null : { title: t("calendar.admin.none", { year }), text: t("calendar.admin.noneText") },
    historyTitle: t("calendar.admin.history"),
    history: historyOf(changes, (id) => nameOf.get(id) ?? "", t),
  };
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

export type PreviewInput = {
  looked: Looked;
  edit: CalendarEdit;
  standing: readonly StandingDay[];
  due: DuePreview;
  agencyName: (id: string) => string;
  /** What was typed, to be sent again, and the change that the person saw. */
  sent: Hidden;
};

export function previewPage(
  { looked, edit, standing, due, agencyName, sent }: PreviewInput,
  t: Translate,
): CalendarPreviewPage {
  const before = new Map(standing.map((day) => [day.date, day]));
  const after = new Map(edit.set.map((day) => [day.date, day]));
  const dates = [...new Set([...after.keys(), ...edit.remove])].sort();
  const said = (day: StandingDay | undefined): string =>
    day ? `${t(`calendar.admin.kinds.${day.kind}`)}: ${day.name}` : t("calendar.preview.nothing");
  const counts = { count: formatNumber(due.count), looked: formatNumber(due.looked) };
  return {
    title: t("calendar.preview.title"),
    width: "wide",
    back: { href: paths.year(looked.agencyId), text: t("calendar.admin.title") },
    scope: scopeText(looked, t),
    days: {
      caption: t("calendar.preview.days"),
      head: [
        { text: t("calendar.admin.date") },
        { text: t("calendar.preview.before") },
        { text: t("calendar.preview.after") },
      ],
      rows: dates.map((date) => ({
        cells: [{ text: dayInWords(date, t) }, { text: said(before.get(date)) }, { text: said(after.get(date)) }],
      })),
    },
    dossiersTitle: t("calendar.preview.dossiers"),
    count:
      due.count === 0 && !due.isCut
        ? t("calendar.preview.none")
        : t(due.isCut ? "calendar.preview.countCut" : "calendar.preview.count", counts),
    first: due.count > due.first.length ? t("calendar.preview.first", { shown: due.first.length }) : null,
    dossiers:
      due.first.length === 0
        ? null
        : {
            caption: t("calendar.preview.dossiers"),
            hideCaption: true,
            head: [
              { text: t("calendar.preview.code") },
              { text: t("calendar.preview.agency") },
              { text: t("calendar.preview.from") },
              { text: t("calendar.preview.to") },
            ],
            rows: due.first.map(({ code, agencyId, from, to }) => ({
              cells: [
                { text: code },
                { text: agencyName(agencyId) },
                { text: formatDateTime(from) },
                { text: formatDateTime(to) },
              ],
            })),
          },
    told: { text: t("calendar.preview.told"), tone: "info" },
    action: paths.home,
    hidden: sent,
    button: { text: t("calendar.preview.apply") },
  };
}
