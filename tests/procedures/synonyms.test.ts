import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createDb, createPool } from "#platform/db.ts";
import { importSynonyms, searchCatalogue } from "#procedures/index.ts";
import { root } from "../../src/dev/project.mjs";
import { CatalogueQuery, SynonymFile } from "../../src/procedures/inputs.ts";
import { startTestApp } from "../support/app.ts";
import { attribute, textOf } from "../support/html.ts";
import { systemAt } from "../support/procedures.ts";
import { provinceDatabase } from "../support/province.ts";

const portal = await startTestApp({ database: await provinceDatabase() });
const admin = await portal.signIn("quantri", "dung-thu-2026");
const LIST = "/quan-tri/tu-dong-nghia";

/** Another process of the same portal: a pool, a client and a memory of its own. */
const otherPool = createPool(portal.url, 2);
const otherDb = createDb(otherPool);
afterAll(async () => {
  await otherDb.$disconnect();
  await otherPool.end();
});
const firstFound = async (db: typeof otherDb, q: string): Promise<string | undefined> =>
  (await searchCatalogue(systemAt(db), CatalogueQuery.parse({ q }))).rows[0]?.code;

const add = async (say: string, means: string) =>
  (await admin.get(`${LIST}/them`)).submit("Lưu", { "Người dân nói": say, "Nghĩa là": means });

describe("everyday words of the public", () => {
  test("come with the portal, are listed, searched without diacritics, and can be tried", async () => {
    const list = await admin.get(LIST);
    expect(list.heading).toBe("Từ đồng nghĩa");
    expect(list.text).toMatch(/Cách nói đang dùng: 1\d\d/);
    const found = await list.submit("Tìm", { "Tìm trong danh sách": "xoa dang ky" });
    expect(found.rows().flat().join("|")).toContain("cắt khẩu");
    expect(found.rows().length).toBeLessThan(8);
    const tried = await list.submit("Thử", { "Thử một câu tìm kiếm": "lam giay khai sihn" });
    expect(tried.summary()["Được hiểu là"]).toBe("lam giay khai sinh");
    expect(tried.summary()["Cách nói nhận ra"]).toContain("giay khai sinh → dang ky khai sinh");
    expect(tried.summary()["Thủ tục đứng đầu"]).toContain("Đăng ký khai sinh");
  });

  test("added by an administrator they are understood at once, and by another process within seconds", async () => {
    expect(await firstFound(otherDb, "lên xe hoa")).not.toBe("1.000894");
    const list = await add("lên xe hoa", "đăng ký kết hôn");
    expect(list.path).toBe(LIST);
    expect(list.text).toContain("Đã lưu “lên xe hoa”");
    expect(list.text).toContain("“lên xe hoa” nghĩa là đăng ký kết hôn");
    expect(await firstFound(portal.db, "lên xe hoa")).toBe("1.000894");
    await expect.poll(() => firstFound(otherDb, "len xe hoa"), { timeout: 5000 }).toBe("1.000894");
  });

  test("changed and removed they stop being understood; who did it and when stays", async () => {
    await add("đi bước nữa", "đăng ký kết hôn");
    const form = await (await admin.get(`${LIST}?q=buoc+nua`)).follow("đi bước nữa");
    await form.submit("Lưu", { "Nghĩa là": "đăng ký khai tử" });
    expect(await firstFound(portal.db, "đi bước nữa")).toBe("1.000656");
    const again = await (await admin.get(`${LIST}?q=buoc+nua`)).follow("đi bước nữa");
    const list = await again.submit("Bỏ cách nói này");
    expect(list.text).toContain("Bỏ “đi bước nữa”");
    expect(await firstFound(portal.db, "đi bước nữa")).not.toBe("1.000656");
    const changes = await portal.db.synonymChange.findMany({ where: { say: "đi bước nữa" }, orderBy: { at: "asc" } });
    expect(changes.map(({ means, removed }) => [means[0], removed])).toEqual([
      ["đăng ký kết hôn", false],
      ["đăng ký khai tử", false],
      ["đăng ký khai tử", true],
    ]);
    expect(changes.every(({ byId }) => byId !== null)).toBe(true);
    await expect(portal.db.synonymChange.deleteMany()).rejects.toThrow();
    expect((await add("đi bước nữa", "đăng ký kết hôn")).path).toBe(LIST);
  });

  test("two who change one at the same time: the second is told and changes nothing", async () => {
    await add("ra ở riêng", "tách hộ");
    const open = async () => (await admin.get(`${LIST}?q=ra+o+rieng`)).follow("ra ở riêng");
    const [first, second] = [await open(), await open()];
    await first.submit("Lưu", { "Nghĩa là": "đăng ký tạm trú" });
    const refused = await second.submit("Lưu", { "Nghĩa là": "đăng ký khai tử" });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("Hãy mở lại để xem nội dung mới");
    const form = await open();
    expect(textOf(form.byLabel("Nghĩa là")).trim()).toBe("đăng ký tạm trú");
  });

  test.each([
    ["", "đăng ký kết hôn", "Nhập cụm từ người dân hay nói"],
    ["a".repeat(101), "đăng ký kết hôn", "dài quá 100 ký tự"],
    ["thử một hai", "  \n ", "Nhập ít nhất một cụm từ"],
    ["SO DO", "giấy chứng nhận quyền sử dụng đất", "Cách nói này đã có"],
  ])("what does not fit keeps its values and says what to do: %s", async (say, means, words) => {
    const page = await add(say, means);
    expect(page.status).toBe(422);
    expect(page.text).toContain(words);
    expect(attribute(page.byLabel("Người dân nói"), "value") ?? "").toBe(say);
  });

  test("the seed run again brings nothing back that a person changed or removed", async () => {
    const file = SynonymFile.parse(JSON.parse(readFileSync(join(root, "prisma/seed/synonyms.json"), "utf8")));
    const form = await (await admin.get(`${LIST}?q=sổ+hồng`)).follow("sổ hồng");
    await form.submit("Bỏ cách nói này");
    const before = await portal.db.synonym.findMany({ orderBy: { id: "asc" } });
    expect(await importSynonyms(portal.system(), file)).toBe(0);
    expect(await portal.db.synonym.findMany({ orderBy: { id: "asc" } })).toEqual(before);
    const [first, ...others] = file.synonyms;
    expect(await importSynonyms(portal.system(), { synonyms: others })).toBe(first?.say.length);
    expect(await importSynonyms(portal.system(), file)).toBe(first?.say.length);
  });
});
