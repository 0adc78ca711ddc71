import {
  type Button,
  type Checkboxes,
  type EmptyState,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Figures,
  type Input,
  type Link,
  type PageHeading,
  part,
  type Select,
  type Table,
} from "#platform/components.ts";
import { type Form, filledForm, shown } from "#platform/form.ts";
import { formatPartialDate, formatTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { ArrangedAppointment, ListedBlock, Plan } from "../queries.ts";
import { type Around, stateTag } from "./own.ts";

/** What the desk does with an appointment. */
type Doing = {
  meeting: Link | null;
  setLink: { action: string; input: Input; button: Button } | null;
  acts: readonly { action: string; button: Button }[];
};
export type DayPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  action: string;
  date: Input;
  show: Button;
  figures: Figures;
  empty: EmptyState | null;
  table: Table | null;
  blocksTitle: string;
  noBlocks: string | null;
  blocks: readonly { text: string; action: string; button: Button }[];
  block: {
    title: string;
    open: boolean;
    action: string;
    plan: Select;
    day: string;
    from: Input;
    to: Input;
    reason: Input;
    cancels: Checkboxes;
    button: Button;
  } | null;
  plans: Link;
};
export type PlanForm = {
  summary: string;
  open: boolean;
  action: string;
  id: string;
  name: Input;
  nameEn: Input;
  agency: Select;
  queue: Select;
  numbers: readonly Input[];
  meetingUrl: Input;
  closed: Checkboxes;
  save: Button;
};
export type PlansPage = Page & { heading: PageHeading; errors: ErrorSummary | null; forms: readonly PlanForm[] };

declare module "#platform/render.ts" {
  interface Views {
    "appointments/day": DayPage;
    "appointments/plans": PlansPage;
    "appointments/_plan": PlanForm;
    "appointments/_doing": Doing;
  }
}

const STATES = ["booked", "checked_in", "held", "no_show", "cancelled"] as const;

function doingOf(one: ArrangedAppointment, isOnline: boolean, now: Date, t: Translate): Doing {
  const act = (verb: "da-gap" | "khong-den", text: string) => ({
    action: paths.settle(one.id, verb),
    button: { text, kind: "secondary" as const },
  });
  const mayEnd = one.state !== "cancelled" && one.startsAt <= now;
  return {
    meeting: isOnline && one.meetingUrl ? { text: t("appointments.day.link"), href: one.meetingUrl } : null,
    setLink:
      isOnline && one.state === "booked"
        ? {
            action: paths.meeting(one.id),
            input: {
              name: "meetingUrl",
              id: `meetingUrl-${one.id}`,
              label: t("appointments.day.linkLabel"),
              hideLabel: true,
              value: one.meetingUrl ?? "",
              verbatim: true,
            },
            button: { text: t("appointments.day.setLink"), kind: "secondary" },
          }
        : null,
    acts: [
      ...(mayEnd && one.state !== "held" ? [act("da-gap", t("appointments.day.held"))] : []),
      ...(mayEnd && one.state === "booked" ? [act("khong-den", t("appointments.day.noShow"))] : []),
    ],
  };
}

function rowOf(
  one: ArrangedAppointment,
  plan: Plan | undefined,
  now: Date,
  around: Around,
  t: Translate,
): Table["rows"][number] {
  return {
    cells: [
      { text: `${formatTime(one.startsAt)}–${formatTime(one.endsAt)}` },
      { text: one.account.displayName, note: one.account.username },
      { text: around.procedureName(one.procedure.code) },
      { text: plan?.name ?? "" },
      {
        text: "",
        tag: stateTag(one.state, t),
        parts: [part("appointments/_doing", doingOf(one, plan?.kind === "online", now, t))],
      },
    ],
  };
}

/** Who comes on a day, and the times in which nobody may. */
export function dayPage(
  day: string,
  found: {
    appointments: readonly ArrangedAppointment[];
    blocks: readonly ListedBlock[];
    plans: readonly Plan[];
    next: string | null;
  },
  around: Around,
  { form, now }: { form: Form; now: Date },
  t: Translate,
): DayPage {
  const planOf = (id: string): Plan | undefined => found.plans.find((plan) => plan.id === id);
  const line = (name: "from" | "to" | "reason", more: Partial<Input> = {}): Input => ({
    name,
    label: t(`appointments.day.${name}`),
    value: shown(form, name),
    error: errorText(form.errors, name, t),
    ...more,
  });
  const open = found.plans.filter(({ isClosed }) => !isClosed);
  return {
    title: t("appointments.day.title"),
    width: "wide",
    hasErrors: Object.keys(form.errors).length > 0,
    heading: { title: t("appointments.day.title"), caption: formatPartialDate(day) },
    errors: errorSummary(form.errors, t),
    action: paths.day,
    date: { name: "ngay", label: t("appointments.day.date"), type: "date", value: day, width: 10 },
    show: { text: t("appointments.day.show"), kind: "secondary" },
    figures: {
      items: STATES.map((state) => ({
        value: String(found.appointments.filter((one) => one.state === state).length),
        text: t(`appointments.day.figures.${state}`),
      })),
    },
    empty:
      found.appointments.length === 0
        ? {
            title: t("appointments.day.none"),
            link: found.next
              ? {
                  text: t("appointments.day.next", { day: formatPartialDate(found.next) }),
                  href: paths.dayOf({ ngay: found.next }),
                }
              : null,
          }
        : null,
    table:
      found.appointments.length === 0
        ? null
        : {
            caption: t("appointments.day.caption", { day: formatPartialDate(day) }),
            head: (["time", "person", "procedure", "plan", "state"] as const).map((column) => ({
              text: t(`appointments.day.${column}`),
            })),
            rows: found.appointments.map((one) => rowOf(one, planOf(one.planId), now, around, t)),
          },
    blocksTitle: t("appointments.day.blocks"),
    noBlocks: found.blocks.length === 0 ? t("appointments.day.noBlocks") : null,
    blocks: found.blocks.map(({ id, planId, from, to, reason }) => ({
      text: t("appointments.day.blocked", {
        from: formatTime(from),
        to: formatTime(to),
        plan: planOf(planId)?.name ?? "",
        reason,
      }),
      action: paths.lift(id),
      button: { text: t("appointments.day.lift"), kind: "secondary" },
    })),
    block:
      open.length === 0
        ? null
        : {
            title: t("appointments.day.addBlock"),
            open: Object.keys(form.errors).length > 0,
            action: paths.block,
            day,
            plan: {
              name: "planId",
              label: t("appointments.day.plan"),
              value: shown(form, "planId"),
              error: errorText(form.errors, "planId", t),
              items: open.map(({ id, name }) => ({ value: id, text: name })),
            },
            from: line("from", { width: 5, verbatim: true }),
            to: line("to", { width: 5, verbatim: true }),
            reason: line("reason"),
            cancels: {
              name: "cancels",
              label: t("appointments.day.cancels"),
              hideLabel: true,
              small: true,
              values: form.values["cancels"] === "1" ? ["1"] : [],
              error: errorText(form.errors, "cancels", t),
              items: [{ value: "1", text: t("appointments.day.cancels") }],
            },
            button: { text: t("appointments.day.block") },
          },
    plans: { text: t("appointments.day.plans"), href: paths.plans },
  };
}

