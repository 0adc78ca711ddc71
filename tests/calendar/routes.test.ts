import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createAdmin } from "#accounts/index.ts";
import { dateOf, findCalendar, HolidayTable, importHolidays } from "#calendar/index.ts";
import { codes, makeWorld, register } from "../desk/world.ts";

const PASSWORD = "con trâu đi trước";
const world = await makeWorld("dongKinhDesk");
await createAdmin(world.system(), { username: "quantri", displayName: "Nông Quốc Chấn", password: PASSWORD });
const browser = await world.signIn("quantri", PASSWORD);
const seed = HolidayTable.parse(JSON.parse(readFileSync("prisma/seed/holidays.json", "utf8")));

const standing = (date: string, agencyId: string | null = null) =>
  world.db.calendarDay.findMany({ where: { date, agencyId, untilChangeId: null } });
const typed = (date: string, more: Record<string, string> = {}) => ({
  "date.day": date.slice(8),
  "date.month": date.slice(5, 7),
  "date.year": date.slice(0, 4),
  kind: "off",
  name: "Nghỉ bão",
  confidence: "announced",
  source: "12/CĐ-UBND",
  ...more,
});

describe("the calendar as an administrator sees it", () => {
  test("a year shows its days with weekday, kind, name and basis, and leads to the years beside it", async () => {
    const page = await browser.get("/quan-tri/lich?nam=2026");
    expect(page.heading).toBe("Lịch làm việc");
    expect(page.rows()).toContainEqual([
      "Thứ Ba, 24/11/2026",
      "Nghỉ",
      "Ngày Văn hóa Việt Nam",
      expect.stringMatching(/^Theo luật/),
    ]);
    expect(page.rows()).toContainEqual(["Thứ Bảy, 22/08/2026", "Làm bù", expect.any(String), expect.any(String)]);
    expect((await page.follow("2027")).text).toContain("Ngày nghỉ và ngày làm bù năm 2027");
    expect((await browser.get("/quan-tri/lich?nam=2031")).text).toContain("Năm 2031 chưa có ngày nghỉ nào");
  });

  test("administration leads to it", async () => {
    expect((await (await browser.get("/quan-tri")).follow("Lịch làm việc")).heading).toBe("Lịch làm việc");
  });

  test("nobody else may look at it or change it", async () => {
    const clerk = await world.as("dongKinhDesk");
    expect((await clerk.get("/quan-tri/lich")).status).toBe(403);
    expect((await clerk.post("/quan-tri/lich", typed("2026-12-09"))).status).toBe(403);
    expect(await standing("2026-12-09")).toEqual([]);
  });
});

