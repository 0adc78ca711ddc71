/**
 * The calendar: working days, days off, make-up days, office hours and due dates, all in the time of Việt Nam (UTC+7).
 * A *term* is a limit (5 working days), a *due date* the instant at which it ends, an *explanation* the stored reasons; a
 * *pause* stops a clock, starts it anew or leaves it running; an *extension* is the one new date of an apology.
 * A day holds in the province or, stronger, in one agency; a *change* ends versions of days and begins others, and every
 * version is kept. The rules read no clock and no database: the table comes in as rows, which `findCalendar` keeps for a
 * minute.
 */
export { importHolidays, noteRecomputed } from "./actions.ts";
export * from "./inputs.ts";
export { findCalendar, findMissingYear, findRecompute, forgetCalendar } from "./queries.ts";
export * from "./rules.ts";
