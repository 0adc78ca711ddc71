import { describe, expect, test } from "vitest";
import { beginManuscript, changeManuscript, findManuscript } from "#authoring/index.ts";
import { importDocumentTypes } from "#lists/index.ts";
import { codes } from "../desk/world.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring();
const { admin, colleague } = world;
const browser = await world.signInAdmin();
const at = (id: string, rest = "") => `/quan-tri/soan/${id}${rest}`;
let made = 0;
const fresh = async (): Promise<string> =>
  (await beginManuscript(admin, { code: `1.96${String(++made).padStart(4, "0")}`, name: "Cấp thẻ thư viện" })).id;
const copyOf = async (code: string): Promise<string> => {
  const { definition } = await world.publishedAs(code);
  return (
    await beginManuscript(admin, { definition: { ...definition, code: `1.96${String(++made).padStart(4, "0")}` } })
  ).id;
};
const sketchOf = async (id: string) => (await findManuscript(admin, id)).sketch;
const PARTS = ["thong-tin", "cach-nop", "thoi-han-le-phi", "thanh-phan", "ket-qua"];

describe("the parts of the record", () => {
  test.each([codes.birth, codes.land])("%s: each form, saved as it came, changes nothing", async (code) => {
    const id = await copyOf(code);
    const before = await sketchOf(id);
    for (const part of PARTS.filter((one) => one !== "thanh-phan")) {
      const saved = await (await browser.get(at(id, `/${part}`))).submit("Lưu");
      expect([part, saved.status]).toEqual([part, 200]);
    }
    expect(await sketchOf(id)).toEqual(before);
  });

  test("an empty procedure is filled part by part until only form and process are missing", async () => {
    const id = await fresh();
    const basics = await browser.get(at(id, "/thong-tin"));
    await basics.submit("Lưu", {
      sector: "Thư viện",
      levels: ["commune"],
      subjects: "Công dân Việt Nam\n\nTổ chức",
      "summary.vi": "Cấp thẻ đọc sách.",
      "executingAgency.vi": "Ủy ban nhân dân cấp xã",
    });
    await (await browser.get(at(id, "/cach-nop"))).submit("Lưu", {
      channels: ["online", "counter"],
      returnMethods: ["counter"],
      serviceLevel: "full",
    });
    await (await browser.get(at(id, "/thong-tin/buoc/them"))).submit("Lưu", { "text.vi": "Nộp tờ khai." });
    await (await browser.get(at(id, "/thoi-han-le-phi/thoi-han/them"))).submit("Lưu", { "term.amount": "3" });
    await (await browser.get(at(id, "/thoi-han-le-phi/khoan-thu/them"))).submit("Lưu", {
      "name.vi": "Lệ phí thẻ",
      amount: "10.000",
    });
    await (await browser.get(at(id, "/ket-qua/ket-qua/them"))).submit("Lưu", { "name.vi": "Thẻ thư viện" });
    const overview = await browser.get(at(id));
    const open = overview
      .all("li")
      .map((one) => overview.within(one).text)
      .filter((text) => text.includes("cần sửa"));
    expect(open.map((text) => text.replace(/\d+ chỗ cần sửa/, "").trim())).toEqual(["Tờ khai", "Quy trình"]);
    expect(await sketchOf(id)).toMatchObject({
      subjects: ["Công dân Việt Nam", "Tổ chức"],
      timeLimits: [{ term: { unit: "working_day", amount: 3 } }],
      fees: [{ id: "lePhiThe", amount: 10_000 }],
      results: [{ id: "theThuVien", name: { vi: "Thẻ thư viện" } }],
    });
  });

  test("what is no number, no choice, or English alone is refused at its control, and stays typed", async () => {
    const id = await fresh();
    const fee = await (await browser.get(at(id, "/thoi-han-le-phi/khoan-thu/them"))).submit("Lưu", {
      "name.en": "Fee",
      amount: "tám nghìn",
    });
    expect(fee.status).toBe(422);
    expect(fee.errors().map(({ field }) => field)).toEqual(["name.vi", "amount"]);
    expect(fee.html).toContain('value="tám nghìn"');
    const nameless = await (await browser.get(at(id, "/thanh-phan/giay-to/them"))).submit("Lưu");
    expect(nameless.errors()[0]).toMatchObject({ field: "name.vi", text: "Chưa điền." });
    const level = await browser.post(at(id, "/cach-nop"), {
      seen: "0",
      serviceLevel: "mọi thứ",
      "owner.is": "applicant",
    });
    expect(level.errors()[0]?.field).toBe("serviceLevel");
    expect((await findManuscript(admin, id)).version).toBe(0);
  });
});

