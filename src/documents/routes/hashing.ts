import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import multer from "multer";
import { Refusal } from "#platform/refusal.ts";

const MOST_BYTES = 20 * 1024 * 1024;

export type HashedFile = { name: string; sha256: string; isTooLarge: boolean };
type Taken = Express.Multer.File & { sha256: string; bytes: number };

/** Reads a file past, keeping nothing of it but its hash: what somebody has checked is nobody else's. */
const hashing: multer.StorageEngine = {
  _handleFile: (_req, file, done) => {
    const hash = createHash("sha256");
    let bytes = 0;
    file.stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      hash.update(chunk);
    });
    file.stream.once("error", (error: Error) => done(error));
    file.stream.once("end", () => done(null, { sha256: hash.digest("hex"), bytes } as object));
  },
  _removeFile: (_req, _file, done) => done(null),
};

/** One more byte than is allowed is read, so that a file that is too large is told by its control. */
const read = multer({
  storage: hashing,
  defParamCharset: "utf8",
  limits: { files: 1, fields: 5, fieldSize: 1000, parts: 6, fileSize: MOST_BYTES + 1 },
}).single("file");

/**
 * The hash of a file sent with a form; nothing is stored. Null: no file was chosen.
 * @throws Refusal 400 for a broken or forged form
 */
export async function hashUpload(req: Request, res: Response): Promise<HashedFile | null> {
  if (!req.is("multipart/form-data")) return null;
  try {
    await new Promise<void>((resolve, reject) =>
      read(req, res, (error: unknown) => (error ? reject(error) : resolve())),
    );
  } catch (error) {
    if (error instanceof multer.MulterError && error.code === "LIMIT_FILE_SIZE")
      return { name: "", sha256: "", isTooLarge: true };
    throw new Refusal("platform.refused.badRequest", 400);
  }
  const file = req.file as Taken | undefined;
  if (!file || file.bytes === 0) return null;
  return { name: file.originalname.slice(0, 120), sha256: file.sha256, isTooLarge: file.bytes > MOST_BYTES };
}
