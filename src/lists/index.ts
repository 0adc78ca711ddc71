/**
 * Lists: what officers and applicants choose from and administrators own. An *entry* has a key that answers and names hold,
 * and a text that may be worded anew; one that is taken out is offered no more and stays readable. And how mails and papers
 * are worded: each *wording* is a version of the words of one thing.
 */

export { wordAnew } from "./actions/wordings.ts";
export {
  addEntry,
  changeEntry,
  DocumentTypeFile,
  importDocumentTypes,
  keepEntries,
  keyOf,
} from "./actions.ts";
export { findWordings, listWordings, type WordingVersion } from "./queries/wordings.ts";
export { countEntries, type EntryChange, listEntries, listEntryChanges } from "./queries.ts";
export * from "./rules.ts";
