import { randomUUID } from "node:crypto";
import { ARCHIVES, STEP_LISTS, statusTag, type WorkList, type WorkRow } from "#dossiers/index.ts";
import { showCode } from "#platform/codes.ts";
import type {
  Cell,
  EmptyState,
  InsetText,
  LinkButton,
  PageHeading,
  Pagination,
  SubNavigation,
  Table,
} from "#platform/components.ts";
import { formatDate, formatDateTime, formatNumber } from "#platform/format.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { type Column, DESK_LISTS, isLate, LIST_WORDS, type ListWord, lists } from "../rules.ts";
import { type BatchBar, type BatchChoice, batchBar, chooseOf } from "./batch.ts";
import type { Filters, Shown } from "./filters.ts";
import { dossierDue, type Words } from "./words.ts";

/** One row with what the query cannot know: names that stand in the procedure version. */
export type NamedRow = WorkRow & { procedureName: string; stepName: string | null };

type Worklist = Page & {
  heading: PageHeading;
  register: LinkButton | null;
  /** For whom the officer acts today. */
  deputy: InsetText | null;
  tools: readonly { text: string; href: string }[];
  lists: SubNavigation;
  clear: { text: string; href: string } | null;
  /** Leads to the filters; the filters themselves where they are looked at or in force. */
  filter: { text: string; href: string } | null;
  filters: Filters | null;
  /** Leads to choosing several; the bar where they are chosen. */
  choose: { text: string; href: string } | null;
  batch: BatchBar | null;
  table: Table | null;
  empty: EmptyState | null;
  pages: Pagination | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/worklist": Worklist;
    "desk/_filters": Filters;
  }
}

export type WorklistInput = {
  list: ListWord;
  shown: Shown;
  rows: readonly NamedRow[];
  next: { at: Date; id: string } | null;
  isFirst: boolean;
  /** Null where the list is narrowed: nobody asked. */
  counts: Readonly<Record<WorkList, number | null>> | null;
  countCap: number;
  /** How many rows a narrowed list has; null where nobody counted. */
  found: number | null;
  isNarrowed: boolean;
  isDesk: boolean;
  isLeader: boolean;
  deputyFor: readonly { name: string }[];
  isInUnit: boolean;
  columns: readonly Column[];
  batch: BatchChoice | null;
  filters: Filters | null;
};

const capped = (count: number, { countCap }: WorklistInput, { t }: Words): string =>
  count > countCap ? t("desk.work.tooMany", { count: formatNumber(countCap) }) : formatNumber(count);

function countOf(word: ListWord, input: WorklistInput, words: Words): string | null {
  const list = lists[word];
  const count = list === "all" ? null : (input.counts?.[list] ?? null);
  return count === null ? null : capped(count, input, words);
}

function navigation(input: WorklistInput, words: Words): SubNavigation {
  const { list, shown, isDesk, isInUnit, isNarrowed } = input;
  const isOffered = (word: ListWord): boolean =>
    (isDesk || !DESK_LISTS.includes(word)) &&
    (isInUnit || word !== "don-vi") &&
    (word !== "han-che" || list === word || (input.counts?.restricted ?? 0) > 0) &&
    (word !== "tat-ca" || isNarrowed || list === word);
  return {
    label: words.t("desk.work.lists"),
    items: LIST_WORDS.filter(isOffered).map((word) => ({
      text: words.t(`desk.work.${lists[word]}`),
      href: paths.work(isNarrowed ? { ...shown, muc: word, xep: null } : { muc: word }),
      current: word === list,
      count: countOf(word, input, words),
    })),
  };
}

/** Of a dossier that was found by searching, its status says more than a step that is not the officer's. */
function place(row: NamedRow, words: Words): Cell {
  const { t } = words;
  if (!row.stepName) return { text: "", tag: statusTag(row.status, t) };
  if (!row.stepDueAt) return { text: row.stepName };
  const at = formatDateTime(row.stepDueAt);
  return isLate(row.stepDueAt, words.now)
    ? { text: row.stepName, note: t("desk.work.stepLate", { at }), noteTone: "late" as const }
    : { text: row.stepName, note: t("desk.work.stepDue", { at }) };
}

function cellOf(column: Column, row: NamedRow, due: ReturnType<typeof dossierDue>, words: Words): Cell {
  const { t } = words;
  switch (column) {
    case "applicant":
      return { text: row.applicantName };
    case "received":
      return { text: formatDate(row.submittedAt) };
    case "due":
      return {
        text: due.text,
        note: due.note,
        ...(due.isLate ? { noteTone: "late" as const } : {}),
      };
    case "step":
      return place(row, words);
    case "status":
      return { text: "", tag: statusTag(row.status, t) };
    case "assignee":
      return { text: row.assigneeName ?? t("desk.work.nobody") };
    case "agency":
      return { text: row.agencyName ?? "" };
    case "channel":
      return { text: t(`desk.work.channels.${row.channel}`) };
  }
}

