import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { isoDay } from "#platform/format.ts";
import { endPastDays, findCurrentTicket, finishTicket, linkTicket, takeTicket } from "#queue/index.ts";

import type { TestApp } from "../support/app.ts";
import type { Client } from "../support/client.ts";
import { atEnd } from "../support/ending.ts";
import { agencyIdOf, asOfficer } from "../support/province.ts";
import { follow } from "../support/stream.ts";
import { at, type Hall, makeHall, openPortal, signIn, take } from "./hall.ts";

let app: TestApp;
let mai: Client;
let bich: Client;
beforeAll(async () => {
  app = await openPortal();
  [mai, bich] = await Promise.all([signIn(app, "dongKinhDesk"), signIn(app, "huuLungDesk")]);
}, 60_000);

let count = 0;
const newHall = (counters = 2, mostInRow = 3): Promise<Hall> => makeHall(app, `sanh-${++count}`, counters, mostInRow);
const sit = (client: Client, hall: Hall, counter = 0) =>
  client.post("/mot-cua/quay/mo", { counter: hall.counters[counter] ?? "" });
const press = async (client: Client, button: RegExp | string, values = {}) =>
  (await client.get("/mot-cua/quay")).submit(button, values);
const numberOf = async (code: string): Promise<string> =>
  (await app.db.queueTicket.findUniqueOrThrow({ where: { code } })).number;
const stateOf = async (code: string): Promise<string> =>
  (await app.db.queueTicket.findUniqueOrThrow({ where: { code } })).state;

