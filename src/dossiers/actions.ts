/** What officers and citizens do to a dossier: each verb is one transaction and writes its event. */
export { acceptDossier, declineDossier, isAtDesk, type Registration, registerDossier } from "./actions/intake.ts";
export { advanceStep, assignStep } from "./actions/process.ts";
export { deliverResult, linkDossier, type RecordedResult, recordResult } from "./actions/results.ts";
export { type Submission, submitDossier } from "./actions/submit.ts";
