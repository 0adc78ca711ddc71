import { afterAll, beforeAll, expect, test } from "vitest";
import { createOfficer } from "#accounts/index.ts";
import { addWorkingDays, type Calendar, findCalendar, instantAt } from "#calendar/index.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { printPaper } from "#documents/index.ts";
import { notificationJobs } from "#notifications/index.ts";
import { now } from "#platform/clock.ts";
import { isoDay } from "#platform/format.ts";
import { findStep } from "#workflow/index.ts";
import { withClient } from "../../src/dev/database.mjs";
import { open as openWindow, picture, signIn } from "../journeys/walking.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { mustBeUsable } from "../support/axe.ts";
import { browserTest } from "../support/browser.ts";
import type { Client, Page } from "../support/client.ts";
import { startProgram } from "../support/programs.ts";
import { provinceDatabase } from "../support/province.ts";
import { makeWalk, type Walk } from "./walk.ts";

/** Three working days, at the commune; its result is made by the portal. */
const MARITAL = "1.004873";
const BIRTH = "1.001193";
/** Commune, department of land, tax office. */
const LAND = "1.012753";
const PDF = { name: "ban-dinh-chinh.pdf", type: "application/pdf", content: "%PDF-1.4\n%%EOF\n" };
type Who = keyof typeof demoOfficers;

let portal: TestApp;
let walk: Walk;
let calendar: Calendar;
let lan: Client;
const clients = new Map<Who, Promise<Client>>();
beforeAll(async () => {
  portal = await startTestApp({ database: await provinceDatabase() });
  walk = await makeWalk(portal);
  calendar = await findCalendar(portal.system());
  lan = await portal.signIn(demoCitizens.lan.phone, DEMO_PASSWORD);
}, 60_000);
afterAll(() => walk.end());

const as = (who: Who): Promise<Client> => {
  const client = clients.get(who) ?? portal.signIn(demoOfficers[who].username, DEMO_PASSWORD);
  clients.set(who, client);
  return client;
};
const open = async (who: Who, id: string): Promise<Page> => (await as(who)).get(`/mot-cua/ho-so/${id}`);
const own = (reference: string): Promise<Page> => lan.get(`/ca-nhan/ho-so/${reference}`);

/** Whom everything that happened to a dossier told of what: "dongkinh.lanhdao: overdue". */
async function told(dossierId: string): Promise<string[]> {
  const office = { mailer: null, renderer: () => Promise.reject(), texts: {} } as never;
  const jobs = notificationJobs(portal, office, now);
  for (const { id } of (await walk.dossierOf(dossierId)).events) await jobs["dossiers.react"]({ eventId: id });
  const rows = await portal.db.notification.findMany({ where: { dossierId }, include: { account: true } });
  return rows.map(({ kind, account }) => `${account.username}: ${kind}`).sort();
}

const today = (): string => isoDay(now());
const daysBefore = (day: string, days: number): string =>
  isoDay(new Date(instantAt(day, "12:00").getTime() - days * 86_400_000));
/** The last day on which what is accepted, in the morning, is due on a day. */
function acceptedFor(due: string, term: number): Date {
  for (let back = term; back < 60; back++) {
    const day = daysBefore(due, back);
    if (addWorkingDays(day, term, calendar) === due) return instantAt(day, "08:00");
  }
  throw new Error(`nothing is due on ${due}`);
}
const boxes = (name: string, day: string) => {
  const [year = "", month = "", date = ""] = day.split("-");
  return { [`${name}.day`]: date, [`${name}.month`]: month, [`${name}.year`]: year };
};
const shown = (day: string): string => day.split("-").reverse().join("/");

/** Presses an outcome's button of the step at which the dossier stands, as who holds it. */
async function go(who: Who, id: string, code: string, stepId: string, outcomeId: string, note?: string): Promise<Page> {
  const { definition } = await walk.version(code);
  const name = findStep(definition.workflow, stepId)?.outcomes.find((one) => one.id === outcomeId)?.name.vi ?? "";
  const done = await (await open(who, id)).submit(name, note ? { note } : {});
  expect([who, stepId, done.status, done.errors()]).toEqual([who, stepId, 200, []]);
  return done;
}

