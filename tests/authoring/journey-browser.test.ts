import type { Page as BrowserPage } from "playwright-core";
import { expect } from "vitest";
import { createCitizen } from "#accounts/index.ts";
import { paths as adminPaths } from "#admin/paths.ts";
import { findManuscript, type Sketch } from "#authoring/index.ts";
import { paths } from "#authoring/paths.ts";
import { answersFor, beginDraft, fillDraft, pdfUpload, type Typed, typedApplicant } from "#dev/browse/fill.ts";
import { isoDay } from "#platform/format.ts";
import type { Who } from "../desk/world.ts";
import { browserTest, hasBrowser, openBrowser } from "../support/browser.ts";
import type { Page, Value } from "../support/client.ts";
import { makeAuthoring } from "./world.ts";

/** Another one at each try. */
let tries = 0;
let code = "";
const PASSWORD = "con trâu đi trước";
const world = hasBrowser
  ? await makeAuthoring("dongKinhDesk", "dongKinhJustice", "dongKinhPolice", "dongKinhLeader")
  : (undefined as never);

/** A window of the administrator's own. */
async function openAdmin(): Promise<BrowserPage> {
  const context = await (await openBrowser()).newContext({ baseURL: world.base, locale: "vi-VN" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`/dang-nhap?tiep=${encodeURIComponent(paths.newProcedure)}`);
  await page.fill("[name=username]", "quantri");
  await page.fill("[name=password]", PASSWORD);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.waitForURL((url) => url.pathname === paths.newProcedure);
  return page;
}

/** Fills the controls of these names and presses; the page that follows says nothing is wrong. */
async function send(
  page: BrowserPage,
  button: string,
  values: Readonly<Record<string, string | boolean>>,
): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const control = page.locator("main").getByLabel(label, { exact: true }).first();
    if (value === true) await control.check();
    else if ((await control.evaluate("(one) => one.tagName")) === "SELECT") await control.selectOption(String(value));
    else await control.fill(String(value));
  }
  await page.locator("main").getByRole("button", { name: button, exact: true }).click();
  await page.waitForLoadState("load");
}
async function ask(page: BrowserPage, add: string, type: string, values: Readonly<Record<string, string | boolean>>) {
  const address = page.url();
  await page.getByRole("link", { name: add }).first().click();
  await page.getByRole("link", { name: type, exact: true }).click();
  await send(page, "Thêm câu hỏi này", values);
  await page.waitForURL((url) => url.pathname === new URL(address).pathname);
}

/** The parts of the record and the steps of the process, by their pages' own forms. */
async function writeRecord(id: string): Promise<void> {
  const browser = await world.signInAdmin();
  const part = async (path: string, values: Readonly<Record<string, Value>>, button = "Lưu"): Promise<Page> => {
    const saved = await (await browser.get(`/quan-tri/soan/${id}${path}`)).submit(button, values);
    expect([path, saved.status]).toEqual([path, 200]);
    return saved;
  };
  await part("/thong-tin", {
    sector: "Thư viện",
    levels: ["commune"],
    subjects: "Công dân Việt Nam",
    "summary.vi": "Cấp thẻ đọc sách tại thư viện phường.",
    "executingAgency.vi": "Ủy ban nhân dân cấp xã",
  });
  await part("/thong-tin/buoc/them", { "text.vi": "Nộp tờ khai và nhận thẻ." });
  await part("/cach-nop", { channels: ["online", "counter"], returnMethods: ["counter"], serviceLevel: "full" });
  await part("/cach-nop/truong-hop/them", { "name.vi": "Cấp lần đầu" });
  await part("/cach-nop/truong-hop/them", { "name.vi": "Cấp lại" });
  const [first = "", again = ""] = (await findManuscript(world.admin, id)).sketch.cases.map((one) => one.id);
  await part("/thoi-han-le-phi/thoi-han/them", { "term.amount": "10" });
  await part("/thoi-han-le-phi/khoan-thu/them", { "name.vi": "Lệ phí cấp mới", amount: "10.000", cases: [first] });
  await part("/thoi-han-le-phi/khoan-thu/them", { "name.vi": "Lệ phí cấp lại", amount: "5.000", cases: [again] });
  await part("/thanh-phan/giay-to/them", {
    "name.vi": "Bản chụp căn cước",
    originals: "0",
    copies: "1",
    cases: [first],
  });
  await part("/thanh-phan/giay-to/them", { "name.vi": "Thẻ cũ", originals: "1", copies: "0", cases: [again] });
  await part("/ket-qua/ket-qua/them", { "name.vi": "Thẻ thư viện" });
  let page = await browser.get(paths.part(id, "workflow"));
  const add = async (name: string, values: Record<string, Value>): Promise<void> => {
    page = await (await page.follow("Thêm bước")).submit("Thêm bước", { "Tên bước": name, ...values });
    expect(page.errors()).toEqual([]);
  };
  const handle = async (step: string, name: string, values: Record<string, Value>): Promise<void> => {
    const form = await page.follow(new RegExp(`^Thêm cách xử lý bước “${step}”$`));
    page = await form.submit("Thêm cách xử lý", { "Tên cách xử lý": name, ...values });
    expect(page.errors()).toEqual([]);
  };
  const day = { "Thời gian thực hiện": "1", "ngày làm việc": true };
  const police = { "Cơ quan khác ở cấp xã, nơi tiếp nhận": true, "Loại cơ quan": "commune_police" };
  await add("Nhận hồ sơ", { "Cán bộ một cửa": true, "Cơ quan tiếp nhận": true, ...day });
  await add("Xét hồ sơ", { "Chuyên viên thụ lý": true, "Cơ quan tiếp nhận": true, ...day });
  await add("Hỏi công an", { "Chuyên viên thụ lý": true, ...police, ...day, "Bước lấy ý kiến": true });
  await add("Ký thẻ", {
    "Lãnh đạo cơ quan": true,
    "Cơ quan tiếp nhận": true,
    ...day,
    "Kết quả giải quyết được lập ở bước này": true,
  });
  await handle("Nhận hồ sơ", "Chuyển xét", { "Chuyển bước": true, to: "xet_ho_so" });
  await handle("Xét hồ sơ", "Trình ký", { "Chuyển bước": true, to: "ky_the", waits: true });
  await handle("Ký thẻ", "Cấp thẻ", { "Hoàn thành": true });
}

