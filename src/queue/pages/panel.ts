import { paths as deskPaths } from "#desk/paths.ts";
import type { Button, EmptyState, Link, PageHeading, Select } from "#platform/components.ts";
import { errorText } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { formatTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Counter, CurrentTicket, HallState, LinkedDossier, OwnCounter } from "../queries.ts";
import { isPriority, serves } from "../rules.ts";
import { counterText, priorityText } from "./words.ts";

type Key = Button & { key: string };
export type WaitingPart = {
  title: string;
  head: { queue: string; people: string; first: string };
  rows: readonly { queue: string; count: string; first: string; isOwn: boolean }[];
};
export type PanelPage = Page & {
  heading: PageHeading;
  links: readonly Link[];
  live: string;
  liveText: string;
  lost: string;
  /** Whom the officer saw at the counter: sent along, so that a second click does nothing. */
  seen: string;
  current: { number: string; queue: string; priority: string | null; since: string } | null;
  free: string;
  freeText: string;
  nowTitle: string;
  next: Key & { action: string };
  acts: readonly (Key & { action: string })[];
  register: { text: string; href: string; key: string } | null;
  dossiers: { title: string; none: string | null; items: readonly Link[] } | null;
  transfer: { summary: string; action: string; select: Select; button: Key } | null;
  keys: string;
  waiting: WaitingPart;
  aside: { title: string; none: string | null; items: readonly { ticket: string; text: string }[]; action: string };
  leave: { action: string; button: Button };
};
export type ChoosePage = Page & {
  heading: PageHeading;
  empty: EmptyState | null;
  halls: readonly {
    name: string;
    counters: readonly { id: string; name: string; taken: string | null; button: Button }[];
  }[];
  action: string;
};

declare module "#platform/render.ts" {
  interface Views {
    "queue/panel": PanelPage;
    "queue/_waiting": WaitingPart;
    "queue/choose": ChoosePage;
  }
}

const MOST_FIRST = 5;

/** How many wait in each queue, those of the officer's own counter first. */
export function waitingPart(state: HallState, counter: Counter, t: Translate): WaitingPart {
  const rows = state.queues
    .filter(({ id, isClosed }) => !isClosed || (state.order.get(id)?.length ?? 0) > 0)
    .map(({ id, prefix, name }) => {
      const order = state.order.get(id) ?? [];
      const first = order
        .slice(0, MOST_FIRST)
        .map((ticket) => (isPriority(ticket, state.now) ? `${ticket.number}*` : ticket.number));
      return {
        queue: `${prefix} · ${name}`,
        count: String(order.length),
        first: first.join(", "),
        isOwn: serves(counter, id),
      };
    });
  return {
    title: t("queue.panel.waitingOf", { hall: state.name }),
    head: {
      queue: t("queue.panel.queue"),
      people: t("queue.panel.people"),
      first: `${t("queue.panel.firstNumbers")} (* ${t("queue.panel.priority")})`,
    },
    rows: [...rows].sort((a, b) => Number(b.isOwn) - Number(a.isOwn)),
  };
}

function transferOf(state: HallState, counter: Counter, errors: FieldErrors, t: Translate): PanelPage["transfer"] {
  const queues = state.queues.filter(({ isClosed }) => !isClosed);
  const counters = state.counters.filter(({ id, isClosed }) => !isClosed && id !== counter.id);
  return {
    summary: t("queue.panel.transfer"),
    action: paths.act("chuyen"),
    select: {
      name: "to",
      label: t("queue.panel.transferTo"),
      placeholder: t("queue.panel.transferTo"),
      error: errorText(errors, "to", t),
      items: [
        ...queues.map(({ id, prefix, name }) => ({
          value: `hang:${id}`,
          text: t("queue.panel.toQueue", { prefix, name }),
          group: t("queue.panel.queuesGroup"),
        })),
        ...counters.map((one) => ({
          value: `quay:${one.id}`,
          text: counterText(one, t),
          group: t("queue.panel.countersGroup"),
        })),
      ],
    },
    button: { text: t("queue.panel.transferButton"), kind: "secondary", key: "c" },
  };
}

