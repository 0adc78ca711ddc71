import { z } from "zod";
import {
  type Answers,
  applicableRequirements,
  type Field,
  type ProcedureDefinition,
  type Text,
  typeOf,
  visiblePages,
} from "#procedures/index.ts";
import { en, vi } from "../messages.ts";
import { AUTHORIZATION } from "../rules.ts";

/** One part of a dossier that must be completed: a question of its form, or a paper. */
export type Mark = { kind: "field" | "paper"; id: string; note: string };

const Marks = z.array(z.object({ kind: z.enum(["field", "paper"]), id: z.string(), note: z.string() }));
/** The marks as stored; what is not of this shape asks for nothing. */
export const marksOf = (stored: unknown): Mark[] => Marks.catch([]).parse(stored);

/** A part that may be marked; `pageTitle` of a question. */
export type MarkablePart = { kind: "field" | "paper"; id: string; name: Text; pageTitle: Text | null };

type Filled = { caseId: string | null; answers: Answers; attachments: readonly { requirementId: string }[] };

const authorization: Text = { vi: vi.authorization, en: en.authorization };

/** Whether an answer comes as files rather than by the form. */
export const isUpload = (field: Field): boolean => typeOf(field).type.uploads === true;

/** Every part of a dossier that an officer may ask to complete: the questions it was asked, and the papers of its case. */
export function markableParts(
  definition: ProcedureDefinition,
  { caseId, answers, attachments }: Filled,
): MarkablePart[] {
  const fields = visiblePages(definition, answers).flatMap((page) =>
    page.fields
      // What somebody declared is theirs to stand by: nothing of it can be lacking. What is reckoned follows the rest.
      .filter((field) => {
        const { asks, derive } = typeOf(field).type;
        return asks && !derive && field.type !== "declaration";
      })
      .map(({ id, label }): MarkablePart => ({ kind: "field", id, name: label, pageTitle: page.title })),
  );
  const papers = applicableRequirements(definition, { caseId, answers })
    .filter(({ originals, copies }) => originals + copies > 0)
    .map(({ id, name }): MarkablePart => ({ kind: "paper", id, name, pageTitle: null }));
  const isAuthorized =
    attachments.some(({ requirementId }) => requirementId === AUTHORIZATION) &&
    !papers.some(({ id }) => id === AUTHORIZATION);
  return [
    ...fields,
    ...papers,
    ...(isAuthorized ? [{ kind: "paper", id: AUTHORIZATION, name: authorization, pageTitle: null } as const] : []),
  ];
}

/** Marks that name no part of the dossier, or one part twice. */
export function strangeMarks(marks: readonly Mark[], parts: readonly MarkablePart[]): Mark[] {
  const known = new Set(parts.map(({ kind, id }) => `${kind}:${id}`));
  return marks.filter(({ kind, id }) => !known.delete(`${kind}:${id}`));
}

/** The marked parts that are answered with files: papers, and questions that ask for an upload. */
export function fileMarks(definition: Pick<ProcedureDefinition, "form">, marks: readonly Mark[]): string[] {
  const uploads = new Set(definition.form.pages.flatMap(({ fields }) => fields.filter(isUpload).map(({ id }) => id)));
  return marks.filter(({ kind, id }) => kind === "paper" || uploads.has(id)).map(({ id }) => id);
}
