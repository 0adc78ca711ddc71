import { formatDate, formatTime } from "#platform/format.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { type HallState, lastCalled, waitingIn } from "../queries.ts";
import { counterOf, queueName, type Reader } from "./words.ts";

type Line = { number: string; counter: string; isNow: boolean };
export type BoardPart = {
  clock: string;
  nowTitle: string;
  numberTitle: string;
  counterTitle: string;
  now: { number: string; counter: string } | null;
  nobody: string;
  lastTitle: string;
  lines: readonly Line[];
  waitingTitle: string;
  waiting: readonly { prefix: string; name: string; count: string }[];
  shut: string | null;
};
export type BoardPage = Page & {
  place: string;
  live: string;
  lost: string;
  part: BoardPart;
  /** The last call, so that a page that is loaded anew does not ring for it. */
  call: string;
  sound: { on: string; off: string };
  speech: { on: string; off: string };
};
/** What an open board is sent: its new content, and what is called just now. */
export type BoardNews = { html: string; call: { key: string; say: string } | null };

declare module "#platform/render.ts" {
  interface Views {
    "queue/board": BoardPage;
    "queue/_board": BoardPart;
  }
}

export function boardPart(state: HallState, { t, language }: Reader): BoardPart {
  const lines = lastCalled(state).map(
    (ticket): Line => ({
      number: ticket.number,
      counter: String(counterOf(state, ticket.counterId)?.number ?? ""),
      isNow: ticket.state === "called",
    }),
  );
  return {
    clock: `${formatTime(state.now)} · ${formatDate(state.now)}`,
    nowTitle: t("queue.board.now"),
    numberTitle: t("queue.board.number"),
    counterTitle: t("queue.board.counter"),
    now: lines[0] ?? null,
    nobody: t("queue.board.nobody"),
    lastTitle: t("queue.board.last"),
    lines,
    waitingTitle: t("queue.board.waiting"),
    waiting: state.queues
      .filter(({ id, isClosed }) => !isClosed || waitingIn(state, id) > 0)
      .map((queue) => ({
        prefix: queue.prefix,
        name: queueName(queue, language),
        count: String(waitingIn(state, queue.id)),
      })),
    shut: state.shut && t(`queue.kiosk.shut.${state.shut}`),
  };
}

/** The last call in words for the loudspeaker; its key is new with every call, also of the same number. */
export function callOf(state: HallState, { t }: Reader): BoardNews["call"] {
  const [last] = lastCalled(state);
  if (!last) return null;
  // Letters and digits are read one by one: "A012" is no word.
  const number = [...last.number].join(" ");
  const counter = counterOf(state, last.counterId)?.number ?? "";
  return { key: `${last.id} ${last.lastCall}`, say: t("queue.board.say", { number, counter }) };
}

export function boardPage(state: HallState, reader: Reader): BoardPage {
  const { t } = reader;
  return {
    title: `${t("queue.board.title")} – ${state.name}`,
    refresh: { seconds: 10 },
    place: state.name,
    live: paths.boardLive(state.slug),
    lost: t("queue.board.lost"),
    part: boardPart(state, reader),
    call: callOf(state, reader)?.key ?? "",
    sound: { on: t("queue.board.sound"), off: t("queue.board.soundOff") },
    speech: { on: t("queue.board.speech"), off: t("queue.board.speechOff") },
  };
}
