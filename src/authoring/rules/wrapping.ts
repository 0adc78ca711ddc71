import { fold } from "#platform/format.ts";
import type { Said } from "./picture.ts";

/** A line of text with the left end of its baseline, measured from the box's corner. */
export type DrawnText = { text: string; x: number; y: number; strong: boolean };

export const PADDING = 10;
const STRONG = { size: 13, line: 17 };
const PLAIN = { size: 12, line: 16 };

/** How wide text is drawn, in the unit of its size: letters by their shape, on the generous side. */
export function measureText(text: string, size: number, strong: boolean): number {
  let units = 0;
  for (const letter of text.normalize("NFC")) {
    const bare = fold(letter) || letter;
    if (letter === " ") units += 0.28;
    else if (/[mwđ—]/.test(bare)) units += 0.95;
    else if (/\p{Lu}/u.test(letter)) units += 0.75;
    else units += /[ijltfr.,:;'|()!]/.test(bare) ? 0.4 : 0.61;
  }
  return units * size * (strong ? 1.06 : 1);
}

/** Breaks a text into lines no wider than this; a word that is wider alone is cut. */
function linesOf(text: string, width: number, size: number, strong: boolean): string[] {
  const fits = (line: string): boolean => measureText(line, size, strong) <= width;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    for (const letter of word) {
      if (line !== "" && !fits(line + letter)) {
        lines.push(line);
        line = "";
      }
      line += letter;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** What a box of this width says, line by line. */
export function wrapText({ title, lines }: Said, width: number): DrawnText[] {
  const room = width - 2 * PADDING;
  let y = PADDING;
  const put = (text: string, { size, line }: typeof STRONG, strong: boolean): DrawnText[] =>
    linesOf(text, room, size, strong).map((one) => {
      y += line;
      return { text: one, x: PADDING, y: y - 4, strong };
    });
  return [...put(title, STRONG, true), ...lines.flatMap((line) => put(line, PLAIN, false))];
}

export const drawnHeight = (texts: readonly DrawnText[]): number => (texts.at(-1)?.y ?? 0) + PADDING + 4;
