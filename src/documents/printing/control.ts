import type { ControlSnapshot } from "../snapshot.ts";
import {
  besideQr,
  bold,
  drawFoot,
  drawHeader,
  drawNote,
  drawSignatures,
  drawTitle,
  footOf,
  inWords,
  plain,
} from "./frame.ts";
import { codeRuns } from "./notices.ts";
import type { Column, Sheet } from "./sheet.ts";
import { controlWords, frameWords as words } from "./words.ts";

/** Form 06, layout 1. */
export function drawControl(sheet: Sheet, paper: ControlSnapshot, fingerprint: string): void {
  drawHeader(sheet, paper);
  drawTitle(sheet, paper.title);
  besideQr(sheet, { url: paper.verificationUrl, caption: words.check }, (width) => {
    sheet.paragraph([plain(`${controlWords.attached} `), bold(paper.applicant.fullName)], { width });
    sheet.paragraph(codeRuns(paper), { width, size: 10.5 });
    sheet.paragraph(
      [plain(`${words.request} ${paper.procedure.name} (${words.procedureCode} ${paper.procedure.code})`)],
      { width },
    );
    sheet.paragraph([plain(`${controlWords.received} ${inWords(paper.receivedAt)}.`)], { width });
    sheet.paragraph([plain(`${controlWords.due} ${paper.dueAt ? inWords(paper.dueAt) : controlWords.noDue}.`)], {
      width,
    });
  });
  sheet.paragraph([plain(`${controlWords.handler} ${paper.handler}.`)]);
  sheet.paragraph([plain(`${controlWords.cooperating} ${paper.cooperating.join("; ") || controlWords.none}.`)], {
    gap: 3,
  });
  const shares = [0.32, 0.32, 0.15, 0.21];
  const columns = controlWords.columns.map(
    (title, i): Column => ({ title, width: sheet.width * (shares[i] ?? 0), align: i === 2 ? "center" : "left" }),
  );
  const rows = paper.handOvers.map((one) => [
    `${controlWords.give} ${one.from}\n${controlWords.take} ${one.to}`,
    `${inWords(one.at)}\n${controlWords.giver} ${one.giver ?? "…………………"}\n${controlWords.receiver} ${one.receiver ?? "…………………"}`,
    one.timing ? controlWords.timing[one.timing] : "",
    one.note,
  ]);
  sheet.table(columns, rows, 8.2);
  sheet.y += 4;
  drawNote(sheet, paper);
  const foot = footOf(paper, fingerprint);
  drawSignatures(sheet, [{ title: controlWords.sign, name: paper.officer }], foot);
  drawFoot(sheet, foot);
}
