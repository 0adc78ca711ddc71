import type { Field, FormPage, ProcedureDefinition } from "#procedures/index.ts";

/**
 * A definition while it is written: the shape of one, so that every part can be edited, but texts may be empty, lists
 * short and ids dangling. What is still wrong with it says `problemsOf`.
 */
export type Sketch = ProcedureDefinition;

type Stored<T> = { [K in keyof T]?: T[K] | null };
const isWhole = ({ type, label, settings }: Stored<Field>): boolean =>
  typeof type === "string" && typeof label?.vi === "string" && typeof settings === "object" && settings !== null;

/** A question as every page can show it: what was kept without a type has one that nobody knows. */
function wholeField(field: Stored<Field>): Field {
  const inner = field.settings?.["fields"];
  const settings = Array.isArray(inner)
    ? { ...field.settings, fields: inner.map(wholeField) }
    : (field.settings ?? undefined);
  if (isWhole(field)) return { ...(field as Field), settings: settings ?? {} };
  return {
    ...(field as Field),
    type: typeof field.type === "string" ? field.type : "",
    label: { ...field.label, vi: field.label?.vi ?? field.id ?? "" },
    settings: settings ?? {},
  };
}
const isSound = (field: Stored<Field>): boolean => {
  const inner = field.settings?.["fields"];
  return isWhole(field) && (!Array.isArray(inner) || inner.every(isSound));
};

/**
 * A sketch as it was kept. One that another version of the portal or a hand wrote may lack parts of its questions: it is
 * shown all the same, and `problemsOf` says where.
 */
export function readSketch(stored: unknown): Sketch {
  const sketch = stored as Sketch;
  const pages: readonly Stored<FormPage>[] = sketch.form?.pages ?? [];
  if (sketch.form?.pages && pages.every(({ fields, title }) => title && fields?.every(isSound))) return sketch;
  return {
    ...sketch,
    form: {
      ...sketch.form,
      pages: pages.map((page) => ({
        ...(page as FormPage),
        title: { ...page.title, vi: page.title?.vi ?? page.id ?? "" },
        fields: (page.fields ?? []).map(wholeField),
      })),
    },
  };
}

/** The parts of a manuscript, in the order in which they are written, each with the keys of the definition it holds. */
export const SECTIONS = {
  basics: [
    "code",
    "name",
    "sector",
    "levels",
    "subjects",
    "summary",
    "keywords",
    "executingAgency",
    "steps",
    "legalBasis",
    "conditions",
    "relatedCodes",
    "decisionNumber",
    "sourceUrl",
  ],
  filing: [
    "channels",
    "returnMethods",
    "serviceLevel",
    "serviceLevelReason",
    "eligibleFullyOnline",
    "owner",
    "filedFor",
    "receivedAnywhere",
    "cases",
    "screening",
  ],
  terms: ["timeLimits", "counting", "fees"],
  requirements: ["requirements"],
  results: ["results", "needsDocumentResult"],
  form: ["form"],
  workflow: ["workflow"],
} as const satisfies Record<string, readonly (keyof ProcedureDefinition)[]>;
export type Section = keyof typeof SECTIONS;

export const sections = Object.keys(SECTIONS) as Section[];

/** The part of a manuscript in which this place of the definition is edited. */
export const sectionOf = (path: readonly PropertyKey[]): Section =>
  sections.find((section) => (SECTIONS[section] as readonly PropertyKey[]).includes(path[0] ?? "")) ?? "basics";

/** An empty page: nothing is guessed, so that everything the law wants shows as missing. */
export const emptySketch = (code: string, name: string): Sketch => ({
  schemaVersion: 1,
  code,
  name: { vi: name },
  sector: "",
  levels: [],
  subjects: [],
  summary: { vi: "" },
  keywords: [],
  serviceLevel: "full",
  executingAgency: { vi: "" },
  steps: [],
  cases: [],
  channels: [],
  returnMethods: [],
  timeLimits: [],
  counting: { makeUpDaysCount: true },
  fees: [],
  requirements: [],
  legalBasis: [],
  conditions: [],
  results: [],
  needsDocumentResult: false,
  eligibleFullyOnline: false,
  relatedCodes: [],
  owner: "applicant",
  form: { pages: [] },
  workflow: { start: "", steps: [] },
});
