import { randomBytes } from "node:crypto";
import type { Client } from "../support/client.ts";

export type Answer = { status: number; headers: Headers; text: string };

/** One request of the tus protocol, as a script sends it. */
export async function tus(
  who: Client,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: Uint8Array,
): Promise<Answer> {
  Object.assign(who.headers, { "tus-resumable": "1.0.0", ...headers });
  try {
    const answer = await who.once(method, path, body as never);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  } finally {
    for (const name of ["tus-resumable", ...Object.keys(headers)]) delete who.headers[name];
  }
}

const b64 = (text: string) => Buffer.from(text).toString("base64");

/** Says at an address that a file of so many bytes will come for a control. */
export const announce = (
  who: Client,
  address: string,
  size: number,
  { name = "giấy tờ.pdf", control = "tep.birthProof" } = {},
): Promise<Answer> =>
  tus(who, "POST", address, {
    "upload-length": String(size),
    "upload-metadata": `filename ${b64(name)},control ${b64(control)},date ${b64("1700000000000")}`,
  });

export const piece = (who: Client, path: string, from: number, bytes: Uint8Array): Promise<Answer> =>
  tus(who, "PATCH", path, { "upload-offset": String(from), "content-type": "application/offset+octet-stream" }, bytes);

export const addressOf = (answer: Answer): string => answer.headers.get("location") ?? "";

/** Its random bytes stand in a stream: outside of one, chance would sooner or later spell a command that is refused. */
export const pdfOf = (bytes: number): Buffer =>
  Buffer.concat([
    Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Length ${bytes} >>\nstream\n`),
    randomBytes(bytes),
    Buffer.from("\nendstream\nendobj\n%%EOF\n"),
  ]);
