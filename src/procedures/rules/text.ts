/** A long text of the source as it is shown: paragraphs, and lists where lines are numbered or begin with a dash. */
export type TextBlock = { kind: "paragraph"; text: string } | { kind: "list"; items: string[] };

const DASH = /^\s*[-–+*•·]\s*/;

/** Every word of the text, in order; nothing is cut. */
export function blocksOf(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (const raw of text.normalize("NFC").split(/\r?\n/)) {
    const line = raw.replace(/\s+/g, " ").trim();
    if (line === "" || /^[-–+*•·]+$/.test(line)) continue;
    const last = blocks.at(-1);
    if (!DASH.test(line)) blocks.push({ kind: "paragraph", text: line });
    else if (last?.kind === "list") last.items.push(line.replace(DASH, ""));
    else blocks.push({ kind: "list", items: [line.replace(DASH, "")] });
  }
  return blocks;
}

/** What the crawl glued behind an empty field. */
const NOTHING = /^(không có thông tin|không có|không|không quy định|chưa có thông tin)\.?$/i;

/** Whether a text of the source says something. */
export const saysSomething = (text: string | null | undefined): text is string =>
  text !== null &&
  text !== undefined &&
  text.trim() !== "" &&
  !NOTHING.test(text.trim()) &&
  !/^Không có thông tin(Từ khóa|Mô tả)/.test(text.trim());
