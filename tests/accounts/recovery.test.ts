import { describe, expect, test } from "vitest";
import { createAdmin, createCitizen, createOfficer } from "#accounts/index.ts";
import { startTestApp } from "../support/app.ts";

const portal = await startTestApp({
  config: {
    rateLimits: true,
    sms: "console",
    mail: { url: "smtp://127.0.0.1:1", from: { name: "Cổng", address: "cong@example.vn" } },
    signIn: { secondFactor: "optional", passwords: "tcvn", stepUpMinutes: 15 },
  },
});
const PASSWORD = "con trâu đi trước";
const NEXT = "ngựa chạy đường dài";
const WORK = "Trâu đi trước 1!";

type Told = { to: string; about: string; code?: string };
/** What was told to people outside, latest last, as it waits in the owner's queue. */
async function told(): Promise<Told[]> {
  const { withClient } = await import("../../src/dev/database.mjs");
  return withClient(portal.ownerUrl, async (client) => {
    const { rows } = await client.query<{ payload: Told }>(
      `SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       WHERE t.identifier = 'accounts.tell' ORDER BY j.id`,
    );
    return rows.map(({ payload }) => payload);
  });
}
const lastCode = async () => (await told()).at(-1)?.code ?? "";
const citizen = (phone: string, email: string | null = null) =>
  createCitizen(portal.system(), { fullName: "Nguyễn Thị Lan", phone, email, password: PASSWORD });

