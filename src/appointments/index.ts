/**
 * Appointments: a *plan* says when an agency sees people, in slots of the working calendar, how many at a time and for
 * what; officers *block* times of it. A citizen *books* a *place* in a slot to come for a procedure, moves or cancels it
 * until it begins. Who comes shows its code to the hall's machine and gets a number; online, both sides have a meeting
 * link. It ends as held, or nobody came.
 */
export { appointmentJobs, checkIn, tidyAppointments } from "./actions/arrival.ts";
export { bookAppointment } from "./actions.ts";
