import { z } from "zod";
import { fold } from "#platform/format.ts";
import { AGENCY_FUNCTIONS, AGENCY_KINDS, AgencyRef } from "#workflow/definition.ts";
import type { SERVICE_LEVELS } from "./definition.ts";

const text = z.string().nullable();
const count = z.int().min(0).nullable();

/** One line of the national catalogue (a public crawl); keys that are not known here are kept with the record. */
export const NationalLine = z.looseObject({
  code: z.string().trim().min(1).max(60),
  name: z.string().trim().min(1).max(5000),
  promulgating_agency: text,
  executing_agency: text,
  competent_agency: text,
  coordinating_agency: text,
  authorised_agency: text,
  receiving_address: text,
  level_text: text,
  levels: z.array(z.enum(["xa", "tinh", "bo", "huyen", "khac"])),
  field: text,
  procedure_type: text,
  decision_no: text,
  subjects: z.array(z.string()),
  steps: text,
  methods: z.array(
    z.looseObject({
      channel: z.enum(["online", "in_person", "post"]),
      channel_text: text,
      time_text: text,
      time_value: z.number().nullable(),
      time_unit: z.enum(["working_day", "day", "hour", "month"]).nullable(),
      fee_text: text,
      fee_amounts_vnd: z.array(z.number()),
      free: z.boolean().nullable(),
      description: text,
    }),
  ),
  dossier: z.array(
    z.looseObject({
      case: text,
      items: z.array(z.looseObject({ name: z.string(), originals: count, copies: count, form_file: text })),
    }),
  ),
  legal_basis: z.array(z.looseObject({ title: text, number: text })),
  requirements: text,
  results: z.array(z.looseObject({ name: text, code: text })),
  related: z.unknown(),
  keywords: text,
  url: text,
  detail: z.enum(["full", "list"]),
  in_catalogue_2026_07: z.boolean().optional(),
  sources: z.array(z.unknown()),
  flags: z.array(z.string()),
});
export type NationalLine = z.output<typeof NationalLine>;

/** Codes as the national catalogue gives them; a few real ones are outside and only warned of. */
export const USUAL_CODE = /^\d\.\d{6}(?:\.H\d{2})?$/;

export const LEVEL_WORDS = { xa: "commune", tinh: "province", bo: "ministry", khac: "other" } as const;
export const SERVICE_WORDS = {
  "toan-trinh": "full",
  "mot-phan": "partial",
  "thong-tin": "information",
} as const satisfies Record<string, (typeof SERVICE_LEVELS)[number]>;

const slug = z.string().trim().min(1).max(200).optional();

/** `/thu-tuc?q=&linh-vuc=&cap=&co-quan=&doi-tuong=&su-kien=&muc=&trang=`; what does not fit is as if it were not given. */
export const CatalogueQuery = z.object({
  q: z
    .string()
    .trim()
    .transform((typed) => typed.slice(0, 300))
    .default(""),
  "linh-vuc": slug,
  cap: z.enum(["xa", "tinh", "bo", "khac"]).optional(),
  "co-quan": slug,
  "doi-tuong": slug,
  "su-kien": slug,
  muc: z.enum(["toan-trinh", "mot-phan", "thong-tin"]).optional(),
  trang: z.coerce.number().int().min(1).max(500).default(1),
});
export type CatalogueQuery = z.output<typeof CatalogueQuery>;

/** `/thu-tuc/goi-y?q=` */
export const SuggestionQuery = CatalogueQuery.pick({ q: true });

/** Which agencies take a seeded procedure in, and which decides: the receiving one, or one of a kind named as in a workflow. */
export const OfferingPlan = z.strictObject({
  code: z.string(),
  receivedBy: z.enum(AGENCY_KINDS),
  function: z.enum(AGENCY_FUNCTIONS).optional(),
  competent: AgencyRef,
});
export type OfferingPlan = z.output<typeof OfferingPlan>;
export const OfferingFile = z.object({ offerings: z.array(OfferingPlan) });

/** Everyday words (`say`) for the words of procedures' names (`means`), as the seed groups them. */
export const SynonymFile = z.object({
  synonyms: z.array(
    z.strictObject({ say: z.array(z.string().min(2)).min(1), means: z.array(z.string().min(2)).min(1) }),
  ),
});
export type SynonymFile = z.output<typeof SynonymFile>;

const LONGEST_PHRASE = 100;
const MOST_MEANINGS = 6;
const linesOf = (typed: string): string[] =>
  typed
    .normalize("NFC")
    .split(/\r?\n/)
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "");

/** The form of an everyday phrase: what people say, what it means (a line each), and when it was last changed. */
export const SynonymForm = z.object({
  say: z
    .string("procedures.synonyms.errors.say")
    .transform((typed) => typed.normalize("NFC").replace(/\s+/g, " ").trim())
    .refine((say) => fold(say).length >= 2, "procedures.synonyms.errors.say")
    .refine((say) => say.length <= LONGEST_PHRASE, "procedures.synonyms.errors.long"),
  means: z
    .string("procedures.synonyms.errors.means")
    .transform(linesOf)
    .refine(
      (means) => means.length > 0 && means.every((one) => fold(one).length >= 2),
      "procedures.synonyms.errors.means",
    )
    .refine(
      (means) => means.length <= MOST_MEANINGS && means.every(({ length }) => length <= LONGEST_PHRASE),
      "procedures.synonyms.errors.meansMany",
    ),
  seen: z.string().max(40).catch(""),
});
export type SynonymForm = z.output<typeof SynonymForm>;
/** What removing an everyday phrase sends along. */
export const SynonymRemoval = SynonymForm.pick({ seen: true });

/** `/quan-tri/tu-dong-nghia?q=&thu=&trang=` */
export const SynonymQuery = z.object({
  q: z.string().trim().max(200).default(""),
  thu: z.string().trim().max(300).default(""),
  trang: z.coerce.number().int().min(1).max(500).default(1),
});
export type SynonymQuery = z.output<typeof SynonymQuery>;

/** One spelling for each sector and each authority. */
export const SectorFile = z.object({ sectors: z.array(z.string()), authorities: z.array(z.string()) });
/** Life events and the procedures that belong to each. */
export const LifeEventFile = z.array(
  z.looseObject({ key: z.string(), label: z.string(), procedures: z.array(z.string()) }),
);
