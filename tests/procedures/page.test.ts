import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { countProcedures, importNationalRecords } from "#procedures/index.ts";
import { startTestApp } from "../support/app.ts";
import { browserTest, openBrowser } from "../support/browser.ts";
import type { Page } from "../support/client.ts";
import { line } from "../support/procedures.ts";
import { provinceDatabase } from "../support/province.ts";

const portal = await startTestApp({ database: await provinceDatabase() });
const visitor = portal.client();
const BIRTH = "1.001193";
const DEATH = "1.000656";

const dataOf = (page: Page): Record<string, unknown> => {
  const block = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page.html)?.[1];
  return JSON.parse(block ?? "null") as Record<string, unknown>;
};
const headingsOf = (page: Page): string[] => page.listByRole("heading").map((heading) => page.within(heading).text);

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  const form = { case: null, items: [{ name: "Tờ khai", originals: 1, copies: 0, form_file: "Mẫu số 01.docx" }] };
  const lines = [
    line({ code: BIRTH, name: "Thủ tục đăng ký khai sinh", field: "Hộ tịch", dossier: [form, form] }),
    line({ code: "1.950001", name: "Đăng ký lại khai sinh", field: "Hộ tịch", promulgating_agency: "Bộ Tư pháp" }),
    line({
      code: "1.950002",
      name: "Cấp thẻ </script><b>đậm</b> & hai",
      field: "Hộ tịch",
      steps: null,
      methods: [],
      dossier: [],
      results: [],
      legal_basis: [],
    }),
  ];
  writeFileSync(join(folder, "lines.jsonl"), lines.map((one) => JSON.stringify(one)).join("\n"));
  await importNationalRecords(portal.system(), join(folder, "lines.jsonl"));
  rmSync(folder, { recursive: true });
});

describe("a procedure's page", () => {
  test("says how it fared this year: nothing before it was counted, then what was counted, and that nobody rated it", async () => {
    expect((await visitor.get(`/thu-tuc/${DEATH}`)).text).toContain("Chưa có số liệu.");
    await countProcedures(portal.system());
    const page = await visitor.get(`/thu-tuc/${BIRTH}`);
    expect(page.summary()).toMatchObject({
      "Đã tiếp nhận": "0 hồ sơ, trong đó 0 nộp trực tuyến",
      "Đúng hạn": "Chưa có hồ sơ nào giải quyết xong",
      "Người dân hài lòng": "Chưa có đánh giá",
    });
    expect(page.text).not.toMatch(/\d%/);
  });

  test("names the forms of the source, each once, and where they are downloaded", async () => {
    const page = await visitor.get(`/thu-tuc/${BIRTH}`);
    expect(headingsOf(page)).toContain("Biểu mẫu");
    expect(page.text.match(/Mẫu số 01\.docx/g)).toHaveLength(1);
    expect(page.link(/Tải biểu mẫu/)).toMatch(/^https:\/\/dichvucong\.gov\.vn\//);
  });

  test("leads to others of its life events and sector, never to itself", async () => {
    const page = await visitor.get(`/thu-tuc/${BIRTH}`);
    expect(headingsOf(page)).toContain("Thủ tục liên quan");
    expect(page.link("Đăng ký lại khai sinh")).toBe("/thu-tuc/1.950001");
    const section = page.all("section").find((one) => page.within(one).text.startsWith("Thủ tục liên quan"));
    const codes = [...(section ? page.within(section).text : "").matchAll(/\d\.\d{6}/g)].map(String);
    expect(codes.length).toBeGreaterThan(2);
    expect(codes).not.toContain(BIRTH);
  });

  test("of which the source knows little says so under each heading, and leaves none out", async () => {
    const page = await visitor.get("/thu-tuc/1.950002");
    for (const heading of ["Giấy tờ cần nộp", "Trình tự thực hiện", "Kết quả", "Căn cứ pháp lý"])
      expect(headingsOf(page)).toContain(heading);
    expect(page.text.match(/Chưa có thông tin/g)?.length).toBeGreaterThanOrEqual(5);
  });

  test("tells machines what it is; no name can break out of that", async () => {
    expect(dataOf(await visitor.get(`/thu-tuc/${BIRTH}`))).toMatchObject({
      "@context": "https://schema.org",
      "@type": "GovernmentService",
      identifier: BIRTH,
      name: "Đăng ký khai sinh",
      url: `${portal.base}/thu-tuc/${BIRTH}`,
      serviceType: "Hộ tịch",
    });
    const channels = dataOf(await visitor.get(`/thu-tuc/${BIRTH}`))["availableChannel"];
    expect(channels).toContainEqual({
      "@type": "ServiceChannel",
      serviceUrl: `${portal.base}/thu-tuc/${BIRTH}/nop-ho-so`,
    });
    const odd = await visitor.get("/thu-tuc/1.950002");
    expect(dataOf(odd)["name"]).toBe("Cấp thẻ </script><b>đậm</b> & hai");
    expect(odd.html).not.toContain("<b>đậm</b>");
  });

  test("filed at the national portal or in a ministry's system it leads there, and says that one leaves", async () => {
    // Nobody has looked at this one yet: what a process remembers of a page is half a minute old.
    const offerings = { procedure: { code: "1.004222" } };
    const externalUrl = "https://dichvucong.example.vn/thuong-tru";
    await portal.db.offering.updateMany({ where: offerings, data: { filedAt: "ministry", externalUrl } });
    const page = await visitor.get("/thu-tuc/1.004222");
    expect(page.link("Nộp trên hệ thống của bộ, ngành")).toBe(externalUrl);
    expect(page.text).toContain("Bạn sẽ rời Cổng này");
    expect(page.text).not.toContain("Nộp hồ sơ trực tuyến");
  });
});

browserTest("the data block is neither run nor refused by the page's security policy", async () => {
  const context = await (await openBrowser()).newContext({ baseURL: portal.base });
  const page = await context.newPage();
  const told: string[] = [];
  page.on("console", (message) => told.push(message.text()));
  page.on("pageerror", (error) => told.push(String(error)));
  await page.addInitScript(
    'document.addEventListener("securitypolicyviolation", (event) => console.error("refused: " + event.violatedDirective))',
  );
  await page.goto(`/thu-tuc/${BIRTH}`);
  expect(await page.locator('script[type="application/ld+json"]').count()).toBe(1);
  expect(told).toEqual([]);
  await context.close();
});
