import { describe, expect, test } from "vitest";
import { beginManuscript, changeManuscript, findManuscript, type Sketch } from "#authoring/index.ts";
import { paths } from "#authoring/paths.ts";
import { fieldTypes, ProcedureDefinition } from "#procedures/index.ts";
import type { Page } from "../support/client.ts";
import { makeAuthoring } from "./world.ts";

const BIRTH = "1.001193";
const { admin, colleague, publishedAs, signInAdmin, signIn, logged } = await makeAuthoring();
const [browser, other] = [await signInAdmin(), await signIn("soanthao", "con trâu đi trước")];

let codes = 940_100;
const begin = async (sketch?: Sketch): Promise<string> => {
  const code = `1.${codes++}`;
  const from = sketch ? { definition: { ...sketch, code } } : { code, name: "Cấp thẻ thư viện" };
  return (await beginManuscript(admin, from)).id;
};
const sketchOf = async (id: string): Promise<Sketch> => (await findManuscript(admin, id)).sketch;
const form = (id: string): Promise<Page> => browser.get(paths.form(id));

/** Adds a question by its page's own buttons. */
async function ask(
  page: Page,
  type: string,
  values: Record<string, string | boolean>,
  add: RegExp | string = "Thêm câu hỏi",
) {
  const chosen = await (await page.follow(add)).follow(type);
  const added = await chosen.submit("Thêm câu hỏi này", values);
  expect(added.errors()).toEqual([]);
  return added;
}
const labels = (page: Page): string[] => page.listByRole("heading").map((one) => page.nameOf(one));

