import { beforeAll, describe, expect, test } from "vitest";
import { bookAppointment, checkIn, tidyAppointments } from "#appointments/index.ts";
import { addDays, addWorkingDays, findCalendar, instantAt } from "#calendar/index.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { formatPartialDate, isoDay } from "#platform/format.ts";
import { callNext, openCounter, takeTicket } from "#queue/index.ts";
import { type Hall, makeHall, makePlan, openPortal, signIn } from "../queue/hall.ts";
import type { TestApp } from "../support/app.ts";
import type { Client } from "../support/client.ts";
import { agencyIdOf, asCitizen, asOfficer } from "../support/province.ts";

let app: TestApp;
let hall: Hall;
let planId: string;
let procedureId: string;
let lan: Client;
let mai: Client;

beforeAll(async () => {
  app = await openPortal();
  hall = await makeHall(app, "hen", 1);
  const calendar = await findCalendar(app.system());
  days = [1, 2, 3].map((n) => addWorkingDays(isoDay(new Date()), n, calendar));
  planId = await makePlan(app, hall);
  procedureId = (await app.db.procedure.findUniqueOrThrow({ where: { code: "1.001193" } })).id;
  [lan, mai] = await Promise.all([app.signIn(demoCitizens.lan.phone, DEMO_PASSWORD), signIn(app, "dongKinhDesk")]);
}, 60_000);

/** The next working days, whenever the tests run: each test has a time of its own in one of them. */
let days: string[];
const slot = (time: string, day = 0): Date => instantAt(days[day] ?? "", time);
const dayBefore = (time: string): Date => instantAt(addDays(days[0] ?? "", -1), time);
const shown = (day: number): string => formatPartialDate(days[day] ?? "");

/** Somebody with an account, as they act before that week's times. */
let people = 0;
async function somebody(now = new Date()): Promise<Context<Citizen>> {
  const phone = `09380000${String(++people).padStart(2, "0")}`;
  const account = await app.db.account.create({
    data: { kind: "citizen", username: phone, displayName: `Người hẹn ${people}` },
  });
  return { ...app.system(now), actor: { kind: "citizen", accountId: account.id, name: account.displayName } };
}
const find = (code: string) => app.db.appointment.findUniqueOrThrow({ where: { code } });

describe("booking", () => {
  test("of fifty people who book three places at once, three get one each and the others are told that it is full", async () => {
    const startsAt = slot("08:00");
    const all = await Promise.all(Array.from({ length: 50 }, () => somebody()));
    const answers = await Promise.allSettled(all.map((ctx) => bookAppointment(ctx, { planId, procedureId, startsAt })));
    const refused = answers.flatMap((one) => (one.status === "rejected" ? [one.reason.reason] : []));
    expect(refused).toEqual(Array.from({ length: 47 }, () => "appointments.refused.full"));
    const places = await app.db.appointment.findMany({ where: { planId, startsAt }, orderBy: { place: "asc" } });
    expect(places.map(({ place }) => place)).toEqual([1, 2, 3]);
  });

  test("the database itself gives a place to one person alone", async () => {
    const [one] = await app.db.appointment.findMany({ where: { planId, state: "booked" }, take: 1 });
    const { id: _, ...same } = one as NonNullable<typeof one>;
    const other = await somebody();
    await expect(
      app.db.appointment.create({ data: { ...same, code: "KHAC", accountId: other.actor.accountId } }),
    ).rejects.toThrow();
  });

  test("one person has one appointment at a time, and three to come at most", async () => {
    const ctx = await somebody();
    const book = (time: string) => bookAppointment(ctx, { planId, procedureId, startsAt: slot(time) });
    await book("09:00");
    await expect(book("09:00")).rejects.toMatchObject({ reason: "appointments.refused.sameTime" });
    await book("09:30");
    await book("10:00");
    await expect(book("10:30")).rejects.toMatchObject({ reason: "appointments.refused.tooMany" });
  });

  test("a citizen finds a time from the procedure's page, books, moves and cancels it; the place is free again", async () => {
    const procedure = await lan.get("/thu-tuc/1.001193");
    const choice = await procedure.follow(/Đặt lịch hẹn/);
    const days = await choice.follow(/Hộ tịch theo lịch hẹn/);
    const day = await days.follow(shown(1));
    const missing = await day.submit("Đặt lịch hẹn");
    expect([missing.status, missing.text.includes("Hãy chọn một giờ còn chỗ")]).toEqual([422, true]);
    const own = await missing.submit("Đặt lịch hẹn", { startsAt: slot("08:00", 1).toISOString() });
    expect(own.text).toMatch(new RegExp(`Lịch hẹn lúc 08:00 ${shown(1)}.*Đăng ký khai sinh`, "s"));
    const moving = await (await own.follow("Đổi giờ")).follow(shown(2));
    const moved = await moving.submit("Đổi sang giờ này", { startsAt: slot("14:00", 2).toISOString() });
    expect(moved.text).toMatch(new RegExp(`Đã đổi giờ hẹn.*Lịch hẹn lúc 14:00 ${shown(2)}`, "s"));
    const cancelled = await moved.submit("Hủy lịch hẹn");
    expect(cancelled.text).toContain("Đã hủy lịch hẹn");
    expect((await lan.get("/ca-nhan/lich-hen")).text).toMatch(new RegExp(`14:00 ${shown(2)}.*Đã hủy`, "s"));
    expect(
      await app.db.appointment.count({
        where: { planId, startsAt: { gte: slot("07:00", 1) }, state: "booked" },
      }),
    ).toBe(0);
    const code = own.path.split("/").at(-1) ?? "";
    const events = await app.db.appointmentEvent.findMany({
      where: { appointment: { code } },
      orderBy: { number: "asc" },
    });
    expect(events.map(({ type }) => type)).toEqual(["booked", "moved", "cancelled"]);
    const mui = await app.signIn(demoCitizens.mui.phone, DEMO_PASSWORD);
    for (const path of [own.path, `${own.path}/doi`]) expect((await mui.get(path)).status).toBe(404);
    expect((await mui.post(`${own.path}/huy`)).status).toBe(404);
  });
});

