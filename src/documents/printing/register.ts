import { Readable } from "node:stream";
import { setImmediate as breathe } from "node:timers/promises";
import { formatDate, formatDateTime, formatPartialDate } from "#platform/format.ts";
import type { RegisterRow } from "../queries/register.ts";
import { bold, plain } from "./frame.ts";
import { type Column, Sheet } from "./sheet.ts";
import { registerWords as words } from "./words.ts";

export type RegisterHead = { title: string; agency: string; firstDay: string; lastDay: string; at: Date };

const optional = (at: Date | null): string => (at ? formatDate(at) : "");

/** Lines of text that are written at once. */
const CSV_LINES = 500;

/** A line of form 07, layout 1, in the order of its columns. */
export function registerCells(row: RegisterRow, index: number): string[] {
  const isLate = row.dueAt !== null && row.finishedAt !== null && row.finishedAt > row.dueAt;
  const state = words.state[row.status as keyof typeof words.state] ?? "";
  return [
    String(index),
    row.code,
    row.procedure,
    "01",
    row.applicant,
    [row.address, row.phone].filter(Boolean).join(", "),
    row.handler,
    formatDateTime(row.acceptedAt),
    row.dueAt ? formatDateTime(row.dueAt) : "",
    optional(row.finishedAt),
    optional(row.deliveredAt),
    [words.method[row.returnMethod], row.receivedBy].filter(Boolean).join("; "),
    [state, isLate ? words.late : ""].filter(Boolean).join("; "),
  ].map((text) => text.normalize("NFC"));
}

const period = ({ firstDay, lastDay }: RegisterHead): string =>
  `${words.from} ${formatPartialDate(firstDay)} ${words.to} ${formatPartialDate(lastDay)}`;

/** Shares of the width of the page, in the order of the columns. */
const SHARES = [3, 9.5, 13.5, 4, 9.5, 13, 10, 6.8, 6.8, 6, 6, 7, 4.9];

/** Form 07 as PDF, A4 landscape; pages leave as they are full. @returns how many lines it has, once it is read */
export function registerPdf(
  head: RegisterHead,
  rows: AsyncIterable<RegisterRow>,
): { stream: Readable; count(): number } {
  let count = 0;
  const draw = async (sheet: Sheet): Promise<void> => {
    sheet.begin("A4_landscape");
    sheet.paragraph([bold(head.agency.toLocaleUpperCase("vi"))], { size: 11, gap: 4 });
    sheet.paragraph([bold(head.title.toLocaleUpperCase("vi"))], { size: 14, align: "center", gap: 1 });
    sheet.paragraph([plain(period(head))], { size: 11, align: "center", gap: 5 });
    const all = SHARES.reduce((sum, share) => sum + share, 0);
    const columns = words.columns.map(
      (title, i): Column => ({
        title,
        width: (sheet.width * (SHARES[i] ?? 0)) / all,
        align: i === 0 || i === 3 ? "center" : "left",
      }),
    );
    const table = sheet.beginTable(columns, 7.6);
    for await (const row of rows) {
      table.add(registerCells(row, ++count));
      if (count % 50 === 0) await breathe();
    }
    table.end();
    sheet.y += 4;
    sheet.paragraph([plain(`${words.total} ${count}. ${words.made} ${formatDateTime(head.at)}.`)], { size: 9 });
    sheet.finish();
    sheet.end();
  };
  const pages = async function* (): AsyncGenerator<Buffer> {
    const sheet = await Sheet.open(
      { title: head.title, subject: period(head), author: head.agency, at: head.at },
      { isTagged: false },
    );
    const drawn = draw(sheet).catch((error: Error) => void sheet.stream.destroy(error));
    for await (const chunk of sheet.stream) yield chunk as Buffer;
    await drawn;
  };
  return { stream: Readable.from(pages(), { objectMode: false }), count: () => count };
}

/**
 * The lines of form 07 as text that other programs read: the names of the columns, then one line each. A cell that begins
 * like a formula is text to whoever opens the file.
 */
export async function registerCsv(
  _head: RegisterHead,
  rows: AsyncIterable<RegisterRow>,
): Promise<{ stream: Readable; count(): number }> {
  const { csvBytes } = await import("#platform/spreadsheets.ts");
  let count = 0;
  const lines = async function* (): AsyncGenerator<Uint8Array> {
    let held: string[][] = [[...words.columns]];
    for await (const row of rows) {
      held.push(registerCells(row, ++count));
      if (held.length < CSV_LINES) continue;
      yield await csvBytes(held, { begins: count < CSV_LINES });
      held = [];
    }
    if (held.length > 0) yield await csvBytes(held, { begins: count < CSV_LINES });
  };
  return { stream: Readable.from(lines(), { objectMode: false }), count: () => count };
}

const escaped = (text: string): string =>
  text
    // Letters that no XML may hold.
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");

const cell = (text: string, style = 0): string =>
  `<c t="inlineStr"${style ? ` s="${style}"` : ""}><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
const line = (texts: readonly string[], style = 0): string =>
  `<row>${texts.map((text) => cell(text, style)).join("")}</row>`;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "http://schemas.openxmlformats.org";
/** The parts of a workbook of one sheet that are the same for all: text cells, and one bold style for the head. */
const PARTS: Readonly<Record<string, string>> = {
  "[Content_Types].xml": `${XML}<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  "_rels/.rels": `${XML}<Relationships xmlns="${OFFICE}/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${OFFICE}/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
  "xl/workbook.xml": `${XML}<workbook xmlns="${OFFICE}/spreadsheetml/2006/main" xmlns:r="${OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="${words.sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  "xl/styles.xml": `${XML}<styleSheet xmlns="${OFFICE}/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
};
/** So many letters go on their way at once: each piece costs the same, however small. */
const AT_ONCE = 65_536;
/** In letters, in the order of the columns. */
const WIDTHS = [6, 24, 40, 8, 28, 44, 34, 18, 18, 14, 14, 28, 20];

/**
 * Form 07 as a workbook. The sheet's text is written as the lines come and pressed on its way, so that a register of any
 * length takes no more memory than a short one; a cell is text, never a formula.
 */
export async function registerXlsx(
  head: RegisterHead,
  rows: AsyncIterable<RegisterRow>,
): Promise<{ stream: Readable; count(): number }> {
  const { ZipFile } = await import("yazl");
  let count = 0;
  const sheet = async function* (): AsyncGenerator<string> {
    yield `${XML}<worksheet xmlns="${OFFICE}/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="4" topLeftCell="A5" state="frozen"/></sheetView></sheetViews><cols>${WIDTHS.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join("")}</cols><sheetData>`;
    yield line([head.agency], 1) + line([head.title], 1) + line([period(head)]) + line(words.columns, 1);
    let held = "";
    for await (const row of rows) {
      held += line(registerCells(row, ++count));
      if (held.length < AT_ONCE) continue;
      yield held;
      held = "";
    }
    yield `${held}</sheetData><pageSetup paperSize="9" orientation="landscape"/></worksheet>`;
  };
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(text), name, { mtime: head.at });
  zip.addReadStream(Readable.from(sheet()), "xl/worksheets/sheet1.xml", { mtime: head.at });
  zip.end();
  const output = zip.outputStream as Readable;
  zip.on("error", (error: Error) => void output.destroy(error));
  return { stream: output, count: () => count };
}
