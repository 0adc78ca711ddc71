import { z } from "zod";
import { formatPartialDate } from "#platform/format.ts";
import { composed, ResultSnapshot } from "../snapshot.ts";
import { type Facts, headOf } from "./matter.ts";

/** What a template may take from the applicant of a dossier. */
const OF_APPLICANT = [
  "applicant.fullName",
  "applicant.birthDate",
  "applicant.gender",
  "applicant.personalId",
  "applicant.address",
] as const;

type Applicant = {
  fullName: string;
  birthDate: string | null;
  gender: string | null;
  personalId: string | null;
  address: string | null;
};

/** What is known of an applicant, as it stands on a paper, by the names that a template has for it. */
export const knownOf = (one: Applicant | undefined): ReadonlyMap<string, string> =>
  new Map(
    one
      ? ([
          ["applicant.fullName", one.fullName],
          ["applicant.birthDate", one.birthDate ? formatPartialDate(one.birthDate) : ""],
          ["applicant.gender", one.gender === "female" ? "Nữ" : one.gender === "male" ? "Nam" : ""],
          ["applicant.personalId", one.personalId ?? ""],
          ["applicant.address", one.address ?? ""],
        ] satisfies [(typeof OF_APPLICANT)[number], string][])
      : [],
  );

const Field = z.object({
  id: z.string().regex(/^[a-zA-Z]+$/),
  label: z.string(),
  /** The answer that it is filled in with at first; the officer certifies what is in the register, not what was declared. */
  answer: z.string().optional(),
  /** Where that was not asked, because the applicant is meant: another answer, or what is known of them. */
  orElse: z.union([z.enum(OF_APPLICANT), z.string().regex(/^\w+$/)]).optional(),
  required: z.boolean().default(true),
  /** More than one line. */
  long: z.boolean().default(false),
  /** Stands in a line of its own; false: only where a sentence names it. */
  row: z.boolean().default(true),
  /** Shown where the form is looked at without a dossier. */
  sample: z.string(),
});

/** A result's text as data: sentences with places for what the officer certifies, `{{field}}`, and a few known facts. */
export const ResultTemplate = z
  .object({
    fields: z.array(Field).min(1),
    opening: z.array(z.string()),
    closing: z.array(z.string()),
    signerTitle: z.string(),
  })
  .superRefine(({ fields, opening, closing }, context) => {
    const known = new Set([...KNOWN, ...fields.map(({ id }) => id)]);
    for (const text of [...opening, ...closing])
      for (const [, name = ""] of text.matchAll(PLACE))
        if (!known.has(name)) context.addIssue({ code: "custom", message: `there is no field ${name}` });
    if (new Set(fields.map(({ id }) => id)).size < fields.length)
      context.addIssue({ code: "custom", message: "two fields of one id" });
  });
export type ResultTemplate = z.output<typeof ResultTemplate>;

const PLACE = /\{\{(\w+)\}\}/g;
/** What every template may name of the dossier. */
const KNOWN = ["agencyName", "applicantName", "dossierCode"] as const;

const LONGEST = 4000;

/** Reads what an officer fills in for this template: every required field, none unknown. */
export const resultFields = (template: ResultTemplate) =>
  z.object(
    Object.fromEntries(
      template.fields.map(({ id, required }) => {
        const text = z.string().trim().max(LONGEST);
        return [id, required ? text.min(1) : text];
      }),
    ),
  );

/** What an officer certifies, by whom it is signed. */
export type ResultValues = { values: Readonly<Record<string, string>>; signerName: string | null };

/** Sentences with their places filled in; one that is empty then is left out. */
export const fillPlaces = (texts: readonly string[], known: Readonly<Record<string, string>>): string[] =>
  texts.map((text) => text.replace(PLACE, (_, name: string) => known[name] ?? "").trim()).filter(Boolean);

/** Fills in a result from its template and what the officer certified. @throws when the template has another shape: a bug */
export function fillResult(facts: Facts, { values, signerName }: ResultValues): ResultSnapshot {
  const template = ResultTemplate.parse(facts.form.content);
  const { dossier, definition, agency } = facts;
  const known: Readonly<Record<string, string>> = {
    ...values,
    agencyName: agency.name,
    applicantName: dossier.parties.find(({ role }) => role === "applicant")?.fullName ?? "",
    dossierCode: dossier.code ?? "",
  };
  return ResultSnapshot.parse(
    composed({
      ...headOf(facts, "agency"),
      kind: "result",
      procedure: { code: definition.code, name: definition.name.vi, caseName: null },
      opening: fillPlaces(template.opening, known),
      rows: template.fields
        .filter(({ id, row }) => row && values[id])
        .map(({ id, label }) => ({ label, value: values[id] ?? "" })),
      closing: fillPlaces(template.closing, known),
      signer: { title: template.signerTitle, name: signerName },
    }),
  );
}
