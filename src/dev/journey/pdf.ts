import { spawnSync } from "node:child_process";
import type { Page } from "../browse/client.ts";
import { must, mustBe, Unlike } from "./walk.ts";

const hasReader = spawnSync("pdftotext", ["-v"]).error === undefined;

/** The text of a PDF in NFC and with single spaces, as pdftotext reads it; null where poppler is not installed. */
export function textOfPdf(pdf: Buffer): string | null {
  if (!hasReader) return null;
  const { stdout, status } = spawnSync("pdftotext", ["-layout", "-", "-"], {
    input: pdf,
    encoding: "utf8",
    timeout: 20_000,
  });
  return status === 0 ? stdout.normalize("NFC").replace(/\s+/g, " ") : "";
}

/** A PDF that the portal sends, with these words in it. @returns its text, null where nothing can read it */
export function mustBePdf(page: Page, words: readonly string[]): string | null {
  mustBe(page, 200, "the PDF");
  must(
    page.body.subarray(0, 4).toString("latin1") === "%PDF",
    "it is a PDF",
    page,
    page.headers.get("content-type") ?? "",
  );
  const text = textOfPdf(page.body);
  if (text !== null)
    for (const word of words) must(text.includes(word), `the PDF says “${word}”`, page, text.slice(0, 300));
  return text;
}

/** The one-time code that a receipt of the counter carries. */
export function codeIn(text: string): string {
  const found = /Mã liên kết với tài khoản \(dùng một lần\): ([0-9A-Z]+(?:-[0-9A-Z]+)+)/.exec(text)?.[1];
  if (!found) throw new Unlike("the receipt carries a code for linking", text.slice(0, 400));
  return found;
}
