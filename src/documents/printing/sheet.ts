import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";

type Doc = typeof PDFDocument.prototype;
export type Face = "regular" | "bold" | "italic";
type FontSource = PDFKit.Mixins.PDFFontSource;

const FILES: Record<Face, string> = {
  regular: "400Regular/Tinos_400Regular.ttf",
  bold: "700Bold/Tinos_700Bold.ttf",
  italic: "400Regular_Italic/Tinos_400Regular_Italic.ttf",
};

const mm = (n: number): number => (n * 72) / 25.4;
/** The margins of NĐ 30/2020 for A4, brought down to A5 (TT 01/2018 Đ10: forms are printable on A5). */
const MARGINS = { top: mm(11), bottom: mm(10), left: mm(18), right: mm(11) };

const LINE_GAP = 0.3;

let fonts: Promise<Record<Face, FontSource>> | undefined;

/** Reads and parses the fonts once in the life of the process: parsed anew they would be most of the cost of a page. */
async function loadFonts(): Promise<Record<Face, FontSource>> {
  const require = createRequire(import.meta.url);
  const parsed: Partial<Record<Face, FontSource>> = {};
  const scratch = new PDFDocument({ font: null as unknown as string });
  for (const [face, file] of Object.entries(FILES) as [Face, string][]) {
    scratch.registerFont(face, await readFile(require.resolve(`@expo-google-fonts/tinos/${file}`)));
    scratch.font(face);
    // pdfkit takes a parsed font as well as a file, and gives it out nowhere else.
    const { font } = (scratch as unknown as { _font: { font: FontSource & Glyphs } })._font;
    nameGlyphs(font);
    parsed[face] = font;
  }
  scratch.end();
  scratch.resume();
  return parsed as Record<Face, FontSource>;
}

type Glyphs = { characterSet: readonly number[]; glyphForCodePoint(codePoint: number): unknown };

const VIETNAMESE =
  "ĂÂĐÊÔƠƯăâđêôơưÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬÈẺẼÉẸỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ₫";

/**
 * A parsed font remembers for ever what letter a glyph was first used as: an "e" first drawn as a part of "ề" would stand
 * for no letter in later papers, and could not be searched or read aloud. So each gets its letter now, where several
 * share a glyph (Đ and Ð) the Vietnamese one. Ligatures get theirs from the text they are made of.
 */
function nameGlyphs(font: Glyphs): void {
  const isLigature = (codePoint: number): boolean => codePoint >= 0xfb00 && codePoint <= 0xfb06;
  const ascii = font.characterSet.filter((codePoint) => codePoint < 0x7f);
  const letters = [...VIETNAMESE].map((letter) => letter.codePointAt(0) as number);
  for (const codePoint of [...ascii, ...letters, ...font.characterSet])
    if (!isLigature(codePoint)) font.glyphForCodePoint(codePoint);
}

export type Run = { text: string; face?: Face };
export type Column = { title: string; width: number; align: "left" | "center" };

/** An A5 page, portrait, on which text flows from top to bottom; everything drawn is tagged for reading aloud. */
export class Sheet {
  readonly doc: Doc;
  readonly left = MARGINS.left;
  readonly width: number;
  private readonly root: ReturnType<Doc["struct"]>;

  private constructor(doc: Doc) {
    this.doc = doc;
    this.width = doc.page.width - MARGINS.left - MARGINS.right;
    this.root = doc.struct("Document");
    doc.addStructure(this.root);
  }

  /** @param about title and subject of the file; `at` is its only date, so that the same content gives the same bytes */
  static async open(about: { title: string; subject: string; author: string; at: Date }): Promise<Sheet> {
    fonts ??= loadFonts();
    const loaded = await fonts;
    const doc = new PDFDocument({
      size: "A5",
      margins: MARGINS,
      font: null as unknown as string,
      pdfVersion: "1.7",
      tagged: true,
      lang: "vi-VN",
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
    return new Sheet(doc);
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
    const element = this.doc.struct(type, options, draw);
    this.root.add(element);
  }

  /** Lines and the like, which nobody reads aloud. */
  decorate(draw: () => void): void {
    this.doc.markContent("Artifact", { type: "Layout" });
    draw();
    this.doc.endMarkedContent();
  }

  /** A new page when less than `height` is left on this one. */
  reserve(height: number): void {
    if (this.y + height > this.bottom) this.doc.addPage();
  }

  /** A paragraph of runs in several faces, wrapped, below what was drawn before. */
  paragraph(
    runs: readonly Run[],
    { size = 9.2, gap = 1.5, x = this.left, width = this.width, type = "P", align = "left" as "left" | "center" } = {},
  ): void {
    const shown = runs.filter(({ text }) => text !== "");
    this.tag(type, () => {
      shown.forEach(({ text, face = "regular" }, i) => {
        this.doc.font(face).fontSize(size);
        const options = { width, align, continued: i < shown.length - 1, lineGap: LINE_GAP };
        if (i === 0) this.doc.text(text, x, this.y, options);
        else this.doc.text(text, options);
      });
    });
    this.y += gap;
  }

  heightOf(text: string, face: Face, size: number, width: number, lineGap = LINE_GAP): number {
    return this.doc.font(face).fontSize(size).heightOfString(text, { width, lineGap });
  }

  /** The least width in which the text takes no more lines than in `width`: centred lines of like length read best. */
  balancedWidth(text: string, face: Face, size: number, width: number): number {
    const height = this.heightOf(text, face, size, width);
    let least = width;
    while (least > width / 3 && this.heightOf(text, face, size, least - 4) <= height) least -= 4;
    return least;
  }

  widthOf(text: string, face: Face, size: number): number {
    return this.doc.font(face).fontSize(size).widthOfString(text);
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
    const { doc } = this;
    const PAD = 3;
    const LEAD = 1.8;
    const table = doc.struct("Table");
    this.root.add(table);
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
      if (isRepeat) this.decorate(() => cells.forEach(drawCell));
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
    this.reserve(heightOfRow(head, "bold") + heightOfRow(rows[0] ?? head, "regular"));
    drawRow(head, "bold", true, false);
    for (const row of rows) {
      if (this.y + heightOfRow(row, "regular") > this.bottom) {
        doc.addPage();
        drawRow(head, "bold", true, true);
      }
      drawRow(row, "regular", false, false);
    }
    table.end();
  }

  private xOf(columns: readonly Column[], index: number): number {
    return this.left + columns.slice(0, index).reduce((sum, { width }) => sum + width, 0);
  }

  /** Numbers the pages but the first, centred in the top margin (NĐ 30/2020 Phụ lục I), and closes the file. */
  async close(): Promise<Buffer> {
    const { doc } = this;
    const { count } = doc.bufferedPageRange();
    for (let i = 1; i < count; i++) {
      doc.switchToPage(i);
      doc.markContent("Artifact", { type: "Pagination" });
      doc
        .font("regular")
        .fontSize(9.5)
        .text(String(i + 1), this.left, mm(6), { width: this.width, align: "center", lineBreak: false });
      doc.endMarkedContent();
    }
    this.root.end();
    doc.end();
    return buffer(doc as unknown as NodeJS.ReadableStream);
  }
}