describe("a day is added, changed and removed", () => {
  test("after a look at what it does, and every version is kept with who made it", async () => {
    const form = await (await browser.get("/quan-tri/lich?nam=2026")).follow("Thêm ngày");
    const preview = await form.submit("Xem trước thay đổi", typed("2026-12-09"));
    expect(preview.heading).toBe("Xem trước thay đổi lịch");
    expect(preview.rows()).toContainEqual(["Thứ Tư, 09/12/2026", "Không có trong bảng", "Nghỉ: Nghỉ bão"]);
    expect(preview.text).toContain("Không hồ sơ đang giải quyết nào đổi hạn trả.");
    expect(await standing("2026-12-09")).toEqual([]);

    const done = await preview.submit("Áp dụng");
    expect(done.text).toContain("Đã thay đổi lịch; số ngày: 1.");
    expect(done.rows()).toContainEqual(["Thứ Tư, 09/12/2026", "Nghỉ", "Nghỉ bão", "Đã có thông báo 12/CĐ-UBND"]);
    expect(done.text).toContain("Nông Quốc Chấn");
    expect((await findCalendar(world)).daysOff.get("2026-12-09")?.name).toBe("Nghỉ bão");

    const edit = await done.follow("Thứ Tư, 09/12/2026");
    const renamed = await (await edit.submit("Xem trước thay đổi", { name: "Nghỉ phòng chống bão" })).submit("Áp dụng");
    expect(renamed.text).toContain("Nghỉ phòng chống bão");

    const removal = await (await renamed.follow("Thứ Tư, 09/12/2026")).submit("Bỏ ngày này khỏi lịch");
    expect(removal.rows()).toContainEqual(["Thứ Tư, 09/12/2026", "Nghỉ: Nghỉ phòng chống bão", "Không có trong bảng"]);
    await removal.submit("Áp dụng");
    expect(await standing("2026-12-09")).toEqual([]);
    const kept = await world.db.calendarDay.findMany({
      where: { date: "2026-12-09" },
      include: { since: true, until: true },
      orderBy: { since: { at: "asc" } },
    });
    const { id } = await world.db.account.findUniqueOrThrow({ where: { username: "quantri" } });
    expect(kept.map(({ name, since, until }) => [name, since.byId, until?.byId])).toEqual([
      ["Nghỉ bão", id, id],
      ["Nghỉ phòng chống bão", id, id],
    ]);
  });

  test("a day moved to another date leaves its old date", async () => {
    await (await (await browser.get("/quan-tri/lich/ngay")).submit("Xem trước thay đổi", typed("2026-12-16"))).submit(
      "Áp dụng",
    );
    const edit = await browser.get("/quan-tri/lich/ngay?ngay=2026-12-16");
    await (await edit.submit("Xem trước thay đổi", { "date.day": "17" })).submit("Áp dụng");
    expect([(await standing("2026-12-16")).length, (await standing("2026-12-17")).length]).toEqual([0, 1]);
  });

  test.each([
    ["no date", { "date.day": "" }, "date", "Nhập một ngày có thật"],
    ["a day that does not exist", { "date.day": "31", "date.month": "2" }, "date", "Nhập một ngày có thật"],
    ["no kind", { kind: "" }, "kind", "Chọn ngày nghỉ hoặc ngày làm bù"],
    ["a make-up day on a working day", { kind: "working" }, "kind", "vốn là ngày làm việc"],
    ["no name", { name: "  " }, "name", "Nhập tên ngày"],
    ["too long a name", { name: "x".repeat(201) }, "name", "không quá 200"],
    ["a forged confidence", { confidence: "sure" }, "confidence", "Chọn mức chắc chắn"],
  ])("%s is told at the field, and what was typed is kept", async (_name, wrong, field, text) => {
    for (const path of ["/quan-tri/lich/xem-truoc", "/quan-tri/lich"]) {
      const page = await browser.post(
        path,
        typed("2026-12-09", { source: "Giữ lại", ...wrong } as Record<string, string>),
      );
      expect(page.status).toBe(422);
      expect(page.errors()).toEqual([{ field, text: expect.stringContaining(text) }]);
      expect(page.byId(field)).toBeDefined();
      expect(page.html).toContain("Giữ lại");
    }
    expect(await standing("2026-12-09")).toEqual([]);
  });

  test("what is so already is not a change", async () => {
    const page = await browser.get("/quan-tri/lich/ngay?ngay=2026-11-24");
    const same = await page.submit("Xem trước thay đổi");
    expect(same.status).toBe(422);
    expect(same.errors()[0]?.text).toContain("Lịch đã đúng như vậy");
  });

  test("who looked at an older calendar is told so, and nothing changes", async () => {
    const preview = await (await browser.get("/quan-tri/lich/ngay")).submit("Xem trước thay đổi", typed("2026-12-22"));
    await (await (await browser.get("/quan-tri/lich/ngay")).submit("Xem trước thay đổi", typed("2026-12-23"))).submit(
      "Áp dụng",
    );
    const refused = await preview.submit("Áp dụng");
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("Lịch làm việc vừa được người khác thay đổi");
    expect(await standing("2026-12-22")).toEqual([]);
  });
});

describe("one agency's own calendar", () => {
  test("wins over the province's for that agency alone", async () => {
    const agencyId = await world.agencyId("dongKinh");
    const day = await browser.get(`/quan-tri/lich/ngay?co-quan=${agencyId}&ngay=2026-11-24`);
    expect(day.text).toContain("Chỉ áp dụng cho");
    const preview = await day.submit("Xem trước thay đổi", { kind: "working", name: "Trực lễ" });
    const done = await preview.submit("Áp dụng");
    expect(done.rows()).toContainEqual(["Thứ Ba, 24/11/2026", "Làm bù", "Trực lễ", expect.any(String)]);
    expect(done.text).toContain("Theo lịch chung của tỉnh");
    const own = await findCalendar(world, { id: agencyId, officeHours: null });
    expect(own.daysOff.has("2026-11-24")).toBe(false);
    expect(own.daysOff.has("2026-09-02")).toBe(true);
    expect((await findCalendar(world)).daysOff.has("2026-11-24")).toBe(true);
  });

  test("an agency that does not exist has none", async () => {
    expect((await browser.get("/quan-tri/lich?co-quan=00000000-0000-7000-8000-000000000000")).status).toBe(404);
    expect((await browser.get("/quan-tri/lich?co-quan=x&nam=y&ngay=z")).status).toBe(200);
  });
});

