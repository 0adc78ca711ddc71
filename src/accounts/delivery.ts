/** What accounts say to people outside the portal, by mail and short message: a job's work, which draws a page. */
import type { Surroundings } from "#platform/context.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Mailer } from "#platform/mail.ts";
import type { Renderer } from "#platform/render.ts";
import type { Message } from "./actions/codes.ts";
import { disableIdleOfficers } from "./actions/idle.ts";
import type { Sms } from "./rules.ts";

type Voices = {
  mailer: Mailer | null;
  sms: Sms | null;
  renderer: () => Renderer;
  texts: Record<Language, Translate>;
};

/** Says it by mail or by short message, whichever the address is one of; what came too late is not said. */
async function tell(
  { mailer, sms, renderer, texts, publicUrl }: Voices & { publicUrl: string },
  message: Message,
  now: Date,
): Promise<void> {
  const { to, language, about, code, path, until, id } = message;
  if (until < now.getTime()) return;
  const t = texts[language];
  const subject = t(`accounts.mail.${about}Subject`);
  const text = t(`accounts.mail.${about}Text`, code ? { code } : {});
  const link = path === undefined ? null : publicUrl + path;
  const plain = link === null ? text : `${text}\n\n${link}`;
  if (!to.includes("@")) return void (await sms?.send(to, plain));
  const html = renderer().part("accounts/mail", { language, subject, text, link }, t);
  const posted = await mailer?.send({ id, to, subject, html, text: plain, language, preferences: null });
  if (posted && !posted.ok && !posted.final) throw new Error(posted.fault);
}

/** What accounts do beside requests: telling people by mail or short message, disabling who no longer comes. */
export const accountJobs = (surroundings: Surroundings, voices: Voices, now: () => Date) => ({
  "accounts.tell": (message: Message): Promise<void> =>
    tell({ ...voices, publicUrl: surroundings.publicUrl }, message, now()),
  "accounts.idle": async ({ days }: { days: number }): Promise<void> => {
    await disableIdleOfficers(surroundings, days, now());
  },
});
