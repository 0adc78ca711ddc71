import { expect } from "vitest";
import { DEMO_PASSWORD, demoOfficers } from "#dev/demo.ts";
import { startTestApp } from "../support/app.ts";
import { BUSY_MS, browserTest, openBrowser } from "../support/browser.ts";
import { provinceDatabase } from "../support/province.ts";

const IDLE_MINUTES = 15;
const portal = await startTestApp({ database: await provinceDatabase() });

browserTest(
  "an officer's pages are covered before the session is locked, keep what was typed, and open again for them alone",
  { timeout: 3 * BUSY_MS },
  async () => {
    const { username } = demoOfficers.dongKinhDesk;
    const context = await (await openBrowser()).newContext({ baseURL: portal.base });
    await context.clock.install();
    const signIn = async (name: string) => {
      const page = await context.newPage();
      await page.goto("/dang-nhap");
      await page.getByLabel("Số điện thoại, thư điện tử hoặc tên đăng nhập").fill(name);
      await page.getByLabel("Mật khẩu", { exact: true }).fill(DEMO_PASSWORD);
      await page.getByRole("button", { name: "Đăng nhập" }).click();
      await page.waitForURL("**/mot-cua**");
      return page;
    };
    try {
      const first = await signIn(username);
      const second = await context.newPage();
      await second.goto("/mot-cua/tiep-nhan");
      const search = first.getByRole("searchbox").first();
      const cover = first.getByRole("alertdialog", { name: "Trang này đã được che" });
      await search.fill("đang gõ dở");
      // Whoever works in one page is there for the other.
      await context.clock.fastForward((IDLE_MINUTES - 1) * 60_000);
      await second.keyboard.press("Shift");
      await context.clock.fastForward(60_000);
      await expect.poll(() => cover.isVisible()).toBe(false);
      await context.clock.fastForward(IDLE_MINUTES * 60_000);
      await cover.waitFor();
      await second.getByRole("alertdialog").waitFor();
      expect(await first.locator("main").evaluate((main) => main.closest("[inert]") !== null)).toBe(true);
      await first.keyboard.press("Shift");
      expect(await cover.isVisible()).toBe(true);

      await context.clearCookies();
      const colleague = await signIn(demoOfficers.dongKinhJustice.username);
      expect(await cover.isVisible()).toBe(true);
      await colleague.close();
      await context.clearCookies();
      await signIn(username);
      await cover.waitFor({ state: "hidden" });
      expect(await search.inputValue()).toBe("đang gõ dở");
    } finally {
      await context.close();
    }
  },
);
