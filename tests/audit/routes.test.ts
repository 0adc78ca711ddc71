import { beforeAll, describe, expect, test, vi } from "vitest";
import { expireSecurityEvents, recordSecurity } from "#audit/index.ts";
import { readingAt } from "#audit/rules.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { withClient } from "../../src/dev/database.mjs";
import { listRoutes, startTestApp } from "../support/app.ts";
import type { Client } from "../support/client.ts";
import { fileBirth } from "../support/filed.ts";
import { provinceDatabase } from "../support/province.ts";

const portal = await startTestApp({ database: await provinceDatabase() });
let lan: Client;
let desk: Client;
let auditor: Client;
let dossier: { id: string; reference: string };

const sign = (username: string) => portal.signIn(username, DEMO_PASSWORD);
/** What is noted after a page was sent comes a moment later. */
const until = <T>(ask: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> =>
  vi.waitFor(async () => {
    const found = await ask();
    if (!isThere(found)) throw new Error(`not yet: ${JSON.stringify(found, (_, value) => String(value))}`);
    return found;
  });
const readings = () =>
  portal.db.securityEvent.findMany({ where: { kind: { startsWith: "read." } }, orderBy: { id: "asc" } });

beforeAll(async () => {
  lan = await sign(demoCitizens.lan.phone);
  desk = await sign(demoOfficers.dongKinhDesk.username);
  auditor = await sign(demoOfficers.auditor.username);
  dossier = await fileBirth(portal, lan);
}, 60_000);

describe("what officers read is noted, and who it concerns sees it", () => {
  test("an officer who opens a dossier and a file of it leaves two lines, with the citizen they are about", async () => {
    await desk.get(`/mot-cua/ho-so/${dossier.id}`);
    const { id } = await portal.db.attachment.findFirstOrThrow({ where: { dossierId: dossier.id } });
    await desk.get(`/mot-cua/ho-so/${dossier.id}/tep/${id}`);
    const noted = await until(readings, (rows) => rows.length === 2);
    expect(noted.map(({ kind, dossierId }) => [kind, dossierId])).toEqual([
      ["read.dossier", dossier.id],
      ["read.file", dossier.id],
    ]);
    const { id: accountId } = await portal.db.account.findUniqueOrThrow({
      where: { username: demoCitizens.lan.phone },
    });
    expect(noted[0]).toMatchObject({ aboutId: accountId, address: "127.0.0.1" });
    const page = await (await lan.get(`/ca-nhan/ho-so/${dossier.reference}`)).follow("Ai đã xem hồ sơ này");
    expect(
      page
        .rows()
        .slice(1)
        .map((row) => row.slice(1)),
    ).toEqual([
      ["Trần Thị Mai", "Ủy ban nhân dân phường Đông Kinh", "Mở tệp của hồ sơ"],
      ["Trần Thị Mai", "Ủy ban nhân dân phường Đông Kinh", "Mở hồ sơ"],
    ]);
  });

  test("who looked at a dossier is its applicant's to know, nobody else's", async () => {
    const mui = await sign(demoCitizens.mui.phone);
    expect((await mui.get(`/ca-nhan/ho-so/${dossier.reference}/nguoi-da-xem`)).status).toBe(404);
  });

  test("a dossier that was not shown was not read; a worklist without a search is no line, with one it is", async () => {
    const before = (await readings()).length;
    const foreign = await sign(demoOfficers.huuLungDesk.username);
    expect((await foreign.get(`/mot-cua/ho-so/${dossier.id}`)).status).toBe(404);
    await foreign.get("/mot-cua");
    await foreign.get("/mot-cua?q=Nguyen");
    const searches = await until(
      () => portal.db.securityEvent.findMany({ where: { kind: "search.desk" } }),
      (rows) => rows.length > 0,
    );
    expect(searches.map(({ params }) => params)).toEqual([{ q: "Nguyen" }]);
    expect(await readings()).toHaveLength(before);
  });

  test("every page of an officer that shows a thing by its id is noted, or shows nobody's data", () => {
    const shown = listRoutes(portal.app).filter(
      ({ method, path }) => method === "GET" && /^\/mot-cua\/(ho-so|giay-to)\//.test(path),
    );
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.filter(({ path }) => readingAt(path) === null)).toEqual([]);
  });
});

