/** Writes and sends the mails of notices, outside of every transaction; and what this room does in jobs. */
import { now as readClock } from "#platform/clock.ts";
import { showCode } from "#platform/codes.ts";
import { type Context, type Surroundings, systemContext } from "#platform/context.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import type { Letter, Mailer } from "#platform/mail.ts";
import type { Renderer } from "#platform/render.ts";
import { findVersion, type LoadedVersion, pick } from "#procedures/index.ts";
import { paths as procedurePaths } from "#procedures/paths.ts";
import { warnOfDeadlines } from "./actions/deadlines.ts";
import { wordsForMails } from "./actions/wordings.ts";
import { tellOfEvent } from "./actions.ts";
import { wordsOf } from "./pages.ts";
import { paths } from "./paths.ts";
import { findMailedNotice } from "./queries.ts";
import { type Facts, languageOf, MOST_ATTEMPTS, mayWriteTo, type NoticeKind, notices } from "./rules.ts";

/** What mails are written and sent with. */
export type PostOffice = {
  /** Null: no mail server is configured, and no mail is sent. */
  mailer: Mailer | null;
  renderer: () => Pick<Renderer, "part">;
  texts: Readonly<Record<Language, Translate>>;
};

export type MailPage = {
  language: Language;
  /** The portal, as the mail server's configuration names it. */
  from: string;
  subject: string;
  /** What lists of mails show after the subject. */
  preheader: string;
  greeting: string;
  text: string;
  facts: readonly { name: string; value: string }[];
  open: { text: string; href: string; note: string };
  why: string;
  safety: string;
  /** Absent from a letter to somebody who has chosen nothing here. */
  preferences: { text: string; href: string } | null;
};

declare module "#platform/render.ts" {
  interface Views {
    "notifications/mail": MailPage;
  }
}

export type MailedWords = {
  id: string;
  kind: NoticeKind;
  facts: Facts;
  language: Language;
  loaded: Pick<LoadedVersion, "definition"> | null;
};

/** The mail of a notice. It names the dossier by its code or reference and nobody: what else there is to read is behind the sign-in. */
export function mailPage(
  { id, kind, facts, language, loaded }: MailedWords,
  { publicUrl, from, t }: { publicUrl: string; from: string; t: Translate },
): MailPage {
  const { title, text, procedure } = wordsOf(kind, facts, loaded, { t, language });
  const own = paths[notices[kind].for];
  const given: [name: "procedure" | "code" | "reference" | "due", value: string | null][] = [
    ["procedure", procedure],
    ["code", facts.code ?? null],
    ["reference", facts.reference ? showCode(facts.reference) : null],
    ["due", kind === "accepted" && facts.dueAt ? formatDateTime(new Date(facts.dueAt)) : null],
  ];
  return {
    language,
    from: from || t("platform.layout.portal"),
    subject: title,
    preheader: text,
    greeting: t("notifications.mail.greeting"),
    text,
    facts: given.flatMap(([name, value]) => (value ? [{ name: t(`notifications.mail.${name}`), value }] : [])),
    open: {
      text: t("notifications.mail.open"),
      href: `${publicUrl}${own.open(id)}`,
      note: t("notifications.mail.signIn"),
    },
    why: t("notifications.mail.why"),
    safety: t("notifications.mail.safety"),
    preferences: { text: t("notifications.mail.preferences"), href: `${publicUrl}${own.preferences}` },
  };
}

/** The same mail for those who read plain text. */
export const mailText = (page: MailPage): string =>
  [
    page.greeting,
    `${page.subject}.`,
    page.text,
    page.facts.map(({ name, value }) => `${name}: ${value}`).join("\n"),
    `${page.open.text}: ${page.open.href}\n${page.open.note}`,
    `-- \n${page.from}\n${page.why}\n${page.safety}${page.preferences ? `\n${page.preferences.text}: ${page.preferences.href}` : ""}`,
  ].join("\n\n");

/**
 * Sends the mail of one notice, unless it is settled already, and keeps what became of it.
 * @throws Error when the server could not take it now: the queue tries again, MOST_ATTEMPTS times in all
 */
