import { buffer } from "node:stream/consumers";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { createAdmin } from "#accounts/index.ts";
import { acceptDossier, verifyHistory } from "#dossiers/index.ts";

import { privacyJobs } from "#privacy/index.ts";
import { retain } from "../../src/privacy/actions/retention.ts";
import { dueUnder } from "../../src/privacy/queries.ts";
import { endedBefore } from "../../src/privacy/rules.ts";
import { file, home, officerOf, PASSWORD, startPortal } from "../filing/people.ts";
import type { Client } from "../support/client.ts";
import { withoutIds } from "../support/logs.ts";

const { portal, lan, other } = await startPortal();
const DAY_MS = 86_400_000;
const later = (days: number) => portal.system(new Date(Date.now() + days * DAY_MS));
let agencyId: string;
let admin: Client;
let reference: string;
let dossierId: string;
let keys: string[];

beforeAll(async () => {
  const place = await home(portal);
  ({ agencyId } = place);
  await createAdmin(portal.system(), { username: "quantri", displayName: "Quản trị", password: PASSWORD });
  await portal.db.account.update({ where: { username: "quantri" }, data: { mustChangePassword: false } });
  admin = await portal.signIn("quantri", PASSWORD);
  reference = await file(lan, agencyId, place.commune);
  const dossier = await portal.db.dossier.findUniqueOrThrow({ where: { reference }, include: { attachments: true } });
  dossierId = dossier.id;
  const officer = await officerOf(portal, agencyId, "mot.cua");
  await acceptDossier(officer(), { dossierId, version: dossier.version });
  keys = dossier.attachments.map(({ storageKey }) => storageKey);
});

const runJob = async (): Promise<void> => {
  const { id } = await portal.db.personalExport.findFirstOrThrow({ where: { readyAt: null } });
  await privacyJobs(portal)["privacy.archive"]({ exportId: id });
};

describe("an archive of everything that the portal holds about somebody", () => {
  test("is made by a job, holds what they said and handed in, and is theirs alone", async () => {
    const asked = await (await lan.get("/ca-nhan/du-lieu")).submit("Tạo tệp dữ liệu");
    expect(asked.text).toContain("Đang tạo");
    expect((await lan.post("/ca-nhan/du-lieu/tai", {})).status).toBe(429);
    await runJob();
    const link = (await lan.get("/ca-nhan/du-lieu")).link(/Tải về/);
    const { storageKey } = await portal.db.personalExport.findFirstOrThrow({ where: { readyAt: { not: null } } });
    const zip = unzipSync(new Uint8Array(await buffer(await portal.files.open(storageKey ?? ""))));
    const told = JSON.parse(strFromU8(zip["du-lieu.json"] ?? new Uint8Array()));
    expect(told.account.profile.fullName).toBe("Nguyễn Thị Lan");
    expect(told.dossiers[0]).toMatchObject({
      reference,
      parties: expect.arrayContaining([expect.objectContaining({ fullName: "Nguyễn Thị Lan" })]),
    });
    expect(Object.keys(zip).some((name) => name.includes("Giấy chứng sinh"))).toBe(true);
    expect(JSON.stringify(told)).not.toMatch(
      /passwordHash|argon2|linkCodeHash|storageKey":"[0-9a-f]{32}.*passwordHash/,
    );
    expect((await lan.get(link)).status).toBe(200);
    expect((await other.get(link)).status).toBe(404);
  });

  test("is thrown away after a week", async () => {
    const { id, storageKey } = await portal.db.personalExport.findFirstOrThrow();
    await privacyJobs(portal, () => later(8).now)["privacy.retain"]({});
    await expect(portal.files.open(storageKey ?? "")).rejects.toThrow();
    expect((await lan.get(`/ca-nhan/du-lieu/${id}`)).status).toBe(404);
  });
});

test("a correction is asked for, answered once by an administrator, and read by who asked", async () => {
  const empty = await (await lan.get("/ca-nhan/du-lieu")).submit("Gửi yêu cầu", { text: " " });
  expect([empty.status, empty.errors()[0]?.text]).toEqual([422, "Hãy nhập nội dung."]);
  await (await lan.get("/ca-nhan/du-lieu")).submit("Gửi yêu cầu", { text: "Năm sinh của mẹ là 1960" });
  await (await admin.get("/quan-tri/du-lieu-ca-nhan")).submit("Gửi trả lời", { answer: "Đã chuyển xã sửa" });
  expect((await lan.get("/ca-nhan/du-lieu")).text).toContain("Đã chuyển xã sửa");
  const { id } = await portal.db.correctionRequest.findFirstOrThrow();
  expect((await admin.post(`/quan-tri/du-lieu-ca-nhan/yeu-cau/${id}`, { answer: "khác" })).status).toBe(409);
});

test("who has no open dossier closes the account with the password; nobody comes in with it again", async () => {
  const close = async (client: Client, password: string) =>
    client.post("/ca-nhan/du-lieu/dong", { password, sure: "yes" });
  expect((await close(lan, PASSWORD)).status).toBe(409);
  expect((await close(other, "sai mật khẩu nhé")).errors()[0]?.text).toMatch(/Mật khẩu không đúng/);
  expect((await other.post("/ca-nhan/du-lieu/dong", { password: PASSWORD })).status).toBe(422);
  expect((await close(other, PASSWORD)).path).toMatch(/^\/dang-nhap/);
  expect((await other.get("/ca-nhan")).path).toMatch(/^\/dang-nhap/);
  await expect(portal.signIn("0912000102", PASSWORD)).rejects.toThrow(/cannot sign in/);
  expect(await portal.db.citizenProfile.count({ where: { fullName: "Trần Văn Khác" } })).toBe(0);
  expect(await portal.db.account.count({ where: { displayName: "Trần Văn Khác" } })).toBe(0);
});

