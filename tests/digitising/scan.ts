import { PDFDocument } from "pdf-lib";
import sharp from "sharp";

/** A scan: each page a picture of A4 at so many dots to the inch. */
export async function scan(pages: number, dpi = 200, grey = false): Promise<Buffer> {
  const document = await PDFDocument.create();
  const [width, height] = [Math.round(8.27 * dpi), Math.round(11.69 * dpi)];
  const blank = sharp({ create: { width, height, channels: 3, background: "#fed" } });
  const picture = await document.embedJpg(
    await (grey ? blank.grayscale().toColourspace("b-w") : blank).jpeg().toBuffer(),
  );
  for (let i = 0; i < pages; i++)
    document.addPage([595.28, 841.89]).drawImage(picture, { x: 0, y: 0, width: 595.28, height: 841.89 });
  return Buffer.from(await document.save());
}
