import type { Readable } from "node:stream";
import PDFDocument from "pdfkit";
import { type Face, openFonts } from "./fonts.ts";

type Doc = typeof PDFDocument.prototype;

const mm = (n: number): number => (n * 72) / 25.4;

type Format = {
  size: "A4" | "A5" | readonly [number, number];
  layout: "portrait" | "landscape";
  margins: { top: number; bottom: number; left: number; right: number };
  /** Sizes of letters are given as on A5; A4 is larger by the square root of two: 9.2 is then the 13 of NĐ 30/2020. */
  scale: number;
};
/** Margins of NĐ 30/2020 for A4, brought down for A5 (TT 01/2018 Đ10: forms are printable on A5, the register on A4). */
const FORMATS = {
  A5: {
    size: "A5",
    layout: "portrait",
    margins: { top: mm(11), bottom: mm(10), left: mm(18), right: mm(11) },
    scale: 1,
  },
  A4: {
    size: "A4",
    layout: "portrait",
    margins: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(17) },
    scale: Math.SQRT2,
  },
  A4_landscape: {
    size: "A4",
    layout: "landscape",
    margins: { top: mm(20), bottom: mm(15), left: mm(20), right: mm(15) },
    scale: 1,
  },
  /** A roll of 80 mm, as printers of receipts have; it is cut where the words end. */
  slip: {
    size: [mm(80), mm(600)],
    layout: "portrait",
    margins: { top: mm(5), bottom: mm(3), left: mm(5), right: mm(5) },
    scale: 1,
  },
} as const satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;

const LINE_GAP = 0.3;

export type Run = { text: string; face?: Face };
export type Column = { title: string; width: number; align: "left" | "center" };

export type About = { title: string; subject: string; author: string; at: Date; language?: "vi" | "en" };

/** A file of one or several papers, on whose pages text flows from top to bottom; what is drawn is tagged for reading aloud. */
export class Sheet {
  readonly doc: Doc;
  private format: Format = FORMATS.A5;
  private firstPage = 0;
  private readonly root: ReturnType<Doc["struct"]> | null;

  private constructor(doc: Doc, isTagged: boolean) {
    this.doc = doc;
    this.root = isTagged ? doc.struct("Document") : null;
    if (this.root) doc.addStructure(this.root);
  }

  /**
   * @param about title and subject of the file; `at` is its only date, so that the same content gives the same bytes
   * @param isTagged false for long lists alone: the tags of each cell would all be kept until the end
   */
  static async open(about: About, { isTagged = true } = {}): Promise<Sheet> {
    const loaded = await openFonts();
    const doc = new PDFDocument({
      autoFirstPage: false,
      font: null as unknown as string,
      pdfVersion: "1.7",
      tagged: isTagged,
      lang: about.language === "en" ? "en" : "vi-VN",
      displayTitle: true,
      bufferPages: true,
      info: {
        Title: about.title,
        Subject: about.subject,
        Author: about.author,
        Creator: "Một Cửa",
        Producer: "Một Cửa",
        CreationDate: about.at,
        ModDate: about.at,
      },
    });
    for (const [face, font] of Object.entries(loaded)) doc.registerFont(face, font);
    return new Sheet(doc, isTagged);
  }

  /** Begins a paper on a page of its own. */
  begin(format: FormatName): void {
    this.format = FORMATS[format];
    const { size, layout, margins } = this.format;
    // Pages that a long text makes by itself are of the same form.
    Object.assign(this.doc.options, { size, layout, margins: { ...margins } });
    this.firstPage = this.doc.bufferedPageRange().start + this.doc.bufferedPageRange().count;
    this.addPage();
  }

  private addPage(): void {
    // A long list lets go of each page as it is full; a paper keeps its few until it is known whether there are several.
    if (!this.root) this.finish();
    this.doc.addPage();
  }

  get left(): number {
    return this.format.margins.left;
  }
  get width(): number {
    return this.doc.page.width - this.format.margins.left - this.format.margins.right;
  }
  /** By how much letters, and what is measured like them, are larger than on A5. */
  get scale(): number {
    return this.format.scale;
  }

