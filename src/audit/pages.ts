import { paths as filingPaths } from "#filing/paths.ts";
import type { EmptyState, Input, InsetText, LinkButton, Pagination, Select, Table } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "./paths.ts";
import type { EventRow, EventSearch, Look } from "./queries.ts";
import { EVENT_KINDS, kindKey } from "./rules.ts";

export type LogPage = Page & {
  lead: string;
  action: string;
  person: Input;
  dossier: Input;
  kind: Select;
  from: Input;
  to: Input;
  submit: string;
  export: LinkButton;
  table: Table | null;
  empty: EmptyState | null;
  pagination: Pagination | null;
};
export type LooksPage = Page & { lead: string; note: InsetText; table: Table | null; empty: EmptyState | null };

declare module "#platform/render.ts" {
  interface Views {
    "audit/log": LogPage;
    "audit/looks": LooksPage;
  }
}

const queryOf = ({ person, dossier, kind, from, to }: EventSearch): [string, string][] =>
  [
    ["nguoi", person],
    ["hoso", dossier],
    ["loai", kind ?? ""],
    ["tu", from],
    ["den", to],
  ].filter((pair): pair is [string, string] => Boolean(pair[1]));

const addressWith = (path: string, pairs: [string, string][]): string =>
  pairs.length > 0 ? `${path}?${new URLSearchParams(pairs)}` : path;

/** Words of an event that are worth a column; ids stand in the export. */
const TOLD = ["q", "factor", "what", "count", "idleDays", "route", "level", "person", "dossier"] as const;

/** What was searched, how many, why: by name, in words. */
const detailOf = ({ params }: EventRow, t: Translate): string =>
  [
    ...(params["twice"] === true ? [t("audit.told.twice")] : []),
    ...TOLD.flatMap((name) => {
      const value = params[name];
      return value === undefined || value === null || value === ""
        ? []
        : [`${t(`audit.told.${name}`)}: ${String(value)}`];
    }),
  ].join("; ");

export const logPage = (
  { rows, hasMore }: { rows: readonly EventRow[]; hasMore: boolean },
  search: EventSearch,
  t: Translate,
): LogPage => ({
  title: t("audit.log.title"),
  width: "wide",
  lead: t("audit.log.lead"),
  action: paths.log,
  person: { name: "nguoi", label: t("audit.log.person"), hint: t("audit.log.personHint"), value: search.person },
  dossier: { name: "hoso", label: t("audit.log.dossier"), value: search.dossier, verbatim: true, width: 30 },
  kind: {
    name: "loai",
    label: t("audit.log.kind"),
    value: search.kind ?? "",
    placeholder: t("audit.log.anyKind"),
    items: EVENT_KINDS.map((kind) => ({ value: kind, text: t(`audit.kinds.${kindKey(kind)}`) })),
  },
  from: { name: "tu", label: t("audit.log.from"), type: "date", value: search.from, width: 10 },
  to: { name: "den", label: t("audit.log.to"), type: "date", value: search.to, width: 10 },
  submit: t("audit.log.submit"),
  export: {
    text: t("audit.log.export"),
    href: addressWith(paths.export, queryOf(search)),
    kind: "secondary",
    download: true,
  },
  table:
    rows.length === 0
      ? null
      : {
          caption: t("audit.log.title"),
          hideCaption: true,
          head: ["at", "kind", "who", "about", "dossier", "source", "detail"].map((name) => ({
            text: t(`audit.head.${name as "at"}`),
          })),
          rows: rows.map((row) => ({
            cells: [
              { text: formatDateTime(row.at) },
              { text: t(`audit.kinds.${kindKey(row.kind)}`) },
              { text: row.who ? `${row.who} (${row.username})` : t("audit.log.visitor") },
              { text: row.about ?? "" },
              { text: row.dossier ?? "" },
              { text: row.address ?? "" },
              { text: detailOf(row, t) },
            ],
          })),
        },
  empty: rows.length === 0 ? { title: t("audit.log.none"), text: t("audit.log.noneText") } : null,
  pagination: hasMore
    ? {
        older: {
          text: t("audit.log.older"),
          href: addressWith(paths.log, [...queryOf(search), ["truoc", String(rows.at(-1)?.id ?? "")]]),
        },
      }
    : null,
});

/** One event as a line of JSON, for what collects events of many systems. */
export const eventLine = ({ id, at, ...row }: EventRow): string =>
  `${JSON.stringify({ id: String(id), at: at.toISOString(), ...row })}\n`;

export const looksPage = (
  reference: string,
  looks: readonly (Omit<Look, "agencyId"> & { agency: string | null })[],
  t: Translate,
): LooksPage => ({
  title: t("audit.looks.title"),
  back: { href: filingPaths.dossier(reference) },
  lead: t("audit.looks.lead"),
  note: { text: t("audit.looks.note"), tone: "info" },
  table:
    looks.length === 0
      ? null
      : {
          caption: t("audit.looks.title"),
          hideCaption: true,
          head: [t("audit.head.at"), t("audit.head.who"), t("audit.looks.agency"), t("audit.looks.what")].map(
            (text) => ({ text }),
          ),
          rows: looks.map(({ at, who, agency, kind }) => ({
            cells: [
              { text: formatDateTime(at) },
              { text: who, lang: "vi" },
              { text: agency ?? "", lang: "vi" },
              { text: t(`audit.kinds.${kindKey(kind)}`) },
            ],
          })),
        },
  empty: looks.length === 0 ? { title: t("audit.looks.none") } : null,
});
