import {
  concatTransformationMatrix,
  drawObject,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFImage,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  popGraphicsState,
  pushGraphicsState,
} from "pdf-lib";
import { pngOf, type Rows, rowsOf } from "./png.ts";
import type { PageFacts, ScanFacts, Turn } from "./rules.ts";

const POINTS_AN_INCH = 72;
const A4 = [595.28, 841.89] as const;

/** @throws Error when it is no PDF that can be read */
async function load(bytes: Uint8Array): Promise<PDFDocument> {
  const lib = await import("pdf-lib");
  return lib.PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
}

type Picture = {
  width: number;
  height: number;
  colour: boolean;
  /** As whoever shows or reads it takes it; null: in a way that neither does. */
  kept: { mediaType: "image/jpeg"; bytes: Uint8Array } | { mediaType: "image/png"; rows: Rows } | null;
};

/** One colour or three; null for palettes and what printers use. */
function channelsOf(space: PDFObject | undefined): 1 | 3 | null {
  const [kind, profile] = space instanceof PDFArray ? [space.lookup(0), space.lookup(1)] : [space, undefined];
  const name = String(kind ?? "");
  if (/Gray$/.test(name)) return 1;
  if (/RGB$/.test(name)) return 3;
  const count = profile instanceof PDFRawStream ? profile.dict.lookup(PDFName.of("N")) : undefined;
  const channels = count instanceof PDFNumber ? count.asNumber() : 0;
  return channels === 1 || channels === 3 ? channels : null;
}

function keptIn(
  { dict, contents }: PDFRawStream,
  size: Omit<Rows, "foretold" | "deflated" | "channels">,
): Picture["kept"] {
  const filters = dict.lookup(PDFName.of("Filter"));
  const filter = String(filters instanceof PDFArray && filters.size() === 1 ? filters.lookup(0) : filters);
  if (filter === "/DCTDecode") return { mediaType: "image/jpeg", bytes: contents };
  const channels = channelsOf(dict.lookup(PDFName.of("ColorSpace")));
  const has = (key: string): boolean => dict.has(PDFName.of(key));
  if (filter !== "/FlateDecode" || !channels || has("SMask") || has("Mask") || has("Decode")) return null;
  const given = dict.lookup(PDFName.of("DecodeParms"));
  const how = given instanceof PDFArray ? given.lookup(0) : given;
  const said = (key: string, otherwise: number): number => {
    const value = how instanceof PDFDict ? how.lookup(PDFName.of(key)) : undefined;
    return value instanceof PDFNumber ? value.asNumber() : otherwise;
  };
  const predictor = said("Predictor", 1);
  const foretold = predictor >= 10;
  const isSame =
    said("Colors", 1) === channels && said("Columns", 1) === size.width && said("BitsPerComponent", 8) === size.bits;
  if (foretold ? !isSame : predictor !== 1) return null;
  return { mediaType: "image/png", rows: { ...size, channels, foretold, deflated: contents } };
}

/** The largest picture of a page: on a scanned page, the scan. */
function pictureOf(page: PDFPage): Picture | null {
  const objects = page.node.Resources()?.lookupMaybe(PDFName.of("XObject"), PDFDict);
  const pictures = (objects?.keys() ?? []).flatMap((key): Picture[] => {
    const stream = objects?.lookup(key);
    if (!(stream instanceof PDFRawStream) || stream.dict.lookup(PDFName.of("Subtype")) !== PDFName.of("Image"))
      return [];
    const said = (name: string): number => {
      const value = stream.dict.lookup(PDFName.of(name));
      return value instanceof PDFNumber ? value.asNumber() : 0;
    };
    const [width, height, bits] = [said("Width"), said("Height"), said("BitsPerComponent")];
    const colour = channelsOf(stream.dict.lookup(PDFName.of("ColorSpace"))) !== 1 && bits !== 1;
    return [{ width, height, colour, kept: keptIn(stream, { width, height, bits }) }];
  });
  return pictures.reduce<Picture | null>(
    (largest, one) => (largest && largest.width * largest.height >= one.width * one.height ? largest : one),
    null,
  );
}

/** A page's picture as a file; null where there is none, or one that cannot be had. */
async function fileOf(page: PDFPage): Promise<{ bytes: Uint8Array; mediaType: "image/jpeg" | "image/png" } | null> {
  const kept = pictureOf(page)?.kept;
  if (!kept || kept.mediaType === "image/jpeg") return kept ?? null;
  const bytes = await pngOf(kept.rows).catch(() => null);
  return bytes && { bytes, mediaType: kept.mediaType };
}

