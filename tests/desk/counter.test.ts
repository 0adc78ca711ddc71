import { beforeAll, expect, test } from "vitest";
import { attribute } from "../support/html.ts";
import { codes, makeWorld, pdf, typedAnswers, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld("dongKinhDesk", "huuLungDesk", "dongKinhLeader");
}, 60_000);

const person = {
  applicant_fullName: "Hoàng Thị Nhàn",
  applicant_personalId: "020190000077",
  applicant_phone: "0912345678",
  "applicant_birthDate.year": "1990",
};
const form = (code: string) => `/mot-cua/tiep-nhan/${code}`;

test("a procedure is found by its name without diacritics, and by its code", async () => {
  const desk = await world.as("dongKinhDesk");
  const byName = await desk.get("/mot-cua/tiep-nhan?q=khai%20sinh");
  expect(byName.has("link", /đăng ký khai sinh/i)).toBe(true);
  expect(byName.has("link", /giấy phép xây dựng/i)).toBe(false);
  expect((await desk.get(`/mot-cua/tiep-nhan?q=${codes.house}`)).has("link", /giấy phép xây dựng/i)).toBe(true);
  expect((await desk.get("/mot-cua/tiep-nhan?q=zzzz")).text).toContain("Không có thủ tục nào khớp");
});