test.each([
  ["2026-03-31", 1, "2026-02-28"],
  ["2028-03-31", 1, "2028-02-29"],
  ["2026-11-22", 24, "2024-11-22"],
  ["2026-01-15", 2, "2025-11-15"],
])("on %s, what is kept for %i months ended by %s", (today, months, day) => {
  expect(endedBefore(new Date(`${today}T05:00:00Z`), months)).toEqual(new Date(`${day}T05:00:00Z`));
});

describe("retention", () => {
  const rule = { procedureCode: "", status: "", months: 12, act: "anonymise", basis: "TT 13/2023/TT-BNV" } as const;
  const add = (more: Partial<Record<keyof typeof rule, unknown>>) =>
    admin.post(
      "/quan-tri/du-lieu-ca-nhan/quy-tac",
      Object.fromEntries(Object.entries({ ...rule, ...more }).map(([name, value]) => [name, String(value)])),
    );
  const finish = (days: number) =>
    portal.db.dossier.update({
      where: { id: dossierId },
      data: { status: "delivered", finishedAt: new Date(Date.now() - days * DAY_MS) },
    });
  const said = async (): Promise<string> =>
    JSON.stringify([
      await portal.db.dossierParty.findMany({ where: { dossierId } }),
      await portal.db.answerRevision.findMany({ where: { dossierId } }),
      await portal.db.dossierNote.findMany({ where: { dossierId } }),
      await portal.db.attachment.findMany({ where: { dossierId } }),
    ]);

  test("without a rule nothing ever ends", async () => {
    await finish(10_000);
    expect(await retain(later(0))).toEqual({ done: 0, announced: 0 });
  });

  test("a rule is shown with what it would do; wrong ones and second ones are refused", async () => {
    expect((await add({ months: "x" })).errors()[0]?.text).toMatch(/số tháng/);
    await add({});
    expect((await admin.get("/quan-tri/du-lieu-ca-nhan")).text).toContain("1 hồ sơ được báo trước");
    expect((await add({})).status).toBe(409);
  });

  test("the narrowest rule counts", async () => {
    await add({ procedureCode: "1.001193", months: 1200 });
    expect(await dueUnder(later(0), {})).toEqual([]);
    await add({ procedureCode: "1.001193", status: "delivered", months: 1, act: "delete" });
    expect(await dueUnder(later(0), {})).toMatchObject([{ dossierId, act: "delete" }]);
    await portal.db.retentionRule.deleteMany({ where: { procedureCode: { not: "" } } });
  });

  test("what falls due is announced, kept for two weeks, and what was opened again is left alone", async () => {
    expect(await retain(later(0))).toEqual({ done: 0, announced: 1 });
    expect(await retain(later(13))).toEqual({ done: 0, announced: 0 });
    expect((await lan.get("/ca-nhan/thong-bao")).text).toContain("sắp hết thời hạn lưu");
    await portal.db.dossier.update({ where: { id: dossierId }, data: { finishedAt: null, status: "processing" } });
    expect(await retain(later(15))).toEqual({ done: 0, announced: 0 });
    expect(await said()).toContain("Nguyễn Thị Lan");
    await finish(10_000);
  });

  test("when its day has come, nothing of the person is left, and the history still verifies", async () => {
    expect(await retain(later(15))).toMatchObject({ done: 1 });
    expect(await said()).not.toMatch(/Nguyễn|Lan|020190000101|0912|Ninh|chứng sinh/);
    for (const key of keys) await expect(portal.files.open(key)).rejects.toThrow();
    expect((await verifyHistory(portal.system())).breaks).toEqual([]);
    expect((await lan.get(`/ca-nhan/ho-so/${reference}`)).status).toBe(200);
    expect((await admin.get("/quan-tri/du-lieu-ca-nhan")).text).toContain("Đã thực hiện gần đây");
    expect(await portal.db.retention.findUniqueOrThrow({ where: { dossierId } })).toMatchObject({
      act: "anonymise",
      files: 1,
    });
  });

  test("where results and papers go, too, a paper's link leads nowhere and its number stays", async () => {
    const { erasePapers } = await import("#documents/index.ts");
    const before = await portal.db.issuedPaper.findFirstOrThrow({ where: { dossierId } });
    await portal.db.$transaction((tx) => erasePapers(tx, dossierId));
    expect((await lan.get(`/ca-nhan/giay-to/${before.id}`)).status).toBe(404);
    expect((await portal.client().get(`/xac-minh/${before.token}`)).status).toBe(404);
    const after = await portal.db.issuedPaper.findUniqueOrThrow({ where: { id: before.id } });
    expect(after).toMatchObject({ number: before.number, year: before.year, snapshot: { erased: true } });
  });
});

test("after all of this, the log names nobody", () => {
  const lines = portal.logged.map((line) => withoutIds(JSON.stringify(line)));
  expect(lines.length).toBeGreaterThan(30);
  for (const word of ["Nguyễn", "Lan", "020190000101", "0912000101", "Ninh", "chứng sinh", reference, PASSWORD, "1960"])
    expect(lines.filter((line) => line.includes(word))).toEqual([]);
});
