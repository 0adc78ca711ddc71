import { describe, expect, test } from "vitest";
import { beginManuscript, changeManuscript, findManuscript, type Sketch } from "#authoring/index.ts";
import { isoDay } from "#platform/format.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { codes, register, submitted } from "../desk/world.ts";
import { makeAuthoring } from "./world.ts";

const world = await makeAuthoring("dongKinhDesk", "dongKinhJustice", "dongKinhHead", "dongKinhLeader", "dongKinhClerk");
const { admin } = world;
const browser = await world.signInAdmin();

const edit = async (code: string, change: (sketch: Sketch) => Sketch): Promise<string> => {
  const { id: versionId } = await world.publishedAs(code);
  const { id } = await beginManuscript(admin, { versionId });
  const { version } = await findManuscript(admin, id);
  await changeManuscript(admin, { id, seen: version }, { did: "begun" }, change);
  return id;
};
const withFee = (amount: number) => (sketch: Sketch) => ({
  ...sketch,
  fees: sketch.fees.map((fee) => ({ ...fee, amount })),
});
const CONFIRM = { "ok.unstaffed": "co", "ok.unknownFees": "co" };
const dateOf = (day: string) => {
  const [year = "", month = "", date = ""] = day.split("-");
  return { "effective.day": date, "effective.month": month, "effective.year": year };
};
const publish = async (id: string, more: Record<string, string> = {}) => {
  const { version } = await findManuscript(admin, id);
  return browser.post(`/quan-tri/soan/${id}/cong-bo`, {
    seen: String(version),
    ...dateOf(isoDay(new Date())),
    reason: "Quyết định số 1 sửa mức thu.",
    ...CONFIRM,
    ...more,
  });
};

