import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import sharp, { type Sharp } from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { demoAgencies } from "#dev/demo.ts";
import { firstBrokenLink } from "#dossiers/index.ts";
import { publishProcedure } from "#procedures/index.ts";
import { watchFolder } from "../../src/digitising/actions.ts";
import { asPdf, inspectPdf, joinPages, picturesOf, showPage } from "../../src/digitising/pdf.ts";
import { faultsOf, paperFor, paperName, papersOf } from "../../src/digitising/rules.ts";
import { codes, makeWorld, register, type World } from "../desk/world.ts";
import { scan } from "./scan.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "huuLungDesk");
}, 60_000);

describe("what a scan must be", () => {
  test.each([
    ["colour at 200 dpi", 200, false, []],
    ["colour at 100 dpi", 100, false, ["dpi"]],
    ["grey at 200 dpi", 200, true, ["grey"]],
  ])("%s", async (_what, dpi, grey, faults) => {
    expect(faultsOf(await inspectPdf(await scan(1, dpi, grey)))).toEqual(faults);
  });
  test("a PDF older than 1.4 is told; a written page misses nothing", () => {
    const written = { dpi: null, colour: true, hasPicture: false };
    expect(faultsOf({ version: 1.3, pages: [written] })).toEqual(["version"]);
  });
  test("a paper is named by its dossier, its code and its number", () => {
    expect(paperName("H37.05977-261123-0001", "original", 2)).toBe("H37.05977-261123-0001_original_2.pdf");
  });
  test("pages go to papers in the order given, those without a paper stay", () => {
    const page = (number: number, order: number, paper: string) =>
      ({ scanId: "a", page: number, turn: 0, order, paper }) as const;
    const papers = papersOf([page(1, 2, "x"), page(2, 1, "x"), page(3, 3, "")]);
    expect([...papers].map(([paper, pages]) => [paper, pages.map((one) => one.page)])).toEqual([["x", [2, 1]]]);
  });
});

test.each([
  ["the code that a paper names comes first", { code: "KQ.1", documentType: "giay-khai-sinh" }, "named"],
  ["else the first paper of its type", { code: "KQ.2", documentType: "giay-khai-sinh" }, "ofType"],
  ["of no type it fits none", { code: null, documentType: null }, undefined],
])("a result and the papers that it may stand for: %s", (_what, result, paper) => {
  const papers = [
    { id: "untyped", documentType: null, replacedByResult: null },
    { id: "ofType", documentType: "giay-khai-sinh", replacedByResult: null },
    { id: "named", documentType: null, replacedByResult: "KQ.1" },
  ];
  expect(paperFor(papers, result)?.id).toBe(paper);
});

test.each([
  ["in colour", { colour: true, kept: true }, (page: Sharp) => page.png()],
  ["in grey", { colour: false, kept: true }, (page: Sharp) => page.toColourspace("b-w").png()],
  ["with a palette", { colour: true, kept: true }, (page: Sharp) => page.png({ palette: true })],
  ["interlaced", { colour: true, kept: true }, (page: Sharp) => page.png({ progressive: true })],
  ["see-through", { colour: true, kept: false }, (page: Sharp) => page.ensureAlpha(0.5).png()],
])("a page that was scanned as PNG %s is shown and read as it was", async (_what, { colour, kept }, make) => {
  const [width, height] = [206, 292];
  const channels = 3;
  const noise = Buffer.from(Array.from({ length: width * height * channels }, (_, i) => (i * i) % 251));
  const png = await make(sharp(noise, { raw: { width, height, channels } })).toBuffer();
  const pdf = await asPdf(png, "image/png");
  expect((await inspectPdf(pdf)).pages).toEqual([{ dpi: 25, colour, hasPicture: kept }]);
  const shown = await showPage(pdf, 1);
  expect(shown?.mediaType).toBe(kept ? "image/png" : "application/pdf");
  if (!kept) return;
  const pixels = (bytes: Uint8Array) => sharp(bytes).toColourspace("srgb").removeAlpha().raw().toBuffer();
  expect((await pixels(shown?.bytes ?? new Uint8Array())).equals(await pixels(png))).toBe(true);
  // The same after pages were put together.
  const joined = await joinPages([{ bytes: pdf, page: 1, turn: 90 }]);
  for await (const picture of picturesOf(joined)) expect((await pixels(picture)).equals(await pixels(png))).toBe(true);
});

const upload = async (path: string, name: string, bytes: Uint8Array) => {
  const data = new FormData();
  data.append("scan", new Blob([new Uint8Array(bytes)], { type: "application/pdf" }), name);
  return (await world.as("dongKinhDesk")).post(`${path}/ban-quet`, data);
};

