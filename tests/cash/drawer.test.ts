import { beforeAll, describe, expect, test } from "vitest";
import { askObligation } from "#dossiers/index.ts";
import { amountInWords, owed } from "../../src/cash/rules.ts";
import { codes, makeWorld, register, type World } from "../desk/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "huuLungDesk");
}, 60_000);

describe("an amount in words", () => {
  test.each([
    [0n, "Không đồng"],
    [5_000n, "Năm nghìn đồng"],
    [21_000n, "Hai mươi mốt nghìn đồng"],
    [15_500n, "Mười lăm nghìn năm trăm đồng"],
    [105_000n, "Một trăm linh năm nghìn đồng"],
    [1_205_000n, "Một triệu hai trăm linh năm nghìn đồng"],
    [2_000_005n, "Hai triệu không trăm linh năm đồng"],
    [3_000_000_000n, "Ba tỷ đồng"],
  ])("%s", (amount, words) => {
    expect(amountInWords(amount)).toBe(words);
  });
});

test("what is on a receipt that stands is not owed again, nor is what costs nothing", () => {
  const due = (feeId: string, amount: bigint) => ({ feeId, name: feeId, amount, quantity: 1 });
  expect(owed([due("a", 5n), due("b", 0n), due("c", 7n)], [{ feeId: "a" }]).map(({ feeId }) => feeId)).toEqual(["c"]);
});

const owing = async (amount = 2000n) => {
  const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  await world.db.feeLine.deleteMany({ where: { dossierId } });
  await world.db.feeLine.create({ data: { dossierId, feeId: "copy", name: "Phí chứng thực", amount, quantity: 2 } });
  return dossierId;
};
const sent = (formKey: string = crypto.randomUUID()) => ({
  formKey,
  payerName: "Hoàng Thị Nhàn",
  method: "cash",
  fee: "copy",
});

test("a morning at the drawer: no book, no receipt; numbers without gaps, a voided one stays; the closing sheet adds up", async () => {
  const desk = await world.as("dongKinhDesk");
  const agency = await world.agencyId("dongKinh");
  const first = await owing();
  const early = await desk.post(`/mot-cua/thu-phi/${first}`, sent());
  expect([early.status, early.text.includes("Chưa mở quyển biên lai")]).toEqual([409, true]);
  const bad = await desk.post("/mot-cua/thu-phi/so-bien-lai", { agency, form: "EBL01", symbol: "26XFF", first: "1" });
  expect(bad.status).toBe(422);
  await desk.post("/mot-cua/thu-phi/so-bien-lai", { agency, form: "EBL01", symbol: "26taa", first: "1" });

  const key = crypto.randomUUID();
  const [one, same] = await Promise.all([
    desk.post(`/mot-cua/thu-phi/${first}`, sent(key)),
    desk.post(`/mot-cua/thu-phi/${first}`, sent(key)),
  ]);
  expect(one.path).toBe(same.path);
  expect(one.summary()["Bằng chữ"]).toBe("Bốn nghìn đồng");
  expect((await desk.get(`${one.path}/in`)).headers.get("content-type")).toBe("application/pdf");
  expect((await desk.post(`/mot-cua/thu-phi/${first}`, sent())).status).toBe(409);

  expect((await desk.post(`${one.path}/huy`, { reason: "" })).status).toBe(422);
  const voided = await desk.post(`${one.path}/huy`, { reason: "Thu nhầm hồ sơ" });
  expect(voided.text).toContain("Thu nhầm hồ sơ");
  await desk.post(`/mot-cua/thu-phi/${first}`, sent());
  await desk.post(`/mot-cua/thu-phi/${await owing(10_000n)}`, { ...sent(), method: "transfer" });
  const numbers = await world.db.feeReceipt.findMany({ orderBy: { number: "asc" } });
  expect(numbers.map(({ number, voidedAt }) => [number, voidedAt !== null])).toEqual([
    [1, true],
    [2, false],
    [3, false],
  ]);

  const sheet = await desk.post("/mot-cua/thu-phi/chot", { agency, counted: "4.500", remark: "Thừa 500 đồng" });
  expect(sheet.headers.get("content-type")).toBe("application/pdf");
  const closing = await world.db.cashClosing.findFirstOrThrow({ include: { receipts: true } });
  expect([closing.cash, closing.transfers, closing.counted]).toEqual([4000n, 20_000n, 4500n]);
  expect(closing.receipts).toHaveLength(3);
  expect((await desk.post("/mot-cua/thu-phi/chot", { agency, counted: "0" })).status).toBe(409);
  const closed = numbers.find(({ number }) => number === 2);
  expect((await desk.post(`/mot-cua/bien-lai/${closed?.id}/huy`, { reason: "x" })).status).toBe(409);

  const stranger = await world.as("huuLungDesk");
  for (const path of [one.path, sheet.path, `/mot-cua/thu-phi/${first}`])
    expect((await stranger.get(path)).status, path).toBe(404);
});

