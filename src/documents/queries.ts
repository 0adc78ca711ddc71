export { listForms, listSeries } from "./queries/forms.ts";
export { findEndable } from "./queries/papers.ts";
export { findRegisterFile, listRegisterFiles } from "./queries/register.ts";
export { isCopyOf, type VerifiedPaper, verifyPaper } from "./queries/verify.ts";
