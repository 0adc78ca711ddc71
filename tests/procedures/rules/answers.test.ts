import { describe, expect, test } from "vitest";
import {
  applicableRequirements,
  carryOver,
  controlsOf,
  countedAnswers,
  displayAnswers,
  feeQuantities,
  feesFor,
  missingOf,
  pressedInPage,
  readPage,
  timeLimitFor,
  visiblePages,
} from "#procedures/answers.ts";
import { Fee, FormPage, Requirement, TimeLimit } from "#procedures/definition.ts";
import { context } from "./context.ts";

const is = (field: string, value: unknown) => ({ op: "equals", field, value });
const pages = [
  {
    id: "mot",
    title: { vi: "Một" },
    fields: [
      {
        id: "kind",
        type: "radio",
        label: { vi: "Loại" },
        settings: {
          options: [
            { value: "a", label: { vi: "A" } },
            { value: "b", label: { vi: "B" } },
          ],
        },
      },
      { id: "why", type: "text", label: { vi: "Vì sao" }, showWhen: is("kind", "b") },
      { id: "note", type: "text", label: { vi: "Ghi chú" }, required: false },
    ],
  },
  {
    id: "hai",
    title: { vi: "Hai" },
    showWhen: is("kind", "b"),
    fields: [
      { id: "words", type: "explanation", label: { vi: "Lời dẫn" }, settings: { text: { vi: "Đọc kỹ." } } },
      {
        id: "gender",
        type: "radio",
        label: { vi: "Giới tính" },
        settings: {
          options: [
            { value: "male", label: { vi: "Nam" } },
            { value: "female", label: { vi: "Nữ" } },
          ],
        },
      },
      { id: "number", type: "personal_id", label: { vi: "Số" }, settings: { gender: "gender" } },
    ],
  },
  {
    id: "ba",
    title: { vi: "Ba" },
    showWhen: { op: "answered", field: "why" },
    fields: [{ id: "last", type: "integer", label: { vi: "Cuối" }, settings: { max: 10 } }],
  },
  {
    id: "bon",
    title: { vi: "Bốn" },
    fields: [
      {
        id: "children",
        type: "group",
        label: { vi: "Con" },
        required: false,
        settings: {
          itemLabel: { vi: "Người con" },
          fields: [
            { id: "childName", type: "text", label: { vi: "Tên" } },
            { id: "adopted", type: "yes_no", label: { vi: "Con nuôi" } },
            { id: "adoptedOn", type: "date", label: { vi: "Ngày nhận" }, showWhen: is("adopted", true) },
          ],
        },
      },
      { id: "proof", type: "file", label: { vi: "Ảnh" }, required: false },
    ],
  },
];
const form = { form: { pages: pages.map((page) => FormPage.parse(page)) } };
const page = (id: string): FormPage => form.form.pages.find((p) => p.id === id) as FormPage;

describe("reading a page", () => {
  test("keeps earlier answers and adds its own", () => {
    expect(
      readPage(
        form,
        "mot",
        { kind: "a", note: "x" },
        { children: [{ id: "r1", values: { childName: "Lan" } }] },
        context,
      ),
    ).toEqual({
      ok: true,
      errors: {},
      answers: { kind: "a", note: "x", children: [{ id: "r1", values: { childName: "Lan" } }] },
    });
  });
  test("asks for what is required and shown, and for nothing hidden", () => {
    expect(readPage(form, "mot", {}, {}, context)).toMatchObject({
      ok: false,
      errors: { kind: { key: "fields.errors.choose", params: { label: "Loại" } } },
    });
    const b = readPage(form, "mot", { kind: "b" }, {}, context);
    expect(Object.keys(b.errors)).toEqual(["why"]);
    expect(readPage(form, "mot", { kind: "a" }, {}, context).ok).toBe(true);
  });
  test("drops the answers of fields and pages that are no longer shown, and of those they showed", () => {
    const before = { kind: "b", why: "vì", gender: "male", number: "020090001234", last: 3 };
    expect(readPage(form, "mot", { kind: "a", why: "vì" }, before, context)).toEqual({
      ok: true,
      errors: {},
      answers: { kind: "a" },
    });
  });
  test("does not complain about a wrong answer to a hidden question", () => {
    expect(readPage(form, "mot", { kind: "a", why: "x".repeat(500) }, {}, context).ok).toBe(true);
  });
  test("leaves a wrong answer out, an old one in its place too, and keeps the right ones", () => {
    const read = readPage(form, "ba", { last: "99" }, { kind: "b", why: "vì", last: 3 }, context);
    expect(read).toMatchObject({
      ok: false,
      answers: { kind: "b", why: "vì" },
      errors: { last: { key: "fields.errors.numberMax" } },
    });
    expect(read.answers).not.toHaveProperty("last");
  });
  test("answers that contradict each other are told at the later one", () => {
    const read = readPage(form, "hai", { gender: "female", number: "020090001234" }, { kind: "b", why: "vì" }, context);
    expect(read.errors).toMatchObject({ number: { key: "fields.errors.personalIdGender" } });
    expect(read.answers).not.toHaveProperty("number");
  });
  test("an emptied answer is gone", () => {
    expect(readPage(form, "mot", { kind: "a", note: " " }, { kind: "a", note: "cũ" }, context).answers).toEqual({
      kind: "a",
    });
  });
  test("what is not a question of the page is not taken", () => {
    expect(
      readPage(form, "mot", { kind: "a", last: "3", proof: "x", __proto__: { note: "x" } }, {}, context).answers,
    ).toEqual({ kind: "a" });
  });
  test("rows drop what their own answers hide", () => {
    const body = {
      "children.rows": "r1",
      "children.r1.childName": "Lan",
      "children.r1.adopted": "no",
      "children.r1.adoptedOn": "5/5/2020",
    };
    expect(readPage(form, "bon", body, {}, context).answers).toEqual({
      children: [{ id: "r1", values: { childName: "Lan", adopted: false } }],
    });
  });
  test("an upload is written by whoever stored it, never by the form", () => {
    const proof = [{ id: "1", name: "anh.jpg" }];
    expect(readPage(form, "bon", { proof: "forged", "stored:proof": "forged" }, { proof }, context).answers).toEqual({
      proof,
    });
  });
  test("a page that the form does not have is not found", () => {
    expect(() => readPage(form, "nam", {}, {}, context)).toThrow(expect.objectContaining({ status: 404 }));
  });
});