test("a paper dossier registers on one page, with its scanned papers, and the clerk reads code, due date and the way to print", async () => {
  const desk = await world.as("dongKinhDesk");
  const { definition } = await world.version(codes.copies);
  const page = await desk.get(form(codes.copies));
  expect(page.status).toBe(200);
  const fields = {
    ...typedAnswers(definition),
    ...person,
    "paper-original.received": "1",
    "paper-original.originals": "1",
    returnMethod: "counter",
  };
  const data = new FormData();
  for (const [name, value] of Object.entries({ formKey: hidden(page), ...fields })) data.append(name, value);
  data.append("paper-original.file", new Blob([pdf.content], { type: pdf.type }), "Bản chính.pdf");
  const done = await desk.post(form(codes.copies), data);
  expect(done.heading).toBe("Đã tiếp nhận hồ sơ");
  expect(done.text).toMatch(/Mã hồ sơ ?H37\.05977-\d{6}-0001/);
  expect(done.summary()["Người nộp"]).toBe("Hoàng Thị Nhàn");
  expect(done.summary()["Hẹn trả kết quả"]).toMatch(/^\d\d:\d\d \d\d\/\d\d\/\d{4}$/);
  expect(done.link("In giấy tiếp nhận")).toMatch(/^\/mot-cua\/giay-to\/[0-9a-f-]{36}\?xem=1$/);
  expect((await done.submit("Hồ sơ tiếp theo")).path).toBe("/mot-cua/tiep-nhan");
  const slip = await done.follow("In giấy tiếp nhận");
  expect([slip.status, slip.headers.get("content-type")]).toEqual([200, "application/pdf"]);

  const dossier = await done.follow("Mở hồ sơ");
  const row = `${dossier.path.split("/").at(-1)}:1::0`;
  const chosen = await desk.post("/mot-cua/giay-to/in", { hs: row });
  expect([chosen.status, chosen.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  expect((await desk.post("/mot-cua/giay-to/in", {})).text).toContain("Hãy chọn ít nhất một hồ sơ");
  expect(dossier.text).toContain("Bản chính.pdf");
  const file = await dossier.follow("Bản chính.pdf");
  expect(file.headers.get("content-type")).toBe("application/pdf");
  expect(file.body.toString()).toBe(pdf.content);
  const stranger = await world.as("huuLungDesk");
  for (const path of [dossier.path, file.path, done.path]) expect((await stranger.get(path)).status, path).toBe(404);
});

const hidden = (page: Awaited<ReturnType<Awaited<ReturnType<World["as"]>>["get"]>>): string => {
  const key = page.all("input").find((input) => attribute(input, "name") === "formKey");
  return (key && attribute(key, "value")) ?? "";
};

test("sending the counter form twice at once registers once, and both windows show the same code", async () => {
  const desk = await world.as("dongKinhDesk");
  const { definition } = await world.version(codes.copies);
  const fields = {
    formKey: crypto.randomUUID(),
    ...typedAnswers(definition),
    ...person,
    "paper-original.received": "1",
    "paper-original.originals": "1",
    returnMethod: "counter",
  };
  const before = await world.db.dossier.count();
  const answers = await Promise.all([desk.post(form(codes.copies), fields), desk.post(form(codes.copies), fields)]);
  expect(new Set(answers.map((one) => one.path)).size).toBe(1);
  expect(await world.db.dossier.count()).toBe(before + 1);
});

test("a form with mistakes comes back whole: every mistake at its control, what was typed kept, and files need not be chosen again", async () => {
  const desk = await world.as("dongKinhDesk");
  const { definition } = await world.version(codes.copies);
  const page = await desk.get(form(codes.copies));
  const data = new FormData();
  const typed = {
    ...typedAnswers(definition),
    "paper-original.received": "1",
    applicant_fullName: "",
    applicant_phone: "12",
    "paper-original.originals": "x",
    returnMethod: "counter",
  };
  for (const [name, value] of Object.entries({ formKey: hidden(page), ...typed })) data.append(name, value);
  data.append("paper-original.file", new Blob([pdf.content], { type: pdf.type }), "Quét.pdf");
  const back = await desk.post(form(codes.copies), data);
  expect(back.status).toBe(422);
  expect(back.errors().map(({ field }) => field)).toEqual([
    "applicant_fullName",
    "applicant_phone",
    "paper-original.originals",
  ]);
  for (const { field } of back.errors()) expect(back.byId(field), field).toBeDefined();
  expect(attribute(back.byId("applicant_phone") as never, "value")).toBe("12");
  expect(back.text).toContain("Quét.pdf");
  expect(back.text).toContain("vẫn được giữ");

  const done = await desk.post(form(codes.copies), {
    formKey: hidden(back),
    ...typedAnswers(definition),
    ...person,
    "paper-original.received": "1",
    "paper-original.originals": "1",
    returnMethod: "counter",
  });
  expect(done.heading).toBe("Đã tiếp nhận hồ sơ");
  expect((await done.follow("Mở hồ sơ")).text).toContain("Quét.pdf");
});

test("a needed paper that is not there is told at the paper; one that was ticked without a number, too", async () => {
  const desk = await world.as("dongKinhDesk");
  const { definition } = await world.version(codes.copies);
  const fields = { formKey: crypto.randomUUID(), ...typedAnswers(definition), ...person, returnMethod: "counter" };
  const missing = await desk.post(form(codes.copies), fields);
  expect(missing.status).toBe(422);
  expect(missing.errors()[0]?.field).toBe("paper-original.received");
  const none = await desk.post(form(codes.copies), {
    ...fields,
    "paper-original.received": "1",
    "paper-original.originals": "0",
    "paper-original.copies": "0",
  });
  expect(none.errors()[0]?.field).toBe("paper-original.originals");
});

test("rows of a group are added and removed by buttons, without judging what is not yet typed", async () => {
  const desk = await world.as("dongKinhDesk");
  const { definition } = await world.version(codes.copies);
  const group = definition.form.pages.flatMap(({ fields }) => fields).find(({ type }) => type === "group")?.id ?? "";
  const page = await desk.post(form(codes.copies), {
    formKey: crypto.randomUUID(),
    applicant_fullName: "Hoàng",
    [`${group}.rows`]: "r1",
    [`add:${group}`]: "1",
  });
  expect(page.status).toBe(200);
  expect(page.errors()).toEqual([]);
  expect(attribute(page.byId("applicant_fullName") as never, "value")).toBe("Hoàng");
  const rows = page.all("input").find((input) => attribute(input, "name") === `${group}.rows`);
  expect(rows && attribute(rows, "value")).toBe("r1 r2");
});

test("a procedure with cases asks for the case first", async () => {
  const desk = await world.as("dongKinhDesk");
  const page = await desk.get(form(codes.house));
  expect(page.text).toContain("Chọn trường hợp");
  const chosen = await desk.get(`${form(codes.house)}?truong-hop=house`);
  expect(chosen.has("button", "Tiếp nhận và cấp mã")).toBe(true);
});

test.each([
  ["a procedure that the desk does not take in", form("3.000347")],
  ["an unknown code", form("9.999999")],
  ["a desk that is not the officer's", `${form(codes.copies)}?co-quan=00000000-0000-4000-8000-000000000000`],
  ["a case that does not exist, on sending", `${form(codes.house)}?truong-hop=zzz`],
])("%s is not found", async (_what, path) => {
  const desk = await world.as("dongKinhDesk");
  expect((await desk.post(path, { formKey: crypto.randomUUID() })).status).toBe(404);
});

test("an officer who sits at no desk registers nothing", async () => {
  const leader = await world.as("dongKinhLeader");
  expect((await leader.get("/mot-cua/tiep-nhan")).text).toContain("Bạn không được phân công ở bộ phận một cửa");
  expect((await leader.get(form(codes.copies))).status).toBe(404);
  expect((await leader.post(form(codes.copies), { formKey: "x" })).status).toBe(404);
});

test.each([
  ["a forged form key", { formKey: "' OR 1=1" }],
  ["lists where texts belong", { formKey: ["a", "b"], returnMethod: ["a", "b"], applicant_fullName: ["a", "b"] }],
  ["a very long name", { applicant_fullName: "x".repeat(200_000) }],
  ["nothing at all", {}],
])("%s is a form with mistakes, never a failure", async (_what, fields) => {
  const desk = await world.as("dongKinhDesk");
  const page = await desk.post(form(codes.copies), fields);
  expect(page.status).toBe(422);
  expect(page.errors().length).toBeGreaterThan(0);
});

test("a form that was gone back to and filled in for the next person registers them too, and says what became of the first", async () => {
  const desk = await world.as("dongKinhDesk");
  const { definition } = await world.version(codes.copies);
  const fields = {
    formKey: crypto.randomUUID(),
    ...typedAnswers(definition),
    ...person,
    "paper-original.received": "1",
    "paper-original.originals": "1",
    returnMethod: "counter",
  };
  const first = await desk.post(form(codes.copies), fields);
  expect(first.summary()["Người nộp"]).toBe("Hoàng Thị Nhàn");
  const next = { ...fields, applicant_fullName: "Lý Văn Páo" };
  const told = await desk.post(form(codes.copies), next);
  expect(told.status).toBe(409);
  expect(told.errors()).toEqual([
    {
      field: "applicant_fullName",
      text: expect.stringMatching(/đã được tiếp nhận thành hồ sơ H37\.05977-\d{6}-\d{4}\./),
    },
  ]);
  const second = await desk.post(form(codes.copies), { ...next, formKey: hidden(told) });
  expect(second.summary()["Người nộp"]).toBe("Lý Văn Páo");
  expect(second.path).not.toBe(first.path);
});

test("the key of another desk's form, or of a citizen's draft, opens and blocks nothing", async () => {
  const [desk, other] = [await world.as("dongKinhDesk"), await world.as("huuLungDesk")];
  const { definition } = await world.version(codes.copies);
  const fields = {
    formKey: crypto.randomUUID(),
    ...typedAnswers(definition),
    ...person,
    "paper-original.received": "1",
    "paper-original.originals": "1",
    returnMethod: "counter",
  };
  expect((await desk.post(form(codes.copies), fields)).heading).toBe("Đã tiếp nhận hồ sơ");
  const before = await world.db.dossier.count();
  expect((await other.post(form(codes.copies), fields)).status).toBe(400);
  expect(await world.db.dossier.count()).toBe(before);
});
