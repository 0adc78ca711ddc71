import { describe, expect, test } from "vitest";
import {
  candidatesFor,
  conditionFaults,
  duplicateField,
  emptySketch,
  newFieldId,
  newPageId,
  problemsOf,
  type Sketch,
} from "#authoring/rules.ts";
import { type Condition, type Field, holds } from "#procedures/index.ts";
import { conditionValues, pressedInCondition, readCondition } from "../../../src/authoring/inputs/conditions.ts";

const options = {
  options: [
    { value: "a", label: { vi: "A" } },
    { value: "b", label: { vi: "B" } },
  ],
};
const field = (id: string, type: string, more: Partial<Field> = {}): Field => ({
  id,
  type,
  label: { vi: id },
  required: true,
  settings: {},
  ...more,
});
const asked = [
  field("word", "text"),
  field("count", "integer"),
  field("day", "date"),
  field("sure", "yes_no"),
  field("kind", "radio", { settings: options }),
  field("some", "checkboxes", { settings: options }),
  field("place", "address"),
  field("title", "heading"),
];
const sketch = (last: Partial<Field> = {}, fields: Field[] = asked): Sketch => ({
  ...emptySketch("1.940300", "Thử"),
  form: { pages: [{ id: "p", title: { vi: "T" }, fields: [...fields, field("last", "text", last)] }] },
});
const kinds = (form: Sketch) => conditionFaults(form).map(({ fault }) => fault.kind);

const fits: Condition[] = [
  { op: "answered", field: "place" },
  { op: "equals", field: "word", value: "x" },
  { op: "greater", field: "count", value: 3 },
  { op: "less", field: "day", value: "2026" },
  { op: "equals", field: "sure", value: false },
  { op: "oneOf", field: "kind", values: ["a", "b"] },
  { op: "includes", field: "some", value: "b" },
  {
    op: "not",
    of: {
      op: "any",
      of: [
        { op: "answered", field: "word" },
        { op: "not", of: { op: "answered", field: "day" } },
      ],
    },
  },
];
const unfit: [Condition, string][] = [
  [{ op: "answered", field: "ghost" }, "unknown"],
  [{ op: "answered", field: "title" }, "silent"],
  [{ op: "answered", field: "last" }, "cyclic"],
  [{ op: "greater", field: "word", value: "x" }, "operator"],
  [{ op: "equals", field: "place", value: "x" }, "operator"],
  [{ op: "includes", field: "kind", value: "a" }, "operator"],
  [{ op: "equals", field: "kind", value: "c" }, "option"],
  [{ op: "oneOf", field: "kind", values: ["a", "c"] }, "option"],
  [{ op: "includes", field: "some", value: "A" }, "option"],
  [{ op: "equals", field: "count", value: "ba" }, "value"],
  [{ op: "less", field: "day", value: "hôm nay" }, "value"],
  [{ op: "equals", field: "sure", value: "maybe" }, "value"],
];

describe("a comparison fits the answers of the question that it asks", () => {
  test.each(fits)("%j", (showWhen) => expect(kinds(sketch({ showWhen }))).toEqual([]));
  test.each(unfit)("%j: %s", (showWhen, kind) => {
    expect(kinds(sketch({ showWhen }))).toEqual([kind]);
    const nested: Condition = {
      op: "any",
      of: [
        { op: "answered", field: "word" },
        { op: "not", of: showWhen },
      ],
    };
    expect(conditionFaults(sketch({ showWhen: nested }))).toMatchObject([
      { path: ["form", "pages", 0, "fields", asked.length, "showWhen", "of", 1, "of"], fault: { kind } },
    ]);
  });
  test("and keeps a definition from being published where it does not, once, at its place", () => {
    const found = problemsOf(sketch({ showWhen: { op: "answered", field: "ghost" } })).filter(({ path }) =>
      path.includes("showWhen"),
    );
    expect(found).toMatchObject([
      { section: "form", message: expect.stringContaining("“ghost” không có trong tờ khai") },
    ]);
  });
});

