import { PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFPage, PDFRawStream } from "pdf-lib";
import type { PageFacts, ScanFacts, Turn } from "./rules.ts";

const POINTS_AN_INCH = 72;
const A4 = [595.28, 841.89] as const;

/** @throws Error when it is no PDF that can be read */
async function load(bytes: Uint8Array): Promise<PDFDocument> {
  const lib = await import("pdf-lib");
  return lib.PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
}

type Picture = { stream: PDFRawStream; width: number; height: number; colour: boolean; isJpeg: boolean };

/** The largest picture of a page: on a scanned page, the scan. */
function pictureOf(page: PDFPage): Picture | null {
  const objects = page.node.Resources()?.lookupMaybe(PDFName.of("XObject"), PDFDict);
  const pictures = (objects?.keys() ?? []).flatMap((key): Picture[] => {
    const stream = objects?.lookup(key);
    if (!(stream instanceof PDFRawStream) || stream.dict.lookup(PDFName.of("Subtype")) !== PDFName.of("Image"))
      return [];
    const size = (name: string): number => {
      const value = stream.dict.lookup(PDFName.of(name));
      return value instanceof PDFNumber ? value.asNumber() : 0;
    };
    const [width, height] = [size("Width"), size("Height")];
    const space = String(stream.dict.lookup(PDFName.of("ColorSpace")) ?? "");
    const isJpeg = String(stream.dict.lookup(PDFName.of("Filter")) ?? "").includes("DCTDecode");
    const colour = !/DeviceGray|CalGray/.test(space) && size("BitsPerComponent") !== 1;
    return [{ stream, width, height, colour, isJpeg }];
  });
  return pictures.reduce<Picture | null>(
    (largest, one) => (largest && largest.width * largest.height >= one.width * one.height ? largest : one),
    null,
  );
}

function factsOf(page: PDFPage): PageFacts {
  const picture = pictureOf(page);
  if (!picture) return { dpi: null, colour: true, hasPicture: false };
  const { width, height } = page.getSize();
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const [most, least] = [Math.max(picture.width, picture.height), Math.min(picture.width, picture.height)];
  const dpi = Math.round(Math.min((most / long) * POINTS_AN_INCH, (least / short) * POINTS_AN_INCH));
  return { dpi, colour: picture.colour, hasPicture: picture.isJpeg };
}

/** What a PDF says of itself and each of its pages. @throws Error when it cannot be read */
export async function inspectPdf(bytes: Uint8Array): Promise<ScanFacts> {
  const document = await load(bytes);
  const version = Number(/^%PDF-(\d\.\d)/.exec(Buffer.from(bytes.subarray(0, 8)).toString("latin1"))?.[1] ?? 0);
  return { version, pages: document.getPages().map(factsOf) };
}

/** A picture as one page of A4, upright or lying as it is. */
async function pageOf(bytes: Uint8Array): Promise<PDFDocument> {
  const { PDFDocument: Document } = await import("pdf-lib");
  const document = await Document.create();
  const picture = bytes[0] === 0x89 ? await document.embedPng(bytes) : await document.embedJpg(bytes);
  const [width, height] = picture.width > picture.height ? [A4[1], A4[0]] : A4;
  const scale = Math.min(width / picture.width, height / picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  document
    .addPage([width, height])
    .drawImage(picture, { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h });
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
): Promise<{ bytes: Uint8Array; mediaType: "image/jpeg" | "application/pdf" } | null> {
  const document = await load(bytes);
  const page = document.getPages()[number - 1];
  if (!page) return null;
  const picture = pictureOf(page);
  if (picture?.isJpeg) return { bytes: picture.stream.contents, mediaType: "image/jpeg" };
  return { bytes: await joinPages([{ bytes, page: number, turn: 0 }]), mediaType: "application/pdf" };
}

/** The pictures of its scanned pages, in their order; written pages have none. @throws Error when it cannot be read */
export async function picturesOf(bytes: Uint8Array): Promise<Uint8Array[]> {
  const document = await load(bytes);
  return document.getPages().flatMap((page) => {
    const picture = pictureOf(page);
    return picture?.isJpeg ? [picture.stream.contents] : [];
  });
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