describe("the lists of the record", () => {
  test("papers of a case with a condition are added, changed, moved and removed; ids stay", async () => {
    const id = await copyOf(codes.copies);
    const form = await browser.get(at(id, "/thanh-phan/giay-to/them"));
    const asked = await form.submit("Thêm điều kiện", { "name.vi": "Bản sao hộ chiếu", copies: "1", originals: "0" });
    expect(asked.status).toBe(200);
    expect(asked.html).toContain('value="Bản sao hộ chiếu"');
    const { form: written, requirements: before } = await sketchOf(id);
    const field = written.pages[0]?.fields.find(({ type }) => type !== "heading" && type !== "explanation")?.id ?? "";
    const compared = await asked.submit(/^Hiện cách so sánh/, { "when.r1.field": field });
    await compared.submit("Lưu", { "when.r1.op": "answered" });
    const added = (await sketchOf(id)).requirements.at(-1);
    expect(added).toMatchObject({ id: "banSaoHoChieu", originals: 0, copies: 1, when: { op: "answered", field } });
    const last = before.length + 1;
    await (await browser.get(at(id, `/thanh-phan/giay-to/${last}`))).submit("Lưu", { "name.vi": "Hộ chiếu" });
    expect((await sketchOf(id)).requirements.at(-1)).toEqual({ ...added, name: { vi: "Hộ chiếu" } });
    await (await browser.get(at(id, "/thanh-phan"))).submit(/^Lên .*Hộ chiếu/);
    expect((await sketchOf(id)).requirements.at(-2)?.id).toBe("banSaoHoChieu");
    const removed = await (await browser.get(at(id, "/thanh-phan"))).submit(/^Bỏ .*Hộ chiếu/);
    expect(removed.text).toContain("Đã bỏ “Hộ chiếu”");
    expect((await sketchOf(id)).requirements).toEqual(before);
  });

  test("every member of every list, saved as it came, stays as it is", async () => {
    for (const code of [codes.birth]) {
      const id = await copyOf(code);
      const before = await sketchOf(id);
      for (const part of PARTS) {
        const page = await browser.get(at(id, `/${part}`));
        const links = page
          .all("a")
          .flatMap(({ attrs }) => attrs.filter(({ name }) => name === "href").map(({ value }) => value))
          .filter((href) => /\/[a-z-]+\/[a-z-]+\/\d+$/.test(href) && href.includes(`/${part}/`));
        for (const href of new Set(links)) {
          const saved = await (await browser.get(href)).submit("Lưu");
          expect([href, saved.status, saved.errors()]).toEqual([href, 200, []]);
        }
      }
      expect(await sketchOf(id)).toEqual(before);
    }
  });

  test("a paper and a result may say what type of document they are; what is in no list is not taken", async () => {
    await importDocumentTypes(world.system(), ["Giấy chứng sinh"]);
    const id = await fresh();
    const paper = await browser.get(at(id, "/thanh-phan/giay-to/them"));
    const wrong = await browser.post(at(id, "/thanh-phan/giay-to/them"), {
      seen: "0",
      "name.vi": "Giấy chứng sinh",
      documentType: "khong-co",
    });
    expect(wrong.errors()).toEqual([{ field: "documentType", text: "Chọn một mục." }]);
    await paper.submit("Lưu", { "name.vi": "Giấy chứng sinh", documentType: "giay-chung-sinh" });
    await (await browser.get(at(id, "/ket-qua/ket-qua/them"))).submit("Lưu", { "name.vi": "Trích lục" });
    const { requirements, results } = await sketchOf(id);
    expect(requirements[0]?.documentType).toBe("giay-chung-sinh");
    expect("documentType" in (results[0] ?? {})).toBe(false);
  });

  test("a screening question leads out with a reason", async () => {
    const id = await fresh();
    const form = await browser.get(at(id, "/cach-nop/sang-loc/them"));
    await form.submit("Lưu", {
      "question.vi": "Bạn đã có thẻ?",
      "answers.0.exit.title.vi": "Bạn không cần làm thủ tục này",
      "answers.0.exit.text.vi": "Hãy dùng thẻ đang có.",
    });
    expect((await sketchOf(id)).screening).toMatchObject([
      {
        id: "banDaCoThe",
        answers: [{ value: "yes", exit: { text: [{ vi: "Hãy dùng thẻ đang có." }] } }, { value: "no" }],
      },
    ]);
    await (await browser.get(at(id, "/cach-nop"))).submit(/^Bỏ câu hỏi/);
    expect((await sketchOf(id)).screening).toBeUndefined();
  });
});