test("foreseen late: the holder is asked the day before, proposes, and form 04 goes out with one new date", async () => {
  const due = addWorkingDays(today(), 1, calendar);
  const until = addWorkingDays(due, 3, calendar);
  const { dossierId: id, reference } = await walk.accepted(MARITAL, "dongKinh", acceptedFor(due, 3));
  expect(isoDay((await walk.dossierOf(id)).dueAt ?? now())).toBe(due);

  const owed = await open("dongKinhDesk", id);
  expect(owed.text).toContain("Đề nghị gia hạn hoặc xác nhận kịp hạn");
  const proposed = await owed.submit("Đề nghị gia hạn", {
    reason: "Chờ xác minh nơi cư trú cũ.",
    ...boxes("until", until),
  });
  expect(proposed.text).toContain("Đã gửi đề nghị gia hạn");
  expect(await told(id)).toContain("dongkinh.lanhdao: extension_proposed");

  const asked = await open("dongKinhLeader", id);
  expect(asked.text).toContain(`đề nghị hẹn lại ngày ${shown(until)}. Lý do: Chờ xác minh nơi cư trú cũ.`);
  const done = await asked.submit("Xin lỗi và hẹn lại ngày trả", {
    "Lý do chưa giải quyết xong": "Chờ xác minh nơi cư trú cũ.",
    ...boxes("until", until),
  });
  expect(done.text).toContain("Đã hẹn lại ngày trả kết quả");
  const letter = await portal.db.issuedPaper.findFirstOrThrow({ where: { dossierId: id, kind: "apology_letter" } });
  const told04 = await own(reference);
  for (const text of ["xin lỗi", shown(due), shown(until), "Chờ xác minh nơi cư trú cũ."])
    expect(told04.text).toContain(text);
  expect((await lan.get(`/ca-nhan/giay-to/${letter.id}`)).headers.get("content-type")).toBe("application/pdf");
  expect(await told(id)).toContain(`${demoCitizens.lan.phone}: extended`);
  const after = await walk.dossierOf(id);
  expect([isoDay(after.originalDueAt ?? now()), isoDay(after.dueAt ?? now())]).toEqual([due, until]);
  expect((await open("dongKinhLeader", id)).has("button", "Xin lỗi và hẹn lại ngày trả")).toBe(false);
});

test("already late: form 04 is refused, the leader records a reason, the applicant is told, and the date stays", async () => {
  const { dossierId: id, reference } = await walk.accepted(
    MARITAL,
    "dongKinh",
    instantAt(daysBefore(today(), 30), "08:00"),
  );
  const { dueAt, version } = await walk.dossierOf(id);
  const page = await open("dongKinhLeader", id);
  expect(page.has("button", "Xin lỗi và hẹn lại ngày trả")).toBe(false);
  const forced = await (await as("dongKinhLeader")).post(`/mot-cua/ho-so/${id}/gia-han`, {
    version: String(version),
    reason: "Xin thêm thời gian.",
    ...boxes("until", addWorkingDays(today(), 3, calendar)),
  });
  expect([forced.status, forced.text.includes("Không còn xin lỗi và gia hạn được")]).toEqual([409, true]);
  expect(await portal.db.issuedPaper.count({ where: { dossierId: id, kind: "apology_letter" } })).toBe(0);

  const done = await page.submit("Ghi lý do và báo người nộp", { reason: "Cơ quan phối hợp trả lời chậm." });
  expect(done.text).toContain("Ngày hẹn giữ nguyên.");
  const seen = await own(reference);
  expect(seen.text).toContain("Cơ quan phối hợp trả lời chậm.");
  expect(seen.text).toContain(shown(isoDay(dueAt ?? now())));
  expect(await told(id)).toContain(`${demoCitizens.lan.phone}: lateness`);
  expect((await walk.dossierOf(id)).dueAt).toEqual(dueAt);
});

test("a supplement: marked fields alone come back, the officer sees what changed, and the fee follows the answer", async () => {
  const { dossierId: id, reference } = await walk.submit(BIRTH, "dongKinh", now());
  const before = await portal.db.feeLine.findMany({ where: { dossierId: id } });
  const answers = (await walk.dossierOf(id)).answers[0]?.answers as Record<string, unknown>;
  const ask = await (await open("dongKinhDesk", id)).follow("Yêu cầu bổ sung");
  const sent = await ask.submit("Gửi yêu cầu bổ sung", {
    mark: ["field.childName", "field.copyCount"],
    "note.field.childName": "Viết đúng như giấy chứng sinh.",
    "note.field.copyCount": "Ghi lại số bản sao cần cấp.",
    reason: "Tờ khai chưa thống nhất.",
  });
  expect(sent.text).toContain("Đã gửi yêu cầu bổ sung");
  expect(await told(id)).toContain(`${demoCitizens.lan.phone}: supplement`);
  const form = await (await own(reference)).follow("Bổ sung hồ sơ");
  const copies = Number(answers["copyCount"]) + 3;
  const back = await form.submit("Gửi bổ sung", { childName: "Nguyễn Minh Ân", copyCount: String(copies) });
  expect([back.status, back.errors()]).toEqual([200, []]);
  const page = await open("dongKinhDesk", id);
  const rows = page.all("tr").map((row) => page.within(row).text);
  expect(rows.find((row) => row.includes("Nguyễn Minh Ân"))).toContain(String(answers["childName"]));
  const after = await portal.db.feeLine.findMany({ where: { dossierId: id } });
  const price = (lines: typeof after) =>
    lines.reduce((sum, { amount, quantity }) => sum + amount * BigInt(quantity), 0n);
  expect(after.map(({ quantity }) => quantity)).toContain(copies);
  expect(price(after) > price(before)).toBe(true);
  expect(page.text).toContain("Phí, lệ phí thay đổi");
});