describe("at the machine", () => {
  test("a touch gives the next number, with those before, the time, and a code to follow it by", async () => {
    const hall = await newHall();
    const person = app.client();
    const machine = await person.get(`/xep-hang/${hall.slug}/lay-so`);
    expect(machine.text).toContain("Chưa có ai chờ");
    await take(person, hall, "A");
    const slip = await machine.submit(/Hộ tịch/, { priority: "elderly" });
    expect(slip.text).toMatch(/A002.*Ưu tiên: Người cao tuổi.*Bạn là người tiếp theo/s);
    const third = await machine.submit(/Hộ tịch/);
    expect(third.text).toMatch(/A003.*Trước bạn còn 2 người.*Chờ khoảng 15 phút/s);
    const followed = await person.get(third.path.replace("/phieu", ""));
    expect(followed.text).toMatch(/A003 Hộ tịch Đang chờ/);
    expect((await person.get(`/xep-hang/${hall.slug}/lay-so`)).text).toContain("3 người đang chờ");
  });

  test("numbers of a queue are the day's, without gaps, however many machines give them at once", async () => {
    const hall = await newHall();
    const codes = await Promise.all(Array.from({ length: 30 }, (_, i) => take(app.client(), hall, i % 3 ? "A" : "B")));
    const numbers = await Promise.all(codes.map(numberOf));
    const run = (prefix: string, length: number) =>
      Array.from({ length }, (_, i) => `${prefix}${String(i + 1).padStart(3, "0")}`);
    expect(numbers.sort()).toEqual([...run("A", 20), ...run("B", 10)]);
  });

  test("the slip is a PDF 80 mm wide, as long as its words, that says what the page says", async () => {
    const hall = await newHall();
    const long = "Tầng hai, khu nhà làm việc liên cơ quan. ".repeat(12);
    await app.db.queueHall.update({ where: { id: hall.id }, data: { name: `Sảnh ${hall.slug}. ${long}` } });
    const code = await take(app.client(), hall, "B");
    const pdf = await app.client().get(`/xep-hang/so/${code}/phieu.pdf`);
    expect([pdf.status, pdf.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(pdf.body.toString("latin1")).toMatch(/MediaBox \[0 [\d.]+ 226\.77\d* /);
    const folder = mkdtempSync(join(tmpdir(), "phieu-"));
    atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    writeFileSync(join(folder, "a.pdf"), pdf.body);
    const text = execFileSync("pdftotext", ["-layout", join(folder, "a.pdf"), "-"], { encoding: "utf8" });
    // One page, from its first word to its last.
    expect(text.split("\f")).toHaveLength(2);
    expect(text.normalize("NFC")).toContain("được đọc to.");
    expect(text.normalize("NFC")).toMatch(/B001[\s\S]*Chứng thực[\s\S]*Bạn là người tiếp theo/);
  });

  test("a dossier's code gives a number of its sector's queue; a wrong one says what to do", async () => {
    const hall = await newHall();
    const { dossierId, code } = await registerBirth();
    const scanned = (ma: string) => app.client().post(`/xep-hang/${hall.slug}/quet`, { ma });
    const slip = await scanned(`${app.base}/tra-cuu?ma=${code}`);
    expect(slip.text).toContain("A001");
    expect(await app.db.queueTicketDossier.count({ where: { dossierId } })).toBe(1);
    expect((await scanned("không phải mã")).text).toContain("Máy không nhận ra mã này");
    expect((await scanned("")).text).toContain("Máy không nhận ra mã này");
    const elsewhere = await app.db.queueHall.create({
      data: {
        agencyId: await agencyIdOf(app, "huuLung"),
        slug: `xa-${count}`,
        name: "Hữu Lũng",
        hours: "any",
        createdAt: new Date(),
      },
    });
    const other = await app.client().post(`/xep-hang/${elsewhere.slug}/quet`, { ma: code });
    expect(other.text).toContain("không thuộc sảnh này");
  });

  test("outside office hours, once stopped, and after the day no number is given; who has one is still called", async () => {
    const hall = await newHall();
    await app.db.queueHall.update({ where: { id: hall.id }, data: { hours: "office" } });
    const wish = { hallId: hall.id, queueId: hall.queues["A"] ?? "", priority: null };
    await expect(takeTicket(app.system(at("12:15")), wish)).rejects.toMatchObject({ reason: "queue.refused.outside" });
    await expect(takeTicket(app.system(at("09:00")), wish)).resolves.toMatchObject({ number: "A001" });
    await app.db.queueHall.update({ where: { id: hall.id }, data: { hours: "any" } });
    const code = await take(app.client(), hall, "A");
    const places = await mai.get("/mot-cua/sanh");
    const act = (verb: string) => mai.post(`/mot-cua/sanh/${hall.id}/${verb}`);
    expect(places.text).toContain(`Sảnh ${hall.slug}`);
    expect((await act("ngung-nhan")).text).toContain("Đã ngừng cấp số");
    expect((await app.client().get(`/xep-hang/${hall.slug}/lay-so`)).text).toContain("Hôm nay đã ngừng cấp số");
    expect((await app.client().post(`/xep-hang/${hall.slug}/lay-so`, { queue: wish.queueId })).status).toBe(409);
    await sit(mai, hall);
    expect((await press(mai, /Gọi số tiếp theo/)).text).toContain(`Đã gọi số ${await numberOf(code)}`);
    expect((await act("nhan-so")).text).toContain("Sảnh cấp số trở lại");
    const left = await take(app.client(), hall, "A");
    expect((await act("ket-thuc")).text).toContain("1 người chưa được phục vụ");
    expect([await stateOf(code), await stateOf(left)]).toEqual(["served", "unserved"]);
    expect((await mai.get("/mot-cua/quay")).text).toContain("Bạn ngồi ở quầy nào?");
  });

  test("a day that nobody ended is ended by the job, once, and who still waited is marked", async () => {
    const hall = await newHall();
    const wish = { hallId: hall.id, queueId: hall.queues["A"] ?? "", priority: null };
    const { code } = await takeTicket(app.system(at("10:00", "2026-11-13")), wish);
    for (let times = 0; times < 2; times++) await endPastDays(app.system(at("08:00")));
    expect(await stateOf(code)).toBe("unserved");
    expect(await app.db.queueTicketEvent.count({ where: { hallId: hall.id, type: "unserved" } })).toBe(1);
    expect((await app.client().get(`/xep-hang/so/${code}`)).text).toContain("Số này của ngày 13/11/2026");
  });
});

/** A birth registered at Đông Kinh's counter by Mai. */
async function registerBirth(): Promise<{ dossierId: string; code: string }> {
  const { registerDossier } = await import("#dossiers/index.ts");
  const { findCurrentVersion } = await import("#procedures/index.ts");
  const { sampleAnswers } = await import("#dev/sample-answers.ts");
  const version = await findCurrentVersion(app.system(), "1.001193");
  if (!version) throw new Error("the seed lacks the registration of births");
  const place = { provinceCode: "20", communeCode: "05977", communeName: "phường Đông Kinh" };
  const { dossierId } = await registerDossier(await asOfficer(app, demoOfficers.dongKinhDesk), {
    procedureVersionId: version.id,
    agencyId: await agencyIdOf(app, "dongKinh"),
    caseId: null,
    channel: "counter",
    returnMethod: "counter",
    answers: sampleAnswers(version.definition, { today: isoDay(new Date()), ...place, number: 1 }),
    applicant: { kind: "person", fullName: "Hoàng Thị Nhàn", phone: "0912345678", address: "Khối 3" },
    owner: null,
    papers: [],
    attachments: [],
    formKey: crypto.randomUUID(),
  });
  const { code } = await app.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
  return { dossierId, code: code ?? "" };
}

describe("at the counter", () => {
  test("call, again, aside and back, transfer, not come, done: each is one event, and the person's phone says so", async () => {
    const hall = await newHall(2);
    const [a1, a2, b1] = [
      await take(app.client(), hall, "A"),
      await take(app.client(), hall, "A"),
      await take(app.client(), hall, "B"),
    ];
    const phone = follow<{ html: string }>(app.client(), `/xep-hang/so/${a2}/truc-tiep`);
    await phone.until(({ html }) => html.includes("Trước bạn còn 1 người"));
    await sit(mai, hall);
    await press(mai, /Gọi số tiếp theo/);
    await phone.until(({ html }) => html.includes("Bạn là người tiếp theo"));
    await press(mai, /Gọi lại r/);
    await press(mai, /Để riêng/);
    expect(await stateOf(a1)).toBe("set_aside");
    await press(mai, /Gọi số tiếp theo/);
    await phone.until(({ html }) => html.includes("Mời đến quầy 1"));
    const refused = await press(mai, "Chuyển", { "Chuyển đến": "" });
    expect([refused.status, refused.text.includes("Hãy chọn hàng hoặc quầy")]).toEqual([422, true]);
    await refused.submit("Chuyển", { "Chuyển đến": `quay:${hall.counters[1]}` });
    expect(await stateOf(a2)).toBe("waiting");
    await press(mai, /Gọi lại số A001/);
    await press(mai, /Không đến/);
    await press(mai, /Gọi số tiếp theo/);
    expect((await press(mai, /Gọi số tiếp theo/)).text).toContain("Không có ai chờ");
    expect([await stateOf(a1), await stateOf(a2), await stateOf(b1)]).toEqual(["no_show", "waiting", "served"]);
    await sit(mai, hall, 1);
    expect((await press(mai, /Gọi số tiếp theo/)).text).toContain("Đã gọi số A002");
    await press(mai, /Kết thúc lượt/);
    await phone.until(({ html }) => html.includes("Đã phục vụ xong"));
    await phone.stop();
    const events = await app.db.queueTicketEvent.findMany({ where: { hallId: hall.id }, orderBy: { number: "asc" } });
    expect(events.map(({ type }) => type)).toEqual([
      ...[
        "taken",
        "taken",
        "taken",
        "called",
        "called_again",
        "set_aside",
        "called",
        "transferred",
        "called",
        "no_show",
      ],
      ...["called", "served", "called", "served"],
    ]);
    await mai.post("/mot-cua/quay/dong");
  });

  test("a second click, and a panel left open, change nothing and say so", async () => {
    const hall = await newHall();
    const codes = [await take(app.client(), hall, "A"), await take(app.client(), hall, "A")];
    await sit(mai, hall);
    const panel = await mai.get("/mot-cua/quay");
    await panel.submit(/Gọi số tiếp theo/);
    expect((await panel.submit(/Gọi số tiếp theo/)).text).toContain("không được thực hiện");
    expect(await Promise.all(codes.map(stateOf))).toEqual(["called", "waiting"]);
    expect((await mai.post("/mot-cua/quay/dong")).text).toContain("Hãy kết thúc lượt đó");
    await press(mai, /Kết thúc lượt/);
    await mai.post("/mot-cua/quay/dong");
  });

  test("a dossier made for whoever stands there is linked to their number, and ends it", async () => {
    const hall = await newHall();
    await take(app.client(), hall, "A");
    await sit(mai, hall);
    const officer = await asOfficer(app, demoOfficers.dongKinhDesk);
    expect(await findCurrentTicket(officer)).toBeNull();
    await press(mai, /Gọi số tiếp theo/);
    const { dossierId, code } = await registerBirth();
    for (let times = 0; times < 2; times++) await linkTicket(officer, dossierId);
    expect(await findCurrentTicket(officer)).toMatchObject({ number: "A001", dossierIds: [dossierId] });
    expect((await mai.get("/mot-cua/quay")).text).toContain(code);
    await finishTicket(officer);
    expect(await findCurrentTicket(officer)).toBeNull();
    await mai.post("/mot-cua/quay/dong");
  });

  test("a clerk of another agency cannot see, open, call or end what is not their hall's", async () => {
    const hall = await newHall();
    const code = await take(app.client(), hall, "A");
    expect((await bich.get("/mot-cua/quay")).text).not.toContain(hall.slug);
    expect((await bich.get("/mot-cua/sanh")).text).not.toContain(hall.slug);
    expect((await sit(bich, hall)).status).toBe(404);
    expect((await bich.post("/mot-cua/quay/goi", { seen: "" })).status).toBe(409);
    expect((await bich.get("/mot-cua/quay/truc-tiep")).status).toBe(404);
    for (const verb of ["ngung-nhan", "nhan-so", "ket-thuc", "may-nay"])
      expect([verb, (await bich.post(`/mot-cua/sanh/${hall.id}/${verb}`)).status]).toEqual([verb, 404]);
    expect((await bich.get(`/mot-cua/sanh/thong-ke?sanh=${hall.id}`)).text).not.toContain("Hộ tịch");
    await sit(mai, hall);
    expect((await bich.post("/mot-cua/quay/goi-lai-so", { seen: "", ticket: hall.id })).status).toBe(409);
    expect(await stateOf(code)).toBe("waiting");
    await mai.post("/mot-cua/quay/dong");
  });

  test("one officer sits at one counter, and a counter has one officer", async () => {
    const hall = await newHall(2);
    const thu = await asOfficer(app, demoOfficers.dongKinhDesk);
    await sit(mai, hall, 0);
    await sit(mai, hall, 1);
    const open = await app.db.queueCounter.findMany({ where: { officerId: thu.actor.accountId } });
    expect(open.map(({ id }) => id)).toEqual([hall.counters[1]]);
    await app.db.queueCounter.update({
      where: { id: hall.counters[0] ?? "" },
      data: { officerId: (await asOfficer(app, demoOfficers.centerDesk)).actor.accountId },
    });
    expect((await sit(mai, hall, 0)).text).toContain("Quầy này đang có người ngồi");
    await mai.post("/mot-cua/quay/dong");
  });

  test("somebody who gives their number back is not called", async () => {
    const hall = await newHall();
    const person = app.client();
    const code = await take(person, hall, "A");
    const left = await (await person.get(`/xep-hang/so/${code}`)).submit(/trả lại số/);
    expect(left.text).toContain("Bạn đã trả lại số");
    expect(await stateOf(code)).toBe("left");
  });
});

test("waiting and serving times are told by queue, counter and day, and as a table to take along", async () => {
  const hall = await newHall();
  const counterId = hall.counters[0] ?? "";
  const minutes = (n: number): Date => new Date(at("08:00").getTime() + n * 60_000);
  for (const [i, [called, ended, state]] of (
    [
      [10, 15, "served"],
      [20, 29, "served"],
      [30, 30, "no_show"],
      [null, 60, "unserved"],
    ] as const
  ).entries())
    await app.db.queueTicket.create({
      data: {
        code: `THONGKE${count}${i}`,
        hallId: hall.id,
        queueId: hall.queues["A"] ?? "",
        day: "2026-11-16",
        serial: i + 1,
        number: `A00${i + 1}`,
        state,
        takenAt: minutes(0),
        orderAt: minutes(0),
        calledAt: called === null ? null : minutes(called),
        endedAt: minutes(ended),
        counterId: called === null ? null : counterId,
      },
    });
  const asked = (by: string) => `sanh=${hall.id}&tu=2026-11-16&den=2026-11-16&theo=${by}`;
  const page = await mai.get(`/mot-cua/sanh/thong-ke?${asked("hang")}`);
  expect(page.text).toMatch(/A · Hộ tịch 4 2 1 0 1 20,0 30,0 7,0/);
  const csv = await mai.get(`/mot-cua/sanh/thong-ke.csv?${asked("quay")}`);
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(csv.body.toString("utf8").trim().split(/\r?\n/).slice(1)).toEqual([
    `Sảnh ${hall.slug},Quầy 1,3,2,1,0,0,"20,0","30,0","7,0"`,
    `Sảnh ${hall.slug},Chưa đến quầy nào,1,0,0,0,1,,,`,
  ]);
});

test("administrators set up halls, queues and counters; what is taken or wrong comes back with what was typed", async () => {
  const admin = await app.signIn("quantri", DEMO_PASSWORD);
  const agencyId = await agencyIdOf(app, "center");
  const list = await admin.get("/quan-tri/sanh");
  const wrong = await list.submit("Lưu", { slug: "So", name: "", agencyId });
  expect([wrong.status, wrong.errors().length]).toEqual([422, 2]);
  const hall = await wrong.submit("Lưu", { slug: "trung-tam", name: "Trung tâm tỉnh" });
  expect(hall.text).toContain("Đã lưu.");
  const id = hall.path.split("/").at(-1) ?? "";
  const queue = { id: "", prefix: "A", name: "Đất đai", sectors: "Đất đai\n", minutes: "10" };
  expect((await admin.post(`/quan-tri/sanh/${id}/hang`, queue)).text).toContain("A · Đất đai");
  expect((await admin.post(`/quan-tri/sanh/${id}/hang`, queue)).text).toContain("Sảnh này đã có hàng mang ký hiệu đó");
  expect((await admin.post(`/quan-tri/sanh/${id}/quay`, { number: "0", agencyId })).status).toBe(422);
  expect((await admin.post(`/quan-tri/sanh/${id}/quay`, { number: "1", agencyId })).text).toContain("Quầy 1");
  // The agency's own page speaks of the same counters, and leads to where they are set up.
  expect((await (await admin.get(`/quan-tri/co-quan/${agencyId}`)).follow("Quầy 1")).path).toBe(hall.path);
  const again = await admin.post("/quan-tri/sanh", { slug: "trung-tam", name: "Hai", agencyId, mostInRow: "3" });
  expect(again.text).toContain("Địa chỉ này đã có sảnh khác dùng");
  expect((await mai.get("/quan-tri/sanh")).status).toBe(403);
});

describe("a machine that many people use", () => {
  const machine = async () => {
    const hall = await newHall();
    const officer = await signIn(app, "dongKinhDesk");
    const set = await officer.post(`/mot-cua/sanh/${hall.id}/may-nay`);
    return { hall, browser: officer, set };
  };

  test("is set up by an officer of the hall, who is signed out; every page then is kept nowhere and can be ended", async () => {
    const { hall, browser, set } = await machine();
    expect(set.path).toBe(`/xep-hang/${hall.slug}/may-tu-phuc-vu`);
    expect((await browser.get("/mot-cua")).path).toMatch(/^\/dang-nhap/);
    const signIn = await browser.get("/dang-nhap");
    expect(signIn.headers.get("cache-control")).toBe("no-store");
    expect(signIn.html).not.toContain("manifest.webmanifest");
    await browser.post("/dang-nhap", { username: demoCitizens.lan.phone, password: DEMO_PASSWORD });
    const mine = await browser.get("/ca-nhan");
    expect(mine.text).toContain("Máy dùng chung");
    const ended = await mine.submit("Kết thúc");
    expect(ended.text).toContain("Đã xóa thông tin của người dùng trước");
    expect((await browser.get("/ca-nhan")).path).toMatch(/^\/dang-nhap/);
    expect(browser.cookies.get("may-chung")).toBe(hall.slug);
  });

  test("ends a session by itself once its page has been silent for three minutes; everybody's own stays", async () => {
    const { browser } = await machine();
    const own = await app.signIn(demoCitizens.pao.phone, DEMO_PASSWORD);
    await browser.post("/dang-nhap", { username: demoCitizens.pao.phone, password: DEMO_PASSWORD });
    await browser.get("/ca-nhan");
    await own.get("/ca-nhan");
    await app.db
      .$executeRaw`UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{sharedAt}', to_jsonb(0))::json WHERE sess::jsonb ? 'sharedAt'`;
    expect((await browser.get("/ca-nhan")).text).toContain("Đã xóa thông tin của người dùng trước");
    expect((await own.get("/ca-nhan")).path).toMatch(/^\/ca-nhan/);
  });

  test("answers the end with what clears the browser", async () => {
    const { browser } = await machine();
    const answer = await fetch(`${app.base}/may-tu-phuc-vu/ket-thuc`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    expect(answer.headers.get("clear-site-data")).toBe('"cache", "storage"');
  });

  test("is nobody's to set up but an officer's of the hall", async () => {
    const hall = await newHall();
    expect((await app.client().get(`/xep-hang/${hall.slug}/may-tu-phuc-vu`)).text).toContain(
      "chưa được đặt làm máy dùng chung",
    );
  });
});