describe("a form is built from an empty page", () => {
  let empty: Promise<string> | undefined;
  test("with pages, a condition chosen from what stands before, and a repeated group; the definition takes it", async () => {
    const id = await begin();
    let page = await (await form(id)).submit("Thêm trang", { "Tên trang": "Thông tin người đọc" });
    expect(page.heading).toBe("Thông tin người đọc");
    page = await ask(page, "Chữ trên một dòng", { "Câu hỏi": "Họ và tên" });
    page = await ask(page, "Chọn một trong vài mục", {
      "Câu hỏi": "Đối tượng",
      "Mục 1": "Học sinh",
      "Mục 2": "Người đi làm",
    });
    const chosen = await (await page.follow("Thêm câu hỏi")).follow("Chữ trên một dòng");
    const begun = await chosen.submit("Thêm điều kiện", { "Câu hỏi": "Tên trường" });
    expect(begun.byLabel("Câu hỏi") && begun.html).toContain('value="Tên trường"');
    const told = await begun.submit(/^Hiện cách so sánh/, { "when.r1.field": "doiTuong" });
    page = await told.submit("Thêm câu hỏi này", { "when.r1.value": "hocSinh" });
    expect(page.text).toContain("Chỉ hiện khi “Đối tượng” là “Học sinh”");
    page = await ask(page, "Nhóm lặp lại", { "Câu hỏi": "Người thân cùng đăng ký" });
    expect(page.text).toContain("Nhóm chưa có câu hỏi nào");
    page = await ask(page, "Chữ trên một dòng", { "Câu hỏi": "Họ tên người thân" }, /^Thêm câu hỏi vào nhóm/);
    page = await ask(page, "Số tiền", { "Câu hỏi": "Tiền đặt cọc" }, /^Thêm câu hỏi vào nhóm/);
    page = await ask(page, "Giá trị tự tính", {
      "Câu hỏi": "Tổng tiền",
      "Cách tính": "sum",
      "Người thân cùng đăng ký: Tiền đặt cọc": true,
      "Kết quả là số tiền": true,
    });

    const { definition } = await publishedAs(BIRTH);
    const built = (await sketchOf(id)).form;
    const whole = ProcedureDefinition.parse({
      ...definition,
      owner: "applicant",
      fees: [],
      requirements: [],
      form: built,
    });
    expect(whole.form.pages).toMatchObject([
      {
        id: "thong-tin-nguoi-doc",
        fields: [
          { id: "hoVaTen", type: "text", required: true },
          { id: "doiTuong", settings: { options: [{ value: "hocSinh" }, { value: "nguoiDiLam" }] } },
          { id: "tenTruong", showWhen: { op: "equals", field: "doiTuong", value: "hocSinh" } },
          { id: "nguoiThanCungDangKy", settings: { fields: [{ id: "hoTenNguoiThan" }, { id: "tienDatCoc" }] } },
          { id: "tongTien", settings: { operation: "sum", of: ["nguoiThanCungDangKy.tienDatCoc"], isMoney: true } },
        ],
      },
    ]);
  });

  test.each(Object.values(fieldTypes).map(({ type }) => type))(
    "%s has a form of its own that says what is missing",
    async (type) => {
      empty ??= begin().then(async (id) => {
        await (await form(id)).submit("Thêm trang", { "Tên trang": "Trang" });
        return id;
      });
      const address = `${paths.formAdd(await empty, "trang")}?loai=${type}`;
      const refused = await (await browser.get(address)).submit("Thêm câu hỏi này");
      expect(refused.status).toBe(422);
      for (const { field } of refused.errors()) expect(refused.byId(field), field).toBeDefined();
    },
  );

  test("in two levels of conditions, and read again as it was saved", async () => {
    const id = await begin((await publishedAs(BIRTH)).definition);
    const edit = paths.formPageEdit(id, "cam-doan");
    const nested = await (await browser.get(edit)).submit("Thêm nhóm điều kiện", { "Khi nào": "all" });
    const both = await nested.submit("Thêm điều kiện");
    const chosen = await both.submit(/^Hiện cách so sánh 1\.1/, {
      "when.r1.r1.field": "relation",
      "when.r2.field": "relation",
    });
    const relation = (await sketchOf(id)).form.pages[0]?.fields[0]?.settings["options"] as { value: string }[];
    const [first, second] = relation.map(({ value }) => value);
    const saved = await chosen.submit("Lưu", {
      "when.r1.r1.value": first ?? "",
      "when.r2.op": "!equals",
      "when.r2.value": second ?? "",
    });
    expect(saved.errors()).toEqual([]);
    const when = {
      op: "all",
      of: [
        { op: "equals", field: "relation", value: first },
        { op: "not", of: { op: "equals", field: "relation", value: second } },
      ],
    };
    expect((await sketchOf(id)).form.pages[3]?.showWhen).toEqual(when);
    await (await browser.get(edit)).submit("Lưu");
    expect((await sketchOf(id)).form.pages[3]?.showWhen).toEqual(when);
  });

  test("each question keeps its id when its words change, and what a form has no input for stays", async () => {
    const id = await begin((await publishedAs(BIRTH)).definition);
    const before = await sketchOf(id);
    const seen = new Set<string>();
    for (const { fields } of before.form.pages)
      for (const field of fields.filter(({ type, showWhen }) => showWhen || !seen.has(type))) {
        seen.add(field.type);
        const saved = await (await browser.get(paths.field(id, field.id))).submit("Lưu");
        expect([field.id, saved.errors()]).toEqual([field.id, []]);
      }
    expect((await sketchOf(id)).form).toEqual(before.form);
    await (await browser.get(paths.field(id, "childName"))).submit("Lưu", { "Câu hỏi": "Tên trẻ em" });
    expect((await sketchOf(id)).form.pages.flatMap(({ fields }) => fields)).toContainEqual(
      expect.objectContaining({ id: "childName", label: expect.objectContaining({ vi: "Tên trẻ em" }) }),
    );
  });
});

test("a new question begins with what is usual for its type", async () => {
  const id = await begin();
  await (await form(id)).submit("Thêm trang", { "Tên trang": "Trang" });
  await ask(await browser.get(paths.formPage(id, "trang")), "Thông tin một người", { "Câu hỏi": "Người được cấp" });
  expect((await sketchOf(id)).form.pages[0]?.fields).toMatchObject([
    { id: "nguoiDuocCap", settings: { asks: ["gender", "birthDate", "personalId"] } },
  ]);
});

