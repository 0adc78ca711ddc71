import { type Field, faultText, ProcedureDefinition } from "#procedures/index.ts";
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

/** Settings of a field have no order of their own: each type's names stand by the alphabet. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}

const fieldInOrder = ({ settings, ...field }: Field): Field => ({
  ...field,
  settings: Object.fromEntries(
    Object.entries(ordered(settings) as Field["settings"]).map(([key, value]) => [
      key,
      // The fields of a group are fields, too.
      key === "fields" ? (settings["fields"] as Field[]).map(fieldInOrder) : value,
    ]),
  ),
});

/**
 * A definition as the text of a file: every key in the order of the schema, defaults written out, two spaces deep, with a
 * last line end. Equal definitions make equal files, wherever they were kept; the seed's own files are such files.
 */
export function fileOf(definition: Sketch): string {
  const parsed = ProcedureDefinition.parse(definition);
  const pages = parsed.form.pages.map((page) => ({ ...page, fields: page.fields.map(fieldInOrder) }));
  // Spread over what was there, the form keeps its place among the keys.
  return `${JSON.stringify({ ...parsed, form: { ...parsed.form, pages } }, null, 2)}\n`;
}

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
