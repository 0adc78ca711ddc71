import { buffer } from "node:stream/consumers";
import { composed, type PaperHead } from "../snapshot.ts";
import { bold, drawHeader, drawSignatures, drawTitle, plain } from "./frame.ts";
import { type Column, type FormatName, Sheet } from "./sheet.ts";

/** A working paper of a desk: a list with who signs under it. Drawn when it is asked for, registered nowhere by itself. */
export type Slip = {
  format: FormatName;
  title: string;
  about: string | null;
  /** "05/PBG"; null: it has none. */
  number: string | null;
  facts: readonly { name: string; value: string }[];
  columns: readonly { title: string; share: number; align?: "left" | "center" }[];
  rows: readonly (readonly string[])[];
  remarks: readonly string[];
  signatures: readonly { title: string; name: string }[];
  at: Date;
};

/** Draws a slip of an agency's desk: the same slip gives the same bytes. */
export async function drawSlip(given: Slip, agency: PaperHead["agency"]): Promise<Buffer> {
  // A date is no plain object: composing would take it apart.
  const { at, ...words } = given;
  const slip = composed(words);
  const sheet = await Sheet.open({ title: slip.title, subject: slip.about ?? slip.title, author: agency.name, at });
  const bytes = buffer(sheet.stream);
  sheet.begin(slip.format);
  drawHeader(sheet, { agency, numberText: slip.number ?? "", issuedAt: at.toISOString() });
  drawTitle(sheet, slip.title, slip.about);
  for (const { name, value } of slip.facts) sheet.paragraph([plain(`${name}: `), bold(value)], { gap: 1.5 });
  sheet.y += 4;
  const all = slip.columns.reduce((sum, { share }) => sum + share, 0);
  const columns = slip.columns.map(
    ({ title, share, align = "left" }): Column => ({ title, width: (sheet.width * share) / all, align }),
  );
  sheet.table(columns, slip.rows, 8);
  sheet.y += 5;
  for (const text of slip.remarks) sheet.paragraph([plain(text)], { gap: 1.5 });
  if (slip.signatures.length > 0) drawSignatures(sheet, slip.signatures, []);
  sheet.finish();
  sheet.end();
  return bytes;
}
