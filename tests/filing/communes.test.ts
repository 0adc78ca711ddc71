import { expect } from "vitest";
import { browserTest, openBrowser } from "../support/browser.ts";
import { PASSWORD, startPortal } from "./people.ts";

const { portal } = await startPortal();

async function openProfile(javaScriptEnabled: boolean) {
  const context = await (await openBrowser()).newContext({ baseURL: portal.base, javaScriptEnabled });
  const page = await context.newPage();
  await page.goto("/dang-nhap");
  await page.fill("[name=username]", "0912000101");
  await page.fill("[name=password]", PASSWORD);
  await page.click("main button[type=submit]");
  await page.goto("/ca-nhan/tai-khoan/sua");
  return { page, close: () => context.close() };
}

browserTest("where scripts run, the communes of the chosen province are there without a button", async () => {
  const { page, close } = await openProfile(true);
  await page.locator('button[name="list:address"]').waitFor({ state: "hidden" });
  expect(await page.locator('[name="address.commune"] option', { hasText: "Phường Tam Thanh" }).count()).toBe(1);
  await page.selectOption('[name="address.province"]', "01");
  await page.locator('[name="address.commune"] option', { hasText: "Phường Ba Đình" }).waitFor({ state: "attached" });
  const offered = await page.locator('[name="address.commune"] option').allInnerTexts();
  expect(offered.some((text) => text === "Phường Tam Thanh")).toBe(false);
  expect(await page.inputValue('[name="address.commune"]')).toBe("");
  await page.selectOption('[name="address.commune"]', { label: "Phường Ba Đình" });
  await page.click("text=Lưu thông tin");
  await page.getByText("Phường Ba Đình, Thành phố Hà Nội").waitFor();
  await close();
});

browserTest("a list that does not arrive leaves the button to press", async () => {
  const { page, close } = await openProfile(true);
  const button = page.locator('button[name="list:address"]');
  await button.waitFor({ state: "hidden" });
  await page.route("**/don-vi-hanh-chinh/**", (route) => route.abort());
  await page.selectOption('[name="address.province"]', "04");
  await button.waitFor({ state: "visible" });
  await page.unroute("**/don-vi-hanh-chinh/**");
  await button.click();
  await page.locator('[name="address.commune"] option', { hasText: "Phường Thục Phán" }).waitFor({ state: "attached" });
  await close();
});

browserTest("where none runs, the button lists them and nothing typed is lost", async () => {
  const { page, close } = await openProfile(false);
  await page.fill('[name="fullName"]', "Nguyễn Thị Lan Anh");
  await page.selectOption('[name="address.province"]', "04");
  await page.locator('button[name="list:address"]').click();
  expect(await page.locator('[name="address.commune"] option', { hasText: "Phường Thục Phán" }).count()).toBe(1);
  expect(await page.inputValue('[name="fullName"]')).toBe("Nguyễn Thị Lan Anh");
  await close();
});