const answers = (sketch: Sketch): Typed => {
  const idOf = (label: string): string =>
    sketch.form.pages.flatMap(({ fields }) => fields).find((field) => field.label.vi === label)?.id ?? label;
  return {
    ...typedApplicant({
      today: isoDay(new Date()),
      provinceCode: "20",
      communeCode: "05977",
      communeName: "",
      number: 9,
    }),
    [idOf("Họ và tên")]: "Hoàng Thị Nhàn",
    [idOf("Đối tượng")]: "hocSinh",
    [idOf("Tên trường")]: "Trường Việt Bắc",
  };
};

browserTest(
  "a procedure is built from an empty page, simulated, published, and taken through by a citizen and four officers; the next version leaves its dossier alone",
  { timeout: 120_000 },
  async () => {
    code = `1.96600${++tries}`;
    const page = await openAdmin();
    await send(page, "Bắt đầu soạn", { "Mã thủ tục": code, "Tên thủ tục": "Cấp thẻ thư viện" });
    await page.waitForURL(/\/soan\//);
    const id = /soan\/([^/?]+)/.exec(page.url())?.[1] ?? "";
    await writeRecord(id);

    // The form: a condition, and a group that repeats.
    await page.goto(paths.form(id));
    await send(page, "Thêm trang", { "Tên trang": "Người đọc" });
    await page.waitForURL(/\/trang\//);
    await ask(page, "Thêm câu hỏi", "Chữ trên một dòng", { "Câu hỏi": "Họ và tên" });
    await ask(page, "Thêm câu hỏi", "Chọn một trong vài mục", {
      "Câu hỏi": "Đối tượng",
      "Mục 1": "Học sinh",
      "Mục 2": "Người đi làm",
    });
    await page.getByRole("link", { name: "Thêm câu hỏi" }).first().click();
    await page.getByRole("link", { name: "Chữ trên một dòng", exact: true }).click();
    await page.locator("main").getByLabel("Câu hỏi", { exact: true }).first().fill("Tên trường");
    await page.getByRole("button", { name: "Thêm điều kiện" }).click();
    await page.locator('[name="when.r1.field"]').selectOption("doiTuong");
    await page.locator('[name="when.r1.value"]').waitFor();
    await page.locator('[name="when.r1.value"]').selectOption("hocSinh");
    await page.getByRole("button", { name: "Thêm câu hỏi này" }).click();
    await page.getByText("Chỉ hiện khi “Đối tượng” là “Học sinh”").waitFor();
    await ask(page, "Thêm câu hỏi", "Nhóm lặp lại", { "Câu hỏi": "Sách đã mượn" });
    await ask(page, "Thêm câu hỏi vào nhóm", "Chữ trên một dòng", { "Câu hỏi": "Tên sách" });
    await ask(page, "Thêm câu hỏi vào nhóm", "Số tiền", { "Câu hỏi": "Tiền đặt cọc" });
    await page.getByRole("button", { name: "Kiểm tra câu trả lời" }).click();
    await page.getByRole("alert").waitFor();

    // The consultation beside, then the whole is played through.
    await page.goto(paths.part(id, "workflow"));
    await page.getByRole("link", { name: "Thêm cách xử lý bước “Xét hồ sơ”" }).click();
    await page.locator("main").getByLabel("Tên cách xử lý", { exact: true }).fill("Lấy ý kiến công an");
    await page.locator("main").getByLabel("Chuyển bước", { exact: true }).check();
    await page.locator('[name="to"]').selectOption("xet_ho_so");
    await page.locator('[name="consult"][value="hoi_cong_an"]').check();
    await page.getByRole("button", { name: "Thêm cách xử lý" }).click();
    await page.waitForURL((url) => url.pathname === paths.part(id, "workflow"));
    await page.goto(paths.processPlay(id));
    await page.getByRole("button", { name: "Chạy mô phỏng" }).click();
    await page.getByText("Hoàn thành lúc").first().waitFor();

    await page.goto(paths.publish(id));
    await page.fill("[name=reason]", "Quyết định số 1 của Ủy ban nhân dân tỉnh.");
    await page.locator('[name="ok.notOffered"]').check();
    await page.getByRole("button", { name: "Công bố", exact: true }).click();
    await page.getByText("Đã công bố phiên bản 1.").waitFor();
    await page.context().close();

    const { sketch } = await findManuscript(world.admin, id);
    const offering = await (await world.signInAdmin()).get(adminPaths.offeringsOf(code));
    const offered = await offering.submit("Giao tiếp nhận", { group: "commune_committee", reason: "Quyết định số 1." });
    expect([offered.status, offered.errors()]).toEqual([200, []]);
    expect(offered.text).toContain("phường Đông Kinh");
    const path = await file(sketch);
    const take = async (who: Who, button: string, values: Readonly<Record<string, Value>> = {}): Promise<Page> => {
      const opened = await (await world.as(who)).get(path);
      const done = await opened.submit(button, values);
      expect([who, button, done.status, done.errors()]).toEqual([who, button, 200, []]);
      return done;
    };
    await take("dongKinhDesk", "Tiếp nhận hồ sơ");
    await take("dongKinhDesk", "Chuyển xét");
    await publishAgain();
    await take("dongKinhJustice", "Lấy ý kiến công an");
    await take("dongKinhPolice", "Gửi ý kiến", { note: "Không có ý kiến gì thêm." });
    await take("dongKinhJustice", "Trình ký");
    await take("dongKinhLeader", "Lưu kết quả", {
      number: "1/TTV",
      "issuedOn.day": "20",
      "issuedOn.month": "11",
      "issuedOn.year": "2026",
      file: pdfUpload("Thẻ thư viện"),
    });
    await take("dongKinhLeader", "Cấp thẻ");
    const ended = await world.db.dossier.findFirstOrThrow({
      where: { procedure: { code } },
      select: {
        status: true,
        procedureVersion: { select: { number: true } },
        fees: { select: { amount: true } },
      },
    });
    expect(ended).toMatchObject({
      status: "completed",
      procedureVersion: { number: 1 },
      fees: [{ amount: 10_000n }],
    });
    expect((await world.publishedAs(code)).definition.workflow.steps[0]?.name.vi).toBe("Nhận hồ sơ kiểu mới");
  },
);

/** A citizen files it, in the first of its cases. @returns the address of its page at the desk */
async function file(sketch: Sketch): Promise<string> {
  await createCitizen(world.system(), { fullName: "Hoàng Thị Nhàn", phone: "0912000777", password: PASSWORD });
  const citizen = await world.signIn("0912000777", PASSWORD);
  const first = await beginDraft(await citizen.get(`/thu-tuc/${code}/nop-ho-so`), "Đông Kinh");
  const known = answers(sketch);
  const asking = await first.submit("Lưu và tiếp tục", answersFor(first, known));
  const grown = await asking.submit(/^Thêm/, answersFor(asking, known));
  const row = /name="([^"]+)\.tenSach"/.exec(grown.html)?.[1] ?? "";
  const check = await fillDraft(grown, { ...known, [`${row}.tenSach`]: "Truyện Kiều", [`${row}.tienDatCoc`]: "20000" });
  expect(check.text).toContain("Truyện Kiều");
  // Of the first case alone: its fee, its papers.
  expect(check.text).toContain("10.000 đồng");
  expect(check.text).toContain("Bản chụp căn cước");
  for (const other of ["5.000 đồng", "Thẻ cũ"]) expect(check.text).not.toContain(other);
  const filed = await check.submit("Nộp hồ sơ", { declare: "yes" });
  expect(filed.heading).toBe("Đã nộp hồ sơ");
  const { id } = await world.db.dossier.findFirstOrThrow({
    where: { procedure: { code } },
    select: { id: true },
  });
  return `/mot-cua/ho-so/${id}`;
}

/** The next version, by the administrator's own pages: other fees, other steps. */
async function publishAgain(): Promise<void> {
  const browser = await world.signInAdmin();
  const begun = await (await browser.get(paths.procedure(code))).submit("Soạn phiên bản mới");
  const id = /soan\/([^/?]+)/.exec(begun.path)?.[1] ?? "";
  const step = await (await browser.get(paths.part(id, "workflow"))).follow(/^Sửa bước “Nhận hồ sơ”/);
  await step.submit("Lưu bước", { "Tên bước": "Nhận hồ sơ kiểu mới" });
  await (await browser.get(paths.processPlay(id))).submit("Chạy mô phỏng");
  const list = await browser.get(paths.publish(id));
  const ready = { reason: "Sửa tên bước.", "ok.unstaffed": "co" };
  const done = await list.submit("Công bố", ready);
  expect(done.text).toContain("Đã công bố phiên bản 2.");
}
