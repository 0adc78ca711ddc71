export { listForms } from "./queries/forms.ts";
export { isCopyOf, type VerifiedPaper, verifyPaper } from "./queries/verify.ts";
