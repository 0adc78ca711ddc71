import { z } from "zod";
import type { ListEntry, ListName } from "#lists/rules.ts";
import {
  CHANNELS,
  Fee,
  LEVELS,
  RELATIONSHIPS,
  RETURN_METHODS,
  Requirement,
  ResultKind,
  ScreeningQuestion,
  SERVICE_LEVELS,
  StableId,
  Text,
  TimeLimit,
} from "#procedures/index.ts";
import { idOfWords, newFieldId } from "./form.ts";
import type { Section, Sketch } from "./sketch.ts";

/** Members of lists whose shape the definition does not name. */
const WordsOf = {
  text: Text,
  law: z.strictObject({ number: z.string().min(1), title: z.string().min(1) }),
  named: z.strictObject({ id: StableId, name: Text }),
};

/**
 * One control of the record: where its value stands in what is edited, and how it is written. `optional`: an empty value
 * is left out of the definition.
 */
export type Spec = { key: string; label: string; optional?: true; hint?: true } & (
  | { kind: "words" | "paragraph" | "line" | "lines" | "wordLines" | "number" | "condition" | "term" }
  /** `unless`: this value says nothing and is left out. */
  | { kind: "yes"; unless?: boolean }
  | { kind: "choice" | "choices"; options: readonly string[]; words: string }
  | { kind: "cases" | "field" | "feeGroup" }
  /** Of a list that administrators own; its entries are put in where the form is made. */
  | { kind: "entry"; list: ListName; entries?: readonly ListEntry[] }
  | { kind: "later"; at: number }
);

/** What is edited as one form: a part of the definition, or a member of one of its lists. */
export type Edited = Record<string, unknown>;

const documentType: Spec = {
  kind: "entry",
  key: "documentType",
  label: "documentType",
  list: "documentType",
  optional: true,
  hint: true,
};
const ways = (key: "channels" | "returnMethods", optional?: true): Spec => ({
  kind: "choices",
  key,
  label: key,
  options: key === "channels" ? CHANNELS : RETURN_METHODS,
  words: "procedures.channel",
  ...(optional ? { optional } : {}),
});
const pause = (key: "supplement" | "obligation"): Spec => ({
  kind: "choice",
  key: `counting.pauses.${key}`,
  label: key,
  options: ["stop", "restart", "none"],
  words: "authoring.record.pauses",
  optional: true,
});
const owned = (key: string): Spec => ({ kind: "field", key: `owner.${key}`, label: `owner_${key}`, optional: true });

/** The controls of each part that belong to no list. */
export const PART_SPECS: Partial<Record<Section, readonly Spec[]>> = {
  basics: [
    { kind: "words", key: "name", label: "name" },
    { kind: "line", key: "sector", label: "sector" },
    { kind: "choices", key: "levels", label: "levels", options: LEVELS, words: "procedures.level" },
    { kind: "lines", key: "subjects", label: "subjects", hint: true },
    { kind: "paragraph", key: "summary", label: "summary" },
    { kind: "lines", key: "keywords", label: "keywords", hint: true },
    { kind: "words", key: "executingAgency", label: "executingAgency" },
    { kind: "line", key: "decisionNumber", label: "decisionNumber", optional: true },
    { kind: "line", key: "sourceUrl", label: "sourceUrl", optional: true },
    { kind: "lines", key: "relatedCodes", label: "relatedCodes", hint: true },
  ],
  filing: [
    ways("channels"),
    ways("returnMethods"),
    {
      kind: "choice",
      key: "serviceLevel",
      label: "serviceLevel",
      options: SERVICE_LEVELS,
      words: "procedures.service",
    },
    { kind: "paragraph", key: "serviceLevelReason", label: "serviceLevelReason", optional: true, hint: true },
    { kind: "yes", key: "eligibleFullyOnline", label: "eligibleFullyOnline" },
    { kind: "yes", key: "receivedAnywhere", label: "receivedAnywhere", unless: false },
    { kind: "yes", key: "filedFor.proxy", label: "proxy", unless: true },
    {
      kind: "choices",
      key: "filedFor.withoutMandate",
      label: "withoutMandate",
      options: RELATIONSHIPS,
      words: "authoring.record.relationships",
      optional: true,
      hint: true,
    },
    {
      kind: "choice",
      key: "owner.is",
      label: "owner",
      options: ["applicant", "person", "organization"],
      words: "authoring.record.owners",
      hint: true,
    },
    ...["fullName", "personalId", "birthDate", "gender", "taxCode"].map(owned),
  ],
  terms: [
    { kind: "line", key: "counting.cutOff", label: "cutOff", optional: true, hint: true },
    { kind: "yes", key: "counting.makeUpDaysCount", label: "makeUpDaysCount" },
    pause("supplement"),
    pause("obligation"),
  ],
  requirements: [],
  results: [{ kind: "yes", key: "needsDocumentResult", label: "needsDocumentResult" }],
};

const isApplicant = (owner: Sketch["owner"]): owner is "applicant" => owner === "applicant";

