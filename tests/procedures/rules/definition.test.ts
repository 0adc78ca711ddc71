import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  carryOver,
  displayAnswers,
  feesFor,
  missingOf,
  readPage,
  timeLimitFor,
  visiblePages,
} from "#procedures/answers.ts";
import { ProcedureDefinition } from "#procedures/definition.ts";
import type { Field } from "#procedures/fields/index.ts";
import { context, contextIn } from "./context.ts";

const folder = join(import.meta.dirname, "../../../prisma/seed/procedures");
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
const textOf = (file: string) => readFileSync(join(folder, file), "utf8");
const seeded = new Map(files.map((file) => [file.slice(0, -5), ProcedureDefinition.parse(JSON.parse(textOf(file)))]));
const seed = (code: string): ProcedureDefinition => {
  const found = seeded.get(code);
  if (!found) throw new Error(`no seed for ${code}`);
  return found;
};
// biome-ignore lint/suspicious/noExplicitAny: these definitions are made wrong on purpose
type Loose = any;
const raw = (): Loose => JSON.parse(textOf("1.001193.json"));

describe("a definition is refused by name", () => {
  const refusals: [name: string, change: (d: Loose) => void, message: RegExp][] = [
    ["an unknown key", (d) => (d.surprise = 1), /surprise/],
    [
      "an unknown field type",
      (d) => (d.form.pages[0].fields[0].type = "captcha"),
      /"relation" thuộc loại không biết "captcha"/,
    ],
    ["wrong settings", (d) => (d.form.pages[0].fields[0].settings = { options: [] }), /Cài đặt của câu hỏi "relation"/],
    [
      "settings nobody knows",
      (d) => (d.form.pages[1].fields[0].settings.color = "red"),
      /Cài đặt của câu hỏi "motherName"/,
    ],
    ["an id used twice", (d) => (d.form.pages[1].fields[0].id = "relation"), /"relation" được dùng hai lần/],
    ["a paper with a field's id", (d) => (d.requirements[0].id = "childName"), /"childName" được dùng hai lần/],
    ["a page twice", (d) => (d.form.pages[1].id = d.form.pages[0].id), /Hai trang cùng mã "tre"/],
    [
      "a condition on nothing",
      (d) => (d.form.pages[1].showWhen = { op: "answered", field: "ghost" }),
      /dựa vào câu hỏi "ghost"/,
    ],
    [
      "a paper's condition on nothing",
      (d) => (d.requirements[0].when = { op: "answered", field: "ghost" }),
      /dựa vào câu hỏi "ghost"/,
    ],
    [
      "a field's condition on nothing",
      (d) => (d.form.pages[1].fields[0].showWhen = { op: "answered", field: "ghost" }),
      /Điều kiện của câu hỏi "motherName" dựa vào câu hỏi "ghost"/,
    ],
    [
      "a first answer that depends on nothing",
      (d) => (d.form.pages[1].fields[0].prefillWhen = { op: "answered", field: "ghost" }),
      /Điều kiện điền sẵn của câu hỏi "motherName" dựa vào câu hỏi "ghost"/,
    ],
    ["an owner who is not there", (d) => (d.owner.fullName = "ghost"), /đứng tên hồ sơ lấy từ câu hỏi "ghost"/],
    ["a fee counted by nothing", (d) => (d.fees[0].countedBy = "ghost"), /đếm theo câu hỏi "ghost"/],
    ["a case that is not defined", (d) => (d.fees[0].cases = ["ghost"]), /Không có trường hợp mang mã "ghost"/],
    [
      "a personal id beside no birth date",
      (d) => (d.form.pages[1].fields[4].settings.birthDate = "ghost"),
      /"motherPersonalId" dựa vào câu hỏi "ghost"/,
    ],
    ["online without a limit", (d) => (d.timeLimits = []), /trực tuyến phải có thời hạn/],
    ["partly online without a reason", (d) => (d.serviceLevel = "partial"), /phải nói lý do/],
    ["a wrong code", (d) => (d.code = "1193"), /code/],
    ["an unanswerable workflow", (d) => (d.workflow.start = "ghost"), /bước bắt đầu/],
    [
      "a group in a group",
      (d) =>
        d.form.pages[1].fields.push({
          id: "outer",
          type: "group",
          label: { vi: "N" },
          settings: { fields: [{ id: "inner", type: "group", label: { vi: "N" } }] },
        }),
      /"inner" has type "group"/,
    ],
    [
      "an upload in a group",
      (d) =>
        d.form.pages[1].fields.push({
          id: "outer",
          type: "group",
          label: { vi: "N" },
          settings: { fields: [{ id: "inner", type: "file", label: { vi: "N" } }] },
        }),
      /cannot hold an upload/,
    ],
    [
      "a row's condition on the form",
      (d) =>
        d.form.pages[1].fields.push({
          id: "outer",
          type: "group",
          label: { vi: "N" },
          settings: {
            fields: [
              { id: "inner", type: "text", label: { vi: "N" }, showWhen: { op: "answered", field: "childName" } },
            ],
          },
        }),
      /"inner" dựa vào câu hỏi "childName"/,
    ],
    [
      "fields of a group that are none",
      (d) =>
        d.form.pages[1].fields.push({
          id: "outer",
          type: "group",
          label: { vi: "N" },
          settings: { fields: [null, 3] },
        }),
      /Cài đặt của câu hỏi "outer"/,
    ],
  ];
  test.each(refusals)("%s", (_name, change, message) => {
    const definition = raw();
    change(definition);
    const read = ProcedureDefinition.safeParse(definition);
    expect(read.success).toBe(false);
    expect(JSON.stringify(read.error?.issues)).toMatch(new RegExp(message.source.replaceAll('"', '\\\\"')));
  });
  test("questions of a group come with their defaults, like any other", () => {
    const group = seed("2.000815").form.pages[0]?.fields.find((field) => field.type === "group");
    expect(group?.settings["fields"]).toMatchObject([
      { id: "paperName", required: true, settings: {} },
      { id: "paperIssuer", required: false },
      { id: "paperPages", settings: { min: 1 } },
      { id: "paperCopies" },
    ]);
  });
  test("and the unchanged one is taken", () => expect(ProcedureDefinition.safeParse(raw()).success).toBe(true));
});

