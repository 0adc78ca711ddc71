import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { Effort } from "#dev/browse/effort.ts";
import { type Typed, typedAnswers, typedApplicant } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD } from "#dev/demo.ts";
import { samplePdf } from "#dev/sample-files.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import type { TestApp } from "../support/app.ts";
import { BUSY_MS, openBrowser } from "../support/browser.ts";

export const BIRTH = "1.001193";
export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };
const PICTURES = join(import.meta.dirname, "../../.readme");
const sample = {
  today: "2026-11-22",
  provinceCode: "20",
  communeCode: "05977",
  communeName: "phường Đông Kinh",
  number: 5,
};

/** A window of its own at a portal; closing it fails where a script of the portal failed. */
export async function open(portal: TestApp, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (await openBrowser()).newContext({
    viewport: PHONE,
    baseURL: portal.base,
    locale: "vi-VN",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(BUSY_MS);
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

export async function signIn(page: Page, username: string): Promise<void> {
  if (!page.url().includes("/dang-nhap")) await page.goto("/dang-nhap");
  await page.fill("[name=username]", username);
  await page.fill("[name=password]", DEMO_PASSWORD);
  await page.locator("main button[type=submit]").click();
}

/** Pictures for the README, only when they are asked for. */
export async function picture(page: Page, name: string): Promise<void> {
  const all = process.env["PICTURES"];
  if (process.env["UPDATE_PICTURES"] !== "1" && !all) return;
  const folder = all ?? PICTURES;
  mkdirSync(folder, { recursive: true });
  await page.evaluate("scrollTo(0, 0)");
  writeFileSync(join(folder, `${name}.png`), await page.screenshot({ fullPage: Boolean(all) }));
}

/** What somebody types on the pages of a birth registration, by the names of the controls. */
export async function birthAnswers(portal: TestApp): Promise<Typed> {
  const version = await findCurrentVersion(portal.system(), BIRTH);
  if (!version) throw new Error("the seed lacks the registration of births");
  return { ...typedAnswers(version.definition, sample), ...typedApplicant(sample) };
}

export const paper = (title: string) => ({
  name: `${title}.pdf`,
  mimeType: "application/pdf",
  buffer: samplePdf(title),
});

/** The controls of the page by name, each with its type. */
async function typesOn(page: Page): Promise<Map<string, string>> {
  const controls = (await page
    .locator("main [name]")
    .evaluateAll((all) => all.map((one) => [(one as { name?: string }).name, (one as { type?: string }).type]))) as [
    string,
    string,
  ][];
  // The first of its name is the one that is filled in.
  return new Map(controls.reverse().map(([name, type]) => [name, type === "select-one" ? "select" : type]));
}

const isSeen = async (control: Locator): Promise<boolean> => (await control.count()) > 0 && control.isVisible();

/** Fills every control of the page that somebody sees, as a person would; what stands there already costs nothing. */
export async function fillPage(page: Page, known: Typed, effort = new Effort()): Promise<void> {
  // Asked at once: each question to the browser by itself would cost more than what is typed.
  const types = await typesOn(page);
  for (const [name, value] of Object.entries(known)) {
    const type = types.get(name);
    if (type === undefined) continue;
    const first = page.locator(`[name="${name}"]`).first();
    for (const text of [value].flat()) {
      if (type === "hidden") continue;
      if (type === "radio" || type === "checkbox") {
        const choice = page.locator(`[name="${name}"][value="${text}"]`);
        if (!(await isSeen(choice)) || (await choice.isChecked())) continue;
        effort.point();
        await choice.check();
      } else if (!(await first.isVisible())) continue;
      else if (type === "select") {
        const option = first.locator(`option[value="${text}"]`);
        // The communes of another province are fetched when it is chosen.
        if (name.endsWith(".commune")) await option.waitFor({ state: "attached" });
        if ((await option.count()) === 0) continue;
        effort.give("select", text, [await first.inputValue()]);
        await first.selectOption(text);
      } else {
        effort.give("text", text, [await first.inputValue()]);
        await first.fill(text);
      }
    }
  }
  for (const upload of await page.locator("input[type=file]").all()) {
    const label = await page.locator(`label[for="${await upload.getAttribute("id")}"]`).innerText();
    if (/không bắt buộc|optional/i.test(label) || !(await upload.getAttribute("name"))?.startsWith("tep.")) continue;
    effort.give("file", label, []);
    await upload.setInputFiles(paper("Giấy chứng sinh"));
  }
}

/** What the buttons on the way are called. */
const BUTTONS = {
  vi: { begin: "Bắt đầu kê khai", next: "Lưu và tiếp tục", send: "Nộp hồ sơ" },
  en: { begin: "Begin", next: "Save and continue", send: "File the dossier" },
} as const;

type FilingOptions = {
  /** At each page before it is sent. */
  look?: (name: string) => Promise<void>;
  effort?: Effort;
  language?: keyof typeof BUTTONS;
};

/** The commune that everybody here files with. */
export async function chooseAgency(page: Page): Promise<void> {
  const option = page.locator("[name=agency] option", { hasText: "Đông Kinh" }).first();
  await page.locator("[name=agency]").selectOption({ label: (await option.innerText()).trim() });
}

/** From the page where filing begins to the reference. */
export async function fileBirth(
  page: Page,
  known: Typed,
  { look = async () => {}, effort = new Effort(), language = "vi" }: FilingOptions = {},
): Promise<string> {
  const words = BUTTONS[language];
  const send = async (name: string) => {
    effort.point();
    await page.getByRole("button", { name, exact: true }).click();
  };
  effort.page("start");
  await look("start");
  effort.choose();
  await chooseAgency(page);
  await send(words.begin);
  for (let asked = 0; asked < 20 && !page.url().endsWith("/kiem-tra"); asked++) {
    const before = page.url();
    const name = before.split("/").at(-1) ?? "";
    effort.page(name);
    await fillPage(page, known, effort);
    await look(name);
    await send(words.next);
    await page.waitForURL((url) => url.href !== before).catch(() => {});
    const told = await page.locator(".govuk-error-summary").allInnerTexts();
    expect([before, told]).toEqual([before, []]);
  }
  effort.page("kiem-tra");
  await look("kiem-tra");
  await send(words.send);
  await page.locator(".govuk-panel").first().waitFor();
  await look("filed");
  return /ho-so\/([A-Z0-9]+)/.exec(page.url())?.[1] ?? "";
}