describe("a forgotten password", () => {
  test("is set anew by a code that was sent to the account's address, and every session ends", async () => {
    await citizen("0912000401", "lan401@example.com");
    const signedIn = await portal.signIn("0912000401", PASSWORD);
    const browser = portal.client();
    const asked = await (await browser.get("/dang-nhap")).follow("Quên mật khẩu?");
    const form = await asked.submit("Gửi mã", { "Số điện thoại, thư điện tử hoặc tên đăng nhập": "0912000401" });
    expect(await told()).toMatchObject([{ to: "lan401@example.com", about: "reset" }]);
    const stored = await portal.db.oneTimeCode.findFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain(await lastCode());
    const fill = (code: string) => ({ "Mã vừa nhận": code, "Mật khẩu mới": NEXT, "Nhập lại mật khẩu mới": NEXT });
    const wrong = await form.submit("Đặt mật khẩu mới", fill("00000000"));
    expect(wrong.errors()[0]?.field).toBe("code");
    const done = await wrong.submit("Đặt mật khẩu mới", fill(await lastCode()));
    expect([done.path, done.text.includes("Đã đặt mật khẩu mới")]).toEqual(["/dang-nhap", true]);
    expect((await signedIn.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
    expect((await portal.signIn("0912000401", NEXT)).cookies.has("sid")).toBe(true);
    // A code is good once.
    expect((await wrong.submit("Đặt mật khẩu mới", fill(await lastCode()))).status).toBe(422);
  });

  test("who asks for an account that is not there reads the same, and nothing is sent", async () => {
    const before = (await told()).length;
    const [there, nowhere] = await Promise.all(
      ["0912000401", "0912000499"].map((username) => portal.client().post("/quen-mat-khau", { username })),
    );
    expect(nowhere?.text.replaceAll("0912000499", "")).toBe(there?.text.replaceAll("0912000401", ""));
    expect((await told()).length).toBe(before + 1);
  });

  test("five wrong codes are all that are judged, and a code of yesterday is none", async () => {
    await citizen("0912000402", "lan402@example.com");
    const ask = () => portal.client().post("/quen-mat-khau", { username: "0912000402" });
    const answer = (code: string) =>
      portal
        .client()
        .post("/quen-mat-khau/dat-lai", { username: "0912000402", code, password: NEXT, passwordAgain: NEXT });
    await ask();
    for (let i = 0; i < 5; i++) expect((await answer(`1111111${i}`)).status).toBe(422);
    expect((await answer(await lastCode())).status).toBe(422);
    await ask();
    await portal.db.oneTimeCode.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    expect((await answer(await lastCode())).status).toBe(422);
  });
});

describe("signing up", () => {
  const signUp = async (phone: string, more: Record<string, string>) => {
    const browser = portal.client();
    const form = await browser.get("/dang-ky?tiep=%2Fca-nhan%2Fthong-bao%2Fcai-dat");
    const again = { "Mật khẩu": PASSWORD, "Nhập lại mật khẩu": PASSWORD };
    const typed = { "Họ và tên": "Nguyễn Thị Lan", "Số điện thoại di động": phone, ...again, ...more };
    return { browser, page: await form.submit("Đăng ký", typed) };
  };
  const stateOf = (username: string) =>
    portal.db.account.findUniqueOrThrow({
      where: { username },
      select: { emailProvenAt: true, phoneProvenAt: true },
    });

  test("asks for the code that was sent to the mail address; nothing is written there before it came back", async () => {
    const { browser, page } = await signUp("0912000405", { "Thư điện tử (không bắt buộc)": "lan405@example.com" });
    expect([page.heading, page.text.includes("lan405@example.com")]).toEqual(["Nhập mã xác nhận", true]);
    expect((await told()).at(-1)).toMatchObject({ to: "lan405@example.com", about: "email" });
    const code = await lastCode();
    const later = await page.follow("Để sau");
    expect(later.path).toBe("/ca-nhan/thong-bao/cai-dat");
    expect(later.text).toContain("lan405@example.com chưa được xác nhận");
    const wrong = await page.submit("Xác nhận", { "Mã vừa nhận": "00000000" === code ? "11111111" : "00000000" });
    expect([wrong.status, wrong.errors().map(({ field }) => field)]).toEqual([422, ["code"]]);
    expect(await stateOf("0912000405")).toEqual({ emailProvenAt: null, phoneProvenAt: null });
    const done = await wrong.submit("Xác nhận", { "Mã vừa nhận": code });
    expect([done.path, done.text.includes("Thư được gửi đến lan405@example.com")]).toEqual([later.path, true]);
    expect((await stateOf("0912000405")).emailProvenAt).not.toBeNull();
    expect((await browser.get("/ca-nhan/tai-khoan")).text).toContain("Đã xác nhận");
  });

  test("without a mail address asks for the code sent to the telephone; a new code takes the place of the old one", async () => {
    const { browser, page } = await signUp("0912000406", {});
    const first = await lastCode();
    expect((await told()).at(-1)?.to).toBe("0912000406");
    const again = await page.submit("Gửi mã mới");
    expect((await again.submit("Xác nhận", { "Mã vừa nhận": first })).status).toBe(422);
    expect((await again.submit("Xác nhận", { "Mã vừa nhận": await lastCode() })).path).toBe(
      "/ca-nhan/thong-bao/cai-dat",
    );
    expect((await stateOf("0912000406")).phoneProvenAt).not.toBeNull();
    // Nothing is left to be proven: the page leads on.
    expect((await browser.post("/ca-nhan/tai-khoan/lien-lac/gui-ma", {})).path).toBe("/ca-nhan/tai-khoan/lien-lac");
  });

  test("what was proven later is proven by a code to the address that stands there already", async () => {
    await citizen("0912000407", "lan407@example.com");
    const browser = await portal.signIn("0912000407", PASSWORD);
    const page = await browser.get("/ca-nhan/tai-khoan/lien-lac");
    const sent = await page.submit("Gửi mã xác nhận đến lan407@example.com");
    await sent.submit("Xác nhận", { "Mã vừa nhận": await lastCode() });
    expect((await stateOf("0912000407")).emailProvenAt).not.toBeNull();
  });
});

describe("addresses", () => {
  test("a new mail address is used once its code came back; the old one is told", async () => {
    await citizen("0912000410", "lan410@example.com");
    const browser = await portal.signIn("0912000410", PASSWORD);
    const page = await (await browser.get("/ca-nhan/tai-khoan")).follow(/Đổi hoặc xác nhận/);
    const confirm = await page.submit("Gửi mã đến nơi mới", { "Thư điện tử mới": "moi410@example.com" });
    expect((await browser.get("/ca-nhan/tai-khoan")).summary()["Thư điện tử"]).toBe("Chưa xác nhận lan410@example.com");
    const done = await confirm.submit("Xác nhận", { "Mã vừa nhận": await lastCode() });
    expect(done.summary()["Thư điện tử"]).toBe("Đã xác nhận moi410@example.com");
    expect((await told()).at(-1)).toMatchObject({ to: "lan410@example.com", about: "changed" });
    expect((await portal.signIn("moi410@example.com", PASSWORD)).cookies.has("sid")).toBe(true);
  });

  test("a new phone number becomes the one to sign in with; somebody else's address gets no code", async () => {
    await citizen("0912000411", "lan411@example.com");
    const browser = await portal.signIn("0912000411", PASSWORD);
    const page = await browser.get("/ca-nhan/tai-khoan/lien-lac");
    const before = (await told()).length;
    await page.submit("Gửi mã đến nơi mới", { "Thư điện tử mới": "moi410@example.com" });
    expect((await told()).length).toBe(before);
    const confirm = await page.submit("Gửi mã đến nơi mới", { "Số điện thoại mới": "0912 000 412" });
    expect((await told()).at(-1)).toMatchObject({ to: "0912000412", about: "email" });
    await confirm.submit("Xác nhận", { "Mã vừa nhận": await lastCode() });
    expect((await portal.signIn("0912000412", PASSWORD)).cookies.has("sid")).toBe(true);
    expect((await portal.client().post("/dang-nhap", { username: "0912000411", password: PASSWORD })).status).toBe(422);
  });
});

describe("PASSWORD_POLICY=tcvn", () => {
  test.each([
    ["Trâu đi 1!", "Mật khẩu phải có từ 14 ký tự trở lên"],
    ["trâu đi trước 1!", "Mật khẩu phải có chữ hoa, chữ thường, chữ số và ký tự khác, ít nhất 14 ký tự"],
    ["Con trâu đi trước", "Mật khẩu phải có chữ hoa, chữ thường, chữ số và ký tự khác, ít nhất 14 ký tự"],
  ])("an officer's password %s: %s", async (password, text) => {
    const { activationToken } = await createOfficer(portal.system(), {
      username: `canbo.${Math.abs([...password].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1e9)}`,
      displayName: "Lê Hai",
      password: null,
      postings: [],
    });
    const page = await portal.client().post(`/kich-hoat/${activationToken}`, { password, passwordAgain: password });
    expect([page.status, page.errors().map((one) => one.text)]).toEqual([422, [text]]);
  });

  test("one of the last ten passwords does not come back", async () => {
    await createAdmin(portal.system(), { username: "quantri.lich", displayName: "Nông Hà", password: WORK });
    const browser = await portal.signIn("quantri.lich", WORK);
    const change = (current: string, password: string) =>
      browser.post("/mat-khau", { current, password, passwordAgain: password });
    expect((await change(WORK, "Trâu đi trước 2!")).status).toBe(200);
    const back = await change("Trâu đi trước 2!", WORK);
    expect(back.errors()[0]?.text).toBe("Mật khẩu này đã dùng trong 10 lần gần đây. Hãy chọn mật khẩu khác");
  });

  test("an administrator's password is changed every two months before anything else is done", async () => {
    await createAdmin(portal.system(), { username: "quantri.cu", displayName: "Nông Hà", password: WORK });
    const old = new Date(Date.now() - 61 * 86_400_000);
    await portal.db.account.update({ where: { username: "quantri.cu" }, data: { passwordChangedAt: old } });
    const browser = await portal.signIn("quantri.cu", WORK);
    expect((await browser.get("/quan-tri")).path).toBe("/mat-khau");
    await browser.post("/mat-khau", { current: WORK, password: "Trâu đi trước 3!", passwordAgain: "Trâu đi trước 3!" });
    expect((await browser.get("/quan-tri")).path).toBe("/quan-tri");
  });
});

test.each(["trustno1", "Michael1", "qwerty12345"])("the leaked password %s is refused", async (password) => {
  const body = { fullName: "Lan", phone: "0912000498", password, passwordAgain: password };
  const page = await portal.client().post("/dang-ky", body);
  expect([page.status, page.errors()[0]?.field]).toEqual([422, "password"]);
});
