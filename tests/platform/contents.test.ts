import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { strToU8, type Zippable, zipSync } from "fflate";
import PDFDocument from "pdfkit";
import { afterAll, describe, expect, test } from "vitest";
import { judgeContents } from "#platform/contents.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { judgeFile } from "#platform/received.ts";

const folder = mkdtempSync(join(tmpdir(), "contents-"));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
let count = 0;
const place = (bytes: Uint8Array | string): string => {
  const path = join(folder, `${count++}`);
  writeFileSync(path, bytes, "latin1");
  return path;
};
const pdf = (bytes: Uint8Array | string) => judgeContents(place(bytes), "application/pdf");
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const docx = (bytes: Uint8Array) => judgeContents(place(bytes), DOCX);

const objects = (body: string): string => `%PDF-1.7\n1 0 obj\n${body}\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n`;
const packed = (
  inside: string,
  extra = "",
  pack: (text: Buffer) => Uint8Array = (text) => deflateSync(text),
): Buffer => {
  const bytes = pack(Buffer.from(inside));
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode${extra}/Length ${bytes.length}>>\nstream\r\n`,
    ),
    bytes,
    Buffer.from("\r\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"),
  ]);
};
const printed = (): Promise<Buffer> =>
  new Promise((resolve) => {
    const document = new PDFDocument({ compress: true });
    const parts: Buffer[] = [];
    document.on("data", (part: Buffer) => parts.push(part));
    document.on("end", () => resolve(Buffer.concat(parts)));
    document.text("Giấy chứng sinh /JS /Launch là chữ trong trang", 72, 72).addPage();
    document.end();
  });

const office = (more: Zippable = {}): Uint8Array =>
  zipSync({
    "[Content_Types].xml": strToU8("<Types/>"),
    "word/document.xml": strToU8("<w:document/>"),
    "word/_rels/document.xml.rels": strToU8(
      `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://dichvucong.gov.vn" TargetMode="External"/></Relationships>`,
    ),
    "word/media/image1.png": new Uint8Array(2000),
    ...more,
  });
const linked = (kind: string) => ({
  "word/_rels/settings.xml.rels": strToU8(
    `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>`,
  ),
});

describe("a PDF", () => {
  test("as programs print it is taken in, whatever its pages speak of", async () => {
    expect(await pdf(await printed())).toBeNull();
    expect(await pdf(packed("1 0 <</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>"))).toBeNull();
    expect(await pdf(objects("<</Length 20>>\nstream\nx /JS y /EF z\nendstream"))).toBeNull();
  });
  test.each([
    ["a script", objects("<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>")],
    ["a script whose name is spelt out", objects("<</OpenAction<</S/J#61vaScript/J#53(x)>>>>")],
    ["a script called by its short name alone", objects("<</A<</JS(x)>>>>")],
    ["an attached file", objects("<</Names<</EmbeddedFiles<</Names[]>>>>>>")],
    ["an attached file without a type", objects("<</Type/Filespec/F(a.exe)/EF<</F 3 0 R>>>>")],
    ["an order to start a program", objects("<</OpenAction<</S/Launch/F(cmd.exe)>>>>")],
    ["a form that runs programs", objects("<</AcroForm<</XFA 3 0 R>>>>")],
    ["a script among packed objects", packed("1 0 <</S/JavaScript/JS(x)>>")],
    ["a script between what looks like streams", objects("%stream\n<</S/JavaScript>>\n%endstream")],
  ])("with %s is not taken in", async (_what, bytes) => {
    expect(await pdf(bytes)).toBe("active");
  });
  test.each([
    ["locked", objects("<</Encrypt 5 0 R>>"), "locked"],
    ["packed to hide its size", packed(" ".repeat(70_000_000)), "bomb"],
    ["packed in a way that nobody can look into", packed("1 0 <<>>", "/DecodeParms<</Predictor 12>>"), "broken"],
    ["packed wrongly", packed("1 0 <<>>", "", (text) => text), "broken"],
    ["an archive as well", `${objects("<<>>")}PK\x05\x06${"\0".repeat(18)}`, "mixed"],
    ["a web page as well", `%PDF-1.7\n<html><script>alert(1)</script>\n${objects("<<>>")}`, "mixed"],
  ])("that is %s is not taken in", async (_what, bytes, danger) => {
    expect(await pdf(bytes)).toBe(danger);
  });
});

describe("an Office document", () => {
  test("with pictures and links is taken in", async () => {
    expect(await docx(office())).toBeNull();
  });
  test.each([
    ["a macro", office({ "word/vbaProject.bin": new Uint8Array(10) }), "active"],
    ["a control", office({ "word/activeX/activeX1.bin": new Uint8Array(10) }), "active"],
    ["a packed program", office({ "word/embeddings/oleObject1.bin": new Uint8Array(10) }), "active"],
    ["a program beside its pictures", office({ "word/media/a.exe": new Uint8Array(10) }), "active"],
    ["a template from elsewhere", office(linked("attachedTemplate")), "active"],
    ["an object from elsewhere", office(linked("oleObject")), "active"],
    ["fifty megabytes of nothing", office({ "word/media/image2.png": new Uint8Array(50_000_000) }), "bomb"],
    ["something behind its end", Buffer.concat([office(), Buffer.from("MZ and more")]), "mixed"],
    ["a PDF in its first bytes", zipSync({ a: [strToU8("%PDF-1.7"), { level: 0 }] }), "mixed"],
  ] as [string, Uint8Array, string][])("with %s", async (_what, bytes, danger) => {
    expect(await docx(bytes)).toBe(danger);
  });
  test("that lies about the size of what it holds is not taken in", async () => {
    const bytes = Buffer.from(office({ "word/media/image2.png": new Uint8Array(30_000) }));
    const name = bytes.lastIndexOf("word/media/image2.png");
    bytes.writeUInt32LE(10, name - 46 + 24);
    expect(await docx(bytes)).toBe("broken");
  });
});

test("what is wrong with a file is told by its name, and what to do", async () => {
  const store = createDiskStore(join(folder, "store"));
  const staged = await store.stage((await import("node:stream")).Readable.from([objects("<</S/JavaScript>>")]), 10_000);
  if (!staged) throw new Error("not staged");
  expect(await judgeFile(store, staged, "Đơn.pdf")).toEqual({
    ok: false,
    error: { key: "platform.upload.active", params: { name: "Đơn.pdf" } },
  });
});
