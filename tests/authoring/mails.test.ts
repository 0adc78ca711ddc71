import { expect, test } from "vitest";
import { placesOf, strangePlaces, WORDINGS } from "#notifications/index.ts";
import { wordsForMails } from "../../src/notifications/actions/wordings.ts";
import { createTexts } from "../../src/texts.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring();
const browser = await world.signInAdmin();
const at = "/quan-tri/mau-thu/accepted";
const say = async () => {
  const t = await wordsForMails(world.system(), createTexts().vi, "vi");
  return t("notifications.notice.accepted.title", { code: "H37-1", due: "hôm nay" });
};

test("every mail has a page of its own, with the places that it fills in", async () => {
  expect((await browser.get("/quan-tri/mau-thu")).all("tr").length).toBe(WORDINGS.length + 1);
  expect((await browser.get(at)).text).toContain("Chỗ được điền: {{code}}, {{due}}");
  expect(placesOf("accepted")).toEqual(["code", "due"]);
});

test.each([
  ["{{due}} và {{code}}", []],
  ["{{matKhau}}", ["matKhau"]],
  ["{{ constructor }}", ["constructor"]],
  ["{{code", ["{{ }}"]],
])("in “%s” the portal does not know %j", (text, strange) => {
  expect(strangePlaces("accepted", text)).toEqual(strange);
});

test("a mail is previewed, worded anew, and goes back to an earlier version or to the portal's own words", async () => {
  const own = await say();
  const page = await browser.get(at);
  const wrong = await page.submit("Lưu và dùng từ nay", { titleVi: "Chào {{hoTen}}" });
  expect(wrong.status).toBe(422);
  expect(wrong.errors()[0]?.text).toContain("hoTen");
  const seen = await page.submit("Xem thử", { titleVi: "Đã nhận {{code}}" });
  expect(seen.text).toContain("Đã nhận H37.05977-261123-0001");
  expect(await say()).toBe(own);
  const saved = await seen.submit("Lưu và dùng từ nay");
  expect(saved.text).toContain("Đã lưu.");
  expect(await say()).toBe("Đã nhận H37-1");
  expect((await page.submit("Lưu và dùng từ nay", { titleVi: "Khác" })).status).toBe(409);
  const back = await saved.submit("Dùng lại lời của cổng");
  expect(await say()).toBe(own);
  await back.submit(/^Dùng lại bản này/);
  expect(await say()).toBe("Đã nhận H37-1");
});
