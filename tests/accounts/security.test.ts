import { request } from "node:http";
import { Secret, TOTP } from "otpauth";
import { beforeAll, describe, expect, test } from "vitest";
import { createAdmin, createCitizen, createOfficer, disableIdleOfficers } from "#accounts/index.ts";
import { startTestApp } from "../support/app.ts";
import { Client } from "../support/client.ts";

const portal = await startTestApp({ config: { rateLimits: true } });
const PASSWORD = "con trâu đi trước";
const NAME = "Số điện thoại, thư điện tử hoặc tên đăng nhập";

const citizen = (phone: string, email: string | null = null) =>
  createCitizen(portal.system(), { fullName: "Nguyễn Thị Lan", phone, email, password: PASSWORD });
const kinds = async (username: string): Promise<string[]> => {
  const { id } = await portal.db.account.findUniqueOrThrow({ where: { username } });
  const rows = await portal.db.securityEvent.findMany({
    where: { OR: [{ accountId: id }, { aboutId: id }] },
    orderBy: { id: "asc" },
  });
  return rows.map(({ kind }) => kind);
};
/** The numbers that an authenticator shows: now, or so many times thirty seconds later. */
const numberOf = (secret: string, later = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).generate({
    timestamp: Date.now() + later * 30_000,
  });
const copyOf = ({ base, cookies }: Client): Client => {
  const twin = new Client(base);
  for (const [name, value] of cookies) twin.cookies.set(name, value);
  return twin;
};

beforeAll(async () => {
  await createAdmin(portal.system(), { username: "quantri.tinh", displayName: "Nông Thị Hà", password: PASSWORD });
  await createOfficer(portal.system(), {
    username: "canbo.lanhdao",
    displayName: "Hoàng Văn Thụ",
    password: PASSWORD,
    postings: [],
  });
});

