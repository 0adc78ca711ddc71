import { describe, expect, test } from "vitest";
import { textOf } from "#dev/browse/html.ts";
import { strangePlaces } from "#lists/index.ts";
import { MAILS, placesOfMail } from "#notifications/index.ts";
import { samplePaper } from "../../src/documents/printing/samples.ts";
import { withFixed, withPassages } from "../../src/documents/rules/passages.ts";
import { wordsForMails } from "../../src/notifications/actions/wordings.ts";
import { createTexts } from "../../src/texts.ts";
import { codes, register } from "../desk/world.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring();
const browser = await world.signInAdmin();

test.each([
  ["{{due}} và {{code}}", []],
  ["{{matKhau}}", ["matKhau"]],
  ["{{ constructor }}", ["constructor"]],
  ["{{code", ["{{ }}"]],
])("in “%s” the portal does not know %j", (text, strange) => {
  expect(strangePlaces(["code", "due"], text)).toEqual(strange);
});

describe("mails", () => {
  const at = "/quan-tri/mau-thu/accepted";
  const say = async () => {
    const t = await wordsForMails(world.system(), createTexts().vi, "vi");
    return t("notifications.notice.accepted.title", { code: "H37-1", due: "hôm nay" });
  };

  test("every mail has a page of its own, with the places that it fills in", async () => {
    const list = await browser.get("/quan-tri/mau-thu");
    const names = list
      .all("a")
      .filter(({ attrs }) => attrs.some(({ value }) => value.startsWith("/quan-tri/mau-thu/")))
      .map(textOf);
    expect(names.length).toBe(MAILS.length);
    // Nobody can choose between two of one name.
    expect(new Set(names).size).toBe(names.length);
    expect(names.join()).not.toContain("{{");
    expect((await browser.get(at)).text).toContain("Chỗ được điền: {{code}} (mã hồ sơ), {{due}} (hẹn trả)");
    expect(placesOfMail("accepted")).toEqual(["code", "due"]);
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
});

describe("papers", () => {
  const at = (name: string) => `/quan-tri/mau-giay/${name}`;
  const issued = async () => {
    const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
    const { snapshot } = await world.db.issuedPaper.findFirstOrThrow({ where: { dossierId, kind: "receipt_slip" } });
    return snapshot as { code: string; passages?: Record<string, string> };
  };

  test("a slip says what an administrator wrote, filled in; one that was issued before keeps its words", async () => {
    const before = await issued();
    expect(before.passages).toBeUndefined();
    const page = await browser.get(at("receipt_slip"));
    const wrong = await page.submit("Lưu và dùng từ nay", { note: "Gửi {{hoTen}}" });
    expect(wrong.errors()).toEqual([
      { field: "note", text: "Ở đây không có chỗ hoTen. Chỉ dùng những chỗ ghi ở đầu trang." },
    ]);
    const saved = await page.submit("Lưu và dùng từ nay", { note: "Mang theo giấy này khi hỏi về hồ sơ {{code}}." });
    const after = await issued();
    expect(after.passages).toEqual({ note: `Mang theo giấy này khi hỏi về hồ sơ ${after.code}.` });
    await saved.submit("Dùng lại lời của cổng");
    expect((await issued()).passages).toBeUndefined();
    const list = await browser.get("/quan-tri/lich-su?loai=wording");
    expect(await list.follow(/^Giấy tiếp nhận.*Bản số 1$/)).toMatchObject({ path: at("receipt_slip") });
  });

  test("what is typed is looked at as PDF before it is kept; what the form must say cannot be left out", async () => {
    const page = await browser.get(at("apology_letter"));
    const seen = await page.submit("Xem thử trên giấy (PDF)", { thanks: "Trân trọng cảm ơn {{applicant}}." });
    expect([seen.status, seen.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(await world.db.wording.count({ where: { kind: "paper.apology_letter" } })).toBe(0);
    const empty = await page.submit("Lưu và dùng từ nay", { sorry: " " });
    expect(empty.errors()).toEqual([{ field: "sorry", text: "Nhập đủ, không quá 2000 ký tự." }]);
    expect((await browser.get(at("register"))).status).toBe(404);
  });

  test("words that are the portal's own leave a paper as it was, letter by letter", () => {
    const paper = samplePaper({ title: "Phiếu", basis: "", symbol: "TCTN" }, "decline_slip");
    expect(withPassages(paper, { again: "Nộp lại tại {{agency}}." })).toEqual({
      ...paper,
      passages: { again: "Nộp lại tại Ủy ban nhân dân phường Kỳ Lừa." },
    });
    expect(withFixed(["Một", "Hai"], "Quyền khiếu nại.")).toEqual(["Một", "Hai Quyền khiếu nại."]);
    expect(withPassages(paper, { note: "" })).toBe(paper);
    expect(withPassages(paper, { stranger: "x" })).toBe(paper);
  });
});
