import { beforeAll, describe, expect, test } from "vitest";
import { createAdmin } from "#accounts/index.ts";
import { rollUpTallies } from "#dossiers/index.ts";
import { isoDay } from "#platform/format.ts";
import { totalOf } from "../../src/desk/rules/overview.ts";
import { monthsBack, monthsOf, type NamedTally, ordered, shareOf, shiftMonth } from "../../src/desk/rules.ts";
import { codes, makeWorld, register, submitted, type World } from "./world.ts";

const PASSWORD = "con đường dài năm năm";

describe("months", () => {
  test.each([
    ["2026-11", -11, "2025-12"],
    ["2026-01", -1, "2025-12"],
    ["2026-12", 1, "2027-01"],
    ["2026-03", -27, "2023-12"],
  ])("%s and %i months is %s", (month, by, expected) => expect(shiftMonth(month, by)).toBe(expected));

  test("presets are calendar months, and a list of months begins with the newest", () => {
    expect(monthsOf("thisMonth", "2026-01-31")).toEqual({ from: "2026-01", to: "2026-01" });
    expect(monthsOf("lastMonth", "2026-01-31")).toEqual({ from: "2025-12", to: "2025-12" });
    expect(monthsOf("thisYear", "2026-11-23")).toEqual({ from: "2026-01", to: "2026-11" });
    expect(monthsBack({ from: "2025-11", to: "2026-01" })).toEqual(["2026-01", "2025-12", "2025-11"]);
  });
});

describe("order", () => {
  const row = (name: string, figures: Partial<NamedTally>): NamedTally => ({
    ...totalOf([]),
    agencyId: name,
    name,
    ...figures,
  });
  const rows = [
    row("An", { overdue: 1, late: 0, inTime: 199, received: 9 }),
    row("Bình", { overdue: 1, late: 3, inTime: 7, received: 2 }),
    row("Ân", { overdue: 0, received: 9 }),
  ];
  test.each([
    ["overdue", "Bình An Ân"],
    ["name", "An Ân Bình"],
    ["received", "An Ân Bình"],
    ["onTime", "Bình An Ân"],
    ["late", "Bình An Ân"],
  ] as const)("by %s: %s", (order, names) => {
    expect(
      ordered(rows, order)
        .map(({ name }) => name)
        .join(" "),
    ).toBe(names);
  });

  test("a hundred percent is all of them", () => {
    expect([shareOf(199, 200), shareOf(200, 200), shareOf(0, 0)]).toEqual([99, 100, null]);
  });
});

describe("the board", () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld("dongKinhDesk", "dongKinhLeader", "huuLungDesk", "huuLungLeader", "auditor");
    const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
    const { dossierId: late } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
    const { dossierId: done } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
    await register(world, codes.copies, "huuLungDesk", "huuLung");
    await submitted(world, codes.birth, "dongKinh");
    const days = (n: number) => new Date(world.system().now.getTime() + n * 86_400_000);
    await world.db.dossier.update({ where: { id: dossierId }, data: { dueAt: days(30) } });
    await world.db.dossier.update({ where: { id: late }, data: { dueAt: days(-3) } });
    await world.db.dossier.update({
      where: { id: done },
      data: { dueAt: days(-3), status: "completed", finishedAt: days(0) },
    });
  }, 60_000);

  const linesOf = async (who: "dongKinhLeader" | "auditor", address = "/mot-cua/tinh-hinh") => {
    const page = await (await world.as(who)).get(address);
    const [agencies] = page.all("table");
    return agencies ? page.rows(agencies).slice(1) : [];
  };

  test("a leader reads the figures of where they lead, exact before and after they are summed up", async () => {
    const before = await linesOf("dongKinhLeader");
    expect(before).toEqual([[expect.stringContaining("Đông Kinh"), "1", "0", "2", "1", "3", "0%", "1", "0%", "1"]]);
    const [, months] = (await (await world.as("dongKinhLeader")).get("/mot-cua/tinh-hinh")).all("table");
    expect(months).toBeDefined();
    expect(await rollUpTallies(world)).toBeGreaterThan(0);
    expect(await linesOf("dongKinhLeader")).toEqual(before);
  });

  test("another month shows what was done in it, and what stands open now", async () => {
    const month = shiftMonth(isoDay(world.system().now).slice(0, 7), -1);
    const page = await (await world.as("dongKinhLeader")).get(`/mot-cua/tinh-hinh?tu=${month}&den=${month}&xep=la`);
    const [agencies, months] = page.all("table");
    expect(agencies && page.rows(agencies)[1]?.slice(1)).toEqual(["1", "0", "2", "1", "0", "–", "0", "–", "0"]);
    expect(months).toBeUndefined();
  });

  test("an auditor reads the whole province, with a line of all; the worst comes first", async () => {
    const lines = await linesOf("auditor");
    expect(lines.map(([name]) => name)).toEqual([
      expect.stringContaining("Đông Kinh"),
      expect.stringContaining("Hữu Lũng"),
      "Tất cả 2 cơ quan",
    ]);
    expect(lines.at(-1)?.[5]).toMatch(/^4/);
    expect((await linesOf("auditor", "/mot-cua/tinh-hinh?xep=tiep-nhan"))[0]?.[0]).toContain("Đông Kinh");
  });

  test("who leads nothing finds nothing; an administrator reads it under their own address", async () => {
    expect((await (await world.as("dongKinhDesk")).get("/mot-cua/tinh-hinh")).status).toBe(404);
    expect((await (await world.as("dongKinhDesk")).get("/mot-cua/tinh-hinh.csv")).status).toBe(404);
    await createAdmin(world.system(), { username: "quantri.tinh", displayName: "Quản trị", password: PASSWORD });
    const admin = await world.signIn("quantri.tinh", PASSWORD);
    const page = await admin.get("/quan-tri/tinh-hinh");
    expect([page.status, page.text.includes("Tất cả 2 cơ quan")]).toEqual([200, true]);
    expect((await admin.get("/quan-tri/tinh-hinh.csv")).body.toString()).toContain("Hữu Lũng");
  });

  test("the same leaves as a file", async () => {
    const file = await (await world.as("dongKinhLeader")).get("/mot-cua/tinh-hinh.csv");
    const [head = "", line = ""] = file.body.toString().split(/\r?\n/);
    expect(head).toMatch(/Cơ quan,Đang quá hạn,Sắp đến hạn/);
    expect(line).toMatch(/Đông Kinh"?,1,0,2,0,1,3,0,3,0,1,0,1,0%,0,0$/);
  });
});
