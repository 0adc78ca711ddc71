import type { DueExplanation } from "#calendar/rules.ts";
import { AUTHORIZATION, authorizerIn } from "#dossiers/rules.ts";
import { type KnownAgency, oneStopDeskOf } from "#organizations/rules.ts";
import { canonicalJson, sha256 } from "#platform/canonical.ts";
import type { Prisma } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { paths } from "./paths.ts";
import { formOn, numberText, termInWords } from "./rules.ts";
import { composed, type ReceiptParty, ReceiptSnapshot } from "./snapshot.ts";

/** What of a dossier goes onto its receipt slip. */
export const RECEIPT_SELECT = {
  id: true,
  code: true,
  reference: true,
  channel: true,
  returnMethod: true,
  caseId: true,
  applicantAccountId: true,
  procedureVersionId: true,
  receivingAgencyId: true,
  receivedAt: true,
  acceptedAt: true,
  submittedAt: true,
  dueAt: true,
  dueExplanation: true,
  parties: true,
  papers: true,
  answers: { orderBy: { number: "desc" }, take: 1, select: { answers: true } },
  attachments: { select: { requirementId: true } },
  fees: { orderBy: { feeId: "asc" } },
} as const satisfies Prisma.DossierSelect;
export type ReceiptDossier = Prisma.DossierGetPayload<{ select: typeof RECEIPT_SELECT }>;

/** What the slip says of the procedure, in the version that the dossier is pinned to. */
type Definition = {
  code: string;
  name: { vi: string };
  cases: readonly { id: string; name: { vi: string } }[];
  fees: readonly { amount: number | null }[];
  requirements: readonly { id: string; name: { vi: string } }[];
  form: { pages: readonly { fields: readonly { id: string; label: { vi: string } }[] }[] };
};

export type ReceiptFacts = {
  dossier: ReceiptDossier;
  definition: Definition;
  agency: KnownAgency;
  parent: KnownAgency | undefined;
  /** Địa danh: name of the administrative unit the agency belongs to. */
  place: string | null;
  number: number;
  token: string;
  linkCode: string | null;
  publicUrl: string;
  officer: string;
  now: Date;
};

const MAX_NAME = 1200;
const shorten = (text: string): string => (text.length > MAX_NAME ? `${text.slice(0, MAX_NAME - 1)}…` : text);

const partyOf = (dossier: ReceiptDossier, role: "applicant" | "owner"): ReceiptParty | null => {
  const found = dossier.parties.find((party) => party.role === role);
  if (!found) return null;
  const { fullName, personalId, taxCode, address, phone, email } = found;
  return {
    kind: found.kind === "organization" ? "organization" : "person",
    fullName,
    personalId,
    taxCode,
    address,
    phone,
    email,
  };
};

/** Papers in the order of the procedure; what was uploaded counts as electronic even where the desk ticked nothing. */
function papersOf(dossier: ReceiptDossier, definition: Definition): ReceiptSnapshot["papers"] {
  const names = new Map([
    ...definition.requirements.map(({ id, name }) => [id, name.vi] as const),
    ...definition.form.pages.flatMap(({ fields }) => fields.map(({ id, label }) => [id, label.vi] as const)),
  ]);
  // Asked beside the procedure's own papers of everybody who files for another.
  if (!names.has(AUTHORIZATION)) names.set(AUTHORIZATION, "Văn bản ủy quyền");
  const uploads = new Map<string, number>();
  for (const { requirementId } of dossier.attachments)
    uploads.set(requirementId, (uploads.get(requirementId) ?? 0) + 1);
  const ticked = new Map(dossier.papers.map((paper) => [paper.requirementId, paper]));
  return [...names].flatMap(([id, name]) => {
    const paper = ticked.get(id);
    const { originals = 0, copies = 0, later = false } = paper ?? {};
    const electronic = Math.max(paper?.electronic ?? 0, uploads.get(id) ?? 0);
    return originals + copies + electronic > 0 || later
      ? [{ name: shorten(name), originals, copies, electronic, later }]
      : [];
  });
}

