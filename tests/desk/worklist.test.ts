import { beforeAll, describe, expect, test } from "vitest";
import { showCode } from "#platform/codes.ts";
import { isoDay } from "#platform/format.ts";
import type { TestApp } from "../support/app.ts";
import { codes, makeWorld, register, submitted, type Who, type World } from "./world.ts";

let world: World;
let filed: { id: string; reference: string };
let taken: { dossierId: string; code: string };
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "dongKinhJustice", "huuLungDesk");
  filed = await submitted(world, codes.birth, "dongKinh");
  taken = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
}, 60_000);

test("the desk sees what waits to be taken in, by the code it was filed under, with counts in the tabs", async () => {
  const page = await (await world.as("dongKinhDesk")).get("/mot-cua");
  expect(page.status).toBe(200);
  expect(page.rows()).toHaveLength(2);
  expect(page.rows()[1]?.join(" ")).toMatch(/Lý Thị Mẩy .*Tính từ khi tiếp nhận.*Trực tuyến/);
  expect(page.has("link", "Chờ tiếp nhận 1")).toBe(true);
  expect(page.has("link", "Việc của cơ quan 1")).toBe(true);
  expect(page.has("link", "Việc của tôi 0")).toBe(true);
  expect(page.text).toContain("Chờ trả kết quả 0");
});

test("open work of the role says step, due date in words and who has it", async () => {
  const page = await (await world.as("dongKinhDesk")).get("/mot-cua?muc=co-quan");
  const [, row = []] = page.rows();
  expect(row[0]).toContain(taken.code);
  expect(row.join(" ")).toMatch(/Còn \d+ ngày làm việc|Đến hạn hôm nay/);
  expect(row.join(" ")).toContain("Hạn của bước:");
  expect(row.join(" ")).toContain("Chưa có người nhận");
});

test("an officer who sits at no desk has neither the desk's lists nor its button", async () => {
  const page = await (await world.as("dongKinhJustice")).get("/mot-cua?muc=cho-tiep-nhan");
  expect(page.has("link", /Chờ tiếp nhận/)).toBe(false);
  expect(page.has("link", "Tiếp nhận hồ sơ giấy")).toBe(false);
  expect(page.text).toContain("Bạn không có việc nào đang giữ");
});

test.each([
  ["its code", () => taken.code],
  ["its code in small letters", () => taken.code.toLowerCase()],
  ["a name without diacritics", () => "hoang thi nhan"],
  ["a name with a sign that no name has", () => "Hoàng Thị 'Nhàn'"],
  ["given names, the last one begun", () => "Thị Nh"],
  ["a personal id", () => "020190000077"],
  ["a phone number", () => "0912345678"],
])("a dossier is found wherever it stands by %s, by an officer of the agency only", async (_what, q) => {
  const path = `/mot-cua?q=${encodeURIComponent(q())}`;
  const page = await (await world.as("dongKinhJustice")).get(path);
  expect(page.has("link", taken.code)).toBe(true);
  const elsewhere = await (await world.as("huuLungDesk")).get(path);
  expect(elsewhere.has("link", taken.code)).toBe(false);
  expect(elsewhere.text).toContain("Không tìm thấy hồ sơ nào");
});

test.each([
  "?muc=x",
  "?sau=x",
  "?sau=999999999999999_00000000-0000-4000-8000-000000000000",
  "?q=%25_%5C%27",
  `?q=${"x".repeat(300)}`,
  "?muc=a&muc=b",
])("a strange address, %s, shows a list and never fails", async (query) => {
  expect((await (await world.as("dongKinhDesk")).get(`/mot-cua${query}`)).status).toBe(200);
});

test("a long list is read page by page, each dossier once", async () => {
  const more = 26;
  for (let i = 0; i < more; i++) await submitted(world, codes.birth, "huuLung");
  const desk = await world.as("huuLungDesk");
  const first = await desk.get("/mot-cua");
  const second = await first.follow(/Trang sau/);
  const seen = [first, second].flatMap((page) =>
    page
      .rows()
      .slice(1)
      .map(([code]) => code),
  );
  expect(seen).toHaveLength(more);
  expect(new Set(seen).size).toBe(more);
  expect(second.has("link", /Trang sau/)).toBe(false);
});

/** What one request asks of the database, the session and the account apart. */
async function queriesOf(app: TestApp, path: string): Promise<string[]> {
  const desk = await world.as("dongKinhDesk");
  await desk.get(path);
  const asked: string[] = [];
  const query = app.pool.query.bind(app.pool);
  const spy = (...args: unknown[]): unknown => {
    const sql = typeof args[0] === "string" ? args[0] : ((args[0] as { text?: string }).text ?? "");
    if (!/"?sessions"?|"public"\."accounts" WHERE .*"id" = \$1 LIMIT|^(BEGIN|COMMIT)/.test(sql)) asked.push(sql);
    return (query as (...all: unknown[]) => unknown)(...args);
  };
  app.pool.query = spy as never;
  try {
    expect((await desk.get(path)).status).toBe(200);
  } finally {
    app.pool.query = query as never;
  }
  return asked;
}

