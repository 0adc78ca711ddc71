import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { withClient } from "../../src/dev/database.mjs";
import { startTestApp } from "../support/app.ts";
import { withoutIds } from "../support/logs.ts";

const portal = await startTestApp();
const secure = await startTestApp({ publicUrl: "https://dichvucong.example.vn", database: portal });
const credentials = { username: "0912000001", password: "con trâu đi trước" };
const account = {
  fullName: "Nguyễn Thị Lan",
  phone: credentials.username,
  password: credentials.password,
  passwordAgain: credentials.password,
};
await portal.client().post("/dang-ky", account);

describe("what every answer says", () => {
  test("nothing inline, nothing foreign, no frame; https is promised only where the public reaches us by it", async () => {
    const { headers } = await portal.client().get("/dang-nhap");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'self';script-src 'self';style-src 'self';img-src 'self' data:;worker-src 'self';manifest-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none';object-src 'none'",
    );
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
    expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    const overTls = (await secure.client().get("/dang-nhap")).headers;
    expect(overTls.get("strict-transport-security")).toMatch(/^max-age=31536000/);
    expect(overTls.get("content-security-policy")).toContain("upgrade-insecure-requests");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(overTls.get("cross-origin-opener-policy")).toBe("same-origin");
  });

  test("whoever finds a weakness reads where to tell of it", async () => {
    const answer = await portal.client().get("/.well-known/security.txt");
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(answer.body.toString()).toMatch(/^Contact: http.+\/lien-he\nExpires: \d{4}-\d\d-\d\dT00:00:00Z\n/);
  });

  test("the session's cookie is unreadable for scripts, not sent along by other sites, and secure over https", async () => {
    const cookieOf = async (app: typeof portal) => {
      const answer = await app.client().once("POST", "/dang-nhap", new URLSearchParams(credentials));
      expect(answer.status).toBe(303);
      return answer.headers.getSetCookie();
    };
    const plain = await cookieOf(portal);
    expect(plain.toSorted()).toEqual([
      expect.stringMatching(/^device=.+; Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^sid=s%3A.+; Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/),
    ]);
    const overTls = await cookieOf(secure);
    expect(overTls.toSorted()).toEqual([
      expect.stringMatching(/^__Host-device=.+; Path=\/; Expires=.+; HttpOnly; Secure; SameSite=Lax$/),
      expect.stringMatching(/^__Host-sid=.+; Path=\/; Expires=.+; HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  test("what somebody saw while signed in is not kept by the browser", async () => {
    const browser = await portal.signIn(credentials.username, credentials.password);
    expect((await browser.get("/ca-nhan/tai-khoan")).headers.get("cache-control")).toBe("no-store");
    expect((await portal.client().get("/dang-nhap")).headers.get("cache-control")).toBe("private, no-cache");
  });
});

test("pages are compressed for browsers that can read it, and whole for the others", async () => {
  const ask = (accepted: string) => fetch(`${portal.base}/dang-nhap`, { headers: { "accept-encoding": accepted } });
  const [small, whole] = await Promise.all([ask("gzip, br"), ask("identity")]);
  expect([small.headers.get("content-encoding"), whole.headers.get("content-encoding")]).toEqual(["gzip", null]);
  expect(Number(small.headers.get("content-length"))).toBeLessThan(Number(whole.headers.get("content-length")) / 2);
  expect(await small.text()).toBe(await whole.text());
  expect(small.headers.get("vary")).toContain("Accept-Encoding");
});

describe("changes asked for by other sites", () => {
  const post = async (headers: Record<string, string>, app = portal): Promise<number> => {
    const answer = await fetch(`${app.base}/dang-nhap`, {
      method: "POST",
      body: new URLSearchParams({ username: "0912999998", password: "không biết" }),
      headers,
      redirect: "manual",
    });
    return answer.status;
  };
  test.each([
    ["another site", { "sec-fetch-site": "cross-site" }, 403],
    ["a neighbour under the same domain", { "sec-fetch-site": "same-site" }, 403],
    ["a foreign origin from an older browser", { origin: "https://evil.example" }, 403],
    ["an origin that hides", { origin: "null" }, 403],
    ["the portal's own page", { "sec-fetch-site": "same-origin" }, 422],
    ["an older browser on our own page", { origin: portal.base }, 422],
    ["an old phone that sends neither header", {}, 422],
  ])("%s: %o", async (_who, headers, status) => {
    expect(await post(headers as Record<string, string>)).toBe(status);
  });

  test("behind a proxy the public address is our own, too", async () => {
    expect(await post({ origin: "https://dichvucong.example.vn" }, secure)).toBe(422);
    expect(await post({ origin: "https://dichvucong.example.vn" }, portal)).toBe(403);
  });

  test("reading is allowed from everywhere", async () => {
    const answer = await fetch(`${portal.base}/dang-nhap`, { headers: { "sec-fetch-site": "cross-site" } });
    expect(answer.status).toBe(200);
  });
});

describe("requests that nobody's browser sends", () => {
  const raw = (head: string, body = ""): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(portal.base);
      const socket = connect(Number(port), hostname, () =>
        socket.write(`${head}\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n${body}`),
      );
      let answer = "";
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
      socket.on("error", reject);
    });

  test.each([
    ["GET /%E0%A4%A HTTP/1.1", 404],
    ["GET /kich-hoat/%E0%A4%A HTTP/1.1", 400],
    ["GET /kich-hoat/a%00b HTTP/1.1", 400],
    ["GET /dang-nhap?tiep=%00 HTTP/1.1", 400],
    ["GET /dang-nhap?tiep=/a&tiep=/b HTTP/1.1", 200],
    ["GET /dang-nhap?tiep[a]=1&__proto__[x]=1 HTTP/1.1", 200],
    ["GET /dang-nhap?tiep=%ff%fe HTTP/1.1", 200],
    ["GET //evil.example/..%2f HTTP/1.1", 404],
    ["GET /assets/..%2f..%2fpackage.json HTTP/1.1", 404],
    ["GET /assets/../../package.json HTTP/1.1", 404],
    ["DELETE /dang-nhap HTTP/1.1", 404],
    ["PROPFIND / HTTP/1.1", 404],
    [`GET /${"a".repeat(9000)} HTTP/1.1`, 404],
    [`GET / HTTP/1.1\r\nCookie: ${"a".repeat(20_000)}`, 431],
    ["GET /dang-nhap HTTP/1.1\r\nCookie: sid=s%3Abroken.signature; sid=%E0%A4%A; lang=xx; =;;", 200],
    ["GET /dang-nhap HTTP/1.1\r\nCookie: sid=s%3A%00.x; lang=en%00", 200],
    ["POST /dang-nhap HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2", 422, "{}"],
    [
      "POST /dang-nhap HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded; charset=koi8-r\r\nContent-Length: 3",
      400,
      "a=b",
    ],
    [
      "POST /dang-nhap HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Encoding: gzip\r\nContent-Length: 3",
      400,
      "a=b",
    ],
  ])("%# is answered with its own status, never with 500", async (head, status, body = "") => {
    expect(await raw(head, body)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test("a form that holds NUL is refused, in names and values alike", async () => {
    expect((await portal.client().post("/dang-nhap", { username: "a\0b", password: "x" })).status).toBe(400);
    expect((await portal.client().post("/dang-nhap", { "a\0": "b" })).status).toBe(400);
  });

  test("ten megabytes of text are refused with a page that says what to do", async () => {
    const page = await portal.client().post("/dang-nhap", { username: "a".repeat(10 * 1024 * 1024), password: "x" });
    expect(page.status).toBe(413);
    expect(page.text).toContain("Nội dung gửi lên quá lớn. Hãy rút ngắn nội dung rồi gửi lại.");
  });

  test("what is tried against input, origin and size stands in the log by its reason, a slip of typing does not", async () => {
    const refused = () =>
      portal.logged.filter(({ msg }) => msg === "refused").map(({ status, reason }) => [status, reason]);
    const before = refused().length;
    const browser = portal.client();
    await browser.post("/dang-nhap", { username: "0912999998", password: "không biết" });
    await browser.get("/khong-co-trang-nay");
    await browser.post("/dang-nhap", { username: "a\0b", password: "x" });
    await browser.post("/dang-nhap", { username: "a".repeat(2 * 1024 * 1024), password: "x" });
    await fetch(`${portal.base}/dang-nhap`, { method: "POST", headers: { origin: "https://evil.example" } });
    expect(refused().slice(before)).toEqual([
      [400, "platform.refused.badRequest"],
      [413, "platform.refused.bodyTooLarge"],
      [403, "platform.refused.foreignOrigin"],
    ]);
    const line = portal.logged.filter(({ msg }) => msg === "refused").at(-1);
    expect(Object.keys(line ?? {}).sort()).toEqual(["level", "msg", "reason", "requestId", "status", "time"]);
  });

  test("a hundred thousand fields are refused, repeated fields are as if empty", async () => {
    expect(
      (
        await portal
          .client()
          .post("/dang-nhap", Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`f${i}`, ""])))
      ).status,
    ).toBe(413);
    expect((await portal.client().post("/dang-nhap", { username: ["a", "b"], password: "x" })).status).toBe(422);
  });

  test("an unknown address gets a humane page", async () => {
    const page = await portal.client().get("/khong-co-trang-nay");
    expect(page.status).toBe(404);
    expect(page.heading).toBe("Không tìm thấy");
    expect(page.has("link", "Về trang chủ")).toBe(true);
  });

  test("no folder is listed, and what developers look at is not there in production", async () => {
    for (const folder of ["/icons/", "/fonts/", "/images/"])
      expect((await portal.client().get(folder)).status).toBe(404);
    expect((await portal.client().get("/dev")).status).toBe(200);
    const inProduction = await startTestApp({ database: portal, config: { env: "production" } });
    expect((await inProduction.client().get("/dev")).status).toBe(404);
  });
});

describe("what is written down", () => {
  test("a request leaves its route and status, not its address, words or names", async () => {
    portal.logged.length = 0;
    const browser = await portal.signIn(credentials.username, credentials.password);
    await browser.get("/ca-nhan/tai-khoan?ma=H37.05977-261120-0001&q=Nguyễn");
    await portal.client().get("/kich-hoat/mot-ma-bi-mat");
    const lines = portal.logged.filter((line) => "route" in line);
    expect(lines.map(({ method, route, status, actor }) => [method, route, status, actor])).toEqual([
      ["POST", "/dang-nhap", 303, "visitor"],
      ["GET", "/ca-nhan/", 303, "citizen"],
      ["GET", "/ca-nhan/ho-so", 200, "citizen"],
      ["GET", "/ca-nhan/tai-khoan", 200, "citizen"],
      ["GET", "/kich-hoat/:token", 410, "visitor"],
    ]);
    expect(withoutIds(JSON.stringify(portal.logged))).not.toMatch(/0912000001|Nguy|bi-mat|261120|127\.0\.0\.1/);
  });

  test("a bug shows its number, and only the log knows more", async () => {
    portal.logged.length = 0;
    await withClient(portal.ownerUrl, (client) => client.query("ALTER TABLE accounts RENAME TO accounts_away"));
    const page = await portal.client().post("/dang-nhap", credentials);
    await withClient(portal.ownerUrl, (client) => client.query("ALTER TABLE accounts_away RENAME TO accounts"));
    expect(page.status).toBe(500);
    expect(page.heading).toBe("Cổng đang gặp trục trặc");
    const requestId = page.headers.get("x-request-id");
    expect(page.text).toContain(String(requestId));
    expect(page.html).not.toMatch(/accounts|prisma|node_modules|\.ts/i);
    const [bug] = portal.logged.filter(({ msg }) => msg === "bug");
    expect(bug?.["requestId"]).toBe(requestId);
    expect(JSON.stringify(bug)).not.toContain(credentials.username);
  });
});

test("the process says that it lives, and whether it can work", async () => {
  const browser = portal.client();
  expect(JSON.parse((await browser.get("/healthz")).html)).toEqual({ status: "ok" });
  const ready = await browser.get("/readyz");
  expect([ready.status, JSON.parse(ready.html)]).toEqual([200, { status: "ok" }]);
});

test("an address that is no path is refused like any other that cannot be read", async () => {
  const { hostname, port } = new URL(portal.base);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
    socket.write("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});
