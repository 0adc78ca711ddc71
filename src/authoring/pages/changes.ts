import { paths as calendarPaths } from "#calendar/paths.ts";
import { paths as contentPaths } from "#content/paths.ts";
import { paperName } from "#documents/rules.ts";
import { LISTS } from "#lists/index.ts";
import { MAILS, mailKind, ownMailWords } from "#notifications/index.ts";
import { part } from "#platform/components.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths as procedurePaths } from "#procedures/paths.ts";
import { paths } from "../paths.ts";
import { HISTORY_KINDS, HISTORY_PER_PAGE, type HistoryKind, type HistoryRow } from "../queries/history.ts";
import type { BlocksPage } from "./blocks.ts";
import { saidOf } from "./frame.ts";
import { procedurePage } from "./publish.ts";

const PUBLIC = ["published", "suspended", "restored"] as const;

/** `mail.accepted`, `paper.decline_slip`, `paper.result.<procedure>`: the last of it stands in the address. */
const hrefOfWording = (kind: string): string =>
  kind.startsWith("mail.")
    ? paths.wording("mails", kind.slice("mail.".length))
    : paths.wording("papers", kind.replace(/^paper\.(?:result\.)?/, ""));

function nameOfWording(kind: string, t: Translate): string {
  const mail = MAILS.find((one) => mailKind(one) === kind);
  return mail ? ownMailWords(mail).titleVi : paperName(kind.split(".")[1] ?? "", t);
}

/** Where a thing is opened, and put back as it was. */
function hrefOf({ kind, subject, params }: HistoryRow): string {
  switch (kind) {
    case "procedure":
      return paths.procedure(subject);
    case "manuscript":
      return paths.history(subject);
    case "list":
      return paths.list(subject);
    case "synonym":
      return procedurePaths.synonym(subject);
    case "content":
      return contentPaths.version(subject.split(" ")[1] ?? "", Number(params["number"]));
    case "wording":
      return hrefOfWording(subject);
    case "calendar":
      return calendarPaths.year(null, Number(subject));
    case "catalogue":
      return paths.nationalUpdate(subject);
  }
}

function whatWasDone(row: HistoryRow, t: Translate): string {
  const { kind, did, name } = row;
  const params = row.params as Record<string, string>;
  const event = PUBLIC.find((one) => one === did);
  if (kind === "procedure")
    return `${name}: ${event ? t(`authoring.publish.events.${event}`, params) : t("authoring.changes.offerings")}`;
  if (kind === "manuscript") return `${name}: ${saidOf({ did, params }, t)}`;
  if (kind === "list") {
    const list = LISTS.find((one) => one === name);
    return list ? t(`lists.names.${list}`) : name;
  }
  if (kind === "wording") return `${nameOfWording(name, t)}: ${t("authoring.changes.numbered", params)}`;
  if (kind === "content") return `${name}: ${t("authoring.changes.numbered", params)}`;
  if (kind === "calendar") return [name, t("authoring.changes.days", params)].filter(Boolean).join(": ");
  if (kind === "catalogue")
    return `${name}: ${t(`authoring.changes.${did === "accepted" ? "accepted" : "left"}`, { count: formatNumber(Number(params["count"])) })}`;
  return name;
}

function valuesOf({ before, after, did, kind }: HistoryRow, t: Translate): string {
  if (kind === "procedure") return after ?? "";
  if (did === "removed") return `${t("authoring.changes.removed")} “${after ?? ""}”`;
  if (after === null || before === after) return "";
  return before === null ? t("authoring.changes.set", { after }) : t("authoring.changes.became", { before, after });
}

/** Who changed what, of everything that administrators configure. */
export function changesPage(rows: readonly HistoryRow[], kind: HistoryKind | null, t: Translate): BlocksPage {
  const page = procedurePage(
    {
      title: t("authoring.changes.title"),
      lead: t("authoring.changes.lead"),
      back: { href: paths.procedures, text: t("authoring.publish.procedure.back") },
      blocks: [
        {
          parts: [
            rows.length === 0
              ? part("components/inset-text", { text: t("authoring.changes.none") })
              : part("components/table", {
                  caption: t("authoring.changes.title"),
                  hideCaption: true,
                  head: [
                    { text: t("authoring.changes.when") },
                    { text: t("authoring.changes.what") },
                    { text: t("authoring.changes.values") },
                  ],
                  rows: rows.map((row) => ({
                    cells: [
                      { text: formatDateTime(row.at), note: row.byName ?? t("authoring.changes.portal") },
                      { text: whatWasDone(row, t), href: hrefOf(row), note: t(`authoring.changes.kinds.${row.kind}`) },
                      { text: valuesOf(row, t) || t("authoring.changes.inside") },
                    ],
                  })),
                }),
          ],
          ...(rows.length === HISTORY_PER_PAGE
            ? {
                links: [
                  {
                    text: t("authoring.changes.older"),
                    href: paths.changes(kind, rows.at(-1)?.at ?? null),
                    kind: "secondary" as const,
                  },
                ],
              }
            : {}),
        },
      ],
    },
    t,
  );
  return {
    ...page,
    frame: {
      ...page.frame,
      parts: {
        label: t("authoring.changes.label"),
        items: [
          { text: t("authoring.changes.all"), href: paths.changes(null), current: kind === null },
          ...HISTORY_KINDS.map((one) => ({
            text: t(`authoring.changes.kinds.${one}`),
            href: paths.changes(one),
            current: one === kind,
          })),
        ],
      },
    },
  };
}