describe("a question is asked by those that stand before it", () => {
  const when = (id: string): Partial<Field> => ({ showWhen: { op: "answered", field: id } });
  test("not by one that comes later", () => {
    expect(kinds(sketch({}, [field("first", "text", when("second")), field("second", "text")]))).toEqual(["later"]);
  });
  test("not in a circle, however long", () => {
    const fields = [field("a", "text", when("c")), field("b", "text", when("a")), field("c", "text", when("b"))];
    expect(kinds(sketch({}, fields))).toEqual(["cyclic", "cyclic", "cyclic"]);
  });
  test("not by what is computed of it", () => {
    const total = field("total", "computed", { settings: { operation: "sum", of: ["n"] } });
    expect(kinds(sketch({}, [total, field("n", "integer", when("total"))]))).toEqual(["cyclic"]);
  });
  test("nor a page by its own questions; a paper and a fee ask any", () => {
    const own = sketch();
    const [page] = own.form.pages;
    if (!page) throw new Error("no page");
    expect(kinds({ ...own, form: { pages: [{ ...page, showWhen: { op: "answered", field: "word" } }] } })).toEqual([
      "cyclic",
    ]);
    expect(candidatesFor(own, null).every(({ standing }) => standing === "before" || standing === "silent")).toBe(true);
  });
  test("in a row, by the questions of the row", () => {
    const rows = field("rows", "group", {
      settings: {
        fields: [field("one", "text"), field("two", "text", when("one")), field("three", "text", when("word"))],
      },
    });
    expect(kinds(sketch({}, [...asked, rows]))).toEqual(["unknown"]);
  });
});

describe("a condition in the controls of a form", () => {
  const candidates = candidatesFor(sketch(), { field: "last" });
  test.each(fits)("%j is read again as it was", (condition) => {
    expect(readCondition(conditionValues(condition, "when"), "when", candidates)).toEqual({ condition, errors: {} });
  });
  test.each(unfit.filter(([condition]) => "field" in condition))(
    "%j says so at one of its controls: %s",
    (condition, kind) => {
      const { errors } = readCondition(conditionValues(condition, "when"), "when", candidates);
      expect(Object.entries(errors)).toMatchObject([
        [expect.stringMatching(/^when\.r1\./), { key: `authoring.conditions.faults.${kind}` }],
      ]);
    },
  );
  test("in forms that no editor writes it means the same", () => {
    const strange: Condition = {
      op: "not",
      of: { op: "not", of: { op: "all", of: [{ op: "not", of: { op: "equals", field: "word", value: "x" } }] } },
    };
    const { condition } = readCondition(conditionValues(strange, "when"), "when", candidates);
    for (const word of ["x", "y", undefined]) expect(holds(condition, { word })).toBe(holds(strange, { word }));
  });
  test("rows are added, grouped and taken out; what was typed stays", () => {
    const one = pressedInCondition({ "add:when": "1", kept: "x" }, "when");
    expect(one).toMatchObject({ "when.mode": "all", "when.rows": "r1", kept: "x" });
    const two = pressedInCondition({ ...one, "group:when": "1" }, "when");
    expect(two).toMatchObject({ "when.rows": "r1 r2", "when.r2.mode": "any", "when.r2.rows": "r1" });
    expect(pressedInCondition({ ...two, "remove:when.r1": "1" }, "when")).toMatchObject({ "when.rows": "r2" });
    expect(pressedInCondition({ ...two, "add:whenever": "1" }, "when")).toBeNull();
  });
  test("a date is typed as people write it", () => {
    const typed = {
      "when.mode": "all",
      "when.rows": "r1",
      "when.r1.field": "day",
      "when.r1.op": "less",
      "when.r1.value": "5/3/2026",
    };
    expect(readCondition(typed, "when", candidates).condition).toEqual({
      op: "less",
      field: "day",
      value: "2026-03-05",
    });
  });
});

describe("a field gets its id from its label", () => {
  test.each([
    ["Họ và tên", "hoVaTen"],
    ["Đã kết hôn?", "daKetHon"],
    ["2 nhân chứng", "muc2NhanChung"],
    ["word", "word2"],
    ["Constructor", "constructor2"],
    ["?!", "muc"],
  ])("%s: %s", (label, id) => expect(newFieldId(sketch(), label)).toBe(id));
  test("and a page its address", () => {
    expect(newPageId(sketch(), "Thông tin trẻ")).toBe("thong-tin-tre");
    expect(newPageId(sketch(), "P")).toBe("p2");
  });
  test("a copy has ids of its own, in its rows, too, and its rows ask one another", () => {
    const inner = [field("one", "text"), field("two", "text", { showWhen: { op: "answered", field: "one" } })];
    const copied = duplicateField(sketch({}, [field("rows", "group", { settings: { fields: inner } })]), "rows");
    expect(conditionFaults(copied)).toEqual([]);
    expect(copied.form.pages[0]?.fields[1]).toMatchObject({
      id: "rows2",
      settings: { fields: [{ id: "one2" }, { id: "two2", showWhen: { field: "one2" } }] },
    });
  });
});
