import { beforeAll, expect, test } from "vitest";
import { dateOf, timeOf } from "#calendar/index.ts";
import { typedAnswers } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD, demoOfficers } from "#dev/demo.ts";
import { advanceStep, handOverPapers, receivePapers } from "#dossiers/index.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import type { Client, Page } from "../support/client.ts";
import { agencyIdOf, asOfficer, provinceDatabase } from "../support/province.ts";

/** May be handed in anywhere in the province. */
const ANYWHERE = "1.004873";
const COPIES = "2.000815";

let portal: TestApp;
let desk: Client;
beforeAll(async () => {
  portal = await startTestApp({ database: await provinceDatabase() });
  desk = await portal.signIn(demoOfficers.dongKinhDesk.username, DEMO_PASSWORD);
}, 90_000);

async function send(code: string, name: string, more: Record<string, string> = {}): Promise<Page> {
  const version = await findCurrentVersion(portal.system(), code);
  if (!version) throw new Error(`no version of ${code}`);
  const { definition } = version;
  const place = { provinceCode: "20", communeCode: "05977", communeName: "phường Đông Kinh" };
  const papers = definition.requirements
    .filter(({ required, originals, copies }) => required && originals + copies > 0)
    .flatMap(({ id }) => [
      [`paper-${id}.received`, "1"],
      [`paper-${id}.originals`, "1"],
    ]);
  const [first] = definition.cases;
  return desk.post(`/mot-cua/tiep-nhan/${code}${first ? `?truong-hop=${first.id}` : ""}`, {
    formKey: crypto.randomUUID(),
    ...typedAnswers(definition, { today: dateOf(new Date()), ...place, number: 1 }),
    ...Object.fromEntries(papers),
    applicant_fullName: name,
    returnMethod: definition.returnMethods.includes("counter") ? "counter" : (definition.returnMethods[0] ?? ""),
    ...more,
  });
}
const made = (name: string) =>
  portal.db.dossier.findFirstOrThrow({
    where: { parties: { some: { fullName: name, role: "applicant" } } },
    include: { lateEntry: true, postalArrival: true, stepRuns: true, issuedPapers: true },
  });
const earlier = (at: Date) => {
  const [year = "", month = "", day = ""] = dateOf(at).split("-");
  return {
    "earlier.date.day": day,
    "earlier.date.month": month,
    "earlier.date.year": year,
    "earlier.time": timeOf(at),
  };
};
const DAY = 86_400_000;

test("what was taken in on paper during an outage has its own time, code and due date, with the reason in its history", async () => {
  const at = new Date(Math.floor((Date.now() - 2 * DAY) / 60_000) * 60_000);
  const back = await send(COPIES, "Bế Văn Đàn", earlier(at));
  expect(back.errors().map(({ field }) => field)).toEqual(["earlier.reason"]);
  const done = await send(COPIES, "Bế Văn Đàn", { ...earlier(at), "earlier.reason": "Mất điện từ 8 giờ." });
  expect(done.heading).toBe("Đã tiếp nhận hồ sơ");
  const dossier = await made("Bế Văn Đàn");
  expect(dossier.acceptedAt).toEqual(at);
  expect(dossier.clockStartedAt).toEqual(at);
  expect(dossier.enteredAt > at).toBe(true);
  expect(dossier.code).toContain(dateOf(at).slice(2).replaceAll("-", ""));
  const event = await portal.db.dossierEvent.findFirstOrThrow({
    where: { dossierId: dossier.id, type: "dossier.accepted" },
  });
  expect(event.payload).toMatchObject({ enteredLate: true, receivedAt: at.toISOString() });
  expect((await desk.get(`/mot-cua/ho-so/${dossier.id}`)).text).toContain("Mất điện từ 8 giờ.");
});

test.each([
  ["later than now", new Date(Date.now() + DAY)],
  ["too far back", new Date(Date.now() - 40 * DAY)],
])("a time %s is no time of reception", async (_what, at) => {
  const back = await send(COPIES, "Không Ai", { ...earlier(at), "earlier.reason": "x" });
  expect(back.errors().map(({ field }) => field)).toEqual(["earlier.date"]);
});

