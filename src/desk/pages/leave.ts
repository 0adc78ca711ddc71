import {
  type Button,
  type EmptyState,
  type ErrorSummary,
  errorSummary,
  errorText,
  type Input,
  type PageHeading,
  type Select,
} from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDate } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { Leave } from "../queries/leave.ts";

type LeavePage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  action: string;
  people: readonly Select[];
  days: readonly Input[];
  button: Button;
  list: string;
  rows: readonly { text: string; note: string; end: { action: string; text: string } | null }[];
  empty: EmptyState | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/leave": LeavePage;
  }
}

const dayOf = (iso: string): string => formatDate(new Date(`${iso}T05:00:00Z`));

/** Who acts for whom, and a form to say so. */
export function leavePage({ absentees, deputies, delegations }: Leave, form: Form, t: Translate): LeavePage {
  const title = t("desk.leave.title");
  const control = (name: string) => ({ name, value: shown(form, name), error: errorText(form.errors, name, t) });
  const itemsOf = (people: Leave["deputies"]) =>
    people.map(({ accountId, name }) => ({ value: accountId, text: name }));
  const errors = errorSummary(form.errors, t);
  const absent = control("absentId");
  return {
    title,
    hasErrors: errors !== null,
    back: { href: paths.worklist, text: t("desk.show.back") },
    heading: { title, lead: t("desk.leave.lead") },
    errors,
    action: paths.leave,
    people: [
      {
        ...absent,
        value: absent.value || (absentees[0]?.accountId ?? ""),
        label: t("desk.leave.absent"),
        items: itemsOf(absentees),
      },
      {
        ...control("deputyId"),
        label: t("desk.leave.deputy"),
        placeholder: t("desk.leave.choose"),
        items: itemsOf(deputies),
      },
    ],
    days: [
      { ...control("from"), label: t("desk.leave.from"), type: "date" },
      { ...control("to"), label: t("desk.leave.to"), type: "date" },
    ],
    button: { text: t("desk.leave.save") },
    list: t("desk.leave.list"),
    rows: delegations.map(({ id, absent: away, deputy, from, to, mayEnd }) => ({
      text: t("desk.leave.actsFor", { who: deputy, absent: away }),
      note: t("desk.leave.period", { from: dayOf(from), to: dayOf(to) }),
      end: mayEnd ? { action: paths.endLeave(id), text: t("desk.leave.revoke") } : null,
    })),
    empty: delegations.length === 0 ? { title: t("desk.leave.none") } : null,
  };
}