function tableOf(input: WorklistInput, words: Words): Table {
  const { t } = words;
  const { columns } = input;
  const isOfSteps = STEP_LISTS.includes(lists[input.list]);
  const headOf = (column: Column) =>
    column === "step" && !isOfSteps ? t("desk.show.status") : t(`desk.work.${column}`);
  return {
    caption: t(`desk.work.${lists[input.list]}`),
    hideCaption: true,
    head: [{ text: t("desk.work.dossier") }, ...columns.map((column) => ({ text: headOf(column) }))],
    rows: input.rows.map((row) => {
      const due = dossierDue(row, words, formatDate);
      const name = row.code ?? showCode(row.reference ?? "");
      return {
        ...(due.isLate ? { tone: "late" as const } : {}),
        cells: [
          {
            text: name,
            href: paths.dossier(row.dossierId),
            note: row.procedureName,
            ...(input.batch ? { parts: [chooseOf(row, name, input.batch.isAll, t)] } : {}),
          },
          ...columns.map((column) => cellOf(column, row, due, words)),
        ],
      };
    }),
  };
}

function emptyOf({ list, shown, isNarrowed }: WorklistInput, { t }: Words): EmptyState {
  const known = lists[list];
  const clear = { text: t("desk.work.clear"), href: paths.worklist };
  if (shown.q && list === "tat-ca")
    return { title: t("desk.work.empty.all"), text: t("desk.work.emptySearch"), link: clear };
  if (isNarrowed) return { title: t("desk.work.emptyNarrowed"), text: t("desk.work.emptyNarrowedText") };
  return { title: t(`desk.work.empty.${known}`), text: known === "mine" ? t("desk.work.emptyMine") : null };
}

function titleOf(input: WorklistInput, words: Words): string {
  const { t } = words;
  const { list, shown, isNarrowed, found } = input;
  const { muc: _muc, q, xep: _xep, cot: _cot, ...others } = shown;
  if (q && !Object.values(others).some(Boolean)) return t("desk.work.found", { q });
  if (!isNarrowed) return t("desk.work.title");
  const name = t(`desk.work.${lists[list]}`);
  return found === null
    ? t("desk.work.narrowedAny", { list: name })
    : t("desk.work.narrowed", { list: name, count: capped(found, input, words) });
}

function pagesOf({ shown, next, isFirst }: WorklistInput, { t }: Words): Pagination | null {
  if (!next && isFirst) return null;
  return {
    newer: isFirst ? null : { text: t("desk.work.first"), href: paths.work(shown) },
    older: next
      ? { text: t("desk.work.older"), href: paths.work({ ...shown, sau: `${next.at.getTime()}_${next.id}` }) }
      : null,
  };
}

/** The worklist: what waits for this officer, the most urgent first. */
export function worklistPage(input: WorklistInput, words: Words): Worklist {
  const { t } = words;
  const title = titleOf(input, words);
  const { shown, filters, rows } = input;
  return {
    title,
    width: "wide",
    heading: { title },
    register: input.isDesk ? { text: t("desk.work.register"), href: paths.counter } : null,
    deputy:
      input.deputyFor.length > 0
        ? { text: t("desk.leave.now", { names: input.deputyFor.map(({ name }) => name).join(", ") }) }
        : null,
    tools: [
      ...(input.isLeader ? [{ text: t("desk.assignment.title"), href: paths.assignment }] : []),
      { text: t("desk.leave.title"), href: paths.leave },
    ],
    lists: navigation(input, words),
    clear: shown.q ? { text: t("desk.work.clear"), href: paths.worklist } : null,
    filter: filters ? null : { text: t("desk.work.filter"), href: paths.work({ ...shown, loc: "1" }) },
    filters,
    choose:
      input.batch || rows.length === 0 || ARCHIVES.includes(lists[input.list])
        ? null
        : { text: t("desk.batch.link"), href: paths.work({ ...shown, chon: "1" }) },
    batch:
      input.batch && rows.length > 0
        ? batchBar(
            input.batch,
            { address: paths.work(shown).split("?")[1] ?? "", all: paths.work({ ...shown, chon: "tat" }) },
            randomUUID(),
            t,
          )
        : null,
    table: rows.length > 0 ? tableOf(input, words) : null,
    empty: rows.length > 0 ? null : emptyOf(input, words),
    pages: pagesOf(input, words),
  };
}
