import { judgeContents } from "./contents.ts";
import { ACCEPTED_EXTENSIONS, detectType, isWhole, safeName } from "./file-types.ts";
import type { FileStore, StagedFile } from "./files.ts";
import type { FieldError } from "./form.ts";
import { isPhoto, settlePhoto } from "./photos.ts";

/** Said at each file control ("platform.upload.limit"). */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const MAX_FILE_MEGABYTES = MAX_FILE_BYTES / 1024 / 1024;
/** What a file control takes beside its label, hint and errors. */
export const fileControl = { accept: ACCEPTED_EXTENSIONS, maxBytes: MAX_FILE_BYTES } as const;

/** A file that was judged. `convertedFrom`: what a picture was before it was made a JPEG. */
export type JudgedFile = { name: string; mediaType: string; staged: StagedFile; convertedFrom: string | null };

/**
 * Judges a file by its content, whichever way it came, and makes of a picture what is kept of it.
 * @returns what is wrong with it, or the file; a converted picture is staged anew, beside the given one
 */
export async function judgeFile(
  store: FileStore,
  staged: StagedFile,
  givenName: string,
): Promise<{ ok: true; file: JudgedFile } | { ok: false; error: FieldError }> {
  const name = safeName(givenName, "");
  const wrong = (key: FieldError["key"]) => ({ ok: false as const, error: { key, params: { name } } });
  if (staged.size === 0) return wrong("platform.upload.empty");
  const mediaType = await detectType(staged.path);
  if (!mediaType) return wrong("platform.upload.wrongType");
  if (!(await isWhole(staged.path, staged.size, mediaType))) return wrong("platform.upload.broken");
  const danger = isPhoto(mediaType) ? null : await judgeContents(staged.path, mediaType);
  if (danger) return wrong(DANGERS[danger]);
  if (!isPhoto(mediaType))
    return { ok: true, file: { name: safeName(givenName, mediaType), mediaType, staged, convertedFrom: null } };
  const photo = await settlePhoto(store, staged, mediaType);
  if (!("problem" in photo)) return { ok: true, file: { name: safeName(givenName, photo.mediaType), ...photo } };
  return wrong(PHOTO_PROBLEMS[photo.problem]);
}

const DANGERS = {
  active: "platform.upload.active",
  locked: "platform.upload.locked",
  bomb: "platform.upload.bomb",
  mixed: "platform.upload.mixed",
  broken: "platform.upload.broken",
} as const;

const PHOTO_PROBLEMS = {
  unreadable: "platform.upload.broken",
  tooManyPixels: "platform.upload.tooManyPixels",
  busy: "platform.upload.busy",
} as const;
