/**
 * The demo hall: Đông Kinh's desk with its queues, counters and appointment plans, three days of tickets behind it and a
 * few people who wait today. It gives numbers at any time, so that it can be tried on a Sunday, too.
 */
import { bookAppointment } from "#appointments/index.ts";
import { addDays, addWorkingDays, findCalendar, instantAt, isWorkingDay } from "#calendar/index.ts";
import type { Citizen, Context, Officer, System } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { callNext, closeCounter, endPastDays, openCounter, takeTicket } from "#queue/index.ts";
import { demoAgencies, demoCitizens, demoOfficers } from "./demo.ts";

export const DEMO_HALL = "dong-kinh";
const QUEUES = [
  {
    prefix: "A",
    name: "Hộ tịch, chứng thực",
    nameEn: "Civil status, certification",
    sectors: ["Hộ tịch", "Chứng thực"],
  },
  {
    prefix: "B",
    name: "Đất đai, xây dựng",
    nameEn: "Land, construction",
    sectors: ["Đất đai", "Hoạt động xây dựng"],
  },
  {
    prefix: "C",
    name: "Cư trú, bảo trợ xã hội, hộ kinh doanh",
    nameEn: "Residence, social support, household businesses",
    sectors: ["Đăng ký, quản lý cư trú", "Bảo trợ xã hội", "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)"],
  },
  { prefix: "T", name: "Nhận kết quả", nameEn: "Collecting results", sectors: [], forResults: true, minutes: 4 },
] as const;
const COUNTERS = [
  { number: 1, name: null, calls: "AT" },
  { number: 2, name: null, calls: "B" },
  { number: 3, name: null, calls: "C" },
  { number: 4, name: "Hướng dẫn", calls: "" },
] as const;
/** A day of people: when each came, to which queue, of which priority. */
const VISITS = [
  ["07:35", "A", null],
  ["07:41", "B", null],
  ["07:52", "A", "elderly"],
  ["08:10", "A", null],
  ["08:32", "C", null],
  ["08:47", "A", "child"],
] as const;

async function officer(system: Context<System>): Promise<Context<Officer>> {
  const { username } = demoOfficers.dongKinhDesk;
  const account = await system.db.account.findUniqueOrThrow({ where: { username }, include: { postings: true } });
  return {
    ...system,
    actor: { kind: "officer", accountId: account.id, name: account.displayName, postings: account.postings },
  };
}

/** Makes the hall, once. @returns whether it was made now */
export async function createDemoHall(system: Context<System>): Promise<boolean> {
  const { db, now } = system;
  if ((await db.queueHall.count({ where: { slug: DEMO_HALL } })) > 0) return false;
  const { id: agencyId } = await db.agency.findUniqueOrThrow({ where: { identifier: demoAgencies.dongKinh } });
  const hall = { agencyId, slug: DEMO_HALL, name: "Sảnh một cửa phường Đông Kinh", hours: "any", createdAt: now };
  const { id: hallId } = await db.queueHall.create({ data: hall });
  const queues = new Map<string, string>();
  for (const [position, { sectors, ...queue }] of QUEUES.entries())
    queues.set(
      queue.prefix,
      (await db.queue.create({ data: { ...queue, sectors: [...sectors], hallId, position } })).id,
    );
  const counters: string[] = [];
  for (const { calls, ...counter } of COUNTERS) {
    const queueIds = [...calls].map((prefix) => queues.get(prefix) ?? "");
    counters.push((await db.queueCounter.create({ data: { ...counter, hallId, agencyId, queueIds } })).id);
  }

  const mai = await officer(system);
  const calendar = await findCalendar(system);
  const today = isoDay(now);
  const past = Array.from({ length: 14 }, (_, i) => addDays(today, -1 - i)).filter((day) =>
    isWorkingDay(day, calendar),
  );
  const take = (at: Date, [, prefix, priority]: (typeof VISITS)[number]) =>
    takeTicket({ ...system, now: at }, { hallId, queueId: queues.get(prefix) ?? "", priority });
  for (const day of past.slice(0, 3).reverse()) {
    for (const visit of VISITS) await take(instantAt(day, visit[0]), visit);
    await openCounter({ ...mai, now: instantAt(day, "07:40") }, counters.at(-1) ?? "");
    let seen: string | null = null;
    for (const time of ["07:44", "07:55", "08:12", "08:36", "08:50", "09:06", "09:15"]) {
      await callNext({ ...mai, now: instantAt(day, time) }, seen);
      seen = (await db.queueTicket.findFirst({ where: { hallId, state: "called" }, select: { id: true } }))?.id ?? null;
    }
    await closeCounter({ ...mai, now: instantAt(day, "11:30") });
  }
  await endPastDays(system);
  for (const visit of VISITS.slice(0, 4)) await take(now, visit);
  await makePlans(system, { agencyId, hallId, queueId: queues.get("A") ?? "" });
  return true;
}

async function makePlans(
  system: Context<System>,
  { agencyId, hallId, queueId }: { agencyId: string; hallId: string; queueId: string },
): Promise<void> {
  const { db, now } = system;
  const common = { agencyId, sectors: ["Hộ tịch", "Chứng thực"], daysAhead: 14, createdAt: now };
  const atCounter = await db.appointmentPlan.create({
    data: {
      ...common,
      name: "Hộ tịch, chứng thực: hẹn đến quầy",
      nameEn: "Civil status, certification: at the counter",
      hallId,
      queueId,
      slotMinutes: 15,
      capacity: 2,
    },
  });
  await db.appointmentPlan.create({
    data: {
      ...common,
      name: "Tư vấn hộ tịch trực tuyến",
      nameEn: "Advice on civil status, online",
      kind: "online",
      slotMinutes: 30,
      capacity: 1,
      meetingUrl: "https://meet.example.vn/dong-kinh-ho-tich",
    },
  });
  const lan = await db.account.findUniqueOrThrow({ where: { username: demoCitizens.lan.phone } });
  const [procedure] = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id::text AS id FROM offerings o JOIN procedures p ON p.id = o."procedureId"
      JOIN catalogue_entries e ON e.code = p.code AND e.sector = 'Hộ tịch'
    WHERE o."agencyId" = ${agencyId}::uuid AND 'counter' = ANY(o.channels) ORDER BY p.code LIMIT 1`;
  if (!procedure) return;
  const day = addWorkingDays(isoDay(now), 2, await findCalendar(system));
  const ctx: Context<Citizen> = { ...system, actor: { kind: "citizen", accountId: lan.id, name: lan.displayName } };
  await bookAppointment(ctx, { planId: atCounter.id, procedureId: procedure.id, startsAt: instantAt(day, "09:00") });
}
