import { statusTag, type WorkList, type WorkRow } from "#dossiers/index.ts";
import { showCode } from "#platform/codes.ts";
import type { EmptyState, LinkButton, PageHeading, Pagination, SubNavigation, Table } from "#platform/components.ts";
import { formatDate, formatDateTime, formatNumber } from "#platform/format.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { DESK_LISTS, LIST_WORDS, type ListWord, lists } from "../rules.ts";
import { dossierDue, dueWords, type Words } from "./words.ts";

/** One row with what the query cannot know: names that stand in the procedure version. */
export type NamedRow = WorkRow & { procedureName: string; stepName: string | null };

type Worklist = Page & {
  heading: PageHeading;
  register: LinkButton | null;
  lists: SubNavigation;
  clear: { text: string; href: string } | null;
  table: Table | null;
  empty: EmptyState | null;
  pages: Pagination | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/worklist": Worklist;
  }
}

export type WorklistInput = {
  list: ListWord;
  q: string;
  rows: readonly NamedRow[];
  next: { at: Date; id: string } | null;
  isFirst: boolean;
  counts: Readonly<Record<WorkList, number>>;
  countCap: number;
  isDesk: boolean;
};

const countOf = (word: ListWord, { counts, countCap }: WorklistInput, { t }: Words): string | null => {
  const list = lists[word];
  if (list === "all" || list === "done") return null;
  const count = counts[list];
  return count > countCap ? t("desk.work.tooMany", { count: formatNumber(countCap) }) : formatNumber(count);
};

const navigation = (input: WorklistInput, words: Words): SubNavigation => ({
  label: words.t("desk.work.lists"),
  items: LIST_WORDS.filter(
    (word) => (input.isDesk || !DESK_LISTS.includes(word)) && (word !== "tat-ca" || input.q !== ""),
  ).map((word) => ({
    text: words.t(`desk.work.${lists[word]}`),
    href: paths.work({ muc: word, q: input.q }),
    current: word === input.list,
    count: input.q === "" ? countOf(word, input, words) : null,
  })),
});

/** Of a dossier that was found by searching, its status says more than a step that is not the officer's. */
function place(row: NamedRow, words: Words) {
  const { t } = words;
  if (!row.stepName) return { text: "", tag: statusTag(row.status, t) };
  if (!row.stepDueAt) return { text: row.stepName };
  const standing = dueWords(row.stepDueAt, words);
  const at = formatDateTime(row.stepDueAt);
  return standing.isLate
    ? { text: row.stepName, note: t("desk.work.stepLate", { at }), noteTone: "late" as const }
    : { text: row.stepName, note: t("desk.work.stepDue", { at }) };
}

function tableOf(input: WorklistInput, words: Words): Table {
  const { t } = words;
  const isOfSteps = ["mine", "open"].includes(lists[input.list]);
  const showsAssignee = lists[input.list] === "open";
  const head = ["dossier", "applicant", "received", "due", "step"] as const;
  return {
    caption: t(`desk.work.${lists[input.list]}`),
    hideCaption: true,
    head: [...head, ...(showsAssignee ? (["assignee"] as const) : []), "channel" as const].map((key) => ({
      text: key === "step" && !isOfSteps ? t("desk.show.status") : t(`desk.work.${key}`),
    })),
    rows: input.rows.map((row) => {
      const due = dossierDue(row, words);
      return {
        ...(due.isLate ? { tone: "late" as const } : {}),
        cells: [
          { text: row.code ?? showCode(row.reference), href: paths.dossier(row.dossierId), note: row.procedureName },
          { text: row.applicantName },
          { text: formatDate(row.submittedAt) },
          {
            text: row.dueAt ? formatDate(row.dueAt) : due.text,
            note: due.note,
            ...(due.isLate ? { noteTone: "late" as const } : {}),
          },
          place(row, words),
          ...(showsAssignee ? [{ text: row.assigneeName ?? t("desk.work.nobody") }] : []),
          { text: t(`desk.work.channels.${row.channel}`) },
        ],
      };
    }),
  };
}

function emptyOf({ list, q }: WorklistInput, { t }: Words): EmptyState {
  const known = lists[list];
  if (q !== "")
    return {
      title: t("desk.work.empty.all"),
      text: t("desk.work.emptySearch"),
      link: { text: t("desk.work.clear"), href: paths.worklist },
    };
  return { title: t(`desk.work.empty.${known}`), text: known === "mine" ? t("desk.work.emptyMine") : null };
}

/** The worklist: what waits for this officer, the most urgent first. */
export function worklistPage(input: WorklistInput, words: Words): Worklist {
  const { t } = words;
  const title = input.q === "" ? t("desk.work.title") : t("desk.work.found", { q: input.q });
  const { list, q, next } = input;
  return {
    title,
    width: "wide",
    heading: { title },
    register: input.isDesk ? { text: t("desk.work.register"), href: paths.counter } : null,
    lists: navigation(input, words),
    clear: q === "" ? null : { text: t("desk.work.clear"), href: paths.worklist },
    table: input.rows.length > 0 ? tableOf(input, words) : null,
    empty: input.rows.length > 0 ? null : emptyOf(input, words),
    pages:
      next || !input.isFirst
        ? {
            newer: input.isFirst ? null : { text: t("desk.work.first"), href: paths.work({ muc: list, q }) },
            older: next
              ? {
                  text: t("desk.work.older"),
                  href: paths.work({ muc: list, q, sau: `${next.at.getTime()}_${next.id}` }),
                }
              : null,
          }
        : null,
  };
}
