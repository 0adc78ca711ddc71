import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect } from "vitest";
import { typedAnswers, typedApplicant } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { samplePdf } from "#dev/sample-files.ts";
import { findCurrentVersion, type ProcedureDefinition } from "#procedures/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { browserTest, hasBrowser, openBrowser } from "../support/browser.ts";
import { provinceDatabase } from "../support/province.ts";

const BIRTH = "1.001193";
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
const PICTURES = join(import.meta.dirname, "../../.readme");
const sample = {
  today: "2026-11-22",
  provinceCode: "20",
  communeCode: "05977",
  communeName: "phường Đông Kinh",
  number: 5,
};

let portal: TestApp;
let definition: ProcedureDefinition;

beforeAll(async () => {
  if (!hasBrowser) return;
  portal = await startTestApp({ database: await provinceDatabase() });
  const version = await findCurrentVersion(portal.system(), BIRTH);
  if (!version) throw new Error("the seed lacks the registration of births");
  definition = version.definition;
}, 60_000);

async function open(viewport: typeof PHONE, javaScriptEnabled = true): Promise<Page> {
  const context: BrowserContext = await (await openBrowser()).newContext({
    viewport,
    javaScriptEnabled,
    baseURL: portal.base,
    locale: "vi-VN",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const missed: string[] = [];
  page.on("pageerror", (error) => missed.push(error.message));
  page.on(
    "console",
    (message) =>
      message.type() === "error" && !/Failed to load resource/.test(message.text()) && missed.push(message.text()),
  );
  page.on("close", () => expect(missed).toEqual([]));
  return page;
}

async function signIn(page: Page, username: string): Promise<void> {
  await page.goto("/dang-nhap");
  await page.fill("[name=username]", username);
  await page.fill("[name=password]", DEMO_PASSWORD);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
}

/** WCAG 2.2 AA as far as a machine sees it, and nothing that must be scrolled sideways. */
async function mustBeUsable(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect([
    name,
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" ; ")}`),
  ]).toEqual([name, []]);
  const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  expect([name, overflow]).toEqual([name, 0]);
}

/** Pictures for the README, only when they are asked for. */
async function picture(page: Page, name: string): Promise<void> {
  const all = process.env["PICTURES"];
  if (process.env["UPDATE_PICTURES"] !== "1" && !all) return;
  const folder = all ?? PICTURES;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), await page.screenshot({ fullPage: Boolean(all) }));
}

/** Fills every control of the page that somebody sees, as a person would. */
async function fillPage(page: Page): Promise<void> {
  const known = { ...typedAnswers(definition, sample), ...typedApplicant(sample) };
  for (const [name, value] of Object.entries(known)) {
    for (const text of [value].flat()) {
      const control = page.locator(`[name="${name}"]`);
      const count = await control.count();
      if (count === 0 || !(await control.first().locator("xpath=ancestor-or-self::*[not(@hidden)]").count())) continue;
      const isSelect = (await page.locator(`select[name="${name}"]`).count()) > 0;
      const type = isSelect ? "select" : await control.first().getAttribute("type");
      if (type === "hidden") continue;
      if (type === "radio" || type === "checkbox") {
        const choice = page.locator(`[name="${name}"][value="${text}"]`);
        if ((await choice.count()) && (await choice.isVisible())) await choice.check();
      } else if (!(await control.first().isVisible())) continue;
      else if (type === "select") {
        const option = control.locator(`option[value="${text}"]`);
        // The communes of another province are fetched when it is chosen.
        if (name.endsWith(".commune")) await option.waitFor({ state: "attached" });
        if (await option.count()) await control.selectOption(text);
      } else await control.fill(text);
    }
  }
  for (const upload of await page.locator("input[type=file]").all()) {
    const label = await page.locator(`label[for="${await upload.getAttribute("id")}"]`).innerText();
    if (/không bắt buộc/i.test(label)) continue;
    await upload.setInputFiles({
      name: "Giấy chứng sinh.pdf",
      mimeType: "application/pdf",
      buffer: samplePdf("Giấy chứng sinh"),
    });
  }
}

/** From the procedure's page to the reference. @param look at each page before it is sent */
async function fileBirth(page: Page, look: (name: string) => Promise<void>): Promise<string> {
  await page.goto(`/thu-tuc/${BIRTH}/nop-ho-so`);
  await look("start");
  await page.locator("[name=agency]").selectOption({
    label: (await page.locator("[name=agency] option", { hasText: "Đông Kinh" }).first().innerText()).trim(),
  });
  await page.getByRole("button", { name: "Bắt đầu kê khai" }).click();
  for (let asked = 0; asked < 20 && !page.url().endsWith("/kiem-tra"); asked++) {
    const before = page.url();
    await fillPage(page);
    await look(before.split("/").at(-1) ?? "");
    await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
    const told = await page.locator(".govuk-error-summary").allInnerTexts();
    expect([before, told]).toEqual([before, []]);
  }
  await look("kiem-tra");
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  expect(await page.locator("h1").innerText()).toBe("Đã nộp hồ sơ");
  await look("filed");
  return /ho-so\/([A-Z0-9]+)/.exec(page.url())?.[1] ?? "";
}

describe("a citizen in a browser", () => {
  browserTest("files a birth on a phone, and every page on the way is usable", { timeout: 90_000 }, async () => {
    const page = await open(PHONE);
    await page.goto("/");
    await mustBeUsable(page, "home");
    await picture(page, "home-360");
    await page.locator("#tim-thu-tuc").fill("dang ky khai sinh");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/thu-tuc\?/);
    await mustBeUsable(page, "search");
    await picture(page, "search-360");
    await page.getByRole("link", { name: "Đăng ký khai sinh", exact: true }).first().click();
    await mustBeUsable(page, "procedure");
    await picture(page, "procedure-360");
    await page.goto("/dang-nhap");
    await mustBeUsable(page, "sign-in");
    await signIn(page, demoCitizens.lan.phone);
    const judged = new Set(["start", "nguoi-nop", "tre", "giay-to", "kiem-tra", "filed"]);
    const reference = await fileBirth(page, async (name) => {
      if (judged.has(name)) await mustBeUsable(page, name);
      await picture(page, `${name}-360`);
    });
    await page.goto(`/ca-nhan/ho-so/${reference}`);
    await mustBeUsable(page, "dossier");
    await picture(page, "dossier-360");
    await page.goto(`/tra-cuu?ma=${reference}`);
    await mustBeUsable(page, "tracking");
    await picture(page, "tracking-360");
    await page.close();
  });

  browserTest("files it without JavaScript just as well", { timeout: 60_000 }, async () => {
    const page = await open(PHONE, false);
    await signIn(page, demoCitizens.mui.phone);
    expect(await fileBirth(page, async () => {})).toMatch(/^[A-Z0-9]{14}$/);
    await page.close();
  });
});

describe("an officer in a browser", () => {
  browserTest(
    "accepts with the keyboard alone, and the desk's pages are usable, wide and narrow",
    { timeout: 60_000 },
    async () => {
      const waiting = await portal.db.dossier.findFirstOrThrow({
        where: { status: "submitted" },
        orderBy: { submittedAt: "asc" },
      });
      const page = await open(DESK);
      await signIn(page, demoOfficers.dongKinhDesk.username);
      await mustBeUsable(page, "worklist");
      await picture(page, "worklist-1280");
      await page.goto("/mot-cua/tiep-nhan");
      await mustBeUsable(page, "counter");
      await picture(page, "counter-1280");
      await page.goto("/mot-cua/tiep-nhan/2.000815");
      await mustBeUsable(page, "counter form");
      await picture(page, "counter-form-1280");
      await page.goto("/mot-cua");
      const press = async (name: RegExp) => {
        for (let tabs = 0; tabs < 120; tabs++) {
          await page.keyboard.press("Tab");
          const text = String(await page.evaluate("document.activeElement?.innerText ?? ''")).trim();
          if (!name.test(text)) continue;
          await page.keyboard.press("Enter");
          return;
        }
        throw new Error(`the keyboard does not reach ${name}`);
      };
      await press(new RegExp(waiting.reference.match(/.{1,4}/g)?.join("-") ?? ""));
      await page.waitForURL(/ho-so\/[0-9a-f-]{36}$/);
      await mustBeUsable(page, "officer's dossier");
      await picture(page, "officer-dossier-1280");
      await press(/^Tiếp nhận hồ sơ$/);
      await page.getByText(/Mã hồ sơ: H37/).waitFor();
      await page.setViewportSize(PHONE);
      for (const path of [
        "/mot-cua",
        `/mot-cua/ho-so/${waiting.id}`,
        "/mot-cua/tiep-nhan",
        "/mot-cua/tiep-nhan/2.000815",
      ]) {
        await page.goto(path);
        await mustBeUsable(page, `${path} at 360`);
        await picture(page, `${path.replaceAll("/", "_").slice(1, 30)}-360`);
      }
      await page.close();
    },
  );

  browserTest("the main pages at the width of a desk", { timeout: 60_000 }, async () => {
    const page = await open(DESK);
    const pages: [string, string][] = [
      ["home", "/"],
      ["search", "/thu-tuc?q=khai+sinh"],
      ["procedure", `/thu-tuc/${BIRTH}`],
      ["sign-in", "/dang-nhap"],
      ["tracking", "/tra-cuu"],
    ];
    for (const [name, path] of pages) {
      await page.goto(path);
      await mustBeUsable(page, `${name} at 1280`);
      await picture(page, `${name}-1280`);
    }
    await page.close();
  });
});
