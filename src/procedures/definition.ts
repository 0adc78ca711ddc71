import { z } from "zod";
import { Workflow } from "#workflow/definition.ts";
import { Condition, fieldsOf } from "./conditions.ts";
import { Field, StableId, Text } from "./fields/contract.ts";
import { fieldTypes } from "./fields/index.ts";
import { faultText } from "./rules/faults.ts";

export const CHANNELS = ["online", "counter", "post"] as const;
export const RETURN_METHODS = ["online", "counter", "post"] as const;
export const LEVELS = ["ministry", "province", "commune", "other"] as const;
export const SERVICE_LEVELS = ["full", "partial", "information"] as const;

/** How long the law gives. `same_day`: on the day of acceptance. */
export const Term = z.discriminatedUnion("unit", [
  z.strictObject({
    unit: z.enum(["minute", "working_hour", "working_day", "day", "month"]),
    amount: z.int().min(1).max(3650),
  }),
  z.strictObject({ unit: z.literal("same_day") }),
]);

/** Holds for the named cases and channels; everywhere when none are named. The first that fits counts: of fees, the first of each id. */
const scope = {
  cases: z.array(StableId).optional(),
  channels: z.array(z.enum(CHANNELS)).optional(),
};

export const TimeLimit = z.strictObject({ ...scope, term: Term, note: Text.optional(), source: z.string().optional() });

export const Fee = z.strictObject({
  ...scope,
  id: StableId,
  name: Text,
  /** Đồng for one unit; null: the source has none, shown as "chưa có thông tin", never as free. */
  amount: z.int().min(0).nullable(),
  /** What one unit is: "trang", "bản"; absent when the fee is for the dossier. */
  per: Text.optional(),
  /** The field whose number says how many units; one when absent. */
  countedBy: StableId.optional(),
  note: Text.optional(),
  when: Condition.optional(),
  source: z.string().optional(),
});

/** What kind of document something is: the key of an entry of the list of document types; unknown ones stay as they are. */
const DocumentType = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Mã loại giấy tờ gồm chữ thường không dấu, số và gạch nối")
  .max(64);

/** A paper of the dossier (thành phần hồ sơ). With 0 originals and 0 copies it is a note, not a paper. */
export const Requirement = z.strictObject({
  id: StableId,
  name: Text,
  cases: z.array(StableId).optional(),
  originals: z.int().min(0).default(0),
  copies: z.int().min(0).default(0),
  required: z.boolean().default(true),
  mayFollowLater: z.boolean().default(false),
  when: Condition.optional(),
  hint: Text.optional(),
  /** Result code of the national catalogue that replaces this paper. */
  replacedByResult: z.string().optional(),
  documentType: DocumentType.optional(),
});

/** What the procedure ends in (kết quả thực hiện). */
export const ResultKind = z.strictObject({
  id: StableId,
  code: z.string().optional(),
  name: Text,
  documentType: DocumentType.optional(),
});

export const FormPage = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "Mã trang gồm chữ thường không dấu, số và gạch nối"),
  title: Text,
  intro: Text.optional(),
  showWhen: Condition.optional(),
  fields: z.array(Field).min(1),
});

/** What the person who files is to the person in whose name they file. */
export const RELATIONSHIPS = ["parent", "guardian", "spouse", "child", "close_relative", "other"] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];

/** In whose name somebody may file; absent: for oneself, and as a proxy with a written mandate. */
const FiledFor = z.strictObject({
  /** false: the law wants the person themselves (Luật Hộ tịch Đ6: marriage). */
  proxy: z.boolean().optional(),
  /** Who needs no written mandate; absent: legal representatives, a minor's parents and guardians (BLDS 2015 Đ136). */
  withoutMandate: z.array(z.enum(RELATIONSHIPS)).optional(),
});

/** What somebody reads whom this procedure does not fit: why, and what to do instead. */
const ScreeningExit = z.strictObject({
  title: Text,
  text: z.array(Text).min(1),
  /** The procedure that fits instead. */
  procedure: z.string().optional(),
});

