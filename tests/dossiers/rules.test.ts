import { expect, test } from "vitest";
import {
  completionBand,
  DOSSIER_CODE,
  dossierCode,
  EVENT_TYPES,
  isFinished,
  isReceived,
  mayLeave,
  moves,
  nationalStatus,
  STATUSES,
} from "#dossiers/rules.ts";

test("each status has the national code of domain.md 3.4", () => {
  expect(nationalStatus).toEqual({
    submitted: 1,
    intake_supplement: 1,
    declined: 3,
    received: 2,
    processing: 4,
    awaiting_supplement: 5,
    awaiting_obligation: 6,
    withdrawn: 7,
    stopped: 8,
    refused: 8,
    completed: 9,
    delivered: 10,
    voided: 3,
  });
  expect(Object.keys(nationalStatus).sort()).toEqual([...STATUSES].sort());
});

test("received are the national codes 2, 4 to 10; finished the codes 3, 7 to 10", () => {
  for (const status of STATUSES) {
    expect(isReceived(status), status).toBe([2, 4, 5, 6, 7, 8, 9, 10].includes(nationalStatus[status]));
    expect(isFinished(status), status).toBe([3, 7, 8, 9, 10].includes(nationalStatus[status]));
  }
});

test("every move names an event that the history knows", () => {
  for (const { event } of Object.values(moves)) expect(EVENT_TYPES).toContain(event);
});

test.each([
  ["accept", "submitted", true],
  ["accept", "processing", false],
  ["accept", "declined", false],
  ["decline", "submitted", true],
  ["decline", "received", false],
  ["advance", "processing", true],
  ["advance", "submitted", false],
  ["advance", "completed", false],
  ["complete", "processing", true],
  ["complete", "delivered", false],
  ["deliver", "completed", true],
  ["deliver", "processing", false],
  ["deliver", "delivered", false],
  ["deliver", "refused", false],
] as const)("%s from %s: %s", (move, status, lawful) => {
  expect(mayLeave(move, status)).toBe(lawful);
});

test("nothing happens to a closed dossier but the handing over of a finished result, the way of its papers, and what a leader has the authority for", () => {
  const after: Partial<Record<keyof typeof moves, readonly string[]>> = {
    deliver: ["completed"],
    reroute: ["completed"],
    remindToCollect: ["completed"],
    handOver: ["completed"],
    receivePapers: ["completed", "delivered"],
    digitise: ["completed", "delivered"],
    certifyCopies: ["completed", "delivered"],
  };
  for (const status of STATUSES.filter(isFinished))
    for (const name of Object.keys(moves) as (keyof typeof moves)[])
      if (moves[name].by !== "leader")
        expect(mayLeave(name, status), `${name} from ${status}`).toBe(after[name]?.includes(status) ?? false);
});

test.each([
  ["H37.20", "2026-11-23T02:00:00Z", 7, "H37.20-261123-0007"],
  // 17:30 UTC is already the next day in Viet Nam.
  ["H37", "2026-12-31T17:30:00Z", 1, "H37-270101-0001"],
  ["H56", "2023-10-27T01:00:00Z", 9999, "H56-231027-9999"],
  ["H56", "2023-10-27T01:00:00Z", 10000, "H56-231027-10000"],
])("the code of %s accepted at %s as number %i is %s", (agency, at, serial, code) => {
  expect(dossierCode(agency, new Date(at), serial)).toBe(code);
  expect(code).toMatch(DOSSIER_CODE);
});

test.each(["000.00.00.H56-231027-0361", "H56.12-250224-0007", "G09.20-20260609-0092637"])(
  "the old code %s is still a code",
  (code) => {
    expect(code).toMatch(DOSSIER_CODE);
  },
);

test("the degree of completion has five bands and never goes back as the work goes on", () => {
  const life = [
    completionBand("received", 0),
    completionBand("processing", 0.2),
    completionBand("processing", 0.6),
    completionBand("completed", 1),
    completionBand("delivered", 1),
  ];
  expect(life).toEqual([1, 2, 3, 4, 5]);
  // What is refused or withdrawn looks no different from what is granted.
  for (const status of ["refused", "stopped", "withdrawn", "declined"] as const)
    expect(completionBand(status, 0.5)).toBe(4);
});
