import type { Request, Response } from "express";
import { smallFileReader } from "#platform/small-files.ts";

const read = smallFileReader(2 * 1024 * 1024);

/** The text of a file sent with a form. `tooLarge`, or null when no file was chosen. @throws Refusal 400 for a broken form */
export async function readText(req: Request, res: Response): Promise<{ text: string } | "tooLarge" | null> {
  const file = await read(req, res);
  return file === null || file === "tooLarge" ? file : { text: Buffer.from(file.bytes).toString("utf8") };
}
