import { afterEach, describe, expect, test } from "vitest";
import { textOf } from "../support/html.ts";
import {
  BIRTH,
  BY_AUTHORIZATION,
  begin,
  birthPages,
  draftIdOf,
  fillAll,
  home,
  PDF,
  pageOf,
  startPortal,
} from "./people.ts";

const { portal, lan, other } = await startPortal();
const { commune, agencyId } = await home(portal);
const START = `/thu-tuc/${BIRTH}/nop-ho-so`;

afterEach(async () => {
  await portal.db.attachment.deleteMany({ where: { dossierId: null } });
  await portal.db.draft.deleteMany();
});

describe("beginning", () => {
  test("a visitor signs in first and comes back to where filing begins", async () => {
    const visitor = portal.client();
    const page = await visitor.get(START);
    expect(page.path).toMatch(/^\/dang-nhap\?tiep=/);
    const back = await page.submit("Đăng nhập", { username: "0912000102", password: "con trâu đi trước" });
    expect(back.path).toBe(START);
    expect(back.heading).toBe("Nộp hồ sơ trực tuyến");
  });

  test("a procedure that is not filed here says so before it asks anybody to sign in", async () => {
    const page = await portal.client().get("/thu-tuc/2.000815/nop-ho-so");
    expect([page.status, page.heading]).toEqual([200, "Thủ tục này không nộp trực tuyến tại đây"]);
    expect(page.text).toContain("tại quầy");
    expect((await lan.post("/thu-tuc/2.000815/nop-ho-so", { agency: agencyId })).status).toBe(409);
    expect((await lan.get("/thu-tuc/9.999999/nop-ho-so")).status).toBe(404);
  });

  test("an agency that nobody offered is no receiving agency", async () => {
    for (const agency of ["", "x", "00000000-0000-7000-8000-000000000000"]) {
      const page = await lan.post(START, { agency });
      expect([page.status, page.errors()]).toEqual([422, [{ text: "Hãy chọn nơi nhận hồ sơ.", field: "agency" }]]);
    }
  });
});

describe("what the account says of its person", () => {
  test("chooses the nearest agency and fills in the applicant's page, residence included", async () => {
    const profile = await other.get("/ca-nhan/tai-khoan/sua");
    await profile.submit("Lưu thông tin", {
      "address.province": "20",
      "address.commune": commune,
      "address.line": "12 đường Trần Đăng Ninh",
    });
    const start = await other.get(START);
    expect(start.html).toContain(`<option value="${agencyId}" selected>`);
    const page = await begin(other, agencyId);
    expect(page.html).toContain(`<option value="${commune}" selected>`);
    expect(page.html).toContain('value="12 đường Trần Đăng Ninh"');
    expect(page.html).toContain('value="Trần Văn Khác"');
  });
});

describe("unfinished drafts", () => {
  test("are offered before a new one is begun, and there is an end to them", async () => {
    const first = await begin(lan, agencyId);
    const start = await lan.get(START);
    expect(start.text).toContain("Bạn đang soạn dở hồ sơ của thủ tục này");
    expect((await start.follow(/^Làm tiếp/)).path).toBe(first.path);
    expect((await other.get(START)).text).not.toContain("soạn dở");
    for (let i = 1; i < 10; i++) await lan.post(START, { agency: agencyId });
    const told = await lan.post(START, { agency: agencyId });
    expect([told.status, told.errors()]).toEqual([
      409,
      [{ text: expect.stringContaining("10 hồ sơ soạn dở"), field: "ban-nhap" }],
    ]);
    // What to do stands there: go on with one of them, or delete some.
    expect(told.all("a").filter((link) => textOf(link).startsWith("Làm tiếp"))).toHaveLength(10);
    expect((await told.follow(/^Xem và xóa bớt/)).path).toBe("/ca-nhan/ho-so");
  });
});