describe("arriving", () => {
  test("the code gives one number, priority from its time on, at this hall alone and in time", async () => {
    const startsAt = slot("14:00");
    const code = await bookAppointment(await somebody(), { planId, procedureId, startsAt });
    const other = await makeHall(app, "hen-khac", 0);
    const show = (hallId: string, time: string) => checkIn(app.system(slot(time)), hallId, code);
    expect(await show(other.id, "13:30")).toEqual({ why: "elsewhere" });
    expect(await show(hall.id, "12:59")).toEqual({ why: "early" });
    expect(await show(hall.id, "14:16")).toEqual({ why: "late" });
    const both = await Promise.all([show(hall.id, "13:30"), show(hall.id, "13:30")]);
    expect(both.filter((one) => one && "why" in one)).toEqual([{ why: "used" }]);
    const ticket = await app.db.queueTicket.findFirstOrThrow({ where: { priority: "appointment" } });
    expect([ticket.dueAt?.getTime(), (await find(code)).state]).toEqual([startsAt.getTime(), "checked_in"]);
    const earlier = { hallId: hall.id, queueId: hall.queues["A"] ?? "", priority: null };
    await takeTicket(app.system(slot("13:20")), earlier);
    const officer = (time: string) => asOfficer(app, demoOfficers.dongKinhDesk, slot(time));
    await openCounter(await officer("13:30"), hall.counters[0] ?? "");
    await expect(callNext(await officer("13:45"), null)).resolves.toMatchObject({ number: "A002" });
    await takeTicket(app.system(slot("13:21")), earlier);
    const seen = await app.db.queueTicket.findFirstOrThrow({ where: { hallId: hall.id, state: "called" } });
    await expect(callNext(await officer("14:00"), seen.id)).resolves.toMatchObject({ number: ticket.number });
  });

  test("a scanned code that is none of these says so at the machine", async () => {
    const online = await makePlan(app, hall, {
      kind: "online",
      meetingUrl: "https://hop.example.vn/phong",
      hallId: null,
      queueId: null,
    });
    const code = await bookAppointment(await somebody(), { planId: online, procedureId, startsAt: slot("15:00") });
    const scan = await app.client().post(`/xep-hang/${hall.slug}/quet`, { ma: `${app.base}/ca-nhan/lich-hen/${code}` });
    expect(scan.text).toContain("lịch tư vấn trực tuyến");
  });

  test("who is booked is reminded a day before, once for each time; who did not come is counted", async () => {
    const lanCtx = await asCitizen(app, "lan");
    const code = await bookAppointment(lanCtx, { planId, procedureId, startsAt: slot("15:30") });
    const missed = await bookAppointment(await somebody(), { planId, procedureId, startsAt: slot("11:00") });
    const reminders = () =>
      app.db.notification.count({ where: { kind: "appointment_soon", accountId: lanCtx.actor.accountId } });
    await tidyAppointments(app.system(dayBefore("15:00")));
    expect(await reminders()).toBe(0);
    for (let times = 0; times < 2; times++) await tidyAppointments(app.system(dayBefore("15:45")));
    expect(await reminders()).toBe(1);
    const told = await lan.get("/ca-nhan/thong-bao");
    expect(told.text).toContain(`Bạn có lịch hẹn lúc 15:30 ${shown(0)}`);
    expect((await told.follow(/Bạn có lịch hẹn lúc/)).path).toBe(`/ca-nhan/lich-hen/${code}`);
    await tidyAppointments(app.system(slot("11:46")));
    expect([(await find(missed)).state, (await find(code)).state]).toEqual(["no_show", "booked"]);
  });
});

