import { addressAnswer } from "#accounts/rules.ts";
import { authorizerIn } from "#dossiers/rules.ts";
import type { Address, Answers, FieldContext, ProcedureDefinition } from "#procedures/index.ts";

type Party = {
  role: string;
  fullName: string;
  personalId: string | null;
  birthDate: string | null;
  phone: string | null;
  email: string | null;
  communeCode: string | null;
  address: string | null;
};

/** The line of an address as filed: what stands before its commune and province, if those are still called so. */
function residenceOf({ communeCode, address }: Party, context: FieldContext): Address | null {
  const place = addressAnswer({ communeCode, addressLine: null }, context);
  if (!place || !address?.endsWith(place.text)) return place;
  const line = address.slice(0, -place.text.length).replace(/,\s*$/u, "");
  return addressAnswer({ communeCode, addressLine: line }, context);
}

const present = (answers: Record<string, unknown>): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== null && value !== undefined));

/** The applicant's page as it must have been answered for a dossier that was filed with these parties and answers. */
export function applicantAnswers(
  { owner }: Pick<ProcedureDefinition, "owner">,
  { parties, answers }: { parties: readonly Party[]; answers: unknown },
  context: FieldContext,
): Answers {
  const applicant = parties.find(({ role }) => role === "applicant");
  if (!applicant) return {};
  const owning = parties.find(({ role }) => role === "owner");
  const isOwn = owning?.fullName === applicant.fullName && owning.personalId === applicant.personalId;
  const principal = authorizerIn(answers) ?? (owner === "applicant" && owning && !isOwn ? owning : null);
  const { fullName, personalId, birthDate, phone, email } = applicant;
  return present({
    fullName,
    personalId,
    birthDate,
    phone,
    email,
    address: residenceOf(applicant, context),
    actingFor: principal ? "other" : "self",
    principalName: principal?.fullName,
    principalPersonalId: principal?.personalId,
    principalBirthDate: principal?.birthDate,
  });
}