describe("what stands in a form is moved, copied and left out", () => {
  const threeFields = async () => {
    const id = await begin();
    let page = await (await form(id)).submit("Thêm trang", { "Tên trang": "Trang một" });
    page = await ask(page, "Số nguyên", { "Câu hỏi": "Số bản" });
    page = await ask(page, "Chữ trên một dòng", { "Câu hỏi": "Lý do" });
    return { id, page };
  };
  const ids = async (id: string) => (await sketchOf(id)).form.pages.map(({ fields }) => fields.map((one) => one.id));

  test("up and down, to another page, and as a copy under its own id", async () => {
    const { id, page } = await threeFields();
    const moved = await page.submit("Lên: Lý do");
    expect(labels(moved).indexOf("Lý do")).toBeLessThan(labels(moved).indexOf("Số bản"));
    await moved.submit("Nhân đôi: Lý do");
    expect(await ids(id)).toEqual([["lyDo", "lyDo2", "soBan"]]);
    await (await form(id)).submit("Thêm trang", { "Tên trang": "Trang hai" });
    await (await browser.get(paths.field(id, "lyDo2"))).submit("Lưu", { "Đứng ở trang": "trang-hai" });
    expect(await ids(id)).toEqual([["lyDo", "soBan"], ["lyDo2"]]);
    await (await form(id)).submit("Lên: Trang hai");
    expect(await ids(id)).toEqual([["lyDo2"], ["lyDo", "soBan"]]);
  });

  test("leaving out a question names what refers to it; what is left says so at its place", async () => {
    const id = await begin((await publishedAs(BIRTH)).definition);
    const asked = await browser.get(paths.fieldRemove(id, "childSituation"));
    expect(asked.text).toContain("Những chỗ sau đang dùng đến");
    for (const name of ["Điều kiện của trang “", "Điều kiện của câu hỏi “", "Thành phần hồ sơ “"])
      expect(asked.text).toContain(name);
    const owner = await browser.get(paths.fieldRemove(id, "childName"));
    expect(owner.text).toContain("Người đứng tên hồ sơ");
    await owner.submit("Bỏ");
    expect((await sketchOf(id)).form.pages.flatMap(({ fields }) => fields).map((one) => one.id)).not.toContain(
      "childName",
    );
    await (await browser.get(paths.fieldRemove(id, "childSituation"))).submit("Bỏ");
    expect((await form(id)).text).toContain("không có trong tờ khai. Hãy chọn câu hỏi khác");
  });

  test("a condition that comes too early, goes in a circle or does not fit is refused where it stands", async () => {
    const { id } = await threeFields();
    const when = (condition: object) => (sketch: Sketch) => ({
      ...sketch,
      form: {
        pages: sketch.form.pages.map((page) => ({
          ...page,
          fields: page.fields.map((field) =>
            field.id === "soBan" ? { ...field, showWhen: condition as never } : field,
          ),
        })),
      },
    });
    const cases = [
      [{ op: "answered", field: "lyDo" }, "đứng sau chỗ này", "when.r1.field"],
      [{ op: "answered", field: "soBan" }, "vòng tròn", "when.r1.field"],
      [{ op: "answered", field: "khongCo" }, "không có trong tờ khai", "when.r1.field"],
    ] as const;
    let seen = (await findManuscript(admin, id)).version;
    for (const [condition, words, field] of cases) {
      await changeManuscript(admin, { id, seen: seen++ }, { did: "begun" }, when(condition));
      const page = await browser.get(paths.field(id, "soBan"));
      expect(page.errors()).toMatchObject([{ field, text: expect.stringContaining(words) }]);
      expect((await browser.get(paths.formPage(id, "trang-mot"))).text).toContain(words);
    }
    await changeManuscript(admin, { id, seen: seen++ }, { did: "begun" }, when({ op: "answered", field: "lyDo" }));
    await (await browser.get(paths.formPage(id, "trang-mot"))).submit("Lên: Lý do");
    const fits = await browser.get(paths.field(id, "soBan"));
    expect(fits.errors()).toEqual([]);
    const wrong = await fits.submit("Lưu", { "when.r1.op": "equals" });
    expect(wrong.errors()).toMatchObject([{ field: "when.r1.value" }]);
  });
});

