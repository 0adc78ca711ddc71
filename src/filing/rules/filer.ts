import type { Filer } from "#companies/rules.ts";
import type { Answers, FormPage } from "#procedures/index.ts";
import type { DraftContent } from "./draft.ts";

/** The choice of who files for no company that the portal knows of. */
export const NO_COMPANY = "khac";

/**
 * What a company says of itself on its own page: as it is called today, and as what its member files for it today. It is
 * not typed anew for each dossier; the answers are the same as their controls would send.
 */
export function filerAnswers({ name, taxCode, role, representative }: Filer): Readonly<Record<string, string>> {
  const isMandated = role !== "representative";
  return {
    actingFor: "organization",
    organizationName: name,
    organizationTaxCode: taxCode,
    organizationRole: isMandated ? "mandated" : "representative",
    ...(isMandated && representative ? { organizationRepresentative: representative } : {}),
  };
}

/** A draft in a company's name; what may differ from dossier to dossier only begins as the company says it. */
export function withFiler(content: DraftContent, filer: Filer): DraftContent {
  const begun = {
    organizationPosition: filer.position,
    organizationPhone: filer.phone,
    organizationEmail: filer.email,
  };
  const said = Object.fromEntries(Object.entries(begun).filter(([, value]) => value !== null));
  return { ...content, applicant: { ...said, ...content.applicant, ...filerAnswers(filer) } };
}

/** A page about the applicant without what is known of the company. */
export const withoutKnown = (page: FormPage, filer: Filer): FormPage => {
  const known = { organizationRepresentative: "", ...filerAnswers(filer) };
  return { ...page, fields: page.fields.filter(({ id }) => !(id in known)) };
};

/** What a person says of themself: never taken from a dossier that a colleague filed. */
const PERSONAL = new Set(["fullName", "personalId", "birthDate", "phone", "email", "address"]);
export const withoutPerson = (applicant: Answers): Answers =>
  Object.fromEntries(Object.entries(applicant).filter(([name]) => !PERSONAL.has(name)));
