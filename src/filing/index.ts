/**
 * Filing: what a citizen does before there is a dossier, and how they follow it afterwards. A *draft* is theirs alone,
 * changeable and deletable, without code or history; it is filled in page by page, *checked*, and *submitted*, which makes
 * the dossier and ends the draft.
 */

export { filingJobs, tidyDrafts } from "./actions/tidy.ts";
export { createDraft, keepDraftFiles } from "./actions.ts";
export { referenceIn } from "./inputs.ts";
