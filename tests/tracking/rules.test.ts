import { describe, expect, test } from "vitest";
import { randomCode, showCode } from "#platform/codes.ts";
import { readTyped } from "../../src/tracking/rules.ts";

describe("what somebody types into the look-up", () => {
  const reference = randomCode(60);
  test.each([
    ["nothing", undefined, { kind: "nothing" }],
    ["spaces", "   ", { kind: "nothing" }],
    ["a list, forged", ["a", "b"], { kind: "nothing" }],
    ["a code", "H40.12-261123-0001", { kind: "code", code: "H40.12-261123-0001" }],
    [
      "a code in small letters with stray spaces",
      " h40.12-261123 -0001 ",
      { kind: "code", code: "H40.12-261123-0001" },
    ],
    ["a code with the dashes of a word processor", "H40.12–261123—0001", { kind: "code", code: "H40.12-261123-0001" }],
    ["a code of the old pattern", "000.00.12.H40-220101-0001", { kind: "code", code: "000.00.12.H40-220101-0001" }],
    ["a reference as it is shown", showCode(reference), { kind: "reference", reference }],
    ["a reference in small letters, unbroken", reference.toLowerCase(), { kind: "reference", reference }],
    ["a name", "Nguyễn Thị Lan", { kind: "neither", text: "Nguyễn Thị Lan" }],
    ["far too much", "A".repeat(10_000), { kind: "neither", text: "A".repeat(60) }],
  ])("%s", (_what, typed, read) => {
    expect(readTyped(typed)).toEqual(read);
  });

  test("a reference with one wrong character is told apart without asking the database", () => {
    const wrong = (reference[0] === "2" ? "3" : "2") + reference.slice(1);
    expect(readTyped(wrong)).toEqual({ kind: "neither", text: wrong });
  });
});
