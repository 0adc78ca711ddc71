import { expect, test } from "vitest";
import { createCitizen } from "#accounts/index.ts";
import { identityFrom } from "#accounts/rules.ts";
import { makeCompany } from "#companies/index.ts";
import { openIdentityProvider } from "#integrations/oidc/index.ts";
import { startTestApp } from "../support/app.ts";
import type { Client, Page } from "../support/client.ts";
import { startIdentityProvider } from "../support/identity-provider.ts";

const PASSWORD = "con trâu đi trước";
const lan = {
  LoaiTaiKhoan: "1",
  SoDinhDanh: "020190000301",
  HoVaTen: "NGUYỄN THỊ LAN",
  NgayThangNamSinh: "19900327",
  SoDienThoai: "0912000301",
  IAL: "2",
};
const nhung = { ...lan, HoVaTen: "NÔNG THỊ NHUNG", SoDinhDanh: "020190000377", SoDienThoai: "0912000377" };
const people = {
  lan,
  nhung,
  twin: { ...lan, SoDinhDanh: "020190000999", SoDienThoai: undefined },
  pao: { LoaiTaiKhoan: "1", SoDinhDanh: "020185000302", HoVaTen: "Lý Văn Páo", IAL: "1" },
  company: { LoaiTaiKhoan: "2", HoVaTen: "Công ty Hoa Hồi", MaSoThue: "4900864218", IAL: "2" },
};
let base = "";
const provider = await startIdentityProvider(people, () => `${base}/dang-nhap/dinh-danh-dien-tu/ve`);
const portal = await startTestApp({ identityProvider: openIdentityProvider(provider.settings) });
base = portal.base;
provider.open();

/** Goes through the provider's own pages as somebody. */
async function come(who: keyof typeof people, start: () => Promise<Page>): Promise<Page> {
  const signIn = await start();
  const consent = await signIn.submit("Sign-in", { login: who, password: "x" });
  return consent.has("button", "Continue") ? consent.submit("Continue") : consent;
}
/** As if another browser window asked: the provider knows nobody from before. */
const forgetProvider = ({ cookies }: Client): void => {
  for (const name of [...cookies.keys()]) if (name.startsWith("_")) cookies.delete(name);
};
const begin = (browser: Client) => () => browser.get("/dang-nhap/dinh-danh-dien-tu?tiep=%2Fca-nhan%2Ftai-khoan");

test("somebody new comes by an electronic identity and has a verified account, and the next time comes to the same one", async () => {
  const browser = portal.client();
  expect((await browser.get("/dang-nhap")).link("Đăng nhập bằng định danh điện tử")).toBe(
    "/dang-nhap/dinh-danh-dien-tu",
  );
  const page = await come("lan", begin(browser));
  expect(page.path).toBe("/ca-nhan/tai-khoan");
  expect(page.summary()).toMatchObject({
    "Số định danh cá nhân": "020190000301",
    "Mức xác thực": "Đã xác thực",
    "Ngày sinh": "27/03/1990",
    "Số điện thoại liên hệ": "0912000301",
  });
  const again = portal.client();
  await come("lan", begin(again));
  expect(await portal.db.account.count({ where: { username: "0912000301" } })).toBe(1);
  // What was proven is not rewritten by hand.
  const form = await browser.get("/ca-nhan/tai-khoan/sua");
  const saved = await form.submit("Lưu thông tin", { "Họ và tên": "Ai Đó Khác" });
  expect(saved.summary()["Họ và tên"]).toBe("NGUYỄN THỊ LAN");
});

test("an identity whose phone number has an account opens it to nobody: its owner signs in there and links", async () => {
  await portal.db.electronicIdentity.deleteMany({});
  const stranger = portal.client();
  const refused = await come("lan", begin(stranger));
  expect([refused.status, refused.text.includes("đã có tài khoản")]).toEqual([409, true]);
  expect((await stranger.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
});

test("a declared account becomes verified by linking, an identity is one account's, and one person's account is never another's", async () => {
  await createCitizen(portal.system(), { fullName: "Lan", phone: "0912000310", password: PASSWORD });
  const owner = await portal.signIn("0912000310", PASSWORD);
  const link = (browser: Client) => async () => (await browser.get("/bao-mat")).submit("Liên kết định danh điện tử");
  const linked = await come("lan", link(owner));
  expect(linked.text).toContain("Đã liên kết định danh điện tử.");
  expect((await owner.get("/ca-nhan/tai-khoan")).summary()).toMatchObject({
    "Mức xác thực": "Đã xác thực",
    "Số định danh cá nhân": "020190000301",
  });

  await createCitizen(portal.system(), { fullName: "Khác", phone: "0912000311", password: PASSWORD });
  const other = await portal.signIn("0912000311", PASSWORD);
  const taken = await come("lan", link(other));
  expect([taken.status, taken.text.includes("tài khoản khác")]).toEqual([409, true]);

  await (await owner.get("/bao-mat")).submit("Bỏ liên kết");
  const fresh = await portal.signIn("0912000310", PASSWORD);
  const wrong = await come("twin", link(fresh));
  expect([wrong.status, wrong.text.includes("số định danh khác")]).toEqual([409, true]);
  const kinds = await portal.db.securityEvent.findMany({ where: { kind: { startsWith: "identity." } } });
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["identity.linked", "identity.unlinked"]));
});