describe("arranging", () => {
  test("officers see who comes, block a time, and cancel what stands in it with a word to those people", async () => {
    const citizen = await asCitizen(app, "mui");
    const code = await bookAppointment(citizen, { planId, procedureId, startsAt: slot("08:30", 1) });
    const page = await mai.get(`/mot-cua/lich-hen?ngay=${days[1]}`);
    expect(page.text).toContain(demoCitizens.mui.fullName);
    const typed = { "Từ giờ": "08:00", "Đến giờ": "09:00", "Lý do": "Họp giao ban" };
    const asked = await page.submit("Khóa giờ", { ...typed, planId });
    expect([asked.status, asked.text.includes("Có 1 lịch hẹn trong thời gian này")]).toEqual([422, true]);
    const blocked = await asked.submit("Khóa giờ", { cancels: "1" });
    expect(blocked.text).toContain("08:00–09:00 · Hộ tịch theo lịch hẹn: Họp giao ban");
    expect((await find(code)).state).toBe("cancelled");
    expect(await app.db.notification.count({ where: { kind: "appointment_cancelled" } })).toBe(1);
    const again = bookAppointment(citizen, { planId, procedureId, startsAt: slot("08:30", 1) });
    await expect(again).rejects.toMatchObject({ reason: "appointments.refused.gone" });
    await blocked.submit("Bỏ khóa");
    await expect(bookAppointment(citizen, { planId, procedureId, startsAt: slot("08:30", 1) })).resolves.toBeTruthy();
  });

  test("an online plan has a meeting link, any https address, which both sides see", async () => {
    const plans = await mai.get("/mot-cua/lich-hen/khung");
    const form = {
      name: "Tư vấn hộ tịch",
      queueId: "online",
      slotMinutes: "20",
      capacity: "1",
      daysAhead: "30",
      leadMinutes: "0",
    };
    const agencyId = await agencyIdOf(app, "dongKinh");
    const send = (meetingUrl: string) => mai.post("/mot-cua/lich-hen/khung", { ...form, agencyId, meetingUrl });
    expect(plans.status).toBe(200);
    expect((await send("")).text).toContain("Tư vấn trực tuyến cần có liên kết họp");
    expect((await send("http://hop.example.vn")).text).toContain("phải bắt đầu bằng https://");
    expect((await send("https://hop.example.vn/p/1")).text).toContain("Đã lưu khung lịch");
    const plan = await app.db.appointmentPlan.findFirstOrThrow({ where: { name: "Tư vấn hộ tịch" } });
    const pao = await asCitizen(app, "pao");
    const code = await bookAppointment(pao, { planId: plan.id, procedureId, startsAt: slot("09:10", 2) });
    const browser = await app.signIn(demoCitizens.pao.phone, DEMO_PASSWORD);
    expect((await browser.get(`/ca-nhan/lich-hen/${code}`)).link("Mở cuộc họp")).toBe("https://hop.example.vn/p/1");
    const day = await mai.get(`/mot-cua/lich-hen?ngay=${days[2]}`);
    expect(day.link("Mở cuộc họp")).toBe("https://hop.example.vn/p/1");
    const { id } = await find(code);
    await mai.post(`/mot-cua/lich-hen/${id}/lien-ket`, { meetingUrl: "https://khac.example.vn/x" });
    expect((await browser.get(`/ca-nhan/lich-hen/${code}`)).link("Mở cuộc họp")).toBe("https://khac.example.vn/x");
    expect((await mai.post(`/mot-cua/lich-hen/${id}/lien-ket`, { meetingUrl: "javascript:alert(1)" })).status).toBe(
      422,
    );
    expect((await mai.post(`/mot-cua/lich-hen/${id}/da-gap`)).status).toBe(409);
  });

  test("officers of another agency arrange nothing here", async () => {
    const bich = await signIn(app, "huuLungDesk");
    const one = await app.db.appointment.findFirstOrThrow({ where: { planId } });
    expect((await bich.get(`/mot-cua/lich-hen?ngay=${days[0]}`)).text).not.toContain("Người hẹn");
    for (const verb of ["da-gap", "khong-den"])
      expect((await bich.post(`/mot-cua/lich-hen/${one.id}/${verb}`)).status).toBe(404);
    expect((await bich.post(`/mot-cua/lich-hen/${one.id}/lien-ket`, { meetingUrl: "https://a.vn/b" })).status).toBe(
      404,
    );
    const block = { planId, day: days[0] ?? "", from: "08:00", to: "09:00", reason: "x" };
    expect((await bich.post("/mot-cua/lich-hen/khoa-gio", block)).status).toBe(404);
  });
});
