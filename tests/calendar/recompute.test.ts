import { beforeAll, describe, expect, test } from "vitest";
import { createAdmin } from "#accounts/index.ts";
import {
  addDays,
  addWorkingDays,
  dateOf,
  endOfOfficeHours,
  findCalendar,
  findMissingYear,
  instantAt,
  isWorkingDay,
} from "#calendar/index.ts";
import { dossierJobs, firstBrokenLink, recomputeDueDates } from "#dossiers/index.ts";
import { withClient } from "../../src/dev/database.mjs";
import { codes, makeWorld, register } from "../desk/world.ts";

const PASSWORD = "con trâu đi trước";
const world = await makeWorld("dongKinhDesk");
await createAdmin(world.system(), { username: "quantri", displayName: "Nông Quốc Chấn", password: PASSWORD });
const browser = await world.signIn("quantri", PASSWORD);

const made: string[] = [];
beforeAll(async () => {
  for (const code of [codes.house, codes.house, codes.house, codes.house, codes.birth])
    made.push((await register(world, code, "dongKinhDesk", "dongKinh")).dossierId);
}, 60_000);

const dossierOf = (id: string) =>
  world.db.dossier.findUniqueOrThrow({
    where: { id },
    include: { events: { orderBy: { seq: "asc" } }, stepRuns: true },
  });
const movesOf = async (id: string) =>
  (await dossierOf(id)).events
    .filter(({ type }) => type === "dossier.due_moved")
    .map(({ payload }) => payload as Record<string, string>);

async function edit(date: string, more: Record<string, string> = {}): Promise<string> {
  const page = await browser.post("/quan-tri/lich/xem-truoc", {
    "date.day": date.slice(8),
    "date.month": date.slice(5, 7),
    "date.year": date.slice(0, 4),
    kind: "off",
    name: "Nghỉ bão",
    confidence: "announced",
    ...more,
  });
  expect(page.status).toBe(200);
  await page.submit("Áp dụng");
  const change = await world.db.calendarChange.findFirstOrThrow({ orderBy: { at: "desc" } });
  expect(change.recomputedAt).toBeNull();
  return change.id;
}
const remove = (date: string): Promise<string> => edit(date, { former: date, act: "remove" });
const dueDay = async (id: string): Promise<string> => dateOf((await dossierOf(id)).dueAt ?? new Date(0));
const waiting = async (): Promise<number> =>
  withClient(world.ownerUrl, async (client) => {
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'calendar.recompute'",
    );
    return rows[0].n;
  });

describe("a day off in the middle of open terms", () => {
  test("moves exactly the dossiers that it touches, each with one event; the original date stays, the history is whole", async () => {
    const [first = "", second = ""] = made;
    await world.db.dossier.update({ where: { id: second }, data: { status: "withdrawn", finishedAt: new Date() } });
    const before = await Promise.all(made.map(dossierOf));
    const calendar = await findCalendar(world);
    const due = await dueDay(first);
    const jobs = await waiting();
    const changeId = await edit(due);
    expect(await waiting()).toBe(jobs + 1);

    await dossierJobs(world)["calendar.recompute"]({ changeId });
    const after = await Promise.all(made.map(dossierOf));
    for (const [i, old] of before.entries()) {
      const now = after[i];
      if (!now) throw new Error("a dossier vanished");
      const touched = old.finishedAt === null && old.dueAt !== null && dateOf(old.dueAt) === due;
      const expected = touched ? endOfOfficeHours(addWorkingDays(due, 1, calendar), calendar) : old.dueAt;
      expect(now.dueAt).toEqual(expected);
      expect(now.originalDueAt).toEqual(old.originalDueAt);
      expect(now.status).toBe(old.status);
      const moves = await movesOf(now.id);
      expect(moves).toEqual(
        touched
          ? [{ reason: "calendar", changeId, formerDueAt: old.dueAt?.toISOString(), dueAt: now.dueAt?.toISOString() }]
          : [],
      );
      expect(firstBrokenLink(now.events)).toBeNull();
      if (touched) expect(JSON.stringify(now.dueExplanation)).toContain("Nghỉ bão");
    }
    const moved = await world.db.calendarChange.findUniqueOrThrow({ where: { id: changeId } });
    expect(moved.moved).toBe(3);
    expect(moved.recomputedAt).not.toBeNull();
    expect((await browser.get("/quan-tri/lich")).text).toContain("Đã tính lại; số hồ sơ đổi hạn: 3.");

    await dossierJobs(world)["calendar.recompute"]({ changeId });
    expect(await recomputeDueDates(world.system(), changeId)).toBe(0);
    expect((await movesOf(first)).length).toBe(1);
  });

  test("officers read of it in the dossier's history", async () => {
    const clerk = await world.as("dongKinhDesk");
    const page = await clerk.get(`/mot-cua/ho-so/${made[0]}`);
    expect(page.text).toContain("Ngày hẹn trả thay đổi do lịch làm việc thay đổi");
  });

  test("taken out again, the date moves back", async () => {
    const [first = ""] = made;
    const { originalDueAt } = await dossierOf(first);
    const changeId = await remove(dateOf(originalDueAt ?? new Date(0)));
    expect(await recomputeDueDates(world.system(), changeId)).toBeGreaterThanOrEqual(3);
    expect((await dossierOf(first)).dueAt).toEqual(originalDueAt);
    expect(await movesOf(first)).toHaveLength(2);
  });
});

