import { beforeAll, describe, expect, test } from "vitest";
import { createCitizen } from "#accounts/index.ts";
import { tellOfEvent } from "../../src/notifications/actions.ts";
import { keep, rawTextOf, toolTest } from "../documents/tools.ts";
import type { Value } from "../support/client.ts";
import { BIRTH, begin, birthPages, fillAll, home, PASSWORD, PDF, pageOf, startPortal } from "./people.ts";

const { portal, lan, other } = await startPortal();
const { commune, agencyId } = await home(portal);
const TAX = "4900777124";

type Typed = Record<string, Record<string, Value>>;
const MOTHER: Typed = {
  "nguoi-nop": { actingFor: "other" },
  "nguoi-duoc-nop-thay": {
    principalRelationship: "other",
    principalName: "Hoàng Thị Mẹ",
    principalPersonalId: "020195000777",
    "principalBirthDate.year": "1995",
    principalPhone: "0987 654 321",
    principalEmail: "me@example.vn",
  },
  "giay-to": { "tep.proxyPaper": PDF },
};

const filedAs = async (path: string) => {
  const reference = /ho-so\/([^?]+)/.exec(path)?.[1] ?? "";
  return portal.db.dossier.findUniqueOrThrow({
    where: { reference },
    include: {
      parties: true,
      answers: true,
      helper: true,
      consents: true,
      ownerLetter: true,
      events: true,
      receivingAgency: true,
      competentAgency: true,
    },
  });
};
const file = async (more: Typed, ticked: Record<string, Value> = {}) => {
  const check = await fillAll(await begin(lan, agencyId), commune, more);
  const filed = await check.submit("Nộp hồ sơ", ticked);
  expect([filed.status, filed.heading]).toEqual([200, "Đã nộp hồ sơ"]);
  return { filed, dossier: await filedAs(filed.path) };
};

describe("filing in another's name", () => {
  test("applicant, owner and who authorised are shown apart; the principal gets one plain letter, told twice or not", async () => {
    const { filed, dossier } = await file(MOTHER);
    expect(dossier.answers[0]?.answers).toMatchObject({
      authorizedBy: { fullName: "Hoàng Thị Mẹ", relationship: "other", phone: "0987654321", email: "me@example.vn" },
    });
    const page = await filed.follow("Theo dõi hồ sơ");
    for (const said of ["Người nộp", "Người ủy quyền", "Chủ hồ sơ", "Hoàng Thị Mẹ", "0987654321"])
      expect([said, page.text.includes(said)]).toEqual([said, true]);
    const event = dossier.events[0]?.id ?? "";
    await tellOfEvent(portal.system(), event);
    await tellOfEvent(portal.system(), event);
    const letters = await portal.db.ownerLetter.findMany({ where: { dossierId: dossier.id } });
    expect(letters).toMatchObject([{ email: "me@example.vn", mail: "waiting", language: "vi" }]);
  });

  test("an account that only declares the principal's personal id is told nothing and sees nothing", async () => {
    const made = await createCitizen(portal.system(), {
      fullName: "Kẻ Mạo Danh",
      phone: "0912000555",
      password: PASSWORD,
      personalId: "020195000777",
      birthDate: "1995",
    });
    if ("taken" in made) throw new Error("taken");
    const { dossier } = await file(MOTHER);
    const tell = () => tellOfEvent(portal.system(), dossier.events[0]?.id ?? "");
    await tell();
    const told = () => portal.db.notification.findMany({ where: { accountId: made.accountId } });
    expect(await told()).toEqual([]);
    await portal.db.citizenProfile.update({
      where: { accountId: made.accountId },
      data: { identityLevel: "verified" },
    });
    await tell();
    // Of proven identity, they are told that it happened, and by nothing are they led to the dossier.
    expect(await told()).toMatchObject([{ kind: "filed_for_you", dossierId: null }]);
    const client = await portal.signIn("0912000555", PASSWORD);
    expect((await client.get(`/ca-nhan/ho-so/${dossier.reference}`)).status).toBe(404);
    const notices = await client.get("/ca-nhan/thong-bao");
    expect(notices.text).not.toContain(dossier.reference);
    expect((await notices.follow("Có hồ sơ vừa được nộp thay bạn")).path).toBe(`/thu-tuc/${BIRTH}`);
  });

  test("a wrong relationship, or a way that the procedure does not offer, is no answer", async () => {
    const first = await begin(lan, agencyId);
    const told = await first.submit("Lưu và tiếp tục", { actingFor: "organization" });
    expect(told.errors()).toContainEqual(expect.objectContaining({ field: "actingFor" }));
    const id = /ban-nhap\/([^/]+)/.exec(first.path)?.[1];
    // A page that these answers do not ask for leads on, and takes nothing.
    const forged = await lan.post(`/ca-nhan/ban-nhap/${id}/to-chuc-nop-ho-so`, { version: "1", organizationName: "X" });
    expect(pageOf(forged.path)).toBe("kiem-tra");
    const stored = await portal.db.draft.findUniqueOrThrow({ where: { id: id ?? "" } });
    expect(JSON.stringify(stored.answers)).not.toContain("organizationName");
  });
});

