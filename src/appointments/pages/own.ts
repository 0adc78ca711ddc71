import { showCode } from "#platform/codes.ts";
import type {
  Button,
  CardGrid,
  EmptyState,
  ErrorSummary,
  InsetText,
  Link,
  LinkButton,
  PageHeading,
  Radios,
  Select,
  SummaryList,
  Table,
  Tone,
} from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDate, formatDateTime, formatPartialDate, formatTime } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths as queuePaths } from "#queue/paths.ts";
import { paths } from "../paths.ts";
import type { FreeSlot, Offered, OwnAppointment, Plan } from "../queries.ts";
import { mayChange } from "../rules.ts";

export type Reader = { t: Translate; language: Language };
export type OwnListPage = Page & {
  heading: PageHeading;
  book: LinkButton;
  empty: EmptyState | null;
  table: Table | null;
};
type Day = { text: string; note: string; href: string | null; current: boolean };
export type BookPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  empty: EmptyState | null;
  plansTitle: string;
  plans: CardGrid | null;
  chosen: { text: string; note: string; other: Link } | null;
  daysTitle: string;
  days: readonly Day[];
  noDays: InsetText | null;
  form: {
    action: string;
    hidden: readonly { name: string; value: string }[];
    times: Radios;
    procedure: Select | null;
    button: Button;
  } | null;
};
export type OwnPage = Page & {
  heading: PageHeading;
  facts: SummaryList;
  qr: { src: string; alt: string; text: string } | null;
  meeting: LinkButton | null;
  later: InsetText | null;
  move: LinkButton | null;
  cancel: { action: string; button: Button } | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "appointments/list": OwnListPage;
    "appointments/book": BookPage;
    "appointments/show": OwnPage;
  }
}

const tones: Readonly<Record<string, Tone>> = {
  booked: "new",
  checked_in: "progress",
  held: "done",
  no_show: "late",
  cancelled: "neutral",
};
export const stateTag = (state: string, t: Translate) => ({
  text: t(`appointments.state.${state as "booked"}`),
  tone: tones[state] ?? ("neutral" as Tone),
});

export const planName = ({ name, nameEn }: Pick<Plan, "name" | "nameEn">, language: Language): string =>
  (language === "en" ? nameEn : null) ?? name;

export type Around = { agencyName: (id: string) => string; procedureName: (code: string) => string };

export function ownListPage(rows: readonly OwnAppointment[], around: Around, { t, language }: Reader): OwnListPage {
  return {
    title: t("appointments.list.title"),
    width: "wide",
    heading: { title: t("appointments.list.title"), lead: t("appointments.list.lead") },
    book: { text: t("appointments.list.book"), href: paths.book({}) },
    empty: rows.length === 0 ? { title: t("appointments.list.none"), text: t("appointments.list.noneText") } : null,
    table:
      rows.length === 0
        ? null
        : {
            caption: t("appointments.list.caption"),
            hideCaption: true,
            head: [
              { text: t("appointments.list.time") },
              { text: t("appointments.list.place") },
              { text: t("appointments.list.procedure") },
              { text: t("appointments.list.state") },
            ],
            rows: rows.map(({ code, startsAt, plan, procedure, state }) => ({
              cells: [
                { text: formatDateTime(startsAt), href: paths.own(code) },
                { text: planName(plan, language), note: around.agencyName(plan.agencyId), noteLang: "vi" },
                { text: around.procedureName(procedure.code) },
                { text: "", tag: stateTag(state, t) },
              ],
            })),
          },
  };
}

export type Asked = { code: string | null; plan: Plan | null; day: string | null };

const daysOf = (
  free: ReadonlyMap<string, readonly FreeSlot[]>,
  day: string | null,
  link: (day: string) => string,
  t: Translate,
): Day[] =>
  [...free].map(([one, slots]) => {
    const count = slots.reduce((sum, slot) => sum + slot.free, 0);
    return {
      text: formatPartialDate(one),
      note: count > 0 ? t("appointments.book.free", { count }) : t("appointments.book.fullDay"),
      href: count > 0 ? link(one) : null,
      current: one === day,
    };
  });

function timesOf(slots: readonly FreeSlot[], day: string, form: Form, t: Translate): Radios {
  return {
    name: "startsAt",
    label: t("appointments.book.times", { day: formatPartialDate(day) }),
    labelSize: "m",
    inline: true,
    small: true,
    value: shown(form, "startsAt"),
    error: errorText(form.errors, "startsAt", t),
    items: slots
      .filter(({ free }) => free > 0)
      .map(({ startsAt, free }) => ({
        value: startsAt.toISOString(),
        text: `${formatTime(startsAt)} (${t("appointments.book.free", { count: free })})`,
      })),
  };
}

