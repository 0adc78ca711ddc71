/**
 * Pictures without loss go between PNG and PDF as they are: both keep rows of pixels deflated, and both may say of each row
 * how it was foretold. Nothing of a stranger's picture is decoded here, and a grey page stays grey.
 */

import { promisify } from "node:util";
import { crc32, deflate, inflate } from "node:zlib";

/** Rows of pixels, deflated. `foretold`: each row begins with the way in which it was (PNG's filters, PDF's predictor 15). */
export type Rows = {
  width: number;
  height: number;
  bits: number;
  channels: 1 | 3;
  foretold: boolean;
  deflated: Uint8Array;
};

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const GREY = 0;
const COLOUR = 2;
/** The same that a photo may have (src/platform/photo-press.ts): what is more is no page. */
const MOST_PIXELS = 50_000_000;

function* chunksOf(png: Buffer): Generator<{ type: string; content: Buffer }> {
  for (let at = SIGNATURE.length; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    yield { type, content: png.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

/** The rows of a PNG; null where they cannot stay as they are: with a palette, see-through, interlaced or of deep colours. */
export function rowsOf(bytes: Uint8Array): Rows | null {
  const chunks = [...chunksOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))];
  const head = chunks.find(({ type }) => type === "IHDR")?.content;
  if (!head || head.length < 13 || chunks.some(({ type }) => type === "tRNS")) return null;
  const [bits = 0, kind, , , interlaced] = head.subarray(8);
  if ((kind !== GREY && kind !== COLOUR) || bits > 8 || interlaced !== 0) return null;
  return {
    width: head.readUInt32BE(0),
    height: head.readUInt32BE(4),
    bits,
    channels: kind === GREY ? 1 : 3,
    foretold: true,
    deflated: Buffer.concat(chunks.flatMap(({ type, content }) => (type === "IDAT" ? [content] : []))),
  };
}

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Says of each row that it was not foretold. @throws Error for rows that are fewer than was said */
async function asWritten({ width, height, bits, channels, deflated }: Rows): Promise<Buffer> {
  const stride = Math.ceil((width * bits * channels) / 8);
  const plain = await promisify(inflate)(deflated, { maxOutputLength: stride * height + 1024 });
  if (plain.length < stride * height) throw new Error("rows are missing");
  const rows = Buffer.alloc((stride + 1) * height);
  for (let row = 0; row < height; row++) plain.copy(rows, row * (stride + 1) + 1, row * stride, (row + 1) * stride);
  return promisify(deflate)(rows, { level: 1 });
}

/** A PNG of these rows. @throws Error where they cannot be read */
export async function pngOf(rows: Rows): Promise<Buffer> {
  const { width, height, bits, channels } = rows;
  if (width * height > MOST_PIXELS) throw new Error("more pixels than a page has");
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([bits, channels === 1 ? GREY : COLOUR, 0, 0, 0], 8);
  const deflated = rows.foretold ? rows.deflated : await asWritten(rows);
  return Buffer.concat([SIGNATURE, chunk("IHDR", head), chunk("IDAT", deflated), chunk("IEND", Buffer.alloc(0))]);
}
