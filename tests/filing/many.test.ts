import { buffer } from "node:stream/consumers";
import { strToU8, unzipSync, zipSync } from "fflate";
import { parseCsv, writeCsv } from "hucre/csv";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { DEMO_PASSWORD, demoCitizens, demoCompany } from "#dev/demo.ts";
import { sweepFiles } from "#documents/index.ts";
import { tidyDrafts } from "#filing/index.ts";
import { fieldContext, findCurrentVersion, publishProcedure } from "#procedures/index.ts";
import { confirmBatch, runBatch } from "../../src/filing/actions/many.ts";
import { judgeAll } from "../../src/filing/pages/many-table.ts";
import { findJudging, findOwnBatch } from "../../src/filing/queries/many.ts";
import { createTexts } from "../../src/texts.ts";
import { startTestApp } from "../support/app.ts";
import type { Client, Page, Upload, Value } from "../support/client.ts";
import { agencyIdOf, asCitizen, provinceDatabase } from "../support/province.ts";
import { PDF } from "./people.ts";

/** Copies of civil-status papers: a person asks without any paper, an organization with one. */
const COPIES = "2.000635";
const START = `/thu-tuc/${COPIES}/nop-nhieu`;

const portal = await startTestApp({ database: await provinceDatabase() });
const lan = await portal.signIn(demoCitizens.lan.phone, DEMO_PASSWORD);
const mui = await portal.signIn(demoCitizens.mui.phone, DEMO_PASSWORD);

type Template = { labels: string[]; ids: string[]; head: string };
async function template(client: Client = lan): Promise<Template> {
  const { body } = await client.get(`${START}/mau.xlsx`);
  const { sheets } = await readXlsx(body);
  const [head, labels, ids] = (sheets[0]?.rows ?? []) as string[][];
  return { head: String(head?.[0]), labels: labels ?? [], ids: ids ?? [] };
}
const { head, labels, ids } = await template();

type Line = Record<string, string | number | boolean | Date | null>;
const good = (name: string, more: Line = {}): Line => ({
  "nop.actingFor": "Cho mình hoặc người thân, với tư cách người có trách nhiệm đi làm thủ tục",
  "khai.requesterKind": "Cá nhân",
  "khai.relation": "bản thân",
  "khai.eventKind": "Giấy khai sinh",
  "khai.registeredName": name,
  "khai.registeredBirthDate": "05/03/1990",
  "khai.registeredAt": "Phường Chi Lăng",
  "khai.registeredOn": "1990",
  "khai.copyCount": "2",
  ...more,
});

const cellsOf = (lines: readonly Line[], names: readonly string[]) =>
  lines.map((line) => names.map((name, i) => (i === 0 ? (line["note"] ?? null) : (line[name] ?? null))));
async function workbook(lines: readonly Line[], names: readonly string[] = ids): Promise<Upload> {
  const content = await writeXlsx({
    sheets: [{ name: "Hồ sơ", rows: [[head], [...labels], [...names], ...cellsOf(lines, names)] }],
  });
  return { name: "ba mươi hồ sơ.xlsx", type: "application/octet-stream", content };
}
const text = (lines: readonly Line[], delimiter: string): Upload => ({
  name: "bang.csv",
  type: "text/csv",
  content: writeCsv([[head], labels, ids, ...cellsOf(lines, ids)] as string[][], { delimiter, bom: true }),
});

async function upload(table: Upload | null, client: Client = lan, more: Record<string, Value> = {}): Promise<Page> {
  const page = await client.get(START);
  const agency = page
    .all("option")
    .find((option) => /Đông Kinh/.test(page.within(option).text))
    ?.attrs.find(({ name }) => name === "value")?.value;
  const values: Record<string, Value> = { agency: agency ?? "", returnMethod: "online", ...more };
  return page.submit("Tải lên và kiểm tra", table ? { ...values, table } : values);
}
const counts = async () => ({
  drafts: await portal.db.draft.count(),
  dossiers: await portal.db.dossier.count(),
  batches: await portal.db.filingBatch.count(),
});

