import { z } from "zod";

const text = z.string().nullable();

const Party = z.object({
  kind: z.enum(["person", "organization"]),
  fullName: z.string(),
  personalId: text,
  taxCode: text,
  address: text,
  phone: text,
  email: text,
});

/** Form 01 as it was filled in when it was issued: the paper is drawn from this alone, whatever becomes of the dossier. */
export const ReceiptSnapshot = z.object({
  schema: z.literal(1),
  kind: z.literal("receipt_slip"),
  templateVersion: z.literal(1),
  title: z.string(),
  basis: z.string(),
  agency: z.object({
    /** First line of the header: the authority above, or the agency itself when its one-stop desk issues. */
    parent: text,
    /** Who issues, the second line. */
    issuer: z.string(),
    /** The agency that receives, in full. */
    name: z.string(),
    address: text,
    phone: text,
    /** Địa danh */
    place: text,
  }),
  number: z.int(),
  numberText: z.string(),
  issuedAt: z.iso.datetime(),
  token: z.string(),
  code: z.string(),
  reference: z.string(),
  trackingUrl: z.url(),
  verificationUrl: z.url(),
  /** One-time code by which an account may take the dossier over (D10); null when it has an account. */
  linkCode: text,
  applicant: Party,
  /** In whose name the applicant files, where that is not the owner. Absent, not null: older slips had no such line. */
  authorizer: z.object({ fullName: z.string(), personalId: text }).optional(),
  /** Null: the applicant's own dossier. */
  owner: Party.nullable(),
  channel: z.enum(["online", "counter", "post"]),
  procedure: z.object({ code: z.string(), name: z.string(), caseName: text }),
  papers: z.array(
    z.object({
      name: z.string(),
      originals: z.int(),
      copies: z.int(),
      electronic: z.int(),
      /** To be handed in later. */
      later: z.boolean(),
    }),
  ),
  sets: z.int(),
  /** In words; null: no limit is known. */
  processingTime: text,
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  returnMethod: z.enum(["online", "counter", "post"]),
  returnPlace: z.string(),
  /** Đồng for one unit. */
  fees: z.array(z.object({ name: z.string(), amount: z.int(), quantity: z.int() })),
  /** Some fee of the procedure has no known amount. */
  feesOpen: z.boolean(),
  feeCollection: z.string(),
  officer: z.string(),
});
export type ReceiptSnapshot = z.output<typeof ReceiptSnapshot>;
export type ReceiptParty = z.output<typeof Party>;

/** Letters as one character each, everywhere: a font draws the marks of decomposed text beside their letters. */
export const composed = <T>(value: T): T => {
  if (typeof value === "string") return value.normalize("NFC") as T;
  if (Array.isArray(value)) return value.map(composed) as T;
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, composed(inner)])) as T;
  return value;
};
