import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { DEMO_PASSWORD, demoOfficers } from "#dev/demo.ts";
import type { TestApp } from "../support/app.ts";
import { browserTest, openBrowser } from "../support/browser.ts";
import { anotherClerk, type Hall, makeHall, openPortal } from "./hall.ts";

let app: TestApp;
let hall: Hall;
beforeAll(async () => {
  app = await openPortal();
  hall = await makeHall(app, "buoi-sang", 2, 1);
  await anotherClerk(app, 2);
}, 60_000);

/** A screen of its own, with no cookies of others; scripts that ring or print do nothing here. */
async function screen(width: number, height: number): Promise<{ page: Page; context: BrowserContext }> {
  const context = await (await openBrowser()).newContext({ viewport: { width, height }, locale: "vi-VN" });
  return { page: await context.newPage(), context };
}

browserTest(
  "three people take numbers by touch, two counters call them by one key, the board and a phone follow without being touched",
  {
    timeout: 90_000,
  },
  async () => {
    const [machine, board, phone, first, second] = await Promise.all([
      screen(1080, 1920),
      screen(1920, 1080),
      screen(360, 740),
      screen(1280, 900),
      screen(1280, 900),
    ]);
    const sit = async ({ page }: typeof first, username: string, counter: number): Promise<void> => {
      await page.goto(`${app.base}/dang-nhap?tiep=/mot-cua/quay`);
      await page.fill("#username", username);
      await page.fill("#password", DEMO_PASSWORD);
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: `Mở quầy ${counter}` }).click();
      await page.getByText("Quầy đang trống").waitFor();
    };
    await sit(first, demoOfficers.dongKinhDesk.username, 1);
    await sit(second, "quay.2", 2);
    await board.page.goto(`${app.base}/xep-hang/${hall.slug}/bang`);
    await board.page.getByText("Chưa gọi số nào hôm nay").waitFor();

    const takes = async (queue: RegExp, priority?: string): Promise<string> => {
      await machine.page.goto(`${app.base}/xep-hang/${hall.slug}/lay-so`);
      if (priority) await machine.page.getByLabel(priority).check();
      await machine.page.getByRole("button", { name: queue }).click();
      await machine.page.locator(".slip__number").waitFor();
      return machine.page.url().replace("/phieu", "");
    };
    await takes(/Hộ tịch/);
    const followed = await takes(/Hộ tịch/);
    await phone.page.goto(followed);
    await phone.page.getByText("Trước bạn còn 1 người").waitFor();
    await takes(/Chứng thực/, "Người cao tuổi");

    // The elderly person is called first, then those in turn; each key moves the board and the phone.
    await first.page.keyboard.press("n");
    await board.page.locator(".board__number", { hasText: "B001" }).waitFor();
    await board.page.locator(".board__counter", { hasText: "1" }).waitFor();
    await second.page.keyboard.press("n");
    await board.page.locator(".board__number", { hasText: "A001" }).waitFor();
    await phone.page.getByText("Bạn là người tiếp theo").waitFor();
    await first.page.getByText("A002").first().waitFor();
    await first.page.keyboard.press("n");
    await phone.page.getByText("Mời đến quầy 1").waitFor();
    const lines = board.page.locator(".board__table tbody tr");
    await board.page.locator(".board__number", { hasText: "A002" }).waitFor();
    expect(await lines.allInnerTexts()).toEqual(["A002\t1", "A001\t2", "B001\t1"]);

    // One leaves without coming, one is done.
    await second.page.keyboard.press("v");
    await second.page.getByText("Quầy đang trống").waitFor();
    await first.page.keyboard.press("x");
    await phone.page.getByText("Đã phục vụ xong").waitFor();
    const states = await app.db.queueTicket.findMany({ where: { hallId: hall.id }, orderBy: { number: "asc" } });
    expect(states.map(({ number, state }) => `${number} ${state}`)).toEqual([
      "A001 no_show",
      "A002 served",
      "B001 served",
    ]);
    await Promise.all([machine, board, phone, first, second].map(({ context }) => context.close()));
  },
);

browserTest(
  "at a shared machine, who does nothing is warned and then forgotten; a touch keeps them",
  {
    timeout: 60_000,
  },
  async () => {
    const { page, context } = await screen(1080, 1920);
    await context.addCookies([{ name: "may-chung", value: hall.slug, url: app.base }]);
    await page.clock.install();
    await page.goto(`${app.base}/dang-nhap?tiep=/ca-nhan`);
    await page.fill("#username", "0912000001");
    await page.fill("#password", DEMO_PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByText("Máy dùng chung").waitFor();
    // The bar has woken up when the forms below say that they keep nothing.
    await page.waitForFunction("document.forms[0].autocomplete === 'off'");
    const warning = page.getByRole("alertdialog");
    await page.clock.runFor(41_000);
    await warning.waitFor();
    await page.getByRole("button", { name: "Tôi vẫn đang dùng" }).click();
    await warning.waitFor({ state: "hidden" });
    await page.clock.runFor(61_000);
    await page.getByText("Đã xóa thông tin của người dùng trước").waitFor();
    await page.goto(`${app.base}/ca-nhan`);
    await page.locator("#username").waitFor();
    expect(await page.evaluate("[localStorage.length, sessionStorage.length]")).toEqual([0, 0]);
    await context.close();
  },
);