test("three agencies: the papers go with slips, the tax office is asked and answers who asked, and the result comes back", async () => {
  const { dossierId: id, reference } = await walk.accepted(LAND, "dongKinh", now());
  const far = await open("taxSpecialist", id);
  expect(far.status).toBe(404);
  await go("dongKinhDesk", id, LAND, "hand_over", "hand_over");
  const given = await (await open("dongKinhDesk", id)).submit("Lập phiếu bàn giao", {
    papers: "Đơn đăng ký, 01 bản chính",
  });
  expect(given.text).toContain("Đã lập phiếu bàn giao");
  expect(await told(id)).toContain("dongkinh.diachinh: handed_over");
  const counted = await (await open("dongKinhLand", id)).submit("Xác nhận đã nhận", { remark: "Thiếu sơ đồ" });
  expect(counted.text).toContain("Thiếu sơ đồ");
  await go("dongKinhLand", id, LAND, "verify", "submit");
  await go("dongKinhLeader", id, LAND, "transfer", "transfer");
  await go("landSpecialist", id, LAND, "appraise", "consult", "Đề nghị xác định nghĩa vụ tài chính.");
  await go("taxSpecialist", id, LAND, "tax_opinion", "answer", "Không phát sinh nghĩa vụ.");
  const asker = demoOfficers.landSpecialist.username;
  expect((await told(id)).filter((one) => one.endsWith(": answered"))).toEqual([`${asker}: answered`]);
  expect((await open("landSpecialist", id)).text).toContain("Không phát sinh nghĩa vụ.");
  await go("landSpecialist", id, LAND, "appraise", "submit");
  await go("landLeader", id, LAND, "approve", "approve");
  await (await open("landClerk", id)).submit("Lưu kết quả", {
    number: "CN 01",
    ...boxes("issuedOn", today()),
    file: PDF,
  });
  await go("landClerk", id, LAND, "issue", "send");
  const slip = await (await open("dongKinhDesk", id)).submit("Lập phiếu");
  expect(slip.status).toBe(200);
  const control = await portal.db.issuedPaper.findFirstOrThrow({ where: { dossierId: id, kind: "control_slip" } });
  const { handOvers } = control.snapshot as { handOvers: { giver: string; receiver: string; note: string }[] };
  expect(handOvers[1]).toMatchObject({
    giver: demoOfficers.dongKinhDesk.displayName,
    receiver: demoOfficers.dongKinhLand.displayName,
    note: expect.stringMatching(/Phiếu bàn giao giấy tờ số 1: giao .*, nhận /),
  });
  await go("dongKinhDesk", id, LAND, "result_ready", "ready");
  const done = await (await open("dongKinhDesk", id)).submit("Xác nhận đã trả kết quả", {
    "Người nhận": "Nguyễn Thị Lan",
  });
  expect(done.text).toContain("Đã trả kết quả");
  expect((await own(reference)).text).toContain("Đã trả kết quả");
  const agencies = new Set((await walk.dossierOf(id)).stepRuns.map(({ agencyId }) => agencyId));
  expect(agencies.size).toBe(3);
});

