/**
 * The calendar: working days, days off, make-up days, office hours and due dates, all in the time of Việt Nam (UTC+7).
 * A *term* is a limit (5 working days), a *due date* the instant at which it ends, an *explanation* the stored reasons.
 * The rules read no clock and no database: the holiday table comes in as rows, which `findCalendar` keeps for a minute.
 */
export * from "./inputs.ts";
export * from "./rules.ts";
export { importHolidays } from "./actions.ts";
export { findCalendar } from "./queries.ts";
