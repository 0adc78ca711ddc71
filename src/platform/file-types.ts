import { open } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";

/** What is taken in, by content; the first extension is the usual one. */
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  "application/pdf": ["pdf"],
  "image/jpeg": ["jpg", "jpeg", "jfif"],
  "image/png": ["png"],
  // Phones take these and few desks can open them: they are kept as JPEG.
  "image/webp": ["webp"],
  "image/heic": ["heic", "heif", "hif"],
  "image/heif": ["heif"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
};

/** For the `accept` attribute of a file control. */
export const ACCEPTED_EXTENSIONS = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif,.docx,.xlsx";

/** The media type that the bytes themselves show; null when it is none of the accepted. What the sender says counts for nothing. */
export async function detectType(path: string): Promise<string | null> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  return found && Object.hasOwn(ACCEPTED, found.mime) ? found.mime : null;
}

/** How the last bytes of a document tell that all of it arrived, and how far from its end they may lie. */
const ENDINGS: Readonly<Record<string, { mark: string; within: number }>> = {
  "application/pdf": { mark: "%%EOF", within: 4096 },
  // An archive's directory stands behind its contents; only a comment of at most 64 kB may follow it.
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": { mark: "PK\x05\x06", within: 66_000 },
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": { mark: "PK\x05\x06", within: 66_000 },
};

/** Whether a document has its end; what breaks off half way opens nowhere. Pictures are judged when they are decoded. */
export async function isWhole(path: string, size: number, mediaType: string): Promise<boolean> {
  const ending = ENDINGS[mediaType];
  if (!ending) return true;
  const length = Math.min(size, ending.within);
  const file = await open(path, "r");
  try {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.includes(ending.mark, 0, "latin1");
  } finally {
    await file.close();
  }
}

const MAX_NAME_BYTES = 150;
// Control, bidirectional and invisible characters may make a name look like another; the rest mean something to a file system.
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;
const RESERVED = /[<>:"|?*]/g;

const shorten = (text: string, maxBytes: number): string => {
  let kept = "";
  let bytes = 0;
  // By letters as people see them, so that a mark is never cut off its letter.
  for (const { segment } of new Intl.Segmenter("vi").segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > maxBytes) break;
    kept += segment;
  }
  return kept.trimEnd();
};

/**
 * A file name fit to store, show and send back: NFC, no folders, nothing invisible, at most 150 bytes, and with an
 * extension that fits the content; without a media type the extension stays as it was given.
 */
export function safeName(given: string, mediaType: string): string {
  const extensions = ACCEPTED[mediaType] ?? [];
  const base = given.normalize("NFC").split(/[\\/]/).at(-1) ?? "";
  const clean = base
    .replace(UNFIT, "")
    .replace(RESERVED, "_")
    .replace(/\s+/gu, " ")
    .replace(/^[. ]+/, "")
    .trim();
  const dot = clean.lastIndexOf(".");
  const written = dot > 0 ? clean.slice(dot + 1).toLowerCase() : "";
  const isKnown = extensions.length > 0 && Object.values(ACCEPTED).flat().includes(written);
  const stem = (isKnown ? clean.slice(0, dot) : clean).replace(/[. ]+$/, "");
  const extension = extensions.includes(written) ? written : (extensions[0] ?? "");
  const ending = extension ? `.${extension}` : "";
  return (shorten(stem, MAX_NAME_BYTES - Buffer.byteLength(ending)) || "tep") + ending;
}
