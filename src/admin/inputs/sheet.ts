import { fold } from "#platform/format.ts";
import { cellText, readGrid, type SheetFault, UnreadableSheet } from "#platform/spreadsheets.ts";
import { COLUMNS, type Column, type SheetLine } from "../rules/sheet.ts";

export type ReadOfficers = { ok: true; lines: SheetLine[] } | { ok: false; fault: SheetFault | "tooMany" };

export const MOST_LINES = 10_000;
const HEAD_ROWS = 5;
const MOST_CELL = 300;

/** What the header calls a column, folded: the words of the template in any case, with or without marks. */
const columnNamed = (cell: unknown): Column | undefined => {
  const said = fold(cellText(cell));
  return COLUMNS.find(({ label }) => said !== "" && (said === fold(label) || said.startsWith(`${fold(label)} `)));
};

/** Reads a spreadsheet of officers (XLSX or CSV) as the template lays it out; what is wrong with the whole of it is a value. */
export async function readOfficers(bytes: Uint8Array): Promise<ReadOfficers> {
  try {
    const grid = await readGrid(bytes, {
      lines: MOST_LINES + HEAD_ROWS + 1,
      delimiterIn: (head) =>
        [";", ",", "\t"].find((sign) =>
          head
            .split(/\r?\n/)
            .slice(0, HEAD_ROWS)
            .some((one) => one.split(sign).length >= 3),
        ),
    });
    const at = grid.slice(0, HEAD_ROWS).findIndex((row) => row.filter((cell) => columnNamed(cell)).length >= 3);
    const head = (grid[at] ?? []).map(columnNamed);
    if (at === -1 || COLUMNS.some((column) => column.required && !head.includes(column)))
      return { ok: false, fault: "notTemplate" };
    const lines = grid.slice(at + 1).flatMap((row, i): SheetLine[] => {
      const cells = Object.fromEntries(
        head.flatMap((column, place) => {
          const text = column ? cellText(row[place]).replace(/\s+/g, " ").slice(0, MOST_CELL) : "";
          return column && text !== "" ? [[column.key, text]] : [];
        }),
      );
      return Object.keys(cells).length > 0 ? [{ line: at + i + 2, cells }] : [];
    });
    if (lines.length === 0) return { ok: false, fault: "empty" };
    if (lines.length > MOST_LINES) return { ok: false, fault: "tooMany" };
    return { ok: true, lines };
  } catch (error) {
    if (error instanceof UnreadableSheet) return { ok: false, fault: error.fault };
    throw error;
  }
}
