import { memberWith, ownedBy, type Right } from "#companies/rules.ts";
import type { Citizen, Context } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import type { ScanState } from "#platform/scanning.ts";

/** What everybody who may see a dossier reads of it. */
export const dossierParts = {
  procedure: { select: { code: true } },
  receivingAgency: { select: { id: true, name: true, address: true, phone: true } },
  competentAgency: { select: { name: true } },
  company: { select: { id: true, name: true, taxCode: true, confirmedAt: true } },
  parties: true,
  helper: true,
  consents: { orderBy: { purpose: "asc" }, include: { revocation: true } },
  answers: { orderBy: { number: "desc" } },
  fees: { orderBy: { feeId: "asc" } },
  papers: true,
  attachments: { orderBy: { createdAt: "asc" } },
  notes: { orderBy: { at: "asc" } },
  results: { include: { issuerAgency: { select: { name: true } } } },
  issuedPapers: {
    select: {
      id: true,
      agencyId: true,
      kind: true,
      number: true,
      year: true,
      state: true,
      standing: true,
      createdAt: true,
      token: true,
    },
    orderBy: { createdAt: "asc" },
  },
  stepRuns: {
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    include: {
      agency: { select: { name: true, shortName: true } },
      unit: { select: { name: true } },
      assignee: { select: { id: true, displayName: true } },
    },
  },
  events: { orderBy: { seq: "asc" } },
  // What somebody is still writing is theirs alone until they send it.
  supplements: { orderBy: { number: "asc" }, omit: { typed: true } },
  pauses: { orderBy: { from: "asc" } },
  extension: true,
  obligations: { orderBy: { number: "asc" } },
  confirmations: { orderBy: { askedAt: "asc" } },
  handOvers: { orderBy: { number: "asc" } },
  delivery: true,
} as const satisfies Prisma.DossierInclude;

export type FullDossier = Prisma.DossierGetPayload<{ include: typeof dossierParts }>;
/** `mayAct`: not only read it, as somebody may who only looks after a company's dossiers. */
export type OwnDossier = FullDossier & { mayAct: boolean };

type Party = FullDossier["parties"][number];
/** Of who filed for a company, its other members learn the name and the phone number, nothing of the person. */
const asColleague = (party: Party): Party =>
  party.role === "owner"
    ? party
    : { ...party, personalId: null, birthDate: null, gender: null, email: null, communeCode: null, address: null };

/**
 * The citizen's own dossier, or one of a company in which they have the right, with everything the page shows; anybody
 * else's does not exist. Results show only once handed over, notes only when public. One query.
 */
export async function findOwnDossier(
  ctx: Context<Citizen>,
  reference: string,
  right: Right = "see",
): Promise<OwnDossier> {
  const { accountId } = ctx.actor;
  const members = { where: memberWith(accountId, "act"), select: { id: true }, take: 1 };
  const dossier = await ctx.db.dossier.findFirst({
    where: { reference, ...ownedBy(accountId, right) },
    relationLoadStrategy: "join",
    include: { ...dossierParts, company: { select: { ...dossierParts.company.select, members } } },
  });
  if (!dossier) throw notFound();
  const isTheirs = dossier.applicantAccountId === accountId;
  return {
    ...dossier,
    mayAct: dossier.company === null || dossier.company.members.length > 0,
    parties: isTheirs ? dossier.parties : dossier.parties.map(asColleague),
    consents: dossier.consents.filter((consent) => consent.accountId === accountId),
    notes: dossier.notes.filter((note) => note.public),
    results: dossier.results.filter((result) => isShown(dossier, result)),
  };
}

/** A result shows once it is handed over, with what it replaced; a draft only while the applicant is asked to look at it. */
const isShown = (
  { status, confirmations }: Pick<FullDossier, "status" | "confirmations">,
  { id, state }: Pick<FullDossier["results"][number], "id" | "state">,
): boolean =>
  state === "draft"
    ? confirmations.some(({ resultId, answeredAt }) => answeredAt === null && resultId === id)
    : status === "delivered" && state !== "revoked";

export type OwnFile = { name: string; mediaType: string; size: number; storageKey: string; scanState: ScanState };

/** A file of the citizen's own dossier: a paper they handed in, or a result handed over to them. */
export async function findOwnFile(ctx: Context<Citizen>, reference: string, fileId: string): Promise<OwnFile> {
  const own = { dossier: { reference, ...ownedBy(ctx.actor.accountId, "see") } };
  const attachment = await ctx.db.attachment.findFirst({
    where: { id: fileId, OR: [own, { supplement: own }] },
  });
  if (attachment) return attachment;
  const result = await ctx.db.result.findFirst({
    where: { id: fileId, dossier: own.dossier },
    relationLoadStrategy: "join",
    include: { dossier: { select: { status: true, confirmations: true } } },
  });
  return resultFile(result && isShown(result.dossier, result) ? result : null);
}

/** The stored file of a result, when it has one. */
export function resultFile(
  result:
    | (Pick<OwnFile, "scanState"> & {
        [K in "fileName" | "mediaType" | "storageKey"]: string | null;
      } & { size: number | null })
    | null,
): OwnFile {
  if (!result?.storageKey || !result.fileName || !result.mediaType || result.size === null) throw notFound();
  const { fileName: name, mediaType, size, storageKey, scanState } = result;
  return { name, mediaType, size, storageKey, scanState };
}