describe("filing for an organisation", () => {
  test("its tax code is checked, a mandate is asked of who is not its representative", async () => {
    const start = await lan.get("/thu-tuc/2.000635/nop-ho-so");
    const first = await start.submit("Bắt đầu kê khai", { agency: agencyId });
    const page = await first.submit("Lưu và tiếp tục", {
      ...birthPages(commune)["nguoi-nop"],
      actingFor: "organization",
    });
    expect(page.heading).toBe("Tổ chức, doanh nghiệp");
    const typed = {
      organizationName: "Công ty Xứ Lạng",
      organizationRole: "mandated",
      organizationPosition: "Giám đốc",
    };
    const told = await page.submit("Lưu và tiếp tục", { ...typed, organizationTaxCode: "4900777125" });
    expect([told.status, told.errors().map(({ field }) => field)]).toEqual([
      422,
      ["organizationTaxCode", "organizationRepresentative"],
    ]);
    const next = await told.submit("Lưu và tiếp tục", {
      ...typed,
      organizationTaxCode: TAX,
      organizationRepresentative: "Lý Văn Giám",
    });
    expect(next.status).toBe(200);
    const papers = await lan.get(next.path.replace(/[^/]+$/, "giay-to"));
    expect(papers.has("heading", "Giấy tờ kèm theo")).toBe(true);
    const missing = await papers.submit("Lưu và tiếp tục");
    expect(missing.errors().map(({ field }) => field)).toContain("tep.proxyPaper");
  });
});

describe("who helped", () => {
  const HELPER = {
    helped: "yes",
    helperName: "Nông Văn Giúp",
    helperRole: "digital_team",
    helperOrganization: "Tổ công nghệ số cộng đồng khối 3",
    helperPhone: "0912345678",
  };

  test("is written down from the last page, shown to the citizen, and counts; nobody is asked who had no help", async () => {
    const check = await fillAll(await begin(lan, agencyId), commune);
    expect(check.summary()["Người giúp kê khai"]).toContain("Không có");
    const helper = await check.follow(/Sửa người giúp kê khai/);
    const again = await helper.submit("Lưu và về trang kiểm tra", HELPER);
    expect(again.summary()["Họ và tên người giúp"]).toContain("Nông Văn Giúp");
    const filed = await again.submit("Nộp hồ sơ");
    expect((await filedAs(filed.path)).helper).toMatchObject({ role: "digital_team", phone: "0912345678" });
    expect((await filed.follow("Theo dõi hồ sơ")).text).toContain("Tổ công nghệ số cộng đồng khối 3");
    expect(await portal.db.dossierHelper.count({ where: { role: "digital_team" } })).toBe(1);
  });

  test("a forged role is no answer, and half a helper stands in the way until it is whole or nobody", async () => {
    const check = await fillAll(await begin(lan, agencyId), commune);
    const helper = await check.follow(/Sửa người giúp kê khai/);
    const told = await helper.submit("Lưu và về trang kiểm tra", { ...HELPER, helperPhone: "1" });
    expect([told.status, told.errors().map(({ field }) => field)]).toEqual([422, ["helperPhone"]]);
    const version = /name="version" value="(\d+)"/.exec(told.html)?.[1] ?? "";
    const forged = await lan.post(helper.path, { ...HELPER, version, helperRole: "minister" });
    expect(forged.status).toBe(422);
    const whole = await lan.get(check.path);
    expect(whole.heading).toBe("Hồ sơ còn thiếu");
    const nobody = await (await whole.follow("Người giúp kê khai")).submit("Lưu và về trang kiểm tra", {
      helped: "no",
    });
    const filed = await nobody.submit("Nộp hồ sơ");
    expect((await filedAs(filed.path)).helper).toBeNull();
  });
});

