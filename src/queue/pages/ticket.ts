import type { Button, LinkButton, PrintButton } from "#platform/components.ts";
import { formatPartialDate, formatTime } from "#platform/format.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { type HallState, lastCalled, openCounters, standingOf, type Ticket } from "../queries.ts";
import { counterOf, priorityText, queueName, type Reader } from "./words.ts";

export type TicketPart = {
  number: string;
  queue: string;
  tone: "waiting" | "called" | "over";
  title: string;
  text: string | null;
  facts: readonly string[];
  leave: { action: string; button: Button } | null;
};
export type TicketPage = Page & {
  place: string;
  live: string;
  liveText: string;
  lost: string;
  part: TicketPart;
  last: { title: string; items: readonly string[] };
};
export type SlipPage = Page & {
  place: string;
  agency: string;
  heading: string;
  number: string;
  queue: string;
  facts: readonly string[];
  priority: string | null;
  qr: string;
  follow: string;
  keep: string;
  print: PrintButton;
  pdf: LinkButton;
  back: { text: string; href: string };
  /** This machine prints by itself and goes back. */
  prints: boolean;
};

declare module "#platform/render.ts" {
  interface Views {
    "queue/ticket": TicketPage;
    "queue/_ticket": TicketPart;
    "queue/slip": SlipPage;
  }
}

const factsOf = (state: HallState, ticket: Ticket, { t }: Reader): string[] => {
  const standing = standingOf(state, ticket.id);
  if (!standing) return [];
  const { ahead, minutes } = standing;
  return [
    ahead === 0 ? t("queue.slip.first") : t("queue.slip.ahead", { count: ahead }),
    ahead === 0 ? t("queue.slip.soon") : t("queue.slip.minutes", { minutes }),
  ];
};

function wordsOf(state: HallState, ticket: Ticket, { t }: Reader): Pick<TicketPart, "tone" | "title" | "text"> {
  const counter = counterOf(state, ticket.counterId)?.number ?? "";
  switch (ticket.state) {
    case "waiting":
      return { tone: "waiting", title: t("queue.ticket.waiting"), text: state.shut ? t("queue.ticket.paused") : null };
    case "called": {
      const at = ticket.lastCalledAt ? formatTime(ticket.lastCalledAt) : "";
      return {
        tone: "called",
        title: t("queue.ticket.called", { counter }),
        text: t("queue.ticket.calledText", { at }),
      };
    }
    case "set_aside":
      return { tone: "called", title: t("queue.ticket.aside"), text: t("queue.ticket.asideText", { counter }) };
    default:
      return { tone: "over", title: t(`queue.ticket.${ticket.state}`), text: t(`queue.ticket.${ticket.state}Text`) };
  }
}

const queueOf = (state: HallState, ticket: Ticket, { language }: Reader): string => {
  const queue = state.queues.find(({ id }) => id === ticket.queueId);
  return queue ? queueName(queue, language) : "";
};

/** What a phone shows of one number, and is sent anew whenever it changes. */
export function ticketPart(state: HallState, ticket: Ticket, reader: Reader): TicketPart {
  const { t } = reader;
  const isOpen = ticket.state === "waiting" || ticket.state === "set_aside";
  const open = openCounters(state, ticket.queueId);
  return {
    number: ticket.number,
    queue: queueOf(state, ticket, reader),
    ...wordsOf(state, ticket, reader),
    facts:
      ticket.state === "waiting"
        ? [
            ...factsOf(state, ticket, reader),
            open > 0 ? t("queue.ticket.open", { count: open }) : t("queue.ticket.noCounter"),
          ]
        : [],
    leave: isOpen
      ? { action: paths.leave(ticket.code), button: { text: t("queue.ticket.leave"), kind: "secondary" } }
      : null,
  };
}

export function ticketPage(state: HallState, ticket: Ticket, reader: Reader): TicketPage {
  const { t } = reader;
  return {
    title: `${t("queue.ticket.title", { number: ticket.number })} – ${state.name}`,
    refresh: { seconds: 15 },
    place: state.name,
    live: paths.ticketLive(ticket.code),
    liveText: t("queue.ticket.live"),
    lost: t("queue.ticket.lost"),
    part: ticketPart(state, ticket, reader),
    last: {
      title: t("queue.board.last"),
      items: lastCalled(state).map(
        (one) =>
          `${one.number} → ${t("queue.board.counterOf", { counter: counterOf(state, one.counterId)?.number ?? "" })}`,
      ),
    },
  };
}

/** A number of an earlier day is over, whatever became of it. */
export const oldTicketPart = ({ number, day }: { number: string; day: string }, { t }: Reader): TicketPart => ({
  number,
  queue: "",
  tone: "over",
  title: t("queue.ticket.old", { day: formatPartialDate(day) }),
  text: null,
  facts: [],
  leave: null,
});

/** What the machine shows and prints. @param qr a picture of the address under which a phone follows the number */
export function slipPage(
  state: HallState,
  ticket: Ticket,
  { agency, qr, prints }: { agency: string; qr: string; prints: boolean },
  reader: Reader,
): SlipPage {
  const { t } = reader;
  const kind = priorityText(ticket.priority, t);
  const kiosk = `${paths.kiosk(state.slug)}${prints ? "?in=1" : ""}`;
  return {
    title: t("queue.ticket.title", { number: ticket.number }),
    refresh: { seconds: 20, to: kiosk },
    place: state.name,
    agency,
    heading: t("queue.slip.title"),
    number: ticket.number,
    queue: queueOf(state, ticket, reader),
    facts: [...factsOf(state, ticket, reader), t("queue.slip.taken", { at: formatTime(ticket.takenAt) })],
    priority: kind && t("queue.slip.priority", { kind }),
    qr,
    follow: t("queue.slip.follow"),
    keep: t("queue.slip.keep"),
    print: { text: t("queue.slip.print") },
    pdf: { text: t("queue.slip.pdf"), href: paths.slipPdf(ticket.code), kind: "secondary" },
    back: { text: t("queue.slip.back"), href: kiosk },
    prints,
  };
}
