import { paths as accessPaths } from "#access/paths.ts";
import { paths as authoringPaths } from "#authoring/paths.ts";
import { paths as calendarPaths } from "#calendar/paths.ts";
import { paths as contentPaths } from "#content/paths.ts";
import { paths as deskPaths } from "#desk/paths.ts";
import { paths as documentPaths } from "#documents/paths.ts";
import {
  type Figures,
  type InsetText,
  type NotificationBanner,
  part,
  type SubNavigation,
} from "#platform/components.ts";
import type { Admin } from "#platform/context.ts";
import { formatDate, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths as privacyPaths } from "#privacy/paths.ts";
import { paths as proceduresPaths } from "#procedures/paths.ts";
import { paths as queuePaths } from "#queue/paths.ts";
import { type Scanning, scanningBanner } from "#scanning/index.ts";
import { type AdminPage, adminPage, pagesPart, tablePart } from "./pages/parts.ts";
import { paths } from "./paths.ts";
import { PAGE_SIZE, type Paged, type ProcedureRow } from "./queries.ts";
import { reachOf } from "./rules.ts";

export type AdminHomePage = Page & {
  figures: Figures;
  note: InsetText | null;
  sections: SubNavigation;
  missingYear: NotificationBanner | null;
  scanning: NotificationBanner | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "admin/home": AdminHomePage;
  }
}

/**
 * The parts of administration, for the pages of every room that belong to it.
 * @param admin who looks, where it is known: who keeps one agency is not led to what is the province's
 */
export const adminSections = (current: string, t: Translate, admin?: Pick<Admin, "agencyId">): SubNavigation => ({
  label: t("admin.home.sections"),
  items: [
    { text: t("admin.home.title"), href: paths.home },
    { text: t("desk.overview.link"), href: deskPaths.adminOverview },
    { text: t("admin.home.agencies"), href: paths.agencies },
    { text: t("admin.home.people"), href: paths.people },
    { text: t("admin.home.offerings"), href: paths.offerings },
    { text: t("admin.home.procedures"), href: paths.procedures },
    { text: t("procedures.synonyms.title"), href: proceduresPaths.synonyms() },
    { text: t("lists.title"), href: authoringPaths.lists },
    { text: t("admin.home.calendar"), href: calendarPaths.home },
    { text: t("queue.admin.nav"), href: queuePaths.admin },
    { text: t("documents.forms.title"), href: documentPaths.forms },
    { text: t("content.admin.title"), href: contentPaths.admin },
    { text: t("authoring.changes.title"), href: authoringPaths.changes(null) },
    { text: t("privacy.admin.title"), href: privacyPaths.admin },
    { text: t("access.title"), href: accessPaths.matrix },
  ]
    .filter(({ href }) => admin?.agencyId === undefined || reachOf(href.slice(paths.home.length) || "/") !== "province")
    .map((item) => ({ ...item, current: item.href === current })),
});

export const adminHomePage = (
  counts: { agencies: number; people: number; procedures: number; citizens: number },
  {
    missingYear,
    scanning,
    admin,
    keptAgency,
  }: {
    missingYear: number | null;
    scanning: Scanning;
    admin: Admin;
    /** Whose administrator looks; null: the province's. */
    keptAgency: string | null;
  },
  t: Translate,
): AdminHomePage => ({
  title: t("admin.home.title"),
  width: "wide",
  sections: adminSections(paths.home, t, admin),
  scanning: scanningBanner(scanning, t),
  missingYear:
    missingYear === null
      ? null
      : {
          kind: "warning",
          text: t("calendar.admin.missing", { year: missingYear }),
          link: { text: t("calendar.admin.title"), href: calendarPaths.year(null, missingYear) },
        },
  note: keptAgency === null ? null : { text: t("admin.home.reach", { agency: keptAgency }), tone: "info" },
  figures: {
    items: [
      { value: formatNumber(counts.agencies), text: t("admin.home.agencies"), href: paths.agencies },
      { value: formatNumber(counts.people), text: t("admin.home.people"), href: paths.people },
      { value: formatNumber(counts.procedures), text: t("admin.home.procedures"), href: paths.procedures },
      { value: formatNumber(counts.citizens), text: t("admin.home.accounts") },
    ],
  },
});

/** Configured procedures with their versions, 50 a page. */
export const procedureListPage = (found: Paged<ProcedureRow>, t: Translate): AdminPage =>
  adminPage(
    {
      title: t("admin.procedures.title"),
      sections: adminSections(paths.procedures, t),
      parts: [
        part("components/link-button", { text: t("admin.procedures.add"), href: paths.newProcedure }),
        ...tablePart(
          {
            caption: t("admin.procedures.caption"),
            head: [
              { text: t("admin.procedures.name") },
              { text: t("admin.procedures.code") },
              { text: t("admin.procedures.versions") },
              { text: t("admin.procedures.offerings"), numeric: true },
            ],
            rows: found.rows.map(({ code, name, versions, offerings }) => ({
              cells: [
                { text: name, href: paths.procedure(code) },
                { text: code },
                {
                  text: versions
                    .map(({ number, effectiveFrom }) =>
                      t("admin.procedures.version", { number, date: formatDate(effectiveFrom) }),
                    )
                    .join("; "),
                },
                { text: formatNumber(offerings), numeric: true, href: paths.offeringsOf(code) },
              ],
            })),
          },
          t("admin.procedures.none"),
        ),
        ...pagesPart(paths.procedures, {}, found, PAGE_SIZE, t),
      ],
    },
    t,
  );
