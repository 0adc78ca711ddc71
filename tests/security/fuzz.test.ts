import { beforeAll, expect, test } from "vitest";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { listRoutes, startTestApp } from "../support/app.ts";
import type { Client } from "../support/client.ts";
import fc from "../support/drawn.ts";
import { provinceDatabase } from "../support/province.ts";

/** `npm run fuzz` asks ten thousand times; the suite a few hundred, the same ones every time. */
const REQUESTS = Number(process.env["FUZZ"] ?? 400);
const AT_ONCE = 8;

const portal = await startTestApp({ database: await provinceDatabase() });
const routes = listRoutes(portal.app).filter(
  // Signing out would end the walk; a stream of events never ends.
  ({ path }) => path !== "/dang-xuat" && !path.endsWith("/truc-tiep") && !path.startsWith("/bao-mat/thiet-bi"),
);
const people: Client[] = [];

beforeAll(async () => {
  const names = [demoCitizens.lan.phone, demoOfficers.dongKinhDesk.username, demoOfficers.dongKinhLeader.username];
  people.push(portal.client());
  for (const name of [...names, "quantri", demoOfficers.auditor.username])
    people.push(await portal.signIn(name, DEMO_PASSWORD));
}, 60_000);

/** A word that nobody else writes: where it stands unescaped, somebody's markup would run. */
const MARK = `<img src=x onerror="mc7f3">`;
const NASTY = [
  MARK,
  `"><script>mc7f3</script>`,
  `'; DROP TABLE accounts; --`,
  `' OR '1'='1`,
  "1) UNION SELECT null,version()--",
  "<%= process.env %>",
  "{{7*7}}#{7*7}",
  "../../../../etc/passwd",
  "\u202egnp.exe\u202c",
  "\u0000",
  "\ud800",
  "😀".repeat(300),
  "9".repeat(400),
  "-1",
  "1e309",
  "NaN",
  "[object Object]",
  "__proto__",
  "2026-02-30",
  "00000000-0000-7000-8000-000000000000",
  "",
];
const BROKEN = ["%ff%fe", "%c3%28", "%E0%A4%A", "%00", "%0d%0aSet-Cookie:%20a=b", "..%2f..%2f", "%2e%2e/"];
const NAMES = [
  "q",
  "trang",
  "tiep",
  "ma",
  "nguoi",
  "loai",
  "truoc",
  "version",
  "run",
  "id",
  "note",
  "reason",
  "username",
  "password",
  "fullName",
  "birthDate.day",
  "__proto__",
  "agency",
  "answer",
  "number",
  "code",
];

const word = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 30 }),
);
const pair = fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 20 })), word);
const asked = fc.record({
  who: fc.nat({ max: 5 }),
  route: fc.nat({ max: routes.length - 1 }),
  parameter: fc.oneof(
    fc.constantFrom(...BROKEN),
    word.map((text) => encodeURIComponent(text.toWellFormed()) || "x"),
  ),
  query: fc.array(pair, { maxLength: 4 }),
  rawQuery: fc.option(fc.constantFrom(...BROKEN), { freq: 5 }),
  body: fc.array(pair, { maxLength: 8 }),
  type: fc.constantFrom(
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded",
    "application/json",
    "text/xml",
    "multipart/form-data; boundary=x",
    "",
  ),
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

const formOf = (pairs: readonly [string, string][]): URLSearchParams =>
  new URLSearchParams(pairs.map(([name, value]): [string, string] => [name.toWellFormed(), value.toWellFormed()]));

async function ask({ who, route, parameter, query, rawQuery, body, type }: Asked): Promise<unknown> {
  const { method, path } = routes[route] ?? { method: "GET", path: "/" };
  const search = [formOf(query).toString(), rawQuery ?? ""].filter(Boolean).join("&");
  const address = path.replace(/:\w+/g, parameter) + (search ? `?${search}` : "");
  const client = people[who];
  if (!client) return null;
  const headers: Record<string, string> = {
    "sec-fetch-site": "same-origin",
    cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    ...(type && method !== "GET" ? { "content-type": type } : {}),
  };
  const hasBody = !["GET", "HEAD", "DELETE"].includes(method);
  const answer = await fetch(new URL(address, portal.base), {
    method,
    headers,
    redirect: "manual",
    ...(hasBody ? { body: type === "application/json" ? JSON.stringify(body) : formOf(body).toString() } : {}),
  });
  const text = await answer.text();
  const location = answer.headers.get("location") ?? "";
  const leadsAway = location !== "" && new URL(location, portal.base).origin !== portal.base;
  const isReflected =
    /html/.test(answer.headers.get("content-type") ?? "") && /<img src=x onerror|<script>mc7f3/.test(text);
  return answer.status >= 500 || isReflected || leadsAway || answer.headers.get("set-cookie")?.startsWith("a=b")
    ? [
        method,
        address.slice(0, 200),
        who,
        answer.status,
        type,
        isReflected,
        location,
        JSON.stringify(body).slice(0, 300),
      ]
    : null;
}

test(`${REQUESTS} requests that nobody means well: no bug, nothing reflected, nobody led away`, {
  timeout: 60_000 + REQUESTS * 100,
}, async () => {
  const bad: unknown[] = [];
  const all = fc.sample(asked, { numRuns: REQUESTS, seed: Number(process.env["SEED"] ?? 20_261_122) });
  for (let i = 0; i < all.length; i += AT_ONCE)
    bad.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(ask))).filter((one) => one !== null));
  expect(bad).toEqual([]);
  expect(portal.logged.filter(({ msg }) => msg === "bug")).toEqual([]);
});
