import { expect, test } from "vitest";
import { beginManuscript, changeManuscript } from "#authoring/index.ts";
import { suspendProcedure } from "#procedures/index.ts";
import { codes } from "../desk/world.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring();
const browser = await world.signInAdmin();

test("whatever administrators configure stands in one history, with who, from what and to what, and leads to where it is put back", async () => {
  const { id: versionId } = await world.publishedAs(codes.birth);
  const { id } = await beginManuscript(world.colleague, { versionId });
  await changeManuscript(
    world.colleague,
    { id, seen: 0 },
    { did: "pageAdded", params: { title: "Trang mới" } },
    (s) => s,
  );
  await suspendProcedure(world.admin, codes.land, "Chờ quyết định mới.");
  const list = await browser.get("/quan-tri/danh-sach/reason.stop");
  await list.submit("Thêm mục", { "Nội dung": "Hai bên tự thỏa thuận" });
  const entry = await (await browser.get("/quan-tri/danh-sach/reason.stop")).follow("Hai bên tự thỏa thuận");
  await entry.submit("Lưu", { "Nội dung": "Các bên tự thỏa thuận" });
  const synonym = await browser.get("/quan-tri/tu-dong-nghia/them");
  await synonym.submit("Lưu", { say: "giấy lộn", means: "bản sao" });
  await (await browser.get("/quan-tri/mau-thu/accepted")).submit("Lưu và dùng từ nay", { titleVi: "Đã nhận {{code}}" });
  const page = await browser.get("/quan-tri/lich-su");
  for (const told of [
    /Nông Quốc Chấn.*Từ đồng nghĩa.*“bản sao”/s,
    /Lời văn thư, giấy tờ.*“Đã nhận {{code}}”/s,
    /Lý do dừng giải quyết.*“Hai bên tự thỏa thuận” → “Các bên tự thỏa thuận”/s,
    new RegExp(`${codes.land}: Tạm ngừng tiếp nhận.*Chờ quyết định mới`, "s"),
    new RegExp(`Vi Hồng Nhung.*${codes.birth}: Thêm trang “Trang mới” vào tờ khai`, "s"),
  ])
    expect(page.text).toMatch(told);
  const hrefs = [...page.html.matchAll(/<a class="govuk-link" href="(\/quan-tri\/[^"]+)"/g)].map(
    ([, href]) => href ?? "",
  );
  for (const href of new Set(hrefs)) expect([href, (await browser.get(href)).status]).toEqual([href, 200]);
  const lists = await browser.get("/quan-tri/lich-su?loai=list");
  expect(lists.text).toContain("Các bên tự thỏa thuận");
  expect(lists.text).not.toContain("Chờ quyết định mới");
  expect((await browser.get("/quan-tri/lich-su?loai=x&truoc=never")).status).toBe(200);
});
