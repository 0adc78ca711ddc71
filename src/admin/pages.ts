import { paths as accessPaths } from "#access/paths.ts";
import { paths as calendarPaths } from "#calendar/paths.ts";
import { paths as contentPaths } from "#content/paths.ts";
import { paths as documentPaths } from "#documents/paths.ts";
import type {
  EmptyState,
  Figures,
  InsetText,
  LinkButton,
  NotificationBanner,
  Pagination,
  SearchBox,
  SubNavigation,
  SummaryList,
  Table,
  Tag,
} from "#platform/components.ts";
import { formatDate, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths as proceduresPaths } from "#procedures/paths.ts";
import { type Scanning, scanningBanner } from "#scanning/index.ts";
import { paths } from "./paths.ts";
import {
  type AgencyDetails,
  type AgencyRow,
  PAGE_SIZE,
  type Paged,
  type PersonRow,
  type ProcedureRow,
} from "./queries.ts";

export type AdminHomePage = Page & {
  figures: Figures;
  note: InsetText;
  sections: SubNavigation;
  missingYear: NotificationBanner | null;
  scanning: NotificationBanner | null;
};
export type AdminListPage = Page & {
  sections: SubNavigation;
  add: LinkButton | null;
  search: SearchBox | null;
  table: Table | null;
  empty: EmptyState | null;
  pagination: Pagination | null;
};
export type AdminAgencyPage = Page & {
  details: SummaryList;
  tag: Tag | null;
  people: Table | null;
  empty: EmptyState | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "admin/home": AdminHomePage;
    "admin/list": AdminListPage;
    "admin/agency": AdminAgencyPage;
  }
}

/** The parts of administration, for the pages of every room that belong to it. */
export const adminSections = (current: string, t: Translate): SubNavigation => ({
  label: t("admin.home.sections"),
  items: [
    { text: t("admin.home.title"), href: paths.home },
    { text: t("admin.home.agencies"), href: paths.agencies },
    { text: t("admin.home.people"), href: paths.people },
    { text: t("admin.home.procedures"), href: paths.procedures },
    { text: t("procedures.synonyms.title"), href: proceduresPaths.synonyms() },
    { text: t("admin.home.calendar"), href: calendarPaths.home },
    { text: t("documents.forms.title"), href: documentPaths.forms },
    { text: t("content.admin.title"), href: contentPaths.admin },
    { text: t("access.title"), href: accessPaths.matrix },
  ].map((item) => ({ ...item, current: item.href === current })),
});

export const adminHomePage = (
  counts: { agencies: number; people: number; procedures: number; citizens: number },
  { missingYear, scanning }: { missingYear: number | null; scanning: Scanning },
  t: Translate,
): AdminHomePage => ({
  title: t("admin.home.title"),
  width: "wide",
  sections: adminSections(paths.home, t),
  scanning: scanningBanner(scanning, t),
  missingYear:
    missingYear === null
      ? null
      : {
          kind: "warning",
          text: t("calendar.admin.missing", { year: missingYear }),
          link: { text: t("calendar.admin.title"), href: calendarPaths.year(null, missingYear) },
        },
  note: { text: t("admin.home.readOnly"), tone: "info" },
  figures: {
    items: [
      { value: formatNumber(counts.agencies), text: t("admin.home.agencies"), href: paths.agencies },
      { value: formatNumber(counts.people), text: t("admin.home.people"), href: paths.people },
      { value: formatNumber(counts.procedures), text: t("admin.home.procedures"), href: paths.procedures },
      { value: formatNumber(counts.citizens), text: t("admin.home.accounts") },
    ],
  },
});

function pagination(path: string, q: string, { total, page }: Paged<unknown>): Pagination | null {
  const last = Math.ceil(total / PAGE_SIZE);
  if (last <= 1) return null;
  const href = (number: number) => `${path}?${new URLSearchParams({ ...(q ? { q } : {}), trang: String(number) })}`;
  const shown = [...new Set([1, page - 1, page, page + 1, last])].filter((n) => n >= 1 && n <= last);
  return {
    newer: page > 1 ? { href: href(page - 1) } : null,
    older: page < last ? { href: href(page + 1) } : null,
    pages: shown.flatMap((number, i) => {
      const link = { number, href: href(number), current: number === page };
      return i > 0 && number - (shown[i - 1] ?? 0) > 1 ? (["gap", link] as const) : [link];
    }),
  };
}

const list = <T>(
  path: string,
  title: string,
  found: Paged<T>,
  parts: {
    q: string;
    search: string | null;
    table: Omit<Table, "rows">;
    none: string;
    row: (one: T) => Table["rows"][number];
    add?: LinkButton;
  },
  t: Translate,
): AdminListPage => ({
  title,
  width: "wide",
  sections: adminSections(path, t),
  add: parts.add ?? null,
  search: parts.search
    ? { action: path, name: "q", label: parts.search, value: parts.q, button: t("admin.agencies.find") }
    : null,
  table: found.rows.length > 0 ? { ...parts.table, rows: found.rows.map(parts.row) } : null,
  empty: found.rows.length > 0 ? null : { title: parts.none, text: parts.q ? t("admin.agencies.noneAdvice") : null },
  pagination: pagination(path, parts.q, found),
});