/** Asked before anything else; an answer leads on, to a later question, or out. Nobody keeps what was answered. */
export const ScreeningQuestion = z.strictObject({
  id: StableId,
  question: Text,
  hint: Text.optional(),
  answers: z
    .array(
      z.strictObject({
        value: StableId,
        label: Text,
        exit: ScreeningExit.optional(),
        /** A later question; absent: the next one. */
        next: StableId.optional(),
      }),
    )
    .min(2),
});

const Definition = z.strictObject({
  schemaVersion: z.literal(1),
  code: z
    .string()
    .regex(
      /^\d\.\d{6}(?:\.H\d{2})?$/,
      "Mã thủ tục gồm một chữ số, dấu chấm và sáu chữ số; thủ tục riêng của tỉnh thêm đuôi như .H37",
    ),
  name: Text,
  sector: z.string().min(1),
  levels: z.array(z.enum(LEVELS)).min(1),
  /** Official labels of who may file (domain.md 4.2). */
  subjects: z.array(z.string()).min(1),
  /** What it is for, in plain words. */
  summary: Text,
  keywords: z.array(z.string()).default([]),
  serviceLevel: z.enum(SERVICE_LEVELS),
  /** Why it is not fully online; published when `partial` (NĐ 224/2026 Đ14) or `information`. */
  serviceLevelReason: Text.optional(),
  decisionNumber: z.string().optional(),
  sourceUrl: z.url().optional(),
  executingAgency: Text,
  steps: z.array(Text).min(1),
  cases: z.array(z.strictObject({ id: StableId, name: Text })).default([]),
  channels: z.array(z.enum(CHANNELS)).min(1),
  returnMethods: z.array(z.enum(RETURN_METHODS)).min(1),
  timeLimits: z.array(TimeLimit),
  counting: z
    .strictObject({
      /** "15:00": what is accepted later counts as accepted on the next working day; absent: no cut-off. */
      cutOff: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Giờ viết như 15:00")
        .optional(),
      makeUpDaysCount: z.boolean().default(true),
      /** What waiting for the applicant does to the clock, where this procedure's own law says so. */
      pauses: z
        .strictObject({
          supplement: z.enum(["stop", "restart", "none"]).optional(),
          obligation: z.enum(["stop", "restart", "none"]).optional(),
        })
        .optional(),
    })
    .prefault({}),
  fees: z.array(Fee),
  requirements: z.array(Requirement),
  legalBasis: z.array(z.strictObject({ number: z.string(), title: z.string() })),
  conditions: z.array(Text).default([]),
  results: z.array(ResultKind).min(1),
  /** For the index of QĐ 766/QĐ-TTg. */
  needsDocumentResult: z.boolean(),
  eligibleFullyOnline: z.boolean(),
  relatedCodes: z.array(z.string()).default([]),
  /** Whose dossier it is: the applicant, or the person some fields of the form describe. */
  owner: z.union([
    z.literal("applicant"),
    z.strictObject({
      fullName: StableId,
      personalId: StableId.optional(),
      birthDate: StableId.optional(),
      gender: StableId.optional(),
      taxCode: StableId.optional(),
      /** A person when absent. */
      kind: z.literal("organization").optional(),
    }),
  ]),
  filedFor: FiledFor.optional(),
  /** Any one-stop desk of the province takes it in for the agency where it belongs (NĐ 118/2025 Đ14 am. NĐ 309/2026). */
  receivedAnywhere: z.boolean().optional(),
  /** Whether this is the right procedure for somebody at all. */
  screening: z.array(ScreeningQuestion).min(1).optional(),
  form: z.strictObject({ pages: z.array(FormPage).min(1) }),
  workflow: Workflow,
});

/** Every field of a definition, those of repeated groups included. */
export const allFields = (definition: { form: { pages: { fields: Field[] }[] } }): Field[] =>
  definition.form.pages.flatMap((page) => page.fields.flatMap((field) => [field, ...nestedFields(field)]));

