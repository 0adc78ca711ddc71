import { buffer } from "node:stream/consumers";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { createCitizen, createOfficer } from "#accounts/index.ts";
import { tellOfEvent } from "../../src/notifications/actions.ts";
import { makeArchive } from "../../src/privacy/actions/archive.ts";
import { birthPages, draftIdOf, home, PASSWORD, PDF, pageOf, startPortal } from "../filing/people.ts";
import type { Client, Page, Value } from "../support/client.ts";
import { addAuthenticator } from "../support/second-step.ts";

const PROCEDURE = "2.000635";
const TAX = "4900777124";
const { portal, lan, other } = await startPortal();
const { commune, agencyId } = await home(portal);

let viewer: Client;
let desk: Client;
let company = "";
const at = (rest = ""): string => `/ca-nhan/to-chuc/${company}${rest}`;
const accountOf = async (username: string) => (await portal.db.account.findUniqueOrThrow({ where: { username } })).id;

beforeAll(async () => {
  await createCitizen(portal.system(), { fullName: "Vi Thị Xem", phone: "0912000103", password: PASSWORD });
  viewer = await portal.signIn("0912000103", PASSWORD);
  const { identifier } = await portal.db.agency.findUniqueOrThrow({ where: { id: agencyId } });
  const posted = (username: string, role: string) =>
    createOfficer(portal.system(), {
      username,
      displayName: `Cán bộ ${role}`,
      password: PASSWORD,
      postings: [{ agency: identifier, role }],
    });
  await posted("mot.cua", "desk");
  await posted("chuyen.vien", "specialist");
  desk = await portal.signIn("mot.cua", PASSWORD);
});

const address = { "address.province": "20", "address.commune": commune, "address.line": "Số 1 Hùng Vương" };
const described = { name: "Công ty TNHH Xứ Lạng", taxCode: TAX, position: "Giám đốc", ...address };

const codeOn = (page: Page): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]+/.exec(page.text)?.[0] ?? "";
const memberRow = async (username: string) =>
  portal.db.companyMember.findFirstOrThrow({
    where: { companyId: company, accountId: await accountOf(username), endedAt: null },
  });

const PAGES: Record<string, Record<string, Value>> = {
  "to-chuc-nop-ho-so": {},
  "yeu-cau": { requesterKind: "organization", eventKind: "birth" },
  "nguoi-co-ten": { registeredName: "Hoàng Thị Tên", "registeredBirthDate.year": "1990" },
  "so-goc": { registeredAt: "UBND phường Đông Kinh", "registeredOn.year": "1990" },
  "so-luong": { copyCount: "1", declaration: "yes" },
};
const { actingFor: _choice, ...PERSON } = birthPages(commune)["nguoi-nop"] ?? {};

/** Begins a dossier in the company's name. @returns the first page, and the one about the organisation */
async function begin(client: Client): Promise<{ draft: string; about: Page }> {
  const start = await client.get(`/thu-tuc/${PROCEDURE}/nop-ho-so`);
  const first = await start.submit("Bắt đầu kê khai", { agency: agencyId, company });
  return { draft: draftIdOf(first), about: await first.submit("Lưu và tiếp tục", PERSON) };
}

/** Files a dossier in the company's name. @returns its reference */
async function file(client: Client, papers: readonly string[]): Promise<string> {
  const files = Object.fromEntries(papers.map((paper) => [`tep.${paper}`, PDF]));
  let { about: page } = await begin(client);
  for (let asked = 0; asked < 8 && pageOf(page.path) !== "kiem-tra"; asked++) {
    const next = await page.submit(
      "Lưu và tiếp tục",
      pageOf(page.path) === "giay-to" ? files : PAGES[pageOf(page.path)],
    );
    if (next.status >= 400) throw new Error(`${page.path}: ${JSON.stringify(next.errors())}`);
    page = next;
  }
  const filed = await page.submit("Nộp hồ sơ");
  expect([filed.status, filed.heading]).toEqual([200, "Đã nộp hồ sơ"]);
  return /ho-so\/([^?]+)/.exec(filed.path)?.[1] ?? "";
}