  get y(): number {
    return this.doc.y;
  }
  set y(value: number) {
    this.doc.y = value;
  }
  get bottom(): number {
    return this.doc.page.maxY();
  }

  tag(type: string, draw: () => void, options: { alt?: string } = {}): void {
    if (this.root) this.root.add(this.doc.struct(type, options, draw));
    else draw();
  }

  /** Lines and the like, which nobody reads aloud. */
  decorate(draw: () => void): void {
    if (!this.root) {
      draw();
      return;
    }
    this.doc.markContent("Artifact", { type: "Layout" });
    draw();
    this.doc.endMarkedContent();
  }

  /** Ends the page where its words end, as a roll is cut. */
  cut(): void {
    const { page } = this.doc;
    const end = page.height - this.y - this.format.margins.bottom;
    const { data } = page.dictionary as unknown as { data: { MediaBox: number[] } };
    data.MediaBox = [0, end, page.width, page.height];
  }

  /** A new page when less than `height` is left on this one. */
  reserve(height: number): void {
    if (this.y + height > this.bottom) this.addPage();
  }

  /** A paragraph of runs in several faces, wrapped, below what was drawn before. @param indent of its first line */
  paragraph(
    runs: readonly Run[],
    {
      size = 9.2,
      gap = 1.5,
      x = this.left,
      width = this.width,
      type = "P",
      align = "left" as "left" | "center" | "justify",
      indent = 0,
    } = {},
  ): void {
    const shown = runs.filter(({ text }) => text !== "");
    this.tag(type, () => {
      shown.forEach(({ text, face = "regular" }, i) => {
        this.doc.font(face).fontSize(size * this.scale);
        const options = {
          width,
          align,
          continued: i < shown.length - 1,
          lineGap: LINE_GAP,
          indent: i === 0 ? indent : 0,
        };
        if (i === 0) this.doc.text(text, x, this.y, options);
        else this.doc.text(text, options);
      });
    });
    this.y += gap * this.scale;
  }

  heightOf(text: string, face: Face, size: number, width: number, lineGap = LINE_GAP): number {
    return this.doc
      .font(face)
      .fontSize(size * this.scale)
      .heightOfString(text, { width, lineGap });
  }

  /** The least width in which the text takes no more lines than in `width`: centred lines of like length read best. */
  balancedWidth(text: string, face: Face, size: number, width: number): number {
    const height = this.heightOf(text, face, size, width);
    let least = width;
    while (least > width / 3 && this.heightOf(text, face, size, least - 4) <= height) least -= 4;
    return least;
  }

  widthOf(text: string, face: Face, size: number): number {
    return this.doc
      .font(face)
      .fontSize(size * this.scale)
      .widthOfString(text);
  }

  rule(x: number, y: number, width: number): void {
    this.decorate(() =>
      this.doc
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(0.6)
        .stroke("black"),
    );
  }

