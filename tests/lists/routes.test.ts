import { expect, test } from "vitest";
import { createAdmin } from "#accounts/index.ts";
import { findReasons } from "#dossiers/index.ts";
import { keepEntries, keyOf, LISTS, listEntries, textOfEntry, wordFor } from "#lists/index.ts";
import { fieldContext, typeOf } from "#procedures/index.ts";
import { createTexts } from "../../src/texts.ts";
import { startTestApp } from "../support/app.ts";
import { provinceDatabase } from "../support/province.ts";

const PASSWORD = "con trâu đi trước";
const app = await startTestApp({ database: await provinceDatabase() });
await createAdmin(app.system(), { username: "chudanhsach", displayName: "Hà Thị Cầu", password: PASSWORD });
const browser = await app.signIn("chudanhsach", PASSWORD);
const at = (list: string) => `/quan-tri/danh-sach/${list}`;

test("every list is there, with what the portal brought", async () => {
  const page = await browser.get("/quan-tri/danh-sach");
  expect(page.text).toContain("Dân tộc 54 mục");
  for (const list of LISTS) expect((await browser.get(at(list))).status).toBe(200);
  expect((await browser.get(at("x"))).status).toBe(404);
});

test("a group that is worded anew, taken out and put back is so in every form; what was answered with it stays readable", async () => {
  const field = { id: "g", type: "ethnic_group", label: { vi: "Dân tộc" }, required: true, settings: {} };
  const shown = async () => {
    const context = await fieldContext({ ...app.system(), language: "vi" }, createTexts().vi);
    const { type, settings } = typeOf(field);
    return {
      said: type.display("08", settings, field, context),
      offered: JSON.stringify(type.control({ values: {}, name: "g", errors: {} } as never, settings, field, context)),
    };
  };
  expect((await shown()).said).toEqual(["Mông"]);
  const edit = await (await browser.get(at("ethnicGroup"))).follow("Mông");
  const saved = await edit.submit("Lưu", { "Nội dung": "H’Mông" });
  expect(saved.text).toContain("“Mông” → “H’Mông”");
  expect((await shown()).said).toEqual(["H’Mông"]);
  await (await saved.follow("H’Mông")).submit("Bỏ mục này");
  const out = await shown();
  expect(out.said).toEqual(["H’Mông"]);
  expect(out.offered).not.toContain("H’Mông");
  // The seed brings back nothing that an administrator changed.
  await keepEntries(app.system(), "ethnicGroup", [{ key: "08", text: "Mông" }]);
  expect((await shown()).offered).not.toContain('"08"');
  const history = await browser.get(at("ethnicGroup"));
  const first = await browser.post(`${at("ethnicGroup")}/dat-lai`, {
    id: /name="id" value="([^"]+)"/.exec(history.html)?.[1] ?? "",
  });
  expect(first.text).toContain("Dùng lại “H’Mông”");
  expect((await shown()).offered).toContain("H’Mông");
});

test("a new reason is offered to officers, the same again is not taken, and an empty one is told", async () => {
  const page = await browser.get(at("reason.decline"));
  const added = await page.submit("Thêm mục", { "Nội dung": "Hồ sơ đã được cơ quan khác giải quyết." });
  expect(added.text).toContain("Thêm “Hồ sơ đã được cơ quan khác giải quyết.”");
  expect((await findReasons(app.system()))("decline")).toContain("Hồ sơ đã được cơ quan khác giải quyết.");
  expect((await page.submit("Thêm mục", { "Nội dung": "hồ sơ đã được cơ quan khác giải quyết." })).status).toBe(409);
  const empty = await page.submit("Thêm mục", { "Nội dung": "  " });
  expect(empty.status).toBe(422);
  expect(empty.errors()).toEqual([{ text: "Nhập nội dung, không quá 500 ký tự.", field: "text" }]);
});

test("who was slower is told, and nothing is overwritten", async () => {
  const [entry] = await listEntries(app.system(), "reason.stop");
  const late = await browser.get(`${at("reason.stop")}/${entry?.key}`);
  await late.submit("Lưu", { "Nội dung": "Lý do mới" });
  const told = await late.submit("Lưu", { "Nội dung": "Lý do khác" });
  expect(told.status).toBe(409);
  expect((await listEntries(app.system(), "reason.stop"))[0]?.text).toBe("Lý do mới");
  expect(entry?.key).toBe(keyOf(entry?.text ?? ""));
});

test("a type of document is kept by its words, which stay when it is worded anew", async () => {
  const page = await browser.get(at("documentType"));
  expect(page.text).toContain("Giấy chứng sinh Mã: giay-chung-sinh");
  const added = await page.submit("Thêm mục", { "Nội dung": "Sổ hộ tịch số hóa" });
  const edit = await added.follow("Sổ hộ tịch số hóa");
  await edit.submit("Lưu", { "Nội dung": "Sổ hộ tịch điện tử" });
  const entries = await listEntries(app.system(), "documentType");
  expect(textOfEntry(entries, "so-ho-tich-so-hoa")).toBe("Sổ hộ tịch điện tử");
  expect(textOfEntry(entries, "khong-co")).toBe("khong-co");
  expect(wordFor("Sổ hộ tịch số hóa", ["so-ho-tich-so-hoa"])).toBe("so-ho-tich-so-hoa-2");
});
