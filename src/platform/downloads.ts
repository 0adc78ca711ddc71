import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";

export type Download = { name: string; mediaType: string; size: number; disposition?: "attachment" | "inline" };

/** What a browser may show in its own window: nothing that could carry a script of ours. */
const SHOWABLE = new Set(["application/pdf", "image/jpeg", "image/png"]);

const plainName = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, (letter) => (letter === "đ" ? "d" : "D"))
    .replace(/[^\x20-\x7e]|["\\%/]/g, "_");

/** RFC 5987: everything but attr-char is percent-encoded. */
const encodedName = (name: string): string =>
  encodeURIComponent(name.replace(/\p{Cs}/gu, "")).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** `attachment; filename="Don.pdf"; filename*=UTF-8''%C4%90%C6%A1n.pdf` (RFC 6266). */
export const contentDisposition = (name: string, disposition: "attachment" | "inline"): string =>
  `${disposition}; filename="${plainName(name)}"; filename*=UTF-8''${encodedName(name.normalize("NFC"))}`;

/**
 * Answers with a file. It is saved rather than shown unless `inline` is asked for and its type is safe to show.
 * A reader who hangs up is no error: the file is closed and nothing is thrown.
 */
export async function sendFile(res: Response, stream: Readable, download: Download): Promise<void> {
  const isInline = download.disposition === "inline" && SHOWABLE.has(download.mediaType);
  res.set({
    "Content-Type": download.mediaType,
    "Content-Length": String(download.size),
    "Content-Disposition": contentDisposition(download.name, isInline ? "inline" : "attachment"),
    "X-Content-Type-Options": "nosniff",
    // Browsers do not show a PDF in a sandbox; what they show it with takes nothing from the file but its pages.
    "Content-Security-Policy":
      isInline && download.mediaType === "application/pdf"
        ? "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
        : "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
  });
  try {
    await pipeline(stream, res);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}