describe("the security log", () => {
  test("an auditor finds events by person, dossier, kind and day, and takes them along as JSON lines", async () => {
    const page = await auditor.get("/nhat-ky-an-toan");
    expect(page.heading).toBe("Nhật ký an toàn");
    const found = await page.submit("Tìm sự kiện", {
      "Người thực hiện hoặc người liên quan": "dongkinh.motcua",
      "Mã hồ sơ hoặc mã tra cứu": dossier.reference,
      "Loại sự kiện": "read.file",
    });
    expect(found.rows()).toHaveLength(2);
    expect(found.rows()[1]?.[2]).toBe("Trần Thị Mai (dongkinh.motcua)");
    const lines = (await found.follow("Tải về dạng JSON từng dòng")).body.toString().trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { kind: "read.file", username: "dongkinh.motcua", about: demoCitizens.lan.fullName, dossier: dossier.reference },
    ]);
    expect((await auditor.get("/nhat-ky-an-toan?tu=2020-01-01&den=2020-01-02")).text).toContain(
      "Không có sự kiện nào phù hợp",
    );
    expect(await portal.db.securityEvent.count({ where: { kind: "audit.exported" } })).toBe(1);
  });

  test("more events than a page holds are walked through to the oldest", async () => {
    for (let i = 0; i < 60; i++)
      await recordSecurity(portal.system(), { kind: "roles.changed", params: { n: i } }, portal.db);
    const first = await auditor.get("/nhat-ky-an-toan?loai=roles.changed");
    const second = await first.follow(/Sự kiện cũ hơn/);
    expect([first.rows().length, second.rows().length]).toEqual([51, 11]);
    const lines = (await auditor.get("/nhat-ky-an-toan/xuat.jsonl?loai=roles.changed")).body
      .toString()
      .trim()
      .split("\n");
    expect(lines).toHaveLength(60);
  });

  test("an officer who works nowhere, as an auditor does, has an empty desk, searched or not", async () => {
    for (const path of ["/mot-cua", "/mot-cua?q=Nguyen"]) expect((await auditor.get(path)).status).toBe(200);
  });

  test("neither officers nor administrators nor citizens read it, and being refused is an event", async () => {
    for (const username of [demoOfficers.dongKinhLeader.username, "quantri", demoCitizens.lan.phone])
      expect((await (await sign(username)).get("/nhat-ky-an-toan")).status).toBe(403);
    const refused = await until(
      () => portal.db.securityEvent.findMany({ where: { kind: "access.refused" } }),
      (rows) => rows.length === 3,
    );
    expect(refused[0]?.params).toEqual({ method: "GET", route: "/nhat-ky-an-toan" });
    expect((await portal.client().get("/nhat-ky-an-toan")).status).toBe(404);
  });

  test.each([
    ["change an event", "UPDATE security_events SET kind = 'x'"],
    ["delete an event", "DELETE FROM security_events"],
    ["empty the log away", "TRUNCATE security_events"],
    ["call for a shorter term", "SELECT expire_security_events(11, now())"],
    ["call from the future", "SELECT expire_security_events(12, now() + interval '2 years')"],
  ])("the portal's role may not %s", async (_what, statement) => {
    await expect(withClient(portal.url, (client) => client.query(statement))).rejects.toThrow(
      /permission denied|twelve months/,
    );
  });

  test("events older than the term go, younger ones stay", async () => {
    const old = new Date(Date.now() - 800 * 86_400_000);
    await recordSecurity(portal.system(old), { kind: "sign_out" }, portal.db);
    const kept = await portal.db.securityEvent.count({ where: { at: { gt: old } } });
    expect(await expireSecurityEvents(portal.system(), 24)).toBe(1);
    expect(await portal.db.securityEvent.count()).toBe(kept);
  });
});