function factsOf(page: PDFPage): PageFacts {
  const picture = pictureOf(page);
  if (!picture) return { dpi: null, colour: true, hasPicture: false };
  const { width, height } = page.getSize();
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const [most, least] = [Math.max(picture.width, picture.height), Math.min(picture.width, picture.height)];
  const dpi = Math.round(Math.min((most / long) * POINTS_AN_INCH, (least / short) * POINTS_AN_INCH));
  return { dpi, colour: picture.colour, hasPicture: picture.kept !== null };
}

/** What a PDF says of itself and each of its pages. @throws Error when it cannot be read */
export async function inspectPdf(bytes: Uint8Array): Promise<ScanFacts> {
  const document = await load(bytes);
  const version = Number(/^%PDF-(\d\.\d)/.exec(Buffer.from(bytes.subarray(0, 8)).toString("latin1"))?.[1] ?? 0);
  return { version, pages: document.getPages().map(factsOf) };
}

type Box = { x: number; y: number; width: number; height: number };

/** Puts the rows of a PNG into a page as they are. */
function drawRows(page: PDFPage, { width, height, bits, channels, deflated }: Rows, at: Box): void {
  const { context } = page.doc;
  const dict = context.obj({
    Type: "XObject",
    Subtype: "Image",
    Width: width,
    Height: height,
    ColorSpace: channels === 1 ? "DeviceGray" : "DeviceRGB",
    BitsPerComponent: bits,
    Filter: "FlateDecode",
    DecodeParms: { Predictor: 15, Colors: channels, Columns: width, BitsPerComponent: bits },
    Length: deflated.length,
  });
  const name = page.node.newXObject("Scan", context.register(PDFRawStream.of(dict, deflated)));
  page.pushOperators(
    pushGraphicsState(),
    concatTransformationMatrix(at.width, 0, 0, at.height, at.x, at.y),
    drawObject(name),
    popGraphicsState(),
  );
}

/** A picture as one page of A4, upright or lying as it is. */
async function pageOf(bytes: Uint8Array): Promise<PDFDocument> {
  const { PDFDocument: Document } = await import("pdf-lib");
  const document = await Document.create();
  const rows = bytes[0] === 0x89 ? rowsOf(bytes) : null;
  const picture = rows ?? (bytes[0] === 0x89 ? await document.embedPng(bytes) : await document.embedJpg(bytes));
  const [width, height] = picture.width > picture.height ? [A4[1], A4[0]] : A4;
  const scale = Math.min(width / picture.width, height / picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  const at = { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h };
  const page = document.addPage([width, height]);
  if (picture instanceof PDFImage) page.drawImage(picture, at);
  else drawRows(page, picture, at);
  return document;
}

/** A scan as PDF: a PDF as it is, a picture as one page. */
export async function asPdf(bytes: Uint8Array, mediaType: string): Promise<Uint8Array> {
  if (mediaType === "application/pdf") return bytes;
  return (await pageOf(bytes)).save();
}

/** One page to look at: the picture of a scanned one, else a PDF of it alone; null when there is no such page. */
export async function showPage(
  bytes: Uint8Array,
  number: number,
): Promise<{ bytes: Uint8Array; mediaType: "image/jpeg" | "image/png" | "application/pdf" } | null> {
  const document = await load(bytes);
  const page = document.getPages()[number - 1];
  if (!page) return null;
  const alone = () => joinPages([{ bytes, page: number, turn: 0 }]);
  return (await fileOf(page)) ?? { bytes: await alone(), mediaType: "application/pdf" };
}

/** The pictures of its scanned pages, in their order; written pages have none. @throws Error when it cannot be read */
export async function* picturesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (const page of (await load(bytes)).getPages()) {
    const file = await fileOf(page);
    if (file) yield file.bytes;
  }
}

/** Pages of several scans as one PDF (1.7), each turned as it was said. */
export async function joinPages(
  parts: readonly { bytes: Uint8Array; page: number; turn: Turn }[],
): Promise<Uint8Array> {
  const { PDFDocument: Document, degrees } = await import("pdf-lib");
  const joined = await Document.create();
  const loaded = new Map<Uint8Array, PDFDocument>();
  for (const { bytes, page: number, turn } of parts) {
    const source = loaded.get(bytes) ?? (await load(bytes));
    loaded.set(bytes, source);
    const [page] = await joined.copyPages(source, [number - 1]);
    if (!page) continue;
    page.setRotation(degrees((page.getRotation().angle + turn) % 360));
    joined.addPage(page);
  }
  return joined.save();
}
