import { describe, expect, test } from "vitest";
import { createOfficer } from "#accounts/index.ts";
import { acceptDossier, declineDossier, deliverResult, registerDossier } from "#dossiers/index.ts";
import { randomCode } from "#platform/codes.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import {
  BIRTH,
  BY_AUTHORIZATION,
  draftIdOf,
  file,
  finish,
  home,
  officerOf,
  PASSWORD,
  PDF,
  pageOf,
  startPortal,
} from "./people.ts";

const { portal, lan, other } = await startPortal({ config: { rateLimits: true } });
const { commune, agencyId } = await home(portal);
const officer = await officerOf(portal, agencyId, "canbo.xa");
const dossierOf = (reference: string) => portal.db.dossier.findUniqueOrThrow({ where: { reference } });

describe("the citizen follows a dossier", () => {
  test("from filing to the result: what to do now, the timeline, the due date and why, and the result only once handed over", async () => {
    const reference = await file(lan, agencyId, commune);
    const path = `/ca-nhan/ho-so/${reference}`;
    const filed = await dossierOf(reference);
    const submitted = await lan.get(path);
    expect(submitted.text).toMatch(/Hồ sơ đang ở Ủy ban nhân dân .*, chưa được tiếp nhận\. Bạn chưa phải làm gì/);
    expect(submitted.summary()).toMatchObject({ "Mã hồ sơ": "Có sau khi hồ sơ được tiếp nhận" });

    const { code } = await acceptDossier(officer(), { dossierId: filed.id, version: filed.version });
    const accepted = await lan.get(path);
    expect(accepted.summary()).toMatchObject({
      "Mã hồ sơ": code,
      "Hẹn trả kết quả": expect.stringMatching(/^\d\d:\d\d \d\d\/\d\d\/2026$/),
    });
    expect(accepted.text).toMatch(
      /Hồ sơ đang ở Ủy ban nhân dân .* để giải quyết\. Bạn chưa phải làm gì; hẹn trả kết quả lúc \d\d:\d\d ngày [\d/]+2026\./,
    );
    await portal.db.dossier.update({ where: { reference }, data: { dueAt: new Date("2026-01-05T10:00:00Z") } });
    expect((await lan.get(path)).text).toContain("đã quá hẹn trả kết quả (17:00 ngày 05/01/2026). Bạn không có lỗi");
    await portal.db.dossier.update({
      where: { reference },
      data: { dueAt: (await dossierOf(reference)).originalDueAt },
    });
    expect(accepted.text).toContain("Vì sao là ngày này?");
    expect(accepted.text).toContain("Hạn trả kết quả:");
    expect(accepted.text).toContain("Tiếp nhận hồ sơ");
    expect(accepted.has("link", /^Tải về giấy tiếp nhận/)).toBe(true);
    expect((await lan.get(`${path}?moi=1`)).heading).not.toBe("Đã nộp hồ sơ");

    await finish(portal, officer, filed.id);
    const ready = await lan.get(path);
    expect(ready.text).toMatch(/Đến lượt bạn: hãy mang giấy hẹn và giấy tờ tùy thân đến Ủy ban nhân dân/);
    expect(ready.text).toContain("Đã có kết quả, chờ trả");
    const result = await portal.db.result.findFirstOrThrow({ where: { dossierId: filed.id } });
    expect((await lan.get(`${path}/tep/${result.id}`)).status).toBe(404);

    const before = await dossierOf(reference);
    await deliverResult(officer(), {
      dossierId: filed.id,
      version: before.version,
      method: "counter",
      receivedBy: "Nguyễn Thị Lan",
    });
    const delivered = await lan.get(path);
    expect(delivered.text).toContain("Đã trả kết quả");
    const download = await delivered.follow(/^Tải về Giấy khai sinh$/);
    expect([download.status, download.body.equals(PDF.content as Buffer)]).toEqual([200, true]);
    const timeline = delivered.text.slice(delivered.text.indexOf("Quá trình giải quyết"));
    const words = ["Trả kết quả", "Có kết quả giải quyết", "Tiếp nhận hồ sơ", "Nộp hồ sơ"].map((title) =>
      timeline.indexOf(title),
    );
    expect(words).toEqual([...words].sort((a, b) => a - b));
    expect(timeline).toContain("Người xử lý: Hoàng Thị Yến");

    for (const foreign of [path, download.path, `${path}?moi=1`])
      expect([foreign, (await other.get(foreign)).status]).toEqual([foreign, 404]);
  });

  test("filed by authorisation: the citizen, the officer and the receipt read in whose name, and the receipt lists the files", async () => {
    const reference = await file(lan, agencyId, commune, BY_AUTHORIZATION);
    const { id, version } = await dossierOf(reference);
    const page = await lan.get(`/ca-nhan/ho-so/${reference}`);
    expect(page.text).toMatch(/Người ủy quyền.*Nguyễn Văn Ủy.*020060000111.*1960/);

    await createOfficer(portal.system(), {
      username: "canbo.quay",
      displayName: "Nông Thị Quầy",
      password: PASSWORD,
      postings: [
        { agency: (await portal.db.agency.findUniqueOrThrow({ where: { id: agencyId } })).identifier, role: "desk" },
      ],
    });
    const desk = await (await portal.signIn("canbo.quay", PASSWORD)).get(`/mot-cua/ho-so/${id}`);
    expect(desk.summary()).toMatchObject({
      "Người nộp": "Nguyễn Thị Lan",
      "Mức xác thực": "Tự khai, chưa xác thực",
      "Người ủy quyền cho người nộp": "Nguyễn Văn Ủy",
      "Chủ hồ sơ": "Nguyễn Minh An",
    });
    expect(desk.text).not.toContain("proxyPaper");

    const { receiptId } = await acceptDossier(officer(), { dossierId: id, version });
    const slip = await portal.db.issuedPaper.findUniqueOrThrow({ where: { id: receiptId } });
    expect(slip.snapshot).toMatchObject({
      authorizer: { fullName: "Nguyễn Văn Ủy", personalId: "020060000111" },
      owner: { fullName: "Nguyễn Minh An" },
      papers: expect.arrayContaining([
        { name: "Giấy chứng sinh", originals: 0, copies: 0, electronic: 1, later: false },
        { name: expect.stringContaining("ủy quyền"), originals: 0, copies: 0, electronic: 1, later: false },
      ]),
    });
  });

  test("who was not accepted reads why", async () => {
    const reference = await file(lan, agencyId, commune);
    const { id, version } = await dossierOf(reference);
    await declineDossier(officer(), { dossierId: id, version, reason: "Giấy chứng sinh mờ, không đọc được số." });
    const page = await lan.get(`/ca-nhan/ho-so/${reference}`);
    expect(page.text).toContain("Không được tiếp nhận");
    expect(page.text).toContain("Lý do: Giấy chứng sinh mờ, không đọc được số.");
  });

  test("who was not accepted files again from the old answers: nothing is typed or uploaded twice, and the old dossier stays as it was", async () => {
    const reference = await file(lan, agencyId, commune, BY_AUTHORIZATION);
    const { id, version } = await dossierOf(reference);
    const early = await lan.post(`/ca-nhan/ho-so/${reference}/nop-lai`, {});
    expect([early.status, early.text.includes("Chỉ nộp lại được")]).toEqual([409, true]);
    await declineDossier(officer(), { dossierId: id, version, reason: "Giấy chứng sinh mờ." });
    const page = await lan.get(`/ca-nhan/ho-so/${reference}`);
    expect((await other.post(`/ca-nhan/ho-so/${reference}/nop-lai`, {})).status).toBe(404);

    const check = await page.submit("Nộp lại từ câu trả lời cũ");
    expect([check.heading, pageOf(check.path)]).toEqual(["Kiểm tra và nộp hồ sơ", "kiem-tra"]);
    expect(check.text).toContain("Đã lấy lại nội dung đã khai");
    const summary = check.summary();
    expect(summary).toMatchObject({
      "Nơi cư trú": expect.stringMatching(/^12 đường Trần Đăng Ninh, /),
      "Họ, chữ đệm và tên của người được nộp thay": "Nguyễn Văn Ủy",
      "Họ, chữ đệm, tên của trẻ": "Nguyễn Minh An",
      "Giấy chứng sinh": expect.stringContaining("Giấy chứng sinh.pdf"),
      "Bạn muốn nhận kết quả bằng cách nào?": expect.stringContaining("Bản giấy tại bộ phận một cửa"),
    });
    const draftFiles = await portal.db.attachment.findMany({ where: { draftId: draftIdOf(check) } });
    const old = await portal.db.attachment.findMany({ where: { dossierId: id } });
    expect(draftFiles.map(({ sha256 }) => sha256).sort()).toEqual(old.map(({ sha256 }) => sha256).sort());
    expect(draftFiles.some(({ storageKey }) => old.some((file) => file.storageKey === storageKey))).toBe(false);

    const again = await check.submit("Nộp hồ sơ");
    expect(again.heading).toBe("Đã nộp hồ sơ");
    const [first, second] = await Promise.all(
      [reference, /ho-so\/([^?]+)/.exec(again.path)?.[1] ?? ""].map((one) =>
        portal.db.dossier.findUniqueOrThrow({
          where: { reference: one },
          include: { answers: true, attachments: true },
        }),
      ),
    );
    expect(second?.answers[0]?.answers).toEqual(first?.answers[0]?.answers);
    expect([first?.status, first?.attachments.length, second?.attachments.length]).toEqual(["declined", 2, 2]);
  });

  test("the list shows twenty at a time, newest first, each once", async () => {
    const one = await dossierOf(await file(other, agencyId, commune));
    const copies = Array.from({ length: 44 }, (_, i) => ({
      reference: randomCode(60),
      procedureId: one.procedureId,
      procedureVersionId: one.procedureVersionId,
      receivingAgencyId: agencyId,
      competentAgencyId: agencyId,
      channel: "online" as const,
      returnMethod: "online" as const,
      applicantAccountId: one.applicantAccountId,
      status: "processing" as const,
      submittedAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(i / 3))),
      enteredAt: new Date(),
    }));
    await portal.db.dossier.createMany({ data: copies });
    const seen: string[] = [];
    for (
      let page = await other.get("/ca-nhan/ho-so?nhom=dang-giai-quyet");
      ;
      page = await page.follow(/Hồ sơ cũ hơn/)
    ) {
      seen.push(
        ...[...page.html.matchAll(/href="\/ca-nhan\/ho-so\/([A-Z0-9]+)"/g)].map(([, reference]) => reference ?? ""),
      );
      if (!page.has("link", /Hồ sơ cũ hơn/)) break;
    }
    expect([seen.length, new Set(seen).size]).toEqual([45, 45]);
  });
});

