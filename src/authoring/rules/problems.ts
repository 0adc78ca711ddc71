import { faultText, ProcedureDefinition } from "#procedures/index.ts";
import { faults } from "../messages/conditions.ts";
import { overLimit } from "../messages/process.ts";
import { weighAllowances } from "./allowances.ts";
import { conditionFaults } from "./conditions.ts";
import { type Section, type Sketch, sectionOf } from "./sketch.ts";

/** Something that keeps a manuscript from being published: where it stands in the definition, and what is wrong there. */
export type Problem = { section: Section; path: readonly PropertyKey[]; message: string };

const filled = (text: string, params: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => params[name] ?? "");

const isWithin = (path: readonly PropertyKey[], whole: readonly PropertyKey[]): boolean =>
  whole.every((key, at) => path[at] === key);

/** Steps may not be given more time than the law gives the whole; what is only estimated is left to whoever publishes. */
const allowanceFaults = (sketch: Sketch) =>
  weighAllowances(sketch)
    .filter(({ exceeds, isEstimate }) => exceeds && !isEstimate)
    .map(({ hours, allowed }) => ({
      path: ["workflow", "steps"],
      message: filled(overLimit, { hours: inWords(hours), allowed: inWords(allowed) }),
    }));
const inWords = (hours: number): string => String(Math.round(hours * 100) / 100).replace(".", ",");

const found = new WeakMap<Sketch, readonly Problem[]>();

/**
 * Everything that is still wrong with a manuscript, in the order of its parts; none: it could be published as it is. A page
 * asks several times of the same state, which is never changed in place.
 */
export function problemsOf(sketch: Sketch): readonly Problem[] {
  const known = found.get(sketch);
  if (known) return known;
  const problems = findProblems(sketch);
  found.set(sketch, problems);
  return problems;
}

function findProblems(sketch: Sketch): Problem[] {
  const read = ProcedureDefinition.safeParse(sketch, { error: faultText });
  const asked = conditionFaults(sketch);
  const issues = (read.error?.issues ?? [])
    // Of a condition the faults say more, and at which comparison.
    .filter(({ path }) => !/when$/i.test(String(path.at(-1))) || !asked.some((one) => isWithin(one.path, path)))
    .map(({ path, message }) => ({ path, message }));
  return [
    ...issues,
    ...allowanceFaults(sketch),
    ...asked.map(({ path, fault }) => ({ path, message: filled(faults[fault.kind], fault.params) })),
  ].map(({ path, message }) => ({ section: sectionOf(path), path, message }));
}
