import { faultText, ProcedureDefinition } from "#procedures/index.ts";
import { type Problem, problemsOf } from "./problems.ts";
import { type Sketch, sectionOf } from "./sketch.ts";

/** The version of the form of definitions that this portal writes and reads. */
export const SCHEMA_VERSION = 1;

export type FileFault =
  | { kind: "notJson" | "notObject" }
  | { kind: "schemaVersion"; found: string }
  | { kind: "problems"; problems: readonly Problem[]; sketch: Sketch };
export type ReadFile = { ok: true; definition: Sketch } | { ok: false; fault: FileFault };

const MOST_FAULTS = 200;

/** A definition as the text of a file: exactly what the seed's own files hold, two spaces deep, with a last line end. */
export const fileOf = (definition: Sketch): string => `${JSON.stringify(definition, null, 2)}\n`;

/** Reads the text of a file that another portal wrote; a file with any fault is taken in by no part of it. */
export function readFile(text: string): ReadFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { ok: false, fault: { kind: "notJson" } };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { ok: false, fault: { kind: "notObject" } };
  const { schemaVersion } = value as { schemaVersion?: unknown };
  if (schemaVersion !== SCHEMA_VERSION)
    return { ok: false, fault: { kind: "schemaVersion", found: String(schemaVersion ?? "?").slice(0, 20) } };
  const read = ProcedureDefinition.safeParse(value, { error: faultText });
  if (read.success) {
    // Its shape is right: only now can conditions be asked of it, too.
    const problems = problemsOf(read.data);
    return problems.length === 0
      ? { ok: true, definition: read.data }
      : { ok: false, fault: { kind: "problems", problems, sketch: read.data } };
  }
  const problems = read.error.issues
    .slice(0, MOST_FAULTS)
    .map(({ path, message }) => ({ section: sectionOf(path), path, message }));
  return { ok: false, fault: { kind: "problems", problems, sketch: value as Sketch } };
}
