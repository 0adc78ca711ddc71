import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Upload } from "#dev/browse/client.ts";
import { carryOutUpdate } from "#procedures/index.ts";
import { codes } from "../desk/world.ts";
import { line } from "../support/procedures.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring();
const { db } = world;
const browser = await world.signInAdmin();
const HOME = "/quan-tri/danh-muc-quoc-gia";

const fileOf = (lines: readonly object[], name: string, tail = ""): Upload => ({
  name,
  type: "application/gzip",
  content: gzipSync(`${lines.map((one) => JSON.stringify(one)).join("\n")}\n${tail}`),
});
const send = async (file: Upload) => (await browser.get(HOME)).submit("Đọc và so sánh", { file });
const numbered = (count: number, changes: (n: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, n) =>
    line({ code: `1.9${String(n).padStart(5, "0")}`, name: `Thủ tục số ${n}`, ...changes(n) }),
  );
const held = () =>
  db.nationalRecord.findMany({ orderBy: { code: "asc" }, select: { code: true, raw: true, runId: true } });

test("a first file proposes all of it, and nothing is there before it is accepted", async () => {
  const page = await send(fileOf(numbered(60), "thang-7.jsonl.gz"));
  expect(page.text).toContain("Đã đọc 60 dòng");
  expect(page.text).toContain("Thủ tục số 0");
  expect(await held()).toEqual([]);
  const some = await page.submit("Chấp nhận các thủ tục trên trang này");
  expect(some.text).toContain("Đã quyết định 50 thủ tục.");
  expect((await held()).length).toBe(50);
  const all = await some.submit("Chấp nhận tất cả 10 thủ tục chưa quyết định");
  expect(all.text).toContain("Đã quyết định 10 thủ tục.");
  expect((await held()).length).toBe(60);
  expect((await world.client().get("/thu-tuc/1.900059")).heading).toContain("Thủ tục số 59");
});

test("the next file shows what is new, what changed in which field, and what is missing; each is decided by itself", async () => {
  const lines = numbered(60, (n) =>
    n === 3
      ? { name: "Thủ tục số ba", decision_no: "2/QĐ-BXD", steps: "Bước 1: Nộp hồ sơ.\nBước 2: Chờ tin nhắn." }
      : {},
  ).filter(({ code }) => code !== "1.900007");
  const page = await send(fileOf([...lines, line({ code: "1.999999", name: "Thủ tục mới tinh" })], "thang-8.jsonl.gz"));
  expect(page.text).toContain("Thủ tục mới tinh");
  const changed = await page.follow(/Thủ tục thay đổi/);
  expect(changed.text).toContain("Tên thủ tục, Số quyết định, Trình tự thực hiện");
  const one = await changed.follow(/Thủ tục số ba/);
  expect(one.text).toContain("Bỏ: Thủ tục số 3");
  expect(one.text).toContain("Thêm: Thủ tục số ba");
  expect(one.text).toContain("Thêm: Bước 2: Chờ tin nhắn.");
  expect(one.text).not.toContain("Nộp hồ sơ.");
  const accepted = await one.submit("Chấp nhận");
  expect(accepted.text).toContain("Đã chấp nhận");
  const record = await db.nationalRecord.findUniqueOrThrow({ where: { code: "1.900003" }, include: { run: true } });
  expect(record.run.fileName).toBe("thang-8.jsonl.gz");
  expect(record.raw).toMatchObject({ name: "Thủ tục số ba" });
  const missing = await accepted.follow(/Không còn trong tệp/);
  expect(missing.text).toContain("Thủ tục số 7");
  const left = await missing.submit("Để nguyên tất cả");
  expect(left.text).toContain("Để nguyên");
  expect((await held()).map(({ code }) => code)).toContain("1.900007");
  expect((await held()).map(({ code }) => code)).not.toContain("1.999999");
});