/** A right answer to a question, as it would be submitted. */
function typed(field: Field, at = field.id): Record<string, unknown> {
  const settings = field.settings as Loose;
  switch (field.type) {
    case "text": {
      const text = settings.format === "digits" ? "123456789012345678901234" : "Nguyen Van An";
      return { [at]: text.slice(0, settings.maxLength ?? 20) };
    }
    case "long_text":
      return { [at]: "Nội dung" };
    case "integer":
    case "money":
      return { [at]: String(Math.max(settings.min ?? 1, 1)) };
    case "date":
    case "partial_date":
      return settings.future ? { [at]: "23/11/2026" } : { [at]: "5/3/1990" };
    case "time":
      return { [at]: "14:30" };
    case "yes_no":
    case "declaration":
      return { [at]: "yes" };
    case "radio":
    case "select":
      return { [at]: settings.options[0].value };
    case "checkboxes":
      return { [at]: settings.options.map((o: Loose) => o.value) };
    case "phone":
      return { [at]: "0912345678" };
    case "email":
      return { [at]: "lan@example.com" };
    case "personal_id":
      return { [at]: "020090001234" };
    case "tax_code":
      return { [at]: "0100233488" };
    case "address":
      return { [`${at}.province`]: "20", [`${at}.commune`]: "05977", [`${at}.line`]: "Số 3" };
    case "nationality":
      return { [at]: "VN" };
    case "ethnic_group":
      return { [at]: "01" };
    case "group":
      return Object.assign(
        { [`${at}.rows`]: "r1" },
        ...settings.fields.map((inner: Field) => typed(inner, `${at}.r1.${inner.id}`)),
      );
    default:
      return {};
  }
}

