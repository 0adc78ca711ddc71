import { beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD, demoOfficers } from "#dev/demo.ts";
import { verifyHistory } from "#dossiers/index.ts";
import { forgetOrganizations } from "#organizations/index.ts";
import { carryOutPlans } from "../../src/admin/actions/plans.ts";
import { reachOf } from "../../src/admin/rules.ts";
import { makeWalk } from "../dossiers/walk.ts";
import { listRoutes, startTestApp, type TestApp } from "../support/app.ts";
import type { Client, Page } from "../support/client.ts";
import { agencyIdOf, provinceDatabase } from "../support/province.ts";

const BIRTH = "1.001193";
const REASON = "Quyết định số 12/QĐ-UBND ngày 20/11/2026";

let portal: TestApp;
let province: Client;
let commune: Client;
let ids: Record<"dongKinh" | "huuLung" | "justice", string>;

const idOf = async (username: string): Promise<string> =>
  (await portal.db.account.findUniqueOrThrow({ where: { username } })).id;
const oneTime = (page: Page): string => /(?:[0-9A-Z]{4}-)+[0-9A-Z]+/.exec(page.text)?.[0] ?? "";

/** Signs in with a password that was told once, and sets one's own. */
async function settleIn(username: string, password: string): Promise<Client> {
  const browser = portal.client();
  const asked = await browser.post("/dang-nhap", { username, password });
  expect(asked.path).toBe("/mat-khau");
  const own = "con trâu đi trước cái cày";
  await browser.post("/mat-khau", { current: password, password: own, repeat: own, passwordAgain: own });
  return portal.signIn(username, own);
}

beforeAll(async () => {
  portal = await startTestApp({ database: await provinceDatabase() });
  province = await portal.signIn("quantri", DEMO_PASSWORD);
  ids = {
    dongKinh: await agencyIdOf(portal, "dongKinh"),
    huuLung: await agencyIdOf(portal, "huuLung"),
    justice: await agencyIdOf(portal, "justice"),
  };
  const form = await province.get("/quan-tri/nguoi-dung/quan-tri-vien");
  const made = await form.submit("Thêm quản trị viên", {
    displayName: "Bế Thị Lan",
    username: "huulung.quantri",
    agencyId: ids.huuLung,
  });
  expect([made.status, made.text]).toEqual([200, expect.stringMatching(/Mật khẩu dùng một lần/)]);
  commune = await settleIn("huulung.quantri", oneTime(made));
}, 90_000);

describe("agencies", () => {
  test("an agency is founded, renamed and given parts, and its history says who did what from what to what", async () => {
    const form = await province.get("/quan-tri/co-quan/moi");
    const wrong = await form.submit("Lập cơ quan", { identifier: "H37.05977", name: "Sở X", shortName: "Sở X" });
    expect(wrong.status).toBe(422);
    const values = {
      identifier: "H37.99",
      name: "Sở Thử nghiệm tỉnh Lạng Sơn",
      shortName: "Sở Thử nghiệm",
      kind: "department",
      level: "province",
      reason: REASON,
    };
    const taken = await form.submit("Lập cơ quan", { ...values, identifier: "H37.05977" });
    expect([taken.status, taken.errors()[0]?.field]).toEqual([422, "identifier"]);
    const founded = await form.submit("Lập cơ quan", values);
    expect(founded.heading).toBe(values.name);
    const organized = await (await founded.follow("Đổi tên, chuyển cơ quan cấp trên")).submit("Lưu thay đổi", {
      name: "Sở Thí nghiệm tỉnh Lạng Sơn",
      reason: REASON,
    });
    expect(organized.heading).toBe("Sở Thí nghiệm tỉnh Lạng Sơn");
    expect(organized.text).toContain("Tên: Sở Thử nghiệm tỉnh Lạng Sơn → Sở Thí nghiệm tỉnh Lạng Sơn");
    expect(organized.text).toContain(REASON);
    const parted = await organized.submit("Lưu bộ phận", { "Tên bộ phận": "Bộ phận Một cửa", Loại: "one_stop" });
    expect(parted.text).toContain("Đã thêm bộ phận");
    const again = await parted.submit(/^Hoàn tác Đổi tên/);
    expect(again.heading).toBe(values.name);
    expect(again.listByRole("button", /^Hoàn tác Đổi tên/)).toHaveLength(0);
  });

  test("who decides on what is no longer so is told who was faster", async () => {
    const [first, second] = [
      await province.get(`/quan-tri/co-quan/${ids.justice}`),
      await province.get(`/quan-tri/co-quan/${ids.justice}`),
    ];
    await first.submit("Lưu", { address: "Số 1 đường Hùng Vương" });
    const late = await second.submit("Lưu", { address: "Số 2 đường Hùng Vương" });
    expect([late.status, late.text]).toEqual([409, expect.stringContaining("Nông Quốc Chấn vừa thay đổi")]);
  });

  test("the seed leaves alone what an administrator changed", async () => {
    const { importAgencies, AgencyFile } = await import("#organizations/index.ts");
    const { readFileSync } = await import("node:fs");
    const file = AgencyFile.parse(JSON.parse(readFileSync("prisma/seed/agencies.json", "utf8")));
    await portal.db.agency.update({ where: { id: ids.justice }, data: { shortName: "Sở TP" } });
    await importAgencies(portal.system(), file, "20");
    expect((await portal.db.agency.findUniqueOrThrow({ where: { id: ids.justice } })).shortName).toBe("Sở TP");
  });
});

