import { beforeAll, describe, expect, test } from "vitest";
import { createAdmin, createOfficer, offerFirstAdmin } from "#accounts/index.ts";
import { listRoutes, startTestApp } from "../support/app.ts";
import type { Client, Page } from "../support/client.ts";

const portal = await startTestApp({ config: { rateLimits: true } });
const PASSWORD = "con trâu đi trước";

const fill = (phone: string, more: Record<string, string> = {}) => ({
  "Họ và tên": "Nguyễn Thị Lan",
  "Số điện thoại di động": phone,
  "Mật khẩu": PASSWORD,
  "Nhập lại mật khẩu": PASSWORD,
  ...more,
});
const signUp = async (phone: string, more: Record<string, string> = {}): Promise<{ browser: Client; page: Page }> => {
  const browser = portal.client();
  const form = await browser.get("/dang-ky");
  return { browser, page: await form.submit("Đăng ký", fill(phone, more)) };
};
const signIn = async (browser: Client, username: string, password: string, path = "/dang-nhap"): Promise<Page> => {
  const form = await browser.get(path);
  return form.submit("Đăng nhập", { "Số điện thoại, thư điện tử hoặc tên đăng nhập": username, "Mật khẩu": password });
};
const texts = (page: Page): string[] => page.errors().map(({ text }) => text);

beforeAll(async () => {
  await portal.db.administrativeUnit.createMany({
    data: [
      {
        code: "20",
        name: "Lạng Sơn",
        fullName: "Tỉnh Lạng Sơn",
        type: "tinh",
        searchName: "lang son",
        level: "province",
        parentCode: null,
      },
      {
        code: "06385",
        name: "Hữu Lũng",
        fullName: "Xã Hữu Lũng",
        type: "xa",
        searchName: "huu lung",
        level: "commune",
        parentCode: "20",
      },
    ],
  });
  await createOfficer(portal.system(), {
    username: "canbo.motcua",
    displayName: "Hoàng Văn Thụ",
    password: PASSWORD,
    postings: [],
  });
  await createAdmin(portal.system(), { username: "quantri.tinh", displayName: "Nông Thị Hà", password: PASSWORD });
});