test("pages of a scan are split, turned and reordered into a paper under its name; the clerk says that it agrees", async () => {
  const desk = await world.as("dongKinhDesk");
  const { dossierId, code } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const path = `/mot-cua/so-hoa/${dossierId}`;
  const page = await upload(path, "quet.pdf", await scan(3));
  expect(page.text).toContain("200 dpi, màu");
  const [waiting] = await world.db.scan.findMany({ where: { dossierId } });
  const id = waiting?.id ?? "";
  const picture = await desk.get(`${path}/ban-quet/${id}?trang=2`);
  expect(picture.headers.get("content-type")).toBe("image/jpeg");
  const done = await desk.post(`${path}/ghep`, {
    [`paper-${id}.1`]: "original",
    [`order-${id}.1`]: "2",
    [`paper-${id}.3`]: "original",
    [`order-${id}.3`]: "1",
    [`turn-${id}.3`]: "90",
    [`paper-${id}.2`]: "nothing-known",
  });
  expect(done.text).toContain(`${code}_original_1.pdf`);
  const paper = await world.db.digitisedPaper.findFirstOrThrow({
    where: { dossierId },
    include: { attachment: true },
  });
  expect(paper).toMatchObject({ pages: 2, dpi: 200, colour: true, confirmedAt: null });
  const file = await desk.get(`/mot-cua/ho-so/${dossierId}/tep/${paper.attachmentId}`);
  const joined = await PDFDocument.load(file.body);
  expect(joined.getPages().map((one) => one.getRotation().angle)).toEqual([90, 0]);
  expect(await world.db.scan.count({ where: { dossierId } })).toBe(0);
  const confirmed = await desk.post(`${path}/xac-nhan`, {});
  expect(confirmed.text).toContain("Bản số hóa đúng với bản chính:");
  await desk.post(`${path}/xac-nhan`, {});
  const events = await world.db.dossierEvent.findMany({
    where: { dossierId, type: { startsWith: "papers." } },
    orderBy: { seq: "asc" },
  });
  const { attachmentId, attachment } = paper;
  expect(events.map(({ type, payload }) => [type, payload])).toEqual([
    [
      "papers.digitised",
      { attachmentId, requirementId: "original", sha256: attachment.sha256, pages: 2, resultId: null },
    ],
    ["papers.certified", { attachmentIds: [attachmentId] }],
  ]);
  const history = await world.db.dossierEvent.findMany({ where: { dossierId }, orderBy: { seq: "asc" } });
  expect(firstBrokenLink(history)).toBeNull();
  const shown = await desk.get(`/mot-cua/ho-so/${dossierId}`);
  expect(shown.text).toContain("Xác nhận bản số hóa đúng với bản chính");
  expect((await shown.follow(/Số hóa giấy tờ/)).path).toBe(path);
  const stranger = await world.as("huuLungDesk");
  for (const foreign of [path, `${path}/ban-quet/${id}`]) expect((await stranger.get(foreign)).status).toBe(404);
});

test("a page that is open while papers are made electronic stays good; who acts too late is told of what was decided", async () => {
  const desk = await world.as("dongKinhDesk");
  const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const open = await desk.get(`/mot-cua/ho-so/${dossierId}`);
  const path = `/mot-cua/so-hoa/${dossierId}`;
  const digitise = async () => {
    await upload(path, "quet.pdf", await scan(1));
    const { id } = await world.db.scan.findFirstOrThrow({ where: { dossierId } });
    await desk.post(`${path}/ghep`, { [`paper-${id}.1`]: "original" });
    await desk.post(`${path}/xac-nhan`, {});
  };
  const first = await desk.get(`/mot-cua/ho-so/${dossierId}`);
  await digitise();
  const asked = await first.submit("Gửi yêu cầu cho người nộp", { what: "Lệ phí theo thông báo.", amount: "30.000" });
  expect([asked.status, asked.text.includes("Chờ thực hiện nghĩa vụ tài chính")]).toEqual([200, true]);
  await digitise();
  const late = await open.submit("Dừng giải quyết hồ sơ", { reason: "Nhầm." });
  expect([late.status, /đã yêu cầu thực hiện nghĩa vụ tài chính lúc/.test(late.text)]).toEqual([409, true]);
  const history = await world.db.dossierEvent.findMany({ where: { dossierId }, orderBy: { seq: "asc" } });
  expect(firstBrokenLink(history)).toBeNull();
});