/** A guess from one of the loopback addresses. */
const guess = (from: string, username: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(portal.base);
    const body = new URLSearchParams({ username, password: "đoán bừa thôi" }).toString();
    const asked = request(
      {
        hostname,
        port,
        path: "/dang-nhap",
        method: "POST",
        localAddress: from,
        agent: false,
        headers: { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });

describe("the door of an account", () => {
  test("a thousand wrong passwords from fifty addresses: five are judged, the owner comes in from a known device, nobody else is slowed", {
    timeout: 180_000,
  }, async () => {
    await citizen("0912000201");
    await citizen("0912000202");
    const home = await portal.signIn("0912000201", PASSWORD);
    await home.post("/dang-xuat");
    const addresses = Array.from({ length: 50 }, (_, i) => `127.0.1.${i + 1}`);
    const statuses: number[] = [];
    for (let round = 0; round < 20; round++)
      statuses.push(...(await Promise.all(addresses.map((from) => guess(from, "0912000201")))));
    expect(statuses).toHaveLength(1000);
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(995);
    const stranger = await portal.client().post("/dang-nhap", { username: "0912000201", password: PASSWORD });
    expect(stranger.status).toBe(429);
    const owner = await (await home.get("/dang-nhap")).submit("Đăng nhập", {
      [NAME]: "0912000201",
      "Mật khẩu": PASSWORD,
    });
    expect(owner.path).toBe("/ca-nhan/ho-so");
    expect(await guess("127.0.1.1", "0912000299")).toBe(422);
    expect((await portal.signIn("0912000202", PASSWORD)).cookies.has("sid")).toBe(true);
    const events = await kinds("0912000201");
    expect(events.filter((kind) => kind === "sign_in.failed")).toHaveLength(5);
    expect(events.filter((kind) => kind === "sign_in.held")).toHaveLength(1);
  });

  test("who took a known device may not guess without end either", async () => {
    await citizen("0912000203");
    const home = await portal.signIn("0912000203", PASSWORD);
    await home.post("/dang-xuat");
    const tries: number[] = [];
    for (let i = 0; i < 12; i++)
      tries.push((await home.post("/dang-nhap", { username: "0912000203", password: `sai ${i}` })).status);
    expect(tries).toEqual([...Array(10).fill(422), 429, 429]);
  });
});

describe("sessions", () => {
  test("a stolen cookie is worth nothing after signing out, a changed password, and a disabled account", async () => {
    await citizen("0912000210");
    const browser = await portal.signIn("0912000210", PASSWORD);
    const other = await portal.signIn("0912000210", PASSWORD);
    const [stolen, stolenOther] = [copyOf(browser), copyOf(other)];
    await browser.post("/dang-xuat");
    expect((await stolen.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
    const again = await portal.signIn("0912000210", PASSWORD);
    const next = "ngựa chạy đường dài";
    await again.post("/mat-khau", { current: PASSWORD, password: next, passwordAgain: next });
    expect((await stolenOther.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
    const stolenAgain = copyOf(again);
    await portal.db.account.update({ where: { username: "0912000210" }, data: { disabledAt: new Date() } });
    expect((await stolenAgain.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
  });

  test("one sees where one is signed in, ends one session or all others, and nobody else's", async () => {
    await citizen("0912000211");
    await citizen("0912000212");
    const here = await portal.signIn("0912000211", PASSWORD);
    const there = portal.client();
    there.headers["user-agent"] = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/100.0 Mobile Safari/537.36";
    await there.post("/dang-nhap", { username: "0912000211", password: PASSWORD });
    const third = await portal.signIn("0912000211", PASSWORD);
    const page = await here.get("/bao-mat");
    expect(page.text).toContain("Chrome, Android");
    const [foreign] = /\/bao-mat\/thiet-bi\/[0-9a-f]{64}\/dang-xuat/.exec(page.html) ?? [""];
    const mui = await portal.signIn("0912000212", PASSWORD);
    expect((await mui.post(foreign)).status).toBe(404);
    expect(page.html.match(/thiet-bi\/[0-9a-f]{64}\/dang-xuat/g)).toHaveLength(2);
    await here.post(foreign);
    expect((await here.get("/bao-mat")).html.match(/thiet-bi\/[0-9a-f]{64}\/dang-xuat/g)).toHaveLength(1);
    const done = await (await here.get("/bao-mat")).submit("Đăng xuất mọi thiết bị khác");
    expect(done.text).toContain("Đã đăng xuất mọi thiết bị khác.");
    for (const browser of [there, third])
      expect((await browser.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
    expect((await here.get("/ca-nhan/tai-khoan")).status).toBe(200);
    expect(await kinds("0912000211")).toContain("sessions.ended");
  });

  test.each([
    ["quantri.tinh", 5],
    ["canbo.lanhdao", 15],
  ])("%s is signed out after %s minutes without a request", async (username, minutes) => {
    const browser = await portal.signIn(username, PASSWORD);
    const { id } = await portal.db.account.findUniqueOrThrow({ where: { username } });
    const [own] = await portal.db.$queryRaw<{ idle: number }[]>`
      SELECT (sess->>'idleMs')::int AS idle FROM sessions WHERE sess->'passport'->>'user' = ${id}`;
    expect(own?.idle).toBe(minutes * 60_000);
    await portal.db
      .$executeRaw`UPDATE sessions SET expire = now() - interval '1 minute' WHERE sess->'passport'->>'user' = ${id}`;
    expect((await browser.get("/bao-mat")).path).toMatch(/^\/dang-nhap/);
  });

  test("nobody's session outlives its whole term, however busy they are", async () => {
    await citizen("0912000213");
    const browser = await portal.signIn("0912000213", PASSWORD);
    const { id } = await portal.db.account.findUniqueOrThrow({ where: { username: "0912000213" } });
    const started = Date.now() - (24 * 60 - 10) * 60_000;
    await portal.db
      .$executeRaw`UPDATE sessions SET sess = (sess::jsonb || jsonb_build_object('startedAt', ${started}::float8, 'touchedAt', ${started}::float8))::json
      WHERE sess->'passport'->>'user' = ${id}`;
    await browser.get("/ca-nhan/tai-khoan");
    const [row] = await portal.db.$queryRaw<{ left: number }[]>`
      SELECT extract(epoch FROM expire - now())::float8 AS left FROM sessions WHERE sess->'passport'->>'user' = ${id}`;
    expect(row?.left).toBeLessThanOrEqual(600);
  });

  test("what an officer sent after the session ended waits for them alone, to be read and sent again", async () => {
    const browser = await portal.signIn("canbo.lanhdao", PASSWORD);
    await portal.db.$executeRaw`DELETE FROM sessions WHERE sess->'passport'->>'user' =
      (SELECT id::text FROM accounts WHERE username = 'canbo.lanhdao')`;
    const late = await browser.post("/mot-cua/vang-mat", { from: "2026-12-01", note: "Đi công tác" });
    expect(late.path).toBe("/dang-nhap?tiep=%2Fgui-lai");
    const shown = await late.submit("Đăng nhập", { [NAME]: "canbo.lanhdao", "Mật khẩu": PASSWORD });
    expect(shown.heading).toBe("Nội dung bạn đang gửi");
    expect(shown.text).toContain("Đi công tác");
    const sent = await shown.submit("Gửi lại");
    expect(sent.path).toMatch(/^\/mot-cua\/vang-mat/);
    expect((await browser.get("/gui-lai")).path).toBe("/mot-cua");
    // At a browser that knows nobody nothing is kept.
    expect((await portal.client().post("/mot-cua/vang-mat", { note: "x" })).path).not.toContain("gui-lai");
  });
});

describe("the second step", () => {
  const enrol = async (browser: Client) => {
    const page = await browser.get("/bao-mat/ung-dung");
    const secret = (/translate="no">([A-Z2-7 ]+)</.exec(page.html)?.[1] ?? "").replaceAll(" ", "");
    return { page, secret };
  };

  test("a citizen adds an authenticator, gets recovery codes, and from then on signs in by both", async () => {
    await citizen("0912000220");
    const browser = await portal.signIn("0912000220", PASSWORD);
    const { page, secret } = await enrol(browser);
    const wrong = await page.submit("Xác nhận", { "6 chữ số trong ứng dụng": "000000" });
    expect(wrong.errors()).toEqual([
      { text: "Mã không đúng. Hãy kiểm tra giờ của điện thoại rồi nhập mã đang hiện", field: "number" },
    ]);
    expect(wrong.html.replaceAll(" ", "")).toContain(secret);
    const first = numberOf(secret);
    const done = await wrong.submit("Xác nhận", { "6 chữ số trong ứng dụng": first });
    expect(done.heading).toBe("Mã dự phòng");
    const codes = done.html.match(/[0-9A-Z]{5}-[0-9A-Z]{5}/g) ?? [];
    expect(codes).toHaveLength(10);
    const row = await portal.db.secondFactor.findFirstOrThrow();
    expect(row.secret).not.toContain(secret);

    const next = portal.client();
    const half = await next.post("/dang-nhap", {
      username: "0912000220",
      password: PASSWORD,
      tiep: "/ca-nhan/tai-khoan",
    });
    expect(half.path).toBe("/dang-nhap/buoc-hai");
    expect((await next.get("/ca-nhan/tai-khoan")).path).toMatch(/^\/dang-nhap/);
    // The number that was used up to set it up does not serve a second time.
    const used = await half.submit("Tiếp tục", { "Mã xác thực hoặc mã dự phòng": first });
    expect([used.status, used.errors()[0]?.field]).toEqual([422, "number"]);
    const inside = await used.submit("Tiếp tục", { "Mã xác thực hoặc mã dự phòng": numberOf(secret, 1) });
    expect(inside.path).toBe("/ca-nhan/tai-khoan");

    for (const [code, status] of [
      [codes[0] ?? "", 200],
      [codes[0] ?? "", 422],
      ["AAAAA-AAAAA", 422],
    ] as const) {
      const lost = portal.client();
      await lost.post("/dang-nhap", { username: "0912000220", password: PASSWORD });
      expect((await lost.post("/dang-nhap/buoc-hai", { number: code.toLowerCase() })).status).toBe(status);
    }
    expect(await kinds("0912000220")).toEqual(
      expect.arrayContaining(["factor.added", "recovery.made", "factor.failed", "recovery.used"]),
    );
  });

  test("six digits are not tried out: after five tries the second step waits, and a password alone is not inside", async () => {
    await citizen("0912000221");
    const browser = await portal.signIn("0912000221", PASSWORD);
    const { page, secret } = await enrol(browser);
    await page.submit("Xác nhận", { "6 chữ số trong ứng dụng": numberOf(secret) });
    const thief = portal.client();
    await thief.post("/dang-nhap", { username: "0912000221", password: PASSWORD });
    const tries: number[] = [];
    for (let i = 0; i < 7; i++) tries.push((await thief.post("/dang-nhap/buoc-hai", { number: `00000${i}` })).status);
    expect(tries).toEqual([422, 422, 422, 422, 422, 429, 429]);
    expect((await thief.get("/bao-mat")).path).toMatch(/^\/dang-nhap/);
  });

  test("what opens much to whoever sits at the machine asks for a fresh proof, and keeps what was sent", async () => {
    await citizen("0912000223");
    const browser = await portal.signIn("0912000223", PASSWORD);
    const { id } = await portal.db.account.findUniqueOrThrow({ where: { username: "0912000223" } });
    const forget = () => portal.db
      .$executeRaw`UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{provenAt}', '1000')::json
      WHERE sess->'passport'->>'user' = ${id}`;
    await forget();
    expect((await browser.get("/ca-nhan/tai-khoan/lien-lac")).path).toMatch(/^\/xac-nhan-lai/);
    expect((await browser.post("/ca-nhan/du-lieu/tai", {})).path).toMatch(/^\/xac-nhan-lai/);
    expect(await portal.db.personalExport.count({ where: { accountId: id } })).toBe(0);
    const asked = await browser.post("/ca-nhan/tai-khoan/lien-lac", { email: "lan223@example.com" });
    const kept = await asked.submit("Tiếp tục", { "Mật khẩu": PASSWORD });
    expect([kept.path, kept.text.includes("lan223@example.com")]).toEqual(["/gui-lai", true]);
    expect((await kept.submit("Gửi lại")).text).toContain("Mã 8 chữ số đã được gửi đến lan223@example.com");
  });

  test("what changes how one signs in asks for a fresh proof", async () => {
    await citizen("0912000222");
    const browser = await portal.signIn("0912000222", PASSWORD);
    const { id } = await portal.db.account.findUniqueOrThrow({ where: { username: "0912000222" } });
    await portal.db.$executeRaw`UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{provenAt}', '1000')::json
      WHERE sess->'passport'->>'user' = ${id}`;
    const asked = await browser.get("/bao-mat/ung-dung");
    expect(asked.path).toBe("/xac-nhan-lai?tiep=%2Fbao-mat%2Fung-dung");
    expect((await asked.submit("Tiếp tục", { "Mật khẩu": "sai rồi" })).status).toBe(422);
    expect((await asked.submit("Tiếp tục", { "Mật khẩu": PASSWORD })).path).toBe("/bao-mat/ung-dung");
  });
});

describe("officers and administrators", () => {
  test("where a second step is required, nothing is done before it is set up; citizens are not asked", async () => {
    const strict = await startTestApp({
      database: portal,
      config: { signIn: { secondFactor: "required", passwords: "asvs", stepUpMinutes: 15 } },
    });
    await createOfficer(portal.system(), {
      username: "canbo.hai",
      displayName: "Lê Hai",
      password: PASSWORD,
      postings: [],
    });
    await citizen("0912000230");
    const officer = await strict.signIn("canbo.hai", PASSWORD);
    const page = await officer.get("/mot-cua");
    expect(page.path).toBe("/bao-mat");
    expect(page.text).toContain("phải có xác thực hai bước");
    const form = await officer.get("/bao-mat/ung-dung");
    const secret = (/translate="no">([A-Z2-7 ]+)</.exec(form.html)?.[1] ?? "").replaceAll(" ", "");
    const done = await form.submit("Xác nhận", { "6 chữ số trong ứng dụng": numberOf(secret) });
    expect((await officer.get("/mot-cua")).path).toBe("/mot-cua");
    const [code = ""] = done.html.match(/[0-9A-Z]{5}-[0-9A-Z]{5}/g) ?? [];
    const lost = strict.client();
    const half = await lost.post("/dang-nhap", { username: "canbo.hai", password: PASSWORD });
    expect((await lost.get("/mot-cua")).path).toMatch(/^\/dang-nhap/);
    expect((await half.submit("Tiếp tục", { "Mã xác thực hoặc mã dự phòng": code })).path).toBe("/mot-cua");
    const own = await lost.get("/bao-mat");
    expect(own.text).toContain("Còn 9 mã dự phòng chưa dùng.");
    await own.submit("Đăng xuất mọi thiết bị khác");
    expect((await officer.get("/mot-cua")).path).toMatch(/^\/dang-nhap/);
    expect((await (await strict.signIn("0912000230", PASSWORD)).get("/ca-nhan/tai-khoan")).status).toBe(200);
  });

  test("an officer who did not sign in for 45 days is disabled, others are not", async () => {
    const day = (n: number) => portal.system(new Date(Date.now() - n * 86_400_000));
    for (const [username, age] of [
      ["canbo.lau", 46],
      ["canbo.moi", 44],
    ] as const)
      await createOfficer(day(age), { username, displayName: "Lê Lâu", password: PASSWORD, postings: [] });
    expect(await disableIdleOfficers(portal, 45, new Date())).toBe(1);
    const states = await portal.db.account.findMany({
      where: { username: { in: ["canbo.lau", "canbo.moi"] } },
      orderBy: { username: "asc" },
    });
    expect(states.map(({ disabledAt }) => disabledAt !== null)).toEqual([true, false]);
    expect(await kinds("canbo.lau")).toEqual(["account.disabled"]);
  });
});

test("who sends files without end is held off, and told how long", async () => {
  await citizen("0912000240");
  const browser = await portal.signIn("0912000240", PASSWORD);
  const send = () => browser.post("/ca-nhan/ban-nhap/00000000-0000-7000-8000-000000000000/tai-len");
  expect((await send()).status).not.toBe(429);
  await portal.db.$executeRaw`UPDATE rate_limits SET points = 600 WHERE key LIKE 'uploads-of:%'`;
  const held = await send();
  expect([held.status, Number(held.headers.get("retry-after")) > 0]).toEqual([429, true]);
});

test("who asks for corrections without end is held off, whichever process is asked", async () => {
  await citizen("0912000241");
  const browser = await portal.signIn("0912000241", PASSWORD);
  const send = () => browser.post("/ca-nhan/du-lieu/sua", { text: "Sửa ngày sinh" });
  expect((await send()).status).toBe(200);
  const others = await startTestApp({ database: portal, config: { rateLimits: true } });
  await portal.db.$executeRaw`UPDATE rate_limits SET points = 10 WHERE key LIKE 'corrections-of:%'`;
  expect((await send()).status).toBe(429);
  const elsewhere = await others.signIn("0912000241", PASSWORD);
  expect((await elsewhere.post("/ca-nhan/du-lieu/sua", { text: "Sửa ngày sinh" })).status).toBe(429);
});

test("who searches without end is held off; who only looks through the list is not", async () => {
  const browser = portal.client();
  for (let batch = 0; batch < 12; batch++)
    await Promise.all(
      Array.from({ length: 50 }, async () => (await browser.once("GET", "/thu-tuc/goi-y?q=")).arrayBuffer()),
    );
  expect((await browser.get("/thu-tuc/goi-y?q=khai")).status).toBe(429);
  expect((await browser.get("/thu-tuc?q=khai")).status).toBe(429);
  expect((await browser.get("/thu-tuc")).status).toBe(200);
});