describe("signing up", () => {
  test("somebody signs up, sees what they declared, signs out and in again", async () => {
    const { browser } = await signUp("+84 912 000 101", {
      "Thư điện tử (không bắt buộc)": "Lan101@Example.com",
      "Số định danh cá nhân (số căn cước) (không bắt buộc)": "020190000101",
      Ngày: "27",
      Tháng: "3",
      Năm: "1990",
    });
    const account = await browser.get("/ca-nhan/tai-khoan");
    expect(account.heading).toBe("Tài khoản của tôi");
    expect(account.text).toContain("“Tự khai” nghĩa là cổng chưa đối chiếu thông tin này");
    expect(account.summary()).toMatchObject({
      "Họ và tên": "Nguyễn Thị Lan",
      "Số định danh cá nhân": "020190000101",
      "Mức xác thực": "Tự khai, chưa xác thực",
      "Ngày sinh": "27/03/1990",
      "Thư điện tử": "Chưa xác nhận lan101@example.com",
      "Số điện thoại đăng nhập": "0912000101",
    });
    await account.submit("Đăng xuất");
    expect((await browser.get("/ca-nhan/tai-khoan")).path).toBe("/dang-nhap?tiep=%2Fca-nhan%2Ftai-khoan");
    await signIn(browser, "lan101@example.com", PASSWORD);
    expect((await browser.get("/ca-nhan/tai-khoan")).status).toBe(200);
  });

  test("what is missing or wrong is named at its field, what was typed is kept, passwords are not sent back", async () => {
    const { page } = await signUp("12345", {
      "Họ và tên": "",
      "Thư điện tử (không bắt buộc)": "lan@",
      "Số định danh cá nhân (số căn cước) (không bắt buộc)": "12345",
      Ngày: "31",
      Tháng: "2",
      Năm: "1990",
    });
    expect(page.status).toBe(422);
    expect(Object.fromEntries(page.errors().map(({ field, text }) => [field, text]))).toEqual({
      fullName: "Hãy nhập họ và tên",
      phone: "Nhập số điện thoại di động Việt Nam gồm 10 chữ số, ví dụ 0912 345 678",
      email: "Nhập thư điện tử đúng dạng, ví dụ ten@example.com",
      personalId: "Số định danh cá nhân gồm đúng 12 chữ số",
      "birthDate.day": "Nhập ngày sinh có thật, ví dụ 27 3 1990",
    });
    expect(page.html).toContain('value="12345"');
    expect(page.html).not.toContain(PASSWORD);
    for (const { field } of page.errors()) expect(page.byId(field)).toBeDefined();
  });

  test.each([
    ["ngắn", "Mật khẩu phải có từ 8 ký tự trở lên"],
    ["0912000102", "Mật khẩu không được trùng với họ tên, số điện thoại hoặc tên đăng nhập"],
    ["nguyenthilan", "Mật khẩu không được trùng với họ tên, số điện thoại hoặc tên đăng nhập"],
    ["matkhau123", "Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác"],
    ["12345678", "Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác"],
  ])("the password %s is refused: %s", async (password, text) => {
    const { page } = await signUp("0912000102", { "Mật khẩu": password, "Nhập lại mật khẩu": password });
    expect(page.status).toBe(422);
    expect(texts(page)).toEqual([text]);
  });

  test("two passwords that differ are asked for again", async () => {
    const { page } = await signUp("0912000102", { "Nhập lại mật khẩu": "con trâu đi sau" });
    expect(page.errors()).toEqual([
      { text: "Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại", field: "passwordAgain" },
    ]);
  });

  test("a phone number and an e-mail address have one account, a declared personal id may have two", async () => {
    const id = { "Số định danh cá nhân (số căn cước) (không bắt buộc)": "020190000103" };
    await signUp("0912000103", { ...id, "Thư điện tử (không bắt buộc)": "lan103@example.com" });
    expect(texts((await signUp("0912 000 103")).page)).toEqual([
      "Số điện thoại này đã có tài khoản. Hãy đăng nhập, hoặc kiểm tra lại số đã nhập",
    ]);
    expect(
      (await signUp("0912000104", { "Thư điện tử (không bắt buộc)": "LAN103@example.com" })).page.errors()[0]?.field,
    ).toBe("email");
    await signUp("0912000105", id);
    expect(await portal.db.citizenProfile.count({ where: { personalId: "020190000103" } })).toBe(2);
  });

  test("ten people who send the same phone number at once open one account", async () => {
    const body = { fullName: "Lý Văn Páo", phone: "0912000106", password: PASSWORD, passwordAgain: PASSWORD };
    const statuses = await Promise.all(
      Array.from(
        { length: 10 },
        async () => (await portal.client().once("POST", "/dang-ky", new URLSearchParams(body))).status,
      ),
    );
    expect(statuses.toSorted()).toEqual([303, ...Array(9).fill(422)]);
  });
});

