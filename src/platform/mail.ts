import type { SMTPTransportOptions, Transporter } from "nodemailer";

/** Who the portal's mails come from. */
export type Sender = { name: string; address: string };

export type Letter = {
  /** Stands before the @ of the Message-ID: the same letter sent again is recognisable as the same. */
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  language: string;
  /** Page on which mails like this one are switched off; null for one that comes once. */
  preferences: string | null;
};

/** `final`: the server will never take this letter, so that trying again is of no use. */
export type Posted = { ok: true } | { ok: false; final: boolean; fault: string };

export type Mailer = {
  sender: Sender;
  send(letter: Letter): Promise<Posted>;
  /** Whether the server answers and lets the portal in; else what it said. */
  check(): Promise<string | null>;
};

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 30_000 };
const MOST_FAULT = 300;

/** A plain ASCII address: nothing that a header or an SMTP command could read as more than one address. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/.test(
    text,
  ) &&
  text.indexOf("@") <= 64;

/** "Cổng dịch vụ công <khongtraloi@example.vn>" or an address alone; null for anything else. */
export function readSender(text: string): Sender | null {
  const named = /^([^\p{Cc}<>"@,;]*)<([^<>]+)>$/u.exec(text.trim());
  const sender = named
    ? { name: (named[1] ?? "").trim(), address: named[2] ?? "" }
    : { name: "", address: text.trim() };
  return isMailAddress(sender.address) ? sender : null;
}

/** One line of text: a line break in a subject would begin another header. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();

/** Whether the server refused this recipient or this content for good; anything else may pass. */
function isFinal(error: { command?: unknown; responseCode?: unknown }): boolean {
  const { command, responseCode } = error;
  return (
    typeof responseCode === "number" &&
    responseCode >= 500 &&
    (command === "RCPT TO" || command === "DATA") &&
    responseCode !== 530
  );
}

const faultOf = (error: unknown): string =>
  oneLine(error instanceof Error ? error.message : String(error)).slice(0, MOST_FAULT);

/**
 * What sends mails, over any SMTP server: `smtp://user:password@host:587` or `smtps://host:465`. Null without one.
 * @param publicUrl its host stands behind the @ of every Message-ID
 */
export function openMailer(mail: { url: string; from: Sender } | null, publicUrl: string): Mailer | null {
  if (!mail) return null;
  const { url, from: sender } = mail;
  const host = new URL(publicUrl).hostname;
  let opened: Promise<Transporter> | undefined;
  // Loaded with the first letter: a portal that sends none has no use for it.
  const transport = (): Promise<Transporter> => {
    opened ??= import("nodemailer").then(({ createTransport }) =>
      createTransport({ ...TIMEOUTS, url } as SMTPTransportOptions),
    );
    return opened;
  };
  return {
    sender,
    async send(letter) {
      if (!isMailAddress(letter.to)) return { ok: false, final: true, fault: "not a mail address" };
      try {
        await (await transport()).sendMail({
          from: sender,
          to: { name: "", address: letter.to },
          envelope: { from: sender.address, to: [letter.to] },
          messageId: `<${letter.id}@${host}>`,
          subject: oneLine(letter.subject),
          text: letter.text,
          html: letter.html,
          ...(letter.preferences ? { list: { unsubscribe: { url: letter.preferences, comment: "" } } } : {}),
          headers: { "Auto-Submitted": "auto-generated", "Content-Language": letter.language },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return { ok: true };
      } catch (error) {
        return { ok: false, final: isFinal(error as object), fault: faultOf(error) };
      }
    },
    check: () =>
      transport()
        .then((one) => one.verify())
        .then(
          () => null,
          (error: unknown) => faultOf(error),
        ),
  };
}