const nestedFields = (field: Field): Field[] => {
  const nested = z.array(Field).safeParse(field.settings["fields"]);
  return nested.success ? nested.data : [];
};

/** A step of a path as it stands in JSON. */
const nameOf = (key: PropertyKey): string | number => (typeof key === "number" ? key : String(key));

const duplicates = (ids: readonly string[]): string[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];

/** Those that came before under the same id. */
const repeated = <T extends { id: string }>(items: readonly T[]): T[] =>
  items.filter(({ id }, at) => items.findIndex((item) => item.id === id) !== at);

type Place = {
  id: string;
  field: Field;
  path: (string | number)[];
  /** The fields that stand beside it: of the form, or of its row; and those of groups beside it, as `group.field`. */
  siblings: ReadonlySet<string>;
  rows: ReadonlySet<string>;
};

/** Every field of the form with where it stands, those of groups behind their group. */
function placesOf({ form }: { form: { pages: { fields: Field[] }[] } }): Place[] {
  const top = form.pages.flatMap(({ fields }) => fields);
  const siblings = new Set(top.map(({ id }) => id));
  const rows = new Set(top.flatMap((field) => nestedFields(field).map(({ id }) => `${field.id}.${id}`)));
  return form.pages.flatMap(({ fields }, page) =>
    fields.flatMap((field, at) => {
      const path = ["form", "pages", page, "fields", at];
      const nested = nestedFields(field);
      const row = new Set(nested.map(({ id }) => id));
      return [
        { id: field.id, field, path, siblings, rows },
        ...nested.map((inner, i) => ({
          id: inner.id,
          field: inner,
          path: [...path, "settings", "fields", i],
          siblings: row,
          rows: new Set<string>(),
        })),
      ];
    }),
  );
}

