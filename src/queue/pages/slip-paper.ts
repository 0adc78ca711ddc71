import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { openPress } from "#documents/index.ts";
import type { SlipPage } from "./ticket.ts";

const QR_SIDE = 100;

/** The slip for a printer of receipts, 80 mm wide; what it says is what the machine's page says. */
export async function printSlip(
  page: SlipPage,
  { url, at }: { url: string; at: Date },
): Promise<{ stream: Readable; size: number }> {
  const { bold, drawQr, plain, Sheet } = await openPress();
  const sheet = await Sheet.open({ title: page.title, subject: page.place, author: page.agency, at });
  sheet.begin("slip");
  const centred = (text: string, size: number, isBold = false, gap = 2): void =>
    sheet.paragraph([isBold ? bold(text) : plain(text)], { size, align: "center", gap });
  centred(page.agency, 9);
  centred(page.place, 10, true, 6);
  centred(page.number, 46, true, 2);
  centred(page.queue, 11, true, 6);
  if (page.priority) centred(page.priority, 10, true, 4);
  for (const fact of page.facts) centred(fact, 10);
  sheet.y += 6;
  const x = sheet.left + (sheet.width - QR_SIDE) / 2;
  sheet.tag("Figure", () => drawQr(sheet, url, x, sheet.y, QR_SIDE), { alt: `${page.follow}: ${url}` });
  sheet.y += QR_SIDE + 4;
  centred(page.follow, 9, false, 4);
  centred(page.keep, 9);
  sheet.cut();
  const bytes = buffer(sheet.stream);
  sheet.finish();
  sheet.end();
  const file = await bytes;
  return { stream: Readable.from([file]), size: file.length };
}