test("papers of a dossier that was withdrawn are not made electronic, and no file of them stays", async () => {
  const desk = await world.as("dongKinhDesk");
  const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const path = `/mot-cua/so-hoa/${dossierId}`;
  await upload(path, "quet.pdf", await scan(1));
  await world.db.dossier.update({ where: { id: dossierId }, data: { status: "withdrawn" } });
  const { id } = await world.db.scan.findFirstOrThrow({ where: { dossierId } });
  expect((await desk.post(`${path}/ghep`, { [`paper-${id}.1`]: "original" })).status).toBe(409);
  expect(await world.db.attachment.count({ where: { dossierId } })).toBe(0);
});

test("a damaged file and one of three hundred pages are refused in words, and nothing of them stays", async () => {
  const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const path = `/mot-cua/so-hoa/${dossierId}`;
  const whole = await scan(1);
  const damaged = await upload(path, "hong.pdf", Buffer.concat([whole.subarray(0, 400), Buffer.from("\n%%EOF\n")]));
  expect(damaged.status).toBe(422);
  const long = await PDFDocument.create();
  for (let i = 0; i < 300; i++) long.addPage([100, 100]);
  const refused = await upload(path, "dai.pdf", await long.save());
  expect([refused.status, refused.text.includes("có 300 trang, nhiều hơn 200 trang")]).toEqual([422, true]);
  expect(await world.db.scan.count({ where: { dossierId } })).toBe(0);
});

test("an electronic result of the same person is used instead of a scan; another's is not offered", async () => {
  const desk = await world.as("dongKinhDesk");
  // What the procedure ends in is of the type that it asks for.
  const { definition } = await world.version(codes.copies);
  const documentType = definition.results[0]?.documentType ?? "";
  const requirements = definition.requirements.map((paper) => ({ ...paper, documentType }));
  await publishProcedure(world.system(), { ...definition, requirements }, new Date());
  const [earlier, now] = [
    await register(world, codes.copies, "dongKinhDesk", "dongKinh"),
    await register(world, codes.copies, "dongKinhDesk", "dongKinh"),
  ];
  await world.db.dossier.update({ where: { id: earlier.dossierId }, data: { status: "completed" } });
  const bytes = await scan(1);
  const result = await world.db.result.create({
    data: {
      dossierId: earlier.dossierId,
      title: "Trích lục kết hôn",
      issuerAgencyId: await world.agencyId("dongKinh"),
      state: "issued",
      mediaType: "application/pdf",
      storageKey: await world.files.write(bytes),
      size: bytes.length,
      createdAt: new Date(),
    },
  });
  const path = `/mot-cua/so-hoa/${now.dossierId}`;
  const offered = await desk.get(path);
  expect(offered.text).toContain(`Trích lục kết hôn Cùng loại với giấy tờ “${requirements[0]?.name.vi}”`);
  expect(offered.html).toContain('<option value="original" selected');
  await desk.post(`${path}/dung-lai`, { result: result.id, paper: "original" });
  expect(await world.db.digitisedPaper.findFirstOrThrow({ where: { dossierId: now.dossierId } })).toMatchObject({
    resultId: result.id,
  });
  await world.db.dossierParty.updateMany({ where: { dossierId: now.dossierId }, data: { personalId: "020085009999" } });
  expect((await desk.post(`${path}/dung-lai`, { result: result.id, paper: "original" })).status).toBe(404);
});

test("what a scanner lays into a counter's folder is in its tray once; what cannot be read is put aside", async () => {
  const folder = join(world.folder, "scans");
  const place = join(folder, demoAgencies.dongKinh);
  mkdirSync(place, { recursive: true });
  mkdirSync(join(folder, "nobody"), { recursive: true });
  const bytes = await scan(2);
  const lay = (name: string, content: Uint8Array, age = 60) => {
    writeFileSync(join(place, name), content);
    const at = new Date(Date.now() - age * 1000);
    utimesSync(join(place, name), at, at);
  };
  lay("a.pdf", bytes);
  lay("b.pdf", Buffer.from("no scan at all"));
  lay("still-writing.pdf", bytes, 0);
  mkdirSync(join(folder, `${demoAgencies.dongKinh}-3`));
  lay(`../${demoAgencies.dongKinh}-3/c.pdf`, await scan(1));
  expect(await watchFolder(world.system(), folder)).toBe(2);
  expect(await watchFolder(world.system(), folder)).toBe(0);
  const tray = await world.db.scan.findMany({ where: { source: "folder" } });
  expect(tray.map(({ name, pages, dossierId, counter }) => [name, pages, dossierId, counter]).sort()).toEqual([
    ["a.pdf", 2, null, null],
    ["c.pdf", 1, null, 3],
  ]);
});