describe("an administrator of one agency", () => {
  test("is turned back from every part of administration that is the province's", async () => {
    const routes = listRoutes(portal.app).filter(({ path }) => path.startsWith("/quan-tri"));
    const closed: unknown[] = [];
    for (const { method, path } of routes) {
      const address = path.replace(/:\w+/g, ids.justice);
      if (reachOf(address.slice("/quan-tri".length) || "/") !== "province") continue;
      const answer = method === "GET" ? await commune.get(address) : await commune.post(address, {});
      closed.push([method, path, answer.status]);
    }
    expect(closed.length).toBeGreaterThan(40);
    expect(closed.filter((one) => (one as unknown[])[2] !== 403)).toEqual([]);
  });

  test("does not know agencies and people elsewhere, and changes nothing there", async () => {
    const stranger = await idOf(demoOfficers.dongKinhDesk.username);
    const routes = listRoutes(portal.app).filter(
      ({ path }) =>
        path.startsWith("/quan-tri") &&
        path.includes(":id") &&
        reachOf(path.slice("/quan-tri".length)) === "own" &&
        !path.includes("/nhap/"),
    );
    const before = await portal.db.officeEvent.count();
    const seen: unknown[] = [];
    for (const { method, path } of routes) {
      const address = path
        .replace(":id", path.includes("nguoi-dung") ? stranger : ids.dongKinh)
        .replace(/:\w+/g, stranger);
      const answer =
        method === "GET" ? await commune.get(address) : await commune.post(address, { name: "x", kind: "office" });
      seen.push([method, path, answer.status]);
    }
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.filter((one) => (one as unknown[])[2] !== 404)).toEqual([]);
    expect(await portal.db.officeEvent.count()).toBe(before);
  });

  test("sees and keeps their own agency, its people, its days and what it takes in", async () => {
    const list = await commune.get("/quan-tri/co-quan");
    expect(
      list
        .rows()
        .slice(1)
        .map(([name]) => name),
    ).toEqual(expect.arrayContaining([expect.stringContaining("Hữu Lũng")]));
    expect(list.text).not.toContain("Đông Kinh");
    const people = await commune.get("/quan-tri/nguoi-dung");
    expect(people.text).toContain("Hà Thị Bích");
    expect(people.text).not.toContain("Trần Thị Mai");
    const day = {
      agency: ids.dongKinh,
      "date.day": "2",
      "date.month": "12",
      "date.year": "2026",
      name: "Nghỉ",
      kind: "off",
    };
    expect((await commune.post("/quan-tri/lich", day)).status).toBe(404);
    expect((await commune.post("/quan-tri/lich/xem-truoc", { ...day, agency: "" })).status).toBe(404);
    expect((await commune.get(`/quan-tri/lich?co-quan=${ids.huuLung}`)).status).toBe(200);
    const page = await commune.get(`/quan-tri/noi-tiep-nhan/${BIRTH}`);
    const stolen = { group: "chosen", agencies: ids.dongKinh, channels: "online", validFrom: "2030-01-01" };
    await commune.post(`/quan-tri/noi-tiep-nhan/${BIRTH}/thoi`, {
      ending: ids.dongKinh,
      lastDay: "2030-01-01",
      reason: "x",
    });
    await commune.post(`/quan-tri/noi-tiep-nhan/${BIRTH}`, stolen);
    expect(page.status).toBe(200);
    const kept = await portal.db.offering.findMany({ where: { agencyId: ids.dongKinh, procedure: { code: BIRTH } } });
    expect(kept.map(({ validTo }) => validTo)).toEqual([null]);
  });
});

