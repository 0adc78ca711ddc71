import { buffer } from "node:stream/consumers";
import type { Context } from "#platform/context.ts";
import { fold } from "#platform/format.ts";
import { Refusal } from "#platform/refusal.ts";
import { mayHave, openHandedIn } from "#platform/scanning.ts";
import { MOST_PAGES, type NewScan, type ScanFacts, type TextReader } from "../rules.ts";

/** Loaded by whoever digitises: most processes never do. */
const pdfs = () => import("../pdf.ts");

const KINDS = ["application/pdf", "image/jpeg", "image/png"];

/**
 * A scan that was handed in, as PDF with what it says of its pages.
 * @throws Refusal 409 in words for a damaged file, one of too many pages, and what is no scan
 */
export async function readScan({ name, mediaType, bytes }: NewScan): Promise<{ pdf: Uint8Array; facts: ScanFacts }> {
  if (!KINDS.includes(mediaType)) throw new Refusal("digitising.errors.kind", 409, { name });
  const { asPdf, inspectPdf } = await pdfs();
  let read: { pdf: Uint8Array; facts: ScanFacts };
  try {
    const pdf = await asPdf(bytes, mediaType);
    read = { pdf, facts: await inspectPdf(pdf) };
  } catch {
    throw new Refusal("digitising.errors.damaged", 409, { name });
  }
  const { length } = read.facts.pages;
  if (length > MOST_PAGES)
    throw new Refusal("digitising.errors.tooMany", 409, { name, pages: length, most: MOST_PAGES });
  return read;
}

const MOST_PAPERS = 50;
const LONGEST_TEXT = 1_000_000;

/**
 * Reads the text of digitised papers that were not read yet, the newest first, so that they can be found by it. What cannot
 * be read has no text, and is not tried again.
 * @param find what reads on this machine; null: nothing does, and the papers wait for the day when something will
 * @returns how many papers were read
 */
export async function readPapers(
  ctx: Pick<Context, "db" | "files" | "scanner">,
  find: () => Promise<TextReader | null>,
): Promise<number> {
  const waiting = await ctx.db.digitisedPaper.findMany({
    where: { text: null },
    orderBy: { attachmentId: "desc" },
    take: MOST_PAPERS,
    select: { attachmentId: true, attachment: { select: { storageKey: true, scanState: true } } },
  });
  // Not before it was looked through for malware.
  const ready = waiting.filter(({ attachment }) => mayHave(ctx, attachment));
  const reader = ready.length > 0 ? await find() : null;
  if (!reader) return 0;
  const { picturesOf } = await pdfs();
  for (const { attachmentId, attachment } of ready) {
    const pages: string[] = [];
    const bytes = await buffer(await openHandedIn(ctx, attachment));
    try {
      for await (const picture of picturesOf(bytes)) pages.push((await reader.read(picture)) ?? "");
    } catch {
      // What was read until there is better than nothing.
    }
    const text = pages.join("\f").normalize("NFC").slice(0, LONGEST_TEXT);
    await ctx.db.digitisedPaper.updateMany({ where: { attachmentId }, data: { text, folded: fold(text) } });
  }
  return ready.length;
}
