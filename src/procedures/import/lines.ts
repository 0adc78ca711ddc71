import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** A line of the file by its number (from 1), or why it could not be read. */
export type Line = { number: number; text: string } | { number: number; fault: string };

/** No real line is a twentieth as long; a file without line ends must not fill the memory. */
const LONGEST_LINE = 2 * 1024 * 1024;
const NEWLINE = 0x0a;

/** The bytes of the file, unpacked when its first two say that it is gzip: its name says nothing. */
async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const iterator = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await iterator.next();
  if (first.done) return;
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield first.value;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    return;
  }
  file.destroy();
  const packed = createReadStream(path);
  const unpacked: Readable = packed.pipe(createGunzip());
  packed.on("error", (error) => unpacked.destroy(error));
  try {
    yield* unpacked as AsyncIterable<Buffer>;
  } finally {
    packed.destroy();
  }
}

/**
 * The lines of a plain or gzip file, one at a time; empty ones are skipped. A line that is too long or not UTF-8 is a
 * fault with its number, and so is an archive that ends too soon.
 * @throws when the file cannot be opened
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  let parts: Buffer[] = [];
  let length = 0;
  const finish = (): Line | null => {
    number++;
    const bytes = Buffer.concat(parts);
    const isTooLong = length > LONGEST_LINE;
    parts = [];
    length = 0;
    if (isTooLong) return { number, fault: `longer than ${LONGEST_LINE / 1024 / 1024} MB` };
    try {
      const text = decoder.decode(bytes);
      return text.trim() === "" ? null : { number, text };
    } catch {
      return { number, fault: "not UTF-8" };
    }
  };
  const take = (piece: Buffer): void => {
    length += piece.length;
    if (length <= LONGEST_LINE) parts.push(piece);
    else parts = [];
  };
  try {
    for await (const chunk of bytesOf(path)) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        take(chunk.subarray(start, end));
        start = end + 1;
        const line = finish();
        if (line) yield line;
      }
      take(chunk.subarray(start));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code?.startsWith("Z_")) throw error;
    yield { number: number + 1, fault: `the archive is damaged or ends too soon (${code})` };
    return;
  }
  if (length > 0) {
    const line = finish();
    if (line) yield line;
  }
}