/** Where, when and what for: each choice is a link, the last is a form. */
export function bookPage(
  asked: Asked,
  found: { plans: readonly Plan[]; free: ReadonlyMap<string, readonly FreeSlot[]>; procedures: readonly Offered[] },
  around: Around,
  form: Form,
  { t, language }: Reader,
): BookPage {
  const { code, plan, day } = asked;
  const word = { "thu-tuc": code };
  const about = (one: Plan): string =>
    t(one.kind === "online" ? "appointments.book.online" : "appointments.book.counter");
  const slots = (day ? found.free.get(day) : undefined) ?? [];
  const isEmpty = plan === null && found.plans.length === 0;
  const hasFree = [...found.free.values()].some((all) => all.some(({ free }) => free > 0));
  const wanted = found.procedures.find((one) => one.code === code);
  return {
    title: t("appointments.book.title"),
    hasErrors: Object.keys(form.errors).length > 0,
    back: { href: paths.list },
    heading: {
      title: t("appointments.book.title"),
      ...(code ? { caption: around.procedureName(code) } : {}),
      lead: t("appointments.book.lead"),
    },
    errors: errorSummary(form.errors, t),
    empty: isEmpty
      ? {
          title: t(code ? "appointments.book.noneFor" : "appointments.book.none"),
          text: t("appointments.book.noneText"),
          link: { text: t("appointments.book.halls"), href: queuePaths.halls },
        }
      : null,
    plansTitle: t("appointments.book.plans"),
    plans:
      plan === null && found.plans.length > 0
        ? {
            columns: 2,
            items: found.plans.map((one) => ({
              title: planName(one, language),
              href: paths.book({ ...word, noi: one.id }),
              text: about(one),
              note: around.agencyName(one.agencyId),
              noteLang: "vi",
              icon: one.kind === "online" ? "phone" : "desk",
            })),
          }
        : null,
    chosen: plan && {
      text: `${planName(plan, language)} · ${around.agencyName(plan.agencyId)}`,
      note: about(plan),
      other: { text: t("appointments.book.otherPlan"), href: paths.book(word) },
    },
    daysTitle: t("appointments.book.days"),
    days: plan ? daysOf(found.free, day, (one) => paths.book({ ...word, noi: plan.id, ngay: one }), t) : [],
    noDays: plan && !hasFree ? { text: t("appointments.book.noDays"), tone: "warning" } : null,
    form:
      plan && day && slots.some(({ free }) => free > 0)
        ? {
            action: paths.book({ ...word, noi: plan.id, ngay: day }),
            hidden: [{ name: "planId", value: plan.id }],
            times: timesOf(slots, day, form, t),
            procedure: {
              name: "procedureId",
              label: t("appointments.book.procedure"),
              labelSize: "m",
              placeholder: t("appointments.book.choose"),
              value: shown(form, "procedureId") || wanted?.id || "",
              error: errorText(form.errors, "procedureId", t),
              items: found.procedures.map(({ id, name }) => ({ value: id, text: name })),
            },
            button: { text: t("appointments.book.submit") },
          }
        : null,
  };
}

/** The same for an appointment that is moved: only day and time are chosen. */
export function movePage(
  own: OwnAppointment,
  day: string | null,
  free: ReadonlyMap<string, readonly FreeSlot[]>,
  around: Around,
  form: Form,
  reader: Reader,
): BookPage {
  const { t } = reader;
  const nothing = { plans: [], free, procedures: [] };
  const page = bookPage({ code: null, plan: own.plan, day }, nothing, around, form, reader);
  const title = t("appointments.move.title");
  return {
    ...page,
    title,
    back: { href: paths.own(own.code) },
    heading: { title, lead: t("appointments.move.lead", { at: formatDateTime(own.startsAt) }) },
    chosen: null,
    days: daysOf(free, day, (one) => paths.move(own.code, { ngay: one }), t),
    form: page.form && {
      ...page.form,
      action: paths.move(own.code, { ngay: day }),
      hidden: [],
      procedure: null,
      button: { text: t("appointments.move.submit") },
    },
  };
}

/** @param qr a picture of the appointment's address, which the hall's machine reads */
export function ownPage(own: OwnAppointment, qr: string, around: Around, now: Date, { t, language }: Reader): OwnPage {
  const { code, startsAt, endsAt, plan, procedure, state, meetingUrl } = own;
  const isOnline = plan.kind === "online";
  const isOpen = mayChange(own, now);
  const span = { from: formatTime(startsAt), to: formatTime(endsAt), day: formatDate(startsAt) };
  const title = t("appointments.show.title", { at: formatDateTime(startsAt) });
  return {
    title,
    back: { href: paths.list },
    heading: { title, tag: stateTag(state, t) },
    facts: {
      rows: [
        { key: t("appointments.show.when"), value: t("appointments.show.span", span) },
        {
          key: t("appointments.show.where"),
          value: [planName(plan, language), around.agencyName(plan.agencyId)],
          lang: language === "en" && !plan.nameEn ? "vi" : null,
        },
        { key: t("appointments.show.procedure"), value: around.procedureName(procedure.code) },
        { key: t("appointments.show.code"), value: showCode(code) },
      ],
    },
    qr:
      !isOnline && state === "booked"
        ? { src: qr, alt: t("appointments.show.qr"), text: t("appointments.show.qrText") }
        : null,
    meeting:
      isOnline && meetingUrl && state === "booked" ? { text: t("appointments.show.linkText"), href: meetingUrl } : null,
    later: isOnline && !meetingUrl && isOpen ? { text: t("appointments.show.linkLater"), tone: "info" } : null,
    move: isOpen ? { text: t("appointments.show.move"), href: paths.move(code), kind: "secondary" } : null,
    cancel: isOpen
      ? { action: paths.cancel(code), button: { text: t("appointments.show.cancel"), kind: "warning" } }
      : null,
  };
}
