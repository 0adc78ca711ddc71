import { addressAnswer } from "#accounts/rules.ts";
import { type Authorizer, authorizerIn } from "#dossiers/rules.ts";
import type { Address, Answers, FieldContext, ProcedureDefinition } from "#procedures/index.ts";
import { countedAnswers } from "#procedures/index.ts";
import { applicantForm } from "./applicant.ts";

type Party = {
  role: string;
  kind: string;
  fullName: string;
  personalId: string | null;
  taxCode: string | null;
  birthDate: string | null;
  phone: string | null;
  email: string | null;
  communeCode: string | null;
  address: string | null;
  representative: string | null;
  position: string | null;
  relationship: string | null;
};
type Principal = Omit<Party, "role" | "communeCode" | "address"> | Authorizer;

/** The line of an address as filed: what stands before its commune and province, if those are still called so. */
function residenceOf({ communeCode, address }: Party, context: FieldContext): Address | null {
  const place = addressAnswer({ communeCode, addressLine: null }, context);
  if (!place || !address?.endsWith(place.text)) return place;
  const line = address.slice(0, -place.text.length).replace(/,\s*$/u, "");
  return addressAnswer({ communeCode, addressLine: line }, context);
}

const present = (answers: Record<string, unknown>): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== null && value !== undefined));

const answersFor = (principal: Principal | null, applicant: Party): Record<string, unknown> => {
  if (!principal) return { actingFor: "self" };
  if (principal.kind === "organization") {
    const isMandated = principal.representative !== applicant.fullName;
    return {
      actingFor: "organization",
      organizationName: principal.fullName,
      organizationTaxCode: principal.taxCode,
      organizationRole: isMandated ? "mandated" : "representative",
      organizationRepresentative: isMandated ? principal.representative : null,
      organizationPosition: principal.position,
      organizationPhone: principal.phone,
      organizationEmail: principal.email,
    };
  }
  return {
    actingFor: "other",
    principalRelationship: principal.relationship,
    principalName: principal.fullName,
    principalPersonalId: principal.personalId,
    principalBirthDate: principal.birthDate,
    principalPhone: principal.phone,
    principalEmail: principal.email,
  };
};

/** The pages about the applicant as they must have been answered for a dossier that was filed with these parties and answers. */
export function applicantAnswers(
  definition: Pick<ProcedureDefinition, "owner" | "subjects" | "filedFor" | "returnMethods">,
  { parties, answers }: { parties: readonly Party[]; answers: unknown },
  context: FieldContext,
): Answers {
  const applicant = parties.find(({ role }) => role === "applicant");
  if (!applicant) return {};
  const owning = parties.find(({ role }) => role === "owner");
  const isOwn = owning?.fullName === applicant.fullName && owning.personalId === applicant.personalId;
  const isNamed = definition.owner !== "applicant" && definition.owner.kind !== "organization";
  const principal = authorizerIn(answers) ?? (!isNamed && owning && !isOwn ? owning : null);
  const { fullName, personalId, birthDate, phone, email } = applicant;
  const given = present({
    fullName,
    personalId,
    birthDate,
    phone,
    email,
    address: residenceOf(applicant, context),
    ...answersFor(principal, applicant),
  });
  return countedAnswers(applicantForm(definition), given);
}
