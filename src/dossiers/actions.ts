/** What officers and citizens do to a dossier: each verb is one transaction and writes its event. */

export {
  answerSupplement,
  keepSupplementFiles,
  removeSupplementFile,
  type SupplementAnswer,
  saveSupplement,
} from "./actions/answering.ts";
export { attachFiles, type Keeping, type NewFile } from "./actions/attaching.ts";
export { handOverBatch, receiveBatch } from "./actions/batches.ts";
export { recordCertified, recordDigitised } from "./actions/digitising.ts";
export { answerDraft, showDraft, takeSilence } from "./actions/drafts.ts";
export { extendDossier, stopDossier, withdrawDossier } from "./actions/endings.ts";
export { eraseDossier } from "./actions/erasing.ts";
export type { FeeChange } from "./actions/fees.ts";
export { handOverPapers, receivePapers } from "./actions/handing.ts";
export { acceptDossier, declineDossier, isAtDesk } from "./actions/intake.ts";
export { confirmOnTime, explainLateness, proposeExtension } from "./actions/lateness.ts";
export { askObligation, meetObligation, payObligation, unpayObligation } from "./actions/obligations.ts";
export { endIssuedPaper, issueControlSlip, issueResult } from "./actions/papers.ts";
export { advanceStep, assignStep, takeOverStep } from "./actions/process.ts";
export { importReasons, ReasonFile } from "./actions/reasons.ts";
export { dossierJobs, recomputeDueDates } from "./actions/recompute.ts";
export { fileAtCounter, type Registration, registerDossier } from "./actions/registering.ts";
export { type Correction, correctResult, reopenDossier } from "./actions/reopening.ts";
export { type Rerouting, releaseSteps, rerouteDossiers } from "./actions/rerouting.ts";
export { agenciesOfDossier, keepReaders, liftRestriction, restrictDossier } from "./actions/restricting.ts";
export { type Delivery, deliverResult, linkDossier, type RecordedResult, recordResult } from "./actions/results.ts";
export { takeRoot } from "./actions/roots.ts";
export { signReceipt } from "./actions/signing.ts";
export { type Submission, submitDossier } from "./actions/submit.ts";
export { requestSupplement, type SupplementInput } from "./actions/supplements.ts";
export { rollUpTallies } from "./actions/tallies.ts";
export { voidAcceptance } from "./actions/voiding.ts";