test("a procedure that is no longer in the file leaves the catalogue when that is accepted; a configured one stays", async () => {
  const both = await send(fileOf([...numbered(60), line({ code: codes.birth, name: "Đăng ký khai sinh" })], "du.gz"));
  await both.submit(/Chấp nhận tất cả/);
  const page = await send(fileOf(numbered(59), "thieu.gz"));
  const missing = await page.follow(/Không còn trong tệp/);
  await missing.submit(/Chấp nhận tất cả/);
  expect((await world.client().get("/thu-tuc/1.900059")).status).toBe(404);
  expect((await world.client().get(`/thu-tuc/${codes.birth}`)).status).toBe(200);
  expect(await db.catalogueEntry.count({ where: { code: codes.birth } })).toBe(1);
});

test("many at once are carried out by a job in batches; one that broke off goes on where it stood", async () => {
  const many = Array.from({ length: 450 }, (_, n) =>
    line({ code: `1.8${String(n).padStart(5, "0")}`, name: `Thủ tục hàng loạt ${n}` }),
  );
  const page = await send(fileOf(many, "hang-loat.gz"));
  const id = page.path.split("/").at(-1)?.split("?")[0] ?? "";
  const before = (await held()).length;
  const decided = await page.submit(/^Chấp nhận tất cả/);
  expect(decided.text).toContain("Đã nhận quyết định cho 450 thủ tục.");
  expect(decided.text).toContain("xong 0 trên 450");
  expect((await held()).length).toBe(before);
  const at = { updateId_code: { updateId: id, code: "1.800449" } };
  const { after } = await db.catalogueProposal.findUniqueOrThrow({ where: at });
  await db.catalogueProposal.update({ where: at, data: { after: {} } });
  await expect(carryOutUpdate(world.system(), id)).rejects.toThrow("1.800449");
  expect((await held()).length).toBe(before + 400);
  const halfway = await decided.follow("Xem tiến độ mới nhất");
  expect(halfway.text).toContain("xong 400 trên 450");
  await db.catalogueProposal.update({ where: at, data: { after: after as object } });
  expect([await carryOutUpdate(world.system(), id), await carryOutUpdate(world.system(), id)]).toEqual([50, 0]);
  expect((await browser.get(halfway.path)).text).toContain("Đã chấp nhận 450, để nguyên 0,");
  expect((await held()).length).toBe(before + 450);
});

test.each([
  ["a line that is no JSON", "{", /Dòng \d+: not JSON/],
  ["a line without a name", JSON.stringify(line({ code: "1.900500", name: "" })), /Dòng \d+: name/],
  ["a code that stands there twice", JSON.stringify(line({ code: "1.900001" })), /stands in line 2, too/],
])("a file with %s is reported by line, and nothing of it can be accepted", async (_what, tail, told) => {
  const before = await held();
  const page = await send(fileOf(numbered(3), "hong.gz", tail));
  expect(page.text).toContain("Tệp có 1 dòng hỏng nên chưa chấp nhận được gì");
  expect(page.text).toMatch(told);
  expect(page.has("button", /Chấp nhận/)).toBe(false);
  const forced = await browser.post(page.path.split("?")[0] ?? "", { loai: "new", viec: "nhan" });
  expect(forced.status).toBe(409);
  expect(await held()).toEqual(before);
});

test("an archive that breaks off leaves a report and no change", async () => {
  const whole = fileOf(numbered(40), "dut.gz");
  const page = await send({ ...whole, content: (whole.content as Buffer).subarray(0, 200) });
  expect(page.text).toContain("damaged or ends too soon");
});

test("no file, no address of a file that was never read", async () => {
  const page = await (await browser.get(HOME)).submit("Đọc và so sánh");
  expect(page.status).toBe(422);
  expect(page.errors()).toEqual([{ text: "Chọn tệp danh mục.", field: "file" }]);
  expect((await browser.get(`${HOME}/nothing`)).status).toBe(404);
});
