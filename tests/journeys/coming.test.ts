import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { addWorkingDays, findCalendar, instantAt } from "#calendar/index.ts";
import { DEMO_PASSWORD, demoCitizens } from "#dev/demo.ts";
import { isoDay } from "#platform/format.ts";
import { type Hall, makeHall, makePlan, openPortal, take } from "../queue/hall.ts";
import type { TestApp } from "../support/app.ts";
import { mustBeUsable } from "../support/axe.ts";
import { browserTest, hasBrowser } from "../support/browser.ts";
import { open, picture, signIn } from "./walking.ts";

let portal: TestApp;
let hall: Hall;
let day: string;

beforeAll(async () => {
  if (!hasBrowser) return;
  portal = await openPortal();
  hall = await makeHall(portal, "mot-cua", 1);
  day = addWorkingDays(isoDay(new Date()), 2, await findCalendar(portal.system()));
  await makePlan(portal, hall);
}, 60_000);

/** Judges the page as it stands; its picture is made when pictures are asked for. */
const judge = async (page: Page, name: string): Promise<void> => {
  await mustBeUsable(page, name);
  await picture(page, name);
};

const pressLast = (page: Page, form: string) => page.locator(`form[action='${form}'] button[type=submit]`).click();

browserTest("on a phone, who makes an appointment can use every page of it", { timeout: 120_000 }, async () => {
  const page = await open(portal);
  await signIn(page, demoCitizens.lan.phone);
  await page.goto("/ca-nhan/lich-hen");
  await judge(page, "appointments-none");
  await page.goto("/ca-nhan/lich-hen/moi");
  await judge(page, "appointment-where");
  await page.goto("/ca-nhan/lich-hen/moi?thu-tuc=1.001193");
  await judge(page, "appointment-for-a-procedure");
  await page.locator(".card__link").first().click();
  await judge(page, "appointment-days");
  await page.locator(`.booking-day a[href*='ngay=${day}']`).click();
  await judge(page, "appointment-times");
  await page.locator("main form:has(.booking-times) button[type=submit]").click();
  await page.locator(".govuk-error-summary").waitFor();
  await judge(page, "appointment-no-time-chosen");
  const nine = instantAt(day, "09:00").toISOString();
  await page.locator(`input[type=radio][value='${nine}']`).check();
  await page.locator("main form:has(.booking-times) button[type=submit]").click();
  await page.waitForURL(/\/lich-hen\/[A-Z0-9]+$/);
  await judge(page, "appointment-made");
  const own = new URL(page.url()).pathname;
  await page.goto(`${own}/doi`);
  await judge(page, "appointment-moved");
  await page.goto("/ca-nhan/lich-hen");
  await judge(page, "appointments");
  await page.goto(own);
  await pressLast(page, `${own}/huy`);
  await page.locator(".govuk-notification-banner, [role=status]").first().waitFor();
  await judge(page, "appointment-cancelled");
  await page.context().close();
});

browserTest("on a phone, who asks what is known of them can use every page of it", { timeout: 120_000 }, async () => {
  const page = await open(portal);
  await signIn(page, demoCitizens.lan.phone);
  await page.goto("/ca-nhan/du-lieu");
  await judge(page, "own-data");
  for (const form of ["/ca-nhan/du-lieu/sua", "/ca-nhan/du-lieu/dong"]) {
    await page.goto("/ca-nhan/du-lieu");
    await pressLast(page, form);
    await page.locator(".govuk-error-summary").waitFor();
    await judge(page, `own-data-error-${form.split("/").at(-1)}`);
  }
  await page.goto("/ca-nhan/du-lieu");
  await pressLast(page, "/ca-nhan/du-lieu/tai");
  await page.locator(".govuk-notification-banner, [role=status]").first().waitFor();
  await judge(page, "own-data-asked-for");
  await page.goto("/ca-nhan/ho-so");
  await page.context().close();
});

browserTest("at the machine, on the board, and with a number in the hand", { timeout: 120_000 }, async () => {
  const page = await open(portal);
  for (const path of ["/xep-hang", `/xep-hang/${hall.slug}/lay-so`, `/xep-hang/${hall.slug}/may-tu-phuc-vu`]) {
    await page.goto(path);
    await judge(page, `hall-${path.split("/").at(-1)}`);
  }
  await page.goto(`/xep-hang/${hall.slug}/lay-so?loi=unknown`);
  await judge(page, "kiosk-unknown-code");
  const code = await take(portal.client(), hall, "A");
  for (const path of [`/xep-hang/so/${code}`, `/xep-hang/so/${code}/phieu`, `/xep-hang/${hall.slug}/bang`]) {
    await page.goto(path);
    await judge(page, `number-${path.split("/").at(-1) === code ? "phone" : path.split("/").at(-1)}`);
  }
  const clerk = await portal.signIn("dongkinh.motcua", DEMO_PASSWORD);
  const opened = await clerk.post("/mot-cua/quay/mo", { counter: hall.counters[0] ?? "" });
  await opened.submit(/Gọi số tiếp theo/);
  await page.goto(`/xep-hang/so/${code}`);
  await page
    .getByText(/Mời|quầy 1/i)
    .first()
    .waitFor();
  await judge(page, "number-called");
  const gone = await take(portal.client(), hall, "B");
  await page.goto(`/xep-hang/so/${gone}`);
  await pressLast(page, `/xep-hang/so/${gone}/bo`);
  await page.waitForURL((url) => url.pathname === `/xep-hang/so/${gone}`);
  await judge(page, "number-given-up");
  expect((await portal.db.queueTicket.findFirstOrThrow({ where: { number: "B001", hallId: hall.id } })).state).toBe(
    "left",
  );
  await page.context().close();
});
