import { describe, expect, test } from "vitest";
import { addDays, dateOf } from "#calendar/rules.ts";
import { importPages, listNotices, PAGE_KEYS, publishNotice } from "#content/index.ts";
import { paths } from "#content/paths.ts";
import { DEMO_PASSWORD, demoCitizens } from "#dev/demo.ts";
import { now } from "#platform/clock.ts";
import { watchQueries } from "#platform/watch.ts";
import { startTestApp } from "../support/app.ts";
import type { Page } from "../support/client.ts";
import { provinceDatabase } from "../support/province.ts";

const database = await provinceDatabase();
const asked: string[] = [];
watchQueries(database.pool, { request() {}, job() {}, query: ({ sql }) => void asked.push(sql) });
const portal = await startTestApp({ database });
const REACHED = "Ủy ban nhân dân phường Đông Kinh";
await portal.db.agency.updateMany({ where: { name: REACHED }, data: { phone: "0205 3812 345" } });
const admin = await portal.signIn("quantri", DEMO_PASSWORD);
const english = async (path: string): Promise<Page> => {
  const client = portal.client();
  client.cookies.set("lang", "en");
  return client.get(path);
};
const boxes = (name: string, date: string) => ({
  [`${name}.day`]: date.slice(8),
  [`${name}.month`]: date.slice(5, 7),
  [`${name}.year`]: date.slice(0, 4),
});
const inDays = (days: number): string => addDays(dateOf(now()), days);
const OUTAGE = {
  kind: "outage",
  titleVi: "Bảo trì máy chủ",
  bodyVi: "Cổng được nâng cấp.",
  startTime: "22:00",
  endTime: "23:30",
};

describe("what a portal owes its public", () => {
  test.each(PAGE_KEYS)(
    "the page %s stands in both languages, and the footer of every page leads to it",
    async (key) => {
      const [vi, en] = [await portal.client().get(paths.page[key]), await english(paths.page[key])];
      expect([vi.status, en.status]).toEqual([200, 200]);
      expect(vi.heading).not.toBe(en.heading);
      expect(vi.text).not.toContain("{{");
      expect(vi.text.length).toBeGreaterThan(800);
      expect((await portal.client().get("/tra-cuu")).html).toContain(`href="${paths.page[key]}"`);
    },
  );

  test("the privacy notice names the law, the rights and the province; contact and accessibility the hotline", async () => {
    const privacy = await portal.client().get(paths.page.privacy);
    expect(privacy.text).toContain("91/2025/QH15");
    expect(privacy.text).toContain("rút lại sự đồng ý");
    expect(privacy.text).toContain("tỉnh Lạng Sơn");
    for (const path of [paths.page.contact, paths.page.accessibility])
      expect((await portal.client().get(path)).link("Gọi tổng đài: 1900 0000")).toBe("tel:19000000");
  });

  test("contact lists the agencies of which a phone number or an address is known", async () => {
    const page = await portal.client().get(paths.page.contact);
    expect(page.rows().slice(1)).toEqual([[REACHED, "Chưa có thông tin", "0205 3812 345"]]);
  });
});

