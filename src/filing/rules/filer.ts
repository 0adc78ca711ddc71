import type { Filer } from "#companies/rules.ts";
import { fold } from "#platform/format.ts";
import type { Answers, FormPage, Submitted } from "#procedures/index.ts";
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

/** What may differ from dossier to dossier and only begins as the company says it. */
const begunBy = ({ position, phone, email }: Filer): Readonly<Record<string, string>> => ({
  ...(position === null ? {} : { organizationPosition: position }),
  ...(phone === null ? {} : { organizationPhone: phone }),
  ...(email === null ? {} : { organizationEmail: email }),
});

/** A draft in a company's name. */
export const withFiler = (content: DraftContent, filer: Filer): DraftContent => ({
  ...content,
  applicant: { ...begunBy(filer), ...content.applicant, ...filerAnswers(filer) },
});

/**
 * What a page about the applicant sends for a line of a table that is filed in a company's name, and the questions for
 * which the line names somebody else.
 */
export function sentBy(
  filer: Filer,
  { fields }: FormPage,
  sent: Submitted,
): { submitted: Submitted; contradicted: string[] } {
  const known: Readonly<Record<string, string>> = { organizationRepresentative: "", ...filerAnswers(filer) };
  const typed = (id: string): string => (typeof sent[id] === "string" ? sent[id].trim() : "");
  const asked = fields.map(({ id }) => id);
  const begun = Object.entries(begunBy(filer)).filter(([id]) => asked.includes(id) && typed(id) === "");
  const given = Object.entries(known).filter(([id]) => asked.includes(id));
  return {
    submitted: { ...sent, ...Object.fromEntries([...begun, ...given]) },
    contradicted: given.flatMap(([id, value]) => (typed(id) === "" || fold(typed(id)) === fold(value) ? [] : id)),
  };
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
