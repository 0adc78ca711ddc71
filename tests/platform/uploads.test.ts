import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import express from "express";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "#platform/context.ts";
import { sendFile } from "#platform/downloads.ts";
import { safeName } from "#platform/file-types.ts";
import type { FileStore } from "#platform/files.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { readForms } from "#platform/limits.ts";
import { MAX_FILE_BYTES } from "#platform/received.ts";
import { Refusal } from "#platform/refusal.ts";
import { MAX_FILES, receiveUpload, type Upload } from "#platform/uploads.ts";

const folder = mkdtempSync(join(tmpdir(), "uploads-"));
const store: FileStore = createDiskStore(folder);
const filesLeft = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => one.name);
const settled = (ms = 150): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let last: Upload | undefined;
let refused: unknown;
let server: Server;
let base: string;

beforeAll(async () => {
  const app = express();
  app.use((req, _res, next) => {
    req.ctx = { files: store } as Context;
    next();
  });
  app.use(...readForms);
  app.post("/gui", async (req, res) => {
    const upload = await receiveUpload(req, res, { fields: ["giayTo", "anh"] });
    last = upload;
    if (upload.ok && upload.body["giu"]) for (const { staged } of upload.files) await store.keep(staged);
    res.status(upload.ok ? 200 : 422).json(upload);
  });
  app.get("/tep", async (_req, res) => {
    const bytes = Buffer.alloc(3_000_000, 7);
    await sendFile(res, Readable.from([bytes]), {
      name: "Đơn đề nghị “của” tôi; 100%.pdf",
      mediaType: "application/pdf",
      size: bytes.length,
    });
  });
  app.get("/xem/:type", async (req, res) => {
    await sendFile(res, Readable.from([Buffer.from("x")]), {
      name: "a",
      mediaType: `${req.params.type}`.replace("-", "/"),
      size: 1,
      disposition: "inline",
    });
  });
  app.use(((error, _req, res, _next) => {
    refused = error;
    res.status(error instanceof Refusal ? error.status : 500).send(String(error));
  }) as express.ErrorRequestHandler);
  await new Promise<void>((resolve) => {
    server = app.listen(0, "127.0.0.1", () => resolve());
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  last = undefined;
  refused = undefined;
});

const PDF = Buffer.from("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const EXE = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(600)]);
const ZIP = Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64");

/** An Office file as far as anybody looks: an archive with a list of what it holds. */
function officeFile(contentType: string): Buffer {
  const name = Buffer.from("[Content_Types].xml");
  const xml = Buffer.from(
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${contentType}"/></Types>`,
  );
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt32LE(crc32(xml), 10);
  head.writeUInt32LE(xml.length, 14);
  head.writeUInt32LE(xml.length, 18);
  head.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), head, name, xml]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), head, Buffer.alloc(14), name]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from("PK\x05\x06"), end]);
}

type Part = { field: string; name?: string; content: Buffer | string; type?: string };
const formOf = (parts: Part[]): FormData => {
  const form = new FormData();
  for (const { field, name, content, type } of parts)
    if (name === undefined) form.append(field, String(content));
    else form.append(field, new Blob([content as string], { type: type ?? "application/octet-stream" }), name);
  return form;
};
const send = (parts: Part[]): Promise<Response> => fetch(`${base}/gui`, { method: "POST", body: formOf(parts) });

/** A request as it goes over the wire, for what no browser would send. */
const BOUNDARY = "x1y2z3";
const rawPart = (disposition: string, content: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
function sendRaw(body: string, length = Buffer.byteLength(body), hangUp = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(base).port), "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk));
    socket.on("close", () => resolve(answer));
    socket.on("error", () => {});
    socket.write(
      `POST /gui HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: ${length}\r\n\r\n${body}`,
      () => {
        if (hangUp) setTimeout(() => socket.destroy(), 50);
      },
    );
  });
}

