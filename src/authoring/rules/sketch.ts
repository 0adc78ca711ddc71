import type { ProcedureDefinition } from "#procedures/index.ts";

/**
 * A definition while it is written: the shape of one, so that every part can be edited, but texts may be empty, lists
 * short and ids dangling. What is still wrong with it says `problemsOf`.
 */
export type Sketch = ProcedureDefinition;

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