describe("what the citizen and the officer will see", () => {
  test("is the page itself; trying it judges as the citizen's page does, and keeps nothing", async () => {
    const id = await begin((await publishedAs(BIRTH)).definition);
    const before = await findManuscript(admin, id);
    const [page] = before.sketch.form.pages;
    const shown = await browser.get(paths.formPage(id, page?.id ?? ""));
    const empty = await shown.submit("Kiểm tra câu trả lời");
    expect(empty.status).toBe(422);
    expect(empty.errors().map(({ field }) => field)).toContain("relation");
    const relation = page?.fields[0]?.settings["options"] as { value: string; label: { vi: string } }[];
    const tried = await empty.submit("Kiểm tra câu trả lời", { [relation[0]?.label.vi ?? ""]: true });
    expect(tried.summary()).toMatchObject({ [page?.fields[0]?.label.vi ?? ""]: relation[0]?.label.vi });
    expect(await findManuscript(admin, id)).toEqual(before);
  });
});

describe("two who write the same form", () => {
  test("the second is told what the first did, sees both, keeps what they typed and can save it then", async () => {
    const id = await begin((await publishedAs(BIRTH)).definition);
    const address = paths.field(id, "childName");
    const [mine, theirs] = [await browser.get(address), await other.get(address)];
    await theirs.submit("Lưu", { "Câu hỏi": "Tên của trẻ" });
    const told = await mine.submit("Lưu", { "Câu hỏi": "Tên cháu bé" });
    expect(told.status).toBe(409);
    expect(told.text).toContain("Vi Hồng Nhung");
    expect(told.text).toContain("Sửa câu hỏi “Tên của trẻ”");
    expect(told.summary()).toMatchObject({ "Câu hỏi": expect.stringContaining("Tên của trẻ") });
    expect(told.html).toContain('value="Tên cháu bé"');
    await told.submit("Lưu");
    const fields = (await sketchOf(id)).form.pages.flatMap((page) => page.fields);
    expect(fields.find((field) => field.id === "childName")?.label.vi).toBe("Tên cháu bé");
  });

  test("a move, a copy or a removal from an older page changes nothing", async () => {
    const id = await begin((await publishedAs(BIRTH)).definition);
    const [page] = (await sketchOf(id)).form.pages;
    const [stale, removal] = [await browser.get(paths.form(id)), await browser.get(paths.fieldRemove(id, "childName"))];
    await changeManuscript(colleague, { id, seen: 0 }, { did: "begun" }, (sketch) => sketch);
    const before = (await sketchOf(id)).form;
    expect((await stale.submit(`Xuống: ${page?.title.vi}`)).status).toBe(409);
    expect((await removal.submit("Bỏ")).status).toBe(409);
    expect((await stale.submit("Thêm trang", { "Tên trang": "Muộn" })).html).toContain('value="Muộn"');
    expect((await sketchOf(id)).form).toEqual(before);
  });
});

test("an unknown type is refused, and a group takes neither a group nor an upload", async () => {
  const id = await begin();
  await (await form(id)).submit("Thêm trang", { "Tên trang": "Trang" });
  const page = await ask(await browser.get(paths.formPage(id, "trang")), "Nhóm lặp lại", { "Câu hỏi": "Các con" });
  expect(page.status).toBe(200);
  for (const [address, type] of [
    [paths.formAdd(id, "trang"), "captcha"],
    [paths.formAdd(id, "trang"), "constructor"],
    [paths.groupAdd(id, "cacCon"), "group"],
    [paths.groupAdd(id, "cacCon"), "file"],
  ] as const)
    expect([type, (await browser.post(`${address}?loai=${type}`, { "label.vi": "X", seen: "2" })).status]).toEqual([
      type,
      422,
    ]);
  expect((await sketchOf(id)).form.pages[0]?.fields).toHaveLength(1);
});

