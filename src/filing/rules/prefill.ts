import { addressAnswer } from "#accounts/rules.ts";
import type { Answers, FieldContext, FormPage, ProcedureDefinition } from "#procedures/index.ts";

/** What an account says of its person. */
export type KnownPerson = {
  fullName: string;
  personalId: string | null;
  birthDate: string | null;
  gender: string | null;
  phone: string | null;
  email: string | null;
  communeCode: string | null;
  addressLine: string | null;
};

/**
 * First answers of a page that nobody has filled in yet: what the applicant's page says, else what the account says.
 * They are shown, and are answers only once the person saves them.
 */
export function prefilled(
  page: FormPage,
  known: KnownPerson | null,
  applicant: Answers,
  context: FieldContext,
): Answers {
  const sources: Record<string, unknown> = {
    "profile.fullName": applicant["fullName"] ?? known?.fullName,
    "profile.personalId": applicant["personalId"] ?? known?.personalId,
    "profile.birthDate": applicant["birthDate"] ?? known?.birthDate,
    "profile.gender": known?.gender,
    "profile.phone": applicant["phone"] ?? known?.phone,
    "profile.email": applicant["email"] ?? known?.email,
    "profile.address": applicant["address"] ?? (known && addressAnswer(known, context)),
  };
  const found = page.fields.map(({ id, prefill }) => [id, prefill ? sources[prefill] : null] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== null && value !== ""));
}

/** The fields of a form that ask for a file. */
export const uploadFields = ({ form }: Pick<ProcedureDefinition, "form">): { id: string }[] =>
  form.pages.flatMap(({ fields }) => fields).filter(({ type }) => type === "file");