describe("people", () => {
  test("an officer is opened with a password told once, works at once, and is moved in one act", async () => {
    const form = await province.get(`/quan-tri/nguoi-dung/moi?co-quan=${ids.dongKinh}`);
    const person = {
      displayName: "Hứa Văn Tài",
      username: "dongkinh.tai",
      agencyId: ids.dongKinh,
      role: "desk",
    };
    const wrong = await form.submit("Thêm cán bộ", { ...person, username: "Có dấu" });
    expect([wrong.status, wrong.errors()[0]?.field]).toEqual([422, "username"]);
    const taken = await form.submit("Thêm cán bộ", { ...person, username: "dongkinh.motcua" });
    expect([taken.status, taken.errors()[0]?.field]).toEqual([422, "username"]);
    const made = await form.submit("Thêm cán bộ", person);
    const browser = await settleIn("dongkinh.tai", oneTime(made));
    expect((await browser.get("/mot-cua")).status).toBe(200);
    const page = await made.follow(/^Mở trang của/);
    expect(page.rows()[1]?.[1]).toContain("Một cửa");
    const moved = await page.submit("Điều chuyển", { toId: ids.huuLung, reason: REASON, "Chức danh": "" });
    expect(moved.text).toContain("Đã điều chuyển");
    const postings = await portal.db.posting.findMany({ where: { account: { username: "dongkinh.tai" } } });
    expect(postings.map(({ agencyId, validTo }) => [agencyId, validTo === null])).toEqual(
      expect.arrayContaining([
        [ids.dongKinh, false],
        [ids.huuLung, true],
      ]),
    );
    const closed = await moved.submit("Khóa ngay", { reason: REASON });
    expect(closed.text).toContain("Đã khóa tài khoản");
    expect((await browser.get("/mot-cua")).path).toMatch(/^\/dang-nhap/);
    // Whoever audits reads all of it, and who did it; what was refused left no word.
    const events = await portal.db.securityEvent.findMany({
      where: {
        aboutId: await idOf("dongkinh.tai"),
        kind: { in: ["account.opened", "roles.changed", "account.disabled"] },
      },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ kind }) => kind)).toEqual([
      "account.opened",
      "roles.changed",
      "roles.changed",
      "account.disabled",
    ]);
    expect(new Set(events.map(({ accountId }) => accountId))).toEqual(new Set([await idOf("quantri")]));
    expect(await portal.db.securityEvent.count({ where: { kind: "account.opened" } })).toBe(
      await portal.db.officeEvent.count({ where: { did: "person_created" } }),
    );
  });

  test("whoever acts for a colleague is told of it", async () => {
    const absent = await idOf(demoOfficers.dongKinhJustice.username);
    const deputy = await idOf(demoOfficers.dongKinhLand.username);
    const page = await province.get(`/quan-tri/nguoi-dung/${absent}`);
    const today = portal.system().now.toISOString().slice(0, 10);
    const far = "2099-01-01";
    const saved = await page.submit("Lưu vắng mặt", { deputyId: deputy, from: far, to: "2099-01-05" });
    expect(saved.text).toContain("01/01/2099 đến 05/01/2099");
    expect(today < far).toBe(true);
    const officer = await portal.signIn(demoOfficers.dongKinhLand.username, DEMO_PASSWORD);
    const notices = await officer.get("/mot-cua/thong-bao");
    expect((await notices.follow(/giao xử lý thay từ 01\/01\/2099/)).path).toBe("/mot-cua/vang-mat");
  });

  test("the list narrows by words without marks, agency, role and state, and goes on by keyset", async () => {
    const found = await province.get(`/quan-tri/nguoi-dung?q=tran thi mai&co-quan=${ids.dongKinh}&vai-tro=desk`);
    expect(
      found
        .rows()
        .slice(1)
        .map(([name]) => name),
    ).toEqual(["Trần Thị Mai"]);
    await portal.db.account.createMany({
      data: Array.from({ length: 60 }, (_, i) => ({
        kind: "officer" as const,
        username: `loat.${String(i).padStart(2, "0")}`,
        displayName: "Loạt Văn Người",
      })),
    });
    const first = await province.get("/quan-tri/nguoi-dung?q=loat van");
    const second = await first.follow(/Trang sau/);
    expect([first.rows().length - 1, second.rows().length - 1]).toEqual([50, 10]);
    expect(new Set([...first.rows(), ...second.rows()].map(([, username]) => username)).size).toBe(61);
  });
});

