import { describe, expect, test } from "vitest";
import { startTestApp } from "../support/app.ts";
import { browserTest, openBrowser } from "../support/browser.ts";
import { provinceDatabase } from "../support/province.ts";

const portal = await startTestApp({ database: await provinceDatabase() });

type Suggestion = { text: string; lang?: string; note: string; href: string };
const suggested = async (q: string, cookie = ""): Promise<Suggestion[]> => {
  const answer = await fetch(`${portal.base}/thu-tuc/goi-y?${new URLSearchParams({ q })}`, { headers: { cookie } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Suggestion[];
};

describe("suggestions while somebody types", () => {
  test("are the procedures that a search finds first, everyday words, typing errors and unfinished ones included", async () => {
    for (const words of ["khai sinh", "giay khai sinh", "khai sihn", "đăng ký khai si"])
      expect((await suggested(words)).map(({ href }) => href).slice(0, 3), words).toContain("/thu-tuc/1.001193");
  });

  test("are at most seven, and an eighth that leads to all", async () => {
    const all = await suggested("đăng ký");
    expect(all.length).toBeLessThanOrEqual(8);
    for (const { text, href } of all) {
      expect(text).not.toBe("");
      expect(href).toMatch(/^\/thu-tuc/);
    }
  });

  test("have each name once", async () => {
    const names = (await suggested("cấp")).map(({ text }) => text);
    expect(new Set(names).size).toBe(names.length);
  });

  test("are in the language of the page; what is Vietnamese there says so", async () => {
    const birth = (await suggested("khai sinh", "lang=en")).find(({ href }) => href.endsWith("1.001193"));
    expect(birth).toMatchObject({ text: "Birth registration" });
    expect(birth?.lang).toBeUndefined();
  });

  test("for nothing, for what is not found and for nonsense are none", async () => {
    for (const words of ["", "   ", "zzzzqqqq", "';--", "\u0301"]) expect(await suggested(words)).toEqual([]);
  });
});

describe("a search that finds nothing", () => {
  const visitor = portal.client();

  test("because of its filters offers to leave them out, with how many there would be", async () => {
    const page = await visitor.get("/thu-tuc?q=khai+sinh&linh-vuc=dat-dai");
    expect(page.text).toContain("Không có thủ tục nào khớp với các bộ lọc");
    expect(page.link(/Bỏ mọi bộ lọc để xem \d+ thủ tục/)).toBe("/thu-tuc?q=khai+sinh");
  });

  test("says where else to ask", async () => {
    const page = await visitor.get("/thu-tuc?q=zzzzqqqq");
    expect(page.text).toContain("Hãy nói việc bạn cần với bộ phận một cửa gần nhất, hoặc gọi tổng đài");
  });
});

browserTest(
  "by keyboard: suggested, chosen with the arrows, opened with Enter; Escape gives the box back",
  async () => {
    const context = await (await openBrowser()).newContext({ baseURL: portal.base });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto("/");
    const box = page.getByRole("combobox", { name: "Tìm thủ tục hành chính" });
    await box.pressSequentially("khai sinh");
    const list = page.getByRole("listbox", { name: "Thủ tục gợi ý" });
    await list.waitFor();
    expect(await box.getAttribute("aria-expanded")).toBe("true");
    await box.press("ArrowDown");
    const option = list.getByRole("option", { selected: true });
    expect(await box.getAttribute("aria-activedescendant")).toBe(await option.getAttribute("id"));
    await box.press("Escape");
    expect(await list.isVisible()).toBe(false);
    expect(await box.inputValue()).toBe("khai sinh");
    await box.press("ArrowDown");
    await box.press("Enter");
    await page.waitForURL(/\/thu-tuc\/\d/);
    await page.goBack();
    await box.fill("khai sinh");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/thu-tuc\?q=khai/);
    expect(faults).toEqual([]);
    await context.close();
  },
);
