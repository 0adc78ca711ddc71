import { AUTHORIZATION, authorizerIn } from "#dossiers/rules.ts";
import { type KnownAgency, oneStopDeskOf } from "#organizations/rules.ts";
import type { Prisma } from "#platform/db.ts";
import { paths } from "../paths.ts";
import { numberText, type PaperForm } from "../rules.ts";
import type { PaperHead, PaperMatter, PaperParty } from "../snapshot.ts";

/** What of a dossier may stand on a paper. */
export const MATTER_SELECT = {
  id: true,
  code: true,
  reference: true,
  channel: true,
  returnMethod: true,
  caseId: true,
  procedureVersionId: true,
  receivingAgencyId: true,
  competentAgencyId: true,
  receivedAt: true,
  acceptedAt: true,
  submittedAt: true,
  dueAt: true,
  dueExplanation: true,
  lastEventSeq: true,
  lastEventHash: true,
  parties: true,
  papers: true,
  answers: { orderBy: { number: "desc" }, take: 1, select: { answers: true } },
  attachments: { select: { requirementId: true } },
  fees: { orderBy: { feeId: "asc" } },
} as const satisfies Prisma.DossierSelect;
export type MatterDossier = Prisma.DossierGetPayload<{ select: typeof MATTER_SELECT }>;

/** What papers say of the procedure, in the version that the dossier is pinned to. */
export type Definition = {
  code: string;
  name: { vi: string };
  cases: readonly { id: string; name: { vi: string } }[];
  fees: readonly { amount: number | null }[];
  requirements: readonly { id: string; name: { vi: string }; originals?: number; copies?: number }[];
  form: { pages: readonly { fields: readonly { id: string; label: { vi: string } }[] }[] };
  workflow: { steps: readonly { id: string; name: { vi: string } }[] };
};

/** Everything a paper is filled in from, but what it is about. */
export type Facts = {
  dossier: MatterDossier;
  definition: Definition;
  form: PaperForm;
  /** Whose paper it is. */
  agency: KnownAgency;
  parent: KnownAgency | undefined;
  /** Địa danh: name of the administrative unit the agency belongs to. */
  place: string | null;
  agencyName: (id: string) => string;
  number: number;
  token: string;
  linkCode: string | null;
  publicUrl: string;
  /** Who issues it, and whether as a leader of the agency. */
  officer: string;
  isLeader: boolean;
  now: Date;
};

const MAX_NAME = 1200;
export const shorten = (text: string): string => (text.length > MAX_NAME ? `${text.slice(0, MAX_NAME - 1)}…` : text);

const partyOf = (dossier: MatterDossier, role: "applicant" | "owner"): PaperParty | null => {
  const found = dossier.parties.find((party) => party.role === role);
  if (!found) return null;
  const { fullName, personalId, taxCode, address, phone, email } = found;
  const spokenFor = [found.representative, found.position].filter(Boolean).join(", ");
  return {
    kind: found.kind === "organization" ? "organization" : "person",
    fullName,
    personalId,
    taxCode,
    address,
    phone,
    email,
    ...(spokenFor ? { spokenFor } : {}),
  };
};

const authorizerOf = (dossier: MatterDossier): Pick<PaperMatter, "authorizer"> => {
  const found = authorizerIn(dossier.answers[0]?.answers);
  return found ? { authorizer: { fullName: found.fullName, personalId: found.personalId } } : {};
};

/** Papers and questions of the procedure by id, as people call them. */
export const partNames = (definition: Definition): Map<string, string> => {
  const names = new Map([
    ...definition.requirements.map(({ id, name }) => [id, name.vi] as const),
    ...definition.form.pages.flatMap(({ fields }) => fields.map(({ id, label }) => [id, label.vi] as const)),
  ]);
  // Asked beside the procedure's own papers of everybody who files for another.
  if (!names.has(AUTHORIZATION)) names.set(AUTHORIZATION, "Văn bản ủy quyền");
  return names;
};

type Issuer = { parent: string | null; issuer: string };

/** A centre issues in its own name under the authority above it; elsewhere the one-stop desk issues under its agency. */
export const deskOf = (agency: KnownAgency, parent: KnownAgency | undefined): Issuer =>
  agency.kind === "one_stop_center"
    ? { parent: parent?.name ?? null, issuer: agency.name }
    : { parent: agency.name, issuer: oneStopDeskOf(agency)?.name ?? "Bộ phận Tiếp nhận và Trả kết quả" };

/** An agency under the authority above it; a people's committee stands alone (NĐ 30/2020 Phụ lục I). */
const agencyItself = (agency: KnownAgency, parent: KnownAgency | undefined): Issuer => ({
  parent: /committee/.test(agency.kind) ? null : (parent?.name ?? null),
  issuer: agency.name,
});

/** The frame of a paper. @param by in whose name: the one-stop desk's, or the agency's own */
export function headOf(facts: Facts, by: "desk" | "agency"): PaperHead {
  const { dossier, form, agency, parent, number, token, publicUrl, now } = facts;
  const issuer = by === "desk" ? deskOf(agency, parent) : agencyItself(agency, parent);
  return {
    schema: 1,
    templateVersion: 1,
    title: form.title,
    basis: form.basis,
    agency: { ...issuer, name: agency.name, address: agency.address, phone: agency.phone, place: facts.place },
    number,
    numberText: numberText(number, form.symbol),
    issuedAt: now.toISOString(),
    token,
    code: dossier.code,
    reference: dossier.reference,
    trackingUrl: `${publicUrl}/tra-cuu?ma=${dossier.reference}`,
    verificationUrl: publicUrl + paths.verification(token),
  };
}

/** Whose dossier it is and what it asks for. @throws for a dossier without an applicant: a bug */
export function matterOf({ dossier, definition }: Facts): PaperMatter {
  const applicant = partyOf(dossier, "applicant");
  if (!applicant) throw new Error(`dossier ${dossier.id} has no applicant`);
  return {
    applicant,
    ...authorizerOf(dossier),
    owner: partyOf(dossier, "owner"),
    procedure: {
      code: definition.code,
      name: definition.name.vi,
      caseName: definition.cases.find(({ id }) => id === dossier.caseId)?.name.vi ?? null,
    },
  };
}

export const feesOf = (dossier: MatterDossier): { name: string; amount: number; quantity: number }[] =>
  dossier.fees.map(({ name, amount, quantity }) => ({ name, amount: Number(amount), quantity }));

export const receivedAt = ({ receivedAt: received, acceptedAt, submittedAt }: MatterDossier): string =>
  (received ?? acceptedAt ?? submittedAt).toISOString();

/** Who answers for the agency signs; where somebody else acted for them the name is left to a pen. */
export const leaderOf = ({ officer, isLeader }: Facts): { title: string; name: string | null } => ({
  title: "THỦ TRƯỞNG CƠ QUAN",
  name: isLeader ? officer : null,
});