describe("a birth is registered without JavaScript", () => {
  test("from the first question to the reference, and the dossier is the citizen's alone", async () => {
    const first = await begin(lan, agencyId);
    expect(pageOf(first.path)).toBe("nguoi-nop");
    // How many steps there are is said once it is known.
    expect(first.text).toMatch(/Bước 1: Người nộp/);
    const check = await fillAll(first, commune);
    expect(check.heading).toBe("Kiểm tra và nộp hồ sơ");
    expect(check.summary()).toMatchObject({
      "Họ, chữ đệm và tên": "Nguyễn Thị Lan",
      "Giấy chứng sinh": expect.stringContaining("Giấy chứng sinh.pdf"),
      "Phí cấp bản sao trích lục khai sinh": "16.000 đồng (2 bản, 8.000 đồng mỗi bản)",
      "Lệ phí đăng ký khai sinh": "0 đồng",
      "Tổng cộng": "16.000 đồng",
      "Bạn muốn nhận kết quả bằng cách nào?": expect.stringContaining("Bản giấy tại bộ phận một cửa"),
    });
    expect(check.text).toContain("hạn trả kết quả là");

    const list = await lan.get("/ca-nhan/ho-so");
    expect(list.text).toContain("Cơ quan nhà nước chưa nhận được những hồ sơ này");

    const filed = await check.submit("Nộp hồ sơ");
    expect([filed.status, filed.heading]).toEqual([200, "Đã nộp hồ sơ"]);
    expect(filed.text).toContain("chưa được tiếp nhận");
    const reference = /ho-so\/([^?]+)/.exec(filed.path)?.[1] ?? "";

    const row = await portal.db.dossier.findUniqueOrThrow({
      where: { reference },
      include: { parties: true, answers: true, attachments: true, fees: true, events: true },
    });
    expect(row).toMatchObject({ status: "submitted", channel: "online", returnMethod: "counter", code: null });
    expect(row.parties.find(({ role }) => role === "applicant")).toMatchObject({
      fullName: "Nguyễn Thị Lan",
      phone: "0912000101",
      communeCode: commune,
    });
    expect(row.parties.find(({ role }) => role === "owner")).toMatchObject({
      fullName: "Nguyễn Minh An",
      gender: "female",
    });
    expect(row.answers[0]?.answers).toMatchObject({ childName: "Nguyễn Minh An", copyCount: 2, fatherDeclared: false });
    expect(row.attachments.map(({ name, requirementId, draftId }) => ({ name, requirementId, draftId }))).toEqual([
      { name: "Giấy chứng sinh.pdf", requirementId: "birthProof", draftId: null },
    ]);
    const fees = Object.fromEntries(row.fees.map(({ feeId, amount, quantity }) => [feeId, amount * BigInt(quantity)]));
    expect(fees).toEqual({ fee: 0n, copyFee: 16000n });
    expect(row.events.map(({ type }) => type)).toEqual(["dossier.submitted"]);
    expect(await portal.db.draft.count({ where: { id: draftIdOf(first) } })).toBe(0);

    const page = await filed.follow("Theo dõi hồ sơ");
    expect(page.text).toContain("Đã nộp, chờ tiếp nhận");
    expect(page.summary()).toMatchObject({ "Họ, chữ đệm, tên của trẻ": "Nguyễn Minh An" });
    const file = await page.follow(/^Tải về Giấy chứng sinh.pdf$/);
    expect([file.status, file.headers.get("content-type"), file.body.equals(PDF.content as Buffer)]).toEqual([
      200,
      "application/pdf",
      true,
    ]);

    // The draft's address leads to what became of it.
    expect((await lan.get(first.path)).path).toBe(`/ca-nhan/ho-so/${reference}?moi=1`);

    for (const stranger of [other, portal.client()]) {
      for (const path of [
        page.path,
        file.path,
        `${page.path}?moi=1`,
        first.path,
        `/ca-nhan/ban-nhap/${draftIdOf(first)}/kiem-tra`,
      ]) {
        const answer = await stranger.get(path);
        if (stranger === other) expect([path, answer.status]).toEqual([path, 404]);
        else expect(answer.path).toMatch(/^\/dang-nhap/);
      }
    }
    expect((await other.get("/ca-nhan/ho-so")).text).not.toContain("Nguyễn Minh An");
  });

  test("twenty submits of one draft at once give one dossier, and one reference in every answer", async () => {
    const check = await fillAll(await begin(lan, agencyId), commune);
    const before = await portal.db.dossier.count();
    const version = check.byId("main") ? /name="version" value="(\d+)"/.exec(check.html)?.[1] : "";
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        lan.once("POST", check.path, new URLSearchParams({ version: version ?? "", viec: "" })),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(new Set(answers.map(({ headers }) => headers.get("location"))).size).toBe(1);
    expect((await portal.db.dossier.count()) - before).toBe(1);
  });
});

