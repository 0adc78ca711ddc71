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

/** The known commune and line as an answer; null unless the commune is one of today's. */
function addressOf({ communeCode, addressLine }: KnownPerson, { lists }: FieldContext): object | null {
  if (!communeCode) return null;
  for (const province of lists.provinces) {
    const commune = lists.communesOf(province.value).find(({ value }) => value === communeCode);
    if (!commune) continue;
    const line = addressLine ?? "";
    const text = [line, commune.text, province.text].filter(Boolean).join(", ");
    return { provinceCode: province.value, communeCode, line, text };
  }
  return null;
}

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
    "profile.address": applicant["address"] ?? (known && addressOf(known, context)),
  };
  const found = page.fields.map(({ id, prefill }) => [id, prefill ? sources[prefill] : null] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== null && value !== ""));
}

/** The fields of a form that ask for a file. */
export const uploadFields = ({ form }: Pick<ProcedureDefinition, "form">): { id: string }[] =>
  form.pages.flatMap(({ fields }) => fields).filter(({ type }) => type === "file");
