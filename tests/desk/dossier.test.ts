import { beforeAll, expect, test } from "vitest";
import type { Page } from "../support/client.ts";
import { buttonOf, codes, hiddenOf, makeWorld, pdf, register, submitted, type Who, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld(
    "dongKinhDesk",
    "dongKinhJustice",
    "dongKinhLand",
    "dongKinhHead",
    "dongKinhLeader",
    "dongKinhClerk",
    "huuLungDesk",
    "landSpecialist",
    "landLeader",
    "landClerk",
    "taxSpecialist",
  );
}, 60_000);

const open = async (who: Who, id: string): Promise<Page> => (await world.as(who)).get(`/mot-cua/ho-so/${id}`);
const statusOf = async (id: string) => (await world.db.dossier.findUniqueOrThrow({ where: { id } })).status;
const leadRun = (id: string) =>
  world.db.stepRun.findFirstOrThrow({ where: { dossierId: id, closedAt: null, lead: true } });

test("the desk accepts a submitted dossier: it gets its code, due date, first step and receipt slip", async () => {
  const { id } = await submitted(world, codes.birth, "dongKinh");
  const page = await open("dongKinhDesk", id);
  expect(page.text).toContain("Đã nộp, chờ tiếp nhận");
  const done = await page.submit("Tiếp nhận hồ sơ");
  expect(done.status).toBe(200);
  expect(done.heading).toMatch(/^H37\.05977-\d{6}-\d{4}/);
  expect(done.text).toMatch(/Đã tiếp nhận\. Mã hồ sơ: H37\.05977/);
  expect(done.text).toContain("Vì sao có hạn này?");
  expect(done.link("In giấy tiếp nhận")).toContain("/mot-cua/giay-to/");
  const paper = await world.db.issuedPaper.findFirstOrThrow({ where: { dossierId: id } });
  expect(paper.kind).toBe("receipt_slip");
  expect(await statusOf(id)).toBe("received");
});

test("declining needs a reason, which the page keeps and shows", async () => {
  const { id } = await submitted(world, codes.birth, "dongKinh");
  const page = await open("dongKinhDesk", id);
  const back = await page.submit("Không tiếp nhận");
  expect(back.status).toBe(422);
  expect(back.errors()).toEqual([{ text: "Hãy nhập lý do không tiếp nhận.", field: "decline-reason" }]);
  expect(await statusOf(id)).toBe("submitted");
  const done = await back.submit("Không tiếp nhận", { "Lý do không tiếp nhận": "Giấy chứng sinh bị mờ." });
  expect(done.text).toContain("Giấy chứng sinh bị mờ.");
  expect(await statusOf(id)).toBe("declined");
  expect(done.has("button", "Tiếp nhận hồ sơ")).toBe(false);
});

/** Who does what, in order: [officer, step, outcome, note]. */
type Leg = [Who, string, string, string?];

async function carry(id: string, code: string, legs: readonly Leg[]): Promise<void> {
  for (const [who, stepId, outcomeId, note] of legs) {
    let page = await open(who, id);
    if (page.has("button", "Lưu kết quả"))
      page = await page.submit("Lưu kết quả", {
        number: "12/2026",
        "issuedOn.day": "20",
        "issuedOn.month": "11",
        "issuedOn.year": "2026",
        file: pdf,
      });
    const done = await page.submit(await buttonOf(world, code, stepId, outcomeId), note ? { note } : {});
    expect(done.status, `${who} at ${stepId}: ${done.errors().map(({ text }) => text)}`).toBe(200);
    expect(done.text).toContain("Đã xử lý");
  }
}

async function handOver(id: string): Promise<Page> {
  const page = await open("dongKinhDesk", id);
  const back = await page.submit("Xác nhận đã trả kết quả");
  expect(back.errors()[0]).toEqual({ text: "Hãy nhập họ tên người nhận kết quả.", field: "deliver-receivedBy" });
  return back.submit("Xác nhận đã trả kết quả", { "Người nhận": "Hoàng Thị Nhàn" });
}

test("commune, same day: desk, specialist, leader and clerk carry a dossier to delivery", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  await carry(id, codes.birth, [
    ["dongKinhDesk", "hand_over", "hand_over"],
    ["dongKinhJustice", "appraise", "submit"],
    ["dongKinhLeader", "sign", "approve"],
    ["dongKinhClerk", "issue", "issue"],
  ]);
  expect(await statusOf(id)).toBe("completed");
  const done = await handOver(id);
  expect(done.text).toContain("Đã trả kết quả");
  expect(await statusOf(id)).toBe("delivered");
  expect((await done.follow("Kết quả.pdf")).headers.get("content-type")).toBe("application/pdf");
});

