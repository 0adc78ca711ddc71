import { beforeAll, expect, test } from "vitest";
import { answerSupplement, countWork, listWork, type Mark, requestSupplement, type WorkList } from "#dossiers/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import type { Page } from "../support/client.ts";
import { answersFor, codes, makeWorld, register, submitted, type Who, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld(
    "dongKinhDesk",
    "dongKinhJustice",
    "dongKinhLand",
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
const dossierOf = (id: string) => world.db.dossier.findUniqueOrThrow({ where: { id } });
const marks: Mark[] = [
  { kind: "field", id: "childName", note: "Viết đúng như giấy chứng sinh." },
  { kind: "paper", id: "birthProof", note: "Ảnh mờ." },
];
const citizen = async (): Promise<Context<Citizen>> => {
  const { id, displayName } = await world.db.account.findUniqueOrThrow({ where: { username: "0987654321" } });
  return { ...world.system(), actor: { kind: "citizen", accountId: id, name: displayName } };
};

test("the desk asks for everything at once: parts are ticked, each says what is wanted, nothing typed is lost", async () => {
  const { id } = await submitted(world, codes.birth, "dongKinh");
  const form = await (await open("dongKinhDesk", id)).follow("Yêu cầu bổ sung");
  const empty = await form.submit("Gửi yêu cầu bổ sung");
  expect(empty.status).toBe(422);
  expect(empty.errors().map(({ field }) => field)).toEqual(["mark", "reason"]);
  const half = await empty.submit("Gửi yêu cầu bổ sung", {
    mark: ["field.childName", "paper.birthProof"],
    "note.field.childName": "Viết đúng như giấy chứng sinh.",
    reason: "Giấy chứng sinh không đọc được.",
    "answerBy.day": "1",
    "answerBy.month": "2",
    "answerBy.year": "2020",
  });
  expect(half.errors().map(({ field }) => field)).toEqual(["note.paper.birthProof", "answerBy"]);
  const done = await half.submit("Gửi yêu cầu bổ sung", {
    "note.paper.birthProof": "Ảnh mờ.",
    "answerBy.day": "",
    "answerBy.month": "",
    "answerBy.year": "",
  });
  expect(done.status, JSON.stringify(done.errors())).toBe(200);
  expect(done.text).toContain("Đã gửi yêu cầu bổ sung");
  expect(done.text).toContain("Cần bổ sung trước khi tiếp nhận");
  const request = await world.db.supplementRequest.findFirstOrThrow({ where: { dossierId: id } });
  expect(request.marks).toEqual(marks);
  const waiting = await (await world.as("dongKinhDesk")).get("/mot-cua?muc=cho-nguoi-nop");
  expect(waiting.text).toContain("Lý Thị Mẩy");
});

test("what came back stands beside what was there before, part by part", async () => {
  const { id } = await submitted(world, codes.birth, "dongKinh");
  await requestSupplement(await world.officer("dongKinhDesk"), {
    dossierId: id,
    version: 0,
    marks: [marks[0] as Mark],
    reason: "Tên viết thiếu dấu.",
    answerBy: null,
    confirmed: false,
  });
  const request = await world.db.supplementRequest.findFirstOrThrow({ where: { dossierId: id } });
  await answerSupplement(await citizen(), {
    dossierId: id,
    requestId: request.id,
    typedVersion: 0,
    answers: { childName: "Lý Tả Mẩy Ân" },
  });
  const page = await open("dongKinhDesk", id);
  const rows = page.all("tr").map((row) => page.within(row).text);
  const before = String(answersFor((await world.version(codes.birth)).definition)["childName"]);
  const compared = rows.find((row) => row.includes("Lý Tả Mẩy Ân"));
  expect(compared).toContain(before);
  expect(compared).toContain("Viết đúng như giấy chứng sinh.");
  const again = await (await open("dongKinhDesk", id)).follow("Yêu cầu bổ sung");
  expect(again.text).toContain("bị tính là quá hạn");
  const unconfirmed = await again.submit("Gửi yêu cầu bổ sung", {
    mark: ["field.childName"],
    "note.field.childName": "Vẫn sai.",
    reason: "Vẫn sai.",
  });
  expect(unconfirmed.errors().map(({ field }) => field)).toEqual(["confirm"]);
  const done = await unconfirmed.submit("Gửi yêu cầu bổ sung", { confirm: ["yes"] });
  expect(done.text).toContain("Yêu cầu thêm");
});

test("what was registered at the counter is completed at the counter: nobody waits for an account that is not there", async () => {
  const { dossierId: id } = await register(world, codes.birth, "dongKinhDesk", "dongKinh");
  await requestSupplement(await world.officer("dongKinhDesk"), {
    dossierId: id,
    version: (await dossierOf(id)).version,
    marks,
    reason: "Thiếu bản chính.",
    answerBy: null,
    confirmed: false,
  });
  const page = await open("dongKinhDesk", id);
  expect(page.has("button", "Chuyển hồ sơ")).toBe(false);
  const lacking = await page.submit("Đã nhận đủ bổ sung");
  expect(lacking.errors().map(({ field }) => field)).toEqual(["receive-paper"]);
  const done = await lacking.submit("Đã nhận đủ bổ sung", { paper: ["birthProof"] });
  expect(done.text).toContain("Đã ghi nhận bổ sung.");
  expect((await dossierOf(id)).status).toBe("received");
  expect((await open("dongKinhDesk", id)).has("button", "Chuyển hồ sơ")).toBe(true);
});

/** A dossier of the counter whose result is due on the day. */
async function dueOn(dueAt: Date) {
  const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  await world.db.dossier.update({ where: { id: dossierId }, data: { dueAt, originalDueAt: dueAt } });
  return dossierId;
}
const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
const parts = (date: Date) => {
  const [year = "", month = "", day = ""] = new Date(date.getTime() + 7 * 3_600_000)
    .toISOString()
    .slice(0, 10)
    .split("-");
  return { "until.day": day, "until.month": month, "until.year": year };
};

test("an apology gives one new date before the due day; what is refused says why and keeps the reason", async () => {
  const id = await dueOn(inDays(3));
  const page = await open("dongKinhDesk", id);
  const empty = await page.submit("Xin lỗi và hẹn lại ngày trả");
  expect(empty.errors().map(({ field }) => field)).toEqual(["extend-reason", "extend-until"]);
  // Of fifteen days one at least is a working day, and the first that is taken ends the search.
  let told = empty;
  for (let days = 4; days < 19 && told.has("button", "Xin lỗi và hẹn lại ngày trả"); days++) {
    told = await told.submit("Xin lỗi và hẹn lại ngày trả", {
      "Lý do chưa giải quyết xong": "Chờ xác minh.",
      ...parts(inDays(days)),
    });
    if (told.status === 409) expect(told.text).toContain("là ngày nghỉ");
  }
  expect(told.text).toContain("Đã hẹn lại ngày trả kết quả");
  expect(told.text).toContain("Chờ xác minh.");
  expect((await dossierOf(id)).dueAt?.getTime()).toBeGreaterThan(inDays(3).getTime());
  const late = await open("dongKinhDesk", await dueOn(inDays(0)));
  expect(late.text).toContain("Không còn xin lỗi và gia hạn được");
  expect(late.has("button", "Xin lỗi và hẹn lại ngày trả")).toBe(false);
});

test("stopping needs a reason and is the desk's and the leader's", async () => {
  const { dossierId: id } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  expect((await open("dongKinhClerk", id)).has("button", "Dừng giải quyết hồ sơ")).toBe(false);
  const page = await open("dongKinhLeader", id);
  const empty = await page.submit("Dừng giải quyết hồ sơ");
  expect(empty.errors().map(({ field }) => field)).toEqual(["stop-reason"]);
  const done = await empty.submit("Dừng giải quyết hồ sơ", { reason: "Có quyết định của tòa án." });
  expect(done.text).toContain("Đã dừng giải quyết hồ sơ.");
  expect((await dossierOf(id)).status).toBe("stopped");
});

test("officers of another agency find none of these pages", async () => {
  const { id } = await submitted(world, codes.birth, "dongKinh");
  const far = await world.as("huuLungDesk");
  expect((await far.get(`/mot-cua/ho-so/${id}/yeu-cau-bo-sung`)).status).toBe(404);
  for (const path of ["yeu-cau-bo-sung", "nhan-bo-sung", "gia-han", "dung"])
    expect((await far.post(`/mot-cua/ho-so/${id}/${path}`, { version: "0", reason: "x" })).status, path).toBe(404);
  const clerk = await world.as("dongKinhClerk");
  expect((await clerk.get(`/mot-cua/ho-so/${id}/yeu-cau-bo-sung`)).status).toBe(403);
  expect((await dossierOf(id)).version).toBe(0);
});

test("late and soon-due lists hold what runs, never what waits for the applicant; counts say the same", async () => {
  const [late, soon, waiting] = [await dueOn(inDays(-10)), await dueOn(inDays(0)), await dueOn(inDays(-5))];
  await world.db.dossier.update({ where: { id: waiting }, data: { pausedAt: inDays(-6), waitingSince: inDays(-6) } });
  const desk = await world.officer("dongKinhDesk");
  const ids = async (list: WorkList) => (await listWork(desk, { list }, null)).rows.map(({ dossierId }) => dossierId);
  expect(await ids("late")).toContain(late);
  expect(await ids("soon")).toContain(soon);
  expect(await ids("waiting")).toContain(waiting);
  for (const list of ["late", "soon"] as const) expect(await ids(list)).not.toContain(waiting);
  expect(await ids("late")).not.toContain(soon);
  const counts = await countWork(desk);
  for (const list of ["late", "soon", "waiting", "open"] as const)
    expect([list, counts[list]]).toEqual([list, (await ids(list)).length]);
  const far = await world.officer("huuLungDesk");
  for (const list of ["late", "soon", "waiting"] as const)
    expect((await listWork(far, { list }, null)).rows, list).toEqual([]);
  const page = await (await world.as("dongKinhDesk")).get("/mot-cua?muc=cho-nguoi-nop");
  expect(page.text).toContain("Tạm dừng từ");
});
