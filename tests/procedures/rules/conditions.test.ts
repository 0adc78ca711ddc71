import { describe, expect, test } from "vitest";
import { Condition, fieldsOf, holds } from "#procedures/conditions.ts";

const a = (condition: object) => Condition.parse(condition);
const answered = {
  kind: "other",
  age: 20,
  born: "1990-05-01",
  ticked: ["a", "b"],
  married: false,
  none: [],
  empty: "",
};

describe("a condition over answers", () => {
  test.each<[object, boolean]>([
    [{ op: "equals", field: "kind", value: "other" }, true],
    [{ op: "equals", field: "married", value: false }, true],
    [{ op: "equals", field: "married", value: "false" }, false],
    [{ op: "equals", field: "missing", value: "other" }, false],
    [{ op: "oneOf", field: "kind", values: ["one", "other"] }, true],
    [{ op: "oneOf", field: "missing", values: ["one"] }, false],
    [{ op: "includes", field: "ticked", value: "b" }, true],
    [{ op: "includes", field: "kind", value: "other" }, false],
    [{ op: "greater", field: "age", value: 18 }, true],
    [{ op: "less", field: "age", value: 20 }, false],
    [{ op: "greater", field: "age", value: "18" }, false],
    [{ op: "less", field: "born", value: "2000-01-01" }, true],
    [{ op: "greater", field: "missing", value: 0 }, false],
    [{ op: "answered", field: "married" }, true],
    [{ op: "answered", field: "none" }, false],
    [{ op: "answered", field: "empty" }, false],
    [{ op: "not", of: { op: "answered", field: "missing" } }, true],
    [
      {
        op: "all",
        of: [
          { op: "answered", field: "kind" },
          { op: "answered", field: "missing" },
        ],
      },
      false,
    ],
    [
      {
        op: "any",
        of: [
          { op: "answered", field: "kind" },
          { op: "answered", field: "missing" },
        ],
      },
      true,
    ],
  ])("%j: %s", (condition, result) => expect(holds(a(condition), answered)).toBe(result));

  test("no condition always holds", () => expect(holds(undefined, {})).toBe(true));

  test.each([
    [{ op: "code", run: "process.exit()" }],
    [{ op: "all", of: [] }],
    [{ op: "equals", field: "x", value: { deep: 1 } }],
    [{ op: "equals", field: "x", value: 1, also: true }],
  ])("%j is refused", (condition) => expect(Condition.safeParse(condition).success).toBe(false));

  test("names every field it asks, however deep", () => {
    const deep = a({
      op: "all",
      of: [
        { op: "not", of: { op: "answered", field: "one" } },
        { op: "any", of: [{ op: "equals", field: "two", value: 1 }] },
      ],
    });
    expect(fieldsOf(deep)).toEqual(["one", "two"]);
  });
});
