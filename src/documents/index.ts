/**
 * Documents: the papers that the portal itself makes. A *paper* is issued (numbered in its agency's yearly series, its
 * content frozen as a *snapshot* with a *fingerprint*, given a *token*) in the transaction that calls for it; it is then
 * *printed* (drawn as PDF from the snapshot alone) by a job, or on the spot where somebody waits. States: pending, ready.
 * Anybody who holds a paper can check it by its token. Forms and their titles are a table in rules.ts.
 */
export { documentJobs, issueReceiptSlip, type OpenedPaper, openPaper, printPaper, sweepFiles } from "./actions.ts";
export { type VerifiedPaper, verifyPaper } from "./queries.ts";