describe("an administrator changes a page", () => {
  test("after a look at both languages; every version is kept with who wrote it", async () => {
    const form = await (await admin.get("/quan-tri/noi-dung")).follow("Điều khoản sử dụng");
    const preview = await form.submit("Xem trước", { titleVi: "Điều khoản mới", bodyVi: "## Mục\n\nChữ **đậm**." });
    expect(preview.heading).toBe("Xem trước khi công bố");
    expect(preview.html).toContain("<strong>đậm</strong>");
    expect((await portal.client().get(paths.page.terms)).heading).toBe("Điều khoản sử dụng");
    const again = await preview.submit("Sửa tiếp");
    expect(again.html).toContain("Chữ **đậm**.");
    const done = await (await again.submit("Xem trước")).submit("Công bố");
    expect(done.text).toContain("Đã công bố.");
    expect((await portal.client().get(paths.page.terms)).heading).toBe("Điều khoản mới");
    expect((await english(paths.page.terms)).heading).toBe("Terms of use");

    const versions = await admin.get(paths.editPage("terms"));
    expect(
      versions
        .rows()
        .slice(1)
        .map(([name, , by]) => [name, by]),
    ).toEqual([
      ["Phiên bản 2", "Nông Quốc Chấn"],
      ["Phiên bản 1", "Đi kèm phần mềm"],
    ]);
    expect((await versions.follow("Phiên bản 1")).text).toContain("Trách nhiệm của bạn");
  });

  test("the seed leaves a page alone that a person changed, and renews one that nobody touched", async () => {
    const words = { titleVi: "Từ bản cài", bodyVi: "x", titleEn: "Seed", bodyEn: "x" };
    const texts = [
      { key: "terms" as const, ...words },
      { key: "questions" as const, ...words },
    ];
    expect(await importPages(portal.system(), texts)).toBe(1);
    expect(await importPages(portal.system(), texts)).toBe(0);
    expect((await portal.client().get(paths.page.terms)).heading).toBe("Điều khoản mới");
    expect((await portal.client().get(paths.page.questions)).heading).toBe("Từ bản cài");
  });

  test("of two at once the second is told, keeps what they wrote, and can still publish", async () => {
    const [one, two] = [await admin.get(paths.editPage("guide")), await admin.get(paths.editPage("guide"))];
    await (await one.submit("Xem trước", { titleVi: "Của người thứ nhất" })).submit("Công bố");
    const told = await (await two.submit("Xem trước", { titleVi: "Của người thứ hai" })).submit("Công bố");
    expect(told.status).toBe(409);
    expect(told.text).toContain("vừa công bố phiên bản 2");
    expect(told.html).toContain("Của người thứ hai");
    await (await told.submit("Xem trước")).submit("Công bố");
    expect((await portal.client().get(paths.page.guide)).heading).toBe("Của người thứ hai");
    expect(await portal.db.contentText.count({ where: { subject: "guide" } })).toBe(3);
  });

  test.each([
    ["HTML", { bodyVi: "<script>x</script>" }, /mã HTML: “<script>x/],
    ["a link that runs", { bodyVi: "[x](javascript:x)" }, /Liên kết không dùng được/],
    ["no title", { titleVi: " " }, /Hãy nhập tiêu đề tiếng Việt/],
    ["half of the English", { titleEn: "" }, /Bản tiếng Anh cần cả tiêu đề và nội dung/],
  ])("%s comes back as a mistake with what was typed", async (_what, typed, error) => {
    const answer = await (await admin.get(paths.editPage("contact"))).submit("Xem trước", typed);
    expect(answer.status).toBe(422);
    expect(answer.errors().map(({ text }) => text)).toEqual([expect.stringMatching(error)]);
  });

  test("nobody else may", async () => {
    const lan = await portal.signIn(demoCitizens.lan.phone, DEMO_PASSWORD);
    expect((await lan.get("/quan-tri/noi-dung")).status).toBe(403);
    expect((await lan.post(paths.editPage("terms"), { act: "publish" })).status).toBe(403);
    expect((await portal.client().get("/quan-tri/noi-dung")).path).toMatch(/^\/dang-nhap/);
  });

  test("the portal's role can neither alter nor delete a version", async () => {
    await expect(portal.db.contentText.updateMany({ data: { titleVi: "x" } })).rejects.toThrow();
    await expect(portal.db.contentText.deleteMany({})).rejects.toThrow();
  });
});