/** A part as its form edits it: whose dossier it is stands as one choice. */
export function partOf({ owner, ...sketch }: Sketch): Edited {
  const is = isApplicant(owner) ? "applicant" : (owner.kind ?? "person");
  return { ...sketch, owner: { ...(isApplicant(owner) ? {} : owner), is } };
}
/** The definition with an edited part in it. */
export function withPart(sketch: Sketch, edited: Edited): Sketch {
  const { is, kind: _kind, ...fields } = (edited["owner"] ?? {}) as Record<string, unknown>;
  const owner = is === "applicant" ? is : { ...fields, ...(is === "organization" ? { kind: is } : {}) };
  const { filedFor, ...rest } = edited as Edited & { filedFor?: object };
  const isSaid = filedFor !== undefined && Object.keys(filedFor).length > 0;
  return {
    ...(rest as unknown as Sketch),
    code: sketch.code,
    owner: owner as Sketch["owner"],
    ...(isSaid ? { filedFor } : {}),
  };
}

type Words = { vi: string; en?: string | undefined };

/** A list of the record, each member edited by a form of its own. */
export type ListSpec = {
  key:
    | "steps"
    | "legalBasis"
    | "conditions"
    | "cases"
    | "screening"
    | "timeLimits"
    | "fees"
    | "requirements"
    | "results";
  section: Section;
  specs(sketch: Sketch, item: Edited): readonly Spec[];
  /** What a new one begins as. */
  blank: Edited;
  toForm(item: never): Edited;
  fromForm(edited: Edited, sketch: Sketch): unknown;
  /** What is right for a member. */
  schema: z.ZodType;
};

const identity = (item: never): Edited => item as Edited;
const same = (edited: Edited): unknown => edited;
const plain = { toForm: identity, fromForm: same };
const ofWords = {
  toForm: (item: never): Edited => ({ text: item }),
  fromForm: ({ text }: Edited): unknown => text,
  schema: WordsOf.text,
};
const titleOf = ({ name }: Edited): string => (name as Words | undefined)?.vi ?? "";
/** One that is new gets an id made of its name; one that stands keeps it. */
const withId =
  (taken: (sketch: Sketch) => readonly string[]) =>
  (edited: Edited, sketch: Sketch): unknown => ({
    id: idOfWords(titleOf(edited), (id) => taken(sketch).includes(id)),
    ...edited,
  });

const MOST_ANSWERS = 8;
const answerSpecs = (at: number): readonly Spec[] => [
  { kind: "words", key: `answers.${at}.label`, label: "answer", optional: true },
  { kind: "later", key: `answers.${at}.next`, label: "next", at, optional: true },
  { kind: "words", key: `answers.${at}.exit.title`, label: "exitTitle", optional: true },
  { kind: "wordLines", key: `answers.${at}.exit.text`, label: "exitText", optional: true },
  { kind: "line", key: `answers.${at}.exit.procedure`, label: "exitProcedure", optional: true },
];
type Answer = { value?: string; label?: Words; exit?: { title?: Words } };
const screeningAnswers = (edited: Edited): unknown[] => {
  const given = Object.values((edited["answers"] ?? {}) as Record<string, Answer>).filter(({ label }) => label);
  const taken: string[] = given.flatMap(({ value }) => (value ? [value] : []));
  return given.map(({ exit, ...answer }) => {
    const value = answer.value ?? idOfWords(answer.label?.vi ?? "", (id) => taken.includes(id));
    taken.push(value);
    return { ...answer, value, ...(exit && Object.keys(exit).length > 0 ? { exit } : {}) };
  });
};

