import { beforeAll, expect, test } from "vitest";
import { NationalPayload } from "#dossiers/index.ts";
import { codes, makeWorld, register, submitted, type Who, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "dongKinhJustice", "dongKinhLeader", "huuLungDesk");
}, 60_000);

const open = async (who: Who, id: string) => (await world.as(who)).get(`/mot-cua/ho-so/${id}`);
const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
async function dueIn(days: number): Promise<string> {
  const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  await world.db.dossier.update({
    where: { id: dossierId },
    data: { dueAt: inDays(days), originalDueAt: inDays(days) },
  });
  return dossierId;
}

test("before the due date the holder owes a word; once it is given, nobody is asked any more", async () => {
  const id = await dueIn(0);
  const page = await open("dongKinhDesk", id);
  expect(page.text).toContain("Đề nghị gia hạn hoặc xác nhận kịp hạn");
  const done = await page.submit("Xác nhận vẫn kịp hạn");
  expect(done.text).toContain("Đã ghi xác nhận kịp hạn.");
  expect(done.has("button", "Xác nhận vẫn kịp hạn")).toBe(false);
  expect(done.text).toContain("Xác nhận kịp hạn");
});

test("a leader records why a dossier is late; the desk is not asked to, and the reason is read in the history", async () => {
  const id = await dueIn(-3);
  expect((await open("dongKinhDesk", id)).has("button", "Ghi lý do và báo người nộp")).toBe(false);
  const page = await open("dongKinhLeader", id);
  const empty = await page.submit("Ghi lý do và báo người nộp");
  expect([empty.status, empty.errors().map(({ field }) => field)]).toEqual([422, ["lateness-reason"]]);
  const done = await empty.submit("Ghi lý do và báo người nộp", { reason: "Sự cố mạng toàn tỉnh." });
  expect(done.text).toContain("Ngày hẹn giữ nguyên.");
  expect(done.text).toContain("Xin lỗi và báo lý do trễ hẹn");
  const again = await done.submit("Ghi lý do và báo người nộp", { reason: "sự cố mạng toàn tỉnh." });
  expect([again.status, again.text.includes("Lý do này đã được ghi trước đây")]).toEqual([409, true]);
});

test("money is asked for and noted at the dossier's page", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  const page = await open("dongKinhDesk", id);
  const bad = await page.submit("Gửi yêu cầu cho người nộp", { amount: "mười nghìn" });
  expect(bad.errors().map(({ field }) => field)).toEqual(["oblige-what", "oblige-amount"]);
  const asked = await bad.submit("Gửi yêu cầu cho người nộp", {
    what: "Lệ phí theo thông báo số 5.",
    amount: "120.000",
  });
  expect(asked.text).toContain("Chờ thực hiện nghĩa vụ tài chính");
  expect(asked.text).toContain("120.000");
  const paid = await asked.submit("Đã nộp đủ", { proof: "BL 7" });
  expect(paid.text).toContain("BL 7");
  expect((await world.db.dossier.findUniqueOrThrow({ where: { id } })).status).toBe("received");
});

test("what was stopped is opened again by the leader alone", async () => {
  const { dossierId: id } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  await (await open("dongKinhDesk", id)).submit("Dừng giải quyết hồ sơ", { reason: "Nhầm." });
  expect((await open("dongKinhDesk", id)).has("button", "Xác nhận mở lại")).toBe(false);
  const done = await (await open("dongKinhLeader", id)).submit("Xác nhận mở lại", { reason: "Dừng nhầm hồ sơ." });
  expect(done.text).toContain("Đã mở lại hồ sơ.");
});

test("how dates were kept: an officer sees their own steps, a leader everybody's, and a period narrows it", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  const run = await world.db.stepRun.findFirstOrThrow({ where: { dossierId: id } });
  await world.db.stepRun.update({
    where: { id: run.id },
    data: {
      closedAt: new Date(),
      dueAt: inDays(-2),
      closedById: (await world.officer("dongKinhDesk")).actor.accountId,
      outcome: "x",
    },
  });
  const own = await (await world.as("dongKinhDesk")).get("/mot-cua/ket-qua-xu-ly");
  expect(own.text).toContain("Các bước bạn đã xử lý xong.");
  const rows = own.all("tr").map((row) => own.within(row).text);
  expect(rows.some((row) => row.includes("Trễ hạn"))).toBe(true);
  expect((await (await world.as("dongKinhJustice")).get("/mot-cua/ket-qua-xu-ly")).text).toContain("Chưa có bước nào");
  const leader = await (await world.as("dongKinhLeader")).get("/mot-cua/ket-qua-xu-ly");
  expect(leader.text).toContain((await world.officer("dongKinhDesk")).actor.name);
  const past = await (await world.as("dongKinhLeader")).get("/mot-cua/ket-qua-xu-ly?tu=2020-01-01&den=2020-12-31");
  expect(past.text).toContain("Chưa có bước nào");
});

test("the national payload shows what is stored and nothing else, to who may see the dossier", async () => {
  const { id } = await submitted(world, codes.birth, "dongKinh");
  const body = JSON.parse((await (await world.as("dongKinhDesk")).get(`/mot-cua/ho-so/${id}/dong-bo.json`)).html);
  const payload = NationalPayload.parse(body);
  expect(payload).toMatchObject({
    MaHoSo: null,
    MaTTHC: codes.birth,
    KenhThucHien: "2",
    TrangThaiHoSo: "1",
    NgayTiepNhan: null,
    TaiKhoanDuocXacThucVoiVNeID: null,
  });
  expect(payload.NgayNopHoSo).toMatch(/^\d{14}$/);
});

test("officers of another agency find none of these moves", async () => {
  const { dossierId: id } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const far = await world.as("huuLungDesk");
  for (const path of "kip-han ly-do-tre nghia-vu-tai-chinh da-nop-tien gui-du-thao ban-giao nhan-ban-giao dinh-chinh mo-lai".split(
    " ",
  ))
    expect(
      (await far.post(`/mot-cua/ho-so/${id}/${path}`, { version: "1", reason: "x", what: "x", papers: "x" })).status,
      path,
    ).toBe(404);
  expect((await far.get(`/mot-cua/ho-so/${id}/dong-bo.json`)).status).toBe(404);
});

test("a leader who signs sees the draft result beside the buttons", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  const { definition } = await world.version(codes.birth);
  const signing = definition.workflow.steps.find(({ role, branch }) => role === "leader" && !branch);
  if (!signing) throw new Error("nobody signs");
  const agencyId = await world.agencyId("dongKinh");
  await world.db.stepRun.updateMany({
    where: { dossierId: id },
    data: { stepId: signing.id, role: "leader", agencyId },
  });
  await world.db.result.create({
    data: {
      dossierId: id,
      title: "Giấy khai sinh",
      issuerAgencyId: agencyId,
      fileName: "du-thao.pdf",
      mediaType: "application/pdf",
      size: 10,
      storageKey: crypto.randomUUID(),
      createdAt: new Date(),
    },
  });
  const page = await open("dongKinhLeader", id);
  const forms = page.all("form").map((form) => page.within(form).text);
  expect(forms.some((text) => text.includes("Dự thảo: Giấy khai sinh") && text.includes("du-thao.pdf"))).toBe(true);
});