test("department: a consulted agency answers beside the lead, and the head may not be the one who appraised", async () => {
  const { dossierId: id } = await register(world, codes.house, "dongKinhDesk", "dongKinh", "house");
  await carry(id, codes.house, [
    ["dongKinhDesk", "hand_over", "hand_over"],
    ["dongKinhLand", "appraise", "consult", "Đề nghị cho ý kiến về quy hoạch."],
    ["landSpecialist", "opinion", "answer", "Phù hợp quy hoạch."],
    ["dongKinhLand", "appraise", "submit"],
    ["dongKinhHead", "review", "submit"],
    ["dongKinhLeader", "approve", "approve"],
    ["dongKinhClerk", "issue", "issue"],
  ]);
  expect((await handOver(id)).status).toBe(200);
  expect(await statusOf(id)).toBe("delivered");
});

test("inter-agency: commune to province and back to the desk that took it in", async () => {
  const { dossierId: id } = await register(world, codes.land, "dongKinhDesk", "dongKinh");
  await carry(id, codes.land, [
    ["dongKinhDesk", "hand_over", "hand_over"],
    ["dongKinhLand", "verify", "submit"],
    ["dongKinhLeader", "transfer", "transfer"],
    ["landSpecialist", "appraise", "consult"],
    ["taxSpecialist", "tax_opinion", "answer", "Phải nộp lệ phí trước bạ."],
    ["landSpecialist", "appraise", "submit"],
    ["landLeader", "approve", "approve"],
    ["landClerk", "issue", "send"],
    ["dongKinhDesk", "result_ready", "ready"],
  ]);
  expect((await handOver(id)).status).toBe(200);
  expect(await statusOf(id)).toBe("delivered");
});

test("two officers act at once: one wins, the other is told who did what, keeps the note, and nothing is overwritten", async () => {
  const { id } = await submitted(world, codes.birth, "dongKinh");
  const first = await open("dongKinhDesk", id);
  const second = await open("dongKinhDesk", id);
  await first.submit("Tiếp nhận hồ sơ");
  const late = await second.submit("Không tiếp nhận", { "Lý do không tiếp nhận": "Thiếu giấy chứng sinh." });
  expect(late.status).toBe(409);
  expect(late.errors()[0]?.text).toMatch(/^Trần Thị Mai đã tiếp nhận hồ sơ này lúc \d\d:\d\d/);
  expect(late.text).toContain("Thiếu giấy chứng sinh.");
  expect(await statusOf(id)).toBe("received");
  expect(await world.db.dossierNote.count({ where: { dossierId: id } })).toBe(0);

  const races = await Promise.all([submitted(world, codes.birth, "dongKinh")].map(async (made) => (await made).id));
  const [raced = ""] = races;
  const pages = await Promise.all([open("dongKinhDesk", raced), open("dongKinhDesk", raced)]);
  const answers = await Promise.all(pages.map((page) => page.submit("Tiếp nhận hồ sơ")));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await world.db.dossierEvent.count({ where: { dossierId: raced, type: "dossier.accepted" } })).toBe(1);
});

test("what a step still needs is told at its form, and the note that was typed stays", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  await carry(id, codes.birth, [["dongKinhDesk", "hand_over", "hand_over"]]);
  const run = await leadRun(id);
  const noNote = await (await open("dongKinhJustice", id)).submit(
    await buttonOf(world, codes.birth, "appraise", "return"),
  );
  expect(noNote.status).toBe(422);
  expect(noNote.errors()[0]?.field).toBe(`step-${run.id}-note`);
  expect(noNote.byId(`step-${run.id}-note`)).toBeDefined();

  await carry(id, codes.birth, [
    ["dongKinhJustice", "appraise", "submit"],
    ["dongKinhLeader", "sign", "approve"],
  ]);
  const page = await open("dongKinhClerk", id);
  const noResult = await page.submit(await buttonOf(world, codes.birth, "issue", "issue"), {
    note: "Đã vào sổ số 12.",
  });
  expect(noResult.status).toBe(422);
  expect(noResult.errors()[0]).toMatchObject({ field: "result" });
  expect(noResult.text).toContain("Đã vào sổ số 12.");

  const empty = await noResult.submit("Lưu kết quả", {
    title: "",
    number: "",
    "issuedOn.day": "31",
    "issuedOn.month": "2",
    "issuedOn.year": "2026",
  });
  expect(empty.status).toBe(422);
  expect(empty.errors().map(({ field }) => field)).toEqual(["result-title", "result-issuedOn"]);
  for (const { field } of empty.errors()) expect(empty.byId(field), field).toBeDefined();
});

