import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, test } from "vitest";
import { ruleOf } from "#access/index.ts";
import { MATRIX, mayDo, ROLES, type Who } from "#access/rules.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { listRoutes, startTestApp } from "../support/app.ts";
import type { Client } from "../support/client.ts";
import { provinceDatabase } from "../support/province.ts";

const portal = await startTestApp({ database: await provinceDatabase() });
const routes = listRoutes(portal.app);
const NOBODY = "00000000-0000-7000-8000-000000000000";

type Kind = "visitor" | "citizen" | "desk" | "leader" | "auditor" | "admin";
let people: Record<Kind, Client>;

beforeAll(async () => {
  const sign = (username: string) => portal.signIn(username, DEMO_PASSWORD);
  people = {
    visitor: portal.client(),
    citizen: await sign(demoCitizens.lan.phone),
    desk: await sign(demoOfficers.dongKinhDesk.username),
    leader: await sign(demoOfficers.huuLungLeader.username),
    auditor: await sign(demoOfficers.auditor.username),
    admin: await sign("quantri"),
  };
}, 60_000);

const LET_IN: Readonly<Record<Who, readonly Kind[]>> = {
  machine: ["visitor", "citizen", "desk", "leader", "auditor", "admin"],
  everyone: ["visitor", "citizen", "desk", "leader", "auditor", "admin"],
  signedIn: ["citizen", "desk", "leader", "auditor", "admin"],
  citizen: ["citizen"],
  // The auditor is an officer without a posting: the desk is open, and empty.
  officer: ["desk", "leader", "auditor"],
  admin: ["admin"],
  auditor: ["auditor"],
};

describe("every address says who may come", () => {
  test("a route without a declared rule does not exist", () => {
    expect(routes.length).toBeGreaterThan(150);
    expect(routes.filter(({ path }) => ruleOf(path) === null)).toEqual([]);
  });

  test("every route with every kind of account: who has no right is refused, sent to sign in, or finds nothing", {
    timeout: 120_000,
  }, async () => {
    const leaks: unknown[] = [];
    let tried = 0;
    for (const { method, path } of routes) {
      const rule = ruleOf(path);
      if (!rule || (method !== "GET" && method !== "POST")) continue;
      const address = path.replace(/:\w+/g, NOBODY);
      const strangers = (Object.keys(people) as Kind[]).filter((kind) => !LET_IN[rule.who].includes(kind));
      tried += strangers.length;
      await Promise.all(
        strangers.map(async (kind) => {
          const body = method === "GET" ? undefined : new URLSearchParams({ x: "1" });
          const answer = await people[kind].once(method, address, body);
          await answer.arrayBuffer();
          const isSentAway = answer.status === 303 && /^\/dang-nhap/.test(answer.headers.get("location") ?? "");
          if (!isSentAway && ![403, 404].includes(answer.status)) leaks.push([kind, method, path, answer.status]);
        }),
      );
    }
    expect(leaks).toEqual([]);
    expect(tried).toBeGreaterThan(500);
  });

  test("who has the right is not refused for being who they are", async () => {
    for (const [kind, path] of [
      ["citizen", "/ca-nhan/ho-so"],
      ["desk", "/mot-cua"],
      ["admin", "/quan-tri"],
      ["admin", "/quan-tri/quyen"],
      ["auditor", "/nhat-ky-an-toan"],
      ["leader", "/bao-mat"],
    ] as const)
      expect([path, (await people[kind].get(path)).status]).toEqual([path, 200]);
  });
});

describe("what leaders decide", () => {
  test("a leader with a second step proves themself afresh, and what they sent is not lost; an administrator helps who lost it", async () => {
    const { username } = demoOfficers.dongKinhLeader;
    const browser = await portal.signIn(username, DEMO_PASSWORD);
    const form = await browser.get("/bao-mat/ung-dung");
    const secret = (/translate="no">([A-Z2-7 ]+)</.exec(form.html)?.[1] ?? "").replaceAll(" ", "");
    const numberOf = (later: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 });
    await form.submit("Xác nhận", { "6 chữ số trong ứng dụng": numberOf(0) });
    const { id } = await portal.db.account.findUniqueOrThrow({ where: { username } });
    await portal.db.$executeRaw`UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{provenAt}', '1000')::json
      WHERE sess->'passport'->>'user' = ${id}`;
    const asked = await browser.post(`/mot-cua/ho-so/${NOBODY}/buoc`, { run: NOBODY, note: "Đồng ý ký" });
    expect(asked.path).toBe("/xac-nhan-lai?tiep=%2Fgui-lai");
    const kept = await asked.submit("Tiếp tục", { "Mã xác thực hoặc mã dự phòng": numberOf(1) });
    expect([kept.heading, kept.text.includes("Đồng ý ký")]).toEqual(["Nội dung bạn đang gửi", true]);
    expect((await kept.submit("Gửi lại")).status).toBe(404);

    const page = await people.admin.get(`/quan-tri/quyen?nguoi=${username}`);
    expect((await page.submit("Bỏ xác thực hai bước của người này")).text).toContain("Đã bỏ xác thực hai bước.");
    expect((await browser.get("/mot-cua")).path).toMatch(/^\/dang-nhap/);
    expect((await (await portal.signIn(username, DEMO_PASSWORD)).get("/mot-cua")).path).toBe("/mot-cua");
  });
});

describe("the matrix", () => {
  test("every legal move is somebody's, or time's", () => {
    for (const { verb, by, roles } of MATRIX) expect([verb, by === "time" || roles.length > 0]).toEqual([verb, true]);
    expect(new Set(MATRIX.flatMap(({ roles }) => roles))).toEqual(new Set(ROLES));
  });

  test("administrators handle no dossier, auditors change nothing, and citizens' moves are no officer's", () => {
    const moves = (role: (typeof ROLES)[number]) =>
      mayDo([{ role, agency: null }]).flatMap(({ verb, by }) => ("move" in verb && by !== "merger" ? [verb.move] : []));
    expect([moves("admin"), moves("auditor")]).toEqual([[], []]);
    expect(moves("leader").filter((move) => moves("citizen").includes(move))).toEqual([]);
  });

  test("an administrator sees what an officer may do, and because of which posting", async () => {
    const page = await people.admin.get("/quan-tri/quyen");
    const found = await page.submit("Xem quyền", {
      "Xem quyền của một cán bộ, theo tên đăng nhập": demoOfficers.dongKinhLeader.username,
    });
    expect(found.text).toContain("Hoàng Đức Minh (dongkinh.lanhdao)");
    const [own] = found.all("table");
    const rows = own ? found.rows(own) : [];
    expect(rows.find(([verb]) => verb === "Phân công người xử lý")?.[1]).toMatch(/^Lãnh đạo cơ quan, .*Đông Kinh/);
    expect((await people.admin.get("/quan-tri/quyen?nguoi=khong.co")).text).toContain("Không có cán bộ nào");
  });
});
