import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { keysOf } from "#dev/browse/effort.ts";
import { typedAnswers } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD, demoOfficers } from "#dev/demo.ts";
import { isoDay } from "#platform/format.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { browserTest, openBrowser } from "../support/browser.ts";
import { atEnd } from "../support/ending.ts";
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

type Journey = {
  code: string;
  /** What the clerk types, where it is not what the sample says; null: what stands there already is right. */
  typed: Readonly<Record<string, string | null>>;
  /** The papers that this case asks for, conditional ones too: what one key must tick. */
  papers: readonly string[];
  /** A slip of the fingers, which the portal refuses. */
  slip?: { field: string; typed: string };
};
/** What a clerk takes in all day, done the same day. */
const JOURNEYS: readonly Journey[] = [
  { code: "2.000815", typed: {}, papers: ["original"] },
  {
    code: "2.000635",
    typed: {
      requesterKind: "organization",
      registeredAt: "UBND phường Đông Kinh",
      "registeredOn.year": "2019",
      "registeredResidence.province": null,
      "registeredResidence.commune": null,
      "registeredResidence.line": null,
      registeredNumber: "12/2019",
      registeredBook: null,
      reason: null,
    },
    papers: ["organizationRequest"],
    slip: { field: "registeredOn.year", typed: "2091" },
  },
  {
    code: "1.004873",
    typed: {
      "ownBirthDate.day": null,
      "ownBirthDate.month": null,
      "ownBirthDate.year": null,
      ownEthnicity: "01",
      marryPlace: "UBND phường Đông Kinh",
      periodResidence: null,
      issuedBefore: "yes",
      formerReason: "Đã hết hạn",
    },
    papers: ["formerCertificate"],
  },
];

const isText = (type: string): boolean => ["text", "tel", "email", "textarea"].includes(type);

/** From question to question by Tab, each answered, up to the papers. */
async function fill(clerk: Clerk, wanted: Readonly<Record<string, string>>): Promise<void> {
  const { page } = clerk;
  for (let tabs = 0; tabs < 150; tabs++) {
    const at = await focused(page);
    if (!at.isIn || at.name === "returnMethod" || at.name.startsWith("paper-")) return;
    const want = wanted[at.name];
    if (want !== undefined && want !== "") {
      // Tab selects what stands in a field: typing takes its place.
      if (isText(at.type) && at.value !== want) await clerk.type(want);
      else if (at.type === "radio" || at.type === "checkbox") {
        const box = page.locator(`[name="${at.name}"][value="${want}"]`);
        if (at.value === want && !(await box.isChecked())) await clerk.press("Space");
        for (let moved = 0; moved < 8 && !(await box.isChecked()); moved++) await clerk.press("ArrowDown");
      } else if (at.type === "select-one")
        for (let moved = 0; moved < 12 && (await focused(page)).value !== want; moved++) await clerk.press("ArrowDown");
    }
    await clerk.press("Tab");
  }
  throw new Error("the keyboard does not reach the papers");
}

/** From the summary of what is wrong to the field, which is typed anew. */
async function mend(clerk: Clerk, field: string, right: string): Promise<void> {
  const { page } = clerk;
  clerk.pages++;
  await page.locator(".govuk-error-summary:focus").waitFor();
  expect(await page.locator(".govuk-error-summary__list a").allInnerTexts()).toEqual([expect.anything()]);
  await clerk.press("Tab");
  await clerk.press("Enter");
  for (let tabs = 0; tabs < 3 && (await focused(page)).name !== field; tabs++) await clerk.press("Tab");
  await clerk.press("ControlOrMeta+a");
  await clerk.type(right);
  await clerk.press("F9");
}

let clerkPage: Page | undefined;
/** A clerk who signed in once, at a screen of their own. */
async function signedIn(): Promise<Page> {
  if (clerkPage) return clerkPage;
  const context = await (await openBrowser()).newContext();
  atEnd(() => context.close());
  const page = await context.newPage();
  await page.goto(`${portal.base}/dang-nhap`);
  await page.fill("[name=username]", demoOfficers.dongKinhDesk.username);
  await page.fill("[name=password]", DEMO_PASSWORD);
  await Promise.all([page.waitForURL(/mot-cua/), page.keyboard.press("Enter")]);
  clerkPage = page;
  return page;
}

for (const { code, typed, papers, slip } of JOURNEYS)
  browserTest(
    `${code} is taken in by keyboard alone${slip ? ", a mistake mended on the way" : ""}, with at most 150 keys and 120 seconds of a clerk's time`,
    { timeout: 60_000 },
    async () => {
      const version = await findCurrentVersion(portal.system(), code);
      if (!version) throw new Error(`no version of ${code}`);
      const place = { provinceCode: "20", communeCode: "05977", communeName: "phường Đông Kinh" };
      const sample = typedAnswers(version.definition, { today: isoDay(portal.system().now), ...place, number: 1 });
      const wanted = Object.fromEntries(
        Object.entries({ ...sample, ...typed }).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
      );
      const page = await signedIn();
      await page.goto(`${portal.base}/mot-cua/tiep-nhan`);
      // Whoever stood there before has gone.
      const next = page.getByRole("button", { name: "Tiếp người khác" });
      if ((await next.count()) > 0) await next.click();
      const clerk = new Clerk(page);
      clerk.pages++;
      await page.locator("[name=nguoi]:focus").waitFor();
      await clerk.scan(CARD);
      await page.locator(".at-counter").waitFor();
      await page.locator("[name=thu-tuc]:focus").waitFor();
      await clerk.type(code);
      await clerk.press("Enter");
      clerk.pages++;
      await page.locator("form.counter :focus").waitFor();
      await fill(clerk, slip ? { ...wanted, [slip.field]: slip.typed } : wanted);
      await clerk.press("F7");
      await clerk.press("F9");
      if (slip) await mend(clerk, slip.field, wanted[slip.field] ?? "");
      clerk.pages++;
      await page.getByRole("heading", { level: 1, name: "Đã tiếp nhận hồ sơ" }).waitFor();
      const taken = await portal.db.dossier.findFirstOrThrow({
        where: { procedureVersionId: version.id, code: { not: null } },
        orderBy: { acceptedAt: "desc" },
        include: { papers: true },
      });
      expect(taken.papers.map(({ requirementId }) => requirementId)).toEqual(papers);
      console.info(`${code}: ${clerk.keys} keys, ${clerk.fields} fields, ${Math.round(clerk.seconds)} s`);
      expect(clerk.keys).toBeLessThanOrEqual(MOST.keys);
      expect(clerk.seconds).toBeLessThanOrEqual(MOST.seconds);
    },
  );

browserTest("a procedure is put at hand with the mouse, on a line that is a link everywhere else", async () => {
  const page = await signedIn();
  await page.goto(`${portal.base}/mot-cua/tiep-nhan`);
  await page.getByRole("button", { name: /^Ghim/ }).first().click({ timeout: 5000 });
  await page.getByRole("heading", { name: "Thủ tục hay dùng" }).waitFor({ timeout: 5000 });
});
