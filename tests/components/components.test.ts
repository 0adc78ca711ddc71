import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ConfigData, HtmlValidate } from "html-validate";
import { describe, expect, test } from "vitest";
import { errorSummary, errorText, part } from "#platform/components.ts";
import { createRenderer, type Shell } from "#platform/render.ts";
import { type ComponentView, samples } from "../../src/dev/samples.ts";
import { createTexts } from "../../src/texts.ts";
import { attribute, Reading, textOf } from "../support/html.ts";

const root = join(import.meta.dirname, "../..");
const texts = createTexts();
/** Every asset has an address, as after a build. */
const assets: Record<string, string> = Object.fromEntries(
  [
    "app.css",
    "officers.css",
    "app.js",
    "icons/icon.svg",
    "icons/icon-180.png",
    "images/mark.svg",
    "fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
    "fonts/be-vietnam-pro-latin-400-normal.woff2",
  ].map((name) => [name, `/assets/${name}`]),
);
const { part: renderPart, page: renderPage } = createRenderer(join(root, "views"), assets);
const validator = new HtmlValidate(
  JSON.parse(readFileSync(join(root, ".config/htmlvalidate.json"), "utf8")) as ConfigData,
);

const complaints = async (html: string): Promise<string[]> =>
  (await validator.validateString(html)).results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`),
  );

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

const cases = (Object.keys(samples) as ComponentView[]).flatMap((view) =>
  samples[view].map((it, i) => ({ view, i, html: renderPart(view, it as never, texts.vi) })),
);

describe("components", () => {
  test("each template has samples", () => {
    const files = readdirSync(join(root, "views/components")).map((file) => `components/${file.slice(0, -4)}`);
    expect(Object.keys(samples).sort()).toEqual(files.sort());
  });

  test.each(cases)("$view sample $i is valid markup", async ({ html }) => {
    expect(html.trim()).not.toBe("");
    expect(html).not.toMatch(/undefined|\[object|NaN/);
    expect(await complaints(html)).toEqual([]);
  });

  test("what people typed is shown as text, never as markup", () => {
    const evil = `"><script>alert(1)</script>`;
    const html = [
      renderPart("components/input", { name: "a", label: evil, value: evil, error: evil, hint: evil }, texts.vi),
      renderPart("components/textarea", { name: "b", label: evil, value: `</textarea>${evil}` }, texts.vi),
      renderPart(
        "components/summary-list",
        { title: evil, rows: [{ key: evil, value: [evil], actions: [{ text: evil, href: evil, about: evil }] }] },
        texts.vi,
      ),
      renderPart(
        "components/file-upload",
        {
          name: "c",
          label: "c",
          limit: evil,
          maxBytes: 1,
          tooLarge: evil,
          files: [{ name: evil, size: "1", href: null }],
        },
        texts.vi,
      ),
    ].join("");
    expect(Reading.of(html).all("script")).toEqual([]);
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(8);
  });

  test("a control with an error names it, so that it is read with the control", () => {
    const page = Reading.of(
      renderPart(
        "components/input",
        { name: "fullName", label: "Họ và tên", hint: "Như giấy tờ.", error: "Hãy nhập họ và tên." },
        texts.vi,
      ),
    );
    const control = page.byLabel("Họ và tên");
    expect(attribute(control, "aria-describedby")).toBe("fullName-hint fullName-error");
    expect(attribute(control, "aria-invalid")).toBe("true");
    expect(page.text).toContain("Lỗi: Hãy nhập họ và tên.");
  });

  test("a line of the error summary leads to an element of the page, whatever the control", () => {
    const errors = {
      fullName: { key: "platform.refused.badRequest" },
      born: { key: "platform.refused.badRequest" },
      way: { key: "platform.refused.badRequest" },
    } as const;
    const summary = errorSummary(errors, texts.vi);
    const said = (name: string) => errorText(errors, name, texts.vi);
    expect(said("other")).toBeNull();
    expect(errorSummary({}, texts.vi)).toBeNull();
    const html = [
      part("components/error-summary", summary ?? { errors: [] }),
      part("components/input", { name: "fullName", label: "Tên", error: said("fullName") }),
      part("components/date-input", { name: "born", label: "Sinh ngày", error: said("born") }),
      part("components/radios", {
        name: "way",
        label: "Cách nhận",
        error: said("way"),
        items: [
          { value: "a", text: "A" },
          { value: "b", text: "B" },
        ],
      }),
    ].map(({ view, it }) => renderPart(view, it, texts.vi));
    const page = Reading.of(html.join(""));
    expect(page.errors()).toHaveLength(3);
    expect(page.errors().filter(({ field }) => !page.byId(field))).toEqual([]);
  });

  test("the file limit is said at the control", () => {
    const page = Reading.of(
      renderPart(
        "components/file-upload",
        {
          name: "giay",
          label: "Giấy chứng sinh",
          limit: "Mỗi tệp không quá 20 MB.",
          maxBytes: 1,
          tooLarge: "tệp quá lớn.",
        },
        texts.vi,
      ),
    );
    expect(attribute(page.byLabel("Giấy chứng sinh"), "aria-describedby")).toBe("giay-limit");
    expect(page.byId("giay-limit")).toBeDefined();
  });
});

