import { beforeAll, describe, expect, test } from "vitest";
import { communeIn, readShown } from "../../src/desk/rules.ts";
import { attribute } from "../support/html.ts";
import { codes, makeWorld, register, typedAnswers, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "huuLungDesk");
}, 60_000);

const CARD = "020190000077|081234567|Hoàng Thị Nhàn|05031990|Nữ|Khối 3, Đông Kinh, Lạng Sơn|01072021";
const form = (code: string) => `/mot-cua/tiep-nhan/${code}`;
const paper = { "paper-original.received": "1", "paper-original.originals": "1", returnMethod: "counter" };

describe("what is shown or said at the counter", () => {
  test.each([
    [
      CARD,
      {
        kind: "card",
        personalId: "020190000077",
        fullName: "Hoàng Thị Nhàn",
        birthDate: "1990-03-05",
        gender: "female",
        address: "Khối 3, Đông Kinh, Lạng Sơn",
      },
    ],
    ["020190000077||Lý Văn Páo|31021990|Nam||", { kind: "card", birthDate: null, gender: "male", address: null }],
    ["020190000077", { kind: "personal_id", personalId: "020190000077" }],
    ["+84 912 345 678", { kind: "phone", phone: "0912345678" }],
    ["C1234567", { kind: "paper", number: "C1234567" }],
    ["Nguyễn  Thị Ánh", { kind: "name", fullName: "Nguyễn Thị Ánh" }],
    ["12345|x|y", { kind: "unreadable" }],
    ["https://example.vn/?a=1", { kind: "unreadable" }],
  ])("%s", (typed, shown) => {
    expect(readShown(typed)).toMatchObject(shown);
  });

  test("a card's address finds its commune by name, with the district of old between", () => {
    const units = [{ text: "Phường Đông Kinh" }, { text: "Xã Hữu Lũng" }];
    expect(communeIn("Khối 3, Đông Kinh, TP. Lạng Sơn, Lạng Sơn", units)).toEqual(units[0]);
    expect(communeIn("Thôn 2, Chi Lăng, Lạng Sơn", units)).toBeNull();
  });
});

test("a scanned card fills in the applicant, knows their earlier dossiers here, and what they came for opens at once", async () => {
  const desk = await world.as("dongKinhDesk");
  await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const opened = await desk.post("/mot-cua/tiep-nhan", { nguoi: CARD, "thu-tuc": codes.copies });
  expect(opened.path).toBe(form(codes.copies));
  const value = (name: string) => attribute(opened.byId(name) as never, "value");
  expect(value("applicant_fullName")).toBe("Hoàng Thị Nhàn");
  expect(value("applicant_personalId")).toBe("020190000077");
  expect(value("applicant_phone")).toBe("0912345678");
  const counter = await desk.get("/mot-cua/tiep-nhan");
  expect(counter.text).toContain("Hồ sơ gần đây tại cơ quan");
  const elsewhere = await world.as("huuLungDesk");
  await elsewhere.post("/mot-cua/tiep-nhan", { nguoi: "020190000077" });
  expect((await elsewhere.get("/mot-cua/tiep-nhan")).text).not.toContain("Hồ sơ gần đây tại cơ quan");
});

test("a code that is no card is said so, and blocks nothing; a passport stands where a personal id is not", async () => {
  const desk = await world.as("dongKinhDesk");
  expect((await desk.post("/mot-cua/tiep-nhan", { nguoi: "hỏng|x" })).text).toContain("Không đọc được");
  const opened = await desk.post("/mot-cua/tiep-nhan", { nguoi: "P7654321", "thu-tuc": codes.copies });
  const { definition } = await world.version(codes.copies);
  const done = await desk.post(form(codes.copies), {
    formKey: crypto.randomUUID(),
    ...typedAnswers(definition),
    ...paper,
    applicant_fullName: "John Smith",
    applicant_passport: attribute(opened.byId("applicant_passport") as never, "value") ?? "",
  });
  expect(done.heading).toBe("Đã tiếp nhận hồ sơ");
  const party = await world.db.dossierParty.findFirstOrThrow({ where: { fullName: "John Smith", role: "applicant" } });
  expect(party.personalId).toBe("P7654321");
});

