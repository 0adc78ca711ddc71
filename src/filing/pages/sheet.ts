import type { CellStyle, DataValidation } from "hucre/xlsx";
import type { Language, Translate } from "#platform/i18n.ts";
import { csvBytes } from "#platform/spreadsheets.ts";
import { type LoadedVersion, pick } from "#procedures/index.ts";
import { MOST_ROWS, type SheetColumn, sheetMark } from "../rules.ts";
import { paperNames } from "./many-table.ts";

type Speech = { t: Translate; language: Language };
/** Rows above the first line of the table: what it is, what is asked, names of the columns. */
const HEAD_ROWS = 3;
/** Options that fit beside a question in a text file. */
const FEW = 15;

const labelOf = ({ label, isDate }: SheetColumn, { t }: Speech): string =>
  isDate ? `${label} (${t("filing.many.sheet.date")})` : label;

const headOf = ({ code, number, definition }: LoadedVersion, columns: readonly SheetColumn[], speech: Speech) => {
  const { t, language } = speech;
  const procedure = `${code} ${pick(definition.name, language)}`;
  const papers = paperNames(definition, language).join("; ");
  return {
    head: [
      t("filing.many.sheet.head", { procedure }),
      ...(papers === "" ? [] : [t("filing.many.sheet.papers", { papers })]),
    ].join(" "),
    labels: [t("filing.many.sheet.note"), ...columns.map((column) => labelOf(column, speech))],
    ids: [sheetMark(code, number), ...columns.map(({ id }) => id)],
  };
};

const TEXT = "@";
const LABEL: CellStyle = { font: { bold: true }, alignment: { wrapText: true, vertical: "top" }, numFmt: TEXT };
const NAME: CellStyle = { font: { italic: true }, numFmt: TEXT };

/** The template as a workbook: cells are text, so that no 0 is lost; what may be chosen stands in a second sheet. */
export async function templateXlsx(
  version: LoadedVersion,
  columns: readonly SheetColumn[],
  speech: Speech,
): Promise<Uint8Array> {
  const { colToLetter, writeXlsx } = await import("hucre/xlsx");
  const { head, labels, ids } = headOf(version, columns, speech);
  const lists = columns.flatMap(({ label, options }, i) => (options ? [{ label, options, column: i + 1 }] : []));
  const listSheet = speech.t("filing.many.sheet.lists");
  const longest = Math.max(0, ...lists.map(({ options }) => options.length));
  const dataValidations = lists.map(({ options, column }, i): DataValidation => {
    const [at, list] = [colToLetter(column), colToLetter(i)];
    return {
      type: "list",
      formula1: `'${listSheet}'!$${list}$2:$${list}$${options.length + 1}`,
      range: `${at}${HEAD_ROWS + 1}:${at}${HEAD_ROWS + MOST_ROWS}`,
      allowBlank: true,
      // What is not in the list is judged, and explained, when the table is uploaded.
      showErrorMessage: false,
    };
  });
  const empty = labels.map(() => null);
  const styled = [...labels.map((_, i) => [`1,${i}`, LABEL] as const), ...ids.map((_, i) => [`2,${i}`, NAME] as const)];
  return writeXlsx({
    sheets: [
      {
        name: speech.t("filing.many.sheet.name"),
        columns: labels.map(() => ({ width: 24, style: { numFmt: TEXT } })),
        rows: [[head], labels, ids, ...Array.from({ length: MOST_ROWS }, () => empty)],
        cells: new Map(styled.map(([at, style]) => [at, { style }])),
        freezePane: { rows: HEAD_ROWS, columns: 1 },
        dataValidations,
      },
      {
        name: listSheet,
        columns: lists.map(() => ({ width: 30 })),
        rows: [
          lists.map(({ label }) => label),
          ...Array.from({ length: longest }, (_, row) => lists.map(({ options }) => options[row] ?? null)),
        ],
      },
    ],
  });
}

/** The template as text; a few options stand beside their question. */
export function templateCsv(
  version: LoadedVersion,
  columns: readonly SheetColumn[],
  speech: Speech,
): Promise<Uint8Array> {
  const { head, labels, ids } = headOf(version, columns, speech);
  const withOptions = labels.map((label, i) => {
    const options = i === 0 ? null : (columns[i - 1]?.options ?? null);
    return options && options.length <= FEW ? `${label} [${options.join(" | ")}]` : label;
  });
  return csvBytes([[head], withOptions, ids]);
}

/** What became of each line, as text. */
export const resultCsv = (head: readonly string[], rows: readonly (readonly string[])[]): Promise<Uint8Array> =>
  csvBytes([head, ...rows]);
