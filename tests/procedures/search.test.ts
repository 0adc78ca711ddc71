import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { importNationalRecords, searchCatalogue } from "#procedures/index.ts";
import { CatalogueQuery } from "../../src/procedures/inputs.ts";
import { listOfSector, listSectors } from "../../src/procedures/queries/sectors.ts";
import { startTestApp } from "../support/app.ts";
import { line, realFile, systemAt } from "../support/procedures.ts";
import { provinceDatabase } from "../support/province.ts";

const database = await provinceDatabase();
const portal = await startTestApp({ database });
const { db } = database;
const ctx = systemAt(db);

const ask = (q: string, more: Record<string, string> = {}) =>
  searchCatalogue(ctx, CatalogueQuery.parse({ q, ...more }));
const codes = async (q: string, more: Record<string, string> = {}): Promise<string[]> =>
  (await ask(q, more)).rows.map(({ code }) => code);

/** How people ask for each of the twelve seeded procedures. */
const EVERYDAY: Record<string, string> = {
  "1.001193": "đăng ký khai sinh",
  "1.000656": "đăng ký khai tử",
  "1.000894": "đăng ký kết hôn",
  "1.004873": "xác nhận tình trạng hôn nhân",
  "2.000635": "bản sao trích lục hộ tịch",
  "2.000815": "chứng thực bản sao từ bản chính",
  "1.004222": "đăng ký thường trú",
  "3.000347": "đổi giấy phép lái xe",
  "1.001612": "đăng ký hộ kinh doanh",
  "1.013225": "giấy phép xây dựng nhà ở riêng lẻ",
  "1.012753": "đăng ký đất đai lần đầu",
  "1.012822": "trợ cấp xã hội hàng tháng",
};
const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d");
const longest = (words: string[]): number =>
  words.reduce((at, word, i) => (word.length > (words[at] ?? "").length ? i : at), 0);
const mistype = (text: string): string => {
  const words = text.split(" ");
  const at = longest(words);
  return words.map((word, i) => (i === at ? `${word[0]}${word[2]}${word[1]}${word.slice(3)}` : word)).join(" ");
};
const SPELLINGS: Record<string, (name: string) => string> = {
  plain,
  "upper case": (name) => name.toUpperCase(),
  "decomposed accents": (name) => name.normalize("NFD"),
  "words reordered": (name) => name.split(" ").reverse().join(" "),
  "one typing error": mistype,
};

async function countFound(): Promise<{ found: number; missed: string[] }> {
  let found = 0;
  const missed: string[] = [];
  for (const [code, name] of Object.entries(EVERYDAY))
    for (const [spelling, spell] of Object.entries(SPELLINGS))
      if ((await codes(spell(name))).slice(0, 3).includes(code)) found++;
      else missed.push(`${spelling}: ${spell(name)}`);
  return { found, missed };
}

const importLines = async (...lines: Record<string, unknown>[]): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "search-"));
  writeFileSync(join(folder, "lines.jsonl"), lines.map((one) => JSON.stringify(one)).join("\n"));
  expect((await importNationalRecords(ctx, join(folder, "lines.jsonl"))).failed).toBe(0);
  rmSync(folder, { recursive: true });
};