describe("the template", () => {
  test("the start page leads to it, and whoever is not signed in is asked to", async () => {
    const start = await lan.get(`/thu-tuc/${COPIES}/nop-ho-so`);
    const page = await start.follow("Nộp nhiều hồ sơ cùng lúc từ bảng tính");
    expect(page.heading).toBe("Nộp nhiều hồ sơ từ bảng tính");
    expect((await page.follow("Tải mẫu Excel (XLSX)")).headers.get("content-disposition")).toContain(".xlsx");
    expect((await portal.client().get(START)).path).toMatch(/^\/dang-nhap/);
    expect((await portal.client().get(`${START}/mau.xlsx`)).path).toMatch(/^\/dang-nhap/);
    expect((await lan.get(`${START}/mau.exe`)).status).toBe(404);
  });

  test("has a column for each question and part of a question, with its name; what may be chosen is listed", async () => {
    expect(labels).toContain("Họ, chữ đệm, tên *");
    expect(labels).toContain("Ngày sinh * (ngày/tháng/năm)");
    expect(new Set(labels).size).toBe(labels.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        "khai.registeredResidence.province",
        "khai.registeredResidence.commune",
        "nop.actingFor",
      ]),
    );
    // The clerk's own details, the declaration and files are none of it.
    expect(ids.filter((id) => /fullName$|declaration|returnMethod/.test(id))).toEqual([]);
    const { sheets } = await readXlsx((await lan.get(`${START}/mau.xlsx`)).body);
    const lists = sheets[1]?.rows ?? [];
    const at = (lists[0] as string[]).indexOf("Loại bản sao *");
    expect(lists.map((row) => row[at])).toContain("Trích lục kết hôn");
    expect(sheets[0]?.dataValidations?.length).toBeGreaterThan(3);
  });

  test("of every procedure has each column once, by name and by label", async () => {
    const versions = await portal.db.procedureVersion.findMany({ select: { procedure: { select: { code: true } } } });
    let seen = 0;
    for (const { procedure } of versions) {
      const { status, body } = await lan.get(`/thu-tuc/${procedure.code}/nop-nhieu/mau.csv`);
      const [, names = [], columns = []] = status === 200 ? (parseCsv(body.toString()) as string[][]) : [];
      expect([procedure.code, new Set(columns).size]).toEqual([procedure.code, columns.length]);
      expect([procedure.code, new Set(names).size]).toEqual([procedure.code, names.length]);
      if (columns.length > 10) seen++;
    }
    expect(seen).toBeGreaterThan(5);
  });

  test("is text in UTF-8, too, with a mark that spreadsheet programs understand", async () => {
    const { body } = await lan.get(`${START}/mau.csv`);
    expect([...body.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(body.toString()).toContain("Cá nhân | Đại diện cơ quan, tổ chức");
    const table = { name: "mau.csv", type: "text/csv", content: body };
    expect((await upload(table)).errors()[0]?.text).toContain("chưa có dòng nào được điền");
  });
});

