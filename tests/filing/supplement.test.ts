import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { acceptDossier, extendDossier, type Mark, requestSupplement, stopDossier } from "#dossiers/index.ts";
import type { Page } from "../support/client.ts";
import { file, home, officerOf, PDF, startPortal } from "./people.ts";
import { addressOf, announce, pdfOf, piece, tus } from "./pieces.ts";

const { portal, lan, other } = await startPortal();
const { commune, agencyId } = await home(portal);
const HEIC = readFileSync(join(import.meta.dirname, "samples/anh-dien-thoai.heic"));
const officer = await officerOf(portal, agencyId, "canbo.xa");
/** What a control holds, the first of its name. */
const valueIn = (page: Page, name: string): string => {
  const named = page.all("input").find((input) => input.attrs.some((one) => one.name === "name" && one.value === name));
  return named?.attrs.find((one) => one.name === "value")?.value ?? "";
};
const dossierOf = (reference: string) =>
  portal.db.dossier.findUniqueOrThrow({
    where: { reference },
    include: { answers: { orderBy: { number: "asc" } }, attachments: { orderBy: { createdAt: "asc" } } },
  });

const marks: Mark[] = [
  { kind: "field", id: "childName", note: "Viết đúng như giấy chứng sinh." },
  { kind: "paper", id: "birthProof", note: "Ảnh mờ, hãy chụp lại." },
];

/** A filed birth registration whose desk asks for something. */
async function asked(some: readonly Mark[] = marks): Promise<{ reference: string; id: string; page: string }> {
  const reference = await file(lan, agencyId, commune);
  const { id, version } = await dossierOf(reference);
  await requestSupplement(officer(), {
    dossierId: id,
    version,
    marks: some,
    reason: "Giấy chứng sinh không đọc được số.",
    answerBy: "2026-12-31",
    confirmed: false,
  });
  return { reference, id, page: `/ca-nhan/ho-so/${reference}/bo-sung` };
}

