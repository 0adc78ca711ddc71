import { describe, expect, test } from "vitest";
import { beginManuscript, changeManuscript, findManuscript, type Sketch } from "#authoring/index.ts";
import { paths } from "#authoring/paths.ts";
import { shapes, Workflow } from "#workflow/index.ts";
import type { Page, Value } from "../support/client.ts";
import { makeAuthoring } from "./world.ts";

const BIRTH = "1.001193";
const { admin, colleague, publishedAs, signInAdmin } = await makeAuthoring();
const browser = await signInAdmin();

let codes = 950_100;
async function begin(workflow?: Workflow): Promise<string> {
  const { definition } = await publishedAs(BIRTH);
  const { id } = await beginManuscript(admin, {
    definition: { ...definition, code: `1.${codes++}`, workflow: workflow ?? { start: "", steps: [] } },
  });
  return id;
}
const sketchOf = async (id: string): Promise<Sketch> => (await findManuscript(admin, id)).sketch;
const processOf = async (id: string) => (await sketchOf(id)).workflow;
const editor = (id: string): Promise<Page> => browser.get(paths.part(id, "workflow"));
const role = { desk: "Cán bộ một cửa", specialist: "Chuyên viên thụ lý", leader: "Lãnh đạo cơ quan", clerk: "Văn thư" };

