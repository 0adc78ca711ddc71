import type { Page } from "playwright-core";
import { expect } from "vitest";

/** In the page: every control that is shown and not what the pointer meets at its middle. */
const FIND_COVERED = `(() => {
  const before = [scrollX, scrollY];
  const covered = [];
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const [box] = one.getClientRects();
    if (!box || box.width < 2 || box.height < 2) continue;
    // What a closed summary holds has a box, too, but is not shown.
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(".govuk-visually-hidden, .govuk-skip-link")) continue;
    one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const [{ x, y, width, height }] = one.getClientRects();
    const met = document.elementFromPoint(x + width / 2, y + height / 2);
    const isMet = met && (one.contains(met) || met.contains(one) || met.closest("label")?.control === one);
    if (!isMet) covered.push(one.outerHTML.slice(0, 100) + " under " + (met ? met.outerHTML.slice(0, 80) : "nothing"));
  }
  scrollTo(...before);
  return covered;
})()`;

/** A pointer meets every control where it is drawn: nothing lies over it, nothing of it is out of reach. */
export async function mustBeMet(page: Page, name: string): Promise<void> {
  expect([name, await page.evaluate(FIND_COVERED)]).toEqual([name, []]);
}