describe("nothing is lost", () => {
  test("a page with mistakes comes back with what was typed, each mistake at its field, and is kept so", async () => {
    const first = await begin(lan, agencyId);
    const typed = {
      fullName: "Lan 123",
      personalId: "12",
      "birthDate.day": "31",
      "birthDate.month": "2",
      "birthDate.year": "1990",
      phone: "abc",
      email: "không phải thư",
    };
    const page = await first.submit("Lưu và tiếp tục", typed);
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^Lỗi:/);
    expect(page.errors().map(({ field }) => field)).toEqual(
      expect.arrayContaining([
        "fullName",
        "personalId",
        "birthDate.day",
        "phone",
        "email",
        "address.commune",
        "actingFor",
      ]),
    );
    for (const name of Object.keys(typed)) expect(page.html).toContain(`name="${name}" type=`);
    expect(page.html).toContain('value="Lan 123"');
    for (const { field } of page.errors()) expect([field, page.byId(field) !== undefined]).toEqual([field, true]);

    const again = await lan.get(first.path);
    expect(again.html).toContain('value="Lan 123"');
    expect(again.errors()).toEqual([]);

    const check = await lan.get(`/ca-nhan/ban-nhap/${draftIdOf(first)}/kiem-tra`);
    expect(check.heading).toBe("Hồ sơ còn thiếu");
    expect(check.text).toContain("Cần sửa");
    const corrected = await check.follow("Người nộp hồ sơ");
    expect(corrected.errors().length).toBeGreaterThan(3);
    const done = await corrected.submit("Lưu và về trang kiểm tra", { ...birthPages(commune)["nguoi-nop"], email: "" });
    expect(pageOf(done.path)).toBe("kiem-tra");
    expect(done.text).not.toContain("Cần sửa");
  });

  test("“save and finish later” keeps whatever is typed, and the list says that nothing was filed", async () => {
    const first = await begin(lan, agencyId);
    const list = await first.submit("Lưu và làm tiếp sau", { fullName: "Lan dở dang 1" });
    expect(list.path).toBe("/ca-nhan/ho-so");
    expect(list.text).toContain("Hồ sơ này chưa được nộp");
    expect((await lan.get(first.path)).html).toContain('value="Lan dở dang 1"');
  });

  test("the second of two windows is told that the first has saved, sees what it typed, and may then save it", async () => {
    const first = await begin(lan, agencyId);
    const values = birthPages(commune)["nguoi-nop"] ?? {};
    const second = await lan.get(first.path);
    await first.submit("Lưu và tiếp tục", values);
    const told = await second.submit("Lưu và tiếp tục", { ...values, fullName: "Nguyễn Thị Lan Anh" });
    expect(told.status).toBe(409);
    expect(told.text).toContain("vừa được sửa ở cửa sổ khác");
    expect(told.html).toContain('value="Nguyễn Thị Lan Anh"');
    const stored = async () => (await portal.db.draft.findUniqueOrThrow({ where: { id: draftIdOf(first) } })).answers;
    expect(JSON.stringify(await stored())).not.toContain("Lan Anh");
    const saved = await told.submit("Lưu và tiếp tục");
    expect(saved.status).toBe(200);
    expect(JSON.stringify(await stored())).toContain("Nguyễn Thị Lan Anh");
  });

  test("the last page is not filed when another window changed the draft after it was read", async () => {
    const check = await fillAll(await begin(lan, agencyId), commune);
    const page = await lan.get(check.path.replace("kiem-tra", "tre"));
    await page.submit("Lưu và tiếp tục", { childName: "Nguyễn Minh Châu" });
    const told = await check.submit("Nộp hồ sơ");
    expect([told.status, told.heading]).toEqual([409, "Kiểm tra và nộp hồ sơ"]);
    expect(told.text).toContain("Nguyễn Minh Châu");
    expect((await told.submit("Nộp hồ sơ")).heading).toBe("Đã nộp hồ sơ");
  });

  test("a draft of an older version is carried over, and the person is told to look again", async () => {
    const first = await begin(lan, agencyId);
    const check = await fillAll(first, commune);
    const draftId = draftIdOf(check);
    const now = await portal.db.procedureVersion.findFirstOrThrow({
      where: { procedure: { code: BIRTH } },
      orderBy: { number: "desc" },
    });
    const definition = structuredClone(now.definition) as {
      form: { pages: { id: string; fields: { id: string }[] }[] };
      summary: { vi: string };
    };
    definition.summary.vi += " (sửa đổi)";
    const { publishProcedure, ProcedureDefinition } = await import("#procedures/index.ts");
    await publishProcedure(portal.system(), ProcedureDefinition.parse(definition), new Date(Date.now() - 1000));
    const page = await lan.get(`/ca-nhan/ban-nhap/${draftId}/tre`);
    expect(page.text).toContain("Thủ tục đã có phiên bản mới");
    expect(page.html).toContain('value="Nguyễn Minh An"');
    const draft = await portal.db.draft.findUniqueOrThrow({ where: { id: draftId } });
    expect(draft.procedureVersionId).not.toBe(now.id);
    expect((await lan.get(`/ca-nhan/ban-nhap/${draftId}/kiem-tra`)).heading).toBe("Hồ sơ còn thiếu");
    expect((await fillAll(await lan.get(`/ca-nhan/ban-nhap/${draftId}/nguoi-nop`), commune)).heading).toBe(
      "Kiểm tra và nộp hồ sơ",
    );
  });
});

