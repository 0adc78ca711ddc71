import { expect, test } from "vitest";
import { createAdmin, createOfficer } from "#accounts/index.ts";
import { startTestApp } from "../support/app.ts";

const portal = await startTestApp();
const PASSWORD = "con trâu đi trước";
await createAdmin(portal.system(), { username: "quantri", displayName: "Nông Quốc Chấn", password: PASSWORD });
const province = await portal.db.agency.create({
  data: {
    identifier: "H37",
    kind: "provincial_committee",
    level: "province",
    functions: [],
    name: "Ủy ban nhân dân tỉnh Lạng Sơn",
    shortName: "UBND tỉnh",
  },
});
for (let i = 1; i <= 60; i++) {
  const number = String(i).padStart(2, "0");
  await portal.db.agency.create({
    data: {
      identifier: `H37.${number}`,
      kind: "commune_committee",
      level: "commune",
      functions: [],
      name: `Ủy ban nhân dân xã Đồng ${number}`,
      shortName: `UBND xã Đồng ${number}`,
      parentId: province.id,
    },
  });
}
await createOfficer(portal.system(), {
  username: "xa01.motcua",
  displayName: "Vi Văn Thành",
  password: null,
  postings: [
    { agency: "H37.01", role: "desk", unit: { name: "Bộ phận Một cửa", kind: "one_stop" }, title: "Công chức một cửa" },
  ],
});
const browser = await portal.signIn("quantri", PASSWORD);

test("the front page counts what the installation holds", async () => {
  const page = await browser.get("/quan-tri");
  expect(page.heading).toBe("Quản trị");
  expect(page.text).toMatch(/61 Cơ quan|Cơ quan 61/);
});

test("agencies are found without diacritics and paged by fifty", async () => {
  const all = await browser.get("/quan-tri/co-quan");
  expect(all.rows()).toHaveLength(51);
  const last = await browser.get("/quan-tri/co-quan?trang=2");
  expect(last.rows()).toHaveLength(12);
  const found = await browser.get("/quan-tri/co-quan?q=xa dong 07");
  expect(found.rows().slice(1)).toEqual([["Ủy ban nhân dân xã Đồng 07", "H37.07", "Xã, phường", "0"]]);
  expect((await browser.get("/quan-tri/co-quan?q=không có đâu")).text).toContain("Không có cơ quan nào phù hợp");
  expect((await browser.get("/quan-tri/co-quan?trang=abc&q[]=x")).status).toBe(200);
});

test("an agency shows its place in the tree and who works there", async () => {
  const page = await (await browser.get("/quan-tri/co-quan?q=H37.01")).follow("Ủy ban nhân dân xã Đồng 01");
  expect(page.summary()).toMatchObject({
    "Mã định danh": "H37.01",
    "Cơ quan cấp trên": "Ủy ban nhân dân tỉnh Lạng Sơn",
    "Cán bộ": "Xem 1 cán bộ",
  });
  expect(page.text).toContain("Bộ phận Một cửa");
  expect((await page.follow("Xem 1 cán bộ")).text).toContain("Vi Văn Thành");
  expect((await browser.get("/quan-tri/co-quan/khong-phai-ma")).status).toBe(404);
  expect((await browser.get("/quan-tri/co-quan/00000000-0000-7000-8000-000000000000")).status).toBe(404);
});

test("people are listed with where they work and whether they can sign in", async () => {
  const page = await browser.get("/quan-tri/nguoi-dung");
  expect(page.rows().slice(1)).toEqual([
    ["Nông Quốc Chấn", "quantri", "Quản trị viên của tỉnh", "Đang hoạt động"],
    ["Vi Văn Thành", "xa01.motcua", "UBND xã Đồng 01: Một cửa", "Chờ kích hoạt"],
  ]);
  expect((await browser.get("/quan-tri/nguoi-dung?q=xa01")).rows()).toHaveLength(2);
});

test("without configured procedures the list says so", async () => {
  expect((await browser.get("/quan-tri/thu-tuc")).text).toContain("Chưa có thủ tục nào được cấu hình");
});

test("what only looks like an id names no agency", async () => {
  for (const id of ["-".repeat(36), "f".repeat(36), "0"])
    expect((await browser.get(`/quan-tri/co-quan/${id}`)).status, id).toBe(404);
});