const authorizerOf = (dossier: ReceiptDossier): Pick<ReceiptSnapshot, "authorizer"> => {
  const found = authorizerIn(dossier.answers[0]?.answers);
  return found ? { authorizer: { fullName: found.fullName, personalId: found.personalId } } : {};
};

/** A centre issues in its own name under the authority above it; elsewhere the one-stop desk issues under its agency. */
const issuerOf = (agency: KnownAgency, parent: KnownAgency | undefined): { parent: string | null; issuer: string } =>
  agency.kind === "one_stop_center"
    ? { parent: parent?.name ?? null, issuer: agency.name }
    : { parent: agency.name, issuer: oneStopDeskOf(agency)?.name ?? "Bộ phận Tiếp nhận và Trả kết quả" };

const returnPlaceOf = (
  method: ReceiptDossier["returnMethod"],
  agency: KnownAgency,
  issuer: string,
  publicUrl: string,
): string => {
  if (method === "online") return `trực tuyến, bản điện tử trên cổng dịch vụ công ${publicUrl}`;
  if (method === "post") return "địa chỉ của người nộp, qua dịch vụ bưu chính";
  return issuer === agency.name ? agency.name : `${issuer} - ${agency.name}`;
};

const COLLECTION = {
  counter: "thu trực tiếp tại nơi tiếp nhận hồ sơ",
  online: "nộp theo thông báo của cơ quan tiếp nhận hoặc khi nhận kết quả",
  post: "nộp theo thông báo của cơ quan tiếp nhận hoặc qua dịch vụ bưu chính",
} as const;

const termOf = (explanation: unknown): DueExplanation["term"] | null =>
  (explanation as DueExplanation | null)?.term ?? null;

/** Fills in form 01 as it stands at this moment. Pure; an incomplete dossier is a bug of the caller and throws. */
export function receiptSnapshot(facts: ReceiptFacts): ReceiptSnapshot {
  const { dossier, definition, agency, parent, number, token, publicUrl, now } = facts;
  const form = formOn("receipt_slip", isoDay(now));
  const applicant = partyOf(dossier, "applicant");
  if (!form || !applicant || !dossier.code)
    throw new Error(`dossier ${dossier.id} cannot have a receipt slip before it is accepted`);
  const header = issuerOf(agency, parent);
  const caseName = definition.cases.find(({ id }) => id === dossier.caseId)?.name.vi ?? null;
  const term = termOf(dossier.dueExplanation);
  return ReceiptSnapshot.parse(
    composed({
      schema: 1,
      kind: "receipt_slip",
      templateVersion: form.templateVersion,
      title: form.title,
      basis: form.basis,
      agency: { ...header, name: agency.name, address: agency.address, phone: agency.phone, place: facts.place },
      number,
      numberText: numberText(number, form.symbol),
      issuedAt: now.toISOString(),
      token,
      code: dossier.code,
      reference: dossier.reference,
      trackingUrl: `${publicUrl}/tra-cuu?ma=${dossier.reference}`,
      verificationUrl: publicUrl + paths.verification(token),
      linkCode: facts.linkCode,
      applicant,
      ...authorizerOf(dossier),
      owner: partyOf(dossier, "owner"),
      channel: dossier.channel,
      procedure: { code: definition.code, name: definition.name.vi, caseName },
      papers: papersOf(dossier, definition),
      sets: 1,
      processingTime: term && termInWords(term),
      receivedAt: (dossier.receivedAt ?? dossier.acceptedAt ?? dossier.submittedAt).toISOString(),
      dueAt: dossier.dueAt?.toISOString() ?? null,
      returnMethod: dossier.returnMethod,
      returnPlace: returnPlaceOf(dossier.returnMethod, agency, header.issuer, publicUrl),
      fees: dossier.fees.map(({ name, amount, quantity }) => ({ name, amount: Number(amount), quantity })),
      feesOpen: definition.fees.some(({ amount }) => amount === null),
      feeCollection: COLLECTION[dossier.channel],
      officer: facts.officer,
    }),
  );
}

/** Hex sha-256 of what the paper says. */
export const fingerprintOf = (snapshot: ReceiptSnapshot): string => sha256(canonicalJson(snapshot));
