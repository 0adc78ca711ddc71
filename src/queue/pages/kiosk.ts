import { paths as appointmentPaths } from "#appointments/paths.ts";
import type { Button, EmptyState, Input, InsetText, PageHeading, Table } from "#platform/components.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { type HallState, type ListedHall, openCounters, waitingIn } from "../queries.ts";
import { estimate, PRIORITIES } from "../rules.ts";
import { queueName, type Reader } from "./words.ts";

/** Why a scanned code gave no number, by the word in the address. */
export const WRONG = {
  "khong-ro": "unknown",
  "noi-khac": "elsewhere",
  "chon-viec": "unsure",
  "chua-den": "early",
  "da-qua": "late",
  "da-dung": "used",
  "truc-tuyen": "online",
} as const;
export type WrongWord = keyof typeof WRONG;
const isWrong = (word: unknown): word is WrongWord => typeof word === "string" && Object.hasOwn(WRONG, word);

export type KioskPage = Page & {
  place: string;
  heading: string;
  lead: string;
  other: { text: string; href: string; language: string };
  notice: InsetText | null;
  shut: string | null;
  action: string;
  /** Carried along: this machine prints by itself. */
  prints: boolean;
  priority: { legend: string; hint: string; items: readonly { value: string; text: string; checked: boolean }[] };
  queuesTitle: string;
  queues: readonly { id: string; name: string; prefix: string; waiting: string }[];
  scan: { title: string; hint: string; action: string; input: Input; button: Button };
  help: string;
  selfService: { text: string; href: string } | null;
};

export type HallsPage = Page & {
  heading: PageHeading;
  empty: EmptyState | null;
  table: Table | null;
  book: { text: string; href: string };
};

declare module "#platform/render.ts" {
  interface Views {
    "queue/kiosk": KioskPage;
    "queue/halls": HallsPage;
  }
}

/** The touch screen in the hall. @param wrong why the code that was scanned just now gave no number */
export function kioskPage(
  state: HallState,
  { wrong, prints, isShared }: { wrong: unknown; prints: boolean; isShared: boolean },
  { t, language }: Reader,
): KioskPage {
  const other = language === "vi" ? "en" : "vi";
  const waitingText = (queueId: string): string => {
    const count = waitingIn(state, queueId);
    if (count === 0) return t("queue.kiosk.nobody");
    const minutes = estimate(count, state.pace.get(queueId) ?? 0, openCounters(state, queueId));
    return `${t("queue.kiosk.waiting", { count })}, ${t("queue.kiosk.minutes", { minutes })}`;
  };
  return {
    title: `${t("queue.kiosk.title")} – ${state.name}`,
    refresh: { seconds: 60 },
    place: state.name,
    heading: t("queue.kiosk.title"),
    lead: t("queue.kiosk.lead"),
    other: { text: t("queue.kiosk.other"), href: `/ngon-ngu/${other}`, language: other },
    notice: isWrong(wrong) ? { text: t(`queue.kiosk.wrong.${WRONG[wrong]}`), tone: "warning" } : null,
    shut: state.shut && t(`queue.kiosk.shut.${state.shut}`),
    action: paths.kiosk(state.slug),
    prints,
    priority: {
      legend: t("queue.kiosk.priority"),
      hint: t("queue.kiosk.priorityHint"),
      items: [
        { value: "", text: t("queue.priority.none"), checked: true },
        ...PRIORITIES.map((value) => ({ value, text: t(`queue.priority.${value}`), checked: false })),
      ],
    },
    queuesTitle: t("queue.kiosk.queues"),
    queues: state.queues
      .filter(({ isClosed }) => !isClosed)
      .map((queue) => ({
        id: queue.id,
        name: queueName(queue, language),
        prefix: queue.prefix,
        waiting: waitingText(queue.id),
      })),
    scan: {
      title: t("queue.kiosk.scan"),
      hint: t("queue.kiosk.scanHint"),
      action: paths.scan(state.slug),
      input: { name: "ma", label: t("queue.kiosk.scanLabel"), verbatim: true, autocomplete: "off", maxLength: 300 },
      button: { text: t("queue.kiosk.scanButton"), kind: "secondary" },
    },
    help: t("queue.kiosk.help"),
    selfService: isShared ? { text: t("queue.kiosk.selfService"), href: paths.selfService(state.slug) } : null,
  };
}

export function hallsPage(halls: readonly ListedHall[], agencyName: (id: string) => string, { t }: Reader): HallsPage {
  return {
    title: t("queue.halls.title"),
    width: "wide",
    heading: { title: t("queue.halls.title"), lead: t("queue.halls.lead") },
    book: { text: t("queue.halls.book"), href: appointmentPaths.book({}) },
    empty: halls.length === 0 ? { title: t("queue.halls.none"), text: t("queue.halls.noneText") } : null,
    table:
      halls.length === 0
        ? null
        : {
            caption: t("queue.halls.caption"),
            hideCaption: true,
            head: [
              { text: t("queue.halls.hall") },
              { text: t("queue.halls.waiting"), numeric: true },
              { text: t("queue.halls.counters"), numeric: true },
              { text: t("queue.halls.board") },
            ],
            rows: halls.map(({ slug, name, agencyId, waiting, open }) => ({
              cells: [
                { text: name, lang: "vi", note: agencyName(agencyId), noteLang: "vi" },
                { text: t("queue.halls.people", { count: waiting }), numeric: true },
                { text: String(open), numeric: true },
                { text: t("queue.halls.board"), href: paths.board(slug) },
              ],
            })),
          },
  };
}