export const LISTS: readonly ListSpec[] = [
  {
    key: "steps",
    section: "basics",
    specs: () => [{ kind: "paragraph", key: "text", label: "step" }],
    blank: {},
    ...ofWords,
  },
  {
    key: "legalBasis",
    section: "basics",
    specs: () => [
      { kind: "line", key: "number", label: "lawNumber" },
      { kind: "line", key: "title", label: "lawTitle" },
    ],
    blank: {},
    ...plain,
    schema: WordsOf.law,
  },
  {
    key: "conditions",
    section: "basics",
    specs: () => [{ kind: "paragraph", key: "text", label: "condition" }],
    blank: {},
    ...ofWords,
  },
  {
    key: "cases",
    section: "filing",
    specs: () => [{ kind: "words", key: "name", label: "caseName" }],
    blank: {},
    toForm: identity,
    fromForm: withId(({ cases }) => cases.map(({ id }) => id)),
    schema: WordsOf.named,
  },
  {
    key: "screening",
    section: "filing",
    specs: (_sketch, item) => [
      { kind: "words", key: "question", label: "question" },
      { kind: "paragraph", key: "hint", label: "hint", optional: true },
      ...Array.from(
        { length: Math.min(MOST_ANSWERS, Object.keys((item["answers"] ?? {}) as object).length + 1) },
        (_, at) => answerSpecs(at),
      ).flat(),
    ],
    blank: {
      answers: {
        0: { value: "yes", label: { vi: "Có", en: "Yes" } },
        1: { value: "no", label: { vi: "Không", en: "No" } },
      },
    },
    toForm: (item) => ({ ...(item as Edited), answers: { ...((item as Edited)["answers"] as object[]) } }),
    fromForm: (edited, { screening = [] }) => ({
      id: idOfWords((edited["question"] as Words | undefined)?.vi ?? "", (id) =>
        screening.some((one) => one.id === id),
      ),
      ...edited,
      answers: screeningAnswers(edited),
    }),
    schema: ScreeningQuestion,
  },
  {
    key: "timeLimits",
    section: "terms",
    specs: () => [
      { kind: "term", key: "term", label: "term" },
      { kind: "cases", key: "cases", label: "cases", optional: true },
      ways("channels", true),
      { kind: "paragraph", key: "note", label: "note", optional: true },
      { kind: "line", key: "source", label: "source", optional: true },
    ],
    blank: { term: { unit: "working_day" } },
    ...plain,
    schema: TimeLimit,
  },
  {
    key: "fees",
    section: "terms",
    specs: () => [
      { kind: "words", key: "name", label: "feeName" },
      { kind: "number", key: "amount", label: "amount", hint: true },
      { kind: "words", key: "per", label: "per", optional: true, hint: true },
      { kind: "field", key: "countedBy", label: "countedBy", optional: true },
      { kind: "cases", key: "cases", label: "cases", optional: true },
      ways("channels", true),
      { kind: "feeGroup", key: "id", label: "feeGroup", hint: true, optional: true },
      { kind: "paragraph", key: "note", label: "note", optional: true },
      { kind: "line", key: "source", label: "source", optional: true },
      { kind: "condition", key: "when", label: "when" },
    ],
    blank: { amount: null },
    toForm: identity,
    fromForm: withId(({ fees }) => fees.map(({ id }) => id)),
    schema: Fee,
  },
  {
    key: "requirements",
    section: "requirements",
    specs: () => [
      { kind: "words", key: "name", label: "paperName" },
      documentType,
      { kind: "number", key: "originals", label: "originals", hint: true },
      { kind: "number", key: "copies", label: "copies" },
      { kind: "yes", key: "required", label: "required" },
      { kind: "yes", key: "mayFollowLater", label: "mayFollowLater" },
      { kind: "paragraph", key: "hint", label: "hint", optional: true },
      { kind: "cases", key: "cases", label: "cases", optional: true },
      { kind: "line", key: "replacedByResult", label: "replacedByResult", optional: true, hint: true },
      { kind: "condition", key: "when", label: "when" },
    ],
    blank: { originals: 1, copies: 0, required: true, mayFollowLater: false },
    toForm: identity,
    fromForm: (edited, sketch) => ({ id: newFieldId(sketch, titleOf(edited)), ...edited }),
    schema: Requirement,
  },
  {
    key: "results",
    section: "results",
    specs: () => [
      { kind: "words", key: "name", label: "resultName" },
      documentType,
      { kind: "line", key: "code", label: "resultCode", optional: true },
    ],
    blank: {},
    toForm: identity,
    fromForm: withId(({ results }) => results.map(({ id }) => id)),
    schema: ResultKind,
  },
];

/** Specs with the entries of the lists that they choose from. */
export const withEntries = (
  specs: readonly Spec[],
  entriesOf: (list: ListName) => readonly ListEntry[],
): readonly Spec[] => specs.map((spec) => (spec.kind === "entry" ? { ...spec, entries: entriesOf(spec.list) } : spec));

/** The members of a list as they stand. */
export const membersOf = (sketch: Sketch, { key }: ListSpec): readonly unknown[] => sketch[key] ?? [];

/** The definition with another list in it; screening that asks nothing is left out. */
export function withMembers(sketch: Sketch, { key }: ListSpec, members: readonly unknown[]): Sketch {
  if (key !== "screening" || members.length > 0) return { ...sketch, [key]: members };
  const { screening: _none, ...rest } = sketch;
  return rest as Sketch;
}

/** What a member is called where it is spoken of. */
export function memberName(item: unknown, at: number): string {
  const one = item as Edited & Partial<Words>;
  const words = (one["name"] ?? one["question"]) as Words | undefined;
  const text = words?.vi ?? one.vi ?? one["title"];
  return typeof text === "string" && text !== "" ? text : String(at + 1);
}

/** A list with one member raised, lowered or taken out; null: it stands at that end already, or is not there. */
export function rearranged<T>(list: readonly T[], at: number, move: "up" | "down" | "remove"): T[] | null {
  if (!(at in list)) return null;
  if (move === "remove") return list.filter((_, i) => i !== at);
  const other = move === "up" ? at - 1 : at + 1;
  const [one, two] = [list[at], list[other]];
  if (one === undefined || two === undefined) return null;
  return list.map((item, i) => (i === at ? two : i === other ? one : item));
}
