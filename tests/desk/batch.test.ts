import { beforeAll, expect, test } from "vitest";
import { advanceStep } from "#dossiers/index.ts";
import { codes, hiddenOf, makeWorld, register, type Who, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "dongKinhJustice", "dongKinhLand", "dongKinhLeader", "huuLungDesk");
}, 60_000);

const make = (count: number) =>
  Promise.all(Array.from({ length: count }, () => register(world, codes.copies, "dongKinhDesk", "dongKinh")));
const runOf = (dossierId: string) =>
  world.db.stepRun.findFirstOrThrow({ where: { dossierId, closedAt: null, lead: true }, include: { dossier: true } });
const rowOf = async (dossierId: string) => {
  const run = await runOf(dossierId);
  return `${dossierId}:${run.dossier.version}:${run.id}:${run.version}`;
};
const send = async (who: Who, values: Record<string, string | string[]>) =>
  (await world.as(who)).post("/mot-cua/hang-loat", { formKey: crypto.randomUUID(), ...values });

test("the whole page is chosen without scripts, and taken at once; each dossier has its own event", async () => {
  await make(3);
  const desk = await world.as("dongKinhDesk");
  const page = await (await desk.get("/mot-cua?muc=chua-nhan")).follow("Chọn nhiều hồ sơ");
  expect(page.text).toContain("Làm với các hồ sơ đã chọn");
  const all = await page.follow(/Chọn cả trang này/);
  const boxes = all
    .all("input")
    .filter(({ attrs }) => attrs.some(({ name, value }) => name === "name" && value === "hs"));
  expect(boxes.every(({ attrs }) => attrs.some(({ name }) => name === "checked"))).toBe(true);
  const hs = boxes.map(({ attrs }) => attrs.find(({ name }) => name === "value")?.value ?? "");
  expect(hs).toHaveLength(3);
  const done = await desk.post("/mot-cua/hang-loat", { ...hiddenOf(all, "/hang-loat"), hs, viec: "nhan" });
  expect(done.text).toContain("Đã làm: 3 hồ sơ. Không làm được: 0 hồ sơ.");
  expect(await world.db.dossierEvent.count({ where: { type: "step.assigned" } })).toBe(3);
  expect((await desk.get("/mot-cua?muc=cua-toi")).rows()).toHaveLength(4);
});

test("what is refused for one is named and stops none of the others", async () => {
  const [first, changed, other] = await make(3);
  if (!first || !changed || !other) throw new Error("three were registered");
  const hs = await Promise.all([first, changed, other].map(({ dossierId }) => rowOf(dossierId)));
  const run = await runOf(changed.dossierId);
  const { definition } = await world.version(codes.copies);
  const step = definition.workflow.steps.find(({ id }) => id === run.stepId);
  const outcome = step?.outcomes.find(({ kind }) => kind === "forward");
  const desk = await world.officer("dongKinhDesk");
  await advanceStep(desk, { stepRunId: run.id, version: 0, outcomeId: outcome?.id ?? "", note: null });
  const page = await send("dongKinhDesk", { viec: "chuyen", ketQua: outcome?.name.vi ?? "", hs });
  expect(page.text).toContain("Đã làm: 2 hồ sơ. Không làm được: 1 hồ sơ. Chưa làm: 0 hồ sơ.");
  const [, refused = []] = page.rows();
  expect(refused[0]).toBe(changed.code);
  expect(refused[1]).toMatch(/Không làm được .*Trần Thị Mai/);
  for (const { dossierId } of [first, changed, other]) expect((await runOf(dossierId)).stepId).not.toBe(run.stepId);
});

test("the same form sent twice at once is done once", async () => {
  const made = await make(2);
  const hs = await Promise.all(made.map(({ dossierId }) => rowOf(dossierId)));
  const values = { formKey: crypto.randomUUID(), viec: "nhan", hs };
  const pages = await Promise.all([send("dongKinhDesk", values), send("dongKinhDesk", values)]);
  expect(pages[0]?.path).toBe(pages[1]?.path);
  for (const { dossierId } of made)
    expect(await world.db.dossierEvent.count({ where: { dossierId, type: "step.assigned" } })).toBe(1);
});

test("the papers of the chosen dossiers are printed beside the list, which stays as it is", async () => {
  await make(1);
  const list = await (await world.as("dongKinhDesk")).get("/mot-cua?muc=chua-nhan&chon=tat");
  const button = list.all("button").find(({ attrs }) => attrs.some(({ value }) => value === "/mot-cua/giay-to/in"));
  expect(button?.attrs).toContainEqual({ name: "formtarget", value: "_blank" });
});

test("another agency's officer does nothing, learns no code, and does not see the page of results", async () => {
  const [one] = await make(1);
  if (!one) throw new Error("one was registered");
  const page = await send("huuLungDesk", { viec: "nhan", hs: await rowOf(one.dossierId) });
  expect(page.text).toContain("Đã làm: 0 hồ sơ. Không làm được: 1 hồ sơ.");
  expect(page.text).not.toContain(one.code);
  expect((await runOf(one.dossierId)).assigneeId).toBeNull();
  expect((await (await world.as("dongKinhDesk")).get(page.path)).status).toBe(404);
});

test("results are delivered together: the finished ones, to one person who collects them", async () => {
  const made = await make(2);
  const [first, second] = made;
  if (!first || !second) throw new Error("two were registered");
  await world.db.stepRun.updateMany({
    where: { dossierId: first.dossierId, closedAt: null },
    data: { closedAt: new Date() },
  });
  const done = { status: "completed" as const, finishedAt: new Date() };
  const { version } = await world.db.dossier.update({ where: { id: first.dossierId }, data: done });
  const hs = [`${first.dossierId}:${version}::0`, await rowOf(second.dossierId)];
  const nobody = await send("dongKinhDesk", { viec: "tra", cach: "counter", hs });
  expect(nobody.text).toContain("Hãy nhập họ tên người nhận kết quả");
  const page = await send("dongKinhDesk", { viec: "tra", cach: "counter", nguoiNhan: "Hoàng Thị Nhàn", hs });
  expect(page.text).toContain("Đã làm: 1 hồ sơ. Không làm được: 1 hồ sơ.");
  expect((await world.db.dossier.findUniqueOrThrow({ where: { id: first.dossierId } })).status).toBe("delivered");
});

test.each([
  ["nothing chosen", { viec: "nhan" }, "Hãy chọn ít nhất một hồ sơ"],
  ["no act", { hs: "x" }, "Hãy chọn việc cần làm"],
  ["nobody to give it to", { viec: "giao", hs: `${crypto.randomUUID()}:0::0` }, "Hãy chọn người xử lý"],
  [
    "more than two hundred",
    { viec: "nhan", hs: Array.from({ length: 201 }, () => `${crypto.randomUUID()}:0::0`) },
    "tối đa 200",
  ],
])("a batch with %s does nothing and says what is missing", async (_what, values, words) => {
  const before = await world.db.workBatch.count();
  const page = await send("dongKinhDesk", values as Record<string, string | string[]>);
  expect(page.text).toContain(words);
  expect(await world.db.workBatch.count()).toBe(before);
});
