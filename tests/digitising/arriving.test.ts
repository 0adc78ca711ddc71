import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { demoAgencies } from "#dev/demo.ts";
import { openMailbox } from "#integrations/imap/index.ts";
import { findTextReader } from "#integrations/tesseract/index.ts";
import { readMailbox, readPapers } from "../../src/digitising/actions.ts";
import { isSender, readTray, traysIn } from "../../src/digitising/rules.ts";
import { codes, makeWorld, register, type World } from "../desk/world.ts";
import { letter, startImap } from "../support/imap.ts";
import { scan } from "./scan.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "huuLungDesk");
}, 60_000);

describe("a tray", () => {
  test.each([
    ["H37.05977", { identifier: "H37.05977", counter: null }],
    ["h37.05977-3", { identifier: "H37.05977", counter: 3 }],
    ["../../etc", null],
    ["H37.05977-3-4", null],
  ])("%s", (name, tray) => expect(readTray(name)).toEqual(tray));

  test("is named by the address that a scanner sends to, and filled by who may send", () => {
    expect(traysIn(["Quet+H37.05977-3@langson.gov.vn", "ai@langson.gov.vn"])).toEqual(["H37.05977-3"]);
    const senders = ["langson.gov.vn", "may@x.example"];
    const from = [
      "may3@langson.gov.vn",
      "MAY@x.example",
      "khac@x.example",
      "a@evil-langson.gov.vn",
      "langson.gov.vn@evil.vn",
    ];
    expect(from.map((one) => isSender(one, senders))).toEqual([true, true, false, false, false]);
  });
});

test("what a counter's scanner sends is in its tray once; a letter from elsewhere, or with no scan, is left flagged", async () => {
  const bytes = await scan(2);
  const pdf = { name: "quét 1.pdf", type: "application/pdf", content: bytes };
  const to = `quet+${demoAgencies.dongKinh}-3@langson.gov.vn`;
  const from = "May quet <may3@langson.gov.vn>";
  const { url, flags } = await startImap([
    letter({ from, to }, [{ ...pdf, name: "a.pdf" }]),
    letter({ from, to }, [{ ...pdf, name: "again.pdf" }]),
    letter({ from: "nguoila@example.com", to }, [{ ...pdf, name: "b.pdf" }]),
    letter({ from, to: "quet+H99.00000@langson.gov.vn" }, [pdf]),
    letter({ from, to }, [{ name: "c.pdf", type: "application/pdf", content: Buffer.from("no scan at all") }]),
    letter({ from, to }, []),
  ]);
  const box = openMailbox(url);
  const senders = { senders: ["langson.gov.vn"] };
  expect(await readMailbox(world.system(), box, senders)).toBe(2);
  const tray = await world.db.scan.findMany({ where: { source: "mail" } });
  const agencyId = await world.agencyId("dongKinh");
  expect(tray).toMatchObject([{ name: "a.pdf", pages: 2, counter: 3, agencyId, dossierId: null }]);
  const [seen, flagged] = [["\\Seen"], ["\\Flagged", "\\Seen"]];
  expect(flags()).toEqual([seen, seen, flagged, flagged, flagged, flagged]);
  expect(await readMailbox(world.system(), box, senders)).toBe(0);

  const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const page = await (await world.as("dongKinhDesk")).get(`/mot-cua/so-hoa/${dossierId}`);
  expect(page.text).toContain("a.pdf (khay quét của quầy 3, gửi qua thư điện tử)");
});