describe("the citizen completes a dossier", () => {
  test("is told what is asked, changes that alone, without scripts, and the dossier is back at the agency", async () => {
    const { reference, page } = await asked();
    const told = await lan.get(`/ca-nhan/ho-so/${reference}`);
    expect(told.text).toContain("Giấy chứng sinh không đọc được số.");
    expect(told.text).toContain("Viết đúng như giấy chứng sinh.");
    expect(told.text).toContain("31/12/2026");
    const form = await told.follow("Bổ sung hồ sơ");
    expect(form.path).toBe(page);
    const names = form
      .controls()
      .map((control) => control.attrs.find(({ name }) => name === "name")?.value)
      .filter((name) => name && !["version", "viec"].includes(name));
    expect(names).toEqual(["childName", "tep.birthProof", "chup.birthProof"]);
    expect(form.text).toContain("Đã khai: Nguyễn Minh An");
    expect(form.text).toContain("Nguyễn Thị Lan");
    const done = await form.submit("Gửi bổ sung", { childName: "Nguyễn Minh Ân", "tep.birthProof": PDF });
    expect(done.path).toBe(`/ca-nhan/ho-so/${reference}`);
    expect(done.text).toContain("Đã gửi bổ sung.");
    expect(done.text).toContain("Đã được thay bằng tệp mới");
    const after = await dossierOf(reference);
    expect(after.status).toBe("submitted");
    expect(after.answers[1]?.answers).toEqual({
      ...(after.answers[0]?.answers as object),
      childName: "Nguyễn Minh Ân",
    });
    expect(after.attachments.map(({ supersededAt }) => supersededAt !== null)).toEqual([true, false]);
  });

  test("keeps what was typed and uploaded when something is wrong, and says it at the control", async () => {
    const { page, reference } = await asked();
    const form = await lan.get(page);
    const wrong = await form.submit("Gửi bổ sung", { childName: "", "tep.birthProof": PDF });
    expect(wrong.status).toBe(422);
    expect(wrong.errors().map(({ field }) => field)).toEqual(["childName"]);
    expect(wrong.text).toContain(PDF.name);
    const lacking = await (await lan.get((await asked()).page)).submit("Gửi bổ sung", { childName: "Ân" });
    expect(lacking.errors().map(({ field }) => field)).toEqual(["tep.birthProof"]);
    expect(valueIn(lacking, "childName")).toBe("Ân");
    expect((await dossierOf(reference)).status).toBe("intake_supplement");
    const done = await wrong.submit("Gửi bổ sung", { childName: "Nguyễn Ân" });
    expect(done.text).toContain("Đã gửi bổ sung.");
  });

  test("may stop and go on later; a file is taken off before it is sent", async () => {
    const { page, reference } = await asked();
    const left = await (await lan.get(page)).submit("Lưu và làm tiếp sau", {
      childName: "Nguyễn Dở Dang",
      "tep.birthProof": PDF,
    });
    expect(left.path).toBe(`/ca-nhan/ho-so/${reference}`);
    expect(left.text).toContain("chưa được gửi");
    const again = await lan.get(page);
    expect(valueIn(again, "childName")).toBe("Nguyễn Dở Dang");
    expect((await again.follow(PDF.name)).body.equals(PDF.content as Buffer)).toBe(true);
    const without = await again.submit(/^Xóa/);
    expect(without.text).not.toContain(`${PDF.name} 1`);
    expect(await portal.db.attachment.count({ where: { supplement: { dossier: { reference } } } })).toBe(0);
    expect(valueIn(without, "childName")).toBe("Nguyễn Dở Dang");
  });

  test("forged values of other parts, and files for them, change nothing", async () => {
    const { page, reference } = await asked([marks[0] as Mark]);
    const form = await lan.get(page);
    const done = await lan.post(page, {
      version: valueIn(form, "version"),
      viec: "gui",
      childName: "Nguyễn Ân",
      motherName: "Kẻ Giả Mạo",
      "motherBirthDate.year": "2001",
      childGender: "male",
      fatherDeclared: "yes",
      authorizedBy: "x",
      status: "completed",
    });
    expect(done.status).toBe(200);
    const { answers, status } = await dossierOf(reference);
    expect(status).toBe("submitted");
    expect(answers[1]?.answers).toEqual({ ...(answers[0]?.answers as object), childName: "Nguyễn Ân" });
    const second = await asked([marks[0] as Mark]);
    const version = valueIn(await lan.get(second.page), "version");
    const forged = new FormData();
    forged.append("version", version);
    forged.append("viec", "gui");
    forged.append("tep.birthProof", new Blob([PDF.content as Buffer], { type: PDF.type }), PDF.name);
    expect((await lan.post(second.page, forged)).status).toBe(400);
  });

  test("asks what a changed answer newly asks, and nothing else", async () => {
    const mark: Mark = { kind: "field", id: "fatherDeclared", note: "Giấy chứng sinh có tên cha." };
    const { page, reference } = await asked([mark]);
    const wrong = await (await lan.get(page)).submit("Gửi bổ sung", { fatherDeclared: "yes" });
    expect(wrong.status).toBe(422);
    expect(wrong.errors().map(({ field }) => field)).toContain("fatherName");
    const same = await wrong.submit("Gửi bổ sung", { fatherDeclared: "no" });
    expect(same.status).toBe(200);
    const { answers } = await dossierOf(reference);
    expect(answers[1]?.answers).toEqual(answers[0]?.answers);
  });

  test("what is answered in two windows is told, not overwritten; too late leads to the dossier", async () => {
    const { page, reference } = await asked([marks[0] as Mark]);
    const [first, second] = [await lan.get(page), await lan.get(page)];
    await first.submit("Lưu và làm tiếp sau", { childName: "Cửa sổ một" });
    const late = await second.submit("Lưu và làm tiếp sau", { childName: "Cửa sổ hai" });
    expect(late.status).toBe(409);
    expect(valueIn(late, "childName")).toBe("Cửa sổ hai");
    await late.submit("Gửi bổ sung");
    const over = await lan.get(page);
    expect(over.path).toBe(`/ca-nhan/ho-so/${reference}`);
    expect(over.text).toContain("hiện không chờ bổ sung");
  });

  test("a file whose line broke goes on where it broke, in pieces, beside what came with the form", async () => {
    const { page, reference } = await asked();
    const form = await lan.get(page);
    expect(form.text).toContain("Mỗi tệp không quá 20 MB, tối đa 20 tệp.");
    const whole = pdfOf(200_000);
    const made = await announce(lan, `${page}/tai-len`, whole.length, { control: "chup.birthProof" });
    const path = addressOf(made);
    expect([made.status, path.startsWith(`${page}/tai-len/`)]).toEqual([201, true]);
    await piece(lan, path, 0, whole.subarray(0, 50_000));
    expect((await lan.get(page)).text).toContain("Chưa gửi xong (49 KB trên 195 KB)");
    expect((await tus(lan, "HEAD", path)).headers.get("upload-offset")).toBe("50000");
    await piece(lan, path, 50_000, whole.subarray(50_000));
    const ended = await Promise.all([1, 2].map(() => tus(lan, "POST", `${path}/xong`)));
    expect(ended.map(({ status }) => status)).toEqual([204, 204]);

    const unfinished = addressOf(await announce(lan, `${page}/tai-len`, 10, { name: "dở dang.pdf" }));
    const given = await (await lan.get(page)).submit(/^Bỏ dở dang.pdf$/, { childName: "Nguyễn Ân" });
    expect([given.text.includes("dở dang.pdf"), valueIn(given, "childName")]).toEqual([false, "Nguyễn Ân"]);
    expect((await tus(lan, "HEAD", unfinished)).status).toBe(404);

    const told = await given.submit("Tải tệp lên", {
      "tep.birthProof": [
        { name: "IMG_1.HEIC", type: "image/heic", content: HEIC },
        { ...PDF, name: "hỏng.pdf", content: "MZ" },
      ],
    });
    expect(told.errors().map(({ field }) => field)).toEqual(["tep.birthProof"]);
    expect(told.text).toContain("Ảnh đã được chuyển thành JPEG.");
    await told.submit("Gửi bổ sung");
    const { attachments, status } = await dossierOf(reference);
    expect([status, attachments.map(({ name, supersededAt }) => [name, supersededAt !== null])]).toEqual([
      "submitted",
      [
        [PDF.name, true],
        ["giấy tờ.pdf", false],
        ["IMG_1.jpg", false],
      ],
    ]);
    // What is answered takes nothing more.
    expect((await announce(lan, `${page}/tai-len`, 10)).status).toBe(404);
  });

  test("pieces are taken for what was asked alone, and from nobody else", async () => {
    const { page } = await asked([marks[0] as Mark]);
    expect((await announce(lan, `${page}/tai-len`, 10)).status).toBe(400);
    const second = await asked();
    const path = addressOf(await announce(lan, `${second.page}/tai-len`, 10));
    expect((await announce(other, `${second.page}/tai-len`, 10)).status).toBe(404);
    for (const [who, method, address] of [
      [other, "HEAD", path],
      [other, "DELETE", path],
      [other, "POST", `${path}/xong`],
      [lan, "HEAD", path.replace(second.page, page)],
    ] as const)
      expect([method, address, (await tus(who, method, address)).status]).toEqual([method, address, 404]);
    expect((await piece(other, path, 0, Buffer.alloc(5))).status).toBe(404);
    const full = await Promise.all(Array.from({ length: 21 }, () => announce(lan, `${second.page}/tai-len`, 10)));
    expect(full.some(({ status }) => status === 429)).toBe(true);
  });

  test("is nobody else's", async () => {
    const { page, reference } = await asked();
    expect((await other.get(page)).status).toBe(404);
    expect((await other.post(page, { version: "0", viec: "gui" })).status).toBe(404);
    expect((await other.get(`/ca-nhan/ho-so/${reference}/rut`)).status).toBe(404);
    expect((await other.post(`/ca-nhan/ho-so/${reference}/rut`, { version: "1", reason: "x" })).status).toBe(404);
    expect((await dossierOf(reference)).status).toBe("intake_supplement");
  });
});

