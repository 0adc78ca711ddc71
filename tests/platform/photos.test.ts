import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { createDiskStore } from "#platform/files-disk.ts";
import { judgeFile } from "#platform/received.ts";

const folder = mkdtempSync(join(tmpdir(), "photos-"));
const store = createDiskStore(folder);
afterAll(() => rm(folder, { recursive: true, force: true }));

const HEIC = readFileSync(join(import.meta.dirname, "../filing/samples/anh-dien-thoai.heic"));

async function judge(bytes: Uint8Array, name: string) {
  const staged = await store.stage(Readable.from([bytes]), 50_000_000);
  if (!staged) throw new Error("the sample is too large");
  const judged = await judgeFile(store, staged, name);
  return { staged, judged };
}
async function kept(bytes: Uint8Array, name: string) {
  const { staged, judged } = await judge(bytes, name);
  if (!judged.ok) throw new Error(judged.error.key);
  const content = readFileSync(judged.file.staged.path);
  return { ...judged.file, given: staged, content, picture: await sharp(content).metadata() };
}

/** Left half red, right half blue; wider than high. */
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#00f" } }).composite([
    { input: { create: { width: width >> 1, height, channels: 3, background: "#f00" } }, left: 0, top: 0 },
  ]);
const upright = () =>
  picture(600, 400)
    .withExif({ IFD0: { Make: "May anh" }, IFD3: { GPSLatitude: "21/1 51/1 0/1", GPSLatitudeRef: "N" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** A PNG whose header promises more pixels than there is room for, in a few hundred bytes. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc((side >> 3) * 200))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The same HEIC, with other measures in its header ("ispe"). */
function swollen(side: number): Buffer {
  const bytes = Buffer.from(HEIC);
  for (let at = bytes.indexOf("ispe"); at > 0; at = bytes.indexOf("ispe", at + 4)) {
    bytes.writeUInt32BE(side, at + 8);
    bytes.writeUInt32BE(side, at + 12);
  }
  return bytes;
}

describe("what is kept of a picture", () => {
  test("a HEIC of a phone becomes a JPEG that every desk can open, and says what it was", async () => {
    const file = await kept(HEIC, "IMG_0007.HEIC");
    expect(file).toMatchObject({ name: "IMG_0007.jpg", mediaType: "image/jpeg", convertedFrom: "image/heic" });
    expect(file.picture).toMatchObject({ format: "jpeg", width: 320, height: 240 });
  });

  test("a large one is made smaller, as JPEG", async () => {
    const file = await kept(await picture(4000, 3000).png().toBuffer(), "trang 1.png");
    expect(file).toMatchObject({ name: "trang 1.jpg", mediaType: "image/jpeg", convertedFrom: "image/png" });
    expect(file.picture).toMatchObject({ width: 2500, height: 1875 });
  });

  test("one held sideways stands upright, and says no longer where and with what it was taken", async () => {
    const before = await upright();
    expect((await sharp(before).metadata()).exif).toBeDefined();
    const { picture: after, content, convertedFrom } = await kept(before, "a.jpg");
    expect([after.width, after.height, after.exif, after.orientation, convertedFrom]).toEqual([
      400,
      600,
      undefined,
      undefined,
      "image/jpeg",
    ]);
    const top = await sharp(content).extract({ left: 200, top: 10, width: 1, height: 1 }).raw().toBuffer();
    expect([...top].map((value) => value > 128)).toEqual([true, false, false]);
  });

  test("WebP becomes JPEG; what is transparent becomes white", async () => {
    const empty = sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    const file = await kept(await empty.webp().toBuffer(), "chữ ký.webp");
    expect([file.name, file.convertedFrom]).toEqual(["chữ ký.jpg", "image/webp"]);
    const { channels } = await sharp(file.content).stats();
    expect(channels.map(({ mean }) => mean)).toEqual([255, 255, 255]);
  });

  test.each(["jpeg", "png"] as const)(
    "a small %s that is nothing but a picture stays byte for byte",
    async (format) => {
      const bytes = await picture(800, 600)[format]().toBuffer();
      const file = await kept(bytes, "a");
      expect([file.convertedFrom, file.given.path === file.staged.path, file.content.equals(bytes)]).toEqual([
        null,
        true,
        true,
      ]);
    },
  );

  test.each(["jpeg", "png"] as const)(
    "of a %s with another file behind it only the picture is kept",
    async (format) => {
      const hidden = "<html><script>alert(1)</script>PK\x03\x04";
      const bytes = Buffer.concat([await picture(80, 60)[format]().toBuffer(), Buffer.from(hidden)]);
      const file = await kept(bytes, "a");
      expect([file.content.includes("script"), file.picture.width]).toEqual([false, 80]);
    },
  );
});

describe("what is no picture anybody could read is said so", () => {
  const whole = () => picture(800, 600).jpeg().toBuffer();
  const png = () => picture(800, 600).png().toBuffer();
  test.each([
    ["a JPEG that breaks off", async () => (await whole()).subarray(0, 2000), "platform.upload.broken"],
    ["a PNG that breaks off", async () => (await png()).subarray(0, 1200), "platform.upload.broken"],
    ["a HEIC that breaks off", async () => HEIC.subarray(0, 1500), "platform.upload.broken"],
    ["a PDF that breaks off", async () => Buffer.from("%PDF-1.7\n1 0 obj<<>>"), "platform.upload.broken"],
    [
      "a picture whose header promises 40,000 × 40,000 points",
      async () => bomb(40_000),
      "platform.upload.tooManyPixels",
    ],
    ["a HEIC that promises 20,000 × 20,000", async () => swollen(20_000), "platform.upload.tooManyPixels"],
    [
      "a film of a phone",
      async () => Buffer.from("000000186674797069736f6d00000200", "hex"),
      "platform.upload.wrongType",
    ],
    ["nothing", async () => Buffer.alloc(0), "platform.upload.empty"],
  ])("%s", async (_what, make, key) => {
    const { judged } = await judge(await make(), "giấy tờ.jpg");
    expect(judged).toEqual({ ok: false, error: { key, params: { name: "giấy tờ.jpg" } } });
  });

  test("after which the next picture is read as ever, and nothing of the converting lies about", async () => {
    const sent = await Promise.all([1, 2, 3].map(() => judge(HEIC, "a.heic")));
    expect(sent.map(({ judged }) => judged.ok)).toEqual([true, true, true]);
    expect(readdirSync(join(folder, "staging")).filter((name) => name.endsWith(".jpg"))).toEqual([]);
  });
});
