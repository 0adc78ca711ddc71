import { endPaper, issuePaper } from "#documents/index.ts";
import { hashCode } from "#platform/codes.ts";
import { type Citizen, type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { StagedFile } from "#platform/files.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { askForScan, newScan } from "#platform/scanning.ts";
import { findVersion, type LoadedVersion } from "#procedures/index.ts";
import { draftsResult, findStep, makesResult } from "#workflow/index.ts";
import { changedMeanwhile, type LockedDossier, lockDossier, recordChange } from "../events.ts";
import { behalfOf, holdsStep } from "../rules/handling.ts";
import { mayLeave } from "../rules.ts";
import { voidConfirmation } from "./drafts.ts";
import { isAtDesk } from "./intake.ts";

export type RecordedResult = {
  dossierId: string;
  title: string;
  number: string | null;
  /** yyyy-MM-dd */
  issuedOn: string | null;
  signerName: string | null;
  file: { staged: StagedFile; name: string; mediaType: string } | null;
};

type Making = { id: string; agencyId: string };

/**
 * Locks a dossier whose result the officer may make, or draft, now: somebody of the agency holds an open step that may.
 * A draft that was recorded before goes, and with it the paper that the portal made of it.
 * @throws Refusal 404 outside the agency, 409 where no result is made
 */
export async function lockMaking(
  ctx: Context<Officer>,
  tx: Tx,
  dossierId: string,
  may: typeof makesResult = makesResult,
): Promise<{ dossier: LockedDossier; version: LoadedVersion; making: Making; formerPapers: string[] }> {
  const dossier = await lockDossier(ctx, tx, dossierId);
  if (!dossier) throw notFound();
  const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
  const open = await tx.stepRun.findMany({
    where: { dossierId, closedAt: null },
    select: { id: true, stepId: true, agencyId: true, role: true, assigneeId: true },
  });
  const mine = open.filter((run) =>
    ctx.actor.postings.some((posting) => posting.agencyId === run.agencyId && posting.role === run.role),
  );
  if (mine.length === 0) throw notFound();
  const making = mine.find((run) => {
    const step = findStep(version.definition.workflow, run.stepId);
    return step !== undefined && may(version.definition.workflow, step) && holdsStep(ctx.actor, run);
  });
  if (!making) throw new Refusal("dossiers.refused.noResultHere");
  await voidConfirmation(ctx, tx, dossierId);
  const drafts = await tx.result.findMany({ where: { dossierId, state: "draft" }, select: { paperId: true } });
  const formerPapers = drafts.flatMap(({ paperId }) => paperId ?? []);
  for (const paperId of formerPapers) await endPaper(ctx, tx, paperId, { standing: "replaced", noteId: null });
  await tx.result.deleteMany({ where: { dossierId, state: "draft" } });
  return { dossier, version, making, formerPapers };
}

/**
 * Records what the dossier ends in (a PDF or scan, its number and signer), while somebody of the agency holds an open
 * step that may make or draft one. A later record replaces a draft; an issued result is never replaced here.
 */
export async function recordResult(ctx: Context<Officer>, input: RecordedResult): Promise<{ resultId: string }> {
  const storageKey = input.file ? await ctx.files.keep(input.file.staged) : null;
  return inTransaction(ctx, async (tx) => {
    const { dossier, version, making } = await lockMaking(ctx, tx, input.dossierId, draftsResult);
    const kind = version.definition.results[0];
    const result = await tx.result.create({
      data: {
        dossierId: dossier.id,
        code: kind?.code ?? null,
        title: input.title,
        number: input.number,
        issuedOn: input.issuedOn,
        signerName: input.signerName,
        issuerAgencyId: making.agencyId,
        ...(input.file && storageKey
          ? {
              fileName: input.file.name,
              mediaType: input.file.mediaType,
              size: input.file.staged.size,
              sha256: input.file.staged.sha256,
              storageKey,
              ...newScan(ctx),
            }
          : {}),
        createdAt: ctx.now,
      },
    });
    if (storageKey) await askForScan(ctx, tx);
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: "result.recorded",
        status: dossier.status,
        agencyId: making.agencyId,
        stepRunId: making.id,
        payload: { resultId: result.id, sha256: result.sha256 },
      },
    );
    return { resultId: result.id };
  });
}

