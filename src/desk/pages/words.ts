import type { Calendar } from "#calendar/rules.ts";
import { paths as documentPaths } from "#documents/paths.ts";
import { isFinished, type Status } from "#dossiers/rules.ts";
import type { Tag } from "#platform/components.ts";
import { formatDateTime, formatTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { type ScanState, scanLabel } from "#platform/scanning.ts";
import { standingOf } from "../rules.ts";

/** What turns instants into words on an officer's page. */
export type Words = { t: Translate; now: Date; calendar: Calendar };

/** How a due date stands, in words; `late` beside them, so that colour never says it alone. */
export function dueWords(dueAt: Date, { t, now, calendar }: Words): { text: string; isLate: boolean } {
  const standing = standingOf(dueAt, now, calendar);
  switch (standing.kind) {
    case "late":
      return {
        text: standing.days > 0 ? t("desk.due.late", { days: standing.days }) : t("desk.due.lateOff"),
        isLate: true,
      };
    case "today":
      return { text: t("desk.due.today", { time: formatTime(dueAt) }), isLate: false };
    case "left":
      return {
        text: standing.days > 0 ? t("desk.due.left", { days: standing.days }) : t("desk.due.leftOff"),
        isLate: false,
      };
  }
}

/**
 * The due date of a dossier and how it stands; of one that is finished only the date.
 * @param show how exactly the date itself is said
 */
export function dossierDue(
  { dueAt, status, pausedAt }: { dueAt: Date | null; status: Status; pausedAt: Date | null },
  words: Words,
  show = formatDateTime,
): { text: string; note: string | null; isLate: boolean } {
  const { t } = words;
  if (!dueAt)
    return {
      text: ["submitted", "intake_supplement"].includes(status) ? t("desk.due.waiting") : t("desk.due.none"),
      note: null,
      isLate: false,
    };
  if (isFinished(status)) return { text: show(dueAt), note: null, isLate: false };
  if (pausedAt)
    return {
      text: show(dueAt),
      note: t("desk.moves.paused", { at: formatDateTime(pausedAt) }),
      isLate: false,
    };
  const standing = dueWords(dueAt, words);
  return { text: show(dueAt), note: standing.text, isLate: standing.isLate };
}

/** The documents room's paper, opened in the browser for printing. */
export const receiptHref = (paperId: string): string => `${documentPaths.workPaper(paperId)}?xem=1`;

/** What an officer must know before opening a file; nothing when it is clean. */
export const scanTag = (state: ScanState, t: Words["t"]): Tag | null => {
  const text = scanLabel(state, t);
  return text === null ? null : { text, tone: state === "infected" ? "late" : "neutral" };
};