test("the worklist asks the database at most three times, a dossier's page at most six, beside session and account", async () => {
  const list = await queriesOf(world, "/mot-cua?muc=co-quan");
  expect(list.length, list.join("\n")).toBeLessThanOrEqual(3);
  expect(list.length).toBeGreaterThan(0);
  const show = await queriesOf(world, `/mot-cua/ho-so/${taken.dossierId}`);
  expect(show.length, show.join("\n")).toBeLessThanOrEqual(6);
  expect(show.length).toBeGreaterThan(0);
  expect(filed.reference).not.toBe("");
});

describe("filters", () => {
  const list = async (query: string, who: Who = "dongKinhDesk") => (await world.as(who)).get(`/mot-cua?${query}`);
  const holds = async (query: string) => (await list(query)).has("link", taken.code);
  const today = isoDay(new Date());
  const inDays = (days: number) => isoDay(new Date(Date.now() + days * 86_400_000));
  const vi = (iso: string) => iso.split("-").reverse().join("/");

  test.each([
    ["its procedure", () => `thu-tuc=${codes.copies}`, () => `thu-tuc=${codes.birth}`],
    ["its status", () => "trang-thai=da-tiep-nhan", () => "trang-thai=co-ket-qua"],
    ["its channel", () => "kenh=tai-quay", () => "kenh=buu-chinh"],
    ["its day of filing", () => `nop-tu=${today}&nop-den=${today}`, () => `nop-tu=${inDays(1)}`],
    ["its day as people type it", () => `nop-den=${vi(today)}`, () => `nop-den=${vi(inDays(-1))}`],
    ["its due date", () => `han-tu=${today}&han-den=${inDays(60)}`, () => `han-tu=${inDays(60)}`],
    ["nobody's hands", () => "nguoi=chua-co", () => `nguoi=${world.accounts.get("dongKinhJustice")}`],
    ["a name without diacritics", () => "q=hoang+thi", () => "q=ly+thi"],
    ["a name from the beginning of a word", () => "q=thi", () => "q=hi"],
    ["words as they follow each other", () => "q=hoang+thi+nhan", () => "q=hoang+nhan"],
    ["the end of its code", () => `q=${taken.code.replace(/^[^-]+-/, "")}`, () => "q=200101-0001"],
  ])("a list is narrowed by %s", async (_what, fits, fitsNot) => {
    for (const muc of ["co-quan", "chua-nhan", "tat-ca"]) {
      expect([muc, await holds(`muc=${muc}&${fits()}`)]).toEqual([muc, true]);
      expect([muc, await holds(`muc=${muc}&${fitsNot()}`)]).toEqual([muc, false]);
    }
  });

  test("a dossier without a code is found by its reference, as stored and as read out, by its own desk only", async () => {
    const { reference } = filed;
    for (const typed of [reference, showCode(reference), showCode(reference).toLowerCase()])
      expect([typed, (await list(`q=${typed}`)).has("link", showCode(reference))]).toEqual([typed, true]);
    expect((await list(`q=${reference}`, "huuLungDesk")).has("link", showCode(reference))).toBe(false);
  });

  test("by agency, sector, step and unit, each stranger to the dossier leaves it out", async () => {
    const run = await world.db.stepRun.findFirstOrThrow({ where: { dossierId: taken.dossierId, closedAt: null } });
    expect(await holds(`muc=co-quan&co-quan=${await world.agencyId("dongKinh")}`)).toBe(true);
    expect(await holds(`muc=co-quan&co-quan=${await world.agencyId("huuLung")}`)).toBe(false);
    expect(await holds(`muc=co-quan&buoc=${run.stepId}`)).toBe(true);
    expect(await holds("muc=co-quan&buoc=khac")).toBe(false);
    const { sector } = (await world.version(codes.copies)).definition;
    expect(await holds(`muc=co-quan&linh-vuc=${encodeURIComponent(sector ?? "")}`)).toBe(true);
    expect(await holds("muc=co-quan&linh-vuc=khac")).toBe(false);
    expect(await holds(`muc=co-quan&don-vi=${crypto.randomUUID()}`)).toBe(false);
  });

  test("what narrows a list is said, and each part can be left out; the address alone brings it back", async () => {
    const page = await list(`muc=co-quan&thu-tuc=${codes.copies}&kenh=tai-quay&xep=moi`);
    expect(page.text).toContain("Việc của cơ quan: 1 hồ sơ khớp");
    const without = await page.follow(/^Kênh nộp: Tại quầy/);
    expect(without.has("link", /^Thủ tục: /)).toBe(true);
    expect(without.has("link", /^Kênh nộp: /)).toBe(false);
    expect((await without.follow("Bỏ mọi điều kiện")).has("link", /^Thủ tục: /)).toBe(false);
  });

  test("the columns are the officer's choice, and who holds a dossier is told where the list does not know", async () => {
    const page = await list("muc=tat-ca&q=hoang+thi&cot=nguoi-xu-ly&cot=co-quan&cot=trang-thai");
    expect(page.rows()[0]).toEqual(["Hồ sơ", "Người xử lý", "Nơi đang giải quyết", "Trạng thái"]);
    expect(page.rows()[1]?.slice(1).join(" ")).toMatch(/Chưa có người nhận .*Đông Kinh Đã tiếp nhận/);
  });

  test.each(["moi", "cu", "han"])("a sorted list (%s) is read page by page, each dossier once", async (order) => {
    const seen: string[] = [];
    let page = await list(`muc=cho-tiep-nhan&xep=${order}`, "huuLungDesk");
    for (;;) {
      for (const [code = ""] of page.rows().slice(1)) seen.push(code);
      if (!page.has("link", /Trang sau/)) break;
      page = await page.follow(/Trang sau/);
    }
    expect(seen.length).toBeGreaterThan(20);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe("saved views", () => {
  const query = () => `muc=co-quan&thu-tuc=${codes.copies}&xep=moi&cot=nguoi-nop%2Ckenh`;

  test("a narrowed list is kept under a name with its order and columns, opened again, and forgotten", async () => {
    const desk = await world.as("dongKinhDesk");
    const page = await desk.get(`/mot-cua?${query()}`);
    const saved = await page.submit("Lưu danh sách này", { name: "  Sao y   hôm nay " });
    expect(saved.text).toContain("Đã lưu danh sách “Sao y hôm nay”");
    const views = await saved.follow("Danh sách đã lưu");
    const opened = await views.follow("Sao y hôm nay");
    expect(opened.has("link", taken.code)).toBe(true);
    expect(opened.rows()[0]).toEqual(["Hồ sơ", "Người nộp", "Kênh"]);
    const gone = await (await desk.get("/mot-cua/danh-sach")).submit("Xóa Sao y hôm nay");
    expect(gone.text).toContain("Chưa có danh sách nào được lưu");
  });

  test("without a name it is not kept, and the list stays narrowed", async () => {
    const page = await (await world.as("dongKinhDesk")).get(`/mot-cua?${query()}`);
    const asked = await page.submit("Lưu danh sách này", { name: " " });
    expect(asked.text).toContain("Hãy đặt tên cho danh sách");
    expect(asked.has("link", /^Thủ tục: /)).toBe(true);
    expect(await world.db.workView.count()).toBe(0);
  });

  test("a shared view is the unit's: a colleague elsewhere neither sees nor removes it", async () => {
    const justice = await world.as("dongKinhJustice");
    const page = await justice.get("/mot-cua?muc=co-quan&kenh=truc-tuyen");
    await page.submit("Lưu danh sách này", { name: "Của phòng", chiaSe: "1" });
    const { id, sharedUnitId } = await world.db.workView.findFirstOrThrow({ where: { name: "Của phòng" } });
    expect(sharedUnitId).not.toBeNull();
    for (const who of ["dongKinhDesk", "huuLungDesk"] as const) {
      const client = await world.as(who);
      expect((await client.get("/mot-cua/danh-sach")).text).not.toContain("Của phòng");
      expect((await client.post(`/mot-cua/danh-sach/${id}/xoa`, {})).status).toBe(404);
    }
    expect((await justice.get("/mot-cua/danh-sach")).text).toContain("đang chia sẻ với đơn vị");
  });

  test("an officer's columns stay theirs for every list, until they choose none", async () => {
    const desk = await world.as("dongKinhDesk");
    const page = await desk.get("/mot-cua?muc=co-quan&cot=hen-tra&cot=nguoi-xu-ly");
    await page.submit("Dùng các cột này cho mọi danh sách");
    expect((await desk.get("/mot-cua?muc=co-quan")).rows()[0]).toEqual(["Hồ sơ", "Hẹn trả", "Người xử lý"]);
    expect((await (await world.as("huuLungDesk")).get("/mot-cua")).rows()[0]).toContain("Kênh");
    await desk.post("/mot-cua/cot", {});
    expect((await desk.get("/mot-cua?muc=co-quan")).rows()[0]).toContain("Kênh");
  });
});