export type QueueChoice = { id: string; prefix: string; name: string; hall: { name: string } };
type Places = { agencies: readonly { id: string; name: string }[]; queues: readonly QueueChoice[] };

function planForm(
  plan: Plan | null,
  { agencies, queues }: Places,
  form: Form,
  isOpen: boolean,
  t: Translate,
): PlanForm {
  const id = plan?.id ?? "moi";
  const line = (
    name: "name" | "nameEn" | "slotMinutes" | "capacity" | "daysAhead" | "leadMinutes" | "meetingUrl",
    more: Partial<Input> = {},
  ): Input => ({
    name,
    id: `${name}-${id}`,
    label: t(`appointments.plans.${name}`),
    value: shown(form, name),
    error: errorText(form.errors, name, t),
    ...more,
  });
  const number = { width: 4, inputmode: "numeric" } as const;
  return {
    summary: plan?.name ?? t("appointments.plans.add"),
    open: isOpen,
    action: paths.plans,
    id: plan?.id ?? "",
    name: line("name"),
    nameEn: line("nameEn", { required: false }),
    agency: {
      name: "agencyId",
      id: `agencyId-${id}`,
      label: t("appointments.plans.agency"),
      value: shown(form, "agencyId"),
      error: errorText(form.errors, "agencyId", t),
      items: agencies.map((agency) => ({ value: agency.id, text: agency.name })),
    },
    queue: {
      name: "queueId",
      id: `queueId-${id}`,
      label: t("appointments.plans.queue"),
      placeholder: t("appointments.plans.queue"),
      value: shown(form, "queueId"),
      error: errorText(form.errors, "queueId", t),
      items: [
        ...queues.map(({ id: value, prefix, name, hall }) => ({
          value,
          text: t("appointments.plans.queueOf", { hall: hall.name, prefix, name }),
        })),
        { value: "online", text: t("appointments.plans.online") },
      ],
    },
    numbers: [
      line("slotMinutes", number),
      line("capacity", number),
      line("daysAhead", number),
      line("leadMinutes", number),
    ],
    meetingUrl: line("meetingUrl", { hint: t("appointments.plans.meetingHint"), required: false, verbatim: true }),
    closed: {
      name: "isClosed",
      id: `isClosed-${id}`,
      label: t("appointments.plans.isClosed"),
      hideLabel: true,
      small: true,
      values: form.values["isClosed"] === "1" ? ["1"] : [],
      items: [{ value: "1", text: t("appointments.plans.isClosedLabel") }],
    },
    save: { text: t("appointments.plans.save") },
  };
}

const valuesOf = (plan: Plan): Form =>
  filledForm({
    ...plan,
    nameEn: plan.nameEn ?? "",
    meetingUrl: plan.meetingUrl ?? "",
    queueId: plan.kind === "online" ? "online" : (plan.queueId ?? ""),
    isClosed: plan.isClosed ? "1" : "",
  });
const FIRST: Form = filledForm({ slotMinutes: "15", capacity: "2", daysAhead: "14", leadMinutes: "120" });

/** @param returned the form that came back with mistakes, and of which plan it is; null: of a new one */
export function plansPage(
  plans: readonly Plan[],
  places: Places,
  returned: { id: string | null; form: Form } | null,
  t: Translate,
): PlansPage {
  const formOf = (plan: Plan | null): PlanForm => {
    const back = returned && returned.id === (plan?.id ?? null) ? returned.form : null;
    return planForm(plan, places, back ?? (plan ? valuesOf(plan) : FIRST), back !== null, t);
  };
  const id = returned?.id ?? "moi";
  const errors = Object.entries(returned?.form.errors ?? {}).map(([name, error]) => [`${name}-${id}`, error]);
  return {
    title: t("appointments.plans.title"),
    hasErrors: returned !== null,
    back: { href: paths.day },
    heading: { title: t("appointments.plans.title"), lead: t("appointments.plans.lead") },
    errors: errorSummary(Object.fromEntries(errors), t),
    forms: [...plans.map(formOf), formOf(null)],
  };
}
