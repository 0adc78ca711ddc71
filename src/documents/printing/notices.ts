import { showCode } from "#platform/codes.ts";
import { passageOf, withFixed } from "../rules/passages.ts";
import { dateInWords } from "../rules.ts";
import type { DeclineSnapshot, PaperHead, PaperMatter, SupplementSnapshot } from "../snapshot.ts";
import {
  besideQr,
  bold,
  drawFoot,
  drawHeader,
  drawMatter,
  drawNote,
  drawSignatures,
  drawTitle,
  footOf,
  plain,
  two,
} from "./frame.ts";
import type { Column, Run, Sheet } from "./sheet.ts";
import { declineWords, supplementWords, frameWords as words } from "./words.ts";

/** The dossier's code, or before it has one what the applicant follows it by. */
export const codeRuns = ({ code, reference }: Pick<PaperHead, "code" | "reference">): Run[] =>
  code ? [plain(`${words.code} `), bold(code)] : [plain(`${words.reference} `), bold(showCode(reference))];

function drawTop(sheet: Sheet, paper: PaperHead & PaperMatter): void {
  drawHeader(sheet, paper);
  drawTitle(sheet, paper.title);
  besideQr(sheet, { url: paper.verificationUrl, caption: words.check }, (width) => {
    sheet.paragraph(codeRuns(paper), { width, size: 10.5 });
    drawMatter(sheet, paper, width);
  });
}

/** Where to ask: the desk with its telephone, and the page of the dossier. */
function drawContact(sheet: Sheet, { agency, trackingUrl }: PaperHead, officer: string): void {
  const phone = agency.phone ? `, ${words.phoneOf} ${agency.phone}` : "";
  sheet.paragraph([plain(`${words.tracking} ${trackingUrl}`)]);
  sheet.paragraph([plain(`${words.contact} ${officer}, ${agency.issuer} - ${agency.name}${phone}`)]);
}

/** What somebody wrote, each of its lines a paragraph. */
export function drawReason(sheet: Sheet, title: string, reason: string): void {
  const [first = "", ...more] = reason.split(/\n+/).filter((line) => line.trim() !== "");
  sheet.paragraph([bold(`${title} `), plain(first)]);
  for (const line of more) sheet.paragraph([plain(line)]);
}

const copies = (n: number): string => (n > 0 ? two(n) : "-");

/** Form 02, layout 1. */
export function drawSupplement(sheet: Sheet, paper: SupplementSnapshot, fingerprint: string): void {
  drawTop(sheet, paper);
  const round = paper.round > 1 ? ` ${supplementWords.again} ${two(paper.round)}.` : "";
  sheet.paragraph([plain(supplementWords.stage[paper.stage] + round)]);
  sheet.reserve(50);
  for (const line of passageOf(paper, "lead")) sheet.paragraph([plain(line)], { gap: 3 });
  const [number, name, originals, copied, note] = supplementWords.columns;
  const [narrow, count] = [20, 38];
  const rest = sheet.width - narrow - 2 * count;
  const columns: Column[] = [
    { title: number, width: narrow, align: "center" },
    { title: name, width: rest * 0.48, align: "left" },
    { title: originals, width: count, align: "center" },
    { title: copied, width: count, align: "center" },
    { title: note, width: rest * 0.52, align: "left" },
  ];
  const rows = paper.parts.map((part, i) => [
    String(i + 1),
    part.name,
    copies(part.originals),
    copies(part.copies),
    part.note.replace(/\s*\n\s*/g, " "),
  ]);
  sheet.table(columns, rows);
  sheet.y += 4;
  drawReason(sheet, supplementWords.reason, paper.reason);
  if (paper.answerBy)
    sheet.paragraph([
      plain(`${supplementWords.answerBy} `),
      bold(`${dateInWords(paper.answerBy).replace(/^ngày /, "")}.`),
    ]);
  const address = paper.agency.address ? `, ${paper.agency.address}` : "";
  sheet.paragraph([plain(`${supplementWords.how} ${paper.agency.issuer} - ${paper.agency.name}${address}.`)]);
  drawContact(sheet, paper, paper.officer);
  drawNote(sheet, paper);
  const foot = footOf(paper, fingerprint);
  drawSignatures(sheet, [{ title: supplementWords.sign, name: paper.officer }], foot);
  drawFoot(sheet, foot);
}

/** Form 03, layout 1. */
export function drawDecline(sheet: Sheet, paper: DeclineSnapshot, fingerprint: string): void {
  drawTop(sheet, paper);
  sheet.y += 2;
  for (const line of passageOf(paper, "lead")) sheet.paragraph([plain(line)]);
  for (const line of paper.reason.split(/\n+/).filter((one) => one.trim() !== "")) sheet.paragraph([bold(line)]);
  sheet.y += 2;
  for (const line of withFixed(passageOf(paper, "again"), declineWords.complaint)) sheet.paragraph([plain(line)]);
  drawContact(sheet, paper, paper.officer);
  drawNote(sheet, paper);
  const foot = footOf(paper, fingerprint);
  drawSignatures(
    sheet,
    [
      { title: words.signApplicant, name: paper.applicant.kind === "person" ? paper.applicant.fullName : "" },
      { title: words.signOfficer, name: paper.officer },
    ],
    foot,
  );
  drawFoot(sheet, foot);
}
