/**
 * Administration: agencies and their parts, officers and administrators, where procedures are taken in. A *reach* says what
 * an administrator keeps: the province, or one agency with those below it (rules/reach.ts, the only place that says so; a
 * room under /quan-tri asks `requireReach` for each agency that it changes). A *deed* is a row of the history of agencies
 * and people (`office_events`), with what stood before and after; most are taken back by restoring what stood before.
 */
export { adminSections } from "./pages.ts";
export { requireReach } from "./queries/reach.ts";