describe("receiving files", () => {
  test("a good form gives its texts and its files, hashed, typed by content, with their Vietnamese names", async () => {
    const answer = await send([
      { field: "hoTen", content: "Nguyễn Thị Ánh" },
      { field: "chon", content: "a" },
      { field: "chon", content: "b" },
      { field: "ngay.day", content: "02" },
      { field: "giayTo", name: "Tờ khai đăng ký khai sinh.pdf".normalize("NFD"), content: PDF, type: "text/html" },
      { field: "anh", name: "ảnh chân dung.png", content: PNG },
    ]);
    expect(answer.status).toBe(200);
    expect(last).toMatchObject({
      ok: true,
      body: { hoTen: "Nguyễn Thị Ánh", chon: ["a", "b"], "ngay.day": "02" },
      files: [
        {
          field: "giayTo",
          name: "Tờ khai đăng ký khai sinh.pdf",
          mediaType: "application/pdf",
          staged: { size: PDF.length, sha256: createHash("sha256").update(PDF).digest("hex") },
        },
        { field: "anh", name: "ảnh chân dung.png", mediaType: "image/png" },
      ],
    });
    expect(Object.getPrototypeOf(last?.body)).toBe(Object.prototype);
  });

  test("what the route did not keep is gone when the answer is finished", async () => {
    await send([{ field: "giayTo", name: "a.pdf", content: PDF }]);
    await settled();
    expect(filesLeft()).toEqual([]);
    await send([
      { field: "giu", content: "1" },
      { field: "giayTo", name: "a.pdf", content: PDF },
    ]);
    await settled();
    expect(filesLeft()).toHaveLength(1);
    await rm(folder, { recursive: true, force: true });
  });

  test("a form without files, and one with empty file controls, is read as it is", async () => {
    await fetch(`${base}/gui`, { method: "POST", body: new URLSearchParams({ hoTen: "An" }) });
    expect(last).toEqual({ ok: true, body: { hoTen: "An" }, files: [] });
    await send([
      { field: "hoTen", content: "An" },
      { field: "giayTo", name: "", content: "" },
    ]);
    expect(last).toEqual({ ok: true, body: { hoTen: "An" }, files: [] });
  });

  test.each([
    ["an exe named .pdf", EXE, "hóa đơn.pdf", "platform.upload.wrongType"],
    ["a web page named .png", Buffer.from("<html><script>alert(1)</script>"), "a.png", "platform.upload.wrongType"],
    ["an archive named .docx", ZIP, "đơn.docx", "platform.upload.wrongType"],
    ["a file of 0 bytes", Buffer.alloc(0), "trống.pdf", "platform.upload.empty"],
    [
      "a file one byte over the limit",
      Buffer.concat([PDF, Buffer.alloc(MAX_FILE_BYTES - PDF.length + 1)]),
      "to.pdf",
      "platform.upload.tooLarge",
    ],
  ])("%s is said at its control; texts and the other files are kept", async (_what, content, name, key) => {
    const answer = await send([
      { field: "giayTo", name, content },
      { field: "anh", name: "ảnh.png", content: PNG },
      { field: "hoTen", content: "Lê Văn Út" },
    ]);
    expect(answer.status).toBe(422);
    expect(last).toMatchObject({
      ok: false,
      body: { hoTen: "Lê Văn Út" },
      files: [{ field: "anh" }],
      errors: { giayTo: { key, params: { name } } },
    });
    expect(Object.keys((last as { errors: object }).errors)).toEqual(["giayTo"]);
    await settled();
    expect(filesLeft()).toEqual([]);
  });

  const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  test.each([
    ["a Word file", officeFile(`${WORD}.main+xml`), 200, { ok: true, files: [{ name: "đơn.docx", mediaType: WORD }] }],
    [
      "a Word file with macros",
      officeFile("application/vnd.ms-word.document.macroEnabled.main+xml"),
      422,
      { ok: false, errors: { giayTo: { key: "platform.upload.wrongType" } } },
    ],
  ])("%s is told by what it holds", async (_what, content, status, expected) => {
    expect((await send([{ field: "giayTo", name: "đơn.docx", content }])).status).toBe(status);
    expect(last).toMatchObject(expected);
  });

  test("a file of exactly 20 MB is taken", async () => {
    expect(
      (
        await send([
          {
            field: "giayTo",
            name: "to.pdf",
            content: Buffer.concat([PDF, Buffer.alloc(MAX_FILE_BYTES - 2 * PDF.length), PDF]),
          },
        ])
      ).status,
    ).toBe(200);
  });

  test("one file too many is said at its control", async () => {
    const parts = Array.from(
      { length: MAX_FILES + 1 },
      (_, i): Part => ({ field: "giayTo", name: `${i}.pdf`, content: PDF }),
    );
    expect((await send(parts.slice(1))).status).toBe(200);
    expect((await send(parts)).status).toBe(422);
    expect(last).toMatchObject({ errors: { giayTo: { key: "platform.upload.tooMany", params: { max: MAX_FILES } } } });
  });

  test("a form cut off before its end is refused clearly and leaves nothing", async () => {
    const body =
      rawPart('name="hoTen"', "An") +
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="giayTo"; filename="a.pdf"\r\n\r\n%PDF-1.7 half`;
    expect(await sendRaw(body)).toMatch(/^HTTP\/1\.1 400 /);
    expect(refused).toMatchObject({ reason: "platform.refused.uploadBroken", status: 400 });
    await settled();
    expect(filesLeft()).toEqual([]);
  });

  test("a sender who hangs up half-way leaves nothing and harms nobody", async () => {
    const body = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="giayTo"; filename="a.pdf"\r\n\r\n%PDF-1.7 half`;
    await sendRaw(body, body.length + 1_000_000, true);
    await settled(300);
    expect(refused).toMatchObject({ reason: "platform.refused.uploadBroken" });
    expect(filesLeft()).toEqual([]);
    expect((await send([{ field: "giayTo", name: "a.pdf", content: PDF }])).status).toBe(200);
  });

  test.each([
    ["NUL in a value", rawPart('name="hoTen"', "A\0n")],
    ["a nested name", rawPart('name="a[b][c]"', "x")],
    ["a name that is no name", rawPart('x="y"', "x")],
    ["a file under a name that the form does not have", rawPart('name="khac"; filename="a.pdf"', "%PDF-1.7")],
    ["a file called __proto__", rawPart('name="__proto__"; filename="a.pdf"', "%PDF-1.7")],
    ["an endless name", rawPart(`name="${"n".repeat(5000)}"`, "x")],
  ])("%s is refused as a forged request", async (_what, part) => {
    expect(await sendRaw(`${part}--${BOUNDARY}--\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    await settled(50);
    expect(filesLeft()).toEqual([]);
  });

  test("a field called __proto__ changes nothing but itself", async () => {
    await sendRaw(`${rawPart('name="__proto__"', "x")}--${BOUNDARY}--\r\n`);
    expect(Object.getPrototypeOf(last?.body)).toBe(Object.prototype);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  test("10 MB of text is refused, whether in one field or in many, and a file beside it is gone", async () => {
    const file: Part = { field: "giayTo", name: "a.pdf", content: PDF };
    expect((await send([file, { field: "hoTen", content: "x".repeat(10_000_000) }])).status).toBe(413);
    expect(
      (
        await send([
          file,
          ...Array.from({ length: 40 }, (_, i): Part => ({ field: `f${i}`, content: "x".repeat(250_000) })),
        ])
      ).status,
    ).toBe(413);
    await settled();
    expect(filesLeft()).toEqual([]);
  });

  test("a multipart form without boundary is refused, not a fault of ours", async () => {
    const answer = await fetch(`${base}/gui`, {
      method: "POST",
      body: "x",
      headers: { "content-type": "multipart/form-data" },
    });
    expect(answer.status).toBe(400);
  });
});

describe("names of files", () => {
  test.each([
    ["../../etc/cron.d/x.pdf", "application/pdf", "x.pdf"],
    ["C:\\Users\\An\\Đơn.pdf", "application/pdf", "Đơn.pdf"],
    ["đơn\r\nSet-Cookie: a=b.pdf", "application/pdf", "đơnSet-Cookie_ a=b.pdf"],
    ["invoice\u202Efdp.exe", "application/pdf", "invoicefdp.exe.pdf"],
    ["ảnh.pdf", "image/jpeg", "ảnh.jpg"],
    ["ẢNH.JPEG", "image/jpeg", "ẢNH.jpeg"],
    [".pdf", "application/pdf", "pdf.pdf"],
    ["\0\0", "application/pdf", "tep.pdf"],
    ['a<b>"c|d?.png', "image/png", "a_b__c_d_.png"],
    ["Tờ  khai   A.v2", "application/pdf", "Tờ khai A.v2.pdf"],
    ["to.pdf", "", "to.pdf"],
  ])("%j of type %s is kept as %j", (given, mediaType, kept) => {
    expect(safeName(given, mediaType)).toBe(kept);
  });

  test("a long name is cut between letters to 150 bytes and keeps its extension", () => {
    const name = safeName(`${"Ưỡng".repeat(100)}.pdf`, "application/pdf");
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(150);
    expect(name).toMatch(/^(Ưỡng)+(Ư|Ưỡ|Ưỡn)?\.pdf$/);
  });
});

describe("sending files", () => {
  test("a file is saved under its Vietnamese name, privately, and never sniffed or run", async () => {
    const answer = await fetch(`${base}/tep`);
    expect((await answer.arrayBuffer()).byteLength).toBe(3_000_000);
    const disposition = answer.headers.get("content-disposition") ?? "";
    expect(disposition).toMatch(/^attachment; filename="Don de nghi _cua_ toi; 100_\.pdf"; filename\*=UTF-8''/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? "")).toBe("Đơn đề nghị “của” tôi; 100%.pdf");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
  });

  test.each([
    ["application-pdf", "inline"],
    ["image-png", "inline"],
    ["text-html", "attachment"],
    ["image-svg+xml", "attachment"],
  ])("%s asked for inline is %s", async (type, disposition) => {
    expect((await fetch(`${base}/xem/${type}`)).headers.get("content-disposition")).toMatch(
      new RegExp(`^${disposition};`),
    );
  });

  test("a reader who hangs up is no error", async () => {
    const stop = new AbortController();
    const answer = await fetch(`${base}/tep`, { signal: stop.signal });
    await answer.body?.getReader().read();
    stop.abort();
    await settled();
    expect(refused).toBeUndefined();
  });
});