test("who has no password keeps the identity that lets them in", async () => {
  const browser = portal.client();
  await come("pao", begin(browser));
  const kept = await (await browser.get("/bao-mat")).submit("Bỏ liên kết");
  expect([kept.status, kept.text.includes("đặt mật khẩu")]).toEqual([409, true]);
});

test("a company's identity is no citizen's, and an answer that was not asked for here is refused", async () => {
  const browser = portal.client();
  expect((await come("company", begin(browser))).status).toBe(409);
  const forged = portal.client();
  expect((await forged.get("/dang-nhap/dinh-danh-dien-tu/ve?code=x&state=y")).status).toBe(409);
  await forged.once("GET", "/dang-nhap/dinh-danh-dien-tu");
  expect((await forged.get("/dang-nhap/dinh-danh-dien-tu/ve?code=x&state=y")).status).toBe(409);
});

test.each([
  [{ IAL: "2", SoDinhDanh: "020190000301" }, 2],
  [{ loAs: "2", SoDinhDanh: "020190000301" }, 2],
  [{ IAL: 1, SoDinhDanh: "020190000301" }, 1],
  [{ SoDinhDanh: "020190000301" }, 1],
  [{ IAL: "2" }, 1],
])("claims %o are of level %s", (claims, level) => {
  expect(identityFrom({ iss: "https://x", sub: "1", HoVaTen: "Lan", ...claims })?.level).toBe(level);
});

test.each([
  ["19900327", "1990-03-27"],
  ["27/03/1990", "1990-03-27"],
  ["1990-03-27", "1990-03-27"],
  ["1990", null],
  ["31/13/1990", null],
])("the day %s is kept as %s", (NgayThangNamSinh, day) => {
  expect(identityFrom({ iss: "https://x", sub: "1", HoVaTen: "Lan", NgayThangNamSinh })?.birthDate).toBe(day);
});

test("who has no password proves themself afresh by the identity that their account is linked to, and by no other", async () => {
  const browser = portal.client();
  await come("nhung", begin(browser));
  const { accountId } = await portal.db.electronicIdentity.findFirstOrThrow({
    where: { personalId: nhung.SoDinhDanh },
  });
  await portal.db.$executeRaw`UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{provenAt}', '1000')::json
    WHERE sess->'passport'->>'user' = ${accountId}`;
  const asked = await browser.get("/ca-nhan/tai-khoan/lien-lac");
  expect(asked.path).toMatch(/^\/xac-nhan-lai/);
  forgetProvider(browser);
  const other = await come("pao", () => asked.submit("Xác nhận bằng định danh điện tử"));
  expect(other.status).toBe(409);
  expect((await browser.get("/ca-nhan/tai-khoan/lien-lac")).path).toMatch(/^\/xac-nhan-lai/);
  forgetProvider(browser);
  const proven = await come("nhung", () => asked.submit("Xác nhận bằng định danh điện tử"));
  expect(proven.path).toBe("/ca-nhan/tai-khoan/lien-lac");
});

test("a company's own identity confirms the company of its tax code, and no other", async () => {
  const browser = portal.client();
  await come("nhung", begin(browser));
  const { accountId } = await portal.db.electronicIdentity.findFirstOrThrow({
    where: { personalId: nhung.SoDinhDanh },
  });
  const ctx = { ...portal.system(), actor: { kind: "citizen" as const, accountId, name: "Lan" } };
  const described = { name: "Công ty", position: "Giám đốc", communeCode: null, addressLine: null, address: null };
  const make = async (taxCode: string): Promise<string> => {
    const made = await makeCompany(ctx, { ...described, taxCode, phone: null, email: null });
    return made === "own" ? "" : made.id;
  };
  const [own, foreign] = [await make("4900864218"), await make("4900777124")];
  const confirm = (id: string, who: keyof typeof people) => async () => {
    forgetProvider(browser);
    const page = await browser.get(`/ca-nhan/to-chuc/${id}`);
    return come(who, () => page.submit("Xác nhận bằng định danh điện tử của tổ chức"));
  };
  expect((await confirm(own, "nhung")()).status).toBe(409);
  expect((await confirm(foreign, "company")()).text).toContain("của tổ chức có mã số khác");
  const done = await confirm(own, "company")();
  expect([done.path, done.text.includes("Định danh điện tử của tổ chức xác nhận")]).toEqual([
    `/ca-nhan/to-chuc/${own}`,
    true,
  ]);
  expect(await portal.db.company.count({ where: { confirmedAt: { not: null } } })).toBe(1);
  const stranger = portal.client();
  await come("pao", begin(stranger));
  expect((await stranger.post(`/bao-mat/to-chuc/${own}/xac-nhan`, {})).status).toBe(404);
});
