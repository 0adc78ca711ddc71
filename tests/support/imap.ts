import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
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

/**
 * The same server behind TLS, with a certificate for `localhost` that nobody but itself answers for.
 * @returns its address, and the certificate's file
 */
export async function behindTls(url: string): Promise<{ url: string; certificate: string }> {
  const folder = mkdtempSync(join(tmpdir(), "imap-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const who = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync("openssl", ["req", ...kind, "-keyout", key, "-out", certificate, ...who], { stdio: "ignore" });
  const open = new Set<Socket>();
  const front = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (outer) => {
    const inner = connect(Number(new URL(url).port), "127.0.0.1");
    for (const socket of [outer, inner]) open.add(socket.on("error", () => socket.destroy()));
    outer.pipe(inner).pipe(outer);
  });
  // Whoever does not trust it hangs up half way.
  front.on("tlsClientError", () => {});
  await new Promise<void>((done) => front.listen(0, "127.0.0.1", done));
  atEnd(() => {
    for (const socket of open) socket.destroy();
    rmSync(folder, { recursive: true });
    return new Promise<void>((done) => front.close(() => done()));
  });
  const { port } = front.address() as AddressInfo;
  const secure = new URL(url.replace(/^imap:/, "imaps:"));
  secure.hostname = "localhost";
  secure.port = String(port);
  return { url: secure.href, certificate };
}
