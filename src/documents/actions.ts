import { now as readClock } from "#platform/clock.ts";
import { type Surroundings, systemContext } from "#platform/context.ts";
import type { JobHandlers } from "#platform/jobs.ts";
import { closeRegisters } from "./actions/end.ts";
import { printPaper } from "./actions/print.ts";
import { makeRegister } from "./actions/registers.ts";
import { sweepFiles } from "./actions/stored.ts";

export { closeRegisters, endPaper, erasePapers, nameSuccessor } from "./actions/end.ts";
export { confirmForm, importResultForms, ResultFormFile, renameForm } from "./actions/forms.ts";
export { composeResult, issuePaper, nextNumber, type PaperOrder } from "./actions/issue.ts";
export { type OpenedPaper, openPaper, printFiling, printPaper } from "./actions/print.ts";
export { orderRegister, registerAgencies } from "./actions/registers.ts";
export { printSlip } from "./actions/slips.ts";
export {
  type BrokenFile,
  namedFilesQuery,
  sweepFiles,
  verifyFiles,
} from "./actions/stored.ts";
export { printTogether } from "./actions/together.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "files.sweep": Record<string, never>;
    /** The registers of years that are over are closed. */
    "documents.close": Record<string, never>;
  }
}

/** What this room does outside of requests. */
export const documentJobs = (
  surroundings: Surroundings,
  now: () => Date = readClock,
): Pick<JobHandlers, "documents.print" | "documents.register" | "documents.close" | "files.sweep"> => ({
  "documents.print": async ({ paperId }) =>
    void (await printPaper(systemContext(surroundings, now(), "documents.print"), paperId)),
  "documents.register": async ({ fileId }) =>
    makeRegister(systemContext(surroundings, now(), "documents.register"), fileId),
  "documents.close": async () => void (await closeRegisters(systemContext(surroundings, now(), "documents.close"))),
  "files.sweep": async () => void (await sweepFiles(systemContext(surroundings, now(), "files.sweep"))),
});