describe("a table is taken out and brought in", () => {
  test("what was taken out comes back unchanged; a missing day is removed, a new one added", async () => {
    const file = await browser.get("/quan-tri/lich/xuat");
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="lich-.*\.json"/);
    const text = file.body.toString("utf8");
    const table = HolidayTable.parse(JSON.parse(text));
    const form = await browser.get("/quan-tri/lich/nhap");
    const same = await form.submit("Xem trước thay đổi", { table: text });
    expect(same.errors()).toEqual([
      { field: "table", text: "Lịch đã đúng như vậy. Hãy sửa nội dung nếu muốn thay đổi" },
    ]);

    const months = table.years["2027"];
    if (!months) throw new Error("no 2027");
    const [gone] = months.daysOff.splice(1, 1);
    months.daysOff.push({ date: "2027-11-26", name: "Nghỉ thêm", confidence: "estimate" });
    const preview = await form.submit("Xem trước thay đổi", {
      table: JSON.stringify({ ...table, years: { "2027": months } }),
    });
    expect(preview.rows()).toHaveLength(3);
    await preview.submit("Áp dụng");
    expect(await standing(gone?.date ?? "")).toEqual([]);
    expect(await standing("2027-11-26")).toMatchObject([{ name: "Nghỉ thêm", confidence: "estimate" }]);
  });

  test.each([
    ["", "Dán nội dung bảng"],
    ["{ngày", "không phải JSON"],
    ["[]", "Bảng chưa đúng ở mục JSON"],
    [
      JSON.stringify({
        meta: { source: "x" },
        years: {
          "2026": {
            announcements: [],
            daysOff: [{ date: "2027-01-01", name: "x", confidence: "law" }],
            makeUpDays: [],
          },
        },
      }),
      "Ngày 2027-01-01 không thuộc năm 2026",
    ],
    [
      JSON.stringify({
        meta: { source: "x" },
        years: {
          "2026": {
            announcements: [],
            daysOff: [{ date: "2026-02-30", name: "x", confidence: "law" }],
            makeUpDays: [],
          },
        },
      }),
      "Ngày phải có thật",
    ],
    [JSON.stringify({ meta: { source: "x" }, years: { "2026": { announcements: [] } } }), "years › 2026 › daysOff"],
  ])("a table that does not fit is told at the field: %.40s", async (table, text) => {
    const page = await browser.post("/quan-tri/lich/xem-truoc", { act: "import", table });
    expect(page.status).toBe(422);
    expect(page.errors()).toEqual([{ field: "table", text: expect.stringContaining(text) }]);
  });
});

describe("the table that comes with the portal", () => {
  test("does not undo what a person entered or removed", async () => {
    expect(await importHolidays(world.system(), seed)).toBe(0);
    expect(await standing("2027-11-26")).toHaveLength(1);
  });
});

describe("the look before a change", () => {
  test("names the open dossiers whose due date would move, and moves none", async () => {
    const { dossierId } = await register(world, codes.house, "dongKinhDesk", "dongKinh");
    const dossier = await world.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
    if (!dossier.dueAt || !dossier.code) throw new Error("not accepted");
    const preview = await (await browser.get("/quan-tri/lich/ngay")).submit(
      "Xem trước thay đổi",
      typed(dateOf(dossier.dueAt)),
    );
    expect(preview.text).toContain("Số hồ sơ đang giải quyết sẽ đổi hạn trả: 1.");
    expect(preview.text).toContain(dossier.code);
    expect(await world.db.dossier.findUniqueOrThrow({ where: { id: dossierId } })).toEqual(dossier);
  });
});

describe("the table of a year that is needed", () => {
  test("is asked for on the page and on the front page while it is missing", async () => {
    const year = String(world.system().now.getUTCFullYear());
    const empty = { announcements: [], daysOff: [], makeUpDays: [] };
    const table = JSON.stringify({ meta: { source: "x" }, years: { [year]: empty } });
    await (await (await browser.get("/quan-tri/lich/nhap")).submit("Xem trước thay đổi", { table })).submit("Áp dụng");
    for (const path of ["/quan-tri/lich", "/quan-tri"])
      expect((await browser.get(path)).text).toContain(`Chưa có lịch nghỉ năm ${year}`);
  });
});
