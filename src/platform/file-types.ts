import { fileTypeFromFile } from "file-type";

/** What citizens attach and a desk can read, by content; the first extension is the usual one. */
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  "application/pdf": ["pdf"],
  "image/jpeg": ["jpg", "jpeg", "jfif"],
  "image/png": ["png"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
};

/** For the `accept` attribute of a file control. */
export const ACCEPTED_EXTENSIONS = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx";

/** The media type that the bytes themselves show; null when it is none of the accepted. What the sender says counts for nothing. */
export async function detectType(path: string): Promise<string | null> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  return found && Object.hasOwn(ACCEPTED, found.mime) ? found.mime : null;
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