describe("publishing", () => {
  test("tells what changes, asks for reason and confirmations, and makes the next version; a dossier under way stays on its own", async () => {
    const { dossierId } = await register(world, codes.copies, "dongKinhDesk", "dongKinh");
    const id = await edit(codes.copies, withFee(12_000));
    const page = await browser.get(`/quan-tri/soan/${id}/cong-bo`);
    expect(page.text).toMatch(/Khoản thu “.+”: “.+ đồng” → “12\.000 đồng”/);
    const unsure = await page.submit("Công bố");
    expect(unsure.status).toBe(422);
    expect(unsure.errors().map(({ field }) => field)).toEqual(expect.arrayContaining(["reason", "ok.unstaffed"]));
    const done = await publish(id);
    expect(done.path).toBe(`/quan-tri/thu-tuc/${codes.copies}`);
    expect(done.text).toContain("Đã công bố phiên bản 2.");
    expect(done.text).toContain("Nông Quốc Chấn");
    expect(done.text).toContain("Quyết định số 1 sửa mức thu.");
    expect((await findCurrentVersion(world.system(), codes.copies))?.number).toBe(2);
    const dossier = await world.db.dossier.findUniqueOrThrow({
      where: { id: dossierId },
      select: { procedureVersion: { select: { number: true } } },
    });
    expect(dossier.procedureVersion.number).toBe(1);
    const compared = await browser.get(`/quan-tri/thu-tuc/${codes.copies}/so-sanh?tu=1&den=2`);
    expect(compared.text).toContain("“12.000 đồng”");
    expect((await world.client().get(`/thu-tuc/${codes.copies}`)).text).toContain("12.000 đồng");
  });

  test("not with problems: they stand on the page with their places", async () => {
    const id = await edit(codes.birth, (sketch) => ({ ...sketch, results: [], fees: [] }));
    const page = await publish(id);
    expect(page.status).toBe(422);
    const said = page.errors().map(({ text }) => text);
    expect(said).toContain("Kết quả: Chưa có mục nào");
    expect(page.text).toContain("Chưa ghi phí, lệ phí");
    expect((await findManuscript(admin, id)).state).toBe("open");
  });

  test("not what somebody changed since it was looked through, and not what changes nothing", async () => {
    const id = await edit(codes.copies, (sketch) => ({ ...sketch, keywords: [...sketch.keywords, "từ mới"] }));
    expect((await publish(id, { seen: "0" })).status).toBe(409);
    await changeManuscript(admin, { id, seen: 1 }, { did: "begun" }, (sketch) => ({
      ...sketch,
      keywords: sketch.keywords.slice(0, -1),
    }));
    expect((await browser.get(`/quan-tri/soan/${id}/cong-bo`)).text).toContain("Không có thay đổi nào.");
    const same = await publish(id);
    expect(same.status).toBe(409);
    expect(same.text).toContain("không có gì để công bố");
  });

  test("a version of a later day stands beside the one in force; none may be in force before it", async () => {
    const id = await edit(codes.copies, (sketch) => ({ ...sketch, keywords: [...sketch.keywords, "từ mới"] }));
    const later = isoDay(new Date(Date.now() + 10 * 86_400_000));
    const done = await publish(id, dateOf(later));
    expect(done.text).toContain("Sắp áp dụng");
    expect((await findCurrentVersion(world.system(), codes.copies))?.number).toBe(2);
    const then = { ...admin, now: new Date(Date.now() + 11 * 86_400_000) };
    expect((await findCurrentVersion(then, codes.copies))?.number).toBe(3);
    const next = await edit(codes.copies, (sketch) => ({ ...sketch, keywords: ["từ khác"] }));
    const early = await publish(next);
    expect(early.status).toBe(422);
    expect(early.errors()[0]?.text).toContain("Chọn ngày không sớm hơn");
  });

  test.each([
    ["a day that is none", { "effective.day": "31", "effective.month": "2" }, "effective"],
    ["a day of the past", { "effective.year": "2020" }, "effective"],
    ["a letter", { "effective.day": "x" }, "effective"],
    ["no reason", { reason: " " }, "reason"],
  ])("not on %s; what was typed is kept", async (_what, typed, field) => {
    const id = await edit(codes.copies, (sketch) => ({ ...sketch, keywords: ["đất"] }));
    const page = await publish(id, typed);
    expect(page.status).toBe(422);
    expect(page.errors()[0]?.field).toContain(field);
    if (field !== "reason") expect(page.text).toContain("Quyết định số 1 sửa mức thu.");
  });
});

describe("a suspended procedure", () => {
  const change = async (button: string, reason: string) =>
    (await browser.get(`/quan-tri/thu-tuc/${codes.birth}`)).submit(button, { reason });

  test("says so to the public with the reason, takes no dossier in, and is taken in again when it is restored", async () => {
    const wordless = await change("Tạm ngừng tiếp nhận", "");
    expect(wordless.status).toBe(422);
    const done = await change("Tạm ngừng tiếp nhận", "Chờ quyết định mới của Bộ Tư pháp.");
    expect(done.text).toContain("Đã tạm ngừng tiếp nhận");
    const shown = await world.client().get(`/thu-tuc/${codes.birth}`);
    expect(shown.text).toContain("Chờ quyết định mới của Bộ Tư pháp.");
    expect(shown.html).not.toContain(`/thu-tuc/${codes.birth}/nop-ho-so`);
    const start = await world.client().get(`/thu-tuc/${codes.birth}/nop-ho-so`);
    expect(start.text).toContain("đang tạm ngừng tiếp nhận");
    await expect(submitted(world, codes.birth, "dongKinh")).rejects.toMatchObject({
      reason: "procedures.refused.suspended",
    });
    expect(await world.db.draft.count()).toBe(1);
    const again = await change("Tiếp nhận trở lại", "Đã có quyết định mới.");
    expect(again.text).toContain("được tiếp nhận trở lại");
    expect(again.text).toContain("Chờ quyết định mới của Bộ Tư pháp.");
    expect((await submitted(world, codes.birth, "dongKinh")).reference).not.toBe("");
  });
});
