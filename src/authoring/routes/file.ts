import type { Request, Response } from "express";
import multer from "multer";
import { Refusal } from "#platform/refusal.ts";

const MOST_BYTES = 2 * 1024 * 1024;
const read = multer({
  storage: multer.memoryStorage(),
  limits: { files: 1, fields: 5, fieldSize: 1000, parts: 6, fileSize: MOST_BYTES },
}).single("file");

/**
 * The text of a file sent with a form; it is kept nowhere. `tooLarge`, or null when no file was chosen.
 * @throws Refusal 400 for a broken or forged form
 */
export async function readText(req: Request, res: Response): Promise<{ text: string } | "tooLarge" | null> {
  if (!req.is("multipart/form-data")) return null;
  try {
    await new Promise<void>((resolve, reject) =>
      read(req, res, (error: unknown) => (error ? reject(error) : resolve())),
    );
  } catch (error) {
    if (error instanceof multer.MulterError && error.code === "LIMIT_FILE_SIZE") return "tooLarge";
    throw new Refusal("platform.refused.badRequest", 400);
  }
  return req.file && req.file.size > 0 ? { text: req.file.buffer.toString("utf8") } : null;
}
