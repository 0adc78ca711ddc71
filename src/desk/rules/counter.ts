import type { PartyInput } from "#dossiers/rules.ts";
import type { Answers, Fee, Field, FormPage, ProcedureDefinition, Requirement } from "#procedures/index.ts";
import { typeOf } from "#procedures/index.ts";
import { vi } from "../messages.ts";

/**
 * The counter's own controls stand in one form with the procedure's fields, whose ids are words: a hyphen keeps them apart
 * ("reason" is asked by two procedures that ship).
 */
export const OWN = {
  act: "desk-act",
  reason: "desk-reason",
  preset: "desk-preset",
  channel: "desk-channel",
} as const;

type OnePage = Pick<ProcedureDefinition, "form"> & { page: FormPage };

const known = new WeakMap<ProcedureDefinition, OnePage>();

/**
 * The whole form as one page for the counter: the same fields with the same rules, each page a heading. A page's
 * condition becomes its fields'. Uploads are left out: what comes over the counter is a paper, and is listed as one.
 */
export function counterForm(definition: ProcedureDefinition): OnePage {
  const before = known.get(definition);
  if (before) return before;
  const fields = definition.form.pages.flatMap(({ title, showWhen, fields }, i): Field[] => {
    const within = (field: Field): Field => {
      if (!showWhen) return field;
      return { ...field, showWhen: field.showWhen ? { op: "all", of: [showWhen, field.showWhen] } : showWhen };
    };
    const asked = fields.filter((field) => !typeOf(field).type.uploads);
    const heading: Field = { id: `page_${i + 1}`, type: "heading", label: title, required: false, settings: {} };
    return asked.length > 0 ? [heading, ...asked].map(within) : [];
  });
  const page: FormPage = { id: "counter", title: { vi: vi.counter.form }, fields };
  const one = { form: { pages: [page] }, page };
  known.set(definition, one);
  return one;
}

const asked = (id: string, label: keyof typeof vi.applicant, field: Pick<Field, "type"> & Partial<Field>): Field => ({
  required: false,
  settings: {},
  ...field,
  id: `applicant_${id}`,
  label: { vi: vi.applicant[label] },
});

/** Who stands at the counter, and whose matter it is: asked before the procedure's own form, as a form of the same kind. */
const applicantPage: FormPage = {
  id: "applicant",
  title: { vi: vi.applicant.title },
  fields: [
    asked("personalId", "personalId", {
      type: "personal_id",
      hint: { vi: vi.applicant.personalIdHint },
      settings: { birthDate: "applicant_birthDate" },
    }),
    asked("fullName", "fullName", { type: "text", required: true, settings: { format: "personName" } }),
    asked("birthDate", "birthDate", { type: "partial_date", settings: { past: true } }),
    asked("phone", "phone", { type: "phone" }),
    asked("email", "email", { type: "email" }),
    asked("passport", "passport", {
      type: "text",
      hint: { vi: vi.applicant.passportHint },
      settings: { format: "letterDigits", maxLength: 20 },
    }),
    asked("address", "address", { type: "address", settings: { line: "optional" } }),
  ],
};
const principalFields: Field[] = [
  asked("ownerName", "ownerName", {
    type: "text",
    hint: { vi: vi.applicant.ownerHint },
    settings: { format: "personName" },
  }),
  asked("ownerPersonalId", "ownerPersonalId", { type: "personal_id" }),
];

const form = (fields: Field[]): OnePage => {
  const page = { ...applicantPage, fields };
  return { form: { pages: [page] }, page };
};
const forApplicant = form(applicantPage.fields);
const forApplicantAndOwner = form([...applicantPage.fields, ...principalFields]);

/** The applicant's part of the counter page; the owner is asked for where the procedure's own form does not. */
export const applicantForm = ({ owner }: Pick<ProcedureDefinition, "owner">): OnePage =>
  owner === "applicant" ? forApplicantAndOwner : forApplicant;

const text = (answer: unknown): string | null => (typeof answer === "string" && answer !== "" ? answer : null);
const place = (answer: unknown): Pick<PartyInput, "communeCode" | "address"> => {
  const { communeCode, text: whole } = (typeof answer === "object" && answer !== null ? answer : {}) as Record<
    string,
    unknown
  >;
  return { communeCode: text(communeCode), address: text(whole) };
};

/** The person who stands at the counter, as the dossier keeps them. */
export const applicantOf = (answers: Answers): PartyInput => ({
  kind: "person",
  fullName: text(answers["applicant_fullName"]) ?? "",
  // Form 01 has one line for the number of whichever paper somebody showed.
  personalId: text(answers["applicant_personalId"]) ?? text(answers["applicant_passport"]),
  birthDate: text(answers["applicant_birthDate"]),
  phone: text(answers["applicant_phone"]),
  email: text(answers["applicant_email"]),
  ...place(answers["applicant_address"]),
});

/** Whose dossier it is, when not the applicant's: whom the form describes, or who was named beside the applicant. */
export function ownerOf(
  { owner }: Pick<ProcedureDefinition, "owner">,
  applicant: Answers,
  answers: Answers,
): PartyInput | null {
  const at = (from: Answers, id: string | undefined): string | null => (id === undefined ? null : text(from[id]));
  const named =
    owner === "applicant"
      ? { fullName: at(applicant, "applicant_ownerName"), personalId: at(applicant, "applicant_ownerPersonalId") }
      : {
          fullName: at(answers, owner.fullName),
          personalId: at(answers, owner.personalId),
          birthDate: at(answers, owner.birthDate),
          gender: at(answers, owner.gender),
        };
  return named.fullName ? { ...named, kind: "person", fullName: named.fullName } : null;
}

/** Whether the requirement is something to hand in; the others are notes to the applicant. */
export const isPaper = ({ originals, copies }: Pick<Requirement, "originals" | "copies">): boolean =>
  originals + copies > 0;

/** Fees that may fall due in this case at the counter, before the answers say which. */
export const possibleFees = (
  definition: Pick<ProcedureDefinition, "fees">,
  caseId: string | null,
  channel: "counter" | "post",
): Fee[] =>
  definition.fees.filter(
    ({ cases, channels }) =>
      (!cases?.length || (caseId !== null && cases.includes(caseId))) &&
      (!channels?.length || channels.includes(channel)),
  );

/** Papers that this case may ask for, before the answers say which. */
export const possiblePapers = (
  definition: Pick<ProcedureDefinition, "requirements">,
  caseId: string | null,
): Requirement[] =>
  definition.requirements.filter(({ cases }) => !cases?.length || (caseId !== null && cases.includes(caseId)));

/** What was ticked for one paper. */
export type TickedPaper = { received: boolean; originals: number; copies: number; later: boolean; files: number };
export type PaperFault = "missing" | "none";

/**
 * What is wrong with a ticked paper: a needed one that is neither said to be there nor may follow, or one said to be there
 * of which there is none. A scan alone says nothing: the clerk says what came over the counter.
 */
export function paperFault(
  paper: Pick<Requirement, "required" | "mayFollowLater">,
  ticked: TickedPaper,
): PaperFault | null {
  const count = ticked.originals + ticked.copies + ticked.files;
  if (ticked.received) return count === 0 ? "none" : null;
  const follows = ticked.later && paper.mayFollowLater;
  return paper.required && !follows ? "missing" : null;
}
