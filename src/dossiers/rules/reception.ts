const DAY_MS = 86_400_000;

/** Further back nobody can say any more what was taken in when: a letter's record, a paper register of an outage. */
export const MOST_DAYS_BACK = { post: 30, late: 15 } as const;

export type ReceptionFault = "future" | "too_old";

/** What is wrong with an earlier time at which a dossier is said to have been received; null: nothing. */
export function receptionFault(how: keyof typeof MOST_DAYS_BACK, at: Date, now: Date): ReceptionFault | null {
  if (at > now) return "future";
  return now.getTime() - at.getTime() > MOST_DAYS_BACK[how] * DAY_MS ? "too_old" : null;
}
