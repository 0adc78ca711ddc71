import { buffer } from "node:stream/consumers";
import type { Language } from "#platform/i18n.ts";
import { composed } from "../snapshot.ts";
import { type Column, Sheet } from "./sheet.ts";

/** What somebody filed, in words, as it is printed for them: drawn when it is asked for, and numbered nowhere. */
export type FilingCopy = {
  language: Language;
  portal: string;
  title: string;
  procedure: string;
  facts: readonly { name: string; value: string }[];
  sections: readonly { title: string; rows: readonly { key: string; lines: readonly string[] }[] }[];
  columns: readonly [asked: string, answered: string];
  papers: { title: string; none: string; columns: readonly string[]; rows: readonly (readonly string[])[] };
  remarks: readonly string[];
  at: Date;
};

const SHARES = [0.3, 0.34, 0.12, 0.24];

/** The applicant's copy of a filing on A4: the same filing gives the same bytes. */
export async function drawFiling(given: FilingCopy): Promise<Buffer> {
  // A date is no plain object: composing would take it apart.
  const { at, ...words } = given;
  const copy = composed(words);
  const sheet = await Sheet.open({
    title: copy.title,
    subject: copy.procedure,
    author: copy.portal,
    at,
    language: copy.language,
  });
  const bytes = buffer(sheet.stream);
  sheet.begin("A4");
  sheet.paragraph([{ text: copy.portal }], { size: 8.5, gap: 4 });
  sheet.paragraph([{ text: copy.title, face: "bold" }], { size: 11.5, type: "H1", gap: 2 });
  sheet.paragraph([{ text: copy.procedure, face: "bold" }], { gap: 4 });
  for (const { name, value } of copy.facts)
    sheet.paragraph([{ text: `${name}: ` }, { text: value, face: "bold" }], { gap: 1 });

  const heading = (text: string): void => {
    sheet.reserve(70);
    sheet.y += 8;
    sheet.paragraph([{ text, face: "bold" }], { size: 9.8, type: "H2", gap: 2 });
  };
  const [asked, answered] = copy.columns;
  const pair: Column[] = [
    { title: asked, width: sheet.width * 0.42, align: "left" },
    { title: answered, width: sheet.width * 0.58, align: "left" },
  ];
  for (const { title, rows } of copy.sections) {
    heading(title);
    sheet.table(
      pair,
      rows.map(({ key, lines }) => [key, lines.join("\n")]),
      8.2,
    );
  }

  heading(copy.papers.title);
  const columns = copy.papers.columns.map(
    (title, i): Column => ({ title, width: sheet.width * (SHARES[i] ?? 0), align: i === 2 ? "center" : "left" }),
  );
  if (copy.papers.rows.length > 0) sheet.table(columns, copy.papers.rows, 8.2);
  else sheet.paragraph([{ text: copy.papers.none }]);
  sheet.y += 8;
  for (const text of copy.remarks) sheet.paragraph([{ text, face: "italic" }], { size: 8 });
  sheet.finish();
  sheet.end();
  return bytes;
}