test("withdrawn: the applicant takes it back with a reason, who held it is told, and no work is open", async () => {
  const { dossierId: id, reference } = await walk.accepted(MARITAL, "dongKinh", now());
  await go("dongKinhDesk", id, MARITAL, "hand_over", "hand_over");
  const run = await walk.leadOf(id);
  const page = await open("dongKinhJustice", id);
  await page.submit(/^Nhận việc|^Nhận xử lý|^Nhận$/);
  const form = await (await own(reference)).follow("Rút hồ sơ");
  const done = await form.submit("Rút hồ sơ", { reason: "Tôi không còn cần giấy này." });
  expect(done.text).toContain("Đã rút hồ sơ.");
  const after = await open("dongKinhJustice", id);
  expect(after.text).toContain("Tôi không còn cần giấy này.");
  expect(after.has("button", "Trình ký")).toBe(false);
  const late = await (await as("dongKinhJustice")).post(`/mot-cua/ho-so/${id}/buoc`, {
    run: run.id,
    version: String(run.version + 1),
    outcome: "submit",
  });
  expect(late.status).toBe(409);
  expect(await told(id)).toContain(`${demoOfficers.dongKinhJustice.username}: withdrawn`);
  const dossier = await walk.dossierOf(id);
  expect([dossier.status, dossier.stepRuns.filter(({ closedAt }) => closedAt === null)]).toEqual(["withdrawn", []]);
});

test("a draft that the applicant judges, a result made by the portal, its correction, and what the verification page says of each", async () => {
  const { dossierId: id, reference } = await walk.accepted(MARITAL, "dongKinh", now());
  await go("dongKinhDesk", id, MARITAL, "hand_over", "hand_over");
  await go("dongKinhJustice", id, MARITAL, "appraise", "submit");
  await go("dongKinhLeader", id, MARITAL, "sign", "approve");
  const making = await (await as("dongKinhClerk")).get(`/mot-cua/lap-ket-qua/${id}`);
  const made = await making.submit("Cấp số và lập kết quả", {
    birthDate: "27/03/1990",
    gender: "Nữ",
    residence: "Phường Đông Kinh",
    signer: "Hoàng Văn Thụ",
  });
  expect([made.status, made.errors()]).toEqual([200, []]);
  const paper = await portal.db.issuedPaper.findFirstOrThrow({ where: { dossierId: id, kind: "result" } });
  await printPaper(portal.system(), paper.id);
  const visitor = portal.client();
  const verify = (): Promise<Page> => visitor.get(`/xac-minh/${paper.token}`);
  expect((await (await as("dongKinhLeader")).get(`/mot-cua/thu-hoi-giay/${paper.id}`)).status).toBe(404);
  const draft = await verify();
  expect([draft.status, draft.text.includes("còn là dự thảo")]).toEqual([404, true]);

  await (await open("dongKinhClerk", id)).submit("Gửi dự thảo cho người nộp");
  const asked = await own(reference);
  expect(await told(id)).toContain(`${demoCitizens.lan.phone}: draft_shown`);
  const notice = await portal.db.notification.findFirstOrThrow({ where: { dossierId: id, kind: "draft_shown" } });
  expect((notice.facts as { dueAt: string | null }).dueAt).not.toBeNull();
  const objected = await asked.submit("Gửi ý kiến, chưa đồng ý", { objection: "Sai tên đệm." });
  expect([objected.status, objected.errors()]).toEqual([200, []]);
  expect((await open("dongKinhClerk", id)).text).toContain("Sai tên đệm.");
  await (await open("dongKinhClerk", id)).submit("Gửi dự thảo cho người nộp");
  await (await own(reference)).submit("Tôi đồng ý với dự thảo");
  await go("dongKinhClerk", id, MARITAL, "issue", "issue");
  expect((await verify()).text).toContain("Hợp lệ");

  const corrected = await (await open("dongKinhLeader", id)).submit("Phát hành bản đính chính", {
    number: "09/XNTTHN",
    ...boxes("issuedOn", today()),
    file: PDF,
    reason: "Sai tên đệm do nhập liệu.",
  });
  expect([corrected.status, corrected.errors()]).toEqual([200, []]);
  const after = await verify();
  expect(after.text).toContain("Đã được thay thế");
  expect(after.text).not.toContain("Hợp lệ");
  expect((await own(reference)).text).toContain("Sai tên đệm do nhập liệu.");
  await (await open("dongKinhLeader", id)).submit("Xác nhận mở lại", { reason: "Theo kết luận kiểm tra." });
  expect((await portal.db.result.findMany({ where: { dossierId: id } })).map(({ state }) => state).sort()).toEqual([
    "replaced",
    "revoked",
  ]);
});

