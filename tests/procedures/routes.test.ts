import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { importNationalRecords } from "#procedures/index.ts";
import { root } from "../../src/dev/project.mjs";
import { startTestApp } from "../support/app.ts";
import { attribute, textOf } from "../support/html.ts";
import { line } from "../support/procedures.ts";
import { provinceDatabase } from "../support/province.ts";

const portal = await startTestApp({ database: await provinceDatabase() });
const browser = portal.client();

const LONG = Array.from({ length: 900 }, (_, i) => `Bước ${i + 1}: việc thứ ${i + 1} phải làm.\n- mục ${i + 1}`).join(
  "\n",
);
const method = (changes: Record<string, unknown>) => ({
  channel: "in_person",
  channel_text: "Trực tiếp",
  time_text: null,
  time_value: null,
  time_unit: null,
  fee_text: null,
  fee_amounts_vnd: [],
  free: null,
  description: null,
  ...changes,
});

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "routes-"));
  const lines = [
    line({
      code: "1.940001",
      name: "Cấp thẻ chưa rõ phí",
      flags: ["fee_not_captured"],
      methods: [method({ time_value: 7, time_unit: null, time_text: "7" })],
    }),
    line({
      code: "1.940002",
      name: "Cấp thẻ phí tùy trường hợp",
      flags: ["free_shown_but_note_says_otherwise", "mentions_abolished_district_level"],
      steps: LONG,
      methods: [
        method({
          channel: "online",
          fee_text: "Miễn phí (Mức thu do Hội đồng nhân dân tỉnh quyết định)",
          free: true,
          time_value: 3,
          time_unit: "working_day",
        }),
      ],
      dossier: [
        { case: "* Lưu ý:", items: [{ name: "Chỉ là lời dặn <b>đậm</b>", originals: 0, copies: 0, form_file: null }] },
        { case: null, items: [{ name: "Tờ khai", originals: 1, copies: 2, form_file: "Mau so 1.docx" }] },
      ],
    }),
    line({
      code: "1.940003",
      name: "Cấp thẻ mới có tên",
      detail: "list",
      steps: null,
      methods: [],
      dossier: [],
      results: [],
      executing_agency: null,
      url: null,
      levels: [],
      subjects: [],
    }),
  ];
  writeFileSync(join(folder, "lines.jsonl"), lines.map((one) => JSON.stringify(one)).join("\n"));
  await importNationalRecords(portal.system(), join(folder, "lines.jsonl"));
  rmSync(folder, { recursive: true });
});

describe("the catalogue", () => {
  test("is found from the home page, searched, narrowed by links, and leads to the procedure: three clicks", async () => {
    const list = await (await browser.get("/")).follow("Tất cả thủ tục");
    expect(list.path).toBe("/thu-tuc");
    const found = await list.submit("Tìm", { "Tìm thủ tục": "dang ky khai sinh" });
    expect(found.heading).toBe("Tìm “dang ky khai sinh”");
    const rows = found.listByRole("heading").map((heading) => found.within(heading).text);
    expect(rows[1]).toBe("Đăng ký khai sinh");
    const page = await found.follow("Đăng ký khai sinh");
    expect(page.heading).toContain("Đăng ký khai sinh");
    expect(page.link("Nộp hồ sơ trực tuyến")).toMatch(/^\/thu-tuc\/[\d.]+\/nop-ho-so$/);
  });

  test("shows a page of twenty, filters that count, and says when nothing is found", async () => {
    const online = await browser.get("/thu-tuc?muc=toan-trinh&cap=xa");
    expect(online.status).toBe(200);
    expect(online.text).toMatch(/\d+ thủ tục/);
    expect(online.link("Bỏ mọi bộ lọc")).toBe("/thu-tuc");
    const none = await browser.get("/thu-tuc?q=zzzzqqqq");
    expect(none.text).toContain("Không tìm thấy thủ tục nào");
    expect((await browser.get("/thu-tuc?trang=400")).status).toBe(200);
  });

  test.each([
    "/thu-tuc?q=%27%3B--&cap=abc&trang=-1",
    "/thu-tuc?q=a&q=b",
    "/thu-tuc?linh-vuc[]=x",
    `/thu-tuc?q=${"a%20".repeat(60)}`,
    "/thu-tuc?su-kien=khong-co",
    "/thu-tuc?q=%F0%9F%98%80",
  ])("bad parameters break nothing: %s", async (path) => {
    expect((await browser.get(path)).status).toBeLessThan(500);
  });

  test("a code that does not exist is not found", async () => {
    for (const code of ["9.999999", "..%2f", "x".repeat(500), "%00", "1.001193%20"])
      expect([400, 404, 414], code).toContain((await browser.get(`/thu-tuc/${code}`)).status);
  });
});

