/** What is read of dossiers: a citizen's own, an officer's work, and what a code or a reference tells without sign-in. */

export {
  countDue,
  type DueDossier,
  type DueStep,
  findDeadlineSettings,
  findReasons,
  listDueDossiers,
  listDueSteps,
} from "./queries/deadlines.ts";
export { type DuePreview, previewDueDates } from "./queries/due.ts";
export { isNarrowed, type WorkFilter } from "./queries/filters.ts";
export { type Handler, listHandlers } from "./queries/handlers.ts";
export { type HistoryReport, verifyHistory } from "./queries/history.ts";
export { ARCHIVES, COUNT_CAP, STEP_LISTS, type WorkList, type WorkSearch } from "./queries/lists.ts";
export { countMoving, type Moving } from "./queries/moving.ts";
export { renderNational } from "./queries/national.ts";
export * from "./queries/own.ts";
export * from "./queries/own-lists.ts";
export {
  type Figures,
  ledBy,
  listOfficerFigures,
  listStepFigures,
  type OfficerFigures,
} from "./queries/performance.ts";
export {
  type Candidate,
  findReaders,
  listCandidates,
  openTo,
} from "./queries/restricted.ts";
export { headsOf, listRoots, type RootBreak, verifyRoots } from "./queries/roots.ts";
export * from "./queries/supplement.ts";
export {
  type AgencyTally,
  findTallyGaps,
  type Months,
  type MonthTally,
  readTallies,
  type TallyGap,
} from "./queries/tallies.ts";
export * from "./queries/track.ts";
export * from "./queries/work.ts";
export * from "./queries/worklist.ts";
