import { isoDay } from "#platform/format.ts";
import { passageOf, withFixed } from "../rules/passages.ts";
import { dateInWords } from "../rules.ts";
import type { ApologySnapshot, ResultSnapshot, StopSnapshot } from "../snapshot.ts";
import {
  besideQr,
  bold,
  drawFoot,
  drawHeader,
  drawMatter,
  drawNote,
  drawSignatures,
  drawTitle,
  feeLine,
  footOf,
  inWords,
  italic,
  plain,
  two,
} from "./frame.ts";
import { codeRuns, drawReason } from "./notices.ts";
import type { Run, Sheet } from "./sheet.ts";
import { apologyWords, stopWords, frameWords as words } from "./words.ts";

/** Body of a document of the agency: an indent of 1 cm, at least 6 pt between paragraphs (NĐ 30/2020 Phụ lục I, box 6). */
const INDENT = 28.35;
const body = { indent: INDENT, gap: 4.3 } as const;

export const drawBody = (sheet: Sheet, runs: readonly Run[]): void =>
  sheet.paragraph(runs, runs.length === 1 ? { ...body, align: "justify" } : body);

/** Box 9b of NĐ 30/2020. */
const drawRecipients = (sheet: Sheet, lines: readonly string[], width: number): void => {
  sheet.paragraph([{ text: words.recipients, face: "bold_italic" }], { size: 8.5, width, gap: 0 });
  for (const line of lines) sheet.paragraph([plain(line)], { size: 7.8, width, gap: 0 });
};

/** The end of a document that the head of the agency signs: to whom it goes on the left, the code to check it at the foot. */
export function drawLeaderEnd(
  sheet: Sheet,
  paper: ApologySnapshot | StopSnapshot | ResultSnapshot,
  fingerprint: string,
  recipients: readonly string[],
): void {
  const foot = footOf(paper, fingerprint);
  const { title, name } = paper.signer;
  drawSignatures(
    sheet,
    [{ title, hint: words.sealHint, name: name ?? "" }],
    foot,
    recipients.length > 0 ? (width) => drawRecipients(sheet, recipients, width) : undefined,
  );
  drawFoot(sheet, foot);
}

/** Form 04, layout 1: a letter. */
export function drawApology(sheet: Sheet, paper: ApologySnapshot, fingerprint: string): void {
  const { applicant, procedure, agency } = paper;
  drawHeader(sheet, paper, `${apologyWords.subject} ${paper.code ?? paper.reference}`);
  drawTitle(sheet, paper.title);
  const person = applicant.kind === "person" ? `${apologyWords.person} ` : "";
  // One run: pdfkit centres each of several by itself, one over the other.
  sheet.paragraph([bold(`${apologyWords.dear} ${person}${applicant.fullName}`)], { align: "center", gap: 2 });
  if (applicant.address) sheet.paragraph([plain(`${words.address} ${applicant.address}`)], { align: "center", gap: 6 });
  const caseName = procedure.caseName ? `; ${words.case} ${procedure.caseName}` : "";
  const day = dateInWords(isoDay(new Date(paper.receivedAt))).replace(/^ngày /, "");
  drawBody(sheet, [
    plain(`${apologyWords.received} ${day}, ${agency.name} ${apologyWords.tookIn} `),
    bold(procedure.name),
    plain(` (${words.procedureCode} ${procedure.code}${caseName}).`),
  ]);
  besideQr(sheet, { url: paper.verificationUrl, caption: words.check }, (width) => {
    const line = { ...body, width };
    sheet.paragraph([plain(`${apologyWords.code} `), bold(paper.code ?? paper.reference)], line);
    sheet.paragraph([plain(`${apologyWords.oldDue} ${inWords(paper.oldDueAt)}.`)], line);
    sheet.paragraph([plain(`${apologyWords.handler} ${paper.handler}.`)], line);
  });
  const [first = "", ...more] = paper.reason.split(/\n+/).filter((one) => one.trim() !== "");
  drawBody(sheet, [plain(`${passageOf(paper, "reasonLead").join(" ")} ${first}`)]);
  for (const text of more) drawBody(sheet, [plain(text)]);
  drawBody(sheet, [
    plain(`${agency.name} ${passageOf(paper, "sorry").join(" ")} `),
    bold(`${inWords(paper.newDueAt)}.`),
  ]);
  for (const line of withFixed(passageOf(paper, "thanks"), apologyWords.once)) drawBody(sheet, [plain(line)]);
  drawLeaderEnd(sheet, paper, fingerprint, [apologyWords.asAbove, words.archive]);
}

/** Form 05, layout 1: an announcement. The original form was never seen. */
export function drawStop(sheet: Sheet, paper: StopSnapshot, fingerprint: string): void {
  const { agency } = paper;
  drawHeader(sheet, paper);
  drawTitle(sheet, paper.title, `${stopWords.about} ${paper.code ?? paper.reference}`);
  drawBody(sheet, [plain(`${agency.name} ${stopWords.announces}`)]);
  besideQr(sheet, { url: paper.verificationUrl, caption: words.check }, (width) => {
    sheet.paragraph(codeRuns(paper), { width });
    drawMatter(sheet, paper, width);
  });
  sheet.paragraph([plain(`${stopWords.received} ${inWords(paper.receivedAt)}.`)]);
  if (paper.stage) sheet.paragraph([plain(`${stopWords.stage} ${paper.stage}.`)]);
  drawReason(sheet, stopWords.reason, paper.reason);
  sheet.paragraph([
    plain(`${stopWords.fees} `),
    plain(
      paper.fees.length > 0
        ? `${paper.fees.map(feeLine).join("; ")}. ${passageOf(paper, "feesRule").join(" ")}`
        : stopWords.noFees,
    ),
  ]);
  const papers = paper.papers.map(({ name, originals }) => `${name} (${two(originals)} ${stopWords.original})`);
  sheet.paragraph([plain(`${stopWords.papers} ${papers.length > 0 ? `${papers.join("; ")}.` : stopWords.noPapers}`)]);
  drawNote(sheet, paper);
  drawLeaderEnd(sheet, paper, fingerprint, [`- ${paper.applicant.fullName};`, words.archive]);
}

/** What a procedure ends in, layout 1. */
export function drawResult(sheet: Sheet, paper: ResultSnapshot, fingerprint: string): void {
  drawHeader(sheet, paper);
  sheet.y += 6;
  drawTitle(sheet, paper.title);
  sheet.y += 4;
  for (const text of paper.opening) {
    if (text === text.toLocaleUpperCase("vi")) sheet.paragraph([bold(text)], { align: "center", gap: 4.3 });
    else drawBody(sheet, [plain(text)]);
  }
  for (const { label, value } of paper.rows)
    sheet.paragraph([plain(`${label}: `), bold(value.replace(/\s*\n\s*/g, " "))], {
      gap: 3.2,
      x: sheet.left + INDENT,
      width: sheet.width - INDENT,
    });
  for (const text of paper.closing) drawBody(sheet, [plain(text)]);
  besideQr(sheet, { url: paper.verificationUrl, caption: words.check }, (width) => {
    sheet.paragraph(
      [italic(`${words.request} ${paper.procedure.name} (${words.procedureCode} ${paper.procedure.code}).`)],
      { width, size: 8 },
    );
    sheet.paragraph([italic(`${words.code} ${paper.code ?? paper.reference}`)], { width, size: 8 });
  });
  drawLeaderEnd(sheet, paper, fingerprint, []);
}