describe("the citizen takes a dossier back", () => {
  test("with a reason; then it is closed and says so", async () => {
    const reference = await file(lan, agencyId, commune);
    const form = await (await lan.get(`/ca-nhan/ho-so/${reference}`)).follow("Rút hồ sơ");
    const wrong = await form.submit("Rút hồ sơ", { reason: "  " });
    expect([wrong.status, wrong.errors().map(({ field }) => field)]).toEqual([422, ["reason"]]);
    const done = await wrong.submit("Rút hồ sơ", { reason: "Tôi nộp nhầm nơi." });
    expect(done.text).toContain("Đã rút hồ sơ.");
    expect(done.text).toContain("Tôi nộp nhầm nơi.");
    expect(done.has("link", "Rút hồ sơ")).toBe(false);
    expect((await dossierOf(reference)).status).toBe("withdrawn");
    expect((await lan.get(`/ca-nhan/ho-so/${reference}/rut`)).path).toBe(`/ca-nhan/ho-so/${reference}`);
  });

  test("from a page that is out of date, nothing is done and that is said", async () => {
    const reference = await file(lan, agencyId, commune);
    const form = await lan.get(`/ca-nhan/ho-so/${reference}/rut`);
    const { id, version } = await dossierOf(reference);
    await acceptDossier(officer(), { dossierId: id, version });
    const late = await form.submit("Rút hồ sơ", { reason: "Thôi." });
    expect(late.status).toBe(409);
    expect((await dossierOf(reference)).status).not.toBe("withdrawn");
  });
});

test("the applicant reads the apology with its reason, the old and the new date; and why a dossier was stopped", async () => {
  const reference = await file(lan, agencyId, commune);
  const monday = new Date("2026-11-30T02:00:00Z");
  const { id, version } = await dossierOf(reference);
  await acceptDossier(officer(monday), { dossierId: id, version });
  // As if the procedure gave more than the day.
  await portal.db.dossier.update({ where: { id }, data: { dueAt: new Date("2026-12-02T10:00:00Z") } });
  await extendDossier(officer(monday), {
    dossierId: id,
    version: version + 1,
    until: "2026-12-07",
    reason: "Cần xác minh ở nơi sinh.",
  });
  const page = await lan.get(`/ca-nhan/ho-so/${reference}`);
  for (const text of ["Cơ quan xin lỗi", "02/12/2026", "07/12/2026", "Cần xác minh ở nơi sinh."])
    expect(page.text).toContain(text);
  await stopDossier(officer(monday), { dossierId: id, version: version + 2, reason: "Có quyết định của tòa án." });
  expect((await lan.get(`/ca-nhan/ho-so/${reference}`)).text).toContain("Có quyết định của tòa án.");
});