test("what is paid at the drawer settles the dossier's obligation at once; a voided receipt takes it back, unless the dossier went on too far", async () => {
  const desk = await world.as("dongKinhDesk");
  const { dossierId } = await register(world, codes.house, "dongKinhDesk", "dongKinh");
  await world.db.feeLine.deleteMany({ where: { dossierId } });
  const officer = await world.officer("dongKinhDesk");
  const now = () => world.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
  const { version } = await now();
  await askObligation(officer, { dossierId, version, what: "Tiền sử dụng đất", amount: 1_500_000n, payBy: null });
  expect(await now()).toMatchObject({ status: "awaiting_obligation", pausedAt: expect.any(Date) });

  const page = await (await desk.get(`/mot-cua/ho-so/${dossierId}`)).follow(/Thu phí/);
  expect(page.text).toContain("Nghĩa vụ tài chính lần 1");
  const paid = await desk.post(page.path, { ...sent(), fee: "obligation:1" });
  const { number } = await world.db.feeReceipt.findFirstOrThrow({ where: { dossierId } });
  const met = await world.db.financialObligation.findFirstOrThrow({ where: { dossierId } });
  expect(met).toMatchObject({ metAt: expect.any(Date), proof: `EBL01 26TAA ${String(number).padStart(7, "0")}` });
  expect(await now()).toMatchObject({ status: "received", pausedAt: null });
  expect((await desk.post(page.path, { ...sent(), fee: "obligation:1" })).status).toBe(409);

  await desk.post(`${paid.path}/huy`, { reason: "Thu nhầm người" });
  expect(await now()).toMatchObject({ status: "awaiting_obligation", pausedAt: expect.any(Date) });
  expect((await world.db.financialObligation.findFirstOrThrow({ where: { dossierId } })).metAt).toBeNull();

  const again = await desk.post(page.path, { ...sent(), fee: "obligation:1" });
  await world.db.dossier.update({ where: { id: dossierId }, data: { status: "completed" } });
  const refused = await desk.post(`${again.path}/huy`, { reason: "Thu nhầm" });
  expect([refused.status, refused.text.includes("Hồ sơ đã đi tiếp nhờ khoản tiền")]).toEqual([409, true]);
  expect(await world.db.feeReceipt.count({ where: { dossierId, voidedAt: null } })).toBe(1);
  const events = await world.db.dossierEvent.findMany({ where: { dossierId }, orderBy: { seq: "asc" } });
  expect(events.map(({ type }) => type).filter((type) => type.includes("obligation"))).toEqual([
    "dossier.obligation_asked",
    "dossier.obligation_met",
    "dossier.obligation_unmet",
    "dossier.obligation_met",
  ]);
});

test("a book never goes back, and a receipt is never altered, whoever tries", async () => {
  await expect(world.db.receiptBook.updateMany({ data: { value: 0 } })).rejects.toThrow();
  await expect(world.db.feeReceipt.updateMany({ data: { amount: 1n } })).rejects.toThrow();
  await expect(world.db.feeReceipt.deleteMany()).rejects.toThrow();
});

test("clerks who take fees at once get numbers one after the other, none twice", async () => {
  const desk = await world.as("dongKinhDesk");
  const dossiers = await Promise.all([owing(), owing(), owing(), owing()]);
  await Promise.all(dossiers.map((id) => desk.post(`/mot-cua/thu-phi/${id}`, sent())));
  const numbers = (await world.db.feeReceipt.findMany({ orderBy: { number: "asc" } })).map(({ number }) => number);
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
});