describe("two who write at once", () => {
  test("the slower one is shown both versions, keeps what was typed, and may save over it", async () => {
    const id = await fresh();
    const form = await browser.get(at(id, "/thong-tin"));
    await changeManuscript(colleague, { id, seen: 0 }, { did: "begun" }, (sketch) => ({
      ...sketch,
      sector: "Văn hóa",
    }));
    const late = await form.submit("Lưu", { sector: "Thư viện" });
    expect(late.status).toBe(409);
    expect(late.text).toContain("Vi Hồng Nhung");
    expect(late.text).toContain("Đang lưu: Văn hóa");
    expect(late.text).toContain("Bạn vừa nhập: Thư viện");
    await late.submit("Lưu");
    expect((await sketchOf(id)).sector).toBe("Thư viện");
  });

  test("what moved meanwhile is not moved again blindly", async () => {
    const id = await copyOf(codes.birth);
    const page = await browser.get(at(id, "/ket-qua"));
    await changeManuscript(colleague, { id, seen: 0 }, { did: "begun" }, (sketch) => ({ ...sketch, sector: "Khác" }));
    const late = await page.submit(/^Bỏ kết quả/);
    expect(late.status).toBe(409);
    expect((await sketchOf(id)).results.length).toBeGreaterThan(0);
  });
});

test("strangers and garbage get no further than their own page", async () => {
  const id = await fresh();
  const officer = await world.as("dongKinhDesk");
  expect((await officer.get(at(id, "/thong-tin"))).status).toBe(403);
  expect((await officer.post(at(id, "/thong-tin"), { seen: "0" })).status).toBe(403);
  for (const path of ["/thong-tin/buoc/1", "/thong-tin/buoc/x", "/thong-tin/buoc/__proto__", "/ket-qua/ket-qua/0"])
    expect([path, (await browser.get(at(id, path))).status]).toEqual([path, 404]);
  for (const part of PARTS)
    for (const body of [
      {},
      { seen: ["1", "2"], name: "x", "name.vi": ["a", "b"], "owner.is": "{}", levels: "__proto__" },
    ])
      expect((await browser.post(at(id, `/${part}`), body)).status).toBeLessThan(500);
});

test("the Enter key saves a form with a condition: the first button that it could press is the form's own", async () => {
  const id = await copyOf(codes.birth);
  const at = (await sketchOf(id)).requirements.findIndex(({ when }) => when !== undefined);
  const { html } = await browser.get(`/quan-tri/soan/${id}/thanh-phan/giay-to/${at + 1}`);
  const form = html.slice(html.lastIndexOf("<form", html.indexOf('name="add:when"')));
  const first = /<button[^>]*>/.exec(form)?.[0];
  expect(first).toContain('aria-hidden="true"');
  expect(first).not.toContain("add:");
});
