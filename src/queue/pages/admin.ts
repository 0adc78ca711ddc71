import {
  type Button,
  type Checkboxes,
  type EmptyState,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Input,
  type PageHeading,
  type Radios,
  type Select,
  type Table,
  type Textarea,
} from "#platform/components.ts";
import { type Form, filledForm, shown } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Counter, HallState, Queue } from "../queries.ts";
import { counterText } from "./words.ts";

type AgencyChoice = { id: string; name: string };
export type AdminHallsPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  empty: EmptyState | null;
  table: Table | null;
  add: { title: string; action: string; agency: Select; slug: Input; hall: HallControls };
};
type HallControls = { name: Input; hours: Radios; mostInRow: Input; save: Button };
export type QueueForm = {
  summary: string;
  open: boolean;
  action: string;
  id: string;
  prefix: Input;
  name: Input;
  nameEn: Input;
  minutes: Input;
  sectors: Textarea;
  ticks: readonly Checkboxes[];
  save: Button;
};
export type CounterForm = {
  summary: string;
  open: boolean;
  action: string;
  id: string;
  number: Input;
  name: Input;
  agency: Select;
  queues: Checkboxes;
  ticks: readonly Checkboxes[];
  save: Button;
};
export type AdminHallPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  action: string;
  hall: HallControls;
  closed: Checkboxes;
  queuesTitle: string;
  queues: readonly QueueForm[];
  countersTitle: string;
  counters: readonly CounterForm[];
};

declare module "#platform/render.ts" {
  interface Views {
    "queue/admin-halls": AdminHallsPage;
    "queue/admin-hall": AdminHallPage;
    "queue/_hall": HallControls;
    "queue/_queue": QueueForm;
    "queue/_counter": CounterForm;
  }
}

const agencySelect = (form: Form, agencies: readonly AgencyChoice[], id: string, t: Translate): Select => ({
  name: "agencyId",
  id,
  label: t("queue.admin.agency"),
  placeholder: t("queue.admin.agency"),
  value: shown(form, "agencyId"),
  error: errorText(form.errors, "agencyId", t),
  items: agencies.map((agency) => ({ value: agency.id, text: agency.name })),
});

const tick = (form: Form, name: string, id: string, label: string, text: string): Checkboxes => ({
  name,
  id,
  label,
  hideLabel: true,
  small: true,
  values: form.values[name] === "1" ? ["1"] : [],
  items: [{ value: "1", text }],
});

const hallControls = (form: Form, t: Translate): HallControls => ({
  name: {
    name: "name",
    label: t("queue.admin.name"),
    value: shown(form, "name"),
    error: errorText(form.errors, "name", t),
  },
  hours: {
    name: "hours",
    label: t("queue.admin.hours"),
    small: true,
    value: shown(form, "hours") || "office",
    items: [
      { value: "office", text: t("queue.admin.hoursOffice") },
      { value: "any", text: t("queue.admin.hoursAny") },
    ],
  },
  mostInRow: {
    name: "mostInRow",
    label: t("queue.admin.mostInRow"),
    hint: t("queue.admin.mostInRowHint"),
    value: shown(form, "mostInRow") || "3",
    width: 3,
    inputmode: "numeric",
    error: errorText(form.errors, "mostInRow", t),
  },
  save: { text: t("queue.admin.save") },
});

export function adminHallsPage(
  halls: readonly { id: string; name: string; slug: string; agencyId: string }[],
  agencies: readonly AgencyChoice[],
  form: Form,
  t: Translate,
): AdminHallsPage {
  const agencyName = (id: string): string => agencies.find((agency) => agency.id === id)?.name ?? "";
  return {
    title: t("queue.admin.title"),
    hasErrors: Object.keys(form.errors).length > 0,
    back: { href: "/quan-tri" },
    heading: { title: t("queue.admin.title"), lead: t("queue.admin.lead") },
    errors: errorSummary(form.errors, t),
    empty: halls.length === 0 ? { title: t("queue.admin.none") } : null,
    table:
      halls.length === 0
        ? null
        : {
            caption: t("queue.admin.caption"),
            head: [{ text: t("queue.admin.hall") }, { text: t("queue.admin.agency") }, { text: t("queue.admin.slug") }],
            rows: halls.map(({ id, name, slug, agencyId }) => ({
              cells: [{ text: name, href: paths.adminHall(id) }, { text: agencyName(agencyId) }, { text: slug }],
            })),
          },
    add: {
      title: t("queue.admin.add"),
      action: paths.admin,
      agency: agencySelect(form, agencies, "agencyId", t),
      slug: {
        name: "slug",
        label: t("queue.admin.slug"),
        hint: t("queue.admin.slugHint"),
        verbatim: true,
        value: shown(form, "slug"),
        width: 20,
        error: errorText(form.errors, "slug", t),
      },
      hall: hallControls(form, t),
    },
  };
}