describe("a job that is cut off in the middle", () => {
  test("goes on where it was, and no date moves twice", async () => {
    const ids = [...made].filter((_, i) => i !== 1 && i !== 4).sort();
    const due = await dueDay(ids[0] ?? "");
    const counts = await Promise.all(ids.map(async (id) => (await movesOf(id)).length));
    const changeId = await edit(due);
    await withClient(world.ownerUrl, (client) =>
      client.query(`
        CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'cut off'; END $$;
        CREATE TRIGGER cut_off BEFORE UPDATE ON dossiers FOR EACH ROW WHEN (OLD.id = '${ids[1]}') EXECUTE FUNCTION cut_off();`),
    );
    await expect(recomputeDueDates(world.system(), changeId, 1)).rejects.toThrow();
    const half = await world.db.calendarChange.findUniqueOrThrow({ where: { id: changeId } });
    expect(half).toMatchObject({ moved: 1, recomputedAt: null });
    expect(half.cursor).not.toBeNull();
    const steps = await world.db.stepRun.findMany({ where: { dossierId: ids[1] ?? "" } });
    expect(await dueDay(ids[1] ?? "")).toBe(due);

    await withClient(world.ownerUrl, (client) =>
      client.query("DROP TRIGGER cut_off ON dossiers; DROP FUNCTION cut_off"),
    );
    expect(await world.db.stepRun.findMany({ where: { dossierId: ids[1] ?? "" } })).toEqual(steps);
    await recomputeDueDates(world.system(), changeId, 1);
    for (const [i, id] of ids.entries()) {
      expect((await movesOf(id)).length).toBe((counts[i] ?? 0) + 1);
      expect(await dueDay(id)).not.toBe(due);
    }
    expect((await world.db.calendarChange.findUniqueOrThrow({ where: { id: changeId } })).moved).toBe(ids.length);
    await recomputeDueDates(world.system(), await remove(due));
  });
});

describe("the step's own date", () => {
  test("moves with an event of its own", async () => {
    const { dossierId } = await register(world, codes.house, "dongKinhDesk", "dongKinh");
    const run = (await dossierOf(dossierId)).stepRuns.find(({ closedAt }) => closedAt === null);
    if (!run?.dueAt) throw new Error("no open step");
    // Its agency is closed from today until the day after the step was due.
    const calendar = await findCalendar(world);
    let changeId = "";
    for (let day = dateOf(run.openedAt); day <= dateOf(run.dueAt); day = addDays(day, 1))
      if (isWorkingDay(day, calendar)) changeId = await edit(day, { agency: run.agencyId });
    expect(await recomputeDueDates(world.system(), changeId)).toBeGreaterThan(0);
    const after = await dossierOf(dossierId);
    const moved = after.stepRuns.find(({ id }) => id === run.id);
    expect(moved?.dueAt?.getTime()).toBeGreaterThan(run.dueAt.getTime());
    expect(after.events.filter(({ type }) => type === "step.due_moved")).toMatchObject([
      {
        stepRunId: run.id,
        payload: {
          stepId: run.stepId,
          formerDueAt: run.dueAt.toISOString(),
          dueAt: moved?.dueAt?.toISOString(),
          changeId,
        },
      },
    ]);
    expect(firstBrokenLink(after.events)).toBeNull();
  });
});

describe("the portal's role", () => {
  test("can neither delete a version of a day nor alter one", async () => {
    await expect(world.db.calendarDay.deleteMany({})).rejects.toThrow(/permission denied/);
    await expect(world.db.calendarDay.updateMany({ data: { name: "x" } })).rejects.toThrow(/permission denied/);
    await expect(world.db.calendarChange.deleteMany({})).rejects.toThrow(/permission denied/);
  });
  test("is asked for next year's table from 1 October on", async () => {
    const at = (day: string) => ({ db: world.db, now: instantAt(day, "08:00") });
    expect(await findMissingYear(at("2027-09-30"))).toBeNull();
    expect(await findMissingYear(at("2027-10-01"))).toBe(2028);
  });
});
