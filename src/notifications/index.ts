/**
 * Notifications: what people are told of their dossiers. A *notice* stands in the portal exactly once per cause, person
 * and *kind*; its *mail* goes out at least once under one Message-ID, and what became of it is kept. Which event tells
 * whom is the table in src/reactions.ts; people choose by kind which notices come by mail, too.
 */

export { leaveNotices, type NewNotice } from "./actions.ts";
export { notificationJobs, type PostOffice } from "./delivery.ts";
export * from "./rules/wordings.ts";