export type Delivery = {
  dossierId: string;
  version: number;
  method: "online" | "counter" | "post";
  /** Who took it at the counter. */
  receivedBy: string | null;
  /** Number of the identity paper or authorisation that they showed. */
  receiverPaper?: string | null;
  receiverPhone?: string | null;
  /** The document by which somebody else took it. */
  proxyPaper?: string | null;
  /** Originals given back with it, by paper. */
  returned?: Readonly<Record<string, number>>;
  /** They signed the receipt on paper. */
  signed?: boolean;
  trackingNumber?: string | null;
};

/**
 * Hands the result over, at the desk that received the dossier. Online delivery makes it downloadable; at the counter
 * who took it and that they signed is kept, with a receipt for them to sign; of a letter its tracking number.
 */
export async function deliverResult(ctx: Context<Officer>, input: Delivery): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const dossier = await lockDossier(ctx, tx, input.dossierId);
    if (!dossier || !isAtDesk(ctx.actor, dossier.receivingAgencyId)) throw notFound();
    if (dossier.version !== input.version || !mayLeave("deliver", dossier.status))
      throw await changedMeanwhile(tx, dossier);
    dossier.onBehalfOf = behalfOf(ctx.actor, [{ agencyId: dossier.receivingAgencyId, role: "desk" }]);
    if (input.method === "online") {
      const files = await tx.result.count({
        where: { dossierId: dossier.id, state: "issued", storageKey: { not: null } },
      });
      if (files === 0) throw new Refusal("dossiers.refused.noResultFile");
    }
    const delivery = await tx.resultDelivery.create({
      data: {
        dossierId: dossier.id,
        method: input.method,
        receiverName: input.receivedBy,
        receiverPaper: input.receiverPaper ?? null,
        receiverPhone: input.receiverPhone ?? null,
        proxyPaper: input.proxyPaper ?? null,
        signed: input.signed ?? false,
        trackingNumber: input.trackingNumber ?? null,
        agencyId: dossier.receivingAgencyId,
        byId: ctx.actor.accountId,
        at: ctx.now,
      },
    });
    for (const [requirementId, returned] of Object.entries(input.returned ?? {}))
      await tx.receivedPaper.updateMany({
        where: { dossierId: dossier.id, requirementId, originals: { gte: returned } },
        data: { returned },
      });
    await recordChange(
      ctx,
      tx,
      dossier,
      { deliveredAt: ctx.now },
      {
        type: "dossier.delivered",
        status: "delivered",
        agencyId: dossier.receivingAgencyId,
        payload: { method: input.method, deliveryId: delivery.id, signed: delivery.signed },
      },
    );
    if (input.method !== "counter") return;
    const agencyId = dossier.receivingAgencyId;
    await issuePaper(ctx, tx, dossier.id, { kind: "delivery_receipt", agencyId, aboutId: delivery.id });
  });
}

/**
 * Puts a dossier filed at the counter into the citizen's account, by its code and the one-time code printed on the
 * receipt: a declared personal id alone never does (D10). The code works once.
 * @throws Refusal 404 for a wrong pair: which of the two was wrong is not told
 */
export async function linkDossier(
  ctx: Context<Citizen>,
  input: { code: string; linkCode: string },
): Promise<{ reference: string }> {
  return inTransaction(ctx, async (tx) => {
    const found = await tx.dossier.findUnique({
      where: { code: input.code },
      select: { id: true, linkCodeHash: true },
    });
    if (!found?.linkCodeHash || found.linkCodeHash !== hashCode(input.linkCode))
      throw new Refusal("dossiers.refused.wrongLinkCode", 404);
    const dossier = await lockDossier(ctx, tx, found.id);
    if (!dossier || dossier.applicantAccountId) throw new Refusal("dossiers.refused.wrongLinkCode", 404);
    await recordChange(
      ctx,
      tx,
      dossier,
      { applicantAccountId: ctx.actor.accountId, linkCodeHash: null },
      {
        type: "dossier.linked",
        status: dossier.status,
        payload: {},
      },
    );
    return { reference: dossier.reference };
  });
}
