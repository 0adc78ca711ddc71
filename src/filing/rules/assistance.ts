import { HELPER_ROLES, type HelperInput } from "#dossiers/rules.ts";
import type { Answers, FormPage, ProcedureDefinition, Text } from "#procedures/index.ts";
import { en, vi } from "../messages/assistance.ts";

const words = (key: keyof typeof vi): Text => ({ vi: vi[key], en: en[key] });
const isHelped = { op: "equals", field: "helped", value: "yes" } as const;
const asked = { required: true, showWhen: isHelped } as const;

const page: FormPage = {
  id: "helper",
  title: words("title"),
  intro: words("intro"),
  fields: [
    {
      id: "helped",
      type: "radio",
      label: words("helped"),
      required: true,
      settings: {
        options: [
          { value: "yes", label: words("yes") },
          { value: "no", label: words("no") },
        ],
      },
    },
    { id: "helperName", type: "text", label: words("name"), ...asked, settings: { format: "personName" } },
    {
      id: "helperRole",
      type: "radio",
      label: words("role"),
      ...asked,
      settings: { options: HELPER_ROLES.map((value) => ({ value, label: words(value) })) },
    },
    {
      id: "helperOrganization",
      type: "text",
      label: words("organization"),
      hint: words("organizationHint"),
      ...asked,
      settings: {},
    },
    { id: "helperPhone", type: "phone", label: words("phone"), ...asked, settings: {} },
  ],
};

/** Who helped: asked only of those who say that somebody did. */
export const helperForm: Pick<ProcedureDefinition, "form"> = { form: { pages: [page] } };

/** The helper as the dossier keeps them; null when nobody helped, or the page is not filled in. */
export function helperOf(answers: Answers): HelperInput | null {
  const text = (name: string): string => (typeof answers[name] === "string" ? answers[name] : "");
  const role = HELPER_ROLES.find((one) => one === answers["helperRole"]);
  if (answers["helped"] !== "yes" || !role) return null;
  return {
    fullName: text("helperName"),
    role,
    organization: text("helperOrganization"),
    phone: text("helperPhone"),
  };
}
