/** The only place that reads the clock; everything else is told the time by its context. */
export const now = (): Date => new Date();

/** Monotonic milliseconds, for measuring how long something took. */
export const elapsed = (): number => performance.now();
