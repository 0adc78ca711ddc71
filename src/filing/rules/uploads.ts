import type { Paper } from "./papers.ts";

/** What a person may have on its way in pieces at once, over all drafts. */
export const MOST_PARTIALS = 20;
export const MOST_PARTIAL_BYTES = 220 * 1024 * 1024;
const DAY_MS = 24 * 3_600_000;

/** A file begun before this is not gone on with: its bytes may be swept at any moment. */
export const freshSince = (now: Date): Date => new Date(now.getTime() - DAY_MS);

/** Names of the controls of the papers page; an id of a paper or of a file cannot be taken for another field's name. */
export const controlOf = (paperId: string): string => `tep.${paperId}`;
export const cameraOf = (paperId: string): string => `chup.${paperId}`;
export const replacingOf = (fileId: string): string => `thay.${fileId}`;

/** Where a file goes that was chosen at a control: to which paper, and in whose place. */
export type Target = { requirementId: string; kind: Paper["kind"]; replaces: string | null };

/** What a control stands for on the papers page that asks for these papers; null when it is none of its. */
export function targetOf(
  control: string,
  papers: readonly Pick<Paper, "id" | "kind">[],
  files: readonly { id: string; requirementId: string }[],
): Target | null {
  const dot = control.indexOf(".");
  const [kind, id] = [control.slice(0, dot), control.slice(dot + 1)];
  const replaced = kind === "thay" ? files.find((file) => file.id === id) : undefined;
  const wanted = kind === "tep" || kind === "chup" ? id : replaced?.requirementId;
  const paper = papers.find((one) => one.id === wanted);
  return paper ? { requirementId: paper.id, kind: paper.kind, replaces: replaced?.id ?? null } : null;
}