describe("a table is looked through before anything is made of it", () => {
  test("each line is judged by the questions' own rules, and errors name column, entry and remedy", async () => {
    const before = await counts();
    const page = await upload(
      await workbook([
        good("Nguyễn Văn Một"),
        good("Nguyễn Văn Hai", { "khai.registeredBirthDate": "31/02/1990", "khai.copyCount": "nhiều" }),
        good("Nguyễn Văn Ba", { "khai.eventKind": "Giấy gì đó", note: "của anh Ba" }),
        good("Nguyễn Văn Tư", { "khai.requesterKind": "Đại diện cơ quan, tổ chức" }),
        good("Nguyễn Văn Một"),
      ]),
    );
    expect(page.heading).toBe("Kiểm tra bảng trước khi nộp");
    expect(page.text).toMatch(/nộp được ngay 2 cần thêm giấy tờ 1 có lỗi 2/);
    expect(page.text).toMatch(/Đã ghi “31\/02\/1990”\. “Ngày sinh” không có trong lịch/);
    expect(page.text).toMatch(/Đã ghi “nhiều”\. “Số bản sao” phải là số nguyên/);
    expect(page.text).toMatch(/Đã ghi “Giấy gì đó”\. Mục đã chọn ở “Loại bản sao”/);
    expect(page.text).toContain("của anh Ba");
    expect(page.text).toContain("Cần tải lên: Văn bản yêu cầu của cơ quan, tổ chức");
    expect(page.text).toContain("Giống hệt dòng 4");
    expect(await counts()).toEqual({ ...before, batches: before.batches + 1 });
    const row = await page.follow("Dòng 4");
    expect(row.text).toContain("Nguyễn Văn Một");
    expect(row.text).toContain("Phường Chi Lăng");
  });

  test("values are read as spreadsheets keep them: dates, numbers, choices without marks, addresses by name", async () => {
    const page = await upload(
      await workbook([
        good("Lý Thị Năm", {
          "khai.registeredBirthDate": new Date(Date.UTC(1990, 2, 5)),
          "khai.registeredOn": 1990,
          "khai.copyCount": 3,
          "khai.eventKind": "trich luc ket hon",
          "khai.registeredResidence.province": "Thành phố Hà Nội",
          "khai.registeredResidence.commune": "Phường Hoàn Kiếm",
          "khai.registeredResidence.line": "1 Tràng Tiền",
        }),
      ]),
    );
    expect(page.text).toMatch(/nộp được ngay 1 /);
    const row = await page.follow("Dòng 4");
    for (const shown of ["05/03/1990", "Trích lục kết hôn", "1 Tràng Tiền, Phường Hoàn Kiếm, Thành phố Hà Nội"])
      expect(row.text).toContain(shown);
  });

  test.each([",", ";", "\t"])("a text table with “%s” between its cells is read like a workbook", async (delimiter) => {
    const page = await upload(text([good("Nguyễn Văn Sáu", { note: "a; b, c" })], delimiter));
    expect(page.text).toMatch(/nộp được ngay 1 /);
    expect(page.text).toContain("a; b, c");
  });

  test("it belongs to whoever uploaded it, may be deleted, and is gone after a day", async () => {
    const page = await upload(await workbook([good("Nguyễn Văn Bảy")]));
    for (const path of [page.path, `${page.path}/dong/1`, `${page.path}/ket-qua.csv`])
      expect((await mui.get(path)).status).toBe(404);
    expect((await mui.post(page.path, { viec: "nop", declare: "yes" })).status).toBe(404);
    expect((await mui.post(`${page.path}/xoa`)).status).toBe(404);
    const gone = await page.submit("Xóa bảng này");
    expect(gone.text).toContain("Đã xóa bảng");
    expect((await lan.get(page.path)).status).toBe(404);
    const other = await upload(await workbook([good("Nguyễn Văn Bảy")]));
    await tidyDrafts(portal.system(new Date(Date.now() + 25 * 3_600_000)));
    expect((await lan.get(other.path)).status).toBe(404);
    expect(await portal.db.filingBatchRow.count()).toBe(0);
  });
});

