import { AUTHORIZATION } from "#dossiers/rules.ts";
import type { ProcedureDefinition } from "#procedures/index.ts";
import { type Paper, papersAskedFor } from "./papers.ts";

type Definition = Pick<ProcedureDefinition, "form" | "requirements" | "filedFor">;

/** What one archive may bring. */
export const ARCHIVE = { bytes: 100 * 1024 * 1024, files: 200, unpacked: 300 * 1024 * 1024 } as const;

/** A file of an archive that belongs to no line, and why: its name is told nothing by, or names what is not there. */
export type Stray = { name: string; why: "name" | "line" | "paper" };

/** The papers of a procedure as the names of files call them: by number, in the order of the version, beginning with 1. */
export function numberedPapers(definition: Definition): Paper[] {
  const ids = definition.requirements.filter(({ originals, copies }) => originals + copies > 0).map(({ id }) => id);
  const isProxied = definition.filedFor?.proxy !== false && !ids.includes(AUTHORIZATION);
  return papersAskedFor(definition, isProxied ? [...ids, AUTHORIZATION] : ids);
}

/** "4-1 Giấy chứng sinh.pdf": line 4, paper 1. Null: the name begins with no such numbers. */
function placeNamed(name: string): { line: number; paper: number } | null {
  const found = /^\s*(\d{1,4})\s*[-_]\s*(\d{1,2})(?!\d)/.exec(name);
  return found ? { line: Number(found[1]), paper: Number(found[2]) } : null;
}

/** Where a file of an archive belongs, among these lines of the sheet and these papers. */
export function sortNamed(
  name: string,
  lines: ReadonlyMap<number, number>,
  papers: readonly Pick<Paper, "id">[],
): { number: number; requirementId: string } | Stray {
  const place = placeNamed(name);
  if (!place) return { name, why: "name" };
  const number = lines.get(place.line);
  if (number === undefined) return { name, why: "line" };
  const paper = papers[place.paper - 1];
  return paper ? { number, requirementId: paper.id } : { name, why: "paper" };
}
