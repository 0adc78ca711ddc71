import { addressAnswer } from "#accounts/rules.ts";
import type { Answers, FieldContext, FormPage, ProcedureDefinition } from "#procedures/index.ts";
import { carryOver, holds, typeOf } from "#procedures/index.ts";

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

/** Where a first answer came from: the account, what stands on the pages before, or an earlier dossier. */
export type Source =
  | { kind: "account" | "draft" }
  | { kind: "dossier" /** Code, or reference while there is none. */; name: string; at: Date };

/** An earlier dossier whose answers may be used again; `form` is that of its version. */
export type EarlierDossier = {
  name: string;
  at: Date;
  form: Pick<ProcedureDefinition, "form">;
  answers: Answers;
};

export type Prefilled = { answers: Answers; sources: Readonly<Record<string, Source>> };

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** The newest earlier answer to the same question, of the same kind and still a right answer. */
function findEarlier(
  page: FormPage,
  fieldId: string,
  earlier: readonly EarlierDossier[],
  context: FieldContext,
): { value: unknown; source: Source } | null {
  const one = { form: { pages: [page] } };
  for (const { name, at, form, answers } of earlier) {
    const { [fieldId]: value } = carryOver({ [fieldId]: answers[fieldId] }, form, one, context).answers;
    if (isSaid(value)) return { value, source: { kind: "dossier", name, at } };
  }
  return null;
}

/**
 * First answers of a page that nobody has filled in yet, each with where it came from. They are shown, and are answers
 * only once the person saves them.
 */
export function prefilled(
  page: FormPage,
  {
    known,
    applicant,
    form = {},
    earlier,
  }: {
    known: KnownPerson | null;
    applicant: Answers;
    /** What stands on the pages of the form before: it says whom a question is about. */
    form?: Answers;
    earlier: readonly EarlierDossier[];
  },
  context: FieldContext,
): Prefilled {
  const from: Readonly<Record<string, readonly [onPages: unknown, inAccount: unknown]>> = {
    "profile.fullName": [applicant["fullName"], known?.fullName],
    "profile.personalId": [applicant["personalId"], known?.personalId],
    "profile.birthDate": [applicant["birthDate"], known?.birthDate],
    "profile.gender": [null, known?.gender],
    "profile.phone": [applicant["phone"], known?.phone],
    "profile.email": [applicant["email"], known?.email],
    "profile.address": [applicant["address"], known && addressAnswer(known, context)],
    "organization.name": [applicant["organizationName"], null],
    "organization.taxCode": [applicant["organizationTaxCode"], null],
    "organization.position": [applicant["organizationPosition"], null],
  };
  const answers: Record<string, unknown> = {};
  const sources: Record<string, Source> = {};
  for (const { id, prefill, prefillWhen } of page.fields) {
    if (!prefill) continue;
    const [onPages, inAccount] = (holds(prefillWhen, form) && from[prefill]) || [];
    const found: { value: unknown; source: Source } | null = isSaid(onPages)
      ? { value: onPages, source: { kind: "draft" } }
      : isSaid(inAccount)
        ? { value: inAccount, source: { kind: "account" } }
        : findEarlier(page, id, earlier, context);
    if (!found) continue;
    answers[id] = found.value;
    sources[id] = found.source;
  }
  return { answers, sources };
}

/** The fields of a form that ask for a file. */
export const uploadFields = ({ form }: Pick<ProcedureDefinition, "form">): { id: string }[] =>
  form.pages.flatMap(({ fields }) => fields).filter((field) => typeOf(field).type.uploads);
