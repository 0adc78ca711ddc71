import type { PartyInput } from "#dossiers/rules.ts";
import type { Answers, FormPage, ProcedureDefinition, Text } from "#procedures/index.ts";
import { en } from "../messages/en.ts";
import { vi } from "../messages/vi.ts";
import { ownerQuestions } from "./owners.ts";

const words = (key: keyof typeof vi.applicant): Text => ({ vi: vi.applicant[key], en: en.applicant[key] });

const page = {
  id: "applicant",
  title: words("title"),
  intro: words("intro"),
  fields: [
    {
      id: "fullName",
      type: "text",
      label: words("fullName"),
      required: true,
      prefill: "profile.fullName",
      settings: { format: "personName", autocomplete: "name" },
    },
    {
      id: "personalId",
      type: "personal_id",
      label: words("personalId"),
      hint: words("personalIdHint"),
      required: true,
      prefill: "profile.personalId",
      settings: { birthDate: "birthDate" },
    },
    {
      id: "birthDate",
      type: "partial_date",
      label: words("birthDate"),
      required: true,
      prefill: "profile.birthDate",
      settings: { past: true },
    },
    { id: "phone", type: "phone", label: words("phone"), required: true, prefill: "profile.phone", settings: {} },
    { id: "email", type: "email", label: words("email"), required: false, prefill: "profile.email", settings: {} },
    {
      id: "address",
      type: "address",
      label: words("address"),
      required: true,
      prefill: "profile.address",
      settings: {},
    },
  ],
} satisfies FormPage;

type Form = Pick<ProcedureDefinition, "form">;
type Asked = Pick<ProcedureDefinition, "subjects" | "filedFor" | "owner" | "returnMethods">;
const forms = new WeakMap<Asked, Form>();

export const METHOD = "returnMethod";

/** How the result is to come, where there is a choice: beside the address that the post would bring it to. */
function methodQuestion({ returnMethods }: Asked): FormPage["fields"] {
  if (returnMethods.length < 2) return [];
  const options = returnMethods.map((value) => ({ value, label: { vi: vi.result[value], en: en.result[value] } }));
  return [
    {
      id: METHOD,
      type: "radio",
      label: { vi: vi.result.label, en: en.result.label },
      hint: { vi: vi.result.hint, en: en.result.hint },
      required: true,
      settings: { options },
    },
  ];
}

/** Who files, for whom, and how they want the result: asked of every dossier before the procedure's own form, as a form of the same kind. */
export function applicantForm(definition: Asked): Form {
  const known = forms.get(definition);
  if (known) return known;
  const { actingFor, pages } = ownerQuestions(definition);
  const form = {
    form: { pages: [{ ...page, fields: [...page.fields, ...actingFor, ...methodQuestion(definition)] }, ...pages] },
  };
  forms.set(definition, form);
  return form;
}

export type ReturnMethod = ProcedureDefinition["returnMethods"][number];

/** Answers of the applicant's pages: the way of the result is kept beside the draft's content, not in it. */
export const withMethod = (applicant: Answers, method: ReturnMethod | null): Answers =>
  method ? { ...applicant, [METHOD]: method } : applicant;

/** The same answers apart again, as a draft keeps them. */
export function withoutMethod(answers: Answers): { applicant: Answers; returnMethod: ReturnMethod | null } {
  const { [METHOD]: method, ...applicant } = answers;
  return { applicant, returnMethod: (method as ReturnMethod | undefined) ?? null };
}

const text = (answer: unknown): string | null => (typeof answer === "string" && answer !== "" ? answer : null);
const place = (answer: unknown): { communeCode: string | null; address: string | null } => {
  const { communeCode, text: whole } = (typeof answer === "object" && answer !== null ? answer : {}) as Record<
    string,
    unknown
  >;
  return { communeCode: text(communeCode), address: text(whole) };
};

/** The person who files, as the dossier keeps them. */
export const applicantOf = (answers: Answers): PartyInput => ({
  kind: "person",
  fullName: text(answers["fullName"]) ?? "",
  personalId: text(answers["personalId"]),
  birthDate: text(answers["birthDate"]),
  phone: text(answers["phone"]),
  email: text(answers["email"]),
  ...place(answers["address"]),
});
