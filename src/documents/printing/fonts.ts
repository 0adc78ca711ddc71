import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import PDFDocument from "pdfkit";

export type Face = "regular" | "bold" | "italic" | "bold_italic";
type FontSource = PDFKit.Mixins.PDFFontSource;

const FILES: Record<Face, string> = {
  regular: "400Regular/Tinos_400Regular.ttf",
  bold: "700Bold/Tinos_700Bold.ttf",
  italic: "400Regular_Italic/Tinos_400Regular_Italic.ttf",
  bold_italic: "700Bold_Italic/Tinos_700Bold_Italic.ttf",
};

let fonts: Promise<Record<Face, FontSource>> | undefined;

/** The faces, read and parsed once in the life of the process: parsed anew they would be most of the cost of a page. */
export const openFonts = (): Promise<Record<Face, FontSource>> => {
  fonts ??= loadFonts();
  return fonts;
};

async function loadFonts(): Promise<Record<Face, FontSource>> {
  const require = createRequire(import.meta.url);
  const parsed: Partial<Record<Face, FontSource>> = {};
  const scratch = new PDFDocument({ font: null as unknown as string });
  for (const [face, file] of Object.entries(FILES) as [Face, string][]) {
    scratch.registerFont(face, await readFile(require.resolve(`@expo-google-fonts/tinos/${file}`)));
    scratch.font(face);
    // pdfkit takes a parsed font as well as a file, and gives it out nowhere else.
    const { font } = (scratch as unknown as { _font: { font: FontSource & Glyphs & Layout } })._font;
    nameGlyphs(font);
    rememberWords(font);
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

type Shapes = { glyphs: readonly unknown[]; positions: readonly object[] };
type Layout = { layout(text: string, features?: unknown): Shapes };

/** Of each face: papers say the same few words, and the syllables of names are few. */
const KEPT_WORDS = 2000;
/** A word as pdfkit asks for it, with the space that follows; numbers and codes come once and never again. */
const WORD = /^[\p{L}\p{P}]{1,20} ?$/u;

/** pdfkit scales the positions that it is given in their place. */
const copyOf = (run: Shapes): Shapes =>
  Object.assign(Object.create(Object.getPrototypeOf(run) as object) as object, run, {
    positions: run.positions.map((position) => ({ ...position })),
  });

/**
 * Keeps the shapes of words for the next paper: finding them by the rules of the font is a third of the cost of a slip,
 * and pdfkit keeps them for one file alone.
 */
function rememberWords(font: Layout): void {
  const layOut = font.layout.bind(font);
  const known = new Map<string, Shapes>();
  font.layout = (text, features) => {
    if (features || !WORD.test(text)) return layOut(text, features);
    const kept = known.get(text);
    if (kept) return copyOf(kept);
    const run = layOut(text);
    if (known.size < KEPT_WORDS) known.set(text, copyOf(run));
    return run;
  };
}