test("of a letter the clock runs from the signed record of its hand-over, which is kept", async () => {
  const at = new Date(Math.floor((Date.now() - 3 * DAY) / 60_000) * 60_000);
  const letter = { "desk-channel": "post", ...earlier(at) };
  const back = await send(ANYWHERE, "Nông Thị Thư", letter);
  expect(back.errors().map(({ field }) => field)).toEqual(["earlier.record"]);
  await send(ANYWHERE, "Nông Thị Thư", { ...letter, "earlier.record": "BB-77", "earlier.carrier": "VNPost" });
  const dossier = await made("Nông Thị Thư");
  expect(dossier.clockStartedAt).toEqual(at);
  expect(dossier.acceptedAt && dossier.acceptedAt > at).toBe(true);
  expect(dossier.postalArrival).toMatchObject({ record: "BB-77", carrier: "VNPost", signedAt: at });
});

test("a mistaken acceptance is voided while nobody worked on it: code kept and marked, slip revoked, never counted as received", async () => {
  await send(COPIES, "Người Nhầm");
  const { id, code } = await made("Người Nhầm");
  const page = await desk.get(`/mot-cua/ho-so/${id}`);
  const missing = await desk.post(`/mot-cua/ho-so/${id}/huy-tiep-nhan`, { version: "2", reason: "" });
  expect(missing.status).toBe(422);
  expect(page.text).toContain("Hủy việc tiếp nhận nhầm");
  const { version } = await made("Người Nhầm");
  const done = await desk.post(`/mot-cua/ho-so/${id}/huy-tiep-nhan`, {
    version: String(version),
    reason: "Ghi hai lần.",
  });
  expect(done.text).toContain("Đã hủy việc tiếp nhận");
  const after = await made("Người Nhầm");
  expect([after.status, after.code]).toEqual(["voided", code]);
  expect(after.stepRuns.filter(({ closedAt }) => closedAt === null)).toEqual([]);
  expect(after.issuedPapers.map(({ standing }) => standing)).toEqual(["revoked"]);
  await send(COPIES, "Người Sau");
  expect((await made("Người Sau")).code).not.toBe(code);
});

test("what was worked on is not voided", async () => {
  await send(COPIES, "Đã Xử Lý");
  const { id, stepRuns } = await made("Đã Xử Lý");
  const [run] = stepRuns;
  if (!run) throw new Error("no step");
  const officer = await asOfficer(portal, demoOfficers.dongKinhDesk);
  await advanceStep(officer, { stepRunId: run.id, version: run.version, outcomeId: "hand_over", note: null });
  const { version } = await made("Đã Xử Lý");
  const refused = await desk.post(`/mot-cua/ho-so/${id}/huy-tiep-nhan`, { version: String(version), reason: "x" });
  expect(refused.text).toContain("Đã có người xử lý hồ sơ này");
  expect((await made("Đã Xử Lý")).status).not.toBe("voided");
});

test("one slip takes the papers of many dossiers to one place; its receiver confirms them, and only of those two agencies it is seen", async () => {
  const names = ["Bàn Giao Một", "Bàn Giao Hai"];
  const officer = await asOfficer(portal, demoOfficers.dongKinhDesk);
  for (const name of names) {
    await send(COPIES, name);
    const [run] = (await made(name)).stepRuns;
    if (!run) throw new Error("no step");
    await advanceStep(officer, { stepRunId: run.id, version: run.version, outcomeId: "hand_over", note: null });
  }
  const ids = await Promise.all(names.map(async (name) => (await made(name)).id));
  const [run] = await portal.db.stepRun.findMany({ where: { dossierId: ids[0] ?? "", closedAt: null } });
  const from = await agencyIdOf(portal, "dongKinh");
  const list = await desk.get("/mot-cua/ban-giao");
  expect(list.text).toContain("Bàn Giao Một");
  const fields = { formKey: crypto.randomUUID(), from, to: run?.agencyId ?? "", role: run?.role ?? "", dossier: ids };
  const slip = await desk.post("/mot-cua/ban-giao", fields);
  expect(slip.text).toContain("Chờ xác nhận");
  expect((await desk.post("/mot-cua/ban-giao", fields)).path).toBe(slip.path);
  expect((await slip.follow("In phiếu bàn giao")).headers.get("content-type")).toBe("application/pdf");
  expect(slip.has("button", "Xác nhận đã nhận")).toBe(false);
  const stranger = await portal.signIn(demoOfficers.huuLungDesk.username, DEMO_PASSWORD);
  expect((await stranger.get(slip.path)).status).toBe(404);

  const receiver = await portal.signIn(demoOfficers.dongKinhJustice.username, DEMO_PASSWORD);
  expect((await receiver.get(slip.path)).has("button", "Xác nhận đã nhận")).toBe(true);
  const done = await receiver.post(`${slip.path}/nhan`, { [`remark-${ids[1]}`]: "Thiếu 01 bản sao" });
  expect(done.text).toContain("Thiếu 01 bản sao");
  const lines = await portal.db.handOver.findMany({ where: { dossierId: { in: ids } }, orderBy: { remark: "asc" } });
  expect(lines.every(({ receivedAt }) => receivedAt !== null)).toBe(true);
  expect((await receiver.post(`${slip.path}/nhan`, {})).status).toBe(409);
});

