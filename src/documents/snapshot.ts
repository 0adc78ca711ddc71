import { z } from "zod";
import { canonicalJson, sha256 } from "#platform/canonical.ts";

const text = z.string().nullable();
const instant = z.iso.datetime();

const Party = z.object({
  kind: z.enum(["person", "organization"]),
  fullName: z.string(),
  personalId: text,
  taxCode: text,
  address: text,
  phone: text,
  email: text,
  /** Who speaks for an organization, and as what. Absent, not null: older papers had no such words. */
  spokenFor: z.string().optional(),
});

/** What stands on every paper: who issues it, its number and date, which dossier it belongs to, where it is checked. */
const Head = z.object({
  schema: z.literal(1),
  /** The layout that draws it. */
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
  issuedAt: instant,
  token: z.string(),
  /** Null: the dossier was not accepted. */
  code: text,
  reference: z.string(),
  trackingUrl: z.url(),
  verificationUrl: z.url(),
  /** Passages that administrators worded anew, filled in. Absent, not null: the portal's own words. */
  passages: z.record(z.string(), z.string()).optional(),
});

/** Whose dossier it is and what it asks for. */
const Matter = z.object({
  applicant: Party,
  /** In whose name the applicant files, where that is not the owner. Absent, not null: older slips had no such line. */
  authorizer: z.object({ fullName: z.string(), personalId: text }).optional(),
  /** Null: the applicant's own dossier. */
  owner: Party.nullable(),
  procedure: z.object({ code: z.string(), name: z.string(), caseName: text }),
});

/** `name` null: the place stays free for a pen. */
const Signer = z.object({ title: z.string(), name: text });

/** Đồng for one unit. */
const Fees = z.array(z.object({ name: z.string(), amount: z.int(), quantity: z.int() }));

const paper = <K extends string, S extends z.ZodRawShape>(kind: K, own: S) =>
  Head.extend({ kind: z.literal(kind) }).extend(own);

/** Form 01 as it was filled in when it was issued: the paper is drawn from this alone, whatever becomes of the dossier. */
export const ReceiptSnapshot = paper("receipt_slip", {
  ...Matter.shape,
  code: z.string(),
  /** One-time code by which an account may take the dossier over (D10); null when it has an account. */
  linkCode: text,
  /** The last event of the dossier's history as it was accepted: whoever holds the slip can tell that it was not rewritten. */
  history: z.object({ seq: z.int(), hash: z.string() }).optional(),
  channel: z.enum(["online", "counter", "post"]),
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
  receivedAt: instant,
  dueAt: instant.nullable(),
  returnMethod: z.enum(["online", "counter", "post"]),
  returnPlace: z.string(),
  fees: Fees,
  /** Some fee of the procedure has no known amount. */
  feesOpen: z.boolean(),
  feeCollection: z.string(),
  officer: z.string(),
});

/** Form 02: everything that is lacking, at once. */
export const SupplementSnapshot = paper("supplement_request", {
  ...Matter.shape,
  /** Before acceptance, or while it is worked on. */
  stage: z.enum(["intake", "processing"]),
  round: z.int(),
  /** A paper says how many are asked for; a question of the form has no copies. */
  parts: z.array(z.object({ name: z.string(), originals: z.int(), copies: z.int(), note: z.string() })),
  reason: z.string(),
  /** yyyy-MM-dd */
  answerBy: text,
  officer: z.string(),
});

/** Form 03. */
export const DeclineSnapshot = paper("decline_slip", { ...Matter.shape, reason: z.string(), officer: z.string() });

/** Form 04. */
export const ApologySnapshot = paper("apology_letter", {
  ...Matter.shape,
  receivedAt: instant,
  oldDueAt: instant,
  newDueAt: instant,
  /** The agency that settles the matter. */
  handler: z.string(),
  reason: z.string(),
  signer: Signer,
});

/** Form 05. */
export const StopSnapshot = paper("stop_notice", {
  ...Matter.shape,
  receivedAt: instant,
  /** The step it stood at, as the procedure calls it. */
  stage: text,
  reason: z.string(),
  fees: Fees,
  /** Originals that were handed in. */
  papers: z.array(z.object({ name: z.string(), originals: z.int() })),
  signer: Signer,
});

/** Form 06: who gave the dossier to whom, and whether in time. */
export const ControlSnapshot = paper("control_slip", {
  ...Matter.shape,
  receivedAt: instant,
  dueAt: instant.nullable(),
  handler: z.string(),
  cooperating: z.array(z.string()),
  handOvers: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      at: instant,
      giver: text,
      receiver: text,
      /** Of the one who gave it on; null: nothing was due there. */
      timing: z.enum(["early", "on_time", "late"]).nullable(),
      note: z.string(),
    }),
  ),
  officer: z.string(),
});

/** Who took the result over the counter, by which papers, and what went back with it. */
export const DeliverySnapshot = paper("delivery_receipt", {
  ...Matter.shape,
  results: z.array(z.object({ title: z.string(), number: text, issuedOn: text })),
  receiver: z.object({
    fullName: z.string(),
    paper: text,
    phone: text,
    /** The document by which somebody else came; null: the applicant or owner. */
    proxyPaper: text,
  }),
  /** Originals given back. */
  returned: z.array(z.object({ name: z.string(), originals: z.int() })),
  deliveredAt: instant,
  officer: z.string(),
});

/** What a procedure ends in, made from a template: what the officer certified, as it stood when it was issued. */
export const ResultSnapshot = paper("result", {
  procedure: Matter.shape.procedure,
  opening: z.array(z.string()),
  rows: z.array(z.object({ label: z.string(), value: z.string() })),
  closing: z.array(z.string()),
  signer: Signer,
});

export const PaperSnapshot = z.discriminatedUnion("kind", [
  ReceiptSnapshot,
  SupplementSnapshot,
  DeclineSnapshot,
  ApologySnapshot,
  StopSnapshot,
  ControlSnapshot,
  DeliverySnapshot,
  ResultSnapshot,
]);
export type PaperSnapshot = z.output<typeof PaperSnapshot>;
/** A paper of one kind. */
export type SnapshotOf<K extends PaperSnapshot["kind"]> = Extract<PaperSnapshot, { kind: K }>;
export type ReceiptSnapshot = SnapshotOf<"receipt_slip">;
export type SupplementSnapshot = SnapshotOf<"supplement_request">;
export type DeclineSnapshot = SnapshotOf<"decline_slip">;
export type ApologySnapshot = SnapshotOf<"apology_letter">;
export type StopSnapshot = SnapshotOf<"stop_notice">;
export type ControlSnapshot = SnapshotOf<"control_slip">;
export type DeliverySnapshot = SnapshotOf<"delivery_receipt">;
export type ResultSnapshot = SnapshotOf<"result">;
export type PaperParty = z.output<typeof Party>;
export type PaperHead = z.output<typeof Head>;
export type PaperMatter = z.output<typeof Matter>;

/** Letters as one character each, everywhere: a font draws the marks of decomposed text beside their letters. */
export const composed = <T>(value: T): T => {
  if (typeof value === "string") return value.normalize("NFC") as T;
  if (Array.isArray(value)) return value.map(composed) as T;
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, composed(inner)])) as T;
  return value;
};

/** Hex sha-256 of what the paper says. */
export const fingerprintOf = (snapshot: PaperSnapshot): string => sha256(canonicalJson(snapshot));
