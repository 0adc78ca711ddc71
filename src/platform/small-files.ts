import type { Request, Response } from "express";
import multer from "multer";
import { Refusal } from "./refusal.ts";
import { cleanTyped } from "./typed.ts";

type SmallFile = { name: string; bytes: Uint8Array };

/**
 * One file of a form, named "file", that is read and kept nowhere; the form's other fields stand in `req.body`.
 * `tooLarge`, or null when no file was chosen.
 * @throws Refusal 400 for a broken or forged form
 */
export function smallFileReader(
  mostBytes: number,
): (req: Request, res: Response) => Promise<SmallFile | "tooLarge" | null> {
  const read = multer({
    storage: multer.memoryStorage(),
    defParamCharset: "utf8",
    limits: { files: 1, fields: 5, fieldSize: 1000, parts: 6, fileSize: mostBytes },
  }).single("file");
  return async (req, res) => {
    if (!req.is("multipart/form-data")) return null;
    try {
      await new Promise<void>((resolve, reject) =>
        read(req, res, (error: unknown) => (error ? reject(error) : resolve())),
      );
    } catch (error) {
      if (error instanceof multer.MulterError && error.code === "LIMIT_FILE_SIZE") return "tooLarge";
      throw new Refusal("platform.refused.badRequest", 400);
    }
    return req.file && req.file.size > 0
      ? { name: cleanTyped(req.file.originalname.split(/[\\/]/).at(-1) ?? ""), bytes: req.file.buffer }
      : null;
  };
}