test("what one person hands in together is one filing with one slip; the next person begins anew", async () => {
  const desk = await world.as("dongKinhDesk");
  await desk.post("/mot-cua/tiep-nhan", { nguoi: "Lò Thị Ngọc" });
  const { definition } = await world.version(codes.copies);
  const send = () =>
    desk.post(form(codes.copies), {
      formKey: crypto.randomUUID(),
      ...typedAnswers(definition),
      ...paper,
      applicant_fullName: "Lò Thị Ngọc",
    });
  await send();
  const second = await send();
  expect(second.text).toContain("Hồ sơ của lần đến này");
  const slip = await second.follow(/In phiếu chung \(2 hồ sơ\)/);
  expect(slip.headers.get("content-type")).toBe("application/pdf");
  expect((await (await world.as("huuLungDesk")).get(slip.path)).status).toBe(404);
  await desk.post("/mot-cua/tiep-nhan", { viec: "tiep" });
  expect((await send()).text).not.toContain("Hồ sơ của lần đến này");
});

test("what lacks a paper or an answer is asked for on form 02 at the counter, everything at once, and has no code", async () => {
  const desk = await world.as("dongKinhDesk");
  const sent = {
    formKey: crypto.randomUUID(),
    applicant_fullName: "Ma Văn Tú",
    "desk-act": "ask",
    "desk-reason": "Thiếu bản chính.",
  };
  const asked = await desk.post(form(codes.copies), sent);
  expect(asked.heading).toBe("Đã lập phiếu yêu cầu bổ sung");
  expect((await desk.post(form(codes.copies), sent)).path).toBe(asked.path);
  expect((await asked.follow("In phiếu yêu cầu bổ sung")).headers.get("content-type")).toBe("application/pdf");
  const found = await world.db.dossier.findFirstOrThrow({
    where: { parties: { some: { fullName: "Ma Văn Tú" } } },
    include: { supplements: true },
  });
  expect([found.code, found.status]).toEqual([null, "intake_supplement"]);
  const marks = found.supplements[0]?.marks as { kind: string; id: string }[];
  expect(marks).toContainEqual(expect.objectContaining({ kind: "paper", id: "original" }));
  expect(marks.some(({ kind }) => kind === "field")).toBe(true);
});

test("a refusal needs a reason and a name, and is printed on the spot", async () => {
  const desk = await world.as("dongKinhDesk");
  const sent = { formKey: crypto.randomUUID(), "desk-act": "decline", "desk-reason": "" };
  const back = await desk.post(form(codes.copies), sent);
  expect(back.errors().map(({ field }) => field)).toEqual(["applicant_fullName", "desk-reason"]);
  const done = await desk.post(form(codes.copies), {
    ...sent,
    applicant_fullName: "Vi Văn Lâm",
    "desk-reason": "Không thuộc thẩm quyền.",
  });
  expect(done.heading).toBe("Đã lập phiếu từ chối tiếp nhận");
  expect((await done.follow("In phiếu từ chối")).status).toBe(200);
});

test("a pinned procedure stands first, and may be unpinned", async () => {
  const desk = await world.as("dongKinhDesk");
  const pinned = await desk.post("/mot-cua/tiep-nhan/hay-dung", { code: codes.birth, keep: "1" });
  expect(pinned.text).toContain("Thủ tục hay dùng");
  const dropped = await desk.post("/mot-cua/tiep-nhan/hay-dung", { code: codes.birth, keep: "0" });
  expect(dropped.text).not.toContain("Thủ tục hay dùng");
});

test("a signature drawn on the pad is kept once, and the history names it by its hash", async () => {
  const desk = await world.as("dongKinhDesk");
  const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
  const at = `/mot-cua/tiep-nhan/xong/${dossierId}/chu-ky`;
  const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  expect((await desk.post(at, { picture: "data:image/png;base64,AAAA" })).text).toContain("Chưa có chữ ký");
  const signed = await desk.post(at, { picture: `data:image/png;base64,${PNG}` });
  const { sha256 } = await world.db.receiptSignature.findUniqueOrThrow({ where: { dossierId } });
  expect(signed.text).toContain(sha256);
  const event = await world.db.dossierEvent.findFirstOrThrow({ where: { dossierId, type: "receipt.signed" } });
  expect(event.payload).toEqual({ sha256 });
  expect((await desk.get(at)).headers.get("content-type")).toBe("image/png");
  expect((await (await world.as("huuLungDesk")).get(at)).status).toBe(404);
});
