import type { ScanState } from "#platform/scanning.ts";
import type { Answers, FieldContext, ProcedureDefinition } from "#procedures/index.ts";
import { carryOver, missingOf } from "#procedures/index.ts";
import { applicantForm, type ReturnMethod, withMethod } from "./applicant.ts";
import { helperForm } from "./assistance.ts";
import type { DraftContent, WizardPage } from "./draft.ts";
import { wizardPages } from "./draft.ts";
import { missingPapers, papersOf } from "./papers.ts";

export type PageState = "done" | "missing" | "wrong";
export type Checked = { page: WizardPage; state: PageState };

type Draft = { caseId: string | null; returnMethod: ReturnMethod | null; content: DraftContent };
type Form = Pick<ProcedureDefinition, "form">;

/** Pages of the form with an answer that today's rules do not take, or without one that they ask for. */
function unfinished(form: Form, answers: Answers, context: FieldContext): Set<string> {
  const { answers: kept, dropped } = carryOver(answers, form, form, context);
  const pageOf = (fieldId: string) => form.form.pages.find(({ fields }) => fields.some(({ id }) => id === fieldId))?.id;
  return new Set([
    ...dropped.flatMap((fieldId) => pageOf(fieldId) ?? []),
    ...missingOf(form, kept).map(({ pageId }) => pageId),
  ]);
}

/** What stands between a draft and its submission, page by page; filed is only what is done throughout. */
export function checklist(
  definition: ProcedureDefinition,
  { caseId, returnMethod, content }: Draft,
  attachments: readonly { requirementId: string; scanState?: ScanState }[],
  context: FieldContext,
): Checked[] {
  const inForm = unfinished(definition, content.form, context);
  const inApplicant = unfinished(applicantForm(definition), withMethod(content.applicant, returnMethod), context);
  const inHelper = unfinished(helperForm, content.helper, context);
  const lacks = (page: WizardPage): boolean => {
    switch (page.kind) {
      case "applicant":
        return (page.formPageId === "helper" ? inHelper : inApplicant).has(page.formPageId);
      case "form":
        return inForm.has(page.formPageId);
      case "papers":
        // A file that nobody will ever open is replaced before it is filed, not asked for afterwards.
        return (
          attachments.some(({ scanState }) => scanState === "infected") ||
          missingPapers(papersOf(definition, caseId, content).uploads, attachments).length > 0
        );
      case "check":
        return false;
    }
  };
  // The papers page asks nothing that a save would tell: what counts is whether the files are there.
  const isSaved = (page: WizardPage): boolean => page.kind === "papers" || content.done.includes(page.slug);
  const stateOf = (page: WizardPage): PageState => {
    if (content.typed[page.slug]) return "wrong";
    return isSaved(page) && !lacks(page) ? "done" : "missing";
  };
  return wizardPages(definition, caseId, content)
    .filter(({ kind }) => kind !== "check")
    .map((page) => ({ page, state: stateOf(page) }));
}

/** How the result comes: as chosen, or the only way there is. */
export const chosenMethod = (
  definition: Pick<ProcedureDefinition, "returnMethods">,
  chosen: ReturnMethod | null,
): ReturnMethod | null => (definition.returnMethods.length === 1 ? (definition.returnMethods[0] ?? null) : chosen);

/** Whether the check page asks for the declaration: a form that has one of its own does not ask twice. */
export const needsDeclaration = ({ form }: Form): boolean =>
  !form.pages.some(({ fields }) => fields.some(({ type }) => type === "declaration"));
