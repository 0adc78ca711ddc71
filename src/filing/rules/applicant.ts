import type { PartyInput } from "#dossiers/rules.ts";
import type { Answers, FormPage, ProcedureDefinition, Text } from "#procedures/index.ts";
import { en } from "../messages/en.ts";
import { vi } from "../messages/vi.ts";
import { isForAnother } from "./papers.ts";

const words = (key: keyof typeof vi.applicant): Text => ({ vi: vi.applicant[key], en: en.applicant[key] });
const ofOther = { op: "equals", field: "actingFor", value: "other" } as const;

const page: FormPage = {
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
    {
      id: "actingFor",
      type: "radio",
      label: words("actingFor"),
      required: true,
      settings: {
        options: [
          { value: "self", label: words("self") },
          { value: "other", label: words("other") },
        ],
      },
    },
    {
      id: "principalName",
      type: "text",
      label: words("principalName"),
      required: true,
      showWhen: ofOther,
      settings: { format: "personName" },
    },
    {
      id: "principalPersonalId",
      type: "personal_id",
      label: words("principalPersonalId"),
      required: true,
      showWhen: ofOther,
      settings: { birthDate: "principalBirthDate" },
    },
    {
      id: "principalBirthDate",
      type: "partial_date",
      label: words("principalBirthDate"),
      required: true,
      showWhen: ofOther,
      settings: { past: true },
    },
  ],
};

/** Who files: asked of every dossier before the procedure's own form, as a form of the same kind. */
export const applicantForm: Pick<ProcedureDefinition, "form"> & { page: FormPage } = { form: { pages: [page] }, page };

const METHOD = "returnMethod";
/** How the result is to come: a form of one question, with the methods that the version allows. */
export function resultForm(
  methods: ProcedureDefinition["returnMethods"],
): Pick<ProcedureDefinition, "form"> & { page: FormPage } {
  const options = methods.map((value) => ({ value, label: { vi: vi.result[value], en: en.result[value] } }));
  const asked: FormPage = {
    id: "result",
    title: { vi: vi.result.title, en: en.result.title },
    fields: [
      {
        id: METHOD,
        type: "radio",
        label: { vi: vi.result.label, en: en.result.label },
        hint: { vi: vi.result.hint, en: en.result.hint },
        required: true,
        settings: { options },
      },
    ],
  };
  return { form: { pages: [asked] }, page: asked };
}
export type ReturnMethod = ProcedureDefinition["returnMethods"][number];
export const methodAnswers = (method: ReturnMethod | null): Answers => (method ? { [METHOD]: method } : {});
export const methodOf = (answers: Answers): ReturnMethod | null =>
  (answers[METHOD] as ReturnMethod | undefined) ?? null;

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

/** Whose dossier it is, when not the applicant's: the person the form describes, or the one who authorised. */
export function ownerOf(
  definition: Pick<ProcedureDefinition, "owner">,
  applicant: Answers,
  form: Answers,
): PartyInput | null {
  if (definition.owner !== "applicant") {
    const named = definition.owner;
    const fullName = text(form[named.fullName]);
    const at = (id: string | undefined): string | null => (id === undefined ? null : text(form[id]));
    if (fullName)
      return {
        kind: "person",
        fullName,
        personalId: at(named.personalId),
        birthDate: at(named.birthDate),
        gender: at(named.gender),
      };
  }
  if (!isForAnother(applicant)) return null;
  return {
    kind: "person",
    fullName: text(applicant["principalName"]) ?? "",
    personalId: text(applicant["principalPersonalId"]),
    birthDate: text(applicant["principalBirthDate"]),
  };
}

/** Who authorised the applicant, when the dossier's owner is somebody else whom the form describes: kept with the answers. */
export function authorizedBy(definition: Pick<ProcedureDefinition, "owner">, applicant: Answers): Answers {
  if (!isForAnother(applicant) || definition.owner === "applicant") return {};
  const { principalName: fullName, principalPersonalId: personalId, principalBirthDate: birthDate } = applicant;
  return { authorizedBy: { fullName, personalId, birthDate } };
}
