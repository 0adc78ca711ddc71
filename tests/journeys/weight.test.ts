import type { CDPSession } from "playwright-core";
import { beforeAll, describe, expect } from "vitest";
import { startTestApp, type TestApp } from "../support/app.ts";
import { browserTest, hasBrowser, openBrowser } from "../support/browser.ts";
import { provinceDatabase } from "../support/province.ts";

/** Bytes on the line of a first visit, headers included. */
const MOST_BYTES = 100 * 1024;
const MOST_SHIFT = 0.02;
/** The fonts come late, as on a poor line: what would move then, moves. */
const FONTS_LATE_MS = 400;

let portal: TestApp;
beforeAll(async () => {
  if (hasBrowser) portal = await startTestApp({ database: await provinceDatabase() });
}, 60_000);

type Visit = { bytes: number; shift: number; files: string[]; foreign: string[]; preloaded: number };

/** Shifts are kept by the page itself, from before its first byte. */
const WATCH_SHIFTS = `globalThis.shifted = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) globalThis.shifted += one.value; })
  .observe({ type: "layout-shift", buffered: true });`;

function weigh(cdp: CDPSession): { files: Map<string, string>; bytes: Map<string, number> } {
  const files = new Map<string, string>();
  const bytes = new Map<string, number>();
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => void files.set(requestId, request.url));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => void bytes.set(requestId, encodedDataLength));
  return { files, bytes };
}

async function visit(path: string, width: number): Promise<Visit> {
  const context = await (await openBrowser()).newContext({ viewport: { width, height: 740 }, baseURL: portal.base });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  const { files, bytes } = weigh(cdp);
  await page.addInitScript(WATCH_SHIFTS);
  await page.route(/\.woff2$/, async (route) => {
    await new Promise((later) => setTimeout(later, FONTS_LATE_MS));
    await route.continue();
  });
  await page.goto(path, { waitUntil: "networkidle" });
  await page.evaluate("document.fonts.ready");
  const shift = Number(await page.evaluate("globalThis.shifted"));
  const preloaded = await page.locator("link[rel=preload]").count();
  await context.close();
  return {
    bytes: [...bytes.values()].reduce((sum, one) => sum + one, 0),
    shift,
    preloaded,
    files: [...bytes].map(([id, size]) => `${size} ${files.get(id)?.slice(portal.base.length)}`),
    foreign: [...files.values()].filter((url) => !url.startsWith(portal.base) && !url.startsWith("data:")),
  };
}

describe("a first visit to a public page", () => {
  const pages = ["/", "/thu-tuc?q=khai+sinh", "/thu-tuc/1.001193", "/tra-cuu", "/dang-nhap"];
  for (const [path, width] of pages.map((path, i): [string, number] => [path, i % 2 === 0 ? 360 : 1280])) {
    browserTest(`${path} loads at most 100 kB at ${width} px, from here alone, and nothing moves`, async () => {
      const { bytes, shift, files, foreign, preloaded } = await visit(path, width);
      console.info(`${path}: ${bytes} bytes, layout shift ${shift.toFixed(4)}`);
      expect(files.some((file) => file.includes(".woff2"))).toBe(true);
      expect([files, bytes > MOST_BYTES]).toEqual([files, false]);
      expect(shift).toBeLessThan(MOST_SHIFT);
      expect(foreign).toEqual([]);
      expect(preloaded).toBeLessThanOrEqual(2);
    });
  }
});