describe("consent", () => {
  test("to nothing is given unless ticked, and nothing of it is needed to file", async () => {
    const check = await fillAll(await begin(lan, agencyId), commune);
    expect(check.html).not.toMatch(/name="consents"[^>]*checked/);
    expect(check.text).toContain("pháp luật quy định nên không cần bạn đồng ý riêng");
    const filed = await check.submit("Nộp hồ sơ");
    expect((await filedAs(filed.path)).consents).toEqual([]);
  });

  test("is kept by purpose with the wording that was read, shown to who gave it, and taken back once", async () => {
    const { dossier } = await file({}, { consents: ["survey"] });
    expect(dossier.consents).toMatchObject([{ purpose: "survey", textVersion: 1, language: "vi" }]);
    const page = await lan.get("/ca-nhan/dong-y");
    expect(page.text).toContain("hỏi ý kiến của tôi");
    const after = await page.submit("Rút lại sự đồng ý");
    expect(after.text).toContain("Đã rút lại sự đồng ý");
    expect(after.has("button", "Rút lại sự đồng ý")).toBe(false);
    const id = dossier.consents[0]?.id ?? "";
    const first = await portal.db.consentRevocation.findUniqueOrThrow({ where: { consentId: id } });
    await lan.post(`/ca-nhan/dong-y/${id}/rut`, {});
    expect(await portal.db.consentRevocation.findUniqueOrThrow({ where: { consentId: id } })).toEqual(first);
    for (const forged of [id, "x", "00000000-0000-7000-8000-000000000000"])
      expect((await other.post(`/ca-nhan/dong-y/${forged}/rut`, {})).status).toBe(404);
    expect((await other.get("/ca-nhan/dong-y")).text).toContain("Bạn chưa đồng ý việc nào");
  });

  test("to a purpose that nobody asks is refused with the form, and nothing is filed", async () => {
    const check = await fillAll(await begin(lan, agencyId), commune);
    const version = /name="version" value="(\d+)"/.exec(check.html)?.[1] ?? "";
    const before = await portal.db.dossier.count();
    for (const consents of ["marketing", ["survey", "marketing"], ["survey", "survey", "prefill", "x"]]) {
      const told = await lan.post(check.path, { version, consents });
      expect([told.status, told.errors().map(({ field }) => field)]).toEqual([422, ["consents"]]);
    }
    expect(await portal.db.dossier.count()).toBe(before);
  });
});

describe("after filing", () => {
  toolTest(
    ["pdftotext"],
    "the applicant has a copy to keep: A4, the same bytes each time, with every paper and its digest; nobody else has",
    async () => {
      const { filed, dossier } = await file(MOTHER);
      expect(filed.text).toContain("me@example.vn");
      const pdf = await filed.follow("Tải bản sao hồ sơ (PDF)");
      expect([pdf.status, pdf.headers.get("content-type")]).toEqual([200, "application/pdf"]);
      expect(pdf.body.subarray(0, 5).toString()).toBe("%PDF-");
      const again = await lan.get(`/ca-nhan/ho-so/${dossier.reference}/ban-sao`);
      expect(again.body.equals(pdf.body)).toBe(true);
      expect((await other.get(`/ca-nhan/ho-so/${dossier.reference}/ban-sao`)).status).toBe(404);
      const text = rawTextOf(keep(pdf.body));
      const files = await portal.db.attachment.findMany({ where: { dossierId: dossier.id } });
      expect(files.length).toBe(2);
      for (const said of ["Nguyễn Minh An", "Hoàng Thị Mẹ", ...files.map(({ sha256 }) => sha256.slice(0, 16))])
        expect([said, text.includes(said)]).toEqual([said, true]);
    },
  );
});

