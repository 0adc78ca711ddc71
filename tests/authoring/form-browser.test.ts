import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { beginManuscript, findManuscript } from "#authoring/index.ts";
import { paths } from "#authoring/paths.ts";
import { mustBeUsable, mustFit } from "../support/axe.ts";
import { browserTest, hasBrowser, openBrowser } from "../support/browser.ts";
import { makeAuthoring } from "./world.ts";

let world: Awaited<ReturnType<typeof makeAuthoring>>;
let id: string;
beforeAll(async () => {
  if (!hasBrowser) return;
  world = await makeAuthoring();
  const { definition } = await world.publishedAs("1.001193");
  ({ id } = await beginManuscript(world.admin, { definition: { ...definition, code: "1.940200" } }));
}, 60_000);

async function openForm(path: string): Promise<Page> {
  const context = await (await openBrowser()).newContext({
    viewport: { width: 1280, height: 900 },
    baseURL: world.base,
    locale: "vi-VN",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`/dang-nhap?tiep=${encodeURIComponent(path)}`);
  await page.fill("[name=username]", "quantri");
  await page.fill("[name=password]", "con trâu đi trước");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.waitForURL((url) => url.pathname === path);
  return page;
}

/** What a machine sees of WCAG 2.2 AA, and that nothing is cut off; a picture, where one is asked for. */
async function look(page: Page, name: string): Promise<void> {
  await mustBeUsable(page, name);
  const folder = process.env["PICTURES"];
  for (const width of folder ? [768, 1280, 360] : [360]) {
    await page.setViewportSize({ width, height: 900 });
    await mustFit(page, `${name} at ${width}`);
    if (!folder) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}-${width}.png`), await page.screenshot({ fullPage: true }));
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const fieldsOf = async (at: number): Promise<string[]> =>
  (await findManuscript(world.admin, id)).sketch.form.pages[at]?.fields.map((field) => field.id) ?? [];

browserTest(
  "a question goes up by a key without the page being loaded again, and the focus stays with it",
  { timeout: 60_000 },
  async () => {
    const page = await openForm(paths.formPage(id, "tre"));
    await look(page, "trang");
    await page.evaluate("globalThis.isSamePage = true");
    const [first, second] = await fieldsOf(0);
    await page.locator(`#len-${second}`).focus();
    await page.keyboard.press("Enter");
    await page.locator(`.built__item:first-child#cau-hoi-${second}`).waitFor();
    expect(await page.evaluate("globalThis.isSamePage")).toBe(true);
    expect((await fieldsOf(0)).slice(0, 2)).toEqual([second, first]);
    await page.locator(`#xuong-${second}`).press("Enter");
    await page.locator(`.built__item:first-child#cau-hoi-${first}`).waitFor();
    expect(await page.evaluate("document.activeElement?.id")).toBe(`xuong-${second}`);
    await page.context().close();
  },
);

browserTest(
  "a condition is chosen on the spot: the ways to compare follow the question, and wrong ones are told",
  { timeout: 60_000 },
  async () => {
    const page = await openForm(paths.field(id, "childName"));
    await page.evaluate("globalThis.isSamePage = true");
    await page.getByRole("button", { name: "Thêm nhóm điều kiện" }).click();
    await page.locator('[name="when.r1.r1.field"]').selectOption("childSituation");
    await page.locator('[name="when.r1.r1.value"]').waitFor();
    await look(page, "cau-hoi");
    await page.getByRole("button", { name: "Lưu" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.evaluate("globalThis.isSamePage")).toBe(true);
    expect(await page.getByRole("alert").textContent()).toContain("Hãy nhập hoặc chọn giá trị");
    await look(page, "cau-hoi-sai");
    await page.locator('[name="when.r1.r1.value"]').selectOption("usual");
    await page.getByRole("button", { name: "Lưu" }).click();
    await page.waitForURL((url) => url.pathname === paths.formPage(id, "tre"));
    expect(await page.textContent("main")).toContain("Chỉ hiện khi");
    await page.context().close();
  },
);

browserTest("the other pages of the builder have no barrier that a machine finds", { timeout: 90_000 }, async () => {
  const page = await openForm(paths.form(id));
  await look(page, "to-khai");
  for (const [name, path] of [
    ["loai", paths.formAdd(id, "tre")],
    ["moi", `${paths.formAdd(id, "tre")}?loai=radio`],
    ["bo", paths.fieldRemove(id, "childSituation")],
  ] as const) {
    await page.goto(path);
    await look(page, name);
  }
  await page.goto(paths.formPage(id, "tre"));
  await page.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
  await page.waitForURL(/xem-thu/);
  await look(page, "xem-thu");
  await page.context().close();
});
