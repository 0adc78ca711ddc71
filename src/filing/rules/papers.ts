import { AUTHORIZATION } from "#dossiers/rules.ts";
import type { Answers, ProcedureDefinition, Text } from "#procedures/index.ts";
import { applicableRequirements } from "#procedures/index.ts";
import { en } from "../messages/en.ts";
import { vi } from "../messages/vi.ts";
import { needsMandate } from "./owners.ts";

/** A paper that can be uploaded. `required`: the dossier cannot be filed without it. */
export type Paper = { id: string; name: Text; hint: Text | null; required: boolean; mayFollowLater: boolean };

/** More files than this for one paper are a mistake, or should be one PDF. */
export const MOST_FILES_A_PAPER = 20;
export const MOST_FILES = 100;

type Filled = { applicant: Answers; form: Answers };

const ownAuthorization: Paper = {
  id: AUTHORIZATION,
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
    return { id, name, hint: hint ?? null, required: isOwed || (id === AUTHORIZATION && isMandated), mayFollowLater };
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
