/**
 * Documents: the papers that the portal itself makes, forms 01 to 06 and results. A *paper* is issued (numbered in its
 * agency's yearly register, its content frozen as a *snapshot* with a *fingerprint*, given a *token*) in the transaction
 * of the move that calls for it; it is then *printed* (drawn as PDF from the snapshot alone) by a job, or on the spot
 * where somebody waits. States of the file: pending, ready; standing of the paper: valid, replaced, revoked. A *form* is
 * what a kind of paper is called and how it is numbered from a day on. Anybody who holds a paper can check it by its token.
 */
export {
  type BrokenFile,
  closeRegisters,
  documentJobs,
  endPaper,
  erasePapers,
  importResultForms,
  issuePaper,
  namedFilesQuery,
  nameSuccessor,
  nextNumber,
  type OpenedPaper,
  openPaper,
  type PaperOrder,
  printFiling,
  printPaper,
  printSlip,
  ResultFormFile,
  sweepFiles,
  verifyFiles,
} from "./actions.ts";
export type { FilingCopy } from "./printing/filing.ts";
/** What draws PDFs, read when the first is drawn: fonts and their library take much memory. */
export const openPress = async () => {
  const [{ bold, drawQr, plain }, { Sheet }] = await Promise.all([
    import("./printing/frame.ts"),
    import("./printing/sheet.ts"),
  ]);
  return { bold, drawQr, plain, Sheet };
};
export type { Slip } from "./printing/slip.ts";
export { listPaperWords, previewPaper } from "./queries/wordings.ts";
export { listForms, type VerifiedPaper, verifyPaper } from "./queries.ts";
