import { beforeAll, expect, test } from "vitest";
import { createOfficer } from "#accounts/index.ts";
import { DEMO_PASSWORD } from "#dev/demo.ts";
import { acceptDossier, firstBrokenLink } from "#dossiers/index.ts";
import { codes, makeWorld, register, submitted, type World } from "./world.ts";

let world: World;
let agencyId: string;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "dongKinhLeader", "dongKinhJustice", "huuLungLeader");
  agencyId = await world.agencyId("dongKinh");
  for (const name of ["hai", "ba"])
    await createOfficer(world.system(), {
      username: `quay.${name}`,
      displayName: `Quầy ${name}`,
      password: DEMO_PASSWORD,
      postings: [{ agency: "H37.05977", role: "desk" }],
    });
}, 60_000);

const rule = async (method: string) =>
  (await world.as("dongKinhLeader")).post("/mot-cua/phan-cong", { agencyId, role: "desk", step: "", method });
const handsOf = async (dossierIds: readonly string[]) => {
  const runs = await world.db.stepRun.findMany({ where: { dossierId: { in: [...dossierIds] }, closedAt: null } });
  const counts = new Map<string, number>();
  for (const { assigneeId } of runs) counts.set(assigneeId ?? "", (counts.get(assigneeId ?? "") ?? 0) + 1);
  return counts;
};

test("without a rule a step is in nobody's hands", async () => {
  const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  expect([...(await handsOf([dossierId])).keys()]).toEqual([""]);
});

test("a turn goes round evenly, however many are accepted at once, and the event says why", async () => {
  expect((await rule("turn")).text).toContain("Đã lưu cách giao việc");
  const filed = [];
  for (let i = 0; i < 12; i++) filed.push(await submitted(world, codes.birth, "dongKinh"));
  const desk = await world.officer("dongKinhDesk");
  await Promise.all(filed.map(({ id }) => acceptDossier(desk, { dossierId: id, version: 0 })));
  const hands = await handsOf(filed.map(({ id }) => id));
  expect([...hands.values()]).toEqual([4, 4, 4]);
  const events = await world.db.dossierEvent.findMany({
    where: { dossierId: filed[0]?.id ?? "" },
    orderBy: { seq: "asc" },
  });
  expect(JSON.stringify(events.at(-1)?.payload)).toContain('"assignedBy":"turn"');
  expect(firstBrokenLink(events)).toBeNull();
});

test("by load, whoever has least is next; who is away is passed over", async () => {
  await rule("load");
  await world.db.stepRun.updateMany({ where: { closedAt: null }, data: { assigneeId: null } });
  const [first, second, third] = (
    await world.db.posting.findMany({ where: { agencyId, role: "desk" }, orderBy: { accountId: "asc" } })
  ).map(({ accountId }) => accountId);
  if (!first || !second || !third) throw new Error("three sit at the desk");
  const next = async () => {
    const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
    return [...(await handsOf([dossierId])).keys()][0];
  };
  const held = [await next(), await next(), await next()];
  expect(new Set(held)).toEqual(new Set([first, second, third]));
  await world.db.stepRun.updateMany({ where: { assigneeId: second, closedAt: null }, data: { assigneeId: first } });
  expect(await next()).toBe(second);
  const leave = { absentId: second, deputyId: third, from: "2020-01-01", to: "2099-01-01" };
  await world.db.delegation.create({ data: { ...leave, createdById: second, createdAt: new Date() } });
  expect(await next()).toBe(third);
  expect([first, third]).toContain(await next());
  await world.db.delegation.deleteMany({});
});

test("by area, a commune's dossiers are its officer's; a rule of one step goes before that of the role", async () => {
  const { procedureId, definition } = await world.version(codes.birth);
  const step = definition.workflow.start;
  const leader = await world.as("dongKinhLeader");
  const kept = await leader.post("/mot-cua/phan-cong", {
    agencyId,
    role: "desk",
    step: `${procedureId} ${step} desk`,
    method: "area",
  });
  const areas = await kept.follow("Chọn địa bàn của từng người");
  const hai = await world.db.account.findUniqueOrThrow({ where: { username: "quay.hai" } });
  await areas.submit("Lưu", { "xa-05977": hai.id });
  const filed = await submitted(world, codes.birth, "dongKinh");
  await world.db.dossierParty.updateMany({ where: { dossierId: filed.id }, data: { communeCode: "05977" } });
  await acceptDossier(await world.officer("dongKinhDesk"), { dossierId: filed.id, version: 0 });
  expect([...(await handsOf([filed.id])).keys()]).toEqual([hai.id]);
  expect((await world.db.stepRun.findFirstOrThrow({ where: { dossierId: filed.id } })).stepId).toBe(step);
});

test("only the agency's leader finds the page and sets its rules", async () => {
  for (const who of ["dongKinhDesk", "dongKinhJustice"] as const)
    expect((await (await world.as(who)).get("/mot-cua/phan-cong")).status).toBe(404);
  const far = await world.as("huuLungLeader");
  expect((await far.get("/mot-cua/phan-cong")).text).not.toContain("Đông Kinh");
  const before = await world.db.assignmentRule.findMany();
  expect((await far.post("/mot-cua/phan-cong", { agencyId, role: "desk", step: "", method: "turn" })).status).toBe(404);
  for (const { id } of before) expect((await far.get(`/mot-cua/phan-cong/${id}`)).status).toBe(404);
  expect(await world.db.assignmentRule.findMany()).toEqual(before);
});