test("every page leads to the list of parts, which says what is left and leads back to each", async () => {
  const first = await begin(lan, agencyId);
  const list = await first.follow("Xem tất cả các phần");
  expect(list.heading).toBe("Các phần của hồ sơ");
  expect(list.text).toContain("Còn thiếu");
  const page = await list.follow("Người nộp hồ sơ");
  expect(page.path.split("?")[0]).toBe(first.path);
});

describe("what is filled in for the person", () => {
  test("says where it came from; earlier dossiers are used only with consent, and no more once it is taken back", async () => {
    const { dossier } = await file({}, { consents: ["prefill"] });
    const first = await begin(lan, agencyId);
    expect(first.text).toContain("Lấy từ thông tin tài khoản");
    const mother = first.path.replace(/[^/]+$/, "nguoi-me");
    const filled = await lan.get(mother);
    expect(filled.html).toContain('value="Nguyễn Thị Lan"');
    expect(filled.text).toContain(`Lấy từ hồ sơ ${dossier.reference}`);
    // Nothing of the first child stands in the second one's dossier, and shown is not yet answered.
    expect((await lan.get(first.path.replace(/[^/]+$/, "tre"))).html).not.toContain("Nguyễn Minh An");
    const id = /ban-nhap\/([^/]+)/.exec(first.path)?.[1] ?? "";
    expect(JSON.stringify((await portal.db.draft.findUniqueOrThrow({ where: { id } })).answers)).not.toContain("Lan");
    const saved = await filled.submit("Lưu và tiếp tục", {
      motherName: "Nguyễn Thị Lan Hương",
      fatherDeclared: "no",
    });
    expect(saved.status).toBe(200);
    const again = await lan.get(mother);
    expect([again.html.includes('value="Nguyễn Thị Lan Hương"'), again.text.includes("Lấy từ hồ sơ")]).toEqual([
      true,
      false,
    ]);
    await lan.post(`/ca-nhan/dong-y/${dossier.consents[0]?.id}/rut`, {});
    const next = await begin(lan, agencyId);
    expect((await lan.get(next.path.replace(/[^/]+$/, "nguoi-me"))).html).not.toContain('value="Nguyễn Thị Lan"');
    // Who files as the mother is the mother: the account says so much of her.
    const child = await lan.get(next.path.replace(/[^/]+$/, "tre"));
    const own = await child.submit("Lưu và tiếp tục", birthPages(commune)["tre"] ?? {});
    expect([pageOf(own.path), own.html.includes('value="Nguyễn Thị Lan"')]).toEqual(["nguoi-me", true]);
    expect(own.text).toContain("Lấy từ thông tin tài khoản");
  });
});

