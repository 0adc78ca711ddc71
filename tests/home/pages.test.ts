import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lifeEvents } from "#home/rules.ts";
import { iconNames } from "#platform/components.ts";
import { createRenderer, type Shell } from "#platform/render.ts";
import { homePage } from "../../src/home/pages.ts";
import { createTexts } from "../../src/texts.ts";
import { attribute, Reading } from "../support/html.ts";

const root = join(import.meta.dirname, "../..");
const texts = createTexts();
const renderer = createRenderer(join(root, "views"), {});
const shell: Shell = {
  language: "vi",
  path: "/",
  nav: [],
  person: null,
  layout: "layouts/public",
  notice: null,
  province: "thành phố Đà Nẵng",
  hotline: "1900 1234",
};
const counts = { total: 5105, full: 1204, partial: 2310, information: 1591 };
const wellKnown = [{ code: "ma-so-1", name: "Đăng ký khai sinh", english: "Birth registration", sector: "Hộ tịch" }];
const now = new Date("2026-11-22T10:05:00+07:00");
const year = { year: 2026, countedAt: now, all: { received: 12_345, resolved: 2000, dueResolved: 2000, onTime: 1999 } };
const notices = [
  {
    id: "bao-tri",
    titleVi: "Nghỉ lễ 2/9",
    titleEn: "Holiday on 2 September",
    shownFrom: new Date("2026-08-20T00:00:00Z"),
  },
];
const read = (front: Parameters<typeof homePage>[0], hotline: string | null = "1900 1234") =>
  Reading.of(renderer.page("home/show", homePage(front, hotline, texts.vi, "vi", now), shell, texts.vi));

describe("the home page", () => {
  const page = read({ counts, wellKnown, year, notices });

  test("asks first what somebody needs, and searches the catalogue by ?q=", () => {
    expect(page.heading).toBe("Bạn cần làm thủ tục gì?");
    const box = page.byLabel("Tìm thủ tục hành chính");
    expect(attribute(box, "name")).toBe("q");
    expect(page.all("form").map((form) => [attribute(form, "action"), attribute(form, "method")])).toEqual([
      ["/thu-tuc", "get"],
      ["/tra-cuu", "get"],
    ]);
  });

  test("tracks a dossier by ?ma=", () => {
    expect(attribute(page.byLabel("Tra cứu hồ sơ"), "name")).toBe("ma");
  });

  test("leads from each life event to its procedures", () => {
    expect(page.link("Có con nhỏ")).toBe("/thu-tuc?su-kien=co_con_nho");
    expect(
      lifeEvents.map(
        ({ key }) =>
          page.listByRole("link").filter((one) => attribute(one, "href") === `/thu-tuc?su-kien=${key}`).length,
      ),
    ).toEqual(lifeEvents.map(() => 1));
  });

  test("shows how many procedures stand at each level, in Vietnamese figures", () => {
    expect(page.summary()).toMatchObject({ "thủ tục được công khai": "5.105", "nộp trực tuyến toàn trình": "1.204" });
  });

  test("leads to the well-known procedures", () => {
    expect(page.listByRole("link", "Đăng ký khai sinh").map((one) => attribute(one, "href"))).toEqual([
      "/thu-tuc?q=%C4%90%C4%83ng+k%C3%BD+khai+sinh",
      "/thu-tuc/ma-so-1",
    ]);
  });

  test("leads firms to what is theirs, and everybody to the sectors and to each level of service", () => {
    expect(page.link("Kinh doanh")).toBe("/thu-tuc?doi-tuong=doanh-nghiep");
    expect(page.link("Thủ tục theo lĩnh vực")).toBe("/thu-tuc/linh-vuc");
    expect(page.link("nộp trực tuyến toàn trình")).toBe("/thu-tuc?muc=toan-trinh");
  });

  test("says how much of the year was resolved on time and until when that was counted; one late one is not all", () => {
    expect(page.summary()).toMatchObject({
      "hồ sơ đã tiếp nhận": "12.345",
      "hồ sơ đã giải quyết": "2.000",
      "giải quyết đúng hạn": "99,9%",
    });
    expect(page.text).toContain("Từ 01/01/2026 đến 10:05 ngày 22/11/2026.");
  });

  test("without figures says that there are none: never 0, never 100%", () => {
    const none = read({ counts, wellKnown, year: null, notices: [] });
    expect(none.text).toContain("Chưa có số liệu từ đầu năm 2026.");
    expect(none.text).not.toContain("%");
    const empty = { ...year, all: { received: 3, resolved: 0, dueResolved: 0, onTime: 0 } };
    expect(read({ counts, wellKnown, year: empty, notices: [] }).summary()["giải quyết đúng hạn"]).toBe(
      "Chưa có số liệu",
    );
  });

  test("shows what is new, with its day", () => {
    expect(page.link("Nghỉ lễ 2/9")).toBe("/thong-bao/bao-tri");
    expect(page.text).toContain("20/08/2026");
  });

  test("says nothing of figures, procedures or a hotline that are not there", () => {
    const bare = read(
      { counts: { total: 0, full: 0, partial: 0, information: 0 }, wellKnown: [], year: null, notices: [] },
      null,
    );
    expect(bare.listByRole("heading").map((one) => bare.nameOf(one))).not.toContain("Thủ tục trên Cổng");
    expect(bare.text).not.toContain("Tất cả thông báo");
    expect(bare.text).not.toContain("Thường tìm:");
    expect(bare.text).not.toContain("Cần người hướng dẫn?");
  });
});

test("the life events are those of the catalogue's groups, each with a title in both languages and an icon", () => {
  const groups = JSON.parse(readFileSync(join(root, "prisma/seed/life-events.json"), "utf8")) as { key: string }[];
  expect(lifeEvents.map(({ key }) => key)).toEqual(groups.map(({ key }) => key));
  for (const { key, icon } of lifeEvents) {
    expect(iconNames).toContain(icon);
    expect(texts.vi(`home.events.${key}.title`)).not.toBe(texts.en(`home.events.${key}.title`));
  }
});
