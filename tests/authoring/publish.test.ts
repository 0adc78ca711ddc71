import { describe, expect, test } from "vitest";
import { beginManuscript, changeManuscript, findManuscript, problemsOf } from "#authoring/index.ts";
import { canonicalJson } from "#platform/canonical.ts";
import { ProcedureDefinition } from "#procedures/index.ts";
import { codes } from "../desk/world.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring();
const { admin, colleague } = world;
const browser = await world.signInAdmin();
const PROCEDURES = "/quan-tri/thu-tuc";
const file = (content: string) => ({ name: "thu-tuc.json", type: "application/json", content });

const begin = async (code: string, name = "Cấp thẻ thư viện", copyOf = "") =>
  (await browser.get(`${PROCEDURES}/moi`)).submit("Bắt đầu soạn", {
    "Mã thủ tục": code,
    "Tên thủ tục": name,
    copyOf,
  });

describe("a procedure as administrators see it", () => {
  test("the list leads to it; it tells its versions, and a manuscript is begun from the newest", async () => {
    const list = await browser.get(PROCEDURES);
    const shown = await list.follow("Đăng ký khai sinh");
    expect(shown.path).toBe(`${PROCEDURES}/${codes.birth}`);
    expect(shown.text).toContain("Phiên bản 1");
    expect(shown.text).toContain("dữ liệu ban đầu của cổng");
    const manuscript = await shown.submit("Soạn phiên bản mới");
    expect(manuscript.path).toMatch(/^\/quan-tri\/soan\/[0-9a-f-]{36}$/);
    expect(manuscript.heading).toBe("Đăng ký khai sinh");
    expect(manuscript.text).not.toContain("chỗ cần sửa");
    expect((await browser.get(shown.path)).text).toContain("Đang có một bản soạn thảo mở");
  });

  test("an unknown code, and whatever else is not there, is not found", async () => {
    for (const path of ["/thu-tuc/9.999999", "/thu-tuc/%27", "/soan/x", `/thu-tuc/${codes.birth}/xuat?phien-ban=9`])
      expect([path, (await browser.get(`/quan-tri${path}`)).status]).toEqual([path, 404]);
  });

  test("officers have no business here", async () => {
    const officer = await world.as("dongKinhDesk");
    const { id } = await beginManuscript(admin, { code: "1.950001", name: "Cấp thẻ" });
    for (const path of [`${PROCEDURES}/moi`, `${PROCEDURES}/${codes.birth}`, `/quan-tri/soan/${id}`])
      expect((await officer.get(path)).status).toBe(403);
    expect((await officer.post(`/quan-tri/soan/${id}/huy`)).status).toBe(403);
    expect((await findManuscript(admin, id)).state).toBe("open");
  });
});

describe("a new procedure", () => {
  test("begins with code and name, and says in words what each part lacks and where", async () => {
    const page = await begin("1.950002");
    expect(page.heading).toBe("Cấp thẻ thư viện");
    const wrong = page.all("li").map((item) => page.within(item).text);
    expect(wrong).toContain("Lĩnh vực: Chưa điền");
    expect(wrong).toContain("Các trang: Chưa có mục nào");
    expect(page.html).not.toMatch(/expected|Invalid|Too small/);
  });

  test("or as a copy of another one, under its own code", async () => {
    const page = await begin("1.950003", "Đăng ký lại khai sinh", codes.birth);
    expect(page.heading).toBe("Đăng ký lại khai sinh");
    expect(page.text).not.toContain("chỗ cần sửa");
  });

  test("not with a wrong code, without a name, or with the code of one that is published: what was typed is kept", async () => {
    const page = await begin("1193", "");
    expect(page.status).toBe(422);
    expect(page.errors().map(({ field }) => field)).toEqual(["code", "name"]);
    const taken = await begin(codes.birth, "Đăng ký khai sinh");
    expect(taken.status).toBe(422);
    expect(taken.errors()[0]?.text).toContain("đã có thủ tục được công bố");
    expect(taken.html).toContain(`value="${codes.birth}"`);
  });
});

