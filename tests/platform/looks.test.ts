import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startTestApp } from "../support/app.ts";
import { attribute, type Reading } from "../support/html.ts";

const emblem = join(mkdtempSync(join(tmpdir(), "mot-cua-")), "huy-hieu.svg");
writeFileSync(emblem, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>');
const portal = await startTestApp({ config: { agency: "Trung tâm Phục vụ hành chính công", emblem } });

const classes = (page: Reading): string[] => attribute(page.all("html")[0] as never, "class")?.split(" ") ?? [];

describe("how pages are shown", () => {
  test("each switch turns its own side and leaves the other, on the page where it was pressed", async () => {
    const reader = portal.client();
    reader.headers["referer"] = `${portal.base}/tra-cuu?ma=x`;
    let page = await (await reader.get("/tra-cuu?ma=x")).follow("Bật tương phản cao");
    expect([page.path, classes(page)]).toEqual(["/tra-cuu?ma=x", ["govuk-template", "look-contrast"]]);
    page = await page.follow("Chữ lớn hơn");
    expect(classes(page)).toEqual(["govuk-template", "look-contrast", "look-large"]);
    page = await page.follow("Tắt tương phản cao");
    expect(classes(page)).toEqual(["govuk-template", "look-large"]);
    page = await page.follow("Chữ cỡ thường");
    expect(classes(page)).toEqual(["govuk-template"]);
  });

  test("a look that there is not is not found, and a cookie of one is the usual look", async () => {
    const reader = portal.client();
    expect((await reader.get("/giao-dien/toString")).status).toBe(404);
    reader.cookies.set("look", "constructor");
    expect(classes(await reader.get("/"))).toEqual(["govuk-template"]);
  });

  test("an installation names its agency and shows its own emblem", async () => {
    const page = await portal.client().get("/");
    expect(page.text).toContain("Cơ quan chủ quản: Trung tâm Phục vụ hành chính công");
    const mark = page.all("img").map((one) => attribute(one, "src") ?? "")[0] ?? "";
    expect(mark).toMatch(/^\/assets\/images\/emblem-[0-9a-f]{10}\.svg$/);
    expect((await portal.client().get(mark)).headers.get("content-type")).toBe("image/svg+xml");
  });
});

describe("an installed portal", () => {
  test("has a manifest with the province's name and icons that are there", async () => {
    const answer = await portal.client().get("/manifest.webmanifest");
    const manifest = JSON.parse(answer.html) as { name: string; icons: { src: string }[] };
    expect(manifest.name).toBe("Cổng dịch vụ công tỉnh Lạng Sơn");
    for (const { src } of manifest.icons) expect((await portal.client().get(src)).status).toBe(200);
    expect(answer.headers.get("content-security-policy")).toMatch(/worker-src 'self';.*manifest-src 'self'/);
  });

  test("shows, when the line is down, a page that is the same for everybody", async () => {
    const page = await portal.client().get("/ngoai-tuyen");
    expect([page.status, page.heading]).toEqual([200, "Không có kết nối mạng"]);
    expect(page.headers.get("set-cookie")).toBeNull();
    expect((await portal.client().get("/sw.js")).headers.get("content-type")).toMatch(/javascript/);
  });
});