describe("papers", () => {
  const papersPage = async () => {
    const check = await fillAll(await begin(lan, agencyId), commune);
    return lan.get(check.path.replace("kiem-tra", "giay-to"));
  };

  test("several files for one paper, each can be opened and taken off again", async () => {
    const page = await papersPage();
    const two = await page.submit("Tải tệp lên", { "tep.birthProof": [PDF, { ...PDF, name: "trang 2.pdf" }] });
    expect(two.text).toContain("Đã tải lên Giấy chứng sinh.pdf, trang 2.pdf.");
    expect(two.listByRole("link", /^(?!Thay).*\.pdf$/)).toHaveLength(3);
    const file = await two.follow("trang 2.pdf");
    expect([file.status, file.headers.get("content-disposition")?.startsWith("inline")]).toEqual([200, true]);
    expect((await other.get(file.path)).status).toBe(404);
    const one = await two.submit(/^Xóa trang 2.pdf$/);
    expect(one.listByRole("link", /^(?!Thay).*\.pdf$/)).toHaveLength(2);
    expect((await lan.get(file.path)).status).toBe(404);
  });

  test("a missing, an empty and an unsupported file are told at their control; the right ones are kept", async () => {
    const page = await papersPage();
    const bare = await page.submit(/^Xóa Giấy chứng sinh.pdf$/);
    const missing = await bare.submit("Lưu và tiếp tục");
    expect([missing.status, missing.errors()]).toEqual([
      422,
      [{ text: "Hãy tải lên “Giấy chứng sinh”.", field: "tep.birthProof" }],
    ]);
    const evil = { name: "virus.pdf", type: "application/pdf", content: "MZ this is no PDF" };
    const wrong = await missing.submit("Lưu và tiếp tục", { "tep.birthProof": [PDF, evil] });
    expect(wrong.status).toBe(422);
    expect(wrong.errors()[0]?.text).toContain("virus.pdf");
    expect(wrong.has("link", "Giấy chứng sinh.pdf")).toBe(true);
    const empty = await wrong.submit("Lưu và tiếp tục", { "tep.birthProof": { ...PDF, content: "" } });
    expect([empty.status, empty.errors()[0]?.field]).toEqual([422, "tep.birthProof"]);
  });

  test("a truncated upload, a forged control and ten megabytes of text are refused humanely", async () => {
    const page = await papersPage();
    const cut = await lan.once("POST", page.path);
    expect(cut.status).toBeLessThan(500);
    const boundary = "xyz";
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="tep.birthProof"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4`;
    lan.headers["content-type"] = `multipart/form-data; boundary=${boundary}`;
    const truncated = await lan.send("POST", page.path, body);
    delete lan.headers["content-type"];
    expect([truncated.status, truncated.text.includes("chưa được gửi lên trọn vẹn")]).toEqual([400, true]);
    const forged = new FormData();
    forged.append("tep.marriage'; DROP", new Blob(["%PDF-1.4"]), "a.pdf");
    expect((await lan.post(page.path, forged)).status).toBe(400);
    const big = await lan.post(page.path.replace("giay-to", "tre"), { childName: "A".repeat(10_000_000) });
    expect([big.status, big.text.includes("quá lớn")]).toEqual([413, true]);
  });

  test("who files for another must bring the written authorisation", async () => {
    const page = await papersPage();
    const applicant = await lan.get(page.path.replace("giay-to", "nguoi-nop"));
    const principal = await applicant.submit("Lưu và tiếp tục", { actingFor: "other" });
    expect(principal.heading).toBe("Người được nộp thay");
    await principal.submit("Lưu và tiếp tục", BY_AUTHORIZATION["nguoi-duoc-nop-thay"] ?? {});
    const check = await lan.get(page.path.replace("giay-to", "kiem-tra"));
    expect(check.heading).toBe("Hồ sơ còn thiếu");
    const papers = await check.follow("Làm tiếp phần còn thiếu");
    const told = await papers.submit("Lưu và tiếp tục");
    expect([told.status, told.errors().map(({ field }) => field)]).toEqual([422, ["tep.proxyPaper"]]);
    await told.submit("Lưu và tiếp tục", { "tep.proxyPaper": PDF });
    const whole = await lan.get(check.path);
    expect(whole.heading).toBe("Kiểm tra và nộp hồ sơ");
    expect(whole.summary()).toMatchObject({ "Họ, chữ đệm và tên của người được nộp thay": "Nguyễn Văn Ủy" });
  });
});

describe("forged requests never break anything", () => {
  test("odd ids, pages and values are not found, refused or told, never a bug", async () => {
    const first = await begin(lan, agencyId);
    const id = draftIdOf(first);
    const paths = [
      "/ca-nhan/ban-nhap/1",
      "/ca-nhan/ban-nhap/x/y",
      `/ca-nhan/ban-nhap/${id}/khong-co`,
      `/ca-nhan/ban-nhap/${id}/tep/1`,
      "/ca-nhan/ban-nhap/00000000-0000-7000-8000-000000000000/xoa",
      "/ca-nhan/ho-so/ABC",
      "/ca-nhan/ho-so/ABC/tep/1",
      "/ca-nhan/ho-so?truoc=%27",
    ];
    for (const path of paths) {
      const page = await lan.get(path);
      expect([path, page.status]).toEqual([path, path.includes("truoc") ? 200 : 404]);
    }
    for (const page of ["nguoi-nop", "tre", "giay-to", "kiem-tra", "nguoi-me"])
      for (const fields of [
        {},
        { version: "abc" },
        { version: "99999999999" },
        { version: ["0", "1"], fullName: ["a", "b"], childBirthDate: "x", "childBirthDate.day": ["1", "2"] },
      ]) {
        const answer = await lan.post(`/ca-nhan/ban-nhap/${id}/${page}`, fields as Record<string, string>);
        expect([page, fields, answer.status < 500]).toEqual([page, fields, true]);
      }
    expect(portal.logged.filter(({ msg }) => msg === "bug")).toEqual([]);
  });

  test("nobody touches another citizen's draft", async () => {
    const first = await begin(lan, agencyId);
    const id = draftIdOf(first);
    const before = await portal.db.draft.findUniqueOrThrow({ where: { id } });
    for (const page of ["nguoi-nop", "giay-to", "kiem-tra", "xoa"])
      expect([
        page,
        (await other.post(`/ca-nhan/ban-nhap/${id}/${page}`, { version: "0", fullName: "Kẻ lạ" })).status,
      ]).toEqual([page, 404]);
    expect(await portal.db.draft.findUniqueOrThrow({ where: { id } })).toEqual(before);
  });

  test("a draft is deleted only after asking, with the rows of its files", async () => {
    const check = await fillAll(await begin(lan, agencyId), commune);
    const id = draftIdOf(check);
    const asked = await lan.get(`/ca-nhan/ban-nhap/${id}/xoa`);
    expect(asked.text).toContain("1 tệp đã tải lên");
    const list = await asked.submit("Xóa hồ sơ đang soạn");
    expect(list.text).toContain("Đã xóa hồ sơ đang soạn.");
    expect([
      await portal.db.draft.count({ where: { id } }),
      await portal.db.attachment.count({ where: { draftId: id } }),
    ]).toEqual([0, 0]);
    expect((await lan.get(check.path)).status).toBe(404);
  });
});
