import { once } from "node:events";
import { basename } from "node:path/posix";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { MOST_FILES_A_PAPER } from "#dossiers/index.ts";
import type { FileStore, StagedFile } from "#platform/files.ts";
import type { FieldError } from "#platform/form.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { type JudgedFile, judgeFile, MAX_FILE_BYTES, MAX_FILE_MEGABYTES } from "#platform/received.ts";
import { ARCHIVE, type Stray, type sortNamed } from "../rules.ts";

export type FoundPaper = JudgedFile & { number: number; requirementId: string };
export type ReadArchive =
  | { ok: true; found: FoundPaper[]; strays: Stray[] }
  /** `wrong`: what is wrong with single files of it. */
  | { ok: false; error: FieldError; wrong: FieldError[] };

class Unreadable extends Error {
  readonly error: FieldError;
  constructor(key: MessageKey, params?: FieldError["params"]) {
    super(key);
    this.error = params ? { key, params } : { key };
  }
}

/** What systems put into archives by themselves. */
const OWN_RUBBISH = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;

/** Archivers of phones and of other systems write names as UTF-8 without saying so. */
function nameOf(entry: Entry): string {
  const bytes = entry.fileName as unknown as Buffer;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).normalize("NFC");
  } catch {
    return bytes.toString("latin1");
  }
}

/** What the archive itself is at fault for; errors of this machine stay what they are. */
const atFault = (error: unknown): never => {
  if (error instanceof Unreadable || (error as NodeJS.ErrnoException).syscall) throw error;
  throw new Unreadable("filing.many.archive.broken");
};

const openArchive = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });

/** What an archive says that it holds, before any of it is unpacked. */
async function listEntries(zip: ZipFile): Promise<{ entry: Entry; path: string }[]> {
  const listed: { entry: Entry; path: string }[] = [];
  let unpacked = 0;
  zip.on("entry", (entry: Entry) => {
    const path = nameOf(entry);
    unpacked += entry.uncompressedSize;
    const fault =
      (entry.generalPurposeBitFlag & 1) !== 0
        ? new Unreadable("filing.many.archive.locked")
        : yauzl.validateFileName(path.replaceAll("\\", "/")) !== null
          ? new Unreadable("filing.many.archive.unsafe", { name: path.slice(0, 80) })
          : unpacked > ARCHIVE.unpacked
            ? new Unreadable("filing.many.archive.bomb", { megabytes: ARCHIVE.unpacked / 1024 / 1024 })
            : null;
    if (fault) return void zip.emit("error", fault);
    if (!path.endsWith("/") && !OWN_RUBBISH.test(path)) listed.push({ entry, path });
    if (listed.length > ARCHIVE.files)
      return void zip.emit("error", new Unreadable("filing.many.archive.tooMany", { max: ARCHIVE.files }));
    zip.readEntry();
  });
  const ended = once(zip, "end");
  zip.readEntry();
  await ended;
  return listed;
}

/** Unpacks one file into the staging place; more than was said, or than a file may have, is an error. */
const unpackEntry = (zip: ZipFile, entry: Entry, store: FileStore): Promise<StagedFile | null> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else store.stage(stream, MAX_FILE_BYTES).then(resolve, reject);
    });
  });

/** Judges the files of an archive one after the other; what fits no line is not unpacked. */
async function readFiles(
  zip: ZipFile,
  store: FileStore,
  staged: StagedFile[],
  place: (name: string) => ReturnType<typeof sortNamed>,
): Promise<{ found: FoundPaper[]; strays: Stray[]; wrong: FieldError[] }> {
  const [found, strays, wrong]: [FoundPaper[], Stray[], FieldError[]] = [[], [], []];
  const count = new Map<string, number>();
  for (const { entry, path } of await listEntries(zip).catch(atFault)) {
    const name = basename(path.replaceAll("\\", "/"));
    const at = place(name);
    if ("why" in at) {
      strays.push(at);
      continue;
    }
    const paper = `${at.number} ${at.requirementId}`;
    count.set(paper, (count.get(paper) ?? 0) + 1);
    if (count.get(paper) === MOST_FILES_A_PAPER + 1)
      wrong.push({ key: "filing.many.archive.tooManyForPaper", params: { name, max: MOST_FILES_A_PAPER } });
    if ((count.get(paper) ?? 0) > MOST_FILES_A_PAPER) continue;
    const raw = await unpackEntry(zip, entry, store).catch(atFault);
    if (!raw) {
      wrong.push({ key: "platform.upload.tooLarge", params: { name, megabytes: MAX_FILE_MEGABYTES } });
      continue;
    }
    staged.push(raw);
    const judged = await judgeFile(store, raw, name);
    if (!judged.ok) wrong.push(judged.error);
    else {
      staged.push(judged.file.staged);
      found.push({ ...judged.file, ...at });
    }
  }
  return { found, strays, wrong };
}

/**
 * Reads an archive of papers: every file of it is right, or none is taken. What is wrong is a value.
 * @param staged grows by every file that was unpacked: the caller throws away what is not kept
 */
export async function readArchive(
  path: string,
  store: FileStore,
  staged: StagedFile[],
  place: (name: string) => ReturnType<typeof sortNamed>,
): Promise<ReadArchive> {
  let zip: ZipFile | undefined;
  try {
    zip = await openArchive(path).catch(atFault);
    const { found, strays, wrong } = await readFiles(zip, store, staged, place);
    if (wrong.length > 0)
      return { ok: false, error: { key: "filing.many.archive.wrong", params: { count: wrong.length } }, wrong };
    if (found.length + strays.length === 0) throw new Unreadable("filing.many.archive.empty");
    return { ok: true, found, strays };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, error: error.error, wrong: [] };
    throw error;
  } finally {
    zip?.close();
  }
}