describe("the twelve procedures of the seed", () => {
  test("are there, each under its code", () => {
    expect([...seeded.keys()].sort()).toEqual([
      "1.000656",
      "1.000894",
      "1.001193",
      "1.001612",
      "1.004222",
      "1.004873",
      "1.012753",
      "1.012822",
      "1.013225",
      "2.000635",
      "2.000815",
      "3.000347",
    ]);
    for (const [code, definition] of seeded) expect(definition.code).toBe(code);
  });

  test.each([...seeded])("%s is written in NFC, without placeholders", (code) => {
    const text = textOf(`${code}.json`);
    expect(text.normalize("NFC")).toBe(text);
    expect(text).not.toMatch(/TODO|lorem/i);
  });

  test.each([...seeded])("%s asks few things on a page and ends with a declaration", (_code, definition) => {
    for (const page of definition.form.pages) expect(page.fields.length, page.id).toBeLessThanOrEqual(8);
    expect(definition.form.pages.at(-1)?.fields.some((field) => field.type === "declaration")).toBe(true);
  });

  test.each([...seeded])("%s cites law or decision for its limits and fees", (_code, definition) => {
    for (const limit of definition.timeLimits) expect(limit.source).toMatch(/Luật|Nghị định|Thông tư|Quyết định/);
    for (const fee of definition.fees) expect(fee.amount === null ? fee.note?.vi : fee.source).toBeTruthy();
    expect(definition.legalBasis.length).toBeGreaterThan(0);
    expect(new Set(definition.legalBasis.map(({ number }) => number)).size).toBe(definition.legalBasis.length);
  });

  test.each([...seeded])("%s can be filled in page by page, and then lacks nothing", (_code, definition) => {
    let answers: Readonly<Record<string, unknown>> = {};
    const done = new Set<string>();
    for (
      let page = visiblePages(definition, answers)[0];
      page;
      page = visiblePages(definition, answers).find(({ id }) => !done.has(id))
    ) {
      expect(missingOf(definition, answers).length).toBeGreaterThan(0);
      const read = readPage(
        definition,
        page.id,
        Object.assign({}, ...page.fields.map((field) => typed(field))),
        answers,
        context,
      );
      expect(read.errors, page.id).toEqual({});
      answers = read.answers;
      done.add(page.id);
    }
    expect(missingOf(definition, answers)).toEqual([]);
    expect(carryOver(answers, definition, definition, context)).toEqual({ answers, dropped: [] });
    const shown = displayAnswers(definition, answers, context);
    expect(shown.map(({ pageId }) => pageId)).toEqual(visiblePages(definition, answers).map(({ id }) => id));
  });

  test.each(["1.001193", "1.004873", "1.004222", "3.000347"])(
    "%s speaks English: names, pages and questions",
    (code) => {
      const definition = seed(code);
      const questions = definition.form.pages.flatMap((page) =>
        page.fields.flatMap((f) => [f, ...((f.settings["fields"] as Field[] | undefined) ?? [])]),
      );
      for (const text of [
        definition.name,
        definition.summary,
        ...definition.form.pages.map(({ title }) => title),
        ...questions.map(({ label }) => label),
      ])
        expect(text.en, text.vi).toBeTruthy();
      expect(contextIn("en").language).toBe("en");
    },
  );

  test.each<[string, string | null, "online" | "counter" | "post", object | null]>([
    ["1.001193", null, "online", { unit: "same_day" }],
    ["1.000656", null, "counter", { unit: "same_day" }],
    ["1.000894", null, "online", { unit: "same_day" }],
    ["1.004873", null, "online", { unit: "working_day", amount: 3 }],
    ["2.000635", null, "post", { unit: "same_day" }],
    ["2.000815", null, "counter", { unit: "same_day" }],
    ["1.004222", null, "online", { unit: "working_day", amount: 7 }],
    ["3.000347", null, "online", { unit: "working_day", amount: 5 }],
    ["1.001612", null, "online", { unit: "working_day", amount: 3 }],
    ["1.013225", "house", "online", { unit: "working_day", amount: 7 }],
    ["1.013225", "works", "online", { unit: "working_day", amount: 10 }],
    ["1.012753", null, "online", { unit: "working_day", amount: 17 }],
    ["1.012753", null, "counter", { unit: "working_day", amount: 20 }],
    ["1.012753", null, "post", { unit: "working_day", amount: 30 }],
    ["1.012822", null, "online", { unit: "working_day", amount: 10 }],
  ])("%s, case %s, %s: the time is %j", (code, caseId, channel, term) =>
    expect(timeLimitFor(seed(code), { caseId, channel })?.term ?? null).toEqual(term),
  );

  test.each<[string, "online" | "counter", Record<string, unknown>, (number | null)[]]>([
    ["1.001193", "online", {}, [0]],
    ["1.001193", "online", { wantsCopies: true }, [0, 8000]],
    ["1.000656", "counter", { onTime: true }, [0]],
    ["1.000656", "counter", { onTime: false }, [null]],
    ["1.004873", "online", {}, [null]],
    ["1.004222", "online", {}, [10_000]],
    ["1.004222", "counter", {}, [20_000]],
    ["3.000347", "online", {}, [135_000]],
    ["1.001612", "online", {}, [150_000]],
    ["1.001612", "counter", {}, [50_000]],
    ["1.013225", "online", {}, [null]],
    ["2.000815", "counter", {}, [2000]],
    ["2.000635", "online", {}, [8000]],
  ])("%s, %s, %j: the fees are %j", (code, channel, answers, amounts) =>
    expect(feesFor(seed(code), { caseId: null, channel, answers }).map(({ amount }) => amount)).toEqual(amounts),
  );

  test("the cut-off of 15:00 stands only where results are given on the day", () => {
    for (const definition of seeded.values())
      expect(definition.counting.cutOff, definition.code).toBe(
        definition.timeLimits.some(({ term }) => term.unit === "same_day") ? "15:00" : undefined,
      );
  });

  test("what must be done in person is not promised online", () => {
    expect(seed("1.000894")).toMatchObject({ serviceLevel: "partial", returnMethods: ["counter"] });
    expect(seed("1.000894").serviceLevelReason?.vi).toMatch(/hai bên.*có mặt/);
    expect(seed("2.000815")).toMatchObject({ serviceLevel: "information", channels: ["counter"] });
  });

  test("the inter-agency one goes from the commune to the province and back", () => {
    const agencies = seed("1.012753")
      .workflow.steps.filter((step) => !step.branch)
      .map(({ agency }) => (typeof agency === "string" ? agency : `${agency.kind}@${agency.at}`));
    expect(agencies).toEqual([
      "receiving",
      "commune_committee@commune",
      "commune_committee@commune",
      "department@province",
      "department@province",
      "department@province",
      "receiving",
    ]);
  });
});
