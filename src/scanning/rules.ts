const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** After so many tries a file counts as one that cannot be looked through. */
export const TRIES_UNTIL_FAILED = 4;

/**
 * When a file that could not be looked through is tried again. At once the first time, since the scanner may have been
 * stopped in the middle of it; then after 4, 8, 16 minutes and so on, at most a day later.
 */
export const nextTry = (tries: number, last: Date): Date =>
  tries <= 1 ? last : new Date(last.getTime() + Math.min(2 ** Math.min(tries, 20) * MINUTE_MS, DAY_MS));

/** Files wait for seconds; whoever waits longer has a scanner that does not answer. */
export const ALARM_MS = 10 * MINUTE_MS;
