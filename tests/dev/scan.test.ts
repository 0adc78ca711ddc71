import { expect, test } from "vitest";
import { readSqlmap, readWapiti } from "../../src/dev/scan/reports.mjs";

const entry = (level: number, parameter: string | null = null) => ({
  ...{ method: "GET", path: "/tra-cuu", info: "told", level, parameter },
});

test.each([
  ["of medium severity", { "SQL Injection": [entry(2, "ma")] }, {}, ["SQL Injection: told"], 0],
  ["of high severity", { "Cross Site Scripting": [entry(3)] }, {}, ["Cross Site Scripting: told"], 0],
  [
    "a page that broke, however little is made of it",
    {},
    { "Internal Server Error": [entry(1)] },
    ["Internal Server Error: told"],
    0,
  ],
  ["of low severity", { "Secure Flag cookie": [entry(1)] }, { "Resource consumption": [] }, [], 1],
])("of wapiti's report counts what is %s", (_what, vulnerabilities, anomalies, found, low) => {
  const read = readWapiti(JSON.stringify({ vulnerabilities, anomalies }), "citizen");
  expect([read.findings.map(({ what }) => what), read.low]).toEqual([found, low]);
});

test("of sqlmap's table every parameter that reached the database is a finding, and none that stood", () => {
  const csv = [
    "Target URL,Place,Parameter,Technique(s),Note(s)",
    "http://127.0.0.1:1/thu-tuc?q=a,b&trang=1,GET,q,BE,",
    "http://127.0.0.1:1/dang-nhap,POST,username,U,",
    "http://127.0.0.1:1/tra-cuu?ma=1,,,,",
    "",
  ].join("\n");
  expect(readSqlmap(csv, "visitor").map(({ what, where }) => [what, where])).toEqual([
    ["SQL injection (BE)", "http://127.0.0.1:1/thu-tuc?q=a,b&trang=1 (GET q)"],
    ["SQL injection (U)", "http://127.0.0.1:1/dang-nhap (POST username)"],
  ]);
});