function queueForm(hallId: string, queue: Queue | null, form: Form, isOpen: boolean, t: Translate): QueueForm {
  const id = queue?.id ?? "moi";
  const line = (name: "prefix" | "name" | "nameEn" | "minutes", more: Partial<Input> = {}): Input => ({
    name,
    id: isOpen ? name : `${name}-${id}`,
    label: t(`queue.admin.${name}`),
    value: shown(form, name),
    error: errorText(form.errors, name, t),
    ...more,
  });
  return {
    summary: queue ? `${queue.prefix} · ${queue.name}` : t("queue.admin.addQueue"),
    open: isOpen,
    action: paths.adminQueues(hallId),
    id: queue?.id ?? "",
    prefix: line("prefix", { width: 2, verbatim: true, maxLength: 2 }),
    name: line("name"),
    nameEn: line("nameEn", { required: false }),
    minutes: line("minutes", { width: 3, inputmode: "numeric" }),
    sectors: {
      name: "sectors",
      id: `sectors-${id}`,
      label: t("queue.admin.sectors"),
      hint: t("queue.admin.sectorsHint"),
      value: shown(form, "sectors"),
      rows: 3,
    },
    ticks: [
      tick(form, "forResults", `forResults-${id}`, t("queue.admin.forResults"), t("queue.admin.forResults")),
      tick(form, "isClosed", `isClosed-${id}`, t("queue.admin.isClosed"), t("queue.admin.queueClosed")),
    ],
    save: { text: t("queue.admin.save"), kind: "secondary" },
  };
}

type Around = { hall: HallState; agencies: readonly AgencyChoice[] };

function counterForm(
  { hall, agencies }: Around,
  counter: Counter | null,
  form: Form,
  isOpen: boolean,
  t: Translate,
): CounterForm {
  const id = counter?.id ?? "quay-moi";
  const chosen = form.values["queueIds"];
  return {
    summary: counter ? counterText(counter, t) : t("queue.admin.addCounter"),
    open: isOpen,
    action: paths.adminCounters(hall.id),
    id: counter?.id ?? "",
    number: {
      name: "number",
      id: isOpen ? "number" : `number-${id}`,
      label: t("queue.admin.number"),
      value: shown(form, "number"),
      width: 3,
      inputmode: "numeric",
      error: errorText(form.errors, "number", t),
    },
    name: {
      name: "name",
      id: `counterName-${id}`,
      label: t("queue.admin.name"),
      value: shown(form, "name"),
      required: false,
      error: errorText(form.errors, "name", t),
    },
    agency: agencySelect(form, agencies, isOpen ? "agencyId" : `agencyId-${id}`, t),
    queues: {
      name: "queueIds",
      id: `queueIds-${id}`,
      label: t("queue.admin.calls"),
      hint: t("queue.admin.callsHint"),
      small: true,
      values: [chosen].flat().filter((one): one is string => typeof one === "string"),
      items: hall.queues.map((queue) => ({ value: queue.id, text: `${queue.prefix} · ${queue.name}` })),
    },
    ticks: [tick(form, "isClosed", `isClosed-${id}`, t("queue.admin.isClosed"), t("queue.admin.counterClosed"))],
    save: { text: t("queue.admin.save"), kind: "secondary" },
  };
}

/** Which of the page's forms came back with mistakes; `id` null: the one that adds. */
export type Returned =
  | { of: "hall"; form: Form }
  | { of: "queue"; id: string | null; form: Form }
  | { of: "counter"; id: string | null; form: Form };

const flag = (value: boolean): string => (value ? "1" : "");
const valuesOf = (queue: Queue): Form =>
  filledForm({
    ...queue,
    nameEn: queue.nameEn ?? "",
    sectors: queue.sectors.join("\n"),
    minutes: String(queue.minutes),
    forResults: flag(queue.forResults),
    isClosed: flag(queue.isClosed),
  });
const counterValues = (counter: Counter): Form =>
  filledForm({
    ...counter,
    number: String(counter.number),
    name: counter.name ?? "",
    isClosed: flag(counter.isClosed),
  });

/** A hall with its queues and counters, each in a small form of its own. */
export function adminHallPage(
  hall: HallState,
  agencies: readonly AgencyChoice[],
  returned: Returned | null,
  t: Translate,
): AdminHallPage {
  const hallForm =
    returned?.of === "hall"
      ? returned.form
      : filledForm({ name: hall.name, hours: hall.hours, mostInRow: hall.mostInRow, isClosed: flag(hall.isClosed) });
  const returnedFor = (of: "queue" | "counter", id: string | null): Form | null =>
    returned?.of === of && returned.id === id ? returned.form : null;
  const newQueue = returnedFor("queue", null);
  const newCounter = returnedFor("counter", null);
  const around = { hall, agencies };
  return {
    title: hall.name,
    hasErrors: returned !== null,
    back: { href: paths.admin },
    heading: { title: hall.name, caption: t("queue.admin.hall") },
    errors: returned ? errorSummary(returned.form.errors, t) : null,
    action: paths.adminHall(hall.id),
    hall: hallControls(hallForm, t),
    closed: tick(hallForm, "isClosed", "isClosed", t("queue.admin.isClosed"), t("queue.admin.isClosedLabel")),
    queuesTitle: t("queue.admin.queues"),
    queues: [
      ...hall.queues.map((queue) => {
        const form = returnedFor("queue", queue.id);
        return queueForm(hall.id, queue, form ?? valuesOf(queue), form !== null, t);
      }),
      queueForm(hall.id, null, newQueue ?? filledForm({ minutes: "8" }), newQueue !== null, t),
    ],
    countersTitle: t("queue.admin.counters"),
    counters: [
      ...hall.counters.map((counter) => {
        const form = returnedFor("counter", counter.id);
        return counterForm(around, counter, form ?? counterValues(counter), form !== null, t);
      }),
      counterForm(around, null, newCounter ?? filledForm({ agencyId: hall.agencyId }), newCounter !== null, t),
    ],
  };
}