describe("the workflow between agencies, with an opinion beside it, is built from an empty page", () => {
  let built: Promise<string> | undefined;
  /** By the page's own forms: first the steps, then how each is handled. */
  const build = async (): Promise<string> => {
    const id = await begin();
    let page = await editor(id);
    expect(page.text).toContain("Quy trình chưa có bước nào");
    const add = async (name: string, values: Record<string, Value>): Promise<void> => {
      page = await (await page.follow("Thêm bước")).submit("Thêm bước", { "Tên bước": name, ...values });
      expect(page.errors()).toEqual([]);
      expect(page.heading).toBe("Quy trình giải quyết");
    };
    const handle = async (step: string, name: string, values: Record<string, Value>): Promise<void> => {
      const form = await page.follow(new RegExp(`^Thêm cách xử lý bước “${step}”$`));
      page = await form.submit("Thêm cách xử lý", { "Tên cách xử lý": name, ...values });
      expect(page.errors()).toEqual([]);
    };
    const hours = { "Thời gian thực hiện": "1,5", "giờ làm việc": true };
    const days = (count: string) => ({ "Thời gian thực hiện": count, "ngày làm việc": true });
    const department = { "Cơ quan khác ở cấp tỉnh": true, "Loại cơ quan": "department", "Lĩnh vực phụ trách": "land" };
    const tax = { "Cơ quan khác ở cấp tỉnh": true, "Loại cơ quan": "other", "Lĩnh vực phụ trách": "tax" };
    const commune = { "Cơ quan khác ở cấp xã, nơi tiếp nhận": true, "Loại cơ quan": "commune_committee" };
    await add("Chuyển hồ sơ", { [role.desk]: true, "Cơ quan tiếp nhận": true, ...hours });
    await add("Xác minh", { [role.specialist]: true, ...commune, ...days("2") });
    await add("Thẩm định", { [role.specialist]: true, ...department, ...days("3") });
    await add("Nghĩa vụ thuế", { [role.specialist]: true, ...tax, ...days("2"), "Bước lấy ý kiến": true });
    await add("Phê duyệt", { [role.leader]: true, ...department, ...days("1"), others: ["tham_dinh"] });
    await add("Trả kết quả", {
      [role.desk]: true,
      "Cơ quan tiếp nhận": true,
      ...hours,
      "Kết quả giải quyết được lập ở bước này": true,
    });
    await handle("Chuyển hồ sơ", "Chuyển", { "Chuyển bước": true, to: "xac_minh" });
    await handle("Xác minh", "Trình", { "Chuyển bước": true, to: "tham_dinh" });
    await handle("Thẩm định", "Hỏi thuế", { "Chuyển bước": true, to: "tham_dinh", consult: ["nghia_vu_thue"] });
    await handle("Thẩm định", "Trình duyệt", { "Chuyển bước": true, to: "phe_duyet", waits: true });
    await handle("Phê duyệt", "Duyệt", { "Chuyển bước": true, to: "tra_ket_qua" });
    await handle("Phê duyệt", "Trả lại", { "Trả lại bước trước": true, to: "tham_dinh" });
    await handle("Phê duyệt", "Từ chối", { "Từ chối giải quyết": true });
    await handle("Trả kết quả", "Xong", { "Hoàn thành": true });
    return id;
  };
  const once = (): Promise<string> => {
    built ??= build();
    return built;
  };

  test("and is taken by the engine's own schema", async () => {
    const workflow = await processOf(await once());
    expect(Workflow.safeParse(workflow).error?.issues ?? []).toEqual([]);
    expect(workflow.start).toBe("chuyen_ho_so");
    expect(workflow.steps.find(({ id }) => id === "nghia_vu_thue")).toMatchObject({
      branch: true,
      agency: { kind: "other", at: "province", function: "tax" },
      outcomes: [{ kind: "answer", needsNote: true }],
    });
    expect(workflow.steps.find(({ id }) => id === "phe_duyet")).toMatchObject({ notSameOfficerAs: ["tham_dinh"] });
    expect(workflow.steps.find(({ id }) => id === "tham_dinh")?.outcomes).toMatchObject([
      { to: "tham_dinh", consult: ["nghia_vu_thue"] },
      { to: "phe_duyet", waitsForBranches: true },
    ]);
  });

  test("its page draws it, weighs it against the limit and says where nobody would do it", async () => {
    const id = await once();
    const page = await editor(id);
    const problems = page.within(page.byId("can-sua")?.parentNode as never).text;
    expect(problems).toBe(
      "Quy trình chưa công bố được Thời gian các bước theo đường dài nhất là 51 giờ làm việc, vượt thời hạn 8 giờ của thủ tục (một ngày làm việc tính 8 giờ)",
    );
    expect(page.text).toMatch(/Vượt \d+ ngày/);
    expect(page.text).toMatch(/Bước “Thẩm định”: chưa có ai giữ vai trò Chuyên viên thụ lý tại Sở/);
    expect(page.html.match(/class="process-box /g)).toHaveLength(8);
    const svg = await browser.get(paths.processPicture(id));
    expect([svg.status, svg.headers.get("content-type")]).toEqual([200, "image/svg+xml; charset=utf-8"]);
    expect(svg.html).toMatch(/^<svg [^>]*role="img"/);
    expect(svg.html).toContain("<desc");
    expect(svg.html + page.html).not.toMatch(/ style="/);
  });

  test("a simulation shows dates by the real calendar, who would get it, the opinion beside, and what is too long", async () => {
    const id = await once();
    const before = await findManuscript(admin, id);
    const at = { "ngay.day": "23", "ngay.month": "11", "ngay.year": "2026", gio: "08:00" };
    const straight = await (await browser.get(paths.processPlay(id))).submit("Chạy mô phỏng", at);
    expect(straight.text).toContain("Hoàn thành lúc 09:00 03/12/2026");
    const page = await straight.submit("Chạy mô phỏng", { "3. Thẩm định": "hoi_thue" });
    expect(page.text).toContain("Song song: Nghĩa vụ thuế");
    expect(page.text).toContain("Trần Thị Mai");
    expect(page.text).toContain("Chưa có ai giữ vai trò này");
    expect(page.text).toMatch(/Các bước vượt thời hạn: bước “[^”]+” còn đến/);
    expect(page.text).toContain("Hẹn trả:");
    expect(await findManuscript(admin, id)).toEqual(before);
  });
});

test("a shape is taken whole, and so is the process of another procedure; a code that is none is said at its box", async () => {
  const id = await begin();
  const taken = await (await editor(id)).submit("Dùng quy trình này", { "Liên thông xã, tỉnh": true });
  expect(taken.text).toContain("Đã lưu");
  expect(await processOf(id)).toEqual(JSON.parse(JSON.stringify(shapes.interAgency)));
  const like = { "Như một thủ tục khác": true, "Mã thủ tục": BIRTH };
  await (await editor(id)).submit("Dùng quy trình này", like);
  const { definition } = await publishedAs(BIRTH);
  expect(await processOf(id)).toEqual(JSON.parse(JSON.stringify(definition.workflow)));
  const unknown = await (await editor(id)).submit("Dùng quy trình này", { ...like, "Mã thủ tục": "9.999999" });
  expect([unknown.status, unknown.errors()[0]?.field]).toEqual([422, "likeCode"]);
});

test("steps and ways are changed, moved and removed; what is left hanging is said at the step", async () => {
  const id = await begin(structuredClone(shapes.departmentAppraisal) as Workflow);
  const press = async (button: RegExp): Promise<Page> => (await editor(id)).submit(button);
  await press(/^Xuống bước “Thẩm định hồ sơ”$/);
  expect((await processOf(id)).steps.map((step) => step.id).slice(0, 3)).toEqual(["hand_over", "opinion", "appraise"]);
  await press(/^Lên cách xử lý “Lấy ý kiến cơ quan quản lý đất đai”/);
  expect((await processOf(id)).steps[2]?.outcomes[0]?.id).toBe("consult");
  await press(/^Xóa cách xử lý “Từ chối giải quyết”/);
  const broken = await press(/^Xóa bước “Lãnh đạo phòng xem xét”$/);
  const problem = "Bước “Thẩm định hồ sơ”, cách xử lý “Trình lãnh đạo phòng”: bước đến “review” không còn";
  expect(broken.within(broken.byId("buoc-appraise") ?? (broken.node as never)).text).toContain(problem);
  expect((await browser.get(paths.processPlay(id))).text).toContain("Chưa mô phỏng được");
  const form = await (await editor(id)).follow(/^Sửa cách xử lý “Trình lãnh đạo phòng”/);
  const mended = await form.submit("Lưu cách xử lý", { "Chuyển đến bước": "approve" });
  expect(mended.text).not.toContain(problem);
  const back = await mended.follow(/^Sửa cách xử lý “Trả lại để làm lại” ở bước “Phê duyệt kết quả”/);
  await back.submit("Lưu cách xử lý", { "Chuyển đến bước": "appraise" });
  const edit = await (await editor(id)).follow(/^Sửa bước “Phê duyệt kết quả”$/);
  await edit.submit("Lưu bước", { "Tên bước": "Giám đốc phê duyệt", "Thời gian thực hiện": "3" });
  expect((await processOf(id)).steps.find((step) => step.id === "approve")).toMatchObject({
    name: { vi: "Giám đốc phê duyệt", en: "Approve the result" },
    allowance: { amount: 3, unit: "working_day" },
    notSameOfficerAs: ["appraise"],
  });
  expect(Workflow.safeParse(await processOf(id)).error?.issues ?? []).toEqual([]);
});

test("of two administrators the second keeps what was typed, and reads what the first did and what stands now", async () => {
  const id = await begin(structuredClone(shapes.communeSameDay) as Workflow);
  const form = await (await editor(id)).follow(/^Sửa bước “Ký duyệt”$/);
  const stale = await editor(id);
  const did = { did: "stepChanged", params: { name: "Ký duyệt" } };
  await changeManuscript(colleague, { id, seen: 0 }, did, (sketch) => ({
    ...sketch,
    workflow: {
      ...sketch.workflow,
      steps: sketch.workflow.steps.map((step) =>
        step.id === "sign" ? { ...step, name: { vi: "Chủ tịch ký" } } : step,
      ),
    },
  }));
  const late = await form.submit("Lưu bước", { "Tên bước": "Lãnh đạo ký" });
  expect(late.status).toBe(409);
  expect(late.text).toContain("Vi Hồng Nhung");
  expect(late.summary()["Tên bước"]).toBe("Chủ tịch ký");
  expect(late.html).toContain('value="Lãnh đạo ký"');
  expect((await processOf(id)).steps.find((step) => step.id === "sign")?.name.vi).toBe("Chủ tịch ký");
  const pressed = await stale.submit(/^Xóa bước “Ký duyệt”$/);
  expect(pressed.status).toBe(409);
  expect((await processOf(id)).steps).toHaveLength(4);
  await late.submit("Lưu bước");
  expect((await processOf(id)).steps.find((step) => step.id === "sign")?.name.vi).toBe("Lãnh đạo ký");
});

test("what no form sends is refused in words and never a bug", async () => {
  const id = await begin(structuredClone(shapes.departmentAppraisal) as Workflow);
  const before = await processOf(id);
  const seen = "0";
  const step = {
    nameVi: "A",
    role: "desk",
    agency: "receiving",
    amount: "1",
    unit: "working_day",
    status: "received",
    seen,
  };
  const outcome = { nameVi: "A", kind: "forward", to: "review", seen };
  const tried: [string, Record<string, string | string[]>, number, string?][] = [
    [paths.stepAdd(id), { seen }, 422],
    [paths.stepAdd(id), { ...step, nameVi: " " }, 422, "nameVi"],
    [paths.stepAdd(id), { ...step, nameVi: "x".repeat(201) }, 422, "nameVi"],
    [paths.stepAdd(id), { ...step, nameVi: ["a", "b"] }, 422, "nameVi"],
    [paths.stepAdd(id), { ...step, role: "king" }, 422, "role"],
    [paths.stepAdd(id), { ...step, agency: "province" }, 422, "kind"],
    [paths.stepAdd(id), { ...step, amount: "1,5" }, 422, "amount"],
    [paths.stepAdd(id), { ...step, amount: "-1" }, 422, "amount"],
    [paths.stepAdd(id), { ...step, amount: "1e9" }, 422, "amount"],
    [paths.stepAdd(id), { ...step, amount: "0,3", unit: "working_hour" }, 422, "amount"],
    [paths.outcomeAdd(id, "appraise"), { ...outcome, to: "opinion" }, 422, "to"],
    [paths.outcomeAdd(id, "appraise"), { ...outcome, kind: "answer" }, 422, "kind"],
    [paths.outcomeAdd(id, "appraise"), { ...outcome, kind: "return", consult: "opinion" }, 422, "consult"],
    [paths.outcomeAdd(id, "opinion"), outcome, 422, "kind"],
    [paths.outcomeAdd(id, "gone"), outcome, 404],
    [paths.outcome(id, "appraise", "gone"), outcome, 404],
    [paths.stepRemove(id, "gone"), { seen }, 404],
    [paths.stepRemove(id, "review"), { seen: "x" }, 409],
    [paths.stepMove(id, "review"), {}, 409],
    [paths.processShape(id), { shape: "__proto__", seen }, 422, "shape"],
    [paths.processShape(id), { shape: "like", likeCode: "'; --", seen }, 422, "likeCode"],
    [paths.stepAdd(crypto.randomUUID()), step, 404],
    [paths.stepAdd("x"), step, 404],
  ];
  for (const [path, fields, status, field] of tried) {
    const answer = await browser.post(path, fields);
    expect([path, fields, answer.status]).toEqual([path, fields, status]);
    if (field) expect([fields, answer.errors().map((error) => error.field)]).toEqual([fields, [field]]);
  }
  expect(await processOf(id)).toEqual(before);
  const play = paths.processPlay(id);
  for (const [query, status] of [
    ["ngay.day=31&ngay.month=2", 422],
    ["gio=25:00", 422],
    ["ngay.year=9999999", 422],
    ["co-quan=x&kenh=fax&truong-hop=none&o1=gone&o99=x&o3[a]=1", 200],
    ["ngay.day=1&ngay.day=2", 422],
  ] as const)
    expect([query, (await browser.get(`${play}?${query}`)).status]).toEqual([query, status]);
});
