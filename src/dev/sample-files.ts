import { Readable } from "node:stream";
import type { FileStore, StagedFile } from "#platform/files.ts";

/** A small, valid one-page PDF that says what it stands for; built-in font, so that it needs no files. */
export function samplePdf(title: string): Buffer {
  const plain = title
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .replace(/[()\\]/g, " ");
  const content = `BT /F1 14 Tf 60 760 Td (${plain}) Tj 0 -24 Td (Ban dung thu - khong co gia tri phap ly) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
  ];
  let pdf = "%PDF-1.4\n";
  const offsets: number[] = [];
  for (const [i, body] of objects.entries()) {
    offsets.push(pdf.length);
    pdf += `${i + 1} 0 obj\n${body}\nendobj\n`;
  }
  const start = pdf.length;
  const rows = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(pdf, "latin1");
}

/** The same PDF staged as an upload would be. */
export async function stagedPdf(
  files: FileStore,
  title: string,
  day: string,
): Promise<{ staged: StagedFile; name: string; mediaType: string }> {
  const staged = await files.stage(Readable.from([samplePdf(`${title} (${day})`)]), 1_000_000);
  if (!staged) throw new Error("a sample is larger than it may be");
  return { staged, name: `${title.slice(0, 80)}.pdf`, mediaType: "application/pdf" };
}

/** Eight white pixels, as small as a JPEG gets. */
const WHITE =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAB//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8ATn//2Q==";

/** A small, valid JPEG; the remark inside makes each one different. `bytes`: how large it is to be, at least. */
export function sampleJpeg(remark: string, bytes = 0): Buffer {
  const image = Buffer.from(WHITE, "base64");
  const segment = (text: Buffer) => {
    const head = Buffer.from([0xff, 0xfe, 0, 0]);
    head.writeUInt16BE(text.length + 2, 2);
    return Buffer.concat([head, text]);
  };
  const segments = [segment(Buffer.from(remark))];
  for (let size = image.length; size < bytes; size += 60_000)
    segments.push(segment(Buffer.alloc(60_000, remark || " ")));
  return Buffer.concat([image.subarray(0, 2), ...segments, image.subarray(2)]);
}