test("a result on paper goes back to the desk with a slip of its own, made by the clerk of its agency", async () => {
  await send(COPIES, "Kết Quả Về");
  const { id, stepRuns } = await made("Kết Quả Về");
  const at = new Date();
  const place = await agencyIdOf(portal, "dongKinh");
  const [first] = stepRuns;
  await portal.db.stepRun.update({ where: { id: first?.id ?? "" }, data: { closedAt: at, role: "leader" } });
  await portal.db.dossier.update({ where: { id }, data: { status: "completed", finishedAt: at } });
  await portal.db.result.create({
    data: { dossierId: id, title: "Bản sao", number: "15/CT", issuerAgencyId: place, state: "issued", createdAt: at },
  });
  const clerk = await portal.signIn(demoOfficers.dongKinhClerk.username, DEMO_PASSWORD);
  const list = await clerk.get("/mot-cua/ban-giao");
  expect(list.text).toMatch(/bộ phận một cửa[\s\S]*Bản sao số 15\/CT/i);
  expect((await clerk.get(`/mot-cua/ho-so/${id}`)).has("button", "Lập phiếu bàn giao")).toBe(true);
  const fields = { formKey: crypto.randomUUID(), from: place, to: place, role: "desk", dossier: id };
  const slip = await clerk.post("/mot-cua/ban-giao", fields);
  expect(slip.text).toContain("Bản sao số 15/CT");
  expect((await clerk.get("/mot-cua/ban-giao")).text).not.toContain("Kết Quả Về");
  expect((await desk.get("/mot-cua/tra-ket-qua")).text).toContain("Bản giấy đang chuyển về");
  const done = await desk.post(`${slip.path}/nhan`, {});
  expect(done.text).toContain("Đã nhận lúc");
  expect((await desk.get("/mot-cua/tra-ket-qua")).text).not.toContain("Bản giấy đang chuyển về");
  expect((await desk.post("/mot-cua/ban-giao", { ...fields, formKey: crypto.randomUUID() })).status).toBe(403);
});

test("taken in for another agency, the term runs from when its papers arrived there", async () => {
  const forAgency = await agencyIdOf(portal, "huuLung");
  const done = await send(ANYWHERE, "Triệu Thị Nơi Khác", { forAgency });
  expect(done.heading).toBe("Đã tiếp nhận hồ sơ");
  const dossier = await made("Triệu Thị Nơi Khác");
  const receiving = await agencyIdOf(portal, "dongKinh");
  expect([dossier.receivingAgencyId, dossier.forAgencyId]).toEqual([receiving, forAgency]);

  const first = dossier.stepRuns[0];
  const officer = await asOfficer(portal, demoOfficers.dongKinhDesk);
  await advanceStep(officer, {
    stepRunId: first?.id ?? "",
    version: first?.version ?? 0,
    outcomeId: "hand_over",
    note: null,
  });
  const { version } = await made("Triệu Thị Nơi Khác");
  await handOverPapers(officer, { dossierId: dossier.id, version, papers: "Tờ khai" });
  const later = new Date(Date.now() + 4 * DAY);
  const there = await asOfficer(portal, demoOfficers.huuLungSpecialist, later);
  await receivePapers(there, { dossierId: dossier.id, version: version + 1, remark: null });
  const after = await made("Triệu Thị Nơi Khác");
  expect(after.clockStartedAt).toEqual(later);
  expect(after.dueAt && dossier.dueAt && after.dueAt > dossier.dueAt).toBe(true);
});