describe("the catalogue of a small portal", () => {
  beforeAll(async () => {
    await importLines(
      line({
        code: "1.930001",
        name: "Đăng ký khai sinh có yếu tố nước ngoài",
        field: "Hộ tịch",
        promulgating_agency: "Bộ Tư pháp",
        levels: ["xa"],
      }),
      line({
        code: "1.930002",
        name: "Đăng ký lại khai sinh",
        field: "Hộ tịch",
        promulgating_agency: "Bộ Tư pháp",
        levels: ["xa"],
        subjects: ["Người nước ngoài"],
      }),
      line({
        code: "1.930003",
        name: "Cấp lại giấy phép kinh doanh vận tải",
        field: "Đường bộ",
        promulgating_agency: "Bộ xây dựng (Giao thông vận tải cũ)",
        levels: ["tinh"],
        subjects: ["Doanh nghiệp"],
      }),
      line({
        code: "1.930004",
        name: "Thủ tục cấp thẻ thử nghiệm",
        field: "Đường bộ",
        promulgating_agency: "UBND tỉnh Bắc Ninh",
        levels: [],
        flags: ["fee_not_captured"],
      }),
      line({
        code: "1.930005",
        name: "Thủ tục cấp thẻ thử nghiệm",
        field: "Đường bộ",
        promulgating_agency: "UBND tỉnh Lạng Sơn",
        levels: ["tinh"],
      }),
    );
  });

  test("each seeded procedure is found first by its everyday name without diacritics", async () => {
    for (const [code, name] of Object.entries(EVERYDAY)) expect((await codes(plain(name)))[0], name).toBe(code);
  });

  test("each is found among the first three however it is spelt", async () => {
    expect(await countFound()).toEqual({ found: 60, missed: [] });
  });

  test.each([
    ["làm giấy khai sinh", "1.001193"],
    ["giấy độc thân", "1.004873"],
    ["đổi bằng lái xe", "3.000347"],
    ["sao y bản chính", "2.000815"],
    ["nhập khẩu cho con", "1.004222"],
    ["xin phép xây nhà", "1.013225"],
    ["mở quán ăn nhỏ", "1.001612"],
    ["nhà có người mất", "1.000656"],
  ])("everyday words are understood: %s", async (words, code) => {
    expect((await codes(words)).slice(0, 3)).toContain(code);
  });

  test("what was understood is said when it is not what was typed", async () => {
    expect((await ask("đăng ký khai sihn")).corrected).toBe("dang ky khai sinh");
    expect((await ask("đăng ký khai sinh")).corrected).toBeNull();
  });

  test("a code finds its procedure, whole, without the dot, or begun", async () => {
    for (const typed of ["1.930003", "1930003", "1.93000"])
      expect((await codes(typed)).slice(0, 5)).toContain("1.930003");
    expect((await codes("1.930003"))[0]).toBe("1.930003");
  });

  test("the last word may be unfinished, two words may be typed as one", async () => {
    expect((await codes("đăng ký kết h")).slice(0, 3)).toContain("1.000894");
    expect((await codes("khaisinh")).slice(0, 3)).toContain("1.001193");
  });

  test("filters narrow, and each choice counts what it would give", async () => {
    const all = await ask("khai sinh");
    expect(all.facets.sector).toContainEqual({ value: "Hộ tịch", count: expect.any(Number) });
    const foreigners = await ask("khai sinh", { "doi-tuong": "nguoi-nuoc-ngoai" });
    expect(foreigners.rows.map(({ code }) => code)).toContain("1.930002");
    expect(foreigners.rows.map(({ code }) => code)).not.toContain("1.930001");
    expect(foreigners.total).toBe(all.facets.subject.find(({ value }) => value === "Người nước ngoài")?.count);
    expect(await codes("", { "linh-vuc": "duong-bo", cap: "tinh" })).toEqual(expect.arrayContaining(["1.930003"]));
    expect((await ask("", { "linh-vuc": "không có" })).total).toBe(0);
    expect((await ask("", { muc: "toan-trinh" })).rows.every(({ serviceLevel }) => serviceLevel === "full")).toBe(true);
    expect((await ask("", { "su-kien": "co_con_nho" })).rows.map(({ code }) => code)).toContain("1.001193");
  });

  test("spellings of one ministry are one choice", async () => {
    const { facets } = await ask("", { "linh-vuc": "duong-bo" });
    expect(facets.agency.map(({ value }) => value)).toContain("Bộ Xây dựng");
    expect(facets.agency.map(({ value }) => value).join()).not.toMatch(/cũ/);
  });

  test("at equal rank the own province comes before another one's", async () => {
    expect((await codes("cấp thẻ thử nghiệm")).slice(0, 2)).toEqual(["1.930005", "1.930004"]);
  });

  test("a fee that the source lacks is unknown, never free", async () => {
    const row = (await ask("cấp thẻ thử nghiệm")).rows.find(({ code }) => code === "1.930004");
    expect(row?.facts.fee).toEqual({ kind: "unknown" });
  });

  test.each([
    "",
    "   ",
    "'; DROP TABLE dossiers; --",
    "& | ! ( ) :* <->",
    "%%%___\\",
    "😀😀",
    "từ dài ".repeat(700),
    "1 2 3 4 5",
    "đ",
    "\u0301\u0301",
    "hòa & <-> khai:*",
  ])("no words break it: %.30j", async (words) => {
    await expect(ask(words)).resolves.toMatchObject({ total: expect.any(Number) });
  });
});