describe("what is shown and what is missing", () => {
  test.each<[Record<string, unknown>, string[], string[]]>([
    [{}, ["mot", "bon"], ["kind"]],
    [{ kind: "a" }, ["mot", "bon"], []],
    [{ kind: "b" }, ["mot", "hai", "bon"], ["why", "gender", "number"]],
    [{ kind: "b", why: "vì" }, ["mot", "hai", "ba", "bon"], ["gender", "number", "last"]],
    [{ kind: "a", why: "vì" }, ["mot", "bon"], []],
    [
      { kind: "a", children: [{ id: "r1", values: { childName: "Lan", adopted: true } }] },
      ["mot", "bon"],
      ["children"],
    ],
  ])("%j", (answers, shown, missing) => {
    expect(visiblePages(form, answers).map(({ id }) => id)).toEqual(shown);
    expect(missingOf(form, answers).map(({ fieldId }) => fieldId)).toEqual(missing);
  });
  test("only answers of shown fields count", () => {
    expect(countedAnswers(form, { kind: "a", why: "vì", last: 3, ghost: 1, note: null })).toEqual({ kind: "a" });
  });
  test("controls: hidden by earlier answers are left out, hidden on this page come with their condition", () => {
    const shown = controlsOf(page("mot"), { answers: { note: "x" } }, {}, context);
    expect(shown.map(({ control }) => control.name)).toEqual(["kind", "why", "note"]);
    expect(shown.map(({ showWhen }) => showWhen !== null)).toEqual([false, true, false]);
    expect(JSON.parse(shown[1]?.showWhen ?? "null")).toEqual({ prefix: "", condition: is("kind", "b") });
    const [group] = controlsOf(page("bon"), { answers: { children: [{ id: "r1", values: {} }] } }, {}, context);
    expect(JSON.stringify(group)).toContain('\\"prefix\\":\\"children.r1.\\"');
    expect(shown[2]?.control).toMatchObject({ kind: "text", input: { value: "x", required: false } });
  });
  test("adding a row is not submitting the page", () => {
    expect(pressedInPage(form, "bon", { "children.rows": "", "add:children": "1" })).toMatchObject({
      "children.rows": "r1",
    });
    expect(pressedInPage(form, "bon", { "children.rows": "" })).toBeNull();
  });
  test("the check page has every shown question with its answer in words, and no others", () => {
    const answers = {
      kind: "a",
      why: "vì",
      children: [{ id: "r1", values: { childName: "Lan", adopted: true, adoptedOn: "2020-05-05" } }],
    };
    expect(displayAnswers(form, answers, context)).toEqual([
      {
        pageId: "mot",
        title: "Một",
        rows: [
          { fieldId: "kind", label: "Loại", lines: ["A"], pageId: "mot" },
          { fieldId: "note", label: "Ghi chú", lines: ["Không khai"], pageId: "mot" },
        ],
      },
      {
        pageId: "bon",
        title: "Bốn",
        rows: [
          {
            fieldId: "children",
            label: "Con",
            lines: ["Người con 1. Tên: Lan; Con nuôi: Có; Ngày nhận: 05/05/2020"],
            pageId: "bon",
          },
          { fieldId: "proof", label: "Ảnh", lines: ["Không khai"], pageId: "bon" },
        ],
      },
    ]);
  });
});

