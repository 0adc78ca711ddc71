import { findFiler } from "#companies/index.ts";
import { draftedBy, type Filer, ownedBy } from "#companies/rules.ts";
import { findDirectory } from "#organizations/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import type { Prisma, Tx } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import type { ScanState } from "#platform/scanning.ts";
import { findCurrentVersion, findName, findSuspension, type LoadedVersion, listOfferings } from "#procedures/index.ts";
import { contentOf, type DraftContent, type ReturnMethod, withFiler } from "./rules.ts";

export type DraftFile = {
  id: string;
  requirementId: string;
  name: string;
  size: number;
  mediaType: string;
  sha256: string;
  convertedFrom: string | null;
  storageKey: string;
  scanState: ScanState;
};

export type Draft = {
  id: string;
  procedureId: string;
  code: string;
  procedureVersionId: string;
  /** Where the matter belongs. */
  agencyId: string;
  agencyName: string;
  /** Another desk that is to take it in. */
  receiving: { id: string; name: string } | null;
  caseId: string | null;
  /** The company in whose name it is written. */
  filer: Filer | null;
  returnMethod: ReturnMethod | null;
  version: number;
  content: DraftContent;
  files: DraftFile[];
  updatedAt: Date;
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What could be an id; anything else names nothing, and the database must not be asked about it. */
export const isId = (text: unknown): text is string => typeof text === "string" && UUID.test(text);

const attachments = {
  select: {
    id: true,
    requirementId: true,
    name: true,
    size: true,
    mediaType: true,
    sha256: true,
    convertedFrom: true,
    storageKey: true,
    scanState: true,
  },
  orderBy: [{ createdAt: "asc" }, { id: "asc" }],
} satisfies Prisma.Draft$attachmentsArgs;

/** The citizen's own draft with its files; null when there is none of theirs by this id. */
export async function findDraftIfThere(ctx: Context<Citizen>, id: string): Promise<Draft | null> {
  if (!isId(id)) return null;
  const row = await ctx.db.draft.findFirst({
    where: { id, ...draftedBy(ctx.actor.accountId) },
    include: {
      procedure: { select: { code: true } },
      agency: { select: { name: true } },
      receivingAgency: { select: { id: true, name: true } },
      attachments,
    },
  });
  if (!row) return null;
  const filer = row.companyId ? await findFiler(ctx, row.companyId) : null;
  const content = contentOf(row.answers);
  return {
    id: row.id,
    procedureId: row.procedureId,
    code: row.procedure.code,
    procedureVersionId: row.procedureVersionId,
    agencyId: row.agencyId,
    agencyName: row.agency.name,
    receiving: row.receivingAgency,
    caseId: row.caseId,
    returnMethod: row.returnMethod,
    version: row.version,
    filer,
    content: filer ? withFiler(content, filer) : content,
    files: row.attachments,
    updatedAt: row.updatedAt,
  };
}

/** Whose draft this is, for who is not signed in: to be compared, never shown. Null: there is no such draft. */
export async function findDraftOwner(ctx: Pick<Context, "db">, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const draft = await ctx.db.draft.findUnique({ where: { id }, select: { accountId: true } });
  return draft?.accountId ?? null;
}

/** Whose dossier it is, told to nobody; null when there is none by this reference, or it was filed at a counter for nobody here. */
export async function findApplicant(ctx: Pick<Context, "db">, reference: string): Promise<string | null> {
  const dossier = await ctx.db.dossier.findUnique({ where: { reference }, select: { applicantAccountId: true } });
  return dossier?.applicantAccountId ?? null;
}

/** The citizen's own draft; anybody else's does not exist. */
export async function findOwnDraft(ctx: Context<Citizen>, id: string): Promise<Draft> {
  const draft = await findDraftIfThere(ctx, id);
  if (!draft) throw notFound();
  return draft;
}

/** The reference of the dossier that this draft became; null when it was never filed by this citizen. */
export async function findFiled(ctx: Context<Citizen>, draftId: string): Promise<string | null> {
  if (!isId(draftId)) return null;
  const filed = await ctx.db.dossier.findFirst({
    where: { draftId, ...ownedBy(ctx.actor.accountId, "see") },
    select: { reference: true },
  });
  return filed?.reference ?? null;
}

export type DraftLine = {
  id: string;
  code: string;
  procedureVersionId: string;
  agencyName: string;
  /** In whose name it is written, where that is a company. */
  companyName: string | null;
  updatedAt: Date;
};

const MOST_LISTED = 50;

/** The citizen's unfinished drafts, of one procedure or of all; the last saved first. */
export async function listOwnDrafts(ctx: Context<Citizen>, procedureId?: string): Promise<DraftLine[]> {
  const rows = await ctx.db.draft.findMany({
    where: { ...draftedBy(ctx.actor.accountId), ...(procedureId ? { procedureId } : {}) },
    select: {
      id: true,
      procedureVersionId: true,
      updatedAt: true,
      procedure: { select: { code: true } },
      agency: { select: { name: true } },
      company: { select: { name: true } },
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: MOST_LISTED,
  });
  return rows.map(({ procedure, agency, company, ...row }) => ({
    ...row,
    code: procedure.code,
    agencyName: agency.name,
    companyName: company?.name ?? null,
  }));
}

export const countDrafts = (ctx: Context<Citizen>, procedureId: string, tx: Tx = ctx.db): Promise<number> =>
  tx.draft.count({ where: { accountId: ctx.actor.accountId, procedureId } });

/** An agency that takes a procedure in online, as the start page offers it. */
export type Receiver = { id: string; name: string; unitCode: string | null };
/** Why a procedure cannot be filed here, and where it can. */
export type Closed = {
  why: "information" | "counter" | "national" | "ministry" | "nowhere" | "suspended";
  externalUrl: string | null;
  /** Of a suspended procedure, as the public is told. */
  reason?: string;
};
export type Receivers = { loaded: LoadedVersion | null; name: string; receivers: Receiver[]; closed: Closed | null };

/**
 * Who takes the procedure in online today; or why nobody does.
 * @throws Refusal 404 for a code that neither the installation nor the national catalogue knows
 */
export async function findReceivers(ctx: Context, code: string): Promise<Receivers> {
  const loaded = await findCurrentVersion(ctx, code);
  if (!loaded) {
    const name = await findName(ctx, code);
    if (name === null) throw notFound();
    return { loaded, name, receivers: [], closed: { why: "information", externalUrl: null } };
  }
  const { definition } = loaded;
  const name = definition.name.vi;
  const closedFor = (why: Closed["why"], externalUrl: string | null = null): Receivers => ({
    loaded,
    name,
    receivers: [],
    closed: { why, externalUrl },
  });
  const suspension = await findSuspension(ctx, code);
  if (suspension)
    return { loaded, name, receivers: [], closed: { why: "suspended", externalUrl: null, reason: suspension.reason } };
  if (definition.serviceLevel === "information")
    return closedFor(definition.channels.length > 0 ? "counter" : "information");
  if (!definition.channels.includes("online")) return closedFor("counter");
  const [offerings, { agencyOf }] = await Promise.all([listOfferings(ctx, code), findDirectory(ctx)]);
  const receivers = offerings
    .filter(({ filedAt, channels }) => filedAt === "own" && channels.includes("online"))
    .flatMap(({ agencyId }) => agencyOf(agencyId) ?? [])
    .map(({ id, name: agency, unitCode }) => ({ id, name: agency, unitCode }))
    .sort((a, b) => a.name.localeCompare(b.name, "vi"));
  if (receivers.length > 0) return { loaded, name, receivers, closed: null };
  const elsewhere = offerings.find(({ filedAt }) => filedAt !== "own");
  if (elsewhere) return closedFor(elsewhere.filedAt === "ministry" ? "ministry" : "national", elsewhere.externalUrl);
  return closedFor(offerings.length > 0 ? "counter" : "nowhere");
}