describe("the history of a manuscript", () => {
  test("any earlier state is gone back to, as one more change; who was slower is told", async () => {
    const { id } = await beginManuscript(admin, { code: "1.950004", name: "Tên thứ nhất" });
    const rename = (vi: string, seen: number) =>
      changeManuscript(colleague, { id, seen }, { did: "begun" }, (sketch) => ({ ...sketch, name: { vi } }));
    await rename("Tên thứ hai", 0);
    const history = await browser.get(`/quan-tri/soan/${id}/lich-su`);
    expect(history.text).toContain("Vi Hồng Nhung");
    await rename("Tên thứ ba", 1);
    const late = await history.submit(/Quay lại bản này số 0/);
    expect(late.status).toBe(409);
    expect(late.text).toContain("Người khác vừa sửa bản soạn thảo này");
    const back = await late.submit(/Quay lại bản này số 1/);
    expect(back.heading).toBe("Tên thứ hai");
    expect((await findManuscript(admin, id)).version).toBe(3);
  });

  test("a manuscript is discarded after a second question, and stays readable", async () => {
    const { id } = await beginManuscript(admin, { code: "1.950005", name: "Cấp thẻ" });
    const ask = await (await browser.get(`/quan-tri/soan/${id}`)).follow("Hủy bản soạn thảo");
    await ask.submit("Hủy bản soạn thảo này");
    expect((await findManuscript(admin, id)).state).toBe("discarded");
    expect((await browser.get(`/quan-tri/soan/${id}`)).text).toContain("đã bị hủy và chỉ còn để xem");
  });
});

describe("a procedure as a file", () => {
  test.each(Object.values(codes))("%s: what is exported says the same when it is taken in again", async (code) => {
    const exported = await browser.get(`${PROCEDURES}/${code}/xuat?phien-ban=1`);
    expect(exported.headers.get("content-disposition")).toContain(`${code}-v1.json`);
    const { definition } = await world.publishedAs(code);
    const read = ProcedureDefinition.parse(JSON.parse(exported.html));
    expect(canonicalJson(read)).toBe(canonicalJson(definition));
    const open = await world.db.manuscript.findFirst({ where: { procedureCode: code, state: "open" } });
    if (open) await browser.post(`/quan-tri/soan/${open.id}/huy`);
    const taken = await (await browser.get(`${PROCEDURES}/moi`)).submit("Nhập tệp", {
      "Tệp JSON của một thủ tục": file(exported.html),
    });
    expect(taken.text).toContain(`Đã nhập ${code}`);
    const { sketch } = await findManuscript(admin, taken.path.split("/").at(-1) ?? "");
    expect(problemsOf(sketch)).toEqual([]);
    expect(canonicalJson(ProcedureDefinition.parse(sketch))).toBe(canonicalJson(definition));
  });

  const take = async (content: string) =>
    (await browser.get(`${PROCEDURES}/moi`)).submit("Nhập tệp", { "Tệp JSON của một thủ tục": file(content) });

  test.each([
    ["what is no JSON", "{", /không phải JSON/],
    ["a list", "[]", /không chứa một thủ tục/],
    ["another schema", '{"schemaVersion":2}', /khuôn dạng phiên bản 2/],
    ["no schema", "{}", /khuôn dạng phiên bản \?/],
    ["a half of one", '{"schemaVersion":1,"code":"1.950006","form":{"pages":[{}]},"steps":"x"}', /Tên: Chưa có/],
  ])("%s is refused in words, and nothing is begun", async (_what, content, words) => {
    const before = await world.db.manuscript.count();
    const page = await take(content);
    expect(page.status).toBe(422);
    expect(
      page
        .errors()
        .map(({ text }) => text)
        .join("\n"),
    ).toMatch(words);
    expect(await world.db.manuscript.count()).toBe(before);
  });

  test("every fault of a definition is told with its place", async () => {
    const { definition } = await world.publishedAs(codes.house);
    const broken = JSON.parse(JSON.stringify({ ...definition, code: "1.950007" }));
    broken.requirements[0].originals = -1;
    broken.workflow.start = "khong_co";
    broken.surprise = true;
    const said = (await take(JSON.stringify(broken))).errors().map(({ text }) => text);
    expect(said).toContainEqual(expect.stringMatching(/^Giấy tờ “.+” – số bản chính: Không được nhỏ hơn 0$/));
    expect(said).toContainEqual(expect.stringContaining("surprise"));
    expect(said).toContainEqual(expect.stringMatching(/bước bắt đầu/i));
  });

  test("over a manuscript that is open nothing is imported", async () => {
    const { definition } = await world.publishedAs(codes.house);
    await beginManuscript(admin, { definition: { ...definition, code: "1.950008" } });
    const page = await take(JSON.stringify({ ...definition, code: "1.950008" }));
    expect(page.status).toBe(422);
    expect(page.errors()[0]?.text).toContain("đang có bản soạn thảo mở");
  });
});
