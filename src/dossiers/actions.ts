/** What officers and citizens do to a dossier: each verb is one transaction and writes its event. */

export {
  answerSupplement,
  keepSupplementFiles,
  removeSupplementFile,
  type SupplementAnswer,
  type SupplementFile,
  saveSupplement,
} from "./actions/answering.ts";
export { extendDossier, stopDossier, withdrawDossier } from "./actions/endings.ts";
export { acceptDossier, declineDossier, isAtDesk, type Registration, registerDossier } from "./actions/intake.ts";
export { advanceStep, assignStep } from "./actions/process.ts";
export { dossierJobs, recomputeDueDates } from "./actions/recompute.ts";
export { deliverResult, linkDossier, type RecordedResult, recordResult } from "./actions/results.ts";
export { type Submission, submitDossier } from "./actions/submit.ts";
export { requestSupplement, type SupplementInput } from "./actions/supplements.ts";