describe("what is no filled-in template is told apart", () => {
  const bytes = (content: Upload["content"], name = "bang.xlsx"): Upload => ({
    name,
    type: "application/octet-stream",
    content,
  });
  const marked = (mark: string) => [mark, ...ids.slice(1)];
  const bomb = () => {
    const parts = unzipSync(zipSync({ "xl/workbook.xml": strToU8("<workbook/>") }));
    return zipSync({ ...parts, "xl/worksheets/sheet1.xml": new Uint8Array(30_000_000) });
  };
  test.each<[string, () => Promise<Upload | null> | Upload | null, RegExp]>([
    ["no file", () => null, /Hãy chọn tệp/],
    ["a PDF", () => bytes("%PDF-1.4 xin chào"), /không phải bảng tính/],
    ["an old workbook", () => bytes(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1])), /Excel cũ/],
    ["a broken workbook", () => bytes(Buffer.from("PK\u0003\u0004 rác rưởi")), /Không đọc được/],
    ["another ZIP", () => bytes(zipSync({ "a.txt": strToU8("a") })), /không phải bảng tính/],
    ["what unpacks beyond all measure", () => bytes(bomb()), /quá nhiều nội dung/],
    ["bytes of another encoding", () => bytes(Buffer.from([0x63, 0xe9, 0x2c, 0x61])), /UTF-8/],
    ["any text", () => bytes("a,b\n1,2"), /không làm từ mẫu/],
    ["an empty template", () => workbook([]), /chưa có dòng nào/],
    ["another procedure's", () => workbook([good("A")], marked("1.001193/1")), /thủ tục khác \(1\.001193\)/],
    ["an old version's", () => workbook([good("A")], marked(`${COPIES}/99`)), /phiên bản khác/],
    ["too few columns", () => workbook([good("A")], ids.slice(0, -1)), /thiếu 1 cột của mẫu: /],
    ["a strange column", () => workbook([good("A")], [...ids, "khai.la"]), /“khai\.la” không có trong mẫu/],
    [
      "ten thousand lines",
      () => workbook(Array.from({ length: 10_000 }, () => ({ "khai.relation": "x" }))),
      /nhiều hơn 200/,
    ],
    ["more than 5 MB", () => bytes(Buffer.alloc(5 * 1024 * 1024 + 1, 65), "to.csv"), /lớn hơn 5 MB/],
  ])("%s", async (_what, make, said) => {
    const before = await counts();
    const page = await upload(await make());
    expect(page.status).toBe(422);
    expect(
      page
        .errors()
        .map(({ text: one }) => one)
        .join(" "),
    ).toMatch(said);
    expect(await counts()).toEqual(before);
  });

  test("a cell at the far end of a sheet costs nothing", async () => {
    const parts = unzipSync(Buffer.from((await workbook([good("A")])).content));
    const name = "xl/worksheets/sheet1.xml";
    const sheet = Buffer.from(parts[name] ?? []).toString();
    const far = sheet.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>');
    const page = await upload(bytes(zipSync({ ...parts, [name]: strToU8(far) })));
    expect(page.text).toMatch(/nộp được ngay 1 /);
  });

  test("a formula is what stood in its cell", async () => {
    const page = await upload(await workbook([good("A", { "khai.relation": "=1+1" })]));
    expect((await page.follow("Dòng 4")).text).toContain("=1+1");
  });
});