describe("a spreadsheet of officers", () => {
  const head = "Tên đăng nhập,Họ và tên,Mã định danh cơ quan,Bộ phận,Vai trò,Chức danh,Thư điện tử,Từ ngày,Đến ngày";
  const upload = async (browser: Client, lines: readonly string[]): Promise<Page> => {
    const page = await browser.get("/quan-tri/nguoi-dung/nhap");
    const file = { name: "can-bo.csv", type: "text/csv", content: [head, ...lines].join("\n") };
    return page.submit("Đọc thử tệp", { file });
  };
  const line = (i: number, agency = "H37.05977", role = "Chuyên môn") =>
    `nhap.${i},Người Thứ ${i},${agency},,${role},,,,`;

  test("5,000 lines of which 300 are wrong: each is told, and nothing is applied", async () => {
    const lines = Array.from({ length: 5000 }, (_, i) =>
      i % 50 === 0
        ? line(i, "H37.KHONG")
        : i % 50 === 1
          ? line(i, "H37.05977", "Giám đốc")
          : i % 50 === 2 && i < 5000
            ? `,${line(i).slice(8)}`
            : line(i),
    );
    const preview = await upload(province, lines);
    expect(preview.text).toMatch(/300 Dòng sai|Dòng sai 300/);
    expect(preview.rows().slice(1)).toHaveLength(100);
    expect(preview.rows()[1]?.[2]).toContain("Mã định danh cơ quan");
    const report = await preview.follow(/Tải báo cáo/);
    expect(report.html.trim().split("\n")).toHaveLength(301);
    expect((await province.post(preview.path)).status).toBe(409);
    expect(await portal.db.account.count({ where: { username: { startsWith: "nhap." } } })).toBe(0);
  });

  test("a sheet that is right is applied whole, and a second time changes nothing", async () => {
    const lines = [line(1), line(2, "H37.05977", "Một cửa"), `nhap.2,Người Thứ 2,H37.05977,,Văn thư,,,01/12/2026,`];
    const done = await (await upload(province, lines)).submit(/^Áp dụng 3 dòng/);
    expect(done.text).toContain("2 tài khoản mới");
    const links = await done.submit(/Tải đường dẫn kích hoạt/);
    expect(links.html.match(/\/kich-hoat\//g)).toHaveLength(2);
    const again = await (await upload(province, lines)).submit(/^Áp dụng 3 dòng/);
    expect(again.text).toContain("0 tài khoản mới, 0 người được cập nhật, 0 vị trí");
    expect((await province.post(again.path)).status).toBe(409);
    expect((await upload(commune, [line(3)])).text).toContain("Không có cơ quan đang hoạt động mang mã này");
    expect((await upload(province, [])).errors()[0]?.text).toContain("không có dòng nào");
  });
});

describe("where a procedure is taken in", () => {
  test("agencies are chosen by level, follow each other from day to day, and the newest change is taken back", async () => {
    const code = "3.000347";
    const place = `/quan-tri/noi-tiep-nhan/${code}`;
    const offered = () =>
      portal.db.offering.findMany({
        where: { procedure: { code } },
        select: { agencyId: true, validFrom: true, validTo: true, channels: true, competentAgencyId: true },
        orderBy: [{ agencyId: "asc" }, { validFrom: "asc" }],
      });
    const before = await offered();
    const page = await province.get(place);
    const added = await page.submit("Giao tiếp nhận", {
      group: "commune_committee",
      competent: "parent",
      reason: REASON,
    });
    expect(added.text).toContain("Giao tiếp nhận:");
    const communes = await portal.db.agency.count({ where: { kind: "commune_committee", validTo: null } });
    expect((await offered()).length).toBe(before.length + communes);
    expect(added.text).toMatch(/chưa đủ cán bộ/);
    const undone = await added.submit(/^Hoàn tác/);
    expect(undone.text).toContain("Đã khôi phục nơi tiếp nhận");
    expect(await offered()).toEqual(before);
    expect((await page.submit("Giao tiếp nhận", { group: "chosen" })).errors()[0]?.field).toBe("agencies");
  });
});

describe("what is planned for an agency", () => {
  const DAY = "2031-01-01";
  const at = (id: string) => `/quan-tri/co-quan/${id}`;
  /** Does what is due on a day, twice: a job may run again. */
  const passes = async (day: string): Promise<[number, number]> => {
    const context = { ...portal.system(), now: new Date(`${day}T00:30:00+07:00`) };
    return [await carryOutPlans(context), await carryOutPlans(context)];
  };
  const found = async (number: number): Promise<string> => {
    const founding = await province.get("/quan-tri/co-quan/moi");
    const page = await founding.submit("Lập cơ quan", {
      identifier: `H37.9${number}`,
      name: `Trung tâm số ${number}`,
      shortName: `TT ${number}`,
      kind: "other",
      level: "other",
      reason: REASON,
    });
    return page.path.split("/").at(-1) ?? "";
  };

  test("a new name holds from its day on, and until then the plan is told and can be called off", async () => {
    const id = await found(1);
    const form = await province.get(`${at(id)}/to-chuc`);
    const planned = await form.submit("Lưu thay đổi", { name: "Trung tâm mới", effectiveOn: DAY, reason: REASON });
    expect(planned.text).toContain("Kế hoạch: đổi tên hoặc tổ chức lại từ ngày 01/01/2031");
    expect((await province.get("/quan-tri/co-quan?q=trung+tam+so+1")).text).toContain("từ ngày 01/01/2031");
    const again = await province.get(`${at(id)}/to-chuc`);
    expect((await again.submit("Lưu thay đổi", { name: "Khác", effectiveOn: DAY, reason: REASON })).status).toBe(409);
    expect(await passes("2030-12-31")).toEqual([0, 0]);
    expect((await province.get(at(id))).text).toContain("Trung tâm số 1");
    const off = await planned.submit(/^Hủy kế hoạch/);
    expect(off.text).toContain("Đã hủy kế hoạch.");
    expect(await passes(DAY)).toEqual([0, 0]);
    const once = await province.get(`${at(id)}/to-chuc`);
    await once.submit("Lưu thay đổi", { name: "Trung tâm mới", effectiveOn: DAY, reason: REASON });
    expect(await passes(DAY)).toEqual([1, 0]);
    const renamed = await province.get(at(id));
    expect(renamed.text).toContain("Tên: Trung tâm số 1 → Trung tâm mới");
    expect(renamed.text).not.toContain("Kế hoạch:");
  });

  test("an agency is founded on its day; until then it is nowhere to be chosen, and its identifier is nobody else's", async () => {
    const identifier = "H37.96";
    const given = { identifier, name: "Trung tâm năm sau", shortName: "TT sau", kind: "other", level: "other" };
    const plan = async (more: Record<string, string> = {}) => {
      const form = await province.get("/quan-tri/co-quan/moi");
      return form.submit("Lập cơ quan", { ...given, effectiveOn: DAY, reason: REASON, ...more });
    };
    const parentId = await found(5);
    const preview = await plan({ parentId });
    expect([preview.heading, preview.summary()["Cơ quan cấp trên"]]).toEqual([
      "Kế hoạch lập cơ quan",
      "Trung tâm số 5",
    ]);
    const back = await preview.submit("Sửa lại");
    expect(back.html).toContain('value="Trung tâm năm sau"');
    expect(await portal.db.agencyPlan.count({ where: { kind: "founded" } })).toBe(0);
    const listed = await preview.submit("Ghi kế hoạch");
    expect([listed.path, listed.text.includes("Kế hoạch: lập cơ quan từ ngày 01/01/2031")]).toEqual([
      "/quan-tri/co-quan/ke-hoach",
      true,
    ]);
    expect((await preview.submit("Ghi kế hoạch")).errors().map(({ field }) => field)).toEqual(["identifier"]);
    expect((await commune.get("/quan-tri/co-quan/ke-hoach")).status).toBe(403);
    const { id } = await portal.db.agencyPlan.findFirstOrThrow({ where: { kind: "founded", state: "planned" } });
    expect((await commune.post(`/quan-tri/co-quan/ke-hoach/${id}/huy`, {})).status).toBe(403);
    expect(await passes("2030-12-31")).toEqual([0, 0]);
    expect(await portal.db.agency.count({ where: { identifier } })).toBe(0);
    // Who was to stand above it has ended by then: it is told, and waits for somebody.
    await portal.db.agency.update({ where: { id: parentId }, data: { validTo: "2030-12-31" } });
    forgetOrganizations(portal.system());
    expect(await passes(DAY)).toEqual([0, 0]);
    const refused = await province.get("/quan-tri/co-quan/ke-hoach");
    expect(refused.text).toContain("Chưa lập được cơ quan ngày 01/01/2031");
    expect(refused.text).toContain("Trung tâm số 5 đã kết thúc hoạt động");
    expect((await refused.submit(/^Hủy kế hoạch/)).text).toContain("Chưa có kế hoạch nào");
    expect((await province.post(`/quan-tri/co-quan/ke-hoach/${id}/huy`, {})).status).toBe(404);
    await (await plan()).submit("Ghi kế hoạch");
    expect(await passes(DAY)).toEqual([1, 0]);
    const made = await portal.db.agency.findUniqueOrThrow({ where: { identifier }, include: { events: true } });
    expect([made.validFrom, made.events.map(({ did }) => did)]).toEqual([DAY, ["agency_created"]]);
    expect((await province.get(at(made.id))).text).toContain("Trung tâm năm sau");
  });

  test("a merger happens on its day; one that cannot happen says why and waits for somebody", async () => {
    const [first, second, third] = [await found(2), await found(3), await found(4)];
    const merge = async (id: string, successorId: string) => {
      const form = await province.get(`${at(id)}/ket-thuc`);
      const preview = await form.submit("Xem trước", { successorId, effectiveOn: DAY, reason: REASON });
      expect(preview.text).toContain("Số liệu dưới đây là của hôm nay");
      return preview.submit("Ghi kế hoạch");
    };
    const planned = await merge(first, second);
    expect(planned.text).toContain("Kế hoạch: sáp nhập từ ngày 01/01/2031");
    expect(planned.text).toContain("Chuyển sang: Trung tâm số 3");
    expect((await commune.post(`${at(first)}/ke-hoach/huy`, {})).status).toBe(404);
    await merge(third, second);
    await portal.db.agency.update({ where: { id: second }, data: { validTo: "2030-12-31" } });
    forgetOrganizations(portal.system());
    expect(await passes(DAY)).toEqual([0, 0]);
    const refused = await province.get(at(third));
    expect(refused.text).toContain("Chưa sáp nhập được ngày 01/01/2031");
    expect(refused.text).toContain("Trung tâm số 3 đã kết thúc hoạt động");
    await refused.submit(/^Hủy kế hoạch/);
    await portal.db.agency.update({ where: { id: second }, data: { validTo: null } });
    forgetOrganizations(portal.system());
    await merge(third, second);
    expect(await passes(DAY)).toEqual([1, 0]);
    expect(await portal.db.agency.findUniqueOrThrow({ where: { id: third } })).toMatchObject({
      validTo: "2030-12-31",
      successorId: second,
    });
  });
});

describe("an agency that is merged", () => {
  test("gives its dossiers, steps, officers, parts and procedures to its successor in one act; old dossiers stay readable", async () => {
    const walk = await makeWalk(portal);
    const open = await walk.accepted(BIRTH, "huuLung");
    const submitted = await walk.submit(BIRTH, "huuLung");
    const before = await portal.db.dossier.findUniqueOrThrow({ where: { id: open.dossierId } });
    const closed = await walk.submit(BIRTH, "huuLung");
    await portal.db.dossier.update({ where: { id: closed.dossierId }, data: { status: "withdrawn" } });

    const finished = await walk.submit(BIRTH, "huuLung");
    await portal.db.dossier.update({ where: { id: finished.dossierId }, data: { status: "delivered" } });
    await portal.db.result.create({
      data: {
        dossierId: finished.dossierId,
        title: "Giấy khai sinh",
        number: "7",
        issuerAgencyId: ids.huuLung,
        state: "issued",
        createdAt: new Date(),
      },
    });

    const form = await province.get(`/quan-tri/co-quan/${ids.huuLung}/ket-thuc`);
    const incomplete = await form.submit("Xem trước", { successorId: "", reason: "" });
    expect(incomplete.errors().map(({ field }) => field)).toEqual(expect.arrayContaining(["reason"]));
    const preview = await form.submit("Xem trước", { successorId: ids.dongKinh, reason: REASON });
    expect(preview.summary()["Hồ sơ chuyển xử lý"]).toContain("2 hồ sơ");
    expect(preview.summary()["Chuyển sang"]).toContain("Đông Kinh");
    const done = await preview.submit("Kết thúc cơ quan và chuyển tất cả");
    expect(done.text).toContain("chuyển 2 hồ sơ");

    const moved = await portal.db.dossier.findUniqueOrThrow({
      where: { id: open.dossierId },
      include: { events: { orderBy: { seq: "asc" } }, stepRuns: { where: { closedAt: null } } },
    });
    expect(moved).toMatchObject({
      receivingAgencyId: ids.dongKinh,
      competentAgencyId: ids.dongKinh,
      code: before.code,
      status: before.status,
      dueAt: before.dueAt,
      procedureVersionId: before.procedureVersionId,
    });
    expect(moved.stepRuns.map(({ agencyId }) => agencyId)).toEqual([ids.dongKinh]);
    expect(moved.events.at(-1)?.type).toBe("dossier.rerouted");
    expect(moved.events.filter(({ type }) => type === "dossier.rerouted")).toHaveLength(1);
    expect((await portal.db.dossier.findUniqueOrThrow({ where: { id: closed.dossierId } })).receivingAgencyId).toBe(
      ids.huuLung,
    );
    expect((await verifyHistory(portal.system())).breaks).toEqual([]);

    const desk = await portal.signIn(demoOfficers.dongKinhDesk.username, DEMO_PASSWORD);
    expect((await desk.get(`/mot-cua/ho-so/${closed.dossierId}`)).status).toBe(200);
    const accepted = await (await desk.get(`/mot-cua/ho-so/${submitted.dossierId}`)).submit("Tiếp nhận hồ sơ");
    expect(accepted.text).toContain("H37.05977-");
    const colleague = await portal.signIn(demoOfficers.huuLungDesk.username, DEMO_PASSWORD);
    expect((await colleague.get(`/mot-cua/ho-so/${open.dossierId}`)).text).toContain("Chuyển sang cơ quan kế thừa");

    const leader = await portal.signIn(demoOfficers.dongKinhLeader.username, DEMO_PASSWORD);
    const corrected = await (await leader.get(`/mot-cua/ho-so/${finished.dossierId}`)).submit(
      "Phát hành bản đính chính",
      {
        number: "7a",
        reason: "Sai ngày sinh.",
      },
    );
    expect(corrected.status).toBe(200);
    const results = await portal.db.result.findMany({
      where: { dossierId: finished.dossierId },
      orderBy: { createdAt: "asc" },
      select: { number: true, state: true, issuerAgencyId: true },
    });
    expect(results).toEqual([
      { number: "7", state: "replaced", issuerAgencyId: ids.huuLung },
      { number: "7a", state: "issued", issuerAgencyId: ids.dongKinh },
    ]);

    const agency = await province.get(`/quan-tri/co-quan/${ids.huuLung}`);
    expect(agency.text).toContain("Đã kết thúc hoạt động");
    expect(agency.listByRole("button", /^Hoàn tác Sáp nhập/)).toHaveLength(0);
    const founding = await province.get("/quan-tri/co-quan/moi");
    const reused = await founding.submit("Lập cơ quan", {
      identifier: "H37.06385",
      name: "Ủy ban nhân dân xã Hữu Lũng mới",
      shortName: "UBND xã Hữu Lũng mới",
      kind: "commune_committee",
      level: "commune",
      reason: REASON,
    });
    expect(reused.errors()[0]?.field).toBe("identifier");
    await expect(portal.db.agency.delete({ where: { id: ids.huuLung } })).rejects.toThrow();
    expect(
      (
        await province.post(`/quan-tri/co-quan/${ids.huuLung}/ket-thuc`, {
          kind: "abolished",
          effectiveOn: "2026-11-01",
          reason: REASON,
          act: "apply",
          seen: "",
        })
      ).status,
    ).toBe(409);
    const offering = await portal.db.offering.findFirst({ where: { agencyId: ids.huuLung, validTo: null } });
    expect(offering).toBeNull();
  });
});
