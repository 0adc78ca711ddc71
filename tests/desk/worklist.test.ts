import { beforeAll, expect, test } from "vitest";
import type { TestApp } from "../support/app.ts";
import { codes, makeWorld, register, submitted, type World } from "./world.ts";

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