describe("layouts and error pages", () => {
  const refused = { title: "Không tìm thấy", text: "Không tìm thấy trang này.", back: { href: "/truoc" } };
  const pages = [
    ["public", () => renderPage("errors/refused", refused, shell, texts.vi)],
    [
      "public, signed out",
      () =>
        renderPage(
          "errors/refused",
          refused,
          { ...shell, person: null, notice: null, hotline: null, otherLanguage: null },
          texts.vi,
        ),
    ],
    ["desk", () => renderPage("errors/refused", refused, { ...shell, layout: "layouts/desk" }, texts.vi)],
    [
      "bug",
      () =>
        renderPage(
          "errors/bug",
          { title: "Cổng đang gặp trục trặc", text: "Đọc mã này:", requestId: "r-1" },
          shell,
          texts.vi,
        ),
    ],
  ] as const;

  test.each(pages)("%s is valid markup with language, title, skip link and one main heading", async (_, html) => {
    const page = Reading.of(html());
    expect(await complaints(html())).toEqual([]);
    expect(attribute(page.all("html")[0] ?? page.byRole("main"), "lang")).toBe("vi");
    expect(page.title).toContain("thành phố Đà Nẵng");
    expect(page.link("Đến nội dung chính")).toBe("#main");
    expect(page.heading).not.toBe("");
  });

  test.each(["layouts/public", "layouts/desk"] as const)("in %s the way back is a landmark of its own", (layout) => {
    const page = Reading.of(renderPage("errors/refused", refused, { ...shell, layout }, texts.vi));
    const back = page.all("nav").find((nav) => attribute(nav, "aria-label") === "Trang trước");
    expect(back && textOf(back)).toContain("Quay lại");
  });

  test("signing out is a form that posts, never a link", () => {
    const page = Reading.of(renderPage("errors/refused", refused, shell, texts.vi));
    const form = page.all("form").find((one) => attribute(one, "action") === "/dang-xuat");
    expect(form && attribute(form, "method")).toBe("post");
  });

  test("a page with errors says so in its title", () => {
    expect(Reading.of(renderPage("errors/refused", { ...refused, hasErrors: true }, shell, texts.vi)).title).toMatch(
      /^Lỗi: /,
    );
  });

  test("the page of a bug shows the code to read out", () => {
    expect(
      Reading.of(
        renderPage("errors/bug", { title: "Trục trặc", text: "Đọc mã này:", requestId: "r-42" }, shell, texts.vi),
      ).text,
    ).toContain("r-42");
  });
});
