import { join } from "node:path";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { describe, expect, test } from "vitest";
import { createRenderer } from "#platform/render.ts";
import { controlsOf, readPage } from "#procedures/answers.ts";
import { FormPage } from "#procedures/definition.ts";
import { fieldTypes, type Submitted } from "#procedures/fields/index.ts";
import { type Element, textOf } from "../../support/html.ts";
import { context } from "./context.ts";

const renderer = createRenderer(join(import.meta.dirname, "../../../views"), {});
const options = {
  options: [
    { value: "a", label: { vi: "Mục A" } },
    { value: "b", label: { vi: "Mục B" } },
  ],
};
const settingsOf: Record<string, object> = {
  radio: options,
  select: options,
  checkboxes: options,
  group: { min: 1, fields: [{ id: "inner", type: "text", label: { vi: "Câu hỏi trong dòng" } }] },
  explanation: { text: { vi: "Lời dẫn" } },
  autocomplete: { items: ["Mục A", "Mục B"] },
  linked_lists: {
    firstLabel: { vi: "Ngành" },
    secondLabel: { vi: "Nghề" },
    items: [{ name: "Xây dựng", items: ["Thợ nề"] }],
  },
  computed: { operation: "sum", of: ["other"] },
};
const pageOf = (type: string) =>
  FormPage.parse({
    id: "p",
    title: { vi: "T" },
    fields: [{ id: "asked", type, label: { vi: "Câu hỏi" }, settings: settingsOf[type] ?? {} }],
  });

function* elements(node: Element | DefaultTreeAdapterTypes.Document): Generator<Element> {
  for (const child of node.childNodes) {
    if (!("tagName" in child)) continue;
    yield child;
    yield* elements(child);
  }
}
const attr = (element: Element, name: string) => element.attrs.find((a) => a.name === name)?.value;

function show(type: string, submitted: Submitted) {
  const page = pageOf(type);
  const read = readPage({ form: { pages: [page] } }, "p", submitted, {}, context);
  const [shown] = controlsOf(page, { answers: {}, submitted }, read.errors, context);
  if (!shown) throw new Error("no control");
  const document = parse(renderer.part("fields/any", shown, context.t));
  return { read, document, all: [...elements(document)] };
}

describe("a control as the browser gets it", () => {
  const types = Object.values(fieldTypes);
  test.each(types.map(({ type }) => type))("%s shows its words", (type) => {
    const { document } = show(type, { "asked.rows": "r1" });
    expect(textOf(document)).toContain(type === "explanation" ? "Lời dẫn" : "Câu hỏi");
  });

  test.each(types.filter(({ asks }) => asks).map(({ type }) => type))(
    "%s: left empty, each error is said at the control that the summary links to",
    (type) => {
      const { read, document, all } = show(type, { "asked.rows": "" });
      expect(Object.keys(read.errors).length).toBeGreaterThan(0);
      for (const [name, { key, params }] of Object.entries(read.errors)) {
        expect(
          all.filter((element) => attr(element, "id") === name),
          name,
        ).toHaveLength(1);
        expect(textOf(document)).toContain(context.t(key, params));
      }
    },
  );

  test.each(types.filter(({ asks, derive }) => asks && !derive).map(({ type }) => type))(
    "%s: every control has a label of its own",
    (type) => {
      const { all } = show(type, { "asked.rows": "r1" });
      const ids = all.map((element) => attr(element, "id")).filter((id) => id !== undefined);
      expect(new Set(ids).size).toBe(ids.length);
      const labelled = new Set(all.filter(({ tagName }) => tagName === "label").map((label) => attr(label, "for")));
      const controls = all.filter(
        (element) => ["input", "select", "textarea"].includes(element.tagName) && attr(element, "type") !== "hidden",
      );
      expect(controls.length).toBeGreaterThan(0);
      for (const control of controls) expect(labelled.has(attr(control, "id")), attr(control, "name")).toBe(true);
    },
  );

  test("a partial date says once, and in one place, that the day may be left out", () => {
    const { document, all } = show("partial_date", {});
    expect(all.filter((element) => attr(element, "class") === "govuk-hint")).toHaveLength(1);
    expect(textOf(document)).toContain(context.t("platform.components.partialDate"));
  });

  test("what was typed cannot become markup", () => {
    const { all } = show("long_text", { asked: '</textarea><script>alert("1")</script>' });
    expect(all.some(({ tagName }) => tagName === "script")).toBe(false);
    expect(show("text", { asked: '"><script>' }).all.some(({ tagName }) => tagName === "script")).toBe(false);
  });
});