describe("signing in", () => {
  test("an unknown name and a wrong password get the same words", async () => {
    await signUp("0912000110");
    const wrong = await signIn(portal.client(), "0912000110", "sai mật khẩu rồi");
    const unknown = await signIn(portal.client(), "0912999999", "sai mật khẩu rồi");
    expect([wrong.status, unknown.status]).toEqual([422, 422]);
    expect(texts(wrong)).toEqual(["Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại."]);
    expect(texts(unknown)).toEqual(texts(wrong));
  });

  test("after five wrong passwords the account's door is closed, even to the right one, and the page says how long", async () => {
    await signUp("0912000111");
    for (let i = 0; i < 5; i++)
      expect((await signIn(portal.client(), "0912000111", `sai lần thứ ${i}`)).status).toBe(422);
    const closed = await signIn(portal.client(), "0912 000 111", PASSWORD);
    expect(closed.status).toBe(429);
    expect(texts(closed)[0]).toMatch(/^Bạn đã nhập sai quá nhiều lần\. Hãy đợi (\d+) giây rồi thử lại\.$/);
    const seconds = Number(closed.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(800);
    expect(seconds).toBeLessThanOrEqual(900);
    expect((await signIn(portal.client(), "0912000101", PASSWORD)).path).toBe("/ca-nhan/ho-so");
  });

  test("phone number and e-mail address are one door: five wrong passwords by either close both", async () => {
    await signUp("0912000119", { "Thư điện tử (không bắt buộc)": "lan119@example.com" });
    const guess = async (username: string, i: number) =>
      (await signIn(portal.client(), username, `sai lần thứ ${i}`)).status;
    for (let i = 0; i < 5; i++) expect(await guess(i % 2 ? "0912000119" : "Lan119@example.com", i)).toBe(422);
    expect([await guess("0912000119", 6), await guess("lan119@example.com", 7)]).toEqual([429, 429]);
  });

  test("twenty guesses sent at once are no more than five", async () => {
    await signUp("0912000112");
    const guess = () =>
      portal
        .client()
        .once("POST", "/dang-nhap", new URLSearchParams({ username: "0912000112", password: "đoán bừa thôi" }));
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await guess()).status));
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  test("who was going somewhere arrives there; other sites are never gone to", async () => {
    await signUp("0912000113");
    const browser = portal.client();
    const form = await browser.get("/ca-nhan/tai-khoan");
    expect(form.path).toBe("/dang-nhap?tiep=%2Fca-nhan%2Ftai-khoan");
    const values = { "Số điện thoại, thư điện tử hoặc tên đăng nhập": "0912000113", "Mật khẩu": PASSWORD };
    expect((await form.submit("Đăng nhập", values)).path).toBe("/ca-nhan/tai-khoan");
    for (const foreign of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "/\t/evil.example",
      "javascript:alert(1)",
      "/mot-cua",
      "/dang-xuat",
    ]) {
      const answer = await portal
        .client()
        .once("POST", "/dang-nhap", new URLSearchParams({ username: "0912000113", password: PASSWORD, tiep: foreign }));
      expect([foreign, answer.status, answer.headers.get("location")]).toEqual([foreign, 303, "/ca-nhan"]);
    }
  });

  test("the number of a session is another after signing in, and worth nothing after signing out", async () => {
    const { browser } = await signUp("0912000114");
    const before = browser.cookies.get("sid");
    const left = await browser.once("POST", "/dang-xuat");
    expect(left.headers.get("clear-site-data")).toBe('"cache", "storage"');
    await signIn(browser, "0912000114", PASSWORD);
    const after = browser.cookies.get("sid");
    expect(after).not.toBe(before);
    await browser.post("/dang-xuat");
    const thief = portal.client();
    for (const stolen of [before, after]) {
      thief.cookies.set("sid", String(stolen));
      expect((await thief.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
    }
  });

  test("the address /dang-xuat alone signs nobody out: it shows a button", async () => {
    const { browser } = await signUp("0912000115");
    const page = await browser.get("/dang-xuat");
    expect(page.heading).toBe("Đăng xuất");
    expect((await browser.get("/ca-nhan/tai-khoan")).status).toBe(200);
  });

  test("a disabled account is out at its next request and stays out", async () => {
    const { browser } = await signUp("0912000116");
    await portal.db.account.update({ where: { username: "0912000116" }, data: { disabledAt: new Date() } });
    expect((await browser.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
    expect((await signIn(portal.client(), "0912000116", PASSWORD)).status).toBe(422);
  });

  test("a password is the same with composed and decomposed letters", async () => {
    await signUp("0912000117");
    const page = await signIn(portal.client(), "0912000117", PASSWORD.normalize("NFD"));
    expect(page.path).toBe("/ca-nhan/ho-so");
  });

  test("visitors have no session in the database; a reader's session is written once a minute at most", async () => {
    const count = await portal.db.session.count();
    await portal.client().get("/dang-nhap");
    expect(await portal.db.session.count()).toBe(count);
    const { browser } = await signUp("0912000118");
    await browser.get("/ca-nhan/tai-khoan");
    const sid =
      decodeURIComponent(browser.cookies.get("sid") ?? "")
        .slice(2)
        .split(".")[0] ?? "";
    const written = () => portal.db.$queryRaw`SELECT xmin::text, expire FROM sessions WHERE sid = ${sid}`;
    const before = await written();
    expect(before).toHaveLength(1);
    for (let i = 0; i < 3; i++) await browser.get("/ca-nhan/tai-khoan");
    expect(await written()).toEqual(before);
    await portal.db
      .$executeRaw`UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{touchedAt}', '1000')::json WHERE sid = ${sid}`;
    const aged = await written();
    await browser.get("/ca-nhan/tai-khoan");
    expect(await written()).not.toEqual(aged);
  });
});

describe("one's own account", () => {
  test("changing the password asks for the current one and signs out the other devices", async () => {
    const { browser } = await signUp("0912000120");
    const other = await portal.signIn("0912000120", PASSWORD);
    const form = await browser.get("/mat-khau");
    const next = { "Mật khẩu mới": "ngựa chạy đường dài", "Nhập lại mật khẩu mới": "ngựa chạy đường dài" };
    expect((await form.submit("Đổi mật khẩu", { ...next, "Mật khẩu đang dùng": "không phải" })).errors()).toEqual([
      { text: "Mật khẩu đang dùng không đúng. Hãy nhập lại", field: "current" },
    ]);
    const done = await form.submit("Đổi mật khẩu", { ...next, "Mật khẩu đang dùng": PASSWORD });
    expect(done.path).toBe("/ca-nhan/tai-khoan");
    expect(done.text).toContain("Đã đổi mật khẩu.");
    expect((await browser.get("/ca-nhan/tai-khoan")).text).not.toContain("Đã đổi mật khẩu.");
    expect((await other.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
  });

  test("only a profile that is not verified is told what declared means", async () => {
    const { browser } = await signUp("0912000124");
    expect((await browser.get("/ca-nhan/tai-khoan")).text).toContain("không cho ai xem hồ sơ đã nộp trước đây");
    await portal.db.citizenProfile.updateMany({
      where: { account: { username: "0912000124" } },
      data: { identityLevel: "verified" },
    });
    const verified = await browser.get("/ca-nhan/tai-khoan");
    expect([verified.summary()["Mức xác thực"], verified.text.includes("Tự khai")]).toEqual(["Đã xác thực", false]);
  });

  test("the profile is edited; what was typed is kept where something is wrong", async () => {
    const { browser } = await signUp("0912000121");
    const form = await browser.get("/ca-nhan/tai-khoan/sua");
    const refused = await form.submit("Lưu thông tin", {
      "Số định danh cá nhân (số căn cước) (không bắt buộc)": "123",
      "Họ và tên": "Nguyễn Thị Lan Anh",
    });
    expect(refused.errors()).toEqual([{ text: "Số định danh cá nhân gồm đúng 12 chữ số", field: "personalId" }]);
    expect(refused.html).toContain("Nguyễn Thị Lan Anh");
    const saved = await form.submit("Lưu thông tin", {
      "Họ và tên": "Nguyễn Thị  Lan Anh",
      gender: "female",
      "address.province": "20",
      "address.commune": "06385",
      "address.line": "Thôn 3",
    });
    expect(saved.summary()).toMatchObject({
      "Họ và tên": "Nguyễn Thị Lan Anh",
      "Giới tính": "Nữ",
      "Nơi cư trú": "Thôn 3, Xã Hữu Lũng, Tỉnh Lạng Sơn",
    });
  });

  test("a place of residence has a commune of its province, or is left out", async () => {
    const { browser } = await signUp("0912000123");
    const form = await browser.get("/ca-nhan/tai-khoan/sua");
    const wrong = await form.submit("Lưu thông tin", {
      "address.province": "20",
      "address.line": "Thôn 3",
      "Họ và tên": "",
    });
    expect([wrong.status, wrong.errors().map(({ field }) => field)]).toEqual([422, ["fullName", "address.commune"]]);
    expect(wrong.html).toContain("Thôn 3");
    const saved = await form.submit("Lưu thông tin", {});
    expect(saved.summary()).toMatchObject({ "Nơi cư trú": "Chưa khai" });
  });

  test("an account that somebody else opened is activated by its link, once", async () => {
    const opened = await createOfficer(portal.system(), {
      username: "canbo.moi",
      displayName: "Lương Văn Tri",
      password: null,
      postings: [],
    });
    const path = `/kich-hoat/${opened.activationToken}`;
    expect((await signIn(portal.client(), "canbo.moi", PASSWORD)).status).toBe(422);
    const form = await portal.client().get(path);
    expect(form.text).toContain("Lương Văn Tri");
    const [first, second] = await Promise.all(
      [PASSWORD, PASSWORD].map(() =>
        portal.client().once("POST", path, new URLSearchParams({ password: PASSWORD, passwordAgain: PASSWORD })),
      ),
    );
    expect([first?.status, second?.status].toSorted()).toEqual([303, 410]);
    expect((await portal.client().get(path)).status).toBe(410);
  });

  test("an activation link is over after 24 hours, and the first administrator's is offered only while there is none", async () => {
    const yesterday = portal.system(new Date(Date.now() - 24 * 3_600_000 - 1000));
    const opened = await createOfficer(yesterday, {
      username: "canbo.cu",
      displayName: "Bế Văn Đàn",
      password: null,
      postings: [],
    });
    expect((await portal.client().get(`/kich-hoat/${opened.activationToken}`)).status).toBe(410);
    expect(await offerFirstAdmin(portal.system(), "Quản trị")).toBeNull();
  });

  test("a password that was given is changed before anything else", async () => {
    await createOfficer(portal.system(), {
      username: "canbo.capmk",
      displayName: "Phùng Chí Kiên",
      password: PASSWORD,
      mustChangePassword: true,
      postings: [],
    });
    const browser = portal.client();
    expect((await signIn(browser, "canbo.capmk", PASSWORD)).path).toBe("/mat-khau");
    expect((await browser.get("/mot-cua")).path).toBe("/mat-khau");
    const form = await browser.get("/mat-khau");
    const same = await form.submit("Đổi mật khẩu", {
      "Mật khẩu đang dùng": PASSWORD,
      "Mật khẩu mới": PASSWORD,
      "Nhập lại mật khẩu mới": PASSWORD,
    });
    expect(same.errors()).toEqual([
      { text: "Mật khẩu mới phải khác mật khẩu đang dùng. Hãy chọn mật khẩu khác", field: "password" },
    ]);
    expect((await browser.get("/mot-cua")).path).toBe("/mat-khau");
  });

  test("the language is this browser's choice and leads back to the page it was chosen on", async () => {
    const browser = portal.client();
    browser.headers["referer"] = `${portal.base}/dang-nhap?tiep=%2Fca-nhan`;
    const page = await browser.get("/ngon-ngu/en");
    expect(page.path).toBe("/dang-nhap?tiep=%2Fca-nhan");
    expect(page.heading).toBe("Sign in");
    browser.headers["referer"] = "https://evil.example/dang-nhap";
    expect((await browser.once("GET", "/ngon-ngu/vi")).headers.get("location")).toBe("/");
    expect((await browser.once("GET", "/ngon-ngu/xx")).status).toBe(404);
  });
});

describe("territories", () => {
  test.each([
    ["/ca-nhan/tai-khoan", "canbo.motcua"],
    ["/mot-cua", "0912000101"],
    ["/quan-tri", "0912000101"],
    ["/quan-tri", "canbo.motcua"],
    ["/mot-cua", "quantri.tinh"],
  ])("%s refuses %s with a humane page", async (path, username) => {
    const browser = await portal.signIn(username, PASSWORD);
    const page = await browser.get(path);
    expect(page.status).toBe(403);
    expect(page.text).toContain("Tài khoản của bạn không có quyền làm việc này.");
  });

  test("the list of routes holds what is mounted, under its territory", () => {
    const paths = listRoutes(portal.app).map(({ method, path }) => `${method} ${path}`);
    expect(paths).toEqual(
      expect.arrayContaining([
        "GET /dang-nhap",
        "POST /dang-xuat",
        "POST /ca-nhan/tai-khoan/sua",
        "GET /healthz",
        "GET /kich-hoat/:token",
      ]),
    );
    expect(paths.filter((path) => path.includes("?"))).toEqual([]);
  });
});
