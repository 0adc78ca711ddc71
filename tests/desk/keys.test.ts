import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { keysOf } from "#dev/browse/effort.ts";
import { typedAnswers } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD, demoOfficers } from "#dev/demo.ts";
import { isoDay } from "#platform/format.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { browserTest, openBrowser } from "../support/browser.ts";
import { provinceDatabase } from "../support/province.ts";

const CARD = "020190000077||Hoàng Thị Nhàn|05031990|Nữ|Khối 3, Đông Kinh, Lạng Sơn|01072021";
const MOST = { keys: 150, seconds: 120 };
const SECONDS = { key: 0.28, field: 1.35, page: 2 };

let portal: TestApp;
beforeAll(async () => {
  portal = await startTestApp({ database: await provinceDatabase() });
}, 90_000);

/** A clerk at the keyboard: no mouse, every key counted. */
class Clerk {
  keys = 0;
  fields = 0;
  pages = 0;
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async press(key: string): Promise<void> {
    this.keys++;
    await this.page.keyboard.press(key);
  }
  async type(text: string): Promise<void> {
    this.keys += keysOf(text);
    this.fields++;
    await this.page.keyboard.insertText(text);
  }
  /** A scanner types the card and ends with Enter: one movement of the hand, no key of the clerk's. */
  async scan(text: string): Promise<void> {
    this.fields++;
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press("Enter");
  }
  get seconds(): number {
    return this.keys * SECONDS.key + this.fields * SECONDS.field + this.pages * SECONDS.page;
  }
}

type Focused = { name: string; type: string; value: string; isIn: boolean };
const focused = (page: Page): Promise<Focused> =>
  page.evaluate(`(({ name = "", type = "", value = "" }, form) => ({ name, type, value, isIn: form !== null }))(
    document.activeElement ?? {}, document.activeElement?.closest(".counter") ?? null)`);

/** What a clerk takes in all day, done the same day. */
const CODES = ["2.000815"];

for (const code of CODES)
  browserTest(
    `${code} is taken in by keyboard alone, with at most 150 keys and 120 seconds of a clerk's time`,
    { timeout: 60_000 },
    async () => {
      const version = await findCurrentVersion(portal.system(), code);
      if (!version) throw new Error(`no version of ${code}`);
      const place = { provinceCode: "20", communeCode: "05977", communeName: "phường Đông Kinh" };
      const wanted = typedAnswers(version.definition, { today: isoDay(portal.system().now), ...place, number: 1 });
      const context = await (await openBrowser()).newContext();
      try {
        const page = await context.newPage();
        await page.goto(`${portal.base}/dang-nhap`);
        await page.fill("[name=username]", demoOfficers.dongKinhDesk.username);
        await page.fill("[name=password]", DEMO_PASSWORD);
        await Promise.all([page.waitForURL(/mot-cua/), page.keyboard.press("Enter")]);
        await page.goto(`${portal.base}/mot-cua/tiep-nhan`);
        const clerk = new Clerk(page);
        clerk.pages++;
        await page.waitForFunction("document.activeElement?.name === 'nguoi'");
        await clerk.scan(CARD);
        await page.waitForSelector(".at-counter");
        await page.waitForFunction("document.activeElement?.name === 'thu-tuc'");
        await clerk.type(code);
        await clerk.press("Enter");
        const chosen = page.locator("form.counter, .govuk-list a, main a.govuk-link").first();
        await chosen.waitFor();
        if ((await page.locator("form.counter").count()) === 0) {
          const [first] = version.definition.cases;
          await page.goto(`${portal.base}/mot-cua/tiep-nhan/${code}?truong-hop=${first?.id}`);
          clerk.keys += 2;
          clerk.pages++;
        }
        clerk.pages++;
        await page.waitForFunction("document.activeElement?.closest('form.counter') !== null");
        for (let tabs = 0; tabs < 120; tabs++) {
          const at = await focused(page);
          if (!at.isIn || at.name === "returnMethod" || at.name.startsWith("paper-")) break;
          const want = wanted[at.name];
          const isText = ["text", "tel", "email", "textarea"].includes(at.type);
          if (isText && typeof want === "string" && at.value === "" && want !== "") await clerk.type(want);
          else if ((at.type === "radio" || at.type === "checkbox") && want !== undefined) {
            const box = page.locator(`[name="${at.name}"][value="${want}"]`);
            if (!(await box.isChecked())) {
              if (at.type === "checkbox" || at.value === want) await clerk.press("Space");
              else for (let moved = 0; moved < 8 && !(await box.isChecked()); moved++) await clerk.press("ArrowDown");
            }
          } else if (at.type === "select-one" && typeof want === "string" && want !== "" && at.value !== want) {
            await page.locator(`select[name="${at.name}"]`).selectOption(want);
            clerk.keys += 3;
            clerk.fields++;
          }
          await clerk.press("Tab");
        }
        await clerk.press("F7");
        await clerk.press("F9");
        clerk.pages++;
        await page.waitForSelector(".govuk-panel, .govuk-error-summary, .panel");
        expect(await page.locator(".govuk-error-summary").allInnerTexts()).toEqual([]);
        expect(await page.locator("h1").first().innerText()).toBe("Đã tiếp nhận hồ sơ");
        console.info(`${code}: ${clerk.keys} keys, ${clerk.fields} fields, ${Math.round(clerk.seconds)} s`);
        expect(clerk.keys).toBeLessThanOrEqual(MOST.keys);
        expect(clerk.seconds).toBeLessThanOrEqual(MOST.seconds);
      } finally {
        await context.close();
      }
    },
  );
