import { beforeAll, expect, test } from "vitest";
import { assignStep } from "#dossiers/index.ts";
import { isoDay } from "#platform/format.ts";
import { codes, makeWorld, register, type Who, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "dongKinhJustice", "dongKinhLeader", "huuLungDesk");
}, 60_000);

const inDays = (days: number) => isoDay(new Date(Date.now() + days * 86_400_000));
const idOf = (who: Who) => world.accounts.get(who) ?? "";
const say = async (by: Who, absent: Who, deputy: Who, from: string, to: string) =>
  (await world.as(by)).post("/mot-cua/vang-mat", { absentId: idOf(absent), deputyId: idOf(deputy), from, to });
const runOf = (dossierId: string) => world.db.stepRun.findFirstOrThrow({ where: { dossierId, closedAt: null } });

test("while somebody is away their deputy sees and does what is theirs, and the history names both", async () => {
  const { dossierId, code } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const run = await runOf(dossierId);
  const mai = await world.officer("dongKinhDesk");
  await assignStep(mai, { stepRunId: run.id, version: run.version, assigneeId: mai.actor.accountId });
  const deputy = await world.as("dongKinhJustice");
  expect((await deputy.get("/mot-cua?muc=cua-toi")).has("link", code)).toBe(false);

  expect((await say("dongKinhDesk", "dongKinhDesk", "dongKinhJustice", inDays(0), inDays(2))).text).toContain(
    "Đã ghi ủy quyền",
  );
  const list = await deputy.get("/mot-cua?muc=cua-toi");
  expect(list.text).toContain("Bạn đang xử lý thay: Trần Thị Mai");
  expect(list.has("link", "Việc của tôi 1")).toBe(true);
  const page = await list.follow(code);
  const { definition } = await world.version(codes.copies);
  const [outcome] = definition.workflow.steps.find(({ id }) => id === run.stepId)?.outcomes ?? [];
  const done = await page.submit(outcome?.name.vi ?? "");
  expect(done.text).toContain("Đã xử lý");
  expect(done.text).toContain("Vi Văn Thành (xử lý thay Trần Thị Mai)");
  const event = await world.db.dossierEvent.findFirstOrThrow({ where: { dossierId }, orderBy: { seq: "desc" } });
  expect([event.actorId, (event.payload as { onBehalfOf?: string }).onBehalfOf]).toEqual([
    idOf("dongKinhJustice"),
    idOf("dongKinhDesk"),
  ]);
});

test("it ends by itself after the last day, and at once when it is taken back", async () => {
  const before = await world.db.delegation.findFirstOrThrow();
  await world.db.delegation.update({ where: { id: before.id }, data: { from: inDays(-9), to: inDays(-1) } });
  const deputy = await world.as("dongKinhJustice");
  expect((await deputy.get("/mot-cua")).text).not.toContain("Bạn đang xử lý thay");
  await say("dongKinhLeader", "dongKinhDesk", "dongKinhJustice", inDays(0), inDays(0));
  expect((await deputy.get("/mot-cua")).text).toContain("Bạn đang xử lý thay");
  const page = await (await world.as("dongKinhLeader")).get("/mot-cua/vang-mat");
  expect((await page.submit(/^Thu hồi/)).text).toContain("Đã thu hồi");
  expect((await deputy.get("/mot-cua")).text).not.toContain("Bạn đang xử lý thay");
});

test("nobody is made to be away by a colleague, and nobody acts from another agency", async () => {
  expect((await say("dongKinhJustice", "dongKinhDesk", "dongKinhJustice", inDays(0), inDays(1))).status).toBe(404);
  expect((await say("dongKinhDesk", "dongKinhDesk", "huuLungDesk", inDays(0), inDays(1))).status).toBe(404);
  await say("dongKinhDesk", "dongKinhDesk", "dongKinhJustice", inDays(1), inDays(1));
  const { id } = await world.db.delegation.findFirstOrThrow({ where: { revokedAt: null, from: inDays(1) } });
  for (const who of ["huuLungDesk", "dongKinhJustice"] as const)
    expect((await (await world.as(who)).post(`/mot-cua/vang-mat/${id}/thu-hoi`, {})).status).toBe(404);
  expect((await world.db.delegation.findUniqueOrThrow({ where: { id } })).revokedAt).toBeNull();
});

test.each([
  ["a day that is past", inDays(-1), inDays(1), "không sớm hơn hôm nay"],
  ["an end before its beginning", inDays(2), inDays(1), "không sớm hơn ngày bắt đầu"],
  ["no day at all", "x", "", "Hãy nhập ngày bắt đầu"],
])("%s is told at the form", async (_what, from, to, words) => {
  const page = await say("dongKinhDesk", "dongKinhDesk", "dongKinhJustice", from, to);
  expect([page.status, page.text.includes(words)]).toEqual([422, true]);
});