/** The representative invites, the other takes it up by the word. */
async function join(client: Client, invited: { by: string; to: string; role: string }): Promise<Page> {
  const made = await (await lan.get(at("/moi"))).submit("Lập lời mời", invited);
  const mine = await client.get("/ca-nhan/to-chuc");
  return mine.submit("Nhận lời mời", { code: codeOn(made) });
}

let reference = "";
const dossierOf = (of: string) =>
  portal.db.dossier.findUniqueOrThrow({
    where: { reference: of },
    include: { events: true, parties: true, answers: true },
  });

describe("a company", () => {
  test("is described by who says to represent it; a wrong tax code is refused at its field, what was typed is kept", async () => {
    const form = await (await lan.get("/ca-nhan/to-chuc")).follow("Khai một tổ chức");
    const told = await form.submit("Lưu tổ chức", { ...described, taxCode: "4900777125" });
    expect([told.status, told.errors().map(({ field }) => field)]).toEqual([422, ["taxCode"]]);
    const made = await told.submit("Lưu tổ chức", { taxCode: TAX });
    expect(made.heading).toContain(described.name);
    expect(made.text).toContain("Chưa xác nhận");
    company = made.path.split("/").at(-1) ?? "";
    const again = await lan.post("/ca-nhan/to-chuc/them", described);
    expect(again.errors()).toEqual([{ text: "Bạn đã thuộc một tổ chức có mã số này", field: "taxCode" }]);
    for (const rest of ["", "/sua", "/moi"]) expect((await other.get(at(rest))).status).toBe(404);
  });

  test("is administered by a second step: who has none reads why and how, and nothing typed is lost", async () => {
    const asked = await lan.post(at("/moi"), { by: "phone", to: "0912 000 102", role: "filer" });
    expect(asked.heading).toBe("Việc này cần xác thực hai bước");
    expect(asked.text).toContain("cho người khác quyền nộp và xem hồ sơ");
    expect(await portal.db.companyMember.count()).toBe(1);
    const { done } = await addAuthenticator(lan);
    const kept = await done.follow(/tiếp tục việc đang làm/);
    expect([kept.heading, kept.text.includes("0912 000 102")]).toEqual(["Nội dung bạn đang gửi", true]);
    const made = await kept.submit("Gửi lại");
    expect(made.heading).toContain("Đã lập lời mời");
    // Whoever finds the word, but is not who was invited, is let in nowhere.
    const stray = await (await viewer.get("/ca-nhan/to-chuc")).submit("Nhận lời mời", { code: codeOn(made) });
    expect([stray.status, stray.errors().map(({ field }) => field)]).toEqual([422, ["code"]]);
    const joined = await (await other.get("/ca-nhan/to-chuc")).submit("Nhận lời mời", { code: codeOn(made) });
    expect([joined.path, joined.text.includes("Người được ủy quyền nộp hồ sơ")]).toEqual([at(), true]);
    expect(joined.has("link", "Mời thành viên")).toBe(false);
    expect((await other.post(at("/moi"), { by: "phone", to: "0912000103", role: "viewer" })).status).toBe(404);
  });

  test("an invitation shows to who proved the number that it names, not to who only declares it", async () => {
    await (await lan.get(at("/moi"))).submit("Lập lời mời", { by: "phone", to: "0912000103", role: "viewer" });
    expect((await viewer.get("/ca-nhan/to-chuc")).text).not.toContain(described.name);
    await portal.db.account.update({ where: { username: "0912000103" }, data: { phoneProvenAt: new Date() } });
    const shown = await viewer.get("/ca-nhan/to-chuc");
    expect(shown.text).toContain("Nguyễn Thị Lan mời bạn");
    expect((await shown.submit("Nhận lời")).path).toBe(at());
  });
});