/** The officer's panel at their counter: every act is one key. */
export function panelPage(
  state: HallState,
  counter: OwnCounter,
  current: CurrentTicket | null,
  linked: readonly LinkedDossier[],
  errors: FieldErrors,
  t: Translate,
): PanelPage {
  const ticket = state.tickets.find(({ id }) => id === current?.id);
  const queue = state.queues.find(({ id }) => id === ticket?.queueId);
  const aside = state.tickets.filter(({ state: one }) => one === "set_aside");
  const act = (verb: string, key: string, text: string): Key & { action: string } => ({
    text,
    key,
    kind: "secondary",
    action: paths.act(verb),
  });
  const links: Link[] = [
    { text: t("queue.panel.board"), href: paths.board(state.slug) },
    { text: t("queue.panel.hall"), href: paths.places },
  ];
  return {
    title: `${t("queue.panel.title")} – ${counterText(counter, t)}`,
    hasErrors: Object.keys(errors).length > 0,
    width: "wide",
    heading: { title: counterText(counter, t), caption: state.name },
    links,
    live: paths.panelLive,
    liveText: t("queue.panel.live"),
    lost: t("queue.panel.lost"),
    refresh: { seconds: 60 },
    seen: current?.id ?? "",
    nowTitle: t("queue.panel.current"),
    current: current && {
      number: current.number,
      queue: queue ? t("queue.panel.queueOf", { name: queue.name }) : "",
      priority: priorityText(current.priority, t),
      since: t("queue.panel.since", { at: formatTime(current.calledAt) }),
    },
    free: t("queue.panel.free"),
    freeText: t("queue.panel.freeText"),
    next: { text: t("queue.panel.next"), key: "n", action: paths.act("goi") },
    acts: current
      ? [
          act("goi-lai", "r", t("queue.panel.again")),
          act("de-rieng", "b", t("queue.panel.aside")),
          act("khong-den", "v", t("queue.panel.noShow")),
          act("xong", "x", t("queue.panel.served")),
        ]
      : [],
    register: current && { text: t("queue.panel.register"), href: deskPaths.counter, key: "t" },
    dossiers: current && {
      title: t("queue.panel.dossiers"),
      none: linked.length === 0 ? t("queue.panel.noDossiers") : null,
      items: linked.map(({ id, name }) => ({ text: name, href: deskPaths.dossier(id) })),
    },
    transfer: current ? transferOf(state, counter, errors, t) : null,
    keys: t("queue.panel.keys"),
    waiting: waitingPart(state, counter, t),
    aside: {
      title: t("queue.panel.asideTitle"),
      none: aside.length === 0 ? t("queue.panel.asideNone") : null,
      items: aside.map(({ id, number }) => ({ ticket: id, text: t("queue.panel.callBack", { number }) })),
      action: paths.act("goi-lai-so"),
    },
    leave: { action: paths.shut, button: { text: t("queue.panel.leave"), kind: "secondary" } },
  };
}

/** Where the officer may sit down. */
export function choosePage(halls: readonly { name: string; counters: readonly Counter[] }[], t: Translate): ChoosePage {
  const shown = halls.filter(({ counters }) => counters.length > 0);
  return {
    title: t("queue.panel.title"),
    heading: { title: t("queue.panel.choose"), lead: t("queue.panel.chooseText") },
    empty: shown.length === 0 ? { title: t("queue.panel.none"), text: t("queue.panel.noneText") } : null,
    action: paths.open,
    halls: shown.map(({ name, counters }) => ({
      name,
      counters: counters.map((counter) => ({
        id: counter.id,
        name: counterText(counter, t),
        taken: counter.officerId ? t("queue.panel.taken") : null,
        button: {
          text: t("queue.panel.open", { number: counter.number }),
          kind: "secondary",
          name: "counter",
          value: counter.id,
        },
      })),
    })),
  };
}