describe("questions before filing", () => {
  const MARRIAGE = "/thu-tuc/1.000894";

  test("are asked one a page before anybody signs in; an answer leads on, or out with what to do instead", async () => {
    const visitor = portal.client();
    const first = await visitor.get(`${MARRIAGE}/nop-ho-so`);
    expect([first.status, first.path]).toEqual([200, `${MARRIAGE}/dieu-kien`]);
    const missing = await first.submit("Tiếp tục");
    expect([missing.status, missing.errors().map(({ field }) => field)]).toEqual([422, ["foreignParty"]]);
    const second = await missing.submit("Tiếp tục", { foreignParty: "no" });
    expect(second.heading).toContain("đủ 20 tuổi");
    const out = await second.submit("Tiếp tục", { oldEnough: "no" });
    expect([out.heading, out.text.includes("từ đủ 18 tuổi")]).toEqual(["Chưa đủ tuổi kết hôn", true]);
    const back = await out.follow("Sửa câu trả lời trước");
    expect(back.path).toBe(`${MARRIAGE}/dieu-kien?foreignParty=no`);
    const third = await back.submit("Tiếp tục", { oldEnough: "yes" });
    const fourth = await third.submit("Tiếp tục", { alreadyMarried: "no" });
    const through = await fourth.submit("Tiếp tục", { closeKin: "no" });
    expect(through.path).toMatch(/^\/dang-nhap\?tiep=/);
    const start = await through.submit("Đăng nhập", { username: "0912000101", password: PASSWORD });
    expect(start.heading).toBe("Nộp hồ sơ trực tuyến");
    const draft = await start.submit("Bắt đầu kê khai", { agency: agencyId });
    expect(pageOf(draft.path)).toBe("nguoi-nop");
    // Marriage is filed by the two themselves: nobody is asked in whose name.
    expect(draft.html).not.toContain('name="actingFor"');
    const stored = await portal.db.draft.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    expect(JSON.stringify(stored)).not.toContain("closeKin");
  });

  test("cannot be walked around by sending the form at once, nor by answers that nobody offered", async () => {
    const before = await portal.db.draft.count();
    const posted = await lan.post(`${MARRIAGE}/nop-ho-so`, { agency: agencyId });
    expect(posted.path).toBe(`${MARRIAGE}/dieu-kien`);
    const forged = await lan.get(
      `${MARRIAGE}/nop-ho-so?foreignParty=maybe&oldEnough=yes&alreadyMarried=no&closeKin=no`,
    );
    expect(forged.path).toBe(`${MARRIAGE}/dieu-kien`);
    expect((await lan.get(`${MARRIAGE}/dieu-kien?foreignParty=no&foreignParty=yes&cau=x`)).status).toBe(200);
    expect(await portal.db.draft.count()).toBe(before);
  });
});

describe("a procedure that is received anywhere", () => {
  let away = "";
  beforeAll(async () => {
    const agency = await portal.db.agency.findFirstOrThrow({
      where: { kind: "commune_committee", id: { not: agencyId } },
      orderBy: { identifier: "desc" },
    });
    away = agency.id;
  });

  test("goes to the desk that was chosen, and is decided where it belongs", async () => {
    const { fillDraft, typedAnswers, typedApplicant } = await import("#dev/browse/fill.ts");
    const { findCurrentVersion } = await import("#procedures/index.ts");
    const version = await findCurrentVersion(portal.system(), "1.004873");
    if (!version) throw new Error("no version");
    const start = await lan.get("/thu-tuc/1.004873/nop-ho-so");
    expect(start.text).toContain("bất kỳ xã, phường nào trong tỉnh");
    const first = await start.submit("Bắt đầu kê khai", { agency: agencyId, receiving: away });
    const sample = { today: "2026-11-22", provinceCode: "20", communeCode: commune, communeName: "x", number: 3 };
    const check = await fillDraft(first, { ...typedAnswers(version.definition, sample), ...typedApplicant(sample) });
    expect(check.summary()["Cơ quan giải quyết"]).toBeDefined();
    const filed = await check.submit("Nộp hồ sơ");
    expect(await filedAs(filed.path)).toMatchObject({ receivingAgencyId: away, competentAgencyId: agencyId });
    expect((await filed.follow("Theo dõi hồ sơ")).summary()["Cơ quan giải quyết"]).toBeDefined();
  });

  test("takes no desk that does not receive it, and other procedures take no other desk at all", async () => {
    const told = await lan.post("/thu-tuc/1.004873/nop-ho-so", { agency: agencyId, receiving: "x" });
    expect([told.status, told.errors().map(({ field }) => field)]).toEqual([422, ["receiving"]]);
    const draft = await lan.post(`/thu-tuc/${BIRTH}/nop-ho-so`, { agency: agencyId, receiving: away });
    const id = /ban-nhap\/([^/]+)/.exec(draft.path)?.[1] ?? "";
    expect(await portal.db.draft.findUniqueOrThrow({ where: { id } })).toMatchObject({ receivingAgencyId: null });
    // A row changed behind the portal's back is still not filed.
    await portal.db.draft.update({ where: { id }, data: { receivingAgencyId: away } });
    const check = await fillAll(await lan.get(draft.path), commune);
    expect((await check.submit("Nộp hồ sơ")).status).toBe(409);
  });
});

test("nothing of all this was a bug", () => {
  expect(portal.logged.filter(({ msg }) => msg === "bug")).toEqual([]);
});
