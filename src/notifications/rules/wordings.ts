import { placesIn } from "#lists/rules.ts";
import { en } from "../messages/en.ts";
import { vi } from "../messages/vi.ts";
import { NOTICE_KINDS, notices } from "../rules.ts";

/** How a mail is worded, in both languages. */
export const MAIL_TEXTS = ["titleVi", "textVi", "titleEn", "textEn"] as const;
export type MailWords = Readonly<Record<(typeof MAIL_TEXTS)[number], string>>;
export type MailName = keyof typeof vi.notice;

export const MAILS = Object.keys(vi.notice) as MailName[];

/** As what the words of a mail are kept. */
export const mailKind = (name: string): string => `mail.${name}`;

/** The portal's own words. */
export const ownMailWords = (name: MailName): MailWords => ({
  titleVi: vi.notice[name].title,
  textVi: vi.notice[name].text,
  titleEn: en.notice[name].title,
  textEn: en.notice[name].text,
});

/** What may be filled into a mail: what the portal's own words of it fill in, and nothing else. */
export const placesOfMail = (name: MailName): string[] => {
  const { titleVi, textVi } = ownMailWords(name);
  return placesIn(`${titleVi} ${textVi}`);
};

/** Mails of one kind differ by how the result comes, or by what has no day. */
export const MAIL_VARIANTS = ["undated", "online", "counter", "post"] as const;

/** To whom a mail goes, and which of its kind it is; null: the only one, or the usual one. */
export function aboutMail(name: MailName): {
  to: "citizen" | "officer";
  variant: (typeof MAIL_VARIANTS)[number] | null;
} {
  const variant = MAIL_VARIANTS.find((one) => name.endsWith(`_${one}`)) ?? null;
  const base = variant ? name.slice(0, -variant.length - 1) : name;
  const kind = NOTICE_KINDS.find((one) => one === base);
  if (!kind) throw new Error(`no notice is sent as ${name}`);
  return { to: notices[kind].for, variant };
}

/** Believable values for a preview. */
export const MAIL_SAMPLE: Readonly<Record<string, string>> = {
  code: "H37.05977-261123-0001",
  reference: "K7M2-PX4Q-9TRA",
  due: "17:00 26/11/2026",
  day: "26/11/2026",
  step: "Thẩm định hồ sơ",
  days: "2",
  agency: "Ủy ban nhân dân phường Đông Kinh",
  answerBy: "30/11/2026",
  from: "01/12/2026",
  to: "05/12/2026",
};
