import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { createRenderer, type Shell } from "#platform/render.ts";
import { galleryPage } from "../../src/dev/gallery.ts";
import { createTexts } from "../../src/texts.ts";
import { browserTest, openBrowser } from "../support/browser.ts";

const root = join(import.meta.dirname, "../..");
const texts = createTexts();

const shell: Shell = {
  language: "vi",
  path: "/dev",
  nav: [{ href: "/thu-tuc", text: "Thủ tục", current: true }],
  person: { name: "Lê Thị Hoa", href: "/ca-nhan", agency: "UBND phường Hải Châu" },
  layout: "layouts/public",
  notice: { kind: "success", text: "Đã lưu." },
  province: "thành phố Đà Nẵng",
  hotline: "1900 1234",
  look: { contrast: false, large: false, switches: [{ text: "Chữ lớn hơn", href: "/giao-dien/chu-lon" }] },
  otherLanguage: { language: "en", href: "/ngon-ngu/en" },
  search: { action: "/mot-cua", name: "q", value: "" },
};

describe("the gallery in a browser", () => {
  const TYPES: Record<string, string> = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
  const files = new Map<string, { type: string; content: Buffer | string }>();
  const server = createServer((req, res) => {
    const file = files.get(req.url ?? "");
    res.setHeader(
      "content-security-policy",
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:",
    );
    res.writeHead(file ? 200 : 404, { "content-type": file?.type ?? "text/plain" }).end(file?.content);
  });

  beforeAll(async () => {
    const folder = join(root, "dist/public");
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Record<string, string>;
    const { page: renderPage } = createRenderer(join(root, "views"), manifest);
    for (const name of readdirSync(join(folder, "assets"), { recursive: true, encoding: "utf8" })) {
      const type = TYPES[extname(name)];
      if (type) files.set(`/assets/${name}`, { type, content: readFileSync(join(folder, "assets", name)) });
    }
    const show = (address: string, changes: Partial<Shell>) =>
      files.set(address, {
        type: "text/html; charset=utf-8",
        content: renderPage(
          "dev/gallery",
          { ...galleryPage(), back: { href: "/truoc" } },
          { ...shell, ...changes },
          texts.vi,
        ),
      });
    for (const layout of ["layouts/public", "layouts/desk"] as const) show(`/${layout}`, { layout });
    show("/looks", { look: { contrast: true, large: true, switches: [] } });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => void server.close());

  const open = async (path: string, width: number, javaScriptEnabled = true) => {
    const context = await (await openBrowser()).newContext({ viewport: { width, height: 800 }, javaScriptEnabled });
    const page = await context.newPage();
    const broken: string[] = [];
    page.on(
      "console",
      (message) => message.type() === "error" && !/404|woff2/.test(message.text()) && broken.push(message.text()),
    );
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    return { page, broken, close: () => context.close() };
  };

  for (const [path, widths] of [
    ["/layouts/public", [320, 1280]],
    ["/layouts/desk", [320, 1280]],
    // High contrast and large letters at once.
    ["/looks", [360]],
  ] as const) {
    for (const width of widths) {
      browserTest(
        `${path} with every component at ${width} px: no accessibility fault, no sideways scrolling, no broken policy`,
        async () => {
          const { page, broken, close } = await open(path, width);
          // Beside the laws of WCAG: nothing of the page lies outside its landmarks.
          const { violations } = await new AxeBuilder({ page })
            .options({
              runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
              rules: { region: { enabled: true } },
            })
            .analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
          expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
          expect(broken).toEqual([]);
          await close();
        },
      );
    }
  }

  browserTest("without JavaScript what a choice reveals is there; with it, only while chosen", async () => {
    const bare = await open("/layouts/public", 800, false);
    expect(await bare.page.getByLabel("Địa chỉ nhận").isVisible()).toBe(true);
    expect(await bare.page.getByRole("button", { name: "In trang này" }).isVisible()).toBe(false);
    await bare.close();
    const { page, close } = await open("/layouts/public", 800);
    await page.getByRole("button", { name: "In trang này" }).waitFor();
    await page.getByLabel("Bản điện tử trên Cổng").check();
    await page.getByLabel("Địa chỉ nhận").waitFor({ state: "hidden" });
    await page.getByLabel("Qua bưu chính").check();
    await page.getByLabel("Địa chỉ nhận").waitFor({ state: "visible" });
    await close();
  });

  browserTest("the error summary takes the focus and leads into the control", async () => {
    const { page, close } = await open("/layouts/public", 800);
    await page.waitForFunction("document.activeElement?.className === 'govuk-error-summary'");
    await page.getByRole("link", { name: "Ngày này không có trong lịch." }).click();
    expect(await page.evaluate("document.activeElement?.id")).toBe("birthDate.day");
    await close();
  });

  browserTest("a file that is too large is named before it is sent", async () => {
    const { page, close } = await open("/layouts/public", 800);
    await page.getByRole("button", { name: "In trang này" }).waitFor();
    await page
      .getByLabel("Ảnh chân dung")
      .setInputFiles({ name: "anh.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(6 * 1024 * 1024) });
    await page.getByText("anh.jpg: ảnh lớn hơn 5 MB. Hãy chọn ảnh nhỏ hơn.").waitFor();
    expect(await page.getByLabel("Ảnh chân dung").inputValue()).toBe("");
    await close();
  });
});