browserTest("on a phone a leader sees the draft beside the buttons and approves it", { timeout: 60_000 }, async () => {
  const { dossierId: id } = await walk.accepted(MARITAL, "dongKinh", now());
  await go("dongKinhDesk", id, MARITAL, "hand_over", "hand_over");
  const drafted = await (await open("dongKinhJustice", id)).submit("Lưu dự thảo", { file: PDF });
  expect([drafted.status, drafted.errors()]).toEqual([200, []]);
  await go("dongKinhJustice", id, MARITAL, "appraise", "submit");
  const page = await openWindow(portal);
  await signIn(page, demoOfficers.dongKinhLeader.username);
  await page.waitForURL(/mot-cua/);
  await page.goto(`/mot-cua/ho-so/${id}`);
  await mustBeUsable(page, "leader");
  const form = page.locator("form", { has: page.getByRole("button", { name: "Ký duyệt" }) });
  expect(await form.getByRole("link", { name: PDF.name }).first().isVisible()).toBe(true);
  await picture(page, "leader-360");
  await form.getByRole("button", { name: "Ký duyệt" }).click();
  await page.getByText("Đã xử lý").first().waitFor();
  expect((await walk.leadOf(id)).stepId).toBe("issue");
  await page.close();
});

browserTest(
  "work is taken over from a colleague, who keeps what they typed and reads who has it now",
  { timeout: 60_000 },
  async () => {
    await createOfficer(portal.system(), {
      username: "tuphap.hai",
      displayName: "Nguyễn Thị Hai",
      password: DEMO_PASSWORD,
      postings: [{ agency: "H37.05977", role: "specialist" }],
    });
    const { dossierId: id } = await walk.accepted(MARITAL, "dongKinh", now());
    await go("dongKinhDesk", id, MARITAL, "hand_over", "hand_over");
    const held = await (await open("dongKinhJustice", id)).submit("Nhận việc");
    expect(held.status).toBe(200);
    const page = await openWindow(portal, { viewport: { width: 1280, height: 900 } });
    await signIn(page, "tuphap.hai");
    await page.waitForURL(/mot-cua/);
    await page.goto(`/mot-cua/ho-so/${id}`);
    await page.locator("summary", { hasText: "Nhận thay" }).click();
    const act = page.locator("form", { has: page.getByRole("button", { name: "Nhận thay" }) });
    await act.locator("textarea").fill("Anh Thành đi họp cả ngày");
    await mustBeUsable(page, "take-over");
    await act.getByRole("button", { name: "Nhận thay" }).click();
    await page.getByText("Bạn đã nhận việc này").waitFor();
    const lost = await held.submit("Trình ký", { note: "Đã đối chiếu sổ." });
    expect([lost.status, lost.text.includes("Nguyễn Thị Hai"), lost.text.includes("Đã đối chiếu sổ.")]).toEqual([
      409,
      true,
      true,
    ]);
    expect(await told(id)).toContain(`${demoOfficers.dongKinhJustice.username}: taken_over`);
    await page.close();
  },
);

test("a leader takes a paper back: the applicant is told, and the verification page says so", async () => {
  const { dossierId: id } = await walk.accepted(MARITAL, "dongKinh", now());
  const slip = await portal.db.issuedPaper.findFirstOrThrow({ where: { dossierId: id, kind: "receipt_slip" } });
  const form = await (await as("dongKinhLeader")).get(`/mot-cua/thu-hoi-giay/${slip.id}`);
  const done = await form.submit("Thay bằng giấy mới", { reason: "Sai số điện thoại." });
  expect(done.status).toBe(200);
  expect(await told(id)).toContain(`${demoCitizens.lan.phone}: paper_replaced`);
  expect((await portal.client().get(`/xac-minh/${slip.token}`)).text).toContain("Đã được thay thế");
});

test("a row altered by hand is found and named by verify:history", { timeout: 60_000 }, async () => {
  const { dossierId: id, reference } = await walk.accepted(MARITAL, "dongKinh", now());
  const verifyHistory = () =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = startProgram("ops/verify-history", {
        PATH: process.env["PATH"],
        DATABASE_URL: portal.url,
        DATABASE_OWNER_URL: portal.ownerUrl,
        DATA_DIR: portal.folder,
        LOG_LEVEL: "silent",
      });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
      child.on("close", (code) => resolve({ code, said }));
    });
  await withClient(portal.ownerUrl, async (client) => {
    await client.query("BEGIN; ALTER TABLE dossier_events DISABLE TRIGGER USER");
    await client.query(`UPDATE dossier_events SET at = at + interval '1 day' WHERE "dossierId" = $1 AND seq = 2`, [id]);
    await client.query("ALTER TABLE dossier_events ENABLE TRIGGER USER; COMMIT");
  });
  const found = await verifyHistory();
  expect([found.code, found.said]).toEqual([1, expect.stringMatching(/^\d+ dossiers, \d+ events, 1 broken$/m)]);
  expect(found.said).toContain(`${reference} (${id}): row 2 was altered`);
});