  /** A table whose cells wrap; a row never breaks over two pages, and the head stands on top of each page. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[], size = 9): void {
    const table = this.beginTable(columns, size, rows[0]);
    for (const row of rows) table.add(row);
    table.end();
  }

  /** A table whose rows come one after the other, so that a long one need not be known before it is drawn. */
  beginTable(
    columns: readonly Column[],
    size = 9,
    first?: readonly string[],
  ): { add(cells: readonly string[]): void; end(): void } {
    const { doc } = this;
    const PAD = 3;
    const LEAD = 1.8;
    const table = this.root ? doc.struct("Table") : null;
    if (table) this.root?.add(table);
    const heightOfRow = (cells: readonly string[], face: Face): number =>
      Math.max(...cells.map((cell, i) => this.heightOf(cell, face, size, (columns[i]?.width ?? 0) - 2 * PAD, 0))) +
      2 * LEAD;
    const drawRow = (cells: readonly string[], face: Face, isHead: boolean, isRepeat: boolean): void => {
      const height = heightOfRow(cells, face);
      const top = this.y;
      const drawCell = (text: string, i: number): void => {
        const { width, align } = columns[i] as Column;
        const inner = this.heightOf(text, face, size, width - 2 * PAD, 0);
        doc.text(text, this.xOf(columns, i) + PAD, isHead ? top + (height - inner) / 2 + 0.5 : top + LEAD + 0.5, {
          width: width - 2 * PAD,
          align: isHead ? "center" : align,
        });
      };
      if (isRepeat || !table) this.decorate(() => cells.forEach(drawCell));
      else {
        const row = doc.struct("TR");
        table.add(row);
        cells.forEach((cell, i) => {
          row.add(
            doc.struct(isHead ? "TH" : "TD", isHead ? ({ scope: "Column" } as object) : {}, () => drawCell(cell, i)),
          );
        });
        row.end();
      }
      this.decorate(() => {
        doc.lineWidth(0.5);
        for (const [i, { width }] of columns.entries()) doc.rect(this.xOf(columns, i), top, width, height);
        doc.stroke("black");
      });
      doc.x = this.left;
      this.y = top + height;
    };
    const head = columns.map(({ title }) => title);
    this.reserve(heightOfRow(head, "bold") + heightOfRow(first ?? head, "regular"));
    drawRow(head, "bold", true, false);
    return {
      add: (cells) => {
        const parts = this.splitRow(
          columns,
          cells,
          size,
          this.roomForRow(heightOfRow(head, "bold")) - 2 * LEAD,
          2 * PAD,
        );
        for (const part of parts) {
          if (this.y + heightOfRow(part, "regular") > this.bottom) {
            this.addPage();
            drawRow(head, "bold", true, true);
          }
          drawRow(part, "regular", false, false);
        }
      },
      end: () => table?.end(),
    };
  }

  private roomForRow(headHeight: number): number {
    return this.doc.page.height - this.format.margins.top - this.format.margins.bottom - headHeight;
  }

  /** A row higher than a page goes on in rows below it: words that somebody wrote must not run off the paper. */
  private splitRow(
    columns: readonly Column[],
    cells: readonly string[],
    size: number,
    room: number,
    padding: number,
  ): (readonly string[])[] {
    const fits = (text: string, i: number): boolean =>
      this.heightOf(text, "regular", size, (columns[i]?.width ?? 0) - padding, 0) <= room;
    if (cells.every(fits)) return [cells];
    const rests = cells.map((cell) => cell.split(" "));
    const parts: string[][] = [];
    while (rests.some((words) => words.length > 0)) {
      parts.push(
        rests.map((words, i) => {
          let least = Math.min(1, words.length);
          let most = words.length;
          while (least < most) {
            const middle = Math.ceil((least + most) / 2);
            if (fits(words.slice(0, middle).join(" "), i)) least = middle;
            else most = middle - 1;
          }
          return words.splice(0, least).join(" ");
        }),
      );
    }
    return parts;
  }

  private xOf(columns: readonly Column[], index: number): number {
    return this.left + columns.slice(0, index).reduce((sum, { width }) => sum + width, 0);
  }

  /** Numbers the pages of a paper but the first, centred in the top margin (NĐ 30/2020 Phụ lục I), and lets go of them. */
  finish(): void {
    const { start, count } = this.doc.bufferedPageRange();
    for (let i = start; i < start + count; i++) if (i > this.firstPage) this.numberPage(i, i - this.firstPage + 1);
    this.doc.flushPages();
    // A long list is let go of page by page, and so is how each of its words was laid out, which pdfkit keeps for ever.
    if (!this.root) this.forgetWords();
  }

  private forgetWords(): void {
    const { _fontFamilies: used } = this.doc as unknown as { _fontFamilies: Record<string, { layoutCache: object }> };
    for (const font of Object.values(used)) font.layoutCache = Object.create(null) as object;
  }

  private numberPage(index: number, number: number): void {
    const { doc } = this;
    doc.switchToPage(index);
    this.decorate(() =>
      doc
        .font("regular")
        .fontSize(9.5 * this.scale)
        .text(String(number), this.left, this.format.margins.top / 2 - 3, {
          width: this.width,
          align: "center",
          lineBreak: false,
        }),
    );
  }

  /** The bytes as they come; nothing more is drawn after `end`. */
  get stream(): Readable {
    return this.doc as unknown as Readable;
  }

  end(): void {
    this.root?.end();
    this.doc.end();
  }
}
