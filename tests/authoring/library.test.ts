import { expect, test } from "vitest";
import { beginManuscript, findManuscript, problemsOf } from "#authoring/index.ts";
import { fillUses } from "../../src/procedures/actions/uses.ts";
import { codes } from "../desk/world.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring();
const browser = await world.signInAdmin();

test.each([
  ["Loại câu hỏi", "fieldType", "số điện thoại", /Điện thoại của hộ kinh doanh/],
  ["Câu hỏi", "field", "childName", new RegExp(codes.birth)],
  ["Giấy tờ", "paper", "giay chung sinh", new RegExp(codes.birth)],
  ["Vai trò", "role", "văn thư", new RegExp(codes.land)],
  ["Cơ quan", "agency", "phường Đông Kinh", new RegExp(`${codes.birth}.*1 nơi tiếp nhận`, "s")],
])("all procedures are found that use a certain %s", async (_what, loai, tu, told) => {
  const page = await browser.get(`/quan-tri/thu-vien?loai=${loai}&tu=${encodeURIComponent(tu)}`);
  expect(page.status).toBe(200);
  const [table] = page.all("table");
  expect(table && page.within(table).text).toMatch(told);
});

test("what nobody uses is said to be used by nobody", async () => {
  const page = await browser.get("/quan-tri/thu-vien?loai=paper&tu=hoa+mai");
  expect(page.text).toContain("Không có thủ tục nào dùng “hoa mai”.");
});

test("what was published before anybody wrote down what it is made of is found after the next count, and is written once", async () => {
  await world.db.procedureUse.deleteMany({});
  const find = () => browser.get("/quan-tri/thu-vien?loai=field&tu=childName");
  expect((await find()).text).toContain("Không có thủ tục nào dùng");
  expect([await fillUses(world), await fillUses(world)]).toEqual([Object.keys(codes).length, 0]);
  expect((await find()).text).toContain(codes.birth);
});

test("templates are narrowed by name or code", async () => {
  const page = await browser.get("/quan-tri/thu-vien?mau=giay+phep+xay+dung");
  expect(page.text).toContain(`${codes.house} ·`);
  expect(page.text).not.toContain(`${codes.birth} ·`);
  expect((await browser.get(`/quan-tri/thu-vien?mau=${codes.birth}`)).text).toContain(`${codes.birth} ·`);
  expect((await browser.get("/quan-tri/thu-vien?mau=hoa+mai")).text).toContain("Không có thủ tục nào mang tên hoặc mã");
});

test("a procedure is begun as a copy of another, form, papers and process and all", async () => {
  const gallery = await browser.get("/quan-tri/thu-vien");
  expect(gallery.text).toContain(codes.house);
  const begin = await browser.get(`/quan-tri/thu-tuc/moi?chep=${codes.house}`);
  const made = await begin.submit("Bắt đầu soạn", { code: "1.777777", name: "Cấp phép dựng lều" });
  expect(made.heading).toBe("Cấp phép dựng lều");
  const id = /soan\/([^/]+)/.exec(made.path)?.[1] ?? "";
  const { sketch } = await findManuscript(world.admin, id);
  const { definition } = await world.publishedAs(codes.house);
  expect(sketch.form).toEqual(definition.form);
  expect(sketch.workflow).toEqual(definition.workflow);
  expect(problemsOf(sketch)).toEqual([]);
});

test("a page of another procedure is copied into a form; twice, its questions get names of their own, and nothing dangles", async () => {
  const { id } = await beginManuscript(world.admin, { code: "1.777778", name: "Thủ tục mới" });
  const source = (await world.publishedAs(codes.birth)).definition.form.pages[1];
  for (const time of [1, 2]) {
    const page = await browser.get(`/quan-tri/soan/${id}/to-khai/lay`);
    const taken = await browser.post(page.path, { seen: String(time - 1), ma: codes.birth, trang: source?.id ?? "" });
    expect(taken.text).toContain("Đã chép trang");
  }
  const { sketch } = await findManuscript(world.admin, id);
  expect(sketch.form.pages.map(({ fields }) => fields.length)).toEqual([source?.fields.length, source?.fields.length]);
  const ids = sketch.form.pages.flatMap(({ fields }) => fields.map((field) => field.id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(problemsOf(sketch).filter(({ section }) => section === "form")).toEqual([]);
  const stale = await browser.post(`/quan-tri/soan/${id}/to-khai/lay`, {
    seen: "0",
    ma: codes.birth,
    trang: source?.id ?? "",
  });
  expect(stale.status).toBe(409);
  expect(
    (await browser.post(`/quan-tri/soan/${id}/to-khai/lay`, { seen: "2", ma: codes.birth, trang: "x" })).status,
  ).toBe(404);
});