/** A procedure version as data; unknown keys, dangling ids and wrong settings are refused by name. */
export const ProcedureDefinition = Definition.superRefine((definition, context) => {
  const issue = (message: string, path: (string | number)[]) => context.addIssue({ code: "custom", message, path });
  const places = placesOf(definition);
  const { pages } = definition.form;
  const named = [...places, ...definition.requirements.map(({ id }, at) => ({ id, path: ["requirements", at] }))];
  for (const { id, path } of repeated(named)) issue(`Mã "${id}" được dùng hai lần`, [...path, "id"]);
  for (const { id, path } of repeated(pages.map((page, at) => ({ id: page.id, path: ["form", "pages", at] }))))
    issue(`Hai trang cùng mã "${id}"`, path);
  for (const id of duplicates(definition.cases.map(({ id }) => id))) issue(`Hai trường hợp cùng mã "${id}"`, ["cases"]);

  const known = new Set(pages.flatMap((page) => page.fields.map((field) => field.id)));
  const checkField = ({ field, path, siblings, rows }: Place) => {
    const type = fieldTypes[field.type];
    if (!type)
      return issue(
        field.type === ""
          ? `Câu hỏi "${field.id}" chưa có loại: hãy bỏ đi rồi thêm lại`
          : `Câu hỏi "${field.id}" thuộc loại không biết "${field.type}"`,
        [...path, "type"],
      );
    const settings = type.settings.safeParse(field.settings, { error: faultText });
    if (!settings.success) {
      for (const { message, path: at } of settings.error.issues)
        issue(`Cài đặt của câu hỏi "${field.id}": ${message}`, [...path, "settings", ...at.map(nameOf)]);
      return;
    }
    for (const id of type.fieldsNamed?.(settings.data) ?? [])
      if (!siblings.has(id) && !rows.has(id))
        issue(`Câu hỏi "${field.id}" dựa vào câu hỏi "${id}" không đứng cùng chỗ với nó`, [...path, "settings"]);
    for (const id of fieldsOf(field.showWhen))
      if (!siblings.has(id))
        issue(`Điều kiện của câu hỏi "${field.id}" dựa vào câu hỏi "${id}" không đứng cùng chỗ với nó`, [
          ...path,
          "showWhen",
        ]);
    for (const id of fieldsOf(field.prefillWhen))
      if (!known.has(id))
        issue(`Điều kiện điền sẵn của câu hỏi "${field.id}" dựa vào câu hỏi "${id}" không có trong tờ khai`, [
          ...path,
          "prefillWhen",
        ]);
  };
  for (const place of places) checkField(place);
  const conditions = [
    ...pages.map((page, at) => ({ when: page.showWhen, path: ["form", "pages", at, "showWhen"] })),
    ...definition.requirements.map(({ when }, at) => ({ when, path: ["requirements", at, "when"] })),
    ...definition.fees.map(({ when }, at) => ({ when, path: ["fees", at, "when"] })),
  ];
  for (const { when, path } of conditions)
    for (const id of fieldsOf(when))
      if (!known.has(id)) issue(`Điều kiện dựa vào câu hỏi "${id}" không có trong tờ khai`, path);
  for (const [at, { id, countedBy }] of definition.fees.entries())
    if (countedBy && !known.has(countedBy))
      issue(`Khoản thu "${id}" đếm theo câu hỏi "${countedBy}" không có trong tờ khai`, ["fees", at, "countedBy"]);
  if (definition.owner !== "applicant")
    for (const [key, id] of Object.entries(definition.owner))
      if (key !== "kind" && id !== undefined && !known.has(id))
        issue(`Người đứng tên hồ sơ lấy từ câu hỏi "${id}" không có trong tờ khai`, ["owner", key]);
  const asked = definition.screening ?? [];
  for (const id of duplicates(asked.map(({ id }) => id))) issue(`Hai câu hỏi sàng lọc cùng mã "${id}"`, ["screening"]);
  for (const [at, { id, answers }] of asked.entries()) {
    const later = new Set(asked.slice(at + 1).map((question) => question.id));
    if (answers.every(({ exit }) => exit)) issue(`Câu hỏi sàng lọc "${id}" không cho ai đi tiếp`, ["screening"]);
    for (const value of duplicates(answers.map((answer) => answer.value)))
      issue(`Câu hỏi sàng lọc "${id}" có hai câu trả lời cùng mã "${value}"`, ["screening"]);
    for (const { next, exit } of answers) {
      if (next && exit) issue(`Một câu trả lời của câu hỏi sàng lọc "${id}" vừa dẫn tiếp vừa dẫn ra`, ["screening"]);
      if (next && !later.has(next))
        issue(`Câu hỏi sàng lọc "${id}" dẫn đến "${next}" không đứng sau nó`, ["screening"]);
    }
  }
  const cases = new Set(definition.cases.map((c) => c.id));
  for (const scoped of [...definition.timeLimits, ...definition.fees, ...definition.requirements])
    for (const id of scoped.cases ?? []) if (!cases.has(id)) issue(`Không có trường hợp mang mã "${id}"`, ["cases"]);
  if (definition.channels.includes("online") && definition.timeLimits.length === 0)
    issue("Thủ tục nộp trực tuyến phải có thời hạn giải quyết", ["timeLimits"]);
  if (definition.serviceLevel !== "full" && !definition.serviceLevelReason)
    issue("Thủ tục chưa toàn trình phải nói lý do", ["serviceLevelReason"]);
}).transform((definition) => ({
  ...definition,
  // Fields of a group stand in its settings; read like any field, so that nobody meets one without its defaults.
  form: {
    pages: definition.form.pages.map((page) => ({
      ...page,
      fields: page.fields.map((field) =>
        "fields" in field.settings ? { ...field, settings: { ...field.settings, fields: nestedFields(field) } } : field,
      ),
    })),
  },
}));
export type ProcedureDefinition = z.output<typeof ProcedureDefinition>;
export type Requirement = z.output<typeof Requirement>;
export type ResultKind = z.output<typeof ResultKind>;
export type Fee = z.output<typeof Fee>;
export type ScreeningQuestion = z.output<typeof ScreeningQuestion>;
export type TimeLimit = z.output<typeof TimeLimit>;
export type FormPage = z.output<typeof FormPage>;
