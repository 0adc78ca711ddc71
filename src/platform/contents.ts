import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { inflate } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";

/** Why a document is not taken in, although its type is. */
export type Danger =
  /** It holds programs, other files, or orders to open something. */
  | "active"
  /** It is encrypted, so that nobody can say what it holds. */
  | "locked"
  /** Unpacked it is far larger than any paper. */
  | "bomb"
  /** It is two kinds of file at once. */
  | "mixed"
  | "broken";

/** In no paper, and long enough never to come about by chance among a picture's bytes. */
const ACTIVE = new Set(["JavaScript", "EmbeddedFile", "EmbeddedFiles", "Launch", "RichMedia", "ImportData", "GoToE"]);
/** The same, but too short to be looked for among a picture's bytes. */
const SHORT = new Set(["JS", "EF", "XFA"]);
/** Objects that are packed together: Office programs and most printers write them. */
const PACKED = "ObjStm";
const MOST_UNPACKED = 60 * 1024 * 1024;
const NAME = /\/((?:[A-Za-z]|#[0-9A-Fa-f]{2}){2,60})/g;

/** Names may spell any letter as #xx, which no honest program does with these. */
const namesIn = function* (text: string): Generator<{ name: string; end: number }> {
  for (const found of text.matchAll(NAME)) {
    const written = found[1] ?? "";
    const name = written.replace(/#([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    yield { name, end: found.index + found[0].length };
  }
};

/** What stands between streams. */
function outsideStreams(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf("stream", from);
    if (start < 0) break;
    const end = text.indexOf("endstream", start + 6);
    if (end < 0) break;
    parts.push(text.slice(from, start));
    from = end + 9;
  }
  parts.push(text.slice(from));
  return parts.join("\n");
}

const unpack = promisify(inflate) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** The packed objects whose dictionary ends behind `from`; null: they are packed in a way that no honest program uses. */
async function unpackObjects(bytes: Buffer, text: string, from: number, most: number): Promise<Buffer | "bomb" | null> {
  const keyword = text.indexOf("stream", from);
  const end = text.indexOf("endstream", keyword + 6);
  const dictionary = text.slice(text.lastIndexOf("obj", from), keyword);
  if (keyword < 0 || end < 0 || dictionary.length > 2000) return null;
  const start = keyword + 6 + (text.startsWith("\r\n", keyword + 6) ? 2 : 1);
  const packed = bytes.subarray(start, end);
  if (!/\/Filter/.test(dictionary)) return packed;
  if (!/\/Filter\s*\[?\s*\/FlateDecode\s*\]?/.test(dictionary) || /\/Predictor\s*(?:[2-9]|1\d)/.test(dictionary))
    return null;
  try {
    return await unpack(packed, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return "bomb";
    // What follows the packed bytes, such as an end of line, is no part of them; what breaks off is.
    return null;
  }
}

async function judgePdf(path: string): Promise<Danger | null> {
  const bytes = await readFile(path);
  const text = bytes.toString("latin1");
  const tail = text.slice(-66_000);
  if (tail.includes("PK\x05\x06") || /<(?:script|html|svg)\b/i.test(text.slice(0, 1024))) return "mixed";
  let left = MOST_UNPACKED;
  for (const { name, end } of namesIn(text)) {
    if (ACTIVE.has(name)) return "active";
    if (name === "Encrypt") return "locked";
    if (name !== PACKED) continue;
    const objects = await unpackObjects(bytes, text, end, left);
    if (objects === "bomb") return "bomb";
    if (objects === null) return "broken";
    left -= objects.length;
    if (left <= 0) return "bomb";
    for (const inside of namesIn(objects.toString("latin1")))
      if (ACTIVE.has(inside.name) || SHORT.has(inside.name)) return "active";
  }
  for (const { name } of namesIn(outsideStreams(text))) if (SHORT.has(name)) return "active";
  return null;
}

const MOST_ENTRIES = 5000;
const MOST_BYTES = 200 * 1024 * 1024;
const MOST_RATIO = 200;
/** Small texts of spaces pack better than any picture. */
const RATIO_FROM = 5 * 1024 * 1024;
const MOST_LINKS = 1024 * 1024;
const PROGRAM =
  /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|activeX\/.*|embeddings\/.*\.bin)$|\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|jar|msi)$/i;
/** What a document fetches by itself when it is opened; links that a person clicks are none of it. */
const FETCHED = /relationships\/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath)"/;

const openArchive = promisify(
  yauzl.open as (path: string, options: yauzl.Options, done: (error: Error | null, zip: ZipFile) => void) => void,
);

/** Reads one entry to its end: what is said of its size must be true. */
function readEntry(zip: ZipFile, entry: Entry, isKept: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      let text = "";
      stream.on("data", (chunk: Buffer) => {
        if (isKept && text.length < MOST_LINKS) text += chunk.toString("latin1");
      });
      stream.on("error", reject);
      stream.on("end", () => resolve(text));
    });
  });
}

async function judgeEntry(zip: ZipFile, entry: Entry): Promise<Danger | null> {
  if (PROGRAM.test(entry.fileName)) return "active";
  if (entry.isEncrypted()) return "locked";
  if (entry.uncompressedSize > RATIO_FROM && entry.uncompressedSize > entry.compressedSize * MOST_RATIO) return "bomb";
  const isLinks = entry.fileName.endsWith(".rels");
  const links = await readEntry(zip, entry, isLinks);
  const fetches = links
    .split("<Relationship ")
    .some((one) => /TargetMode\s*=\s*"External"/.test(one) && FETCHED.test(one));
  return fetches ? "active" : null;
}

/** An Office document is an archive: nothing may stand behind it, and everything in it is what it says. */
async function judgeArchive(path: string): Promise<Danger | null> {
  const bytes = await readFile(path);
  if (bytes.subarray(0, 1024).includes("%PDF-")) return "mixed";
  if (bytes.lastIndexOf("PK\x05\x06", undefined, "latin1") !== bytes.length - 22) return "mixed";
  const zip = await openArchive(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  try {
    if (zip.entryCount > MOST_ENTRIES) return "bomb";
    let unpacked = 0;
    for (;;) {
      const entry = await new Promise<Entry | null>((resolve, reject) => {
        zip.once("entry", resolve);
        zip.once("end", () => resolve(null));
        zip.once("error", reject);
        zip.readEntry();
      });
      zip.removeAllListeners();
      if (!entry) return null;
      unpacked += entry.uncompressedSize;
      if (unpacked > MOST_BYTES) return "bomb";
      const danger = await judgeEntry(zip, entry);
      if (danger) return danger;
    }
  } finally {
    zip.close();
  }
}

/** One document after the other, so that memory is bounded however many arrive at once. */
let line: Promise<unknown> = Promise.resolve();

/**
 * What is dangerous about a document whose type was told by its first bytes: programs, files and orders inside it, locks,
 * bombs, and files of two kinds at once. Pictures are made anew instead (`photos.ts`).
 * @returns null when nothing is
 */
export async function judgeContents(path: string, mediaType: string): Promise<Danger | null> {
  const judge = mediaType === "application/pdf" ? judgePdf : judgeArchive;
  const turn = line.then(() => judge(path)).catch((): Danger => "broken");
  line = turn;
  return turn;
}
