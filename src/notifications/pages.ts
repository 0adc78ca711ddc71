import { paths as accountPaths } from "#accounts/paths.ts";
import { paths as appointmentPaths } from "#appointments/paths.ts";
import { paths as deskPaths } from "#desk/paths.ts";
import { paths as filingPaths } from "#filing/paths.ts";
import { showCode } from "#platform/codes.ts";
import type {
  Button,
  Checkboxes,
  EmptyState,
  InsetText,
  Link,
  PageHeading,
  Pagination,
  Tag,
} from "#platform/components.ts";
import { formatDate, formatDateTime, formatPartialDate } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { type LoadedVersion, pick } from "#procedures/index.ts";
import { paths as procedurePaths } from "#procedures/paths.ts";
import { findStep } from "#workflow/index.ts";
import { paths } from "./paths.ts";
import type { Notice } from "./queries.ts";
import { type Facts, isNoticeKind, kindsFor, type NoticeKind, wordingOf } from "./rules.ts";

export type Reading = "citizen" | "officer";
export type Speech = { t: Translate; language: Language };

export type NoticeItem = {
  id: string;
  title: string;
  text: string;
  procedure: string;
  at: string;
  datetime: string;
  isUnread: boolean;
  unread: Tag;
  /** What went wrong with its mail, when the reader can do something about it. */
  fault: string | null;
  /** What it leads to. */
  href: string;
  read: { text: string; action: string };
};
export type NoticesPage = Page & {
  heading: PageHeading;
  readAll: { action: string; button: Button } | null;
  preferences: Link;
  items: readonly NoticeItem[];
  empty: EmptyState | null;
  pagination: Pagination | null;
};
export type MailChoicesPage = Page & {
  heading: PageHeading;
  address: InsetText;
  change: Link | null;
  action: string;
  kinds: Checkboxes;
  save: Button;
};

declare module "#platform/render.ts" {
  interface Views {
    "notifications/list": NoticesPage;
    "notifications/_notice": NoticeItem;
    "notifications/preferences": MailChoicesPage;
  }
}

/** A notice in the reader's language: what happened, and what comes next. */
export function wordsOf(
  kind: NoticeKind,
  facts: Facts,
  loaded: Pick<LoadedVersion, "definition"> | null,
  { t, language }: Speech,
): { title: string; text: string; procedure: string } {
  const due = facts.dueAt ? new Date(facts.dueAt) : null;
  const reference = facts.reference ? showCode(facts.reference) : "";
  const step = loaded && facts.stepId ? findStep(loaded.definition.workflow, facts.stepId) : undefined;
  const params = {
    from: facts.from ? formatPartialDate(facts.from) : "",
    to: facts.to ? formatPartialDate(facts.to) : "",
    reference,
    code: facts.code ?? reference,
    due: due ? formatDateTime(due) : "",
    day: due ? formatDate(due) : "",
    step: step ? pick(step.name, language) : "",
    days: facts.days ?? 0,
    agency: facts.agency ?? "",
    answerBy: facts.answerBy ? formatPartialDate(facts.answerBy) : "",
  };
  const wording = wordingOf(kind, facts);
  return {
    title: t(`notifications.notice.${wording}.title`, params),
    text: t(`notifications.notice.${wording}.text`, params),
    procedure: loaded ? pick(loaded.definition.name, language) : "",
  };
}

/** Where a notice leads: to the dossier, to the draft while there is one, to the procedure, else to who is away. */
export function destinationOf(notice: Notice, reader: Reading, procedureCode: string | null): string {
  if (procedureCode === null) return deskPaths.leave;
  const { appointment } = notice.facts as Facts;
  if (appointment) return appointmentPaths.own(appointment);
  if (notice.dossier && notice.dossierId)
    return reader === "citizen" ? filingPaths.dossier(notice.dossier.reference) : deskPaths.dossier(notice.dossierId);
  return notice.draftId ? filingPaths.draft(notice.draftId) : procedurePaths.procedure(procedureCode);
}

function itemOf(notice: Notice, loaded: LoadedVersion | null, reader: Reading, speech: Speech): NoticeItem[] {
  if (!isNoticeKind(notice.kind)) return [];
  const { t } = speech;
  return [
    {
      id: `thong-bao-${notice.id}`,
      ...wordsOf(notice.kind, notice.facts as Facts, loaded, speech),
      at: formatDateTime(notice.at),
      datetime: notice.at.toISOString(),
      isUnread: notice.readAt === null,
      unread: { text: t("notifications.list.unread"), tone: "new" },
      fault: notice.mail === "failed" ? t("notifications.list.mailFailed") : null,
      href: paths[reader].open(notice.id),
      read: { text: t("notifications.list.read"), action: paths[reader].read(notice.id) },
    },
  ];
}

export type ListedNotices = {
  rows: readonly { notice: Notice; loaded: LoadedVersion | null }[];
  next: string | null;
  isFirst: boolean;
};

/** What the reader was told, newest first, what they have not read marked. */
export function noticesPage({ rows, next, isFirst }: ListedNotices, reader: Reading, speech: Speech): NoticesPage {
  const { t } = speech;
  const own = paths[reader];
  const items = rows.flatMap(({ notice, loaded }) => itemOf(notice, loaded, reader, speech));
  const title = t("notifications.list.title");
  return {
    title,
    heading: { title },
    readAll: items.some(({ isUnread }) => isUnread)
      ? { action: own.readAll, button: { text: t("notifications.list.readAll"), kind: "secondary" } }
      : null,
    preferences: { text: t("notifications.list.preferences"), href: own.preferences },
    items,
    empty:
      items.length > 0
        ? null
        : {
            title: t("notifications.list.none"),
            text: t(reader === "citizen" ? "notifications.list.noneText" : "notifications.list.noneTextOfficer"),
          },
    pagination:
      next || !isFirst
        ? {
            label: title,
            newer: isFirst ? null : { href: own.list, text: t("notifications.list.newest") },
            older: next ? { href: own.older(next), text: t("notifications.list.older") } : null,
          }
        : null,
  };
}

type Address = { email: string | null; isProven: boolean };

function addressText({ email, isProven }: Address, reader: Reading, t: Translate): InsetText {
  if (email && !isProven) return { text: t("notifications.preferences.unproven", { email }), tone: "warning" };
  if (email) return { text: t("notifications.preferences.to", { email }), tone: "info" };
  const missing = reader === "citizen" ? "noAddress" : "noAddressOfficer";
  return { text: t(`notifications.preferences.${missing}`), tone: "warning" };
}

/** Which kinds come by mail, too. */
export function mailChoicesPage(
  { email, isProven, wanted }: Address & { wanted: readonly NoticeKind[] },
  reader: Reading,
  t: Translate,
): MailChoicesPage {
  const own = paths[reader];
  const title = t("notifications.preferences.title");
  return {
    title,
    heading: { title, lead: t("notifications.preferences.lead") },
    back: { href: own.list },
    address: addressText({ email, isProven }, reader, t),
    change:
      reader === "citizen"
        ? {
            text: t(
              email === null
                ? "notifications.preferences.addAddress"
                : isProven
                  ? "notifications.preferences.changeAddress"
                  : "notifications.preferences.proveAddress",
            ),
            href: accountPaths.contact,
          }
        : null,
    action: own.preferences,
    kinds: {
      name: "kinds",
      label: t("notifications.preferences.kinds"),
      labelSize: "m",
      values: wanted,
      items: kindsFor(reader).map((kind) => ({ value: kind, text: t(`notifications.choice.${kind}`) })),
    },
    save: { text: t("notifications.preferences.save") },
  };
}
