/** What is read of dossiers: a citizen's own, an officer's work, and what a code or a reference tells without sign-in. */

export { type DuePreview, previewDueDates } from "./queries/due.ts";
export { type HistoryReport, verifyHistory } from "./queries/history.ts";
export * from "./queries/own.ts";
export * from "./queries/supplement.ts";
export * from "./queries/track.ts";
export * from "./queries/work.ts";
