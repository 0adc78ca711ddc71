import { adminSections } from "#admin/index.ts";
import type {
  Button,
  EmptyState,
  LinkButton,
  NotificationBanner,
  PageHeading,
  Select,
  SubNavigation,
  Table,
  Timeline,
} from "#platform/components.ts";
import { formatDateTime, formatNumber, formatPartialDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { ListedChange, StandingDay } from "../queries.ts";
import { confidenceOf, dayInWords, type Looked } from "./words.ts";

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

declare module "#platform/render.ts" {
  interface Views {
    "calendar/year": CalendarYearPage;
  }
}

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
