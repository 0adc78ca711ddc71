/** The desk: what officers work with. Other rooms enter to say who acts for whom while somebody is away, or to send by post. */
export { endLeave, type NewLeave, noteLeave } from "./actions/leave.ts";
export { makePostalSheet } from "./actions/posting.ts";
