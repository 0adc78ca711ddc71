const DAY_MS = 86_400_000;

/** Announced so long before it is carried out. */
export const NOTICE_DAYS = 14;
/** An archive is asked for once a day, and thrown away after a week. */
export const ARCHIVE_EVERY_MS = DAY_MS;
export const ARCHIVE_KEPT_MS = 7 * DAY_MS;

/** How a dossier may have ended. */
export const ENDINGS = ["declined", "withdrawn", "stopped", "refused", "delivered"] as const;
export const ACTS = ["anonymise", "delete"] as const;
export type Act = (typeof ACTS)[number];

export const carriedOutAt = (announced: Date): Date => new Date(announced.getTime() + NOTICE_DAYS * DAY_MS);
/** Files named by a week-old archive are gone. */
export const isExpired = (askedAt: Date, now: Date): boolean => now.getTime() - askedAt.getTime() > ARCHIVE_KEPT_MS;

/** The last moment of ending whose time of keeping is over now; months as a calendar counts them. */
export function endedBefore(now: Date, months: number): Date {
  const day = new Date(now);
  const wanted = day.getUTCDate();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - months);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(wanted, last));
  return day;
}
