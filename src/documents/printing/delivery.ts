import { formatPartialDate } from "#platform/format.ts";
import { passageOf } from "../rules/passages.ts";
import type { DeliverySnapshot } from "../snapshot.ts";
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
  inWords,
  plain,
  two,
} from "./frame.ts";
import { codeRuns } from "./notices.ts";
import type { Sheet } from "./sheet.ts";
import { frameWords, deliveryWords as words } from "./words.ts";

/** Receipt for a result handed over the counter, layout 1. */
export function drawDelivery(sheet: Sheet, paper: DeliverySnapshot, fingerprint: string): void {
  drawHeader(sheet, paper);
  drawTitle(sheet, paper.title);
  besideQr(sheet, { url: paper.verificationUrl, caption: frameWords.check }, (width) => {
    sheet.paragraph(codeRuns(paper), { width, size: 10.5 });
    drawMatter(sheet, paper, width);
  });
  sheet.y += 2;
  sheet.paragraph([plain(`${words.deliveredAt} `), bold(`${inWords(paper.deliveredAt)}.`)]);
  sheet.paragraph([bold(words.results)]);
  for (const { title, number, issuedOn } of paper.results) {
    const more = [
      number ? `${words.number} ${number}` : "",
      issuedOn ? `${words.day} ${formatPartialDate(issuedOn)}` : "",
    ];
    sheet.paragraph([plain(`- ${[title, ...more].filter(Boolean).join(", ")}.`)]);
  }
  const returned = paper.returned.map(({ name, originals }) => `${name} (${two(originals)} ${words.original})`);
  sheet.paragraph([plain(`${words.returned} ${returned.length > 0 ? `${returned.join("; ")}.` : words.none}`)]);
  const { fullName, paper: shown, phone, proxyPaper } = paper.receiver;
  sheet.paragraph([plain(`${words.receiver} `), bold(fullName)]);
  if (shown) sheet.paragraph([plain(`${words.shown} ${shown}`)]);
  if (phone) sheet.paragraph([plain(`${frameWords.phone} ${phone}`)]);
  if (proxyPaper) sheet.paragraph([plain(`${words.proxy} `), bold(proxyPaper)]);
  sheet.y += 2;
  for (const line of passageOf(paper, "said")) sheet.paragraph([plain(line)]);
  drawNote(sheet, paper);
  const foot = footOf(paper, fingerprint);
  drawSignatures(
    sheet,
    [
      { title: words.signReceiver, name: fullName },
      { title: words.signOfficer, name: paper.officer },
    ],
    foot,
  );
  drawFoot(sheet, foot);
}
