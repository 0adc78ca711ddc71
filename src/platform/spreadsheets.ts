import { cleanTyped } from "./typed.ts";

export type Grid = readonly (readonly unknown[])[];
export type SheetFault = "empty" | "tooMuch" | "broken" | "kind" | "oldBook" | "encoding" | "notTemplate";

/** What is wrong with a whole file that should be a spreadsheet. */
export class UnreadableSheet extends Error {
  readonly fault: SheetFault;
  constructor(fault: SheetFault) {
    super(fault);
    this.fault = fault;
  }
}

const MOST_PARTS = 200;
const MOST_UNPACKED = 24 * 1024 * 1024;
const MOST_CELL = 20_000;

/**
 * The values of a workbook's first sheet: no formula is reckoned, no macro read. What it unpacks to is bounded before any of
 * it is believed, and only what was unpacked within the bounds is read.
 */
async function readWorkbook(bytes: Uint8Array, lines: number): Promise<Grid> {
  const [{ unzipSync, zipSync }, { readXlsx }] = await Promise.all([import("fflate"), import("hucre/xlsx")]);
  let [parts, size] = [0, 0];
  const files = (() => {
    try {
      return unzipSync(bytes, {
        filter: ({ originalSize }) => {
          size += originalSize;
          if (++parts > MOST_PARTS || size > MOST_UNPACKED) throw new UnreadableSheet("tooMuch");
          return true;
        },
      });
    } catch (error) {
      throw error instanceof UnreadableSheet ? error : new UnreadableSheet("broken");
    }
  })();
  if (!files["xl/workbook.xml"]) throw new UnreadableSheet("kind");
  // A sheet says by one far cell that it is as wide and long as a sheet may be: beyond these nobody looks.
  const book = await readXlsx(zipSync(files, { level: 0 }), { sheets: [0], range: `A1:IV${lines}` }).catch(() => {
    throw new UnreadableSheet("broken");
  });
  return book.sheets[0]?.rows ?? [];
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableSheet("encoding");
  }
}

async function readText(bytes: Uint8Array, { lines, delimiterIn }: Wanted): Promise<Grid> {
  const text = decode(bytes);
  if (text.includes("\0")) throw new UnreadableSheet("kind");
  const delimiter = delimiterIn(text.slice(0, 20_000));
  if (!delimiter) throw new UnreadableSheet("notTemplate");
  const { parseCsv } = await import("hucre/csv");
  return parseCsv(text, { delimiter, maxRows: lines });
}

const startsWith = (bytes: Uint8Array, ...signature: number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);

type Wanted = {
  /** How many lines are looked at. */
  lines: number;
  /** Which sign stands between the cells of a text, from its beginning; undefined: it is no such table. */
  delimiterIn: (head: string) => string | undefined;
};

/** The cells of a spreadsheet (XLSX, or text as CSV). @throws UnreadableSheet */
export async function readGrid(bytes: Uint8Array, wanted: Wanted): Promise<Grid> {
  if (bytes.length === 0) throw new UnreadableSheet("empty");
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) return readWorkbook(bytes, wanted.lines);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new UnreadableSheet("oldBook");
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new UnreadableSheet("kind");
  return readText(bytes, wanted);
}

const two = (n: number): string => String(n).padStart(2, "0");
/** Numbers as Vietnamese writes them; three decimals get a fourth, so that none is taken for thousands. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const [units = "0", decimals = ""] = value.toFixed(6).replace(/0+$/, "").split(".");
  return `${units},${decimals.length === 3 ? `${decimals}0` : decimals}`;
}

/** What stands in a cell, as somebody would have typed it. Times are days of the year 1899. */
export function cellText(value: unknown): string {
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

/**
 * A table as text that spreadsheet programs open. A cell that begins like a formula is text to whoever opens the file.
 * @param part.begins false: the lines go on after others of the same file
 */
export async function csvBytes(
  rows: readonly (readonly string[])[],
  { begins } = { begins: true },
): Promise<Uint8Array> {
  const { writeCsv } = await import("hucre/csv");
  const text = writeCsv(rows as string[][], { bom: begins, escapeFormulae: true });
  return Buffer.from(begins ? text : `\r\n${text}`);
}
