/**
 * The hall's queue: people take a *number* at the machine, wait, and are called to a *counter*. A *hall* has *queues* (by
 * sector) and counters; whoever sits at a counter calls from its queues by the hall's rule of priority. A *ticket* waits, is
 * called, and ends as served, gone (no show, left) or not served when the day ended; what happened to it is an event that
 * stays. Who makes a dossier for somebody who was called asks `findCurrentTicket`, notes it by `linkTicket` after the
 * dossier's own transaction, and ends by `finishTicket`.
 */
export { callNext, closeCounter, openCounter } from "./actions/counter.ts";
export { takeForDossier } from "./actions/dossier.ts";
export { endPastDays, queueJobs } from "./actions/halls.ts";
export { finishTicket, linkTicket } from "./actions/link.ts";
export { takeTicket, takeTicketIn } from "./actions/take.ts";
export { type CurrentTicket, findCurrentTicket, findHall } from "./queries.ts";
export { scannedCode } from "./rules.ts";
