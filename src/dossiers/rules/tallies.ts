/** What was taken in and resolved in some months; who was declined or voided was never received. */
export type Flow = {
  received: number;
  /** Of these filed on the portal. */
  online: number;
  counter: number;
  post: number;
  /** Finished with a result or refused, whatever came of handing the result over. */
  inTime: number;
  late: number;
  declined: number;
  /** Withdrawn by the applicant, or stopped. */
  ended: number;
};
/** What stands open now: no month says when. */
export type Standing = {
  /** Filed, and not taken in yet. */
  intake: number;
  /** Taken in, and not resolved yet; those that wait for the applicant included. */
  open: number;
  waiting: number;
};
/** How the open work of an agency stands to its due dates; what waits for the applicant stands to none. */
export type Pressure = { overdue: number; soon: number };

/** Where nothing was done, stands or presses. */
export const NO_FLOW: Flow = {
  received: 0,
  online: 0,
  counter: 0,
  post: 0,
  inTime: 0,
  late: 0,
  declined: 0,
  ended: 0,
};
export const NO_STANDING: Standing = { intake: 0, open: 0, waiting: 0 };
export const NO_PRESSURE: Pressure = { overdue: 0, soon: 0 };
