import { errorText, type Part, part } from "#platform/components.ts";
import { type Form, filledForm } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Outcome, Step } from "#workflow/definition.ts";
import { paths } from "../paths.ts";
import type { Manuscript } from "../queries.ts";
import type { Process } from "../rules.ts";
import { controls, formPage, listed, type More, on, type ProcessFormPage, tick } from "./process-forms.ts";
import { outcomeText } from "./process-words.ts";

/** The boxes of the form filled with an outcome as it stands. */
export const outcomeForm = (outcome: Outcome): Form =>
  filledForm({
    nameVi: outcome.name.vi,
    nameEn: outcome.name.en ?? "",
    kind: outcome.kind,
    to: outcome.to ?? "",
    consult: outcome.consult ?? [],
    needsNote: on(outcome.needsNote),
    waits: on(outcome.waitsForBranches),
    result: outcome.needsResult === undefined ? "auto" : outcome.needsResult ? "yes" : "no",
  });
export const newOutcomeForm = (step: Step): Form =>
  filledForm(step.branch ? { kind: "answer", result: "auto", needsNote: "on" } : { result: "auto" });

function outcomeParts({ steps }: Process, step: Step, form: Form, t: Translate): Part[] {
  const { at } = controls(form, t);
  const kinds = step.branch ? (["answer"] as const) : (["forward", "return", "complete", "refuse"] as const);
  const leads = steps.filter(({ branch }) => !branch);
  const branches = steps.filter(({ branch }) => branch);
  return [
    part("components/input", {
      ...at("nameVi", "authoring.process.outcome.name"),
      hint: t("authoring.process.outcome.nameHint"),
      maxLength: 200,
    }),
    part("components/input", { ...at("nameEn", "authoring.process.outcome.nameEn"), maxLength: 200, required: false }),
    part("components/radios", {
      ...at("kind", "authoring.process.outcome.kind"),
      items: kinds.map((value) => ({
        value,
        text: t(`workflow.kinds.${value}`),
        hint: t(`authoring.process.kindHints.${value}`),
      })),
    }),
    ...(step.branch
      ? []
      : [
          part("components/select", {
            ...at("to", "authoring.process.outcome.to"),
            hint: t("authoring.process.outcome.toHint"),
            placeholder: t("authoring.process.outcome.chooseStep"),
            items: leads.map(({ id, name }) => ({ value: id, text: name.vi })),
          }),
        ]),
    ...(step.branch || branches.length === 0
      ? []
      : [
          part("components/checkboxes", {
            name: "consult",
            label: t("authoring.process.outcome.consult"),
            hint: t("authoring.process.outcome.consultHint"),
            values: listed(form, "consult"),
            error: errorText(form.errors, "consult", t),
            items: branches.map(({ id, name }) => ({ value: id, text: name.vi })),
          }),
        ]),
    part("components/fieldset", {
      legend: t("authoring.process.outcome.conditions"),
      legendSize: "s",
      parts: [
        ...(step.branch ? [] : [tick(form, "waits", t("authoring.process.outcome.waits"))]),
        tick(form, "needsNote", t("authoring.process.outcome.needsNote"), t("authoring.process.outcome.needsNoteHint")),
      ],
    }),
    part("components/radios", {
      ...at("result", "authoring.process.outcome.result"),
      items: (["auto", "yes", "no"] as const).map((value) => ({
        value,
        text: t(`authoring.process.outcome.results.${value}`),
      })),
    }),
  ];
}

/** @param outcome null: an outcome is added to the step */
export function outcomePage(
  manuscript: Manuscript,
  step: Step,
  outcome: Outcome | null,
  more: More,
  t: Translate,
): ProcessFormPage {
  const { id, sketch } = manuscript;
  return formPage(
    manuscript,
    {
      ...more,
      title: t(outcome ? "authoring.process.outcome.editTitle" : "authoring.process.outcome.addTitle"),
      lead: t("authoring.process.outcome.lead", { step: step.name.vi }),
    },
    {
      action: outcome ? paths.outcome(id, step.id, outcome.id) : paths.outcomeAdd(id, step.id),
      stored:
        outcome && more.since
          ? {
              title: t("authoring.process.step.stored"),
              rows: [
                { key: t("authoring.process.outcome.name"), value: outcome.name.vi },
                { key: t("authoring.process.outcome.kind"), value: outcomeText(sketch.workflow, step, outcome, t) },
              ],
            }
          : null,
      parts: outcomeParts(sketch.workflow, step, more.form, t),
      buttons: [{ text: t(outcome ? "authoring.process.outcome.save" : "authoring.process.outcome.add") }],
    },
    t,
  );
}
