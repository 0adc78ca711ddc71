import { beforeAll, describe, expect } from "vitest";
import { Effort } from "#dev/browse/effort.ts";
import { demoCitizens, demoOfficers } from "#dev/demo.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { mustBeUsable } from "../support/axe.ts";
import { browserTest, hasBrowser } from "../support/browser.ts";
import { provinceDatabase } from "../support/province.ts";
import { BIRTH, birthAnswers, DESK, fileBirth, open, PHONE, picture, signIn } from "./walking.ts";

let portal: TestApp;

beforeAll(async () => {
  if (!hasBrowser) return;
  portal = await startTestApp({ database: await provinceDatabase() });
}, 60_000);

describe("a citizen in a browser", () => {
  browserTest("files a birth on a phone, and every page on the way is usable", { timeout: 180_000 }, async () => {
    const page = await open(portal);
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
    const effort = new Effort();
    await page.goto(`/thu-tuc/${BIRTH}/nop-ho-so`);
    const look = async (name: string) => {
      if (judged.has(name)) await mustBeUsable(page, name);
      await picture(page, `${name}-360`);
    };
    const reference = await fileBirth(page, await birthAnswers(portal), { look, effort });
    expect([effort.toString(), effort.seconds <= 300, effort.pages <= 8]).toEqual([effort.toString(), true, true]);
    await page.goto(`/ca-nhan/ho-so/${reference}`);
    await mustBeUsable(page, "dossier");
    await picture(page, "dossier-360");
    await page.goto(`/tra-cuu?ma=${reference}`);
    await mustBeUsable(page, "tracking");
    await picture(page, "tracking-360");
    await page.close();
  });
});

describe("an officer in a browser", () => {
  browserTest(
    "accepts with the keyboard alone, and the desk's pages are usable, wide and narrow",
    { timeout: 180_000 },
    async () => {
      const waiting = await portal.db.dossier.findFirstOrThrow({
        where: { status: "submitted" },
        orderBy: { submittedAt: "asc" },
      });
      const page = await open(portal, { viewport: DESK });
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

  browserTest("the main pages at the width of a desk", { timeout: 180_000 }, async () => {
    const page = await open(portal, { viewport: DESK });
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
