import type { AddressInfo, Socket } from "node:net";
import hoodiecrow from "hoodiecrow-imap";
import { atEnd } from "./ending.ts";

/** A letter as it lies in a mailbox, with files beside it. */
export function letter(
  { from, to, subject = "Scan" }: { from: string; to: string; subject?: string },
  files: readonly { name: string; type: string; content: Uint8Array }[],
): string {
  const part = ({ name, type, content }: (typeof files)[number]): string[] => [
    "--part",
    `Content-Type: ${type}; name="${name}"`,
    "Content-Transfer-Encoding: base64",
    `Content-Disposition: attachment; filename="${name}"`,
    "",
    ...(Buffer.from(content)
      .toString("base64")
      .match(/.{1,76}/g) ?? []),
  ];
  const head = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, "MIME-Version: 1.0"];
  const body = [
    "--part",
    "Content-Type: text/plain",
    "",
    "Sent by the scanner.",
    ...files.flatMap(part),
    "--part--",
    "",
  ];
  return [...head, 'Content-Type: multipart/mixed; boundary="part"', "", ...body].join("\r\n");
}

/** A server that speaks IMAP with these letters in its inbox; `flags()` says how each is marked now. */
export async function startImap(letters: readonly string[]): Promise<{ url: string; flags: () => string[][] }> {
  const users = { "quet@langson.gov.vn": { password: "mat khau: 1" } };
  const inner = hoodiecrow({ users, storage: { INBOX: { messages: letters.map((raw) => ({ raw })) } } });
  const open = new Set<Socket>();
  inner.server.on("connection", (socket) => open.add(socket));
  await new Promise<void>((done) => inner.listen(0, "127.0.0.1", done));
  atEnd(() => {
    for (const socket of open) socket.destroy();
    return new Promise<void>((done) => inner.close(done));
  });
  const { port } = inner.server.address() as AddressInfo;
  const who = `${encodeURIComponent("quet@langson.gov.vn")}:${encodeURIComponent("mat khau: 1")}`;
  return {
    url: `imap://${who}@127.0.0.1:${port}`,
    flags: () => (inner.folderCache["INBOX"]?.messages ?? []).map(({ flags }) => [...(flags ?? [])].sort()),
  };
}