describe("the page of a configured procedure", () => {
  test("every seeded procedure has its page: papers, time limit, fees, place, steps, law, source", async () => {
    for (const { code, name } of await portal.db.catalogueEntry.findMany({ where: { configured: true } })) {
      const page = await browser.get(`/thu-tuc/${code}`);
      expect(page.status, code).toBe(200);
      expect(page.heading, code).toContain(name);
      const headings = page.listByRole("heading").map((heading) => page.within(heading).text);
      for (const wanted of [
        "Thông tin chung",
        "Nộp ở đâu",
        "Giấy tờ cần nộp",
        "Thời hạn giải quyết",
        "Phí, lệ phí",
        "Trình tự thực hiện",
        "Kết quả",
        "Căn cứ pháp lý",
        "Nguồn",
      ])
        expect(headings, `${code} ${wanted}`).toContain(wanted);
    }
  });

  test("how long, how much, which papers and where stand first; what is said of a paper is whole sentences", async () => {
    const page = await browser.get("/thu-tuc/1.001193");
    expect(page.summary()).toMatchObject({
      "Thời hạn giải quyết": "Trong ngày tiếp nhận",
      "Phí, lệ phí": "Đến 8.000 đồng, có trường hợp không mất phí",
      "Giấy tờ cần nộp": "Nhiều nhất 6 loại, tùy trường hợp của bạn",
      "Nộp ở đâu": "Trực tuyến trên cổng này, hoặc tại nơi tiếp nhận",
    });
    const order = ["Nhiều nhất 6 loại", "Trên trang này", "Giấy chứng sinh", "Căn cứ pháp lý"];
    const main = page.within(page.byRole("main")).text;
    const places = order.map((words) => main.lastIndexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const note of page.all("span").filter((span) => attribute(span, "class") === "note"))
      expect(textOf(note)).not.toMatch(/;|^[a-zà-ỹ]/u);
    expect(main).toContain("Chỉ một số trường hợp phải nộp. Không phải nộp nếu cơ sở y tế đã gửi dữ liệu điện tử");
  });

  test("in English: names where the definition has them, and what is Vietnamese says so", async () => {
    const english = portal.client();
    english.cookies.set("lang", "en");
    const list = await english.get("/thu-tuc?q=khai+sinh");
    expect(list.html).toMatch(/<a class="govuk-link" href="\/thu-tuc\/1\.001193">Birth registration<\/a>/);
    expect(list.html).toContain('<span lang="vi">Hộ tịch</span>');
    const home = await english.get("/");
    expect(home.html).toMatch(/href="\/thu-tuc\/1\.001193">Birth registration<\/a>/);
    expect(home.html).toMatch(/<p class="card__note" lang="vi">Hộ tịch<\/p>/);
    const page = await english.get("/thu-tuc/1.001193");
    expect(page.html).toMatch(/<span lang="vi">Luật Hộ tịch<\/span>/);
    expect((await browser.get("/thu-tuc/1.001193")).html).not.toContain('lang="vi">Luật');
  });

  test("a fee without an amount is said to be unknown; only a real 0 is free", async () => {
    const file = (code: string) =>
      JSON.parse(readFileSync(join(root, `prisma/seed/procedures/${code}.json`), "utf8")) as {
        fees: { amount: number | null }[];
      };
    for (const { code } of await portal.db.procedure.findMany()) {
      const { fees } = file(code);
      const page = await browser.get(`/thu-tuc/${code}`);
      if (fees.some(({ amount }) => amount === null) || fees.length === 0)
        expect(page.text, code).toContain("Chưa có thông tin");
      if (!fees.some(({ amount }) => amount === 0)) expect(page.text, code).not.toContain("Miễn phí");
    }
  });

  test("one that is not filed online has no button and says where it is filed", async () => {
    const { code } = await portal.db.catalogueEntry.findFirstOrThrow({
      where: { configured: true, serviceLevel: "information" },
    });
    const page = await browser.get(`/thu-tuc/${code}`);
    expect(page.text).not.toContain("Nộp hồ sơ trực tuyến");
    expect(page.text).toContain("chưa nhận hồ sơ trực tuyến");
    expect(page.text).toContain("Trung tâm Phục vụ hành chính công, Ủy ban nhân dân phường Đông Kinh");
  });

  test("asks the database nothing when warm, nor does a search", async () => {
    const { code } = await portal.db.catalogueEntry.findFirstOrThrow({
      where: { configured: true, serviceLevel: "full" },
    });
    const queries = async (path: string): Promise<number> => {
      await browser.get(path);
      const visitor = portal.client();
      let count = 0;
      const ask = portal.pool.query;
      portal.pool.query = function (this: unknown, ...args: unknown[]) {
        count++;
        return Reflect.apply(ask, portal.pool, args);
      } as typeof ask;
      await visitor.get(path);
      portal.pool.query = ask;
      return count;
    };
    expect(await queries(`/thu-tuc/${code}`)).toBe(0);
    expect(await queries("/thu-tuc/1.940001")).toBe(0);
    expect(await queries("/thu-tuc?q=khai+sinh")).toBe(0);
    expect(await queries("/thu-tuc")).toBe(0);
  });
});