describe("papers of the lines come in one archive", () => {
  // An organization needs one paper; a person none.
  const office = (name: string): Line => good(name, { "khai.requesterKind": "Đại diện cơ quan, tổ chức" });
  const PDF_BYTES = new Uint8Array(PDF.content as Buffer);
  const archive = (files: Record<string, Uint8Array>, name = "giấy tờ.zip"): Upload => ({
    name,
    type: "application/zip",
    content: zipSync(files),
  });
  const send = (page: Page, papers: Upload | null): Promise<Page> =>
    page.submit("Gửi và ghép giấy tờ", papers ? { papers } : {});
  const paperCount = () => portal.db.filingBatchPaper.count();

  test("the start page, the template and the preview say how files are called", async () => {
    expect((await lan.get(START)).text).toContain("“4-1.pdf” là giấy tờ 1 của dòng 4");
    expect(head).toContain("số dòng, gạch nối, số giấy tờ (ví dụ 4-1.pdf)");
    const page = await upload(await workbook([office("Vi Thị Một")]));
    expect(page.text).toContain("“4-1.pdf” là giấy tờ 1 của dòng 4");
    expect((await upload(await workbook([good("Không cần giấy")]))).text).not.toContain("Giấy tờ của các dòng");
  });

  test("each finds its line; what is missing and what nobody asked for is told; whole lines are filed with their papers", async () => {
    const before = await counts();
    const page = await upload(await workbook([office("Vi Thị Đủ"), office("Vi Thị Thiếu"), good("Vi Thị Không Cần")]));
    expect(page.text).toContain("2 = Văn bản yêu cầu của cơ quan, tổ chức");
    const told = await send(
      page,
      archive({
        [`hồ sơ/4-2 trang 1.pdf`]: PDF_BYTES,
        [`4_2 trang 2.pdf`]: PDF_BYTES,
        [`6-2.pdf`]: PDF_BYTES,
        "9-1.pdf": PDF_BYTES,
        "4-77.pdf": PDF_BYTES,
        "danh sách.pdf": PDF_BYTES,
        "__MACOSX/._x": new Uint8Array([1]),
      }),
    );
    expect(told.text).toMatch(/nộp được ngay 2 .*cần thêm giấy tờ 1 /);
    expect(told.text).toMatch(/Đã có .*4-. trang 1\.pdf, 4_. trang 2\.pdf|Đã có .*4_. trang 2\.pdf, 4-. trang 1\.pdf/);
    expect(told.text).toContain("Không dùng đến");
    expect(told.text).toContain("3 tệp trong ZIP không thuộc dòng nào");
    for (const stray of ["“9-1.pdf”: bảng không có", "“4-77.pdf”: không có giấy tờ", "“danh sách.pdf”: tên không"])
      expect(told.text).toContain(stray);
    expect(await counts()).toMatchObject({ drafts: before.drafts, dossiers: before.dossiers });

    await sweepFiles(portal.system(new Date(Date.now() + 25 * 3_600_000)));
    const done = await told.submit("Nộp 2 hồ sơ", { declare: "yes" });
    expect(done.text).toContain("Đã nộp 2 hồ sơ, tạo 1 bản nháp");
    const filed = await portal.db.attachment.findMany({
      where: { dossier: { parties: { some: { fullName: "Vi Thị Đủ" } } } },
    });
    expect(filed.map(({ name, kind }) => [name, kind]).sort()).toEqual([
      [`4-2 trang 1.pdf`, "paper"],
      [`4_2 trang 2.pdf`, "paper"],
    ]);
    const bytes = await buffer(await portal.files.open(filed[0]?.storageKey ?? ""));
    expect(bytes.equals(PDF.content as Buffer)).toBe(true);
    // What a line did not call for goes nowhere.
    expect(await portal.db.attachment.count({ where: { name: `6-2.pdf` } })).toBe(0);
  });

  test("another archive takes the place of the first; what is confirmed takes none; it is nobody else's", async () => {
    const page = await upload(await workbook([office("Vi Thị Hai")]));
    const first = await send(page, archive({ "4-1.pdf": PDF_BYTES, "4-2.pdf": PDF_BYTES }));
    const kept = await paperCount();
    const second = await send(first, archive({ "4-1 mới.pdf": PDF_BYTES }, "lần hai.zip"));
    expect(await paperCount()).toBeLessThan(kept);
    expect([second.text.includes("4-1 mới.pdf"), second.text.includes("4-1.pdf,")]).toEqual([true, false]);
    expect(second.text).toContain("Giấy tờ lấy từ “lần hai.zip”");
    const forged = new FormData();
    forged.append("papers", new Blob([Buffer.from(zipSync({ "4-1.pdf": PDF_BYTES }))]), "a.zip");
    expect((await mui.post(`${page.path}/giay-to`, forged)).status).toBe(404);
    await lan.post(page.path, { viec: "ban-nhap" });
    const late = await paperCount();
    await lan.post(`${page.path}/giay-to`, forged);
    expect(await paperCount()).toBe(late);
  });

  const many = (count: number, bytes: Uint8Array, name = (i: number) => `4-1 ${i}.pdf`) =>
    zipSync(Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), bytes])), { level: 0 });
  /** An archive that says of its file that it is so large. */
  const claiming = (bytes: number, file = PDF_BYTES) => {
    const zip = Buffer.from(zipSync({ "4-1.pdf": file }));
    zip.writeUInt32LE(bytes, zip.lastIndexOf(Buffer.from("PK\x01\x02")) + 24);
    return zip;
  };
  /** As packed with a password: the bit of it set in both places where a file is described. */
  const locked = () => {
    const zip = Buffer.from(zipSync({ "4-1.pdf": PDF_BYTES }));
    for (let at = 0; at < zip.length - 10; at++) {
      if (zip.readUInt32LE(at) === 0x04034b50) zip[at + 6] = 1;
      if (zip.readUInt32LE(at) === 0x02014b50) zip[at + 8] = 1;
    }
    return zip;
  };
  test.each<[string, () => Uint8Array | null, RegExp]>([
    ["no file", () => null, /Hãy chọn tệp ZIP/],
    ["no archive", () => Buffer.from("xin chào"), /Không đọc được tệp ZIP/],
    ["an empty archive", () => zipSync({}), /không có giấy tờ nào/],
    ["a broken one", () => zipSync({ "4-1.pdf": PDF_BYTES }).subarray(0, 60), /Không đọc được tệp ZIP/],
    ["one with a password", locked, /có mật khẩu/],
    ["a path that leads out", () => zipSync({ "../4-1.pdf": PDF_BYTES }), /đường dẫn không an toàn/],
    ["a path of the whole disk", () => zipSync({ "/etc/4-1.pdf": PDF_BYTES }), /đường dẫn không an toàn/],
    ["what unpacks beyond all measure", () => claiming(400_000_000), /vượt quá 300 MB/],
    ["what unpacks to more than it says", () => claiming(100, new Uint8Array(3_000_000)), /Không đọc được tệp ZIP/],
    ["a thousand files", () => many(1000, new Uint8Array(1), (i) => `${i}.txt`), /nhiều hơn 200 tệp/],
    [
      "a program",
      () => zipSync({ "4-1.pdf": PDF_BYTES, "4-2.pdf": strToU8("MZ no paper") }),
      /1 tệp trong ZIP không nhận/,
    ],
    ["thirty files of one paper", () => many(30, PDF_BYTES), /1 tệp trong ZIP không nhận.*quá 20 tệp/],
  ])("%s is refused in words, and nothing of it is kept", async (_what, make, said) => {
    const page = await upload(await workbook([office("Vi Thị Ba")]));
    const before = await paperCount();
    const bytes = make();
    const told = await send(page, bytes && { name: "a.zip", type: "application/zip", content: Buffer.from(bytes) });
    expect([told.status, told.errors().map(({ field }) => field)]).toEqual([422, ["papers"]]);
    expect(told.text).toMatch(said);
    expect(await paperCount()).toBe(before);
  });
});

