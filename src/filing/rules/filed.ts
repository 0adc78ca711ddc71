import type { HelperInput, PartyInput } from "#dossiers/rules.ts";
import type { ProcedureDefinition } from "#procedures/index.ts";
import { countedAnswers } from "#procedures/index.ts";
import { applicantOf } from "./applicant.ts";
import { helperOf } from "./assistance.ts";
import type { DraftContent } from "./draft.ts";
import { authorizedBy, ownerOf } from "./owners.ts";

/** What of a draft is filed: the answers that count, and the people in them. */
export const filedOf = (
  definition: ProcedureDefinition,
  { applicant, helper, form }: Pick<DraftContent, "applicant" | "helper" | "form">,
): {
  answers: Record<string, unknown>;
  applicant: PartyInput;
  owner: PartyInput | null;
  helper: HelperInput | null;
} => ({
  answers: { ...countedAnswers(definition, form), ...authorizedBy(definition, applicant, form) },
  applicant: applicantOf(applicant),
  owner: ownerOf(definition, applicant, form),
  helper: helperOf(helper),
});
