import { expect, test } from "vitest";
import { personalIn } from "../support/logs.ts";

const line = (more: object) => JSON.stringify({ level: 30, time: "2026-11-22T18:00:00.000Z", ...more });

test.each([
  ["a personal id", line({ q: "020190000001" }), "a personal id"],
  ["a phone number", line({ err: { message: "0912000001 is taken" } }), "a phone number"],
  ["a phone number as it is called from abroad", line({ to: "+84912000001" }), "a phone number"],
  ["a mail address, also outside of a log's own lines", "sent to lan@example.com", "a mail address"],
  ["a name", line({ err: { message: "Lan Nguyễn" } }), "somebody's words"],
])("of a run's logs is somebody's: %s", (_what, text, found) => {
  expect(personalIn(text)).toEqual([expect.stringContaining(`${found}: `)]);
});

test.each([
  ["ids, whatever digits they consist of", line({ requestId: "01a20120-0912-7000-8000-091200000100" })],
  ["routes, times and codes", line({ route: "/mot-cua/ho-so/:id", ms: 912000001, code: "P2002" })],
  ["what the portal says at its start", "• Cổng chạy tại / runs at http://localhost:4105"],
])("nobody's are %s", (_what, text) => {
  expect(personalIn(text)).toEqual([]);
});
