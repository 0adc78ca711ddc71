/** The desk: what officers work with. Other rooms enter only to say who acts for whom while somebody is away. */
export { endLeave, type NewLeave, noteLeave } from "./actions/leave.ts";
