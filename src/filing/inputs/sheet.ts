import type { FieldError } from "#platform/form.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { cleanTyped } from "#platform/typed.ts";
import { type Cells, MOST_CHARACTERS, MOST_ROWS, readMark, type SheetColumn } from "../rules.ts";

/** A line of the sheet with what stands in it. `line`: its number in the sheet, as the spreadsheet program shows it. */
export type SheetRow = { line: number; note: string; cells: Cells };
export type ReadSheet = { ok: true; rows: SheetRow[] } | { ok: false; error: FieldError };

type Grid = readonly (readonly unknown[])[];
type Wanted = { code: string; version: number; columns: readonly SheetColumn[] };

class Unreadable extends Error {
  readonly error: FieldError;
  constructor(key: MessageKey, params?: FieldError["params"]) {
    super(key);
    this.error = params ? { key, params } : { key };
  }
}

const MOST_PARTS = 200;
const MOST_UNPACKED = 24 * 1024 * 1024;
/** Beyond these nobody looks: a sheet says by one far cell that it is as wide and long as a sheet may be. */
const AREA = { lines: 2000, range: "A1:IV2000" };
const MOST_CELL = 20_000;
/** The row of names stands among the first. */
const HEAD_ROWS = 10;

/**
 * The values of a workbook's first sheet: no formula is reckoned, no macro read. What it unpacks to is bounded before any of
 * it is believed, and only what was unpacked within the bounds is read.
 */
async function readWorkbook(bytes: Uint8Array): Promise<Grid> {
  const [{ unzipSync, zipSync }, { readXlsx }] = await Promise.all([import("fflate"), import("hucre/xlsx")]);
  let [parts, size] = [0, 0];
  const files = (() => {
    try {
      return unzipSync(bytes, {
        filter: ({ originalSize }) => {
          size += originalSize;
          if (++parts > MOST_PARTS || size > MOST_UNPACKED) throw new Unreadable("filing.many.faults.tooMuch");
          return true;
        },
      });
    } catch (error) {
      throw error instanceof Unreadable ? error : new Unreadable("filing.many.faults.broken");
    }
  })();
  if (!files["xl/workbook.xml"]) throw new Unreadable("filing.many.faults.kind");
  const book = await readXlsx(zipSync(files, { level: 0 }), { sheets: [0], range: AREA.range }).catch(() => {
    throw new Unreadable("filing.many.faults.broken");
  });
  return book.sheets[0]?.rows ?? [];
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable("filing.many.faults.encoding");
  }
}

/** Which sign stands between cells: what follows the mark in the row of names. */
async function readText(bytes: Uint8Array): Promise<Grid> {
  const text = decode(bytes);
  if (text.includes("\0")) throw new Unreadable("filing.many.faults.kind");
  const head = text.slice(0, 20_000);
  const delimiter = /(?:^|\n)"?\d\.\d{6}(?:\.H\d{2})?\/\d{1,6}"?([,;\t])/.exec(head)?.[1];
  if (!delimiter) throw new Unreadable("filing.many.faults.notTemplate");
  const { parseCsv } = await import("hucre/csv");
  return parseCsv(text, { delimiter, maxRows: AREA.lines });
}

const startsWith = (bytes: Uint8Array, ...signature: number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);

async function readGrid(bytes: Uint8Array): Promise<Grid> {
  if (bytes.length === 0) throw new Unreadable("filing.many.faults.empty");
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) return readWorkbook(bytes);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new Unreadable("filing.many.faults.oldBook");
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new Unreadable("filing.many.faults.kind");
  return readText(bytes);
}

const two = (n: number): string => String(n).padStart(2, "0");
/** Numbers as Vietnamese writes them; three decimals get a fourth, so that none is taken for thousands. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const [units = "0", decimals = ""] = value.toFixed(6).replace(/0+$/, "").split(".");
  return `${units},${decimals.length === 3 ? `${decimals}0` : decimals}`;
}

/** What stands in a cell, as somebody would have typed it. Times are days of the year 1899. */
function cellText(value: unknown): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return "";
    const isTime = value.getUTCFullYear() < 1901;
    return isTime
      ? `${two(value.getUTCHours())}:${two(value.getUTCMinutes())}`
      : `${two(value.getUTCDate())}/${two(value.getUTCMonth() + 1)}/${value.getUTCFullYear()}`;
  }
  if (typeof value === "number") return Number.isFinite(value) ? numberText(value) : "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? cleanTyped(value.slice(0, MOST_CELL)) : "";
}

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
    return { ok: true, rows: match(await readGrid(bytes), wanted) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, error: error.error };
    throw error;
  }
}