test("a step is taken, passed on to a colleague, and then only that colleague acts", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  await carry(id, codes.birth, [["dongKinhDesk", "hand_over", "hand_over"]]);
  const taken = await (await open("dongKinhJustice", id)).submit("Nhận việc");
  expect(taken.text).toContain("Bạn đã nhận việc này.");
  const other = await open("dongKinhLand", id);
  expect(other.has("button", await buttonOf(world, codes.birth, "appraise", "submit"))).toBe(false);
  expect(other.text).toContain("đang được giao cho người khác");
  const passed = await (await open("dongKinhJustice", id)).submit("Phân công", {
    assignee: world.accounts.get("dongKinhLand") ?? "",
  });
  expect(passed.text).toContain("Đã phân công.");
  expect((await open("dongKinhLand", id)).has("button", await buttonOf(world, codes.birth, "appraise", "submit"))).toBe(
    true,
  );
});

test("a dossier of an unrelated agency does not exist, whichever address is asked", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  const stranger = await world.as("huuLungDesk");
  expect((await stranger.get(`/mot-cua/ho-so/${id}`)).status).toBe(404);
  const run = await leadRun(id);
  const fields = {
    version: "1",
    run: run.id,
    outcome: "hand_over",
    reason: "x",
    title: "x",
    number: "1",
    method: "counter",
    receivedBy: "x",
    "issuedOn.day": "",
    assignee: "",
  };
  for (const act of ["tiep-nhan", "tu-choi", "phan-cong", "buoc", "ket-qua", "tra-ket-qua"])
    expect((await stranger.post(`/mot-cua/ho-so/${id}/${act}`, fields)).status, act).toBe(404);
  expect((await leadRun(id)).version).toBe(run.version);
});

test("forged ids, outcomes and versions are told humanely and change nothing", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  const { dossierId: otherId } = await register(world, codes.birth, "huuLungDesk", "huuLung");
  const desk = await world.as("dongKinhDesk");
  const run = await leadRun(id);
  const version = String(run.version);
  const foreign = await leadRun(otherId);
  const step = (fields: Record<string, string>) =>
    desk.post(`/mot-cua/ho-so/${id}/buoc`, { run: run.id, version, outcome: "hand_over", ...fields });
  const cases: [string, Promise<Page>, number][] = [
    ["a run that is no id", step({ run: "x" }), 404],
    ["a run of nobody", step({ run: "00000000-0000-4000-8000-000000000000" }), 404],
    ["another agency's run", step({ run: foreign.id }), 404],
    ["an outcome that the step lacks", step({ outcome: "fly" }), 422],
    ["no outcome", desk.post(`/mot-cua/ho-so/${id}/buoc`, { run: run.id, version }), 422],
    ["an older version", step({ version: "99" }), 409],
    ["a version that is no number", step({ version: "abc" }), 409],
    ["accepting what is accepted", desk.post(`/mot-cua/ho-so/${id}/tiep-nhan`, { version: "0" }), 409],
    [
      "delivering what has no result",
      desk.post(`/mot-cua/ho-so/${id}/tra-ket-qua`, { version: "1", method: "counter", receivedBy: "A" }),
      409,
    ],
    [
      "an unknown way of delivery",
      desk.post(`/mot-cua/ho-so/${id}/tra-ket-qua`, { version: "1", method: "pigeon" }),
      422,
    ],
    [
      "an assignee from elsewhere",
      desk.post(`/mot-cua/ho-so/${id}/phan-cong`, {
        run: run.id,
        version,
        assignee: world.accounts.get("huuLungDesk") ?? "",
      }),
      409,
    ],
    ["a result where none is made", desk.post(`/mot-cua/ho-so/${id}/ket-qua`, { title: "x", number: "1" }), 409],
    ["a dossier that is no id", desk.get("/mot-cua/ho-so/x"), 404],
    ["a file of nobody", desk.get(`/mot-cua/ho-so/${id}/tep/00000000-0000-4000-8000-000000000000`), 404],
    ["a file that is no id", desk.get(`/mot-cua/ho-so/${id}/tep/x`), 404],
  ];
  for (const [what, answer, status] of cases) expect((await answer).status, what).toBe(status);
  expect(await leadRun(id)).toEqual(run);
});

test("the page carries the version in each form and no form that the officer may not send", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  const page = await open("dongKinhDesk", id);
  const run = await leadRun(id);
  expect(hiddenOf(page, "/buoc")).toEqual({ run: run.id, version: String(run.version) });
  const clerk = await open("dongKinhClerk", id);
  expect(clerk.text).toContain("Hiện không có việc nào của bạn ở hồ sơ này.");
  expect(clerk.has("button", await buttonOf(world, codes.birth, "hand_over", "hand_over"))).toBe(false);
});
