import type { Request, Response } from "express";
import multer from "multer";
import { safeName } from "./file-types.ts";
import type { FileStore, StagedFile } from "./files.ts";
import type { FieldError, FieldErrors } from "./form.ts";
import { MAX_BODY } from "./limits.ts";
import { type JudgedFile, judgeFile, MAX_FILE_BYTES, MAX_FILE_MEGABYTES } from "./received.ts";
import { Refusal } from "./refusal.ts";

export const MAX_FILES = 20;
/** A whole form with its files; a larger one is not read. */
export const MAX_UPLOAD_BYTES = 220 * 1024 * 1024;

const MAX_FIELDS = 5000;
/** Empty file controls send a part each, too. */
const MAX_PARTS = MAX_FIELDS + 500;

export type ReceivedFile = JudgedFile & { field: string };

/**
 * A form that may carry files. When a file is refused, `errors` names its control, `body` has what was typed, and `files`
 * are those that were right: a draft may keep them, so that they need not be sent again.
 */
export type Upload =
  | { ok: true; body: Record<string, unknown>; files: ReceivedFile[] }
  | { ok: false; body: Record<string, unknown>; files: ReceivedFile[]; errors: FieldErrors };

type Taken = { staged: StagedFile } | { staged: null; why: "tooLarge" | "tooMany" };
type TakenFile = Express.Multer.File & Taken;

/** Streams each file to the store's staging place; what is too large or too many is read past, so that the form is whole. */
const engineOf = (files: FileStore, maxBytes = MAX_FILE_BYTES): multer.StorageEngine => {
  let count = 0;
  return {
    _handleFile: (_req, file, done) => {
      const isOneTooMany = ++count > MAX_FILES;
      files.stage(file.stream, isOneTooMany ? -1 : maxBytes).then(
        (staged) =>
          done(null, (staged ? { staged } : { staged, why: isOneTooMany ? "tooMany" : "tooLarge" }) as object),
        (error: Error) => done(error),
      );
    },
    _removeFile: (_req, file, done) => {
      const { staged } = file as TakenFile;
      if (!staged) return done(null);
      files.discard(staged).then(() => done(null), done);
    },
  };
};

const refusalOf = (error: unknown): unknown => {
  if (error instanceof Refusal) return error;
  if (error instanceof multer.MulterError) {
    if (error.code === "LIMIT_FIELD_VALUE") return new Refusal("platform.refused.bodyTooLarge", 413);
    if (error.code === "LIMIT_FILE_COUNT") return new Refusal("platform.refused.tooManyFiles", 413);
    return new Refusal("platform.refused.badRequest", 400);
  }
  const message = error instanceof Error ? error.message : "";
  if (/boundary|Malformed part header|Malformed content type|Unsupported content type/i.test(message))
    return new Refusal("platform.refused.badRequest", 400);
  if (
    /Unexpected end of|Request (aborted|closed|error)|premature close/i.test(message) ||
    (error as NodeJS.ErrnoException).code === "ECONNRESET"
  )
    return new Refusal("platform.refused.uploadBroken", 400);
  return error;
};

/** Ends the reading when texts or the whole grow beyond their limits: the parser alone bounds only each part. */
const feedWithinLimits = (req: Request, parser: NodeJS.WritableStream & { destroy(error: Error): void }): void => {
  let texts = 0;
  let bytes = 0;
  const stop = (): void => {
    req.unpipe(parser);
    parser.destroy(new Refusal("platform.refused.bodyTooLarge", 413));
  };
  parser.on("field", (name: string | undefined, value: string) => {
    texts += (name?.length ?? 0) + value.length;
    if (texts > MAX_BODY) stop();
  });
  req.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_UPLOAD_BYTES) stop();
  });
  req.pipe(parser);
};

/** Reads every file past. */
const noFiles: multer.StorageEngine = {
  _handleFile: (_req, file, done) => {
    file.stream.on("end", () => done(null, {}));
    file.stream.on("error", (error: Error) => done(error));
    file.stream.resume();
  },
  _removeFile: (_req, _file, done) => done(null),
};

const parse = (req: Request, res: Response, storage: multer.StorageEngine): Promise<void> =>
  new Promise((resolve, reject) => {
    const options = {
      storage,
      defParamCharset: "utf8",
      limits: {
        fields: MAX_FIELDS,
        parts: MAX_PARTS,
        fieldNameSize: 300,
        fieldSize: MAX_BODY,
        headerPairs: 30,
        // Names are flat, as in forms without files: `birth.day`, never `birth[day]`.
        fieldNestingDepth: 0,
      },
      streamHandler: feedWithinLimits,
    };
    multer(options as multer.Options).any()(req, res, (error: unknown) =>
      error ? reject(refusalOf(error)) : resolve(),
    );
  });

