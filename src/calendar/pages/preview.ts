import type { DuePreview } from "#dossiers/index.ts";
import type { Button, InsetText, Table } from "#platform/components.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { StandingDay } from "../queries.ts";
import type { CalendarEdit } from "../rules.ts";
import { dayInWords, type Hidden, type Looked, scopeText } from "./words.ts";

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
    "calendar/preview": CalendarPreviewPage;
  }
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
