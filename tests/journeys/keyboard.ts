import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Typed } from "#dev/browse/fill.ts";
import { paper } from "./walking.ts";

/** Where the keyboard stands, and whether somebody who looks at the page can tell. */
type Focus = {
  tag: string;
  type: string;
  name: string;
  value: string;
  text: string;
  optional: boolean;
  marked: boolean;
  inView: boolean;
};

const FOCUS = `(() => {
  const on = document.activeElement;
  const box = on.getBoundingClientRect();
  const ring = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const drawn = [[on, null], [on.nextElementSibling, "::before"], [on.closest("label"), null]];
  return {
    tag: on.tagName.toLowerCase(),
    type: on.type ?? "",
    name: on.getAttribute("name") ?? "",
    value: on.value ?? "",
    text: on.innerText?.trim() ?? "",
    optional: /không bắt buộc|optional/i.test(on.labels?.[0]?.innerText ?? ""),
    marked: drawn.some(([element, part]) => element && ring(getComputedStyle(element, part))),
    inView: box.bottom > 0 && box.top < innerHeight,
  };
})()`;

const focusOf = async (page: Page): Promise<Focus> => (await page.evaluate(FOCUS)) as Focus;

/** The next place that the Tab key leads to; it must be seen. */
async function tab(page: Page): Promise<Focus> {
  await page.keyboard.press("Tab");
  const focus = await focusOf(page);
  const where = `${page.url()}: ${focus.tag} ${focus.name || focus.text}`;
  if (focus.tag !== "body") expect([where, focus.marked, focus.inView]).toEqual([where, true, true]);
  return focus;
}

/** Arrow keys until this value is chosen, as in a list or among radio buttons. */
async function arrowTo(page: Page, wanted: string): Promise<void> {
  for (let moved = 0; moved < 400 && (await focusOf(page)).value !== wanted; moved++) {
    await page.keyboard.press("ArrowDown");
  }
  expect((await focusOf(page)).value).toBe(wanted);
}

async function answer(page: Page, focus: Focus, wanted: string): Promise<void> {
  if (focus.type === "radio") {
    await arrowTo(page, wanted);
    if (!(await page.evaluate("document.activeElement.checked"))) await page.keyboard.press("Space");
  } else if (focus.type === "checkbox") {
    if (!(await page.evaluate("document.activeElement.checked"))) await page.keyboard.press("Space");
  } else if (focus.tag === "select") {
    await page.keyboard.press("Home");
    await arrowTo(page, wanted);
  } else {
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(wanted);
  }
}

/**
 * The system's own window for choosing a file opens by a key. A headless browser that is busy at times opens none: the
 * control that has the focus is given the file then, since what the page owes is that the keyboard reaches it.
 */
async function chooseFile(page: Page, name: string): Promise<void> {
  const control = page.locator("input[type=file]:focus");
  const asked = async (key: string) =>
    (await Promise.all([page.waitForEvent("filechooser", { timeout: 2000 }), page.keyboard.press(key)]))[0];
  const chooser = await asked("Enter")
    .catch(() => asked("Space"))
    .catch(() => null);
  await (chooser ? chooser.setFiles(paper(name)) : control.setInputFiles(paper(name)));
  await page
    .getByRole("link", { name: `${name}.pdf`, exact: true })
    .first()
    .waitFor();
}

/** Past the menus by the first link of the page. */
async function skip(page: Page): Promise<void> {
  expect((await tab(page)).text).toMatch(/Đến nội dung chính|Skip to main content/);
  await page.keyboard.press("Enter");
}

/** Goes to the link or button of this name and presses it, without a pointer. */
export async function pressByKeyboard(page: Page, name: RegExp): Promise<void> {
  await skip(page);
  for (let tabs = 0; tabs < 200; tabs++) {
    const focus = await tab(page);
    if (!name.test(focus.text)) continue;
    const before = page.url();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href !== before);
    return;
  }
  throw new Error(`${page.url()}: the keyboard does not reach ${name}`);
}

/** Answers a page of a form and sends it, without a pointer. */
export async function fillByKeyboard(page: Page, known: Typed, button: RegExp): Promise<void> {
  const done = new Set<string>();
  await skip(page);
  for (let tabs = 0; tabs < 200; tabs++) {
    const focus = await tab(page);
    if (focus.tag === "button" && button.test(focus.text)) {
      const before = page.url();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.href !== before);
      return;
    }
    const wanted = [known[focus.name] ?? []].flat()[0];
    if (!focus.name || done.has(focus.name)) continue;
    if (focus.type === "file") {
      if (focus.optional || !focus.name.startsWith("tep.")) continue;
      await chooseFile(page, focus.name.replace("tep.", "Giấy "));
    } else if (wanted === undefined || focus.tag === "button") continue;
    else if (focus.value !== wanted || /radio|checkbox/.test(focus.type)) await answer(page, focus, wanted);
    done.add(focus.name);
  }
  throw new Error(`${page.url()}: the keyboard does not reach ${button}`);
}
