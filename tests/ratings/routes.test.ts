import { describe, expect, test } from "vitest";
import { createOfficer } from "#accounts/index.ts";
import { acceptDossier, deliverResult } from "#dossiers/index.ts";
import { findSatisfaction } from "#ratings/index.ts";
import { rateDossier } from "../../src/ratings/actions.ts";
import { file, finish, home, officerOf, PASSWORD, startPortal } from "../filing/people.ts";
import { startTestApp } from "../support/app.ts";

const { portal, lan, other } = await startPortal();
const { commune, agencyId } = await home(portal);
const officer = await officerOf(portal, agencyId, "canbo.xa");
const SINCE = new Date("2026-01-01T00:00:00+07:00");

const dossierOf = (reference: string) => portal.db.dossier.findUniqueOrThrow({ where: { reference } });
/** Filed, accepted, worked through and handed over. */
async function delivered(): Promise<string> {
  const reference = await file(lan, agencyId, commune);
  const filed = await dossierOf(reference);
  await acceptDossier(officer(), { dossierId: filed.id, version: filed.version });
  await finish(portal, officer, filed.id);
  const { id, version } = await dossierOf(reference);
  await deliverResult(officer(), { dossierId: id, version, method: "counter", receivedBy: "Nguyễn Thị Lan" });
  return reference;
}
const reference = await delivered();
const path = `/ca-nhan/ho-so/${reference}`;

describe("an applicant rates", () => {
  test("once there is a result: the dossier's page, the list and a notice ask for it", async () => {
    expect((await lan.get(path)).text).toContain("Bạn thấy việc phục vụ thế nào?");
    expect((await lan.get("/ca-nhan/ho-so")).has("link", /^Xem kết quả và đánh giá việc phục vụ/)).toBe(true);
  });

  test("with the overall level at least; what was chosen comes back with the mistake", async () => {
    const form = await (await lan.get(path)).follow("Đánh giá việc phục vụ");
    const wrong = await form.submit("Gửi đánh giá", { attitude: "3", comment: "Cô cán bộ rất tận tình." });
    expect(wrong.status).toBe(422);
    expect(wrong.errors().map(({ text }) => text)).toEqual(["Hãy chọn mức hài lòng chung."]);
    expect(wrong.html).toContain("Cô cán bộ rất tận tình.");
    const done = await wrong.submit("Gửi đánh giá", { overall: "2" });
    expect(done.text).toContain("Cảm ơn bạn đã đánh giá");
    expect(done.summary()).toMatchObject({
      "Nhìn chung, bạn hài lòng đến đâu?": "Hài lòng",
      "Thái độ phục vụ thế nào?": "Rất hài lòng",
      "Làm thủ tục có thuận tiện không?": "Chưa có đánh giá",
    });
    expect((await lan.get("/ca-nhan/ho-so")).has("link", /^Xem kết quả và đánh giá/)).toBe(false);
  });

  test("and changes it for seven days: one rating stands, every version is kept, the comment can be erased", async () => {
    const form = await (await lan.get(path)).follow(/^Sửa đánh giá/);
    await form.submit("Lưu đánh giá mới", { overall: "1", comment: "" });
    const { id } = await dossierOf(reference);
    const ratings = await portal.db.rating.findMany({ where: { dossierId: id }, orderBy: { number: "asc" } });
    expect(ratings.map(({ overall, replacedAt }) => [overall, replacedAt === null])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(await portal.db.ratingComment.count()).toBe(0);

    const account = await portal.db.account.findUniqueOrThrow({ where: { username: "0912000101" } });
    const late = portal.system(new Date(Date.now() + 8 * 86_400_000));
    const actor = { kind: "citizen" as const, accountId: account.id, name: "Lan" };
    const levels = { overall: 3 as const, convenience: null, timeliness: null, attitude: null };
    await expect(rateDossier({ ...late, actor }, reference, { levels, comment: null })).rejects.toThrow(
      "ratings.refused.final",
    );
  });

  test("not without end, whichever process is asked", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => startTestApp({ database: portal, config: { rateLimits: true } })),
    );
    const here = await one?.signIn("0912000101", PASSWORD);
    const there = await two?.signIn("0912000101", PASSWORD);
    expect((await here?.post(`${path}/danh-gia`, { overall: "1" }))?.status).toBe(200);
    await portal.db.$executeRaw`UPDATE rate_limits SET points = 20 WHERE key LIKE 'ratings-of:%'`;
    expect((await there?.post(`${path}/danh-gia`, { overall: "1" }))?.status).toBe(429);
    expect(await portal.db.rating.count()).toBe(3);
  });

  test("not before there is a result, and nobody else's", async () => {
    const open = await file(lan, agencyId, commune);
    const page = await lan.get(`/ca-nhan/ho-so/${open}/danh-gia`);
    expect([page.status, page.has("button", "Gửi đánh giá")]).toEqual([200, false]);
    expect((await lan.post(`/ca-nhan/ho-so/${open}/danh-gia`, { overall: "3" })).status).toBe(409);
    expect((await other.get(`${path}/danh-gia`)).status).toBe(404);
    expect((await other.post(`${path}/danh-gia`, { overall: "3" })).status).toBe(404);
    expect(await portal.db.rating.count()).toBe(3);
  });

  test("the portal's role can neither alter nor delete a rating", async () => {
    await expect(portal.db.rating.updateMany({ data: { overall: 3 } })).rejects.toThrow();
    await expect(portal.db.rating.deleteMany({})).rejects.toThrow();
  });
});

describe("an agency reads how it was rated", () => {
  const posted = async (username: string, role: string) => {
    const agency = await portal.db.agency.findUniqueOrThrow({ where: { id: agencyId } });
    await createOfficer(portal.system(), {
      username,
      displayName: username,
      password: PASSWORD,
      postings: [{ agency: agency.identifier, role }],
    });
    return portal.signIn(username, PASSWORD);
  };

  test("figures of five at least, and never whose they are; who leads reads comments without names", async () => {
    const desk = await posted("quay.xa", "desk");
    const leader = await posted("chutich.xa", "leader");
    expect((await desk.get("/mot-cua/danh-gia")).text).toContain("Chưa có đánh giá");
    const { procedureId } = await dossierOf(reference);
    expect(await findSatisfaction(portal.system(), { procedureId, since: SINCE })).toBeNull();

    const at = new Date();
    const rows = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const dossier = await dossierOf(await file(lan, agencyId, commune));
        return { dossierId: dossier.id, procedureId, receivingAgencyId: agencyId, at };
      }),
    );
    await portal.db.rating.createMany({ data: rows.map((row) => ({ ...row, number: 1, overall: 3 })) });
    const text = "Phải chờ lâu ở quầy.";
    await portal.db.ratingComment.createMany({ data: rows.slice(0, 1).map((row) => ({ ...row, text })) });
    // What was counted a moment ago is still remembered: another window of time is counted anew.
    const since = new Date(SINCE.getTime() + 1);
    expect((await findSatisfaction(portal.system(), { procedureId, agencyId, since }))?.overall).toEqual({
      very: 4,
      satisfied: 0,
      not: 1,
    });
    const { forgetFigures } = await import("../../src/ratings/queries.ts");
    forgetFigures(portal);
    const seen = await desk.get("/mot-cua/danh-gia");
    expect(seen.text).toContain("80,0 % (5 người)");
    expect(seen.text).not.toContain(text);
    expect(seen.text).not.toContain(reference);
    const led = await leader.get("/mot-cua/danh-gia");
    expect(led.text).toContain(text);
    expect(led.text).not.toMatch(/Nguyễn Thị Lan|0912000101/);
  });
});
