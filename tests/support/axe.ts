import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { mustBeMet } from "./hits.ts";

const AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const require = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright"));
/** The rules themselves, as the builder of the gallery's test brings them. */
const rules = ["axe-core", "axe.min.js"].join("/");
const source = readFileSync(require.resolve(rules), "utf8");

/**
 * What a machine sees broken of WCAG 2.2 AA. The rules run in the page itself, which has no frames, and report nothing but
 * faults: half the time of the builder. The one rule that reads style sheets is run on the gallery, which has them all.
 */
async function faultsOf(page: Page): Promise<string[]> {
  const options = { runOnly: AA, resultTypes: ["violations"], preload: false };
  // Once a load: a page that is only made narrower has them still.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(source);
  return page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 120)).join(" ; ")))`,
  );
}

/** WCAG 2.2 AA as far as a machine sees it, every control within reach, and nothing that must be scrolled sideways. */
export async function mustBeUsable(page: Page, name: string): Promise<void> {
  expect([name, await faultsOf(page)]).toEqual([name, []]);
  await mustBeMet(page, name);
  await mustFit(page, name);
}

/** Nothing of the page must be scrolled sideways. */
export async function mustFit(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  expect([name, overflow]).toEqual([name, 0]);
}
