import { AUTHORIZATION } from "#dossiers/rules.ts";
import type { Answers, ProcedureDefinition, Text } from "#procedures/index.ts";
import { applicableRequirements } from "#procedures/index.ts";
import { en } from "../messages/en.ts";
import { vi } from "../messages/vi.ts";
import { needsMandate } from "./owners.ts";

/** A paper that can be uploaded. `required`: the dossier cannot be filed without it. */
export type Paper = {
  id: string;
  /** "field": a question of the form that is answered with files. */
  kind: "paper" | "field";
  name: Text;
  hint: Text | null;
  required: boolean;
  mayFollowLater: boolean;
};

type Filled = { applicant: Answers; form: Answers };

const ownAuthorization: Paper = {
  id: AUTHORIZATION,
  kind: "paper",
  name: { vi: vi.papers.authorization, en: en.papers.authorization },
  hint: { vi: vi.papers.authorizationHint, en: en.papers.authorizationHint },
  required: true,
  mayFollowLater: false,
};

/** The papers that this case and these answers ask for, and the notes among them that are nothing to upload. */
export function papersOf(
  definition: Pick<ProcedureDefinition, "form" | "requirements" | "subjects" | "filedFor">,
  caseId: string | null,
  { applicant, form }: Filled,
): { uploads: Paper[]; notes: Text[] } {
  const asked = applicableRequirements(definition, { caseId, answers: form });
  const isMandated = needsMandate(definition, applicant);
  const isPaper = ({ originals, copies }: { originals: number; copies: number }): boolean => originals + copies > 0;
  const papers = asked.filter(isPaper).map(({ id, name, hint, required, mayFollowLater }): Paper => {
    const isOwed = required && !mayFollowLater;
    const isRequired = isOwed || (id === AUTHORIZATION && isMandated);
    return { id, kind: "paper", name, hint: hint ?? null, required: isRequired, mayFollowLater };
  });
  const isNamed = papers.some(({ id }) => id === AUTHORIZATION);
  return {
    uploads: isMandated
      ? [...(isNamed ? [] : [ownAuthorization]), ...papers]
      : papers.filter(({ id }) => id !== AUTHORIZATION),
    notes: asked.filter((requirement) => !isPaper(requirement)).map(({ name }) => name),
  };
}

/** Papers without which the dossier cannot be filed, among those that have no file yet. */
export const missingPapers = (papers: readonly Paper[], attachments: readonly { requirementId: string }[]): Paper[] => {
  const given = new Set(attachments.map(({ requirementId }) => requirementId));
  return papers.filter(({ id, required }) => required && !given.has(id));
};

/** What a request for completion asks to be uploaded: papers, and questions that are answered with files. */
export const papersAskedFor = (
  { requirements, form }: Pick<ProcedureDefinition, "form" | "requirements">,
  ids: readonly string[],
): Paper[] =>
  ids.map((id) => {
    const paper = requirements.find((one) => one.id === id);
    const field = paper ? undefined : form.pages.flatMap(({ fields }) => fields).find((one) => one.id === id);
    const name = paper?.name ?? field?.label ?? ownAuthorization.name;
    return { id, kind: field ? "field" : "paper", name, hint: null, required: true, mayFollowLater: false };
  });