const [catalogue, questions] = [realFile("procedures.jsonl.gz"), realFile("questions-dev.jsonl")];

describe.skipIf(!catalogue || !questions)(
  "with all 5,105 procedures of the national catalogue (skipped where the files are not)",
  () => {
    beforeAll(async () => {
      await importNationalRecords(ctx, catalogue ?? "");
    }, 60_000);

    test("at least 58 of 60 spellings find their procedure among the first three", async () => {
      const { found, missed } = await countFound();
      console.log(
        `spellings: ${found} of 60 in the first three${missed.length > 0 ? `; missed ${missed.join(", ")}` : ""}`,
      );
      expect(found).toBeGreaterThanOrEqual(58);
    });

    test("every one of them is three clicks from home: the sectors, a sector, the procedure", async () => {
      const page = async (path: string): Promise<string> => (await fetch(`${portal.base}${path}`)).text();
      expect(await page("/")).toContain('href="/thu-tuc/linh-vuc"');
      const [sectors, index] = [await listSectors(ctx), await page("/thu-tuc/linh-vuc")];
      expect(sectors.filter(({ slug }) => !index.includes(`href="/thu-tuc/linh-vuc/${slug}"`))).toEqual([]);
      const reached = new Set<string>();
      for (const { slug } of sectors)
        for (const { code } of (await listOfSector(ctx, slug)).rows) reached.add(`/thu-tuc/${code}`);
      const [largest, html] = [await listOfSector(ctx, "dat-dai"), await page("/thu-tuc/linh-vuc/dat-dai")];
      expect(largest.rows.filter(({ code }) => !html.includes(`href="/thu-tuc/${code}"`))).toEqual([]);
      const all = await db.catalogueEntry.findMany({ select: { code: true } });
      expect(all.length).toBeGreaterThanOrEqual(5105);
      expect(all.filter(({ code }) => !reached.has(`/thu-tuc/${code}`))).toEqual([]);
    }, 30_000);

    test("recall at five on real and imitated questions is told, and does not fall", async () => {
      type Question = { question: string; kind: string; expected_procedure_codes?: string[] };
      const known = new Set((await db.nationalRecord.findMany({ select: { code: true } })).map(({ code }) => code));
      const asked = readFileSync(questions ?? "", "utf8")
        .trim()
        .split("\n")
        .map((text) => JSON.parse(text) as Question);
      const expected = asked.filter((one) => one.expected_procedure_codes?.some((code) => known.has(code)));
      const scores = new Map<string, { hits: number; asked: number }>();
      for (const { question, kind, expected_procedure_codes = [] } of expected) {
        const isHit = (await codes(question)).slice(0, 5).some((code) => expected_procedure_codes.includes(code));
        for (const group of ["all", kind]) {
          const score = scores.get(group) ?? { hits: 0, asked: 0 };
          scores.set(group, { hits: score.hits + (isHit ? 1 : 0), asked: score.asked + 1 });
        }
      }
      for (const [group, { hits, asked: of }] of scores)
        console.log(`recall at five, ${group}: ${hits} of ${of} (${Math.round((100 * hits) / of)} %)`);
      // Many of the questions name no procedure at all ("Thời gian làm thủ tục này mất bao lâu?").
      const all = scores.get("all") ?? { hits: 0, asked: 1 };
      expect(all.hits / all.asked).toBeGreaterThan(0.75);
    }, 60_000);
  },
);

test("the same question is answered from memory, until the catalogue holds something else", async () => {
  const first = await ask("nuôi voi");
  expect(await ask("nuôi voi")).toBe(first);
  expect(await ask("nuôi voi", { cap: "xa" })).not.toBe(first);
  await importLines(line({ code: "1.930009", name: "Gia hạn phép nuôi voi", field: "Chăn nuôi" }));
  const later = await ask("nuôi voi");
  expect([later.rows[0]?.code, first.rows.some(({ code }) => code === "1.930009")]).toEqual(["1.930009", false]);
});
