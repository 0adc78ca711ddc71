import { beforeAll, expect, test } from "vitest";
import { remindToCollect } from "../../src/dossiers/actions/reminding.ts";
import { codes, makeWorld, register, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "huuLungDesk");
}, 60_000);

/** A result that waits: what the steps between would have left. */
async function finished(returnMethod: "counter" | "post" = "counter", finishedAt = new Date()) {
  const { dossierId, code } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const agency = await world.agencyId("dongKinh");
  await world.db.stepRun.updateMany({ where: { dossierId }, data: { closedAt: finishedAt } });
  await world.db.dossier.update({ where: { id: dossierId }, data: { status: "completed", finishedAt, returnMethod } });
  await world.db.result.create({
    data: {
      dossierId,
      title: "Bản sao chứng thực",
      number: "15/CT",
      issuerAgencyId: agency,
      state: "issued",
      createdAt: finishedAt,
    },
  });
  await world.db.receivedPaper.create({ data: { dossierId, requirementId: "original", originals: 2, copies: 0 } });
  return { dossierId, code: code ?? "" };
}

test("a scanned code opens the result that waits; a name lists it; another desk sees none of it", async () => {
  const desk = await world.as("dongKinhDesk");
  const { dossierId } = await finished();
  const { reference } = await world.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
  const scanned = encodeURIComponent(`${world.publicUrl}/tra-cuu?ma=${reference}`);
  const opened = await desk.get(`/mot-cua/tra-ket-qua?q=${scanned}`);
  expect(opened.path).toBe(`/mot-cua/tra-ket-qua/${dossierId}`);
  expect((await desk.get("/mot-cua/tra-ket-qua?q=khong%20co%20ai")).text).toContain(
    "Không có kết quả chờ trả nào khớp",
  );
  const stranger = await world.as("huuLungDesk");
  expect((await stranger.get(opened.path)).status).toBe(404);
  expect((await stranger.get("/mot-cua/tra-ket-qua")).text).toContain("Không có kết quả nào chờ trả");
});

test("who is not the applicant needs a document; the receipt says who took it, by what, and what went back", async () => {
  const desk = await world.as("dongKinhDesk");
  const { dossierId } = await finished();
  const { version } = await world.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
  const at = `/mot-cua/tra-ket-qua/${dossierId}`;
  const sent = { version: String(version), receivedBy: "Vi Văn Nhận", "returned-original": "2", signed: "yes" };
  const back = await desk.post(at, sent);
  expect(back.errors().map(({ field }) => field)).toEqual(["receiverPaper", "proxyPaper"]);
  const receipt = await desk.post(at, { ...sent, receiverPaper: "020085004321", proxyPaper: "Giấy ủy quyền 15/2026" });
  expect(receipt.headers.get("content-type")).toBe("application/pdf");
  const paper = await world.db.issuedPaper.findFirstOrThrow({ where: { dossierId, kind: "delivery_receipt" } });
  expect(paper.snapshot).toMatchObject({
    numberText: "01/BNKQ",
    receiver: { fullName: "Vi Văn Nhận", paper: "020085004321", proxyPaper: "Giấy ủy quyền 15/2026" },
    returned: [{ originals: 2 }],
    results: [{ title: "Bản sao chứng thực", number: "15/CT" }],
  });
  expect((await world.db.receivedPaper.findFirstOrThrow({ where: { dossierId } })).returned).toBe(2);
  expect((await desk.get(at)).path).toBe(`/mot-cua/ho-so/${dossierId}`);
});

test("the applicant takes their own result without a document, under whatever spelling of their name", async () => {
  const desk = await world.as("dongKinhDesk");
  const { dossierId } = await finished();
  const { version } = await world.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
  await desk.post(`/mot-cua/tra-ket-qua/${dossierId}`, { version: String(version), receivedBy: "HOANG THI NHAN" });
  expect((await world.db.dossier.findUniqueOrThrow({ where: { id: dossierId } })).status).toBe("delivered");
});

test("results for the post go on one sheet with order numbers and what is collected; signed for, they are delivered", async () => {
  const desk = await world.as("dongKinhDesk");
  const agency = await world.agencyId("dongKinh");
  const letters = [await finished("post"), await finished("post")];
  const [first] = letters;
  await world.db.feeLine.deleteMany({ where: { dossierId: first?.dossierId ?? "" } });
  await world.db.feeLine.create({
    data: { dossierId: first?.dossierId ?? "", feeId: "copy", name: "Phí", amount: 2000n, quantity: 3 },
  });
  const fields = { agency, dossier: letters.map(({ dossierId }) => dossierId) };
  const sheet = await desk.post("/mot-cua/buu-chinh", fields);
  expect(sheet.text).toContain(first?.code);
  expect((await desk.post("/mot-cua/buu-chinh", fields)).text).toContain("Hãy chọn ít nhất một kết quả");
  const orders = await world.db.postalOrder.findMany({ orderBy: { number: "asc" } });
  expect(new Set(orders.map(({ number }) => number)).size).toBe(2);
  expect(orders.find(({ dossierId }) => dossierId === first?.dossierId)?.codAmount).toBe(6000n);
  const csv = (await desk.get(`${sheet.path}/csv`)).body.toString();
  expect(csv.trim().split("\n")).toHaveLength(3);
  expect((await desk.get(`${sheet.path}/xlsx`)).body.subarray(0, 2).toString()).toBe("PK");
  expect((await desk.get(`${sheet.path}/pdf`)).body.subarray(0, 5).toString()).toBe("%PDF-");
  expect((await (await world.as("huuLungDesk")).get(`${sheet.path}/csv`)).status).toBe(404);
  await desk.post(`${sheet.path}/da-giao`, {});
  const sent = await world.db.resultDelivery.findMany({ where: { method: "post" } });
  expect(sent.map(({ trackingNumber }) => trackingNumber).sort()).toEqual(orders.map(({ number }) => number));
});

test("a result that nobody collected is spoken of after 7, 21 and 60 days, each time once", async () => {
  const { dossierId } = await finished("counter", new Date("2026-01-05T03:00:00Z"));
  const account = await world.db.account.create({
    data: { username: "0987000111", kind: "citizen", displayName: "Lý Thị Chờ" },
  });
  await world.db.dossier.update({ where: { id: dossierId }, data: { applicantAccountId: account.id } });
  const reminded: number[] = [];
  for (const day of ["2026-01-10", "2026-01-13", "2026-01-14", "2026-01-27", "2026-03-10", "2026-12-01"])
    reminded.push(await remindToCollect(world.system(new Date(`${day}T03:00:00Z`))));
  expect(reminded).toEqual([0, 1, 0, 1, 1, 0]);
});
