import { type Button, errorSummary, errorText, type Part, part, type SummaryList } from "#platform/components.ts";
import { type Form, filledForm, shown } from "#platform/form.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import { AGENCY_FUNCTIONS, AGENCY_KINDS, OFFICER_ROLES, STEP_STATUSES, type Step } from "#workflow/definition.ts";
import { paths } from "../paths.ts";
import type { Change, Manuscript } from "../queries.ts";
import { type Framed, framedPage } from "./frame.ts";
import { allowanceText, whoText } from "./process-words.ts";

export type ProcessFormPage = Framed & {
  action: string;
  stored: SummaryList | null;
  parts: readonly Part[];
  buttons: readonly Button[];
};
declare module "#platform/render.ts" {
  interface Views {
    "authoring/process-form": ProcessFormPage;
  }
}

export const on = (ticked: boolean | undefined): string => (ticked ? "on" : "");

/** The boxes of the form filled with a step as it stands. */
export const stepForm = (step: Step): Form =>
  filledForm({
    nameVi: step.name.vi,
    nameEn: step.name.en ?? "",
    role: step.role,
    agency: typeof step.agency === "string" ? step.agency : step.agency.at,
    kind: typeof step.agency === "string" ? "" : step.agency.kind,
    function: typeof step.agency === "string" ? "" : (step.agency.function ?? ""),
    amount: String(step.allowance.amount).replace(".", ","),
    unit: step.allowance.unit,
    status: step.status,
    needsResult: on(step.needs?.includes("result")),
    branch: on(step.branch),
    others: step.notSameOfficerAs ?? [],
  });
export const newStepForm: Form = filledForm({ unit: "working_day", status: "processing", agency: "competent" });

export const listed = (form: Form, name: string): string[] =>
  [form.values[name] ?? []].flat().filter((value): value is string => typeof value === "string");
const isOn = (form: Form, name: string): boolean => listed(form, name).includes("on");

/** One box that stands alone. */
export const tick = (form: Form, name: string, text: string, hint?: string): Part =>
  part("components/checkboxes", {
    name,
    label: text,
    hideLabel: true,
    values: isOn(form, name) ? ["on"] : [],
    items: [{ value: "on", text, hint: hint ?? null }],
  });

/** What a form says, by control, with what is wrong there. */
export const controls = (form: Form, t: Translate) => ({
  at: (name: string, label: MessageKey) => ({
    name,
    label: t(label),
    value: shown(form, name),
    error: errorText(form.errors, name, t),
  }),
});

export type More = { form: Form; since?: readonly Change[] | null };

export function formPage(
  manuscript: Manuscript,
  { title, lead, form, since }: More & { title: string; lead?: string },
  rest: Pick<ProcessFormPage, "action" | "stored" | "parts" | "buttons">,
  t: Translate,
): ProcessFormPage {
  const frame = framedPage(
    manuscript,
    "workflow",
    {
      title,
      lead: lead ?? null,
      problems: errorSummary(form.errors, t)?.errors ?? [],
      since: since ?? null,
      back: { href: paths.part(manuscript.id, "workflow"), text: t("authoring.process.title") },
    },
    t,
  );
  return { ...frame, ...rest };
}

const agencyParts = (form: Form, t: Translate): Part[] => {
  const { at } = controls(form, t);
  return [
    part("components/select", {
      ...at("kind", "authoring.process.step.kind"),
      placeholder: t("authoring.process.step.chooseKind"),
      items: AGENCY_KINDS.map((value) => ({ value, text: t(`authoring.process.kinds.${value}`) })),
    }),
    part("components/select", {
      ...at("function", "authoring.process.step.function"),
      hint: t("authoring.process.step.functionHint"),
      placeholder: t("authoring.process.step.anyFunction"),
      items: AGENCY_FUNCTIONS.map((value) => ({ value, text: t(`authoring.process.functions.${value}`) })),
    }),
  ];
};

/** @param step null: a step is added */
export function stepPage(manuscript: Manuscript, step: Step | null, more: More, t: Translate): ProcessFormPage {
  const { form } = more;
  const { workflow } = manuscript.sketch;
  const { at } = controls(form, t);
  const others = workflow.steps.filter(({ id }) => id !== step?.id);
  const parts: Part[] = [
    part("components/input", { ...at("nameVi", "authoring.process.step.name"), maxLength: 200 }),
    part("components/input", { ...at("nameEn", "authoring.process.step.nameEn"), maxLength: 200, required: false }),
    part("components/radios", {
      ...at("role", "authoring.process.step.role"),
      items: OFFICER_ROLES.map((value) => ({ value, text: t(`workflow.roles.${value}`) })),
    }),
    part("components/radios", {
      ...at("agency", "authoring.process.step.agency"),
      items: (["receiving", "competent", "commune", "province"] as const).map((value) => ({
        value,
        text: t(`authoring.process.agency.${value}`),
      })),
    }),
    part("components/fieldset", {
      legend: t("authoring.process.step.otherAgency"),
      legendSize: "s",
      parts: agencyParts(form, t),
    }),
    part("components/input", {
      ...at("amount", "authoring.process.step.amount"),
      hint: t("authoring.process.step.amountHint"),
      inputmode: "decimal",
      width: 5,
    }),
    part("components/radios", {
      ...at("unit", "authoring.process.step.unit"),
      inline: true,
      items: (["working_hour", "working_day"] as const).map((value) => ({
        value,
        text: t(`authoring.process.units.${value}`),
      })),
    }),
    part("components/radios", {
      ...at("status", "authoring.process.step.status"),
      items: STEP_STATUSES.map((value) => ({ value, text: t(`authoring.process.statuses.${value}`) })),
    }),
    part("components/fieldset", {
      legend: t("authoring.process.step.traits"),
      legendSize: "s",
      parts: (["needsResult", "branch"] as const).map((name) =>
        tick(form, name, t(`authoring.process.step.${name}`), t(`authoring.process.step.${name}Hint`)),
      ),
    }),
    ...(others.length === 0
      ? []
      : [
          part("components/checkboxes", {
            name: "others",
            label: t("authoring.process.step.others"),
            hint: t("authoring.process.step.othersHint"),
            values: listed(form, "others"),
            small: true,
            items: others.map(({ id, name }) => ({ value: id, text: name.vi })),
          }),
        ]),
  ];
  const { id } = manuscript;
  return formPage(
    manuscript,
    { ...more, title: t(step ? "authoring.process.step.editTitle" : "authoring.process.step.addTitle") },
    {
      action: step ? paths.step(id, step.id) : paths.stepAdd(id),
      stored:
        step && more.since
          ? {
              title: t("authoring.process.step.stored"),
              rows: [
                { key: t("authoring.process.step.name"), value: step.name.vi },
                { key: t("authoring.process.step.role"), value: whoText(step, t) },
                { key: t("authoring.process.step.amount"), value: allowanceText(step.allowance, t) },
              ],
            }
          : null,
      parts,
      buttons: [{ text: t(step ? "authoring.process.step.save" : "authoring.process.step.addAndSave") }],
    },
    t,
  );
}