describe("a dossier filed at the counter", () => {
  const register = async () => {
    const version = await findCurrentVersion(portal.system(), BIRTH);
    const made = await registerDossier(officer(), {
      procedureVersionId: version?.id ?? "",
      agencyId,
      caseId: null,
      channel: "counter",
      returnMethod: "counter",
      answers: { childName: "Lý Văn Quầy" },
      applicant: { kind: "person", fullName: "Nguyễn Thị Lan", personalId: "020190000101" },
      owner: null,
      papers: [],
      attachments: [],
      formKey: crypto.randomUUID(),
    });
    const slip = await portal.db.issuedPaper.findUniqueOrThrow({ where: { id: made.receiptId } });
    return { ...made, linkCode: (slip.snapshot as { linkCode: string }).linkCode };
  };

  test("is nobody's by a declared personal id, and comes into an account by the one-time code of its receipt, once", async () => {
    const { reference, code, linkCode } = await register();
    for (const citizen of [lan, other]) expect((await citizen.get(`/ca-nhan/ho-so/${reference}`)).status).toBe(404);
    const form = await lan.get("/ca-nhan/lien-ket-ho-so");
    const empty = await form.submit("Thêm hồ sơ");
    expect([empty.status, empty.errors().map(({ field }) => field)]).toEqual([422, ["code", "linkCode"]]);
    const wrong = await form.submit("Thêm hồ sơ", { "Mã hồ sơ": code, "Mã liên kết": "AAAA-BBBB" });
    expect([wrong.status, wrong.errors().map(({ field }) => field)]).toEqual([422, ["linkCode"]]);
    expect(wrong.html).toContain(`value="${code}"`);
    const typed = linkCode.toLowerCase().replace(/(.{4})/g, "$1 ");
    const linked = await wrong.submit("Thêm hồ sơ", { "Mã hồ sơ": ` ${code.toLowerCase()} `, "Mã liên kết": typed });
    expect([linked.status, linked.path]).toEqual([200, `/ca-nhan/ho-so/${reference}`]);
    expect(linked.text).toContain("Hồ sơ đã được thêm vào tài khoản của bạn.");
    expect(linked.summary()).toMatchObject({ "Họ, chữ đệm, tên của trẻ": "Lý Văn Quầy" });
    expect((await other.post("/ca-nhan/lien-ket-ho-so", { code, linkCode })).status).toBe(422);
    expect((await other.get(`/ca-nhan/ho-so/${reference}`)).status).toBe(404);
  });

  test("codes cannot be tried out: after ten tries an hour the account must wait", async () => {
    const statuses = [];
    for (let i = 0; i < 11; i++)
      statuses.push(
        (await other.post("/ca-nhan/lien-ket-ho-so", { code: "H40.1-261123-0001", linkCode: `TRY${i}` })).status,
      );
    expect(statuses.at(-1)).toBe(429);
  });
});
