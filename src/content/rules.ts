import { addWorkingDays, type Calendar, dateOf } from "#calendar/rules.ts";

export * from "./rules/markdown.ts";

/** The pages that a portal owes its public. */
export const PAGE_KEYS = ["guide", "questions", "contact", "privacy", "terms", "accessibility"] as const;
export type PageKey = (typeof PAGE_KEYS)[number];
export const isPageKey = (text: unknown): text is PageKey => PAGE_KEYS.some((key) => key === text);

export type NoticeKind = "news" | "outage";

/** A text in both languages, as it is written. */
export type Words = { titleVi: string; bodyVi: string; titleEn: string; bodyEn: string };
/** When a notice is told, and when the portal is away. */
export type Times = {
  shownFrom: Date | null;
  shownUntil: Date | null;
  outageFrom: Date | null;
  outageTo: Date | null;
};

/** Whether people are told of a notice at `now`. */
export const isShown = ({ shownFrom, shownUntil }: Pick<Times, "shownFrom" | "shownUntil">, now: Date): boolean =>
  shownFrom !== null && shownFrom <= now && (shownUntil === null || shownUntil > now);

/** A planned outage is announced so many working days ahead (NĐ 224/2026 Đ13). */
export const OUTAGE_NOTICE_DAYS = 7;

/** Whether an outage is announced later than the law asks: fewer than seven working days lie before its day. */
export const isAnnouncedLate = (announced: Date, outageFrom: Date, calendar: Calendar): boolean =>
  addWorkingDays(dateOf(announced), OUTAGE_NOTICE_DAYS, calendar) > dateOf(outageFrom);

/** The name of the province is filled in where a text says {{province}}: one text fits every installation. */
export const fillIn = (text: string, province: string): string => text.replaceAll("{{province}}", province);
