const DAY_MS = 86_400_000;

/** How many days after its last change an unfiled draft is reminded of, announced to be deleted, and deleted. */
export const KEEPING = { remind: 3, warn: 83, keep: 90 } as const;

/** Between announcing and deleting, however late the announcement came. */
const NOTICE_DAYS = KEEPING.keep - KEEPING.warn;

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

/** Until when a draft is kept: so long after its last change, and after it was announced to be deleted. */
export const keptUntil = (changedAt: Date, warnedAt: Date | null): Date => {
  const byAge = changedAt.getTime() + KEEPING.keep * DAY_MS;
  return new Date(Math.max(byAge, warnedAt ? warnedAt.getTime() + NOTICE_DAYS * DAY_MS : byAge));
};