const holdsNul = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(holdsNul) : typeof value === "string" && value.includes("\0");

/** The same rules as for forms without files: flat names, texts or lists of texts, no NUL. */
function plainBody(body: unknown): Record<string, unknown> {
  const entries = Object.entries((body as Record<string, unknown> | undefined) ?? {});
  if (entries.some(([name, value]) => holdsNul(name) || holdsNul(value)))
    throw new Refusal("platform.refused.badRequest", 400);
  return Object.fromEntries(entries);
}

const unreadError = (file: TakenFile & { staged: null }): FieldError =>
  file.why === "tooMany"
    ? { key: "platform.upload.tooMany", params: { max: MAX_FILES } }
    : {
        key: "platform.upload.tooLarge",
        params: { name: safeName(file.originalname, ""), megabytes: MAX_FILE_MEGABYTES },
      };

/**
 * Reads a form with files (or without). Files stream to disk and are hashed on the way; each is judged by its content.
 * A file that the route has not kept when the answer is finished is removed.
 * @param fields names of the file controls of this form; a file under another name is a forged request
 * @throws Refusal 400 for a truncated or forged form, 413 when it is too large to be read at all
 */
export async function receiveUpload(
  req: Request,
  res: Response,
  { fields }: { fields: readonly string[] | ((name: string) => boolean) },
): Promise<Upload> {
  if (!req.is("multipart/form-data")) return { ok: true, body: plainBody(req.body), files: [] };
  if (Number(req.headers["content-length"] ?? 0) > MAX_UPLOAD_BYTES) {
    req.resume();
    throw new Refusal("platform.refused.bodyTooLarge", 413);
  }
  const store = req.ctx.files;
  await parse(req, res, engineOf(store));
  const taken = (req.files ?? []) as unknown as TakenFile[];
  const staged = taken.flatMap((file) => file.staged ?? []);
  res.once("finish", () => {
    for (const one of staged) store.discard(one).catch(() => {});
  });
  const body = plainBody(req.body);
  const isTakenField = typeof fields === "function" ? fields : (name: string) => fields.includes(name);
  if (taken.some(({ fieldname }) => !isTakenField(fieldname))) throw new Refusal("platform.refused.badRequest", 400);
  const files: ReceivedFile[] = [];
  const errors: Record<string, FieldError> = {};
  for (const file of taken) {
    const judged = file.staged
      ? await judgeFile(store, file.staged, file.originalname)
      : { ok: false as const, error: unreadError(file) };
    if (judged.ok) {
      files.push({ ...judged.file, field: file.fieldname });
      staged.push(judged.file.staged);
    } else errors[file.fieldname] ??= judged.error;
  }
  return Object.keys(errors).length === 0 ? { ok: true, body, files } : { ok: false, body, files, errors };
}

/**
 * Reads a form with one file that is nobody's paper: it is not judged here, and gone when the answer is finished.
 * @returns `file` null: none was chosen; "tooLarge": more than `maxBytes`, read past
 * @throws Refusal as `receiveUpload` does
 */
export async function receiveOne(
  req: Request,
  res: Response,
  { field, maxBytes }: { field: string; maxBytes: number },
): Promise<{ body: Record<string, unknown>; file: { name: string; staged: StagedFile } | "tooLarge" | null }> {
  if (!req.is("multipart/form-data")) return { body: plainBody(req.body), file: null };
  const store = req.ctx.files;
  await parse(req, res, engineOf(store, maxBytes));
  const taken = (req.files ?? []) as unknown as TakenFile[];
  res.once("finish", () => {
    for (const { staged } of taken) if (staged) store.discard(staged).catch(() => {});
  });
  if (taken.some(({ fieldname }) => fieldname !== field)) throw new Refusal("platform.refused.badRequest", 400);
  const body = plainBody(req.body);
  const [one] = taken;
  if (!one) return { body, file: null };
  return { body, file: one.staged ? { name: safeName(one.originalname, ""), staged: one.staged } : "tooLarge" };
}

/**
 * The texts alone of a form that may carry files; nothing is kept of these. For a form that comes from nobody known any more.
 * @throws Refusal as `receiveUpload` does
 */
export async function readTexts(req: Request, res: Response): Promise<Record<string, unknown>> {
  if (!req.is("multipart/form-data")) return plainBody(req.body);
  await parse(req, res, noFiles);
  return plainBody(req.body);
}