export async function sendMail(
  ctx: Pick<Context, "db" | "now" | "publicUrl">,
  { mailer, renderer, texts }: PostOffice,
  id: string,
): Promise<void> {
  const notice = await findMailedNotice(ctx, id);
  if (notice?.mail !== "waiting") return;
  const settle = (mail: "sent" | "failed" | "no_server" | "no_address", fault: string | null) =>
    ctx.db.notification.update({ where: { id }, data: { mail, mailSettledAt: ctx.now, mailFault: fault } });
  if (!mailer) return void (await settle("no_server", null));
  const to = mayWriteTo(notice.account) ? notice.account.email : null;
  if (!to) return void (await settle("no_address", null));

  const language = languageOf(notice.account.language);
  const page = mailPage(
    {
      id,
      kind: notice.kind,
      facts: notice.facts as Facts,
      language,
      loaded: notice.procedureVersionId ? await findVersion(ctx, notice.procedureVersionId) : null,
    },
    { publicUrl: ctx.publicUrl, from: mailer.sender.name, t: await wordsForMails(ctx, texts[language], language) },
  );
  const letter: Letter = {
    id,
    to,
    subject: page.subject,
    html: renderer().part("notifications/mail", page, texts[language]),
    text: mailText(page),
    language,
    preferences: page.preferences?.href ?? null,
  };
  // Counted before sending: a process that dies while it sends has tried.
  await ctx.db.notification.update({ where: { id }, data: { mailAttempts: { increment: 1 } } });
  const posted = await mailer.send(letter);
  if (posted.ok) return void (await settle("sent", null));
  if (posted.final || notice.mailAttempts + 1 >= MOST_ATTEMPTS) return void (await settle("failed", posted.fault));
  await ctx.db.notification.update({ where: { id }, data: { mailFault: posted.fault } });
  throw new Error(`mail of notice ${id} not sent: ${posted.fault}`);
}

/**
 * Sends the letter of a dossier, unless it is settled already, and keeps what became of it. It names the procedure, the
 * agency and the day: nobody's name, no code, and no way to the dossier.
 * @throws Error when the server could not take it now: the queue tries again, MOST_ATTEMPTS times in all
 */
export async function sendLetter(
  ctx: Pick<Context, "db" | "now" | "publicUrl">,
  { mailer, renderer, texts }: PostOffice,
  dossierId: string,
): Promise<void> {
  const letter = await ctx.db.ownerLetter.findUnique({
    where: { dossierId },
    include: { dossier: { select: { procedureVersionId: true, receivingAgency: { select: { name: true } } } } },
  });
  if (letter?.mail !== "waiting") return;
  const settle = (mail: "sent" | "failed" | "no_server", mailFault: string | null) =>
    ctx.db.ownerLetter.update({ where: { dossierId }, data: { mail, mailSettledAt: ctx.now, mailFault } });
  if (!mailer) return void (await settle("no_server", null));

  const language = languageOf(letter.language);
  const t = texts[language];
  const { definition, code } = await findVersion(ctx, letter.dossier.procedureVersionId);
  const page: MailPage = {
    language,
    from: mailer.sender.name || t("platform.layout.portal"),
    subject: t("notifications.notice.filed_for_you.title"),
    preheader: t("notifications.notice.filed_for_you.text", { agency: letter.dossier.receivingAgency.name }),
    greeting: t("notifications.mail.greeting"),
    text: t("notifications.notice.filed_for_you.text", { agency: letter.dossier.receivingAgency.name }),
    facts: [
      { name: t("notifications.mail.procedure"), value: pick(definition.name, language) },
      { name: t("notifications.mail.letterDay"), value: formatDateTime(letter.at) },
    ],
    open: {
      text: t("notifications.mail.letterOpen"),
      href: `${ctx.publicUrl}${procedurePaths.procedure(code)}`,
      note: t("notifications.mail.letterNote"),
    },
    why: t("notifications.mail.letterWhy"),
    safety: t("notifications.mail.safety"),
    preferences: null,
  };
  // Counted before sending: a process that dies while it sends has tried.
  const { mailAttempts } = await ctx.db.ownerLetter.update({
    where: { dossierId },
    data: { mailAttempts: { increment: 1 } },
  });
  const posted = await mailer.send({
    id: dossierId,
    to: letter.email,
    subject: page.subject,
    html: renderer().part("notifications/mail", page, t),
    text: mailText(page),
    language,
    preferences: null,
  });
  if (posted.ok) return void (await settle("sent", null));
  if (posted.final || mailAttempts >= MOST_ATTEMPTS) return void (await settle("failed", posted.fault));
  await ctx.db.ownerLetter.update({ where: { dossierId }, data: { mailFault: posted.fault } });
  throw new Error(`letter about dossier ${dossierId} not sent: ${posted.fault}`);
}

/** What this room does outside of requests. */
export const notificationJobs = (
  surroundings: Surroundings,
  office: PostOffice,
  now: () => Date = readClock,
): Pick<JobHandlers, "dossiers.react" | "notifications.mail" | "notifications.letter" | "notifications.deadlines"> => ({
  "dossiers.react": ({ eventId }) => tellOfEvent(systemContext(surroundings, now(), "dossiers.react"), eventId),
  "notifications.deadlines": () => warnOfDeadlines(systemContext(surroundings, now(), "notifications.deadlines")),
  "notifications.mail": ({ notificationId }) =>
    sendMail(systemContext(surroundings, now(), "notifications.mail"), office, notificationId),
  "notifications.letter": ({ dossierId }) =>
    sendLetter(systemContext(surroundings, now(), "notifications.letter"), office, dossierId),
});
