import { ProcedureDefinition } from "#procedures/index.ts";
import { type Section, type Sketch, sectionOf } from "./sketch.ts";

/** Something that keeps a manuscript from being published: where it stands in the definition, and what is wrong there. */
export type Problem = { section: Section; path: readonly PropertyKey[]; message: string };

/** Everything that is still wrong with a manuscript, in the order of its parts; none: it could be published as it is. */
export function problemsOf(sketch: Sketch): Problem[] {
  const read = ProcedureDefinition.safeParse(sketch);
  if (read.success) return [];
  return read.error.issues.map(({ path, message }) => ({ section: sectionOf(path), path, message }));
}
