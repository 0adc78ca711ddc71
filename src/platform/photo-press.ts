/**
 * A process of its own that reads pictures of strangers: whatever a hostile one does to a decoder, it does it here,
 * without a secret in reach, and the memory that it took goes back when this process ends. `photos.ts` starts it.
 */
import { readFile } from "node:fs/promises";
import heic from "heic-decode";
import sharp, { type Sharp } from "sharp";

/** What is asked for and answered between the two processes. */
export type PressOrder = { from: string; to: string; mediaType: string };
export type PressAnswer = { done: "written" | "asItIs" | "unreadable" | "tooManyPixels" };

/** Enough to read a page of A4 by (210 dpi), a tenth of what a phone takes. */
const LONGEST_SIDE = 2500;
const QUALITY = 82;
/** A picture of fitting size is still made anew when it is heavier than this. */
const HEAVY_BYTES = 3 * 1024 * 1024;
/** JPEG is decoded reduced, line by line, so that what the largest phones take (108 million) fits; the others are not. */
const MOST_PIXELS_JPEG = 110_000_000;
const MOST_PIXELS = 50_000_000;

sharp.cache(false);
sharp.concurrency(1);

class TooManyPixels extends Error {}

const mostPixels = (mediaType: string): number => (mediaType === "image/jpeg" ? MOST_PIXELS_JPEG : MOST_PIXELS);

const END_OF_JPEG = Buffer.from([0xff, 0xd9]);
const START_OF_SCAN = Buffer.from([0xff, 0xda]);
const END_OF_PNG = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);

/** Whether something is hidden behind the picture's own end: a file of another kind, or what a phone's maker left there. */
function holdsMore(bytes: Buffer, mediaType: string): boolean {
  const isJpeg = mediaType === "image/jpeg";
  const end = isJpeg ? END_OF_JPEG : END_OF_PNG;
  const found = bytes.indexOf(end, isJpeg ? bytes.indexOf(START_OF_SCAN) : 0);
  return found + end.length !== bytes.length;
}

/** Whether a JPEG or PNG can stay byte for byte: of fitting size, and with nothing in it but the picture. */
async function staysAsItIs({ from, mediaType }: PressOrder): Promise<boolean> {
  if (mediaType !== "image/jpeg" && mediaType !== "image/png") return false;
  const { width, height, orientation, exif, xmp, iptc, comments } = await sharp(from).metadata();
  const bytes = await readFile(from);
  return (
    Math.max(width, height) <= LONGEST_SIDE &&
    bytes.length <= HEAVY_BYTES &&
    (orientation ?? 1) === 1 &&
    !(exif || xmp || iptc || comments?.length) &&
    !holdsMore(bytes, mediaType)
  );
}

/** HEIC is decoded without turning: what its own header says of rotation is done on the way. */
async function openHeic(from: string): Promise<Sharp> {
  const images = await heic.all({ buffer: await readFile(from) });
  try {
    const [image] = images;
    if (!image) throw new Error("no image");
    if (image.width * image.height > MOST_PIXELS) throw new TooManyPixels();
    const { data, width, height } = await image.decode();
    return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: MOST_PIXELS });
  } finally {
    images.dispose();
  }
}

async function openPicture({ from, mediaType }: PressOrder): Promise<Sharp> {
  if (mediaType.startsWith("image/hei")) return openHeic(from);
  const { width, height } = await sharp(from, { limitInputPixels: false }).metadata();
  if (width * height > mostPixels(mediaType)) throw new TooManyPixels();
  return sharp(from, {
    limitInputPixels: mostPixels(mediaType),
    failOn: "truncated",
    sequentialRead: true,
  }).autoOrient();
}

async function press(order: PressOrder): Promise<PressAnswer> {
  const picture = await openPicture(order);
  if (await staysAsItIs(order)) {
    // Read to its end all the same: one that breaks off half way is no paper.
    await picture.resize(32).raw().toBuffer();
    return { done: "asItIs" };
  }
  // No metadata is carried over: neither where nor with which device it was taken.
  await picture
    .flatten({ background: "#fff" })
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .jpeg({ quality: QUALITY })
    .toFile(order.to);
  return { done: "written" };
}

process.on("message", async (order: PressOrder) => {
  let answer: PressAnswer;
  try {
    answer = await press(order);
  } catch (error) {
    answer = { done: error instanceof TooManyPixels ? "tooManyPixels" : "unreadable" };
  }
  process.send?.(answer);
});
process.on("disconnect", () => process.exit(0));
