import { faultText, ProcedureDefinition } from "#procedures/index.ts";
import { faults } from "../messages/conditions.ts";
import { conditionFaults } from "./conditions.ts";
import { type Section, type Sketch, sectionOf } from "./sketch.ts";

/** Something that keeps a manuscript from being published: where it stands in the definition, and what is wrong there. */
export type Problem = { section: Section; path: readonly PropertyKey[]; message: string };

const filled = (text: string, params: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => params[name] ?? "");

const isWithin = (path: readonly PropertyKey[], whole: readonly PropertyKey[]): boolean =>
  whole.every((key, at) => path[at] === key);

/** Everything that is still wrong with a manuscript, in the order of its parts; none: it could be published as it is. */
export function problemsOf(sketch: Sketch): Problem[] {
  const read = ProcedureDefinition.safeParse(sketch, { error: faultText });
  const asked = conditionFaults(sketch);
  const issues = (read.error?.issues ?? [])
    // Of a condition the faults say more, and at which comparison.
    .filter(({ path }) => !/when$/i.test(String(path.at(-1))) || !asked.some((one) => isWithin(one.path, path)))
    .map(({ path, message }) => ({ path, message }));
  return [
    ...issues,
    ...asked.map(({ path, fault }) => ({ path, message: filled(faults[fault.kind], fault.params) })),
  ].map(({ path, message }) => ({ section: sectionOf(path), path, message }));
}
