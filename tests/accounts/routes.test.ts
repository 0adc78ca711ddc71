import { expect, test } from "vitest";
import { startTestApp } from "../support/app.ts";

const portal = await startTestApp({ config: { rateLimits: true } });
const lan = { "Họ và tên": "Nguyễn Thị Lan", "Số điện thoại di động": "0912 000 001" };

test("somebody signs up, sees their account, signs out and in again", async () => {
  const browser = portal.client();
  const form = await browser.get("/dang-ky");
  expect(form.status).toBe(200);
  console.log(form.controls().map((c) => form.nameOf(c)));
});