describe("a table filed for a company", async () => {
  const pao = await portal.signIn(demoCitizens.pao.phone, DEMO_PASSWORD);
  const company = await portal.db.company.findFirstOrThrow({ where: { taxCode: demoCompany.taxCode } });
  const office = (name: string, more: Line = {}): Line =>
    good(name, { "khai.requesterKind": "Đại diện cơ quan, tổ chức", "nop.actingFor": null, ...more });
  const forIt = { company: company.id };
  const withPapers = async (page: Page, names: readonly string[]): Promise<Page> =>
    page.submit("Gửi và ghép giấy tờ", {
      papers: {
        name: "giấy tờ.zip",
        type: "application/zip",
        content: zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(PDF.content as Buffer)]))),
      },
    });

  test("is asked for whom at the start, of who may file for one only; a strange company is none", async () => {
    expect((await lan.get(START)).text).not.toContain("Bạn nộp hồ sơ thay tổ chức nào?");
    const asked = await pao.get(`${START}?to-chuc=${company.id}`);
    expect(asked.text).toContain("để trống các cột về việc nộp cho ai");
    expect(asked.html).toMatch(new RegExp(`value="${company.id}"[^>]* checked`));
    const told = await upload(await workbook([office("Vi Thị Bốn")]), pao);
    expect([told.status, told.errors().map(({ field }) => field)]).toEqual([422, ["company"]]);
    const agency = await agencyIdOf(portal, "dongKinh");
    const table = await workbook([good("Vi Thị Bốn")]);
    const forged = new FormData();
    for (const [name, value] of Object.entries({ agency, returnMethod: "online", ...forIt }))
      forged.append(name, value);
    forged.append("table", new Blob([table.content as Uint8Array<ArrayBuffer>]), table.name);
    expect((await lan.send("POST", START, forged)).text).toContain("nộp được ngay");
    expect(await portal.db.filingBatch.count({ where: { companyId: company.id } })).toBe(0);
  });

  test("is filled in with it on every line, and a line that says otherwise is wrong at that cell", async () => {
    const lines = [office("Vi Thị Sáu"), office("Vi Thị Bảy", { "nop.organizationName": "Công ty khác" }), good("Ai")];
    const page = await withPapers(await upload(await workbook(lines), pao, forIt), ["4-2.pdf"]);
    expect(page.text).toMatch(/nộp được ngay 1 .*có lỗi 2 /);
    expect(page.text).toContain("Đã ghi “Công ty khác”.");
    expect(page.text).toContain(`Mọi dòng của bảng này được nộp cho ${company.name}.`);
    expect(page.summary()["Nộp cho tổ chức"]).toBe(company.name);
    const done = await page.submit("Nộp 1 hồ sơ", { declare: "yes" });
    const dossier = await portal.db.dossier.findFirstOrThrow({
      where: { companyId: company.id },
      include: { answers: true, parties: true },
    });
    expect((await done.follow(dossier.reference)).text).toContain(company.name);
    expect(dossier.answers[0]?.answers).toMatchObject({
      authorizedBy: { fullName: company.name, taxCode: company.taxCode, position: demoCompany.position },
    });
  });

  test("who may not file for it any more files none of its lines, in the midst of them either", async () => {
    const mui = await portal.signIn(demoCitizens.mui.phone, DEMO_PASSWORD);
    const { id: accountId } = await portal.db.account.findUniqueOrThrow({
      where: { username: demoCitizens.mui.phone },
    });
    const at = new Date();
    const { id: part } = await portal.db.companyMember.create({
      data: { companyId: company.id, accountId, role: "filer", createdAt: at, joinedAt: at },
    });
    const setEnd = (endedAt: Date | null) => portal.db.companyMember.update({ where: { id: part }, data: { endedAt } });
    const page = await withPapers(
      await upload(await workbook([office("Vi Văn Một"), office("Vi Văn Hai")]), mui, forIt),
      ["4-1.pdf", "4-2.pdf", "5-1.pdf", "5-2.pdf"],
    );
    expect(page.text).toMatch(/nộp được ngay 2 /);
    const before = await counts();
    const ctx = await asCitizen(portal, "mui");
    const batch = await findOwnBatch(ctx, page.path.split("/").at(-1) ?? "");
    const judging = await findJudging(ctx, batch, await fieldContext(ctx, createTexts().vi));
    await setEnd(at);
    expect((await mui.post(page.path, { viec: "nop", declare: "yes" })).status).toBe(404);
    expect((await mui.get(START)).text).not.toContain("ba mươi hồ sơ.xlsx");
    // A request that had come so far before the right ended.
    const confirmed = await confirmBatch(ctx, batch, "file", judgeAll(judging, batch.rows));
    await runBatch(ctx, { ...batch, ...confirmed }, judging);
    expect(await counts()).toEqual(before);
    await setEnd(null);
    expect((await mui.get(page.path)).text).toContain("Bạn không còn được nộp hồ sơ cho tổ chức này");
  });
});

