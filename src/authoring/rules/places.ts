import type { Problem } from "./problems.ts";
import type { Sketch } from "./sketch.ts";

/** A list of a definition whose members have a name or a number, with the word for one of them (authoring.places.items). */
export const LISTED = [
  "steps",
  "legalBasis",
  "conditions",
  "cases",
  "screening",
  "answers",
  "timeLimits",
  "fees",
  "requirements",
  "results",
  "pages",
  "fields",
  "workflowSteps",
  "outcomes",
  "options",
] as const;
export type Listed = (typeof LISTED)[number];

/** One word of where something stands: a member of a list with its name or number, or a key of the definition. */
export type PlaceWord = { item: Listed; name: string } | { key: string };

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === "object" && value !== null;

const nameIn = (member: unknown, at: number): string => {
  if (!isObject(member)) return String(at + 1);
  for (const key of ["name", "label", "title", "question"]) {
    const words = member[key];
    if (typeof words === "string" && words !== "") return words;
    if (isObject(words) && typeof words["vi"] === "string" && words["vi"] !== "") return words["vi"];
  }
  return String(at + 1);
};

/** Where a problem stands, a word for each step that means something to a reader. */
export function placeWords(sketch: Sketch, path: readonly PropertyKey[]): PlaceWord[] {
  const found: PlaceWord[] = [];
  let value: unknown = sketch;
  path.forEach((key, at) => {
    const before = at > 0 ? path[at - 1] : undefined;
    value = isObject(value) ? value[key] : undefined;
    if (typeof key !== "number") {
      if (typeof path[at + 1] !== "number" && key !== "form" && key !== "workflow" && key !== "vi")
        found.push({ key: String(key) });
      return;
    }
    const list = before === "steps" && path[0] === "workflow" ? "workflowSteps" : String(before);
    const item = LISTED.find((one) => one === list);
    if (item) found.push({ item, name: nameIn(value, key) });
  });
  return found;
}

/** The question that a problem stands in: the innermost; null when it stands in none. */
export function fieldAt(sketch: Sketch, { path }: Pick<Problem, "path">): string | null {
  let value: unknown = sketch;
  let found: string | null = null;
  path.forEach((key, at) => {
    value = isObject(value) ? value[key] : undefined;
    if (path[at - 1] === "fields" && isObject(value) && typeof value["id"] === "string") found = value["id"];
  });
  return found;
}