test("garbage is answered in words, whatever is sent and wherever", async () => {
  const id = await begin((await publishedAs(BIRTH)).definition);
  const page = (await sketchOf(id)).form.pages[0]?.id ?? "";
  const bodies = [
    {},
    {
      seen: "0",
      "when.mode": "all",
      "when.rows": "r1 r2 rx <b>",
      "when.r1.mode": "all",
      "when.r1.rows": "r1",
      "when.r2.field": "__proto__",
      "when.r2.op": "!!x",
    },
    {
      seen: ["1", "2"],
      "label.vi": ["a", "b"],
      "set.options.rows": "o1 o999 o1",
      "set.options.o1.vi": "x".repeat(5000),
      "when.mode": ["all"],
    },
    { "add:when.r1.r1.r1": "1", "remove:when": "1", "label.vi": "\ud800", "set.min": "1e999", "set.of": "constructor" },
    { "remove:when.r1": "1", "group:when": "1", "up:set.options.o1": "1", viec: "toString", page: "__proto__" },
  ];
  const [first, ...others] = bodies;
  const everything = Object.assign({}, ...others) as (typeof bodies)[number];
  const tried: [address: string, bodies: typeof bodies][] = [
    ...Object.keys(fieldTypes).map((type): [string, typeof bodies] => [
      `${paths.formAdd(id, page)}?loai=${type}`,
      [everything],
    ]),
    ...["constructor", "__proto__"].flatMap((odd): [string, typeof bodies][] =>
      [paths.field(id, odd), paths.groupAdd(id, odd), paths.formPageEdit(id, odd), paths.fieldRemove(id, odd)].map(
        (address) => [address, [everything]],
      ),
    ),
    [paths.form(id), bodies],
    [paths.field(id, "relation"), bodies],
    [paths.fieldMove(id, "relation"), bodies],
    [paths.groupAdd(id, "relation"), [first ?? {}]],
    [paths.formPageEdit(id, page), bodies],
    [paths.formPreview(id, page), bodies],
    [`${paths.formPage(id, page)}/chuyen`, bodies],
  ];
  const bad: unknown[] = [];
  for (const [address, sent] of tried)
    for (const body of sent) {
      const { status } = await browser.post(address, body);
      if (status >= 500) bad.push([address, body, status]);
    }
  expect(bad).toEqual([]);
  expect(logged.filter(({ msg }) => msg === "bug")).toEqual([]);
});

describe("a question that was kept without a type", () => {
  test("breaks no page: it says what it lacks and what can be done, and can be left out", async () => {
    const { definition } = await publishedAs(BIRTH);
    const id = await begin(definition);
    const { db } = admin;
    const [first, ...rest] = definition.form.pages;
    if (!first) throw new Error("the form has no page");
    const kept = {
      ...definition,
      form: {
        pages: [
          {
            ...first,
            fields: [{ id: "bo", label: { vi: "Câu hỏi bỏ dở" } }, { id: "la", type: "constructor" }, ...first.fields],
          },
          ...rest,
        ],
      },
    };
    await db.manuscript.update({ where: { id }, data: { definition: JSON.parse(JSON.stringify(kept)) } });
    const addresses = [
      paths.manuscript(id),
      paths.form(id),
      paths.formPage(id, first.id),
      paths.formPageEdit(id, first.id),
      paths.formPreview(id, first.id),
      paths.formAdd(id, first.id),
      paths.fieldRemove(id, "bo"),
      paths.part(id, "requirements"),
      paths.part(id, "terms"),
      paths.process(id),
      paths.processPlay(id),
      paths.history(id),
      paths.publish(id),
      paths.trial(id),
    ];
    for (const address of addresses) expect([address, (await browser.get(address)).status]).toEqual([address, 200]);
    const page = await browser.get(paths.formPage(id, first.id));
    expect(page.text).toContain('Câu hỏi "bo" chưa có loại');
    expect(page.text).toContain("Loại không có trên cổng");
    const asked = await browser.get(paths.field(id, "bo"));
    expect([asked.heading, asked.text.includes("Hãy bỏ câu hỏi rồi thêm lại")]).toEqual([
      "Câu hỏi “Câu hỏi bỏ dở” không có loại",
      true,
    ]);
    for (const field of ["bo", "la"]) await (await browser.get(paths.field(id, field))).submit("Bỏ");
    expect((await sketchOf(id)).form).toEqual(definition.form);
  });
});