test("files of one name that come at the same time in two letters are two scans, though two processes read the mailbox at once", async () => {
  const letterWith = async (pages: number) =>
    letter({ from: "may4@langson.gov.vn", to: `quet+${demoAgencies.dongKinh}-4@langson.gov.vn` }, [
      { name: "quet.pdf", type: "application/pdf", content: await scan(pages) },
    ]);
  const { url, flags } = await startImap([await letterWith(3), await letterWith(4)]);
  const senders = { senders: ["langson.gov.vn"] };
  const countFiles = (): number =>
    readdirSync(world.folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
  const before = countFiles();
  await Promise.all([1, 2].map(() => readMailbox(world.system(), openMailbox(url), senders)));
  const tray = await world.db.scan.findMany({ where: { counter: 4 }, orderBy: { pages: "asc" } });
  expect(tray.map(({ name, pages }) => [name, pages])).toEqual([
    ["quet.pdf", 3],
    ["quet.pdf", 4],
  ]);
  expect(flags()).toEqual([["\\Seen"], ["\\Seen"]]);
  // What came twice is kept once.
  expect(countFiles() - before).toBe(2);
});

test("a mailbox that does not open is told by whoever looks, with its reason", async () => {
  const { url } = await startImap([]);
  await openMailbox(url).look();
  await expect(openMailbox(url.replace(/:[^:@]+@/, ":wrong@")).look()).rejects.toThrow();
});

describe("words in a digitised paper", () => {
  /** A scanned page with these words, in the letters that papers are printed in. */
  const say = async (words: string, as: "jpeg" | "png" = "jpeg"): Promise<Buffer> => {
    const fontfile = fileURLToPath(import.meta.resolve("@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"));
    const text = { text: `<span size="24pt">${words}</span>`, font: "Tinos", fontfile, dpi: 200, rgba: true };
    const page = sharp({ create: { width: 1654, height: 2339, channels: 3, background: "#fff" } });
    return page
      .composite([{ input: { text }, left: 150, top: 300 }])
      .toFormat(as, { quality: 90 })
      .toBuffer();
  };
  async function digitise(picture: Buffer): Promise<{ dossierId: string; attachmentId: string }> {
    const desk = await world.as("dongKinhDesk");
    const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
    const data = new FormData();
    data.append("scan", new Blob([new Uint8Array(picture)], { type: "image/jpeg" }), "quet.jpg");
    await desk.post(`/mot-cua/so-hoa/${dossierId}/ban-quet`, data);
    const { id } = await world.db.scan.findFirstOrThrow({ where: { dossierId } });
    await desk.post(`/mot-cua/so-hoa/${dossierId}/ghep`, { [`paper-${id}.1`]: "original" });
    const { attachmentId } = await world.db.digitisedPaper.findFirstOrThrow({ where: { dossierId } });
    return { dossierId, attachmentId };
  }

  test("are found by the desk that has it, with or without diacritics, and by no other; where nothing reads, papers wait", async () => {
    const { attachmentId, dossierId } = await digitise(await say("x"));
    expect(await readPapers(world.system(), async () => null)).toBe(0);
    const text = async () => (await world.db.digitisedPaper.findUniqueOrThrow({ where: { attachmentId } })).text;
    expect(await text()).toBeNull();
    const reader = { read: async () => "GIẤY CHỨNG NHẬN KẾT HÔN\nSố: 15/2019, 100%" };
    expect(await readPapers(world.system(), async () => reader)).toBe(1);
    expect(await readPapers(world.system(), async () => reader)).toBe(0);
    const asked = (who: "dongKinhDesk" | "huuLungDesk", q: string) =>
      world.as(who).then((client) => client.get(`/mot-cua/so-hoa?q=${encodeURIComponent(q)}`));
    for (const q of ["chứng nhận kết hôn", "chung nhan ket hon", "100%"])
      expect((await asked("dongKinhDesk", q)).html, q).toContain(dossierId);
    for (const q of ["%", "khai sinh"]) expect((await asked("dongKinhDesk", q)).html, q).not.toContain(dossierId);
    expect((await asked("huuLungDesk", "kết hôn")).html).not.toContain(dossierId);
    await world.db.dossier.update({ where: { id: dossierId }, data: { restricted: true } });
    expect((await asked("dongKinhDesk", "kết hôn")).html).not.toContain(dossierId);
  });

  test("are read by tesseract where it is installed, in a JPEG and in a PNG", async ({ skip }) => {
    if (!(await findTextReader()))
      skip("tesseract with Vietnamese is not installed: apt-get install tesseract-ocr tesseract-ocr-vie");
    const words = "Giấy chứng nhận kết hôn";
    const made = [await digitise(await say(words)), await digitise(await say(words, "png"))];
    expect(await readPapers(world.system(), findTextReader)).toBe(2);
    for (const { attachmentId } of made) {
      const { folded } = await world.db.digitisedPaper.findUniqueOrThrow({ where: { attachmentId } });
      expect(folded).toContain("chung nhan ket hon");
    }
  }, 60_000);
});