describe("notices", () => {
  test("a planned outage announced too late warns the administrator with the law, and stands on every page", async () => {
    const form = await (await admin.get("/quan-tri/noi-dung")).follow("Viết thông báo");
    const typed = { ...OUTAGE, ...boxes("start", inDays(3)), ...boxes("end", inDays(3)) };
    const preview = await form.submit("Xem trước", typed);
    expect(preview.text).toContain("muộn hơn luật định");
    expect(preview.text).toContain("7 ngày làm việc");
    expect((await portal.client().get("/")).text).not.toContain("Bảo trì máy chủ");
    await preview.submit("Công bố");
    for (const path of ["/", "/tra-cuu", "/thu-tuc", "/khong-co-trang-nay"])
      expect((await portal.client().get(path)).text).toContain("Cổng sẽ tạm ngừng từ 22:00");
    expect((await admin.get("/quan-tri")).text).toContain("Bảo trì máy chủ");
    const notice = await (await portal.client().get("/")).follow("Xem thông báo");
    expect(notice.text).toContain("Cổng được nâng cấp.");
    expect((await english("/")).text).toContain("The portal will be unavailable");
  });

  test("one announced seven working days ahead does not warn", async () => {
    const typed = { ...OUTAGE, ...boxes("start", inDays(20)), ...boxes("end", inDays(20)) };
    const form = await admin.get("/quan-tri/noi-dung/thong-bao");
    expect((await form.submit("Xem trước", typed)).text).not.toContain("muộn hơn luật định");
  });

  test("taken away it is gone for everybody, and kept for administrators", async () => {
    const form = await (await admin.get("/quan-tri/noi-dung")).follow("Bảo trì máy chủ");
    expect((await form.submit("Gỡ thông báo")).text).toContain("Đã gỡ thông báo");
    expect((await portal.client().get("/")).text).not.toContain("Bảo trì máy chủ");
    expect((await portal.client().get("/thong-bao")).text).not.toContain("Bảo trì máy chủ");
    const home = await admin.get("/quan-tri/noi-dung");
    expect(home.rows(home.all("table")[1])).toContainEqual([
      "Bảo trì máy chủ",
      "Tạm ngừng dịch vụ",
      expect.any(String),
      "Đã gỡ hoặc hết hạn",
    ]);
  });

  test("are listed newest first, page by page, from their day on until their day is over", async () => {
    const at = now();
    const system = portal.system(at);
    const hours = (n: number) => new Date(at.getTime() + n * 3_600_000);
    const times = { shownUntil: null, outageFrom: null, outageTo: null };
    const words = (titleVi: string) => ({ titleVi, bodyVi: "x", titleEn: "", bodyEn: "", kind: "news" as const });
    for (let i = 1; i <= 21; i++)
      await publishNotice(system, { ...words(`Tin ${i}`), ...times, shownFrom: hours(-30 + i) });
    const later = await publishNotice(system, { ...words("Chưa đến ngày"), ...times, shownFrom: hours(5) });
    await publishNotice(system, { ...words("Đã qua"), ...times, shownFrom: hours(-5), shownUntil: hours(-1) });
    const first = await portal.client().get("/thong-bao");
    expect(first.text).not.toMatch(/Chưa đến ngày|Đã qua|Tin 1 /);
    expect((await first.follow(/Thông báo cũ hơn/)).text).toContain("Tin 1 ");
    expect((await listNotices(portal.system(), 2)).map(({ titleVi }) => titleVi)).toEqual(["Tin 21", "Tin 20"]);
    expect((await portal.client().get(paths.notice(later))).status).toBe(404);
    expect((await english("/thong-bao")).html).toContain('lang="vi"');
  });

  test.each([
    ["no kind", { kind: "" }, "Hãy chọn loại thông báo."],
    ["no time", { startTime: "" }, "Hãy nhập giờ theo dạng giờ:phút, ví dụ 22:00."],
    ["an end before its beginning", { endTime: "21:00" }, "Thời điểm kết thúc phải sau thời điểm bắt đầu."],
    ["no real day", { "start.day": "31", "start.month": "2" }, "Hãy nhập ngày có thật, ví dụ 24 11 2026."],
  ])("with %s comes back as a mistake", async (_what, typed, error) => {
    const whole = { ...OUTAGE, ...boxes("start", inDays(20)), ...boxes("end", inDays(20)), act: "publish", ...typed };
    const answer = await admin.post("/quan-tri/noi-dung/thong-bao", whole);
    expect([answer.status, answer.errors().map(({ text }) => text)]).toEqual([422, [error]]);
  });
});

test("a warm page asks the database nothing of texts and notices", async () => {
  const client = portal.client();
  await client.get(paths.page.privacy);
  expect(asked.some((sql) => sql.includes("content_texts"))).toBe(true);
  asked.length = 0;
  for (let i = 0; i < 5; i++) await client.get(paths.page.privacy);
  expect(asked.filter((sql) => sql.includes("content_texts"))).toEqual([]);
});
