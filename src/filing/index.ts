/**
 * Filing: what a citizen does before there is a dossier. A *draft* is theirs alone, changeable and deletable, without code
 * or history; it is filled in page by page, *checked*, and *submitted*, which makes the dossier and ends the draft.
 */
export { createDraft, keepDraftFiles, saveDraft } from "./actions.ts";
export { findOwnDraft, findReceivers } from "./queries.ts";