describe("the page of a national record", () => {
  test("is information: no filing, the source and its defects said", async () => {
    const page = await browser.get("/thu-tuc/1.940001");
    expect(page.text).toContain("Trang này chỉ cung cấp thông tin");
    expect(page.text).toContain("Chưa có thông tin không có nghĩa là miễn phí");
    expect(page.text).toContain("7 (nguồn không ghi đơn vị)");
    expect(page.text).not.toContain("Nộp hồ sơ trực tuyến");
    expect(page.text).not.toMatch(/(^|[^à] )Miễn phí/);
    expect(page.text).toContain("Hãy nộp tại cơ quan thực hiện: Sở Xây dựng");
    expect(page.link("Danh mục thủ tục hành chính quốc gia, mã 1.940001.")).toBe(
      "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/x",
    );
  });

  test("shows long texts whole, notes apart from papers, and markup of the source as text", async () => {
    const page = await browser.get("/thu-tuc/1.940002");
    for (const i of [1, 450, 900]) expect(page.text).toContain(`Bước ${i}: việc thứ ${i} phải làm.`);
    expect(page.text).toContain("mục 900");
    expect(page.text).toContain("Tùy trường hợp, xem ghi chú: (Mức thu do Hội đồng nhân dân tỉnh quyết định)");
    expect(page.text).toContain("Nội dung còn nhắc đến cấp huyện");
    expect(page.text).toContain("Chỉ là lời dặn <b>đậm</b>");
    expect(page.html).not.toContain("<b>đậm</b>");
    expect(page.text).toContain("Biểu mẫu: Mau so 1.docx");
    expect(page.text).toContain("nộp trực tuyến trên Cổng Dịch vụ công quốc gia");
  });

  test("links to its source only where that is an address of the web", async () => {
    const { raw } = await portal.db.nationalRecord.findUniqueOrThrow({ where: { code: "1.940001" } });
    const tampered = { ...(raw as object), url: "javascript:alert(1)" };
    await portal.db.nationalRecord.update({ where: { code: "1.940001" }, data: { raw: tampered } });
    expect((await browser.get("/thu-tuc/1.940001")).html).not.toContain("javascript:");
    await portal.db.nationalRecord.update({ where: { code: "1.940001" }, data: { raw: raw as object } });
  });

  test("of which only the name is known says so, and where to ask", async () => {
    const page = await browser.get("/thu-tuc/1.940003");
    expect(page.text).toContain("chưa có nội dung chi tiết");
    expect(page.text).toContain("Hãy hỏi bộ phận một cửa gần nhất");
  });
});

test("the catalogue is there in English, too", async () => {
  const visitor = portal.client();
  visitor.cookies.set("lang", "en");
  expect((await visitor.get("/thu-tuc")).text).toContain("Administrative procedures");
});