describe("a table is filed once it is confirmed", () => {
  const lines = [
    good("Hoàng Thị Tám", { note: "=CMD()" }),
    good("Hoàng Thị Chín"),
    good("Hoàng Thị Mười", { "khai.copyCount": "0" }),
    good("Hoàng Thị Mười Một", { "khai.requesterKind": "Đại diện cơ quan, tổ chức" }),
  ];

  test("nothing is filed that is not declared", async () => {
    const before = await counts();
    const page = await upload(await workbook(lines));
    const refused = await page.submit("Nộp 2 hồ sơ");
    expect(refused.status).toBe(422);
    expect(refused.errors()[0]?.text).toMatch(/cam đoan/i);
    expect((await counts()).dossiers).toBe(before.dossiers);
  });

  test("pressed twice at once, each good line is one dossier of one filing; the others are drafts or stay behind", async () => {
    const before = await counts();
    const page = await upload(await workbook(lines));
    const press = () => lan.post(page.path, { viec: "nop", declare: "yes" });
    const [result] = await Promise.all([press(), press(), press()]);
    const settled = await lan.get(page.path);
    expect(result?.status).toBe(200);
    expect(settled.heading).toBe("Kết quả nộp từ bảng tính");
    expect(settled.text).toContain("Đã nộp 2 hồ sơ, tạo 1 bản nháp; 1 dòng chưa nộp được.");
    expect(await counts()).toMatchObject({ drafts: before.drafts + 1, dossiers: before.dossiers + 2 });
    const filed = await portal.db.dossier.findMany({
      where: { filing: { batch: { some: { id: page.path.split("/").at(-1) ?? "" } } } },
      include: { parties: true, answers: true, events: true },
    });
    expect(filed).toHaveLength(2);
    expect(filed.flatMap(({ parties }) => parties.map(({ fullName }) => fullName))).toContain("Hoàng Thị Tám");
    expect(filed[0]?.answers[0]?.answers).toMatchObject({ declaration: true, copyCount: 2 });
    expect(filed[0]?.events).toHaveLength(1);
    const again = await press();
    expect(again.text).toContain("Đã nộp 2 hồ sơ");
    expect((await counts()).dossiers).toBe(before.dossiers + 2);

    const reference = filed[0]?.reference ?? "";
    expect((await settled.follow(reference)).path).toBe(`/ca-nhan/ho-so/${reference}`);
    const list = (await settled.follow("Tải kết quả (CSV)")).body.toString();
    expect(list).toContain(reference);
    expect(list).toContain("'=CMD()");

    const draft = await settled.follow(/Làm tiếp bản nháp/);
    expect(draft.path).toMatch(/ban-nhap/);
    const stored = await portal.db.draft.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    // Whoever files it later declares it.
    expect((stored.answers as { form: Record<string, unknown> }).form["declaration"]).toBeUndefined();
  });

  test("what broke off goes on and files no line twice", async () => {
    const page = await upload(await workbook([good("Vi Văn A"), good("Vi Văn B"), good("Vi Văn C")]));
    const id = page.path.split("/").at(-1) ?? "";
    await lan.post(page.path, { viec: "nop", declare: "yes" });
    const before = await counts();
    // As a process leaves it that was killed after filing, before it could say so; and one line not begun.
    await portal.db.filingBatchRow.updateMany({
      where: { batchId: id, number: { in: [1, 2] } },
      data: { outcome: null },
    });
    await portal.db.filingBatch.update({ where: { id }, data: { endedAt: null } });
    const open = await lan.get(page.path);
    expect(open.text).toContain("Còn 2 dòng chưa xử lý");
    expect((await lan.get(START)).text).toContain("Đang nộp dở");
    const done = await open.submit("Nộp tiếp");
    expect(done.text).toContain("Đã nộp 3 hồ sơ");
    expect(await counts()).toEqual(before);
  });

  test("good lines may become drafts alone", async () => {
    const before = await counts();
    const page = await upload(await workbook(lines));
    const result = await page.submit("Chỉ tạo bản nháp cho 3 dòng đúng");
    expect(result.text).toContain("Đã nộp 0 hồ sơ, tạo 3 bản nháp; 1 dòng chưa nộp được.");
    expect(await counts()).toMatchObject({ drafts: before.drafts + 3, dossiers: before.dossiers });
    const next = await result.follow("Làm tiếp bản nháp của dòng 4");
    expect(next.text).toContain("cam đoan");
  });

  test("a table of a version that was replaced meanwhile is not filed", async () => {
    const page = await upload(await workbook([good("Vi Văn D")]));
    const before = await counts();
    const current = await findCurrentVersion(portal.system(), COPIES);
    if (!current) throw new Error("the seed lacks copies of civil-status papers");
    const summary = { vi: "Bản mới." };
    await publishProcedure(portal.system(), { ...current.definition, summary }, new Date());
    const refused = await lan.post(page.path, { viec: "nop", declare: "yes" });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("Hãy tải mẫu mới");
    expect((await counts()).dossiers).toBe(before.dossiers);
  });
});