describe("a dossier in its name", () => {
  test("is filled in with the company, which is not typed anew; who was only entrusted hands in a mandate", async () => {
    const { about, draft } = await begin(other);
    expect(about.heading).toBe("Tổ chức, doanh nghiệp");
    expect(about.html).not.toMatch(/name="(organizationName|organizationTaxCode|organizationRole)"/);
    const forged = await about.submit("Lưu và tiếp tục", {});
    expect(pageOf(forged.path)).toBe("yeu-cau");
    const check = await other.get(`/ca-nhan/ban-nhap/${draft}/kiem-tra`);
    expect(check.status).toBe(200);
    reference = await file(other, ["proxyPaper", "organizationRequest"]);
    const dossier = await dossierOf(reference);
    expect(dossier.companyId).toBe(company);
    expect(dossier.answers[0]?.answers).toMatchObject({
      authorizedBy: { fullName: described.name, taxCode: TAX, representative: "Nguyễn Thị Lan", position: "Giám đốc" },
    });
    expect(dossier.events).toMatchObject([
      { type: "dossier.submitted", actorId: await accountOf("0912000102"), payload: { companyId: company } },
    ]);
  });

  test("is every member's: all see and follow it, only the entrusted act, and nobody reads a colleague's personal id", async () => {
    for (const client of [lan, other, viewer]) {
      const page = await client.get(`/ca-nhan/ho-so/${reference}`);
      expect([page.status, page.text.includes(described.name)]).toEqual([200, true]);
      expect((await client.get("/ca-nhan/ho-so")).text).toContain(described.name);
    }
    expect((await other.get(`/ca-nhan/ho-so/${reference}`)).text).toContain("020190000101");
    expect((await viewer.get(`/ca-nhan/ho-so/${reference}`)).text).not.toContain("020190000101");
    expect((await viewer.get(`/ca-nhan/ho-so/${reference}`)).text).toContain("Bạn chỉ xem hồ sơ này");
    for (const path of ["rut", "soan-moi"])
      expect((await viewer.post(`/ca-nhan/ho-so/${reference}/${path}`, { reason: "x", version: "0" })).status).toBe(
        404,
      );
    const event = (await dossierOf(reference)).events[0]?.id ?? "";
    await tellOfEvent(portal.system(), event);
    const told = await portal.db.notification.findMany({ where: { causeId: event } });
    const ids = told.map(({ accountId }) => accountId);
    const phones = ["0912000101", "0912000102", "0912000103"];
    expect(await Promise.all(phones.map(async (phone) => ids.includes(await accountOf(phone))))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("is not the applicant's own: their archive has their part in the company, and not its dossier", async () => {
    const accountId = await accountOf("0912000102");
    const { id } = await portal.db.personalExport.create({ data: { accountId, askedAt: new Date() } });
    await makeArchive(portal.system(), id);
    const { storageKey } = await portal.db.personalExport.findUniqueOrThrow({ where: { id } });
    const zip = unzipSync(new Uint8Array(await buffer(await portal.files.open(storageKey ?? ""))));
    const record = JSON.parse(strFromU8(zip["du-lieu.json"] ?? new Uint8Array()));
    expect(record.dossiers).toEqual([]);
    expect(record.account.memberships).toMatchObject([{ role: "filer", company: { taxCode: TAX } }]);
  });
});

describe("the desk", () => {
  test("sees that a company is not confirmed, and confirms it once its papers were seen; who sits at no desk may not", async () => {
    const { id } = await dossierOf(reference);
    const page = await desk.get(`/mot-cua/ho-so/${id}`);
    expect(page.text).toContain("Tổ chức chưa xác nhận");
    const found = await (await desk.get("/mot-cua/to-chuc")).submit("Tìm tổ chức", {
      "Mã số thuế hoặc mã số doanh nghiệp": TAX,
    });
    const asked = await found.follow(described.name);
    expect(asked.summary()["Số định danh của người đó"]).toBe("020190000101");
    const told = await asked.submit("Xác nhận tổ chức");
    expect(told.errors().map(({ field }) => field)).toEqual(["papers", "checked"]);
    const papers = "Giấy chứng nhận đăng ký số 4900777124";
    const done = await told.submit("Xác nhận tổ chức", { papers, checked: ["yes"] });
    expect(done.text).toContain(papers);
    expect((await desk.get(`/mot-cua/ho-so/${id}`)).text).toContain("Tổ chức đã xác nhận trên cổng");
    expect((await lan.get(at())).text).toContain("Đã xác nhận");
    const clerk = await portal.signIn("chuyen.vien", PASSWORD);
    for (const path of ["/mot-cua/to-chuc", `/mot-cua/to-chuc/${company}`])
      expect((await clerk.get(path)).status).toBe(403);
    expect(await portal.db.securityEvent.count({ where: { kind: "company.confirmed" } })).toBe(1);
  });

  test("confirms a new director: the claimant comes into the company that stands confirmed, and the one before goes", async () => {
    await createCitizen(portal.system(), { fullName: "Lý Tân Giám", phone: "0912000104", password: PASSWORD });
    const director = await portal.signIn("0912000104", PASSWORD);
    const claim = await director.post("/ca-nhan/to-chuc/them", described);
    expect((await director.get(`/ca-nhan/ho-so/${reference}`)).status).toBe(404);
    const asked = await desk.get(`/mot-cua/to-chuc/${claim.path.split("/").at(-1)}`);
    expect(asked.text).toContain("Mã số này đã có một tổ chức được xác nhận");
    const told = { papers: "Quyết định bổ nhiệm số 12", checked: ["yes"], former: "stay" };
    expect((await asked.submit("Xác nhận tổ chức", told)).text).toContain("Lý Tân Giám");
    expect((await director.get(`/ca-nhan/ho-so/${reference}`)).status).toBe(200);
    expect((await director.get(at())).status).toBe(200);
    await director.post(at("/roi"), {});
    expect((await director.get(at())).status).toBe(404);
  });
});

describe("who is removed", () => {
  test("is a stranger at the next request, also to what they filed themselves and still write", async () => {
    const { draft } = await begin(other);
    const file = await portal.db.attachment.findFirstOrThrow({ where: { dossier: { reference } } });
    const addresses = [
      at(),
      `/ca-nhan/ho-so/${reference}`,
      `/ca-nhan/ho-so/${reference}/tep/${file.id}`,
      `/ca-nhan/ho-so/${reference}/tai-toan-bo`,
      `/ca-nhan/ho-so/${reference}/nguoi-da-xem`,
      `/ca-nhan/ban-nhap/${draft}/to-chuc-nop-ho-so`,
    ];
    for (const address of addresses) expect([address, (await other.get(address)).status]).toEqual([address, 200]);
    const member = await memberRow("0912000102");
    const gone = await lan.post(at(`/thanh-vien/${member.id}/thoi`), {});
    expect(gone.text).toContain("Đã cho thôi");
    for (const address of addresses) expect([address, (await other.get(address)).status]).toEqual([address, 404]);
    expect((await other.post(`/ca-nhan/ban-nhap/${draft}/kiem-tra`, { version: "1" })).status).toBe(404);
    expect((await other.get("/ca-nhan/ho-so")).text).not.toContain(described.name);
    expect((await other.get(`/thu-tuc/${PROCEDURE}/nop-ho-so`)).text).not.toContain(described.name);
    const last = await memberRow("0912000101");
    const refused = await lan.post(at(`/thanh-vien/${last.id}/vai-tro`), { role: "viewer" });
    expect([refused.status, refused.text.includes("người đại diện cuối cùng")]).toEqual([409, true]);
    expect((await lan.post(at("/roi"), {})).status).toBe(409);
  });

  test("a role changes what a member may do, at once", async () => {
    const member = await memberRow("0912000103");
    const offered = async () => (await viewer.get(`/thu-tuc/${PROCEDURE}/nop-ho-so`)).text.includes(described.name);
    expect(await offered()).toBe(false);
    await lan.post(at(`/thanh-vien/${member.id}/vai-tro`), { role: "filer" });
    expect(await offered()).toBe(true);
    await join(other, { by: "personalId", to: "020190000101", role: "viewer" });
    expect((await other.get(`/ca-nhan/ho-so/${reference}`)).status).toBe(200);
  });
});