describe("papers, fees and time of a case", () => {
  const requirements = [
    { id: "always", name: { vi: "Luôn" } },
    { id: "forHouse", name: { vi: "Nhà" }, cases: ["house"] },
    { id: "ifB", name: { vi: "B" }, when: is("kind", "b") },
    { id: "ifWhy", name: { vi: "Vì" }, when: { op: "answered", field: "why" } },
  ].map((r) => Requirement.parse(r));
  test.each<[string | null, Record<string, unknown>, string[]]>([
    [null, {}, ["always"]],
    ["house", {}, ["always", "forHouse"]],
    ["works", { kind: "b" }, ["always", "ifB"]],
    [null, { kind: "a", why: "câu trả lời đã ẩn" }, ["always"]],
    [null, { kind: "b", why: "vì" }, ["always", "ifB", "ifWhy"]],
  ])("case %s, %j: papers %j", (caseId, answers, ids) =>
    expect(applicableRequirements({ ...form, requirements }, { caseId, answers }).map(({ id }) => id)).toEqual(ids),
  );

  const fees = [
    { id: "fee", name: { vi: "Trực tuyến" }, amount: 1, channels: ["online"] },
    { id: "fee", name: { vi: "Nhà" }, amount: 2, cases: ["house"] },
    { id: "fee", name: { vi: "Còn lại" }, amount: null },
    { id: "copy", name: { vi: "Bản sao" }, amount: 8, when: is("kind", "b"), countedBy: "last" },
  ].map((f) => Fee.parse(f));
  test.each<[string | null, "online" | "counter" | "post", Record<string, unknown>, (number | null)[]]>([
    [null, "online", {}, [1]],
    ["house", "online", {}, [1]],
    ["house", "counter", {}, [2]],
    ["works", "post", {}, [null]],
    [null, "counter", { kind: "b" }, [null, 8]],
  ])("case %s, %s, %j: fees %j", (caseId, channel, answers, amounts) =>
    expect(feesFor({ ...form, fees }, { caseId, channel, answers }).map(({ amount }) => amount)).toEqual(amounts),
  );
  test("a fee by the copy counts the copies", () => {
    expect(feeQuantities(fees, { last: 3 })).toEqual({ fee: 1, copy: 3 });
    expect(feeQuantities(fees, { last: "3" })).toEqual({ fee: 1, copy: 1 });
  });

  const timeLimits = [
    { cases: ["house"], channels: ["online"], term: { unit: "working_day", amount: 5 } },
    { cases: ["house"], term: { unit: "working_day", amount: 7 } },
    { channels: ["online"], term: { unit: "working_day", amount: 9 } },
  ].map((l) => TimeLimit.parse(l));
  test.each<[string | null, "online" | "counter", number | null]>([
    ["house", "online", 5],
    ["house", "counter", 7],
    ["works", "online", 9],
    [null, "online", 9],
    ["works", "counter", null],
  ])("case %s, %s: %s working days", (caseId, channel, amount) => {
    const limit = timeLimitFor({ timeLimits }, { caseId, channel });
    expect(limit && "amount" in limit.term ? limit.term.amount : null).toBe(amount);
  });
});

describe("a draft begun on an older version", () => {
  const newer = {
    form: {
      pages: [
        FormPage.parse({
          id: "mot",
          title: { vi: "Một" },
          fields: [
            { ...pages[0]?.fields[0], settings: { options: [{ value: "b", label: { vi: "B" } }] } },
            { id: "note", type: "text", label: { vi: "Ghi chú" }, settings: { maxLength: 3 } },
            { id: "last", type: "text", label: { vi: "Cuối" } },
            {
              id: "gender",
              type: "radio",
              label: { vi: "Giới" },
              settings: { options: [{ value: "male", label: { vi: "Nam" } }] },
            },
          ],
        }),
      ],
    },
  };
  test("an answer that contradicts another does not fit", () => {
    const given = { kind: "b", why: "vì", gender: "female", number: "020090001234" };
    expect(carryOver(given, form, form, context).dropped).toEqual(["number"]);
    expect(carryOver({ ...given, gender: "male" }, form, form, context).dropped).toEqual([]);
  });
  test("keeps what still fits and names what does not", () => {
    const carried = carryOver(
      { kind: "a", note: "dài quá", last: 3, gender: "male", number: "020090001234", why: null },
      form,
      newer,
      context,
    );
    expect(carried.answers).toEqual({ gender: "male" });
    expect(carried.dropped.sort()).toEqual(["kind", "last", "note", "number"]);
  });
});