export const agencyListPage = (found: Paged<AgencyRow>, q: string, t: Translate): AdminListPage =>
  list(
    paths.agencies,
    t("admin.agencies.title"),
    found,
    {
      q,
      search: t("admin.agencies.search"),
      none: t("admin.agencies.none"),
      table: {
        caption: t("admin.agencies.caption"),
        hideCaption: true,
        head: [
          { text: t("admin.agencies.name") },
          { text: t("admin.agencies.identifier") },
          { text: t("admin.agencies.level") },
          { text: t("admin.agencies.people"), numeric: true },
        ],
      },
      row: ({ id, name, identifier, level, people, isClosed }) => ({
        cells: [
          { text: name, href: paths.agency(id), note: isClosed ? t("admin.agencies.closed") : null },
          { text: identifier },
          { text: t(`admin.levels.${level}`) },
          { text: formatNumber(people), numeric: true },
        ],
      }),
    },
    t,
  );

const roles = ["desk", "specialist", "unit_head", "leader", "clerk"] as const;
const roleName = (role: string, t: Translate): string => {
  const known = roles.find((one) => one === role);
  return known ? t(`admin.roles.${known}`) : role;
};

export const agencyPage = (agency: AgencyDetails, t: Translate): AdminAgencyPage => {
  const unknown = t("admin.agency.unknown");
  const linked = (agencies: readonly { name: string }[]) =>
    agencies.length > 0 ? agencies.map(({ name }) => name) : unknown;
  return {
    title: agency.name,
    width: "wide",
    back: { href: paths.agencies },
    tag: agency.validTo === null ? null : { text: t("admin.agencies.closed"), tone: "neutral" },
    details: {
      title: t("admin.agency.details"),
      rows: [
        { key: t("admin.agencies.identifier"), value: agency.identifier },
        { key: t("admin.agencies.level"), value: t(`admin.levels.${agency.level}`) },
        {
          key: t("admin.agency.parent"),
          value: agency.parent?.name ?? unknown,
          href: agency.parent ? paths.agency(agency.parent.id) : null,
        },
        { key: t("admin.agency.children"), value: linked(agency.children) },
        { key: t("admin.agency.units"), value: linked(agency.units) },
        { key: t("admin.agency.procedures"), value: formatNumber(agency._count.offerings) },
        { key: t("admin.agency.address"), value: agency.address ?? unknown },
        { key: t("admin.agency.phone"), value: agency.phone ?? unknown },
      ],
    },
    people:
      agency.postings.length > 0
        ? {
            caption: t("admin.agency.people"),
            head: [{ text: t("admin.people.name") }, { text: t("admin.people.postings") }],
            rows: agency.postings.map(({ account, role, title }) => ({
              cells: [{ text: account.displayName }, { text: roleName(role, t), note: title }],
            })),
          }
        : null,
    empty: agency.postings.length > 0 ? null : { title: t("admin.agency.noPeople") },
  };
};

const stateOf = (person: PersonRow, t: Translate): Tag =>
  person.disabledAt
    ? { text: t("admin.people.disabled"), tone: "refused" }
    : person.isActivated
      ? { text: t("admin.people.active"), tone: "done" }
      : { text: t("admin.people.waiting"), tone: "waiting" };

export const peopleListPage = (found: Paged<PersonRow>, q: string, t: Translate): AdminListPage =>
  list(
    paths.people,
    t("admin.people.title"),
    found,
    {
      q,
      search: t("admin.people.search"),
      none: t("admin.people.none"),
      table: {
        caption: t("admin.people.caption"),
        hideCaption: true,
        head: [
          { text: t("admin.people.name") },
          { text: t("admin.people.username") },
          { text: t("admin.people.postings") },
          { text: t("admin.people.state") },
        ],
      },
      row: (person) => ({
        cells: [
          { text: person.displayName },
          { text: person.username },
          {
            text:
              person.kind === "admin"
                ? t("admin.people.admin")
                : person.postings.map(({ role, agency }) => `${agency.shortName}: ${roleName(role, t)}`).join("; ") ||
                  t("admin.people.noPosting"),
          },
          { text: "", tag: stateOf(person, t) },
        ],
      }),
    },
    t,
  );

export const procedureListPage = (found: Paged<ProcedureRow>, t: Translate): AdminListPage =>
  list(
    paths.procedures,
    t("admin.procedures.title"),
    found,
    {
      q: "",
      search: null,
      none: t("admin.procedures.none"),
      add: { text: t("admin.procedures.add"), href: paths.newProcedure },
      table: {
        caption: t("admin.procedures.caption"),
        hideCaption: true,
        head: [
          { text: t("admin.procedures.name") },
          { text: t("admin.procedures.code") },
          { text: t("admin.procedures.versions") },
          { text: t("admin.procedures.offerings"), numeric: true },
        ],
      },
      row: ({ code, name, versions, offerings }) => ({
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
          { text: formatNumber(offerings), numeric: true },
        ],
      }),
    },
    t,
  );
