import { type Button, errorSummary, errorText, type Link, part, type Radios } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { Manuscript } from "../queries.ts";

export type ProcessShapes = { action: string; seen: string; note: string | null; shape: Radios; button: Button };
declare module "#platform/render.ts" {
  interface Views {
    "authoring/process-shapes": ProcessShapes;
  }
}

/** Whence a workflow may be taken: one of the shapes of practice, or another procedure. */
export function shapeForm(
  { id, version, sketch }: Manuscript,
  codes: readonly string[],
  form: Form | null,
  t: Translate,
): { view: ProcessShapes; problems: readonly Link[] } {
  const errors = form?.errors ?? {};
  const known = ["communeSameDay", "departmentAppraisal", "interAgency"] as const;
  const like = {
    name: "likeCode",
    label: t("authoring.process.shape.likeCode"),
    hint: t("authoring.process.shape.likeHint"),
    value: form ? shown(form, "likeCode") : "",
    error: errorText(errors, "likeCode", t),
    suggestions: codes,
    verbatim: true,
    width: 20 as const,
  };
  return {
    problems: form ? (errorSummary(errors, t)?.errors ?? []) : [],
    view: {
      action: paths.processShape(id),
      seen: String(version),
      note: sketch.workflow.steps.length > 0 ? t("authoring.process.shape.replaceNote") : null,
      shape: {
        name: "shape",
        label: t("authoring.process.shape.choose"),
        value: form ? shown(form, "shape") : null,
        error: errorText(errors, "shape", t),
        items: [
          ...known.map((value) => ({
            value,
            text: t(`authoring.process.shape.${value}`),
            hint: t(`authoring.process.shape.${value}Hint`),
          })),
          { value: "like", text: t("authoring.process.shape.like"), reveals: [part("components/input", like)] },
        ],
      },
      button: { text: t("authoring.process.shape.take"), kind: "secondary" },
    },
  };
}
