import { beforeAll, expect, test } from "vitest";
import { createOfficer } from "#accounts/index.ts";
import { DEMO_PASSWORD } from "#dev/demo.ts";
import { assignStep } from "#dossiers/index.ts";
import { browserTest, openBrowser } from "../support/browser.ts";
import type { Client } from "../support/client.ts";
import { codes, makeWorld, register, type World } from "./world.ts";

let world: World;
let hai: Client;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "dongKinhJustice", "huuLungDesk");
  await createOfficer(world.system(), {
    username: "quay.hai",
    displayName: "Nguyễn Thị Hai",
    password: DEMO_PASSWORD,
    postings: [{ agency: "H37.05977", role: "desk" }],
  });
  hai = await world.signIn("quay.hai", DEMO_PASSWORD);
}, 60_000);

const runOf = (dossierId: string) => world.db.stepRun.findFirstOrThrow({ where: { dossierId, closedAt: null } });
const make = () => register(world, codes.copies, "dongKinhDesk", "dongKinh");

test("whoever opens a dossier learns who else has it open, for a minute and a half", async () => {
  const { dossierId } = await make();
  const path = `/mot-cua/ho-so/${dossierId}`;
  expect((await (await world.as("dongKinhDesk")).get(path)).text).not.toContain("Đang được mở bởi");
  expect((await hai.get(path)).text).toMatch(/Đang được mở bởi Trần Thị Mai \(lúc/);
  const mai = await (await world.as("dongKinhDesk")).post(`${path}/co-mat`, {});
  expect(mai.html).toContain("Nguyễn Thị Hai");
  await world.db.dossierPresence.updateMany({ data: { seenAt: new Date(Date.now() - 91_000) } });
  expect((await (await world.as("dongKinhDesk")).get(path)).text).not.toContain("Đang được mở bởi");
});

test("another agency's officer is not there: they find nothing and are not shown", async () => {
  const { dossierId } = await make();
  const path = `/mot-cua/ho-so/${dossierId}`;
  expect((await (await world.as("huuLungDesk")).post(`${path}/co-mat`, {})).status).toBe(404);
  expect(await world.db.dossierPresence.count({ where: { dossierId } })).toBe(0);
});

test("work in a colleague's hands is taken over with a reason; the colleague is told, the reason is in the history", async () => {
  const { dossierId } = await make();
  const run = await runOf(dossierId);
  const mai = await world.officer("dongKinhDesk");
  await assignStep(mai, { stepRunId: run.id, version: run.version, assigneeId: mai.actor.accountId });
  const page = await hai.get(`/mot-cua/ho-so/${dossierId}`);
  const asked = await page.submit("Nhận thay", { reason: " " });
  expect([asked.status, asked.text.includes("Hãy ghi lý do nhận thay")]).toEqual([422, true]);
  const done = await asked.submit("Nhận thay", { reason: "Chị Mai đi họp cả ngày" });
  expect(done.text).toContain("Bạn đã nhận việc này");
  expect(done.text).toContain("Chị Mai đi họp cả ngày");
  expect((await runOf(dossierId)).assigneeId).not.toBe(mai.actor.accountId);
  const event = await world.db.dossierEvent.findFirstOrThrow({ where: { dossierId }, orderBy: { seq: "desc" } });
  expect((event.payload as { fromId?: string }).fromId).toBe(mai.actor.accountId);
});

test("who acts on what a colleague has just taken over is told of it, and keeps what they typed", async () => {
  const { dossierId } = await make();
  const run = await runOf(dossierId);
  const mai = await world.officer("dongKinhDesk");
  await assignStep(mai, { stepRunId: run.id, version: run.version, assigneeId: mai.actor.accountId });
  const [first, second] = await Promise.all([
    hai.get(`/mot-cua/ho-so/${dossierId}`),
    (await world.as("dongKinhDesk")).get(`/mot-cua/ho-so/${dossierId}`),
  ]);
  await first.submit("Nhận thay", { reason: "Đổi ca" });
  const { definition } = await world.version(codes.copies);
  const [outcome] = definition.workflow.steps.find(({ id }) => id === run.stepId)?.outcomes ?? [];
  const lost = await second.submit(outcome?.name.vi ?? "", { note: "Đã đối chiếu bản chính" });
  expect(lost.status).toBe(409);
  expect(lost.text).toContain("Nguyễn Thị Hai");
  expect(lost.text).toContain("Đã đối chiếu bản chính");
});

test("a role that is not one's own gives nothing to take over", async () => {
  const { dossierId } = await make();
  const run = await runOf(dossierId);
  const mai = await world.officer("dongKinhDesk");
  await assignStep(mai, { stepRunId: run.id, version: run.version, assigneeId: mai.actor.accountId });
  const justice = await world.as("dongKinhJustice");
  expect((await justice.get(`/mot-cua/ho-so/${dossierId}`)).text).not.toContain("Nhận thay bước");
  const forced = await justice.post(`/mot-cua/ho-so/${dossierId}/nhan-thay`, {
    run: run.id,
    version: "1",
    reason: "x",
  });
  expect(forced.status).toBe(403);
});

browserTest("keys move through the list, choose and open, and never take what somebody types", async () => {
  const page = await (await openBrowser()).newPage({ baseURL: world.base });
  await page.goto("/dang-nhap");
  await page.fill("[name=username]", "quay.hai");
  await page.fill("[name=password]", DEMO_PASSWORD);
  await page.press("[name=password]", "Enter");
  await page.waitForURL(/\/mot-cua/);
  await page.goto("/mot-cua?muc=co-quan&chon=1", { waitUntil: "networkidle" });
  const focused = () => page.evaluate("document.activeElement?.closest('tr')?.rowIndex ?? 0");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  expect(await focused()).toBe(2);
  await page.keyboard.press("k");
  expect(await focused()).toBe(1);
  await page.keyboard.press("x");
  expect(await page.locator("input[name=hs]:checked").count()).toBe(1);
  expect(await page.locator("[data-count]").textContent()).toContain("Đã chọn 1");
  await page.locator("#desk-search").pressSequentially("xjk?");
  expect(await page.locator("#desk-search").inputValue()).toBe("xjk?");
  expect(await page.locator("input[name=hs]:checked").count()).toBe(1);
  await page.locator("tbody tr th a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/ho-so\//);
  await page.close();
});
