import type { FieldError } from "#platform/form.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { cellText, type Grid, readGrid, UnreadableSheet } from "#platform/spreadsheets.ts";
import { type Cells, MOST_CHARACTERS, MOST_ROWS, readMark, type SheetColumn } from "../rules.ts";

/** A line of the sheet with what stands in it. `line`: its number in the sheet, as the spreadsheet program shows it. */
export type SheetRow = { line: number; note: string; cells: Cells };
export type ReadSheet = { ok: true; rows: SheetRow[] } | { ok: false; error: FieldError };

type Wanted = { code: string; version: number; columns: readonly SheetColumn[] };

class Unreadable extends Error {
  readonly error: FieldError;
  constructor(key: MessageKey, params?: FieldError["params"]) {
    super(key);
    this.error = params ? { key, params } : { key };
  }
}

const LINES = 2000;
/** The row of names stands among the first. */
const HEAD_ROWS = 10;
/** Which sign stands between cells: what follows the mark in the row of names. */
const delimiterIn = (head: string): string | undefined =>
  /(?:^|\n)"?\d\.\d{6}(?:\.H\d{2})?\/\d{1,6}"?([,;\t])/.exec(head)?.[1];

/** Takes the grid for a filled-in template of this procedure's version, or says what it is instead. */
function match(grid: Grid, { code, version, columns }: Wanted): SheetRow[] {
  const at = grid.slice(0, HEAD_ROWS).findIndex(([first]) => readMark(cellText(first)) !== null);
  const names = (grid[at] ?? []).map(cellText);
  const mark = readMark(names[0] ?? "");
  if (!mark) throw new Unreadable("filing.many.faults.notTemplate");
  if (mark.code !== code) throw new Unreadable("filing.many.faults.otherProcedure", { code: mark.code });
  if (mark.version !== version) throw new Unreadable("filing.many.faults.oldVersion");
  const known = new Map(columns.map((column) => [column.id, column]));
  const missing = columns.filter(({ id }) => !names.includes(id));
  if (missing.length > 0)
    throw new Unreadable("filing.many.faults.missingColumns", {
      columns: missing
        .slice(0, 5)
        .map(({ label }) => label)
        .join("; "),
      count: missing.length,
    });
  const strange = names.slice(1).find((name, i) => name !== "" && (!known.has(name) || names.indexOf(name) !== i + 1));
  if (strange !== undefined) throw new Unreadable("filing.many.faults.strangeColumn", { column: strange });
  const rows: SheetRow[] = [];
  let characters = 0;
  for (const [i, line] of grid.entries()) {
    if (i <= at) continue;
    const cells: Record<string, string> = {};
    for (const [column, id] of names.entries()) {
      const text = column > 0 && id !== "" ? cellText(line[column]) : "";
      if (text !== "") cells[id] = text;
      characters += text.length;
    }
    if (characters > MOST_CHARACTERS) throw new Unreadable("filing.many.faults.tooMuch");
    if (Object.keys(cells).length > 0) rows.push({ line: i + 1, note: cellText(line[0]).slice(0, 200), cells });
  }
  if (rows.length === 0) throw new Unreadable("filing.many.faults.noRows");
  if (rows.length > MOST_ROWS) throw new Unreadable("filing.many.faults.tooManyRows", { max: MOST_ROWS });
  return rows;
}

/** Reads an uploaded spreadsheet (XLSX, or text as CSV); what is wrong with the whole of it is a value. */
export async function readSheet(bytes: Uint8Array, wanted: Wanted): Promise<ReadSheet> {
  try {
    return { ok: true, rows: match(await readGrid(bytes, { lines: LINES, delimiterIn }), wanted) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, error: error.error };
    if (error instanceof UnreadableSheet) return { ok: false, error: { key: `filing.many.faults.${error.fault}` } };
    throw error;
  }
}
