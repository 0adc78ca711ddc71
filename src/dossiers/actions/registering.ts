import { canonicalJson } from "#platform/canonical.ts";
import { hashCode, randomCode } from "#platform/codes.ts";
import type { Context, Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { StagedFile } from "#platform/files.ts";
import { Refusal } from "#platform/refusal.ts";
import { askForScan, newScan } from "#platform/scanning.ts";
import { findVersion } from "#procedures/index.ts";
import { lockDossier } from "../events.ts";
import { MOST_DAYS_BACK, receptionFault } from "../rules/reception.ts";
import type { PartyInput } from "../rules.ts";
import { createDossier, partyName } from "./create.ts";
import { writeReason } from "./handled.ts";
import { type Accepted, acceptLocked, isAtDesk } from "./intake.ts";

export type Registration = {
  procedureVersionId: string;
  /** Whose desk takes it in. */
  agencyId: string;
  /** Whose matter it is, where that is another agency and the procedure may be handed in anywhere. */
  forAgencyId?: string | null;
  /** What the same person hands in together. */
  filingId?: string | null;
  /** The letter it came in, and when carrier and desk signed for it. */
  arrival?: { record: string; carrier: string | null; trackingNumber: string | null; signedAt: Date } | null;
  /** Taken in on paper during an outage, and only entered now. */
  late?: { receivedAt: Date; reason: string } | null;
  caseId: string | null;
  channel: "counter" | "post";
  returnMethod: "online" | "counter" | "post";
  answers: Record<string, unknown>;
  applicant: PartyInput;
  owner: PartyInput | null;
  papers: readonly { requirementId: string; originals: number; copies: number; later: boolean }[];
  attachments: readonly { requirementId: string; staged: StagedFile; name: string; mediaType: string }[];
  feeQuantities?: Readonly<Record<string, number>>;
  /** Filled once per opened counter form: sending it twice as it is registers once. */
  formKey: string;
};

/** What was ticked, with the scans of each paper; a paper of which only a scan came has a row, too. */
function receivedPapers({ papers, attachments }: Pick<Registration, "papers" | "attachments">) {
  const scans = new Map<string, number>();
  for (const { requirementId } of attachments) scans.set(requirementId, (scans.get(requirementId) ?? 0) + 1);
  const ticked = new Set(papers.map(({ requirementId }) => requirementId));
  return [
    ...papers.map((paper) => ({ ...paper, electronic: scans.get(paper.requirementId) ?? 0 })),
    ...[...scans]
      .filter(([requirementId]) => !ticked.has(requirementId))
      .map(([requirementId, electronic]) => ({ requirementId, originals: 0, copies: 0, later: false, electronic })),
  ];
}

type Filed = { dossierId: string; reference: string };

/**
 * The dossier that this form became before; null when it is sent for the first time.
 * @throws Refusal 409 when the form says something else now (gone back to, and filled in for the next person)
 */
async function findRegistered(
  tx: Tx,
  { formKey, agencyId, answers, applicant }: Registration,
): Promise<(Filed & { code: string | null; receiptId: string | null }) | null> {
  const before = await tx.dossier.findUnique({
    where: { draftId: formKey },
    select: {
      id: true,
      reference: true,
      code: true,
      channel: true,
      receivingAgencyId: true,
      parties: { select: { fullName: true }, where: { role: "applicant" } },
      answers: { select: { answers: true }, where: { number: 1 } },
      issuedPapers: { select: { id: true }, where: { kind: "receipt_slip" } },
    },
  });
  if (!before) return null;
  const { id: dossierId, reference, code, issuedPapers } = before;
  // The key of another desk's form, or of a citizen's draft, is no key of this form.
  if (before.channel === "online" || before.receivingAgencyId !== agencyId)
    throw new Refusal("platform.refused.badRequest", 400);
  const isSame =
    before.parties[0]?.fullName === partyName(applicant) &&
    canonicalJson(before.answers[0]?.answers) === canonicalJson(answers);
  if (!isSame) throw new Refusal("dossiers.refused.formUsed", 409, { code: code ?? reference });
  return { dossierId, reference, code, receiptId: issuedPapers[0]?.id ?? null };
}

/** @throws Refusal 409 when the earlier time of reception lies ahead or too far back */
function checkReception({ arrival, late }: Registration, now: Date): void {
  const [how, at] = late ? (["late", late.receivedAt] as const) : (["post", arrival?.signedAt ?? now] as const);
  const fault = receptionFault(how, at, now);
  if (fault) throw new Refusal(`dossiers.refused.reception.${fault}`, 409, { days: MOST_DAYS_BACK[how] });
}

/** Writes the submitted dossier of a counter form with its papers and scans, and how it came. */
async function writeFiled(
  ctx: Context<Officer>,
  tx: Tx,
  registration: Registration,
  kept: readonly (Registration["attachments"][number] & { storageKey: string })[],
  linkCode: string,
): Promise<Filed> {
  const version = await findVersion(ctx, registration.procedureVersionId);
  const { agencyId, forAgencyId, filingId, arrival, late } = registration;
  if (filingId)
    await tx.$executeRaw`
      INSERT INTO filings (id, "createdAt") VALUES (${filingId}::uuid, ${ctx.now}) ON CONFLICT DO NOTHING`;
  const { id, reference } = await createDossier(ctx, tx, {
    ...registration,
    version,
    agencyId: forAgencyId ?? agencyId,
    receivingAgencyId: agencyId,
    filingId: filingId ?? null,
    draftId: registration.formKey,
    applicantAccountId: null,
    linkCodeHash: hashCode(linkCode),
    submittedAt: late?.receivedAt ?? arrival?.signedAt ?? ctx.now,
  });
  const papers = receivedPapers(registration).map((paper) => ({ ...paper, dossierId: id }));
  if (papers.length > 0) await tx.receivedPaper.createMany({ data: papers });
  if (kept.length > 0)
    await tx.attachment.createMany({
      data: kept.map((file) => ({
        dossierId: id,
        requirementId: file.requirementId,
        kind: "paper",
        name: file.name,
        size: file.staged.size,
        mediaType: file.mediaType,
        sha256: file.staged.sha256,
        storageKey: file.storageKey,
        uploadedById: ctx.actor.accountId,
        createdAt: ctx.now,
        ...newScan(ctx),
      })),
    });
  await askForScan(ctx, tx);
  if (arrival) await tx.postalArrival.create({ data: { dossierId: id, ...arrival, byId: ctx.actor.accountId } });
  if (late) {
    const note = await writeReason(ctx, tx, id, "late_entry", late.reason);
    const data = {
      dossierId: id,
      receivedAt: late.receivedAt,
      noteId: note.id,
      byId: ctx.actor.accountId,
      at: ctx.now,
    };
    await tx.lateEntry.create({ data });
  }
  return { dossierId: id, reference };
}

async function fileWith<T>(
  ctx: Context<Officer>,
  registration: Registration,
  finish: (tx: Tx, filed: Filed, linkCode: string) => Promise<T>,
  again: (before: NonNullable<Awaited<ReturnType<typeof findRegistered>>>) => T,
): Promise<T> {
  if (!isAtDesk(ctx.actor, registration.agencyId)) throw new Refusal("platform.refused.forbidden", 403);
  checkReception(registration, ctx.now);
  // Bytes are safe on disk before the row says so; a file whose row never comes is swept later.
  const kept = await Promise.all(
    registration.attachments.map(async (file) => ({ ...file, storageKey: await ctx.files.keep(file.staged) })),
  );
  const linkCode = randomCode(40);
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${registration.formKey}, 0))`;
    const before = await findRegistered(tx, registration);
    if (before) return again(before);
    return finish(tx, await writeFiled(ctx, tx, registration, kept, linkCode), linkCode);
  });
}

/**
 * Registers and accepts a paper dossier for somebody who stands at the counter: submitted and accepted in one go, with
 * a one-time code on the receipt by which they may later link it to an account (D10). Of a letter the clock runs from the
 * signed record of its hand-over (QĐ 45/2016 Đ7.4); what was taken in during an outage has its earlier time and code.
 * @throws Refusal 409 when that earlier time lies ahead or too far back
 */
export const registerDossier = (ctx: Context<Officer>, registration: Registration): Promise<Filed & Accepted> =>
  fileWith<Filed & Accepted>(
    ctx,
    registration,
    async (tx, filed, linkCode) => {
      const dossier = await lockDossier(ctx, tx, filed.dossierId);
      if (!dossier) throw new Error("a dossier vanished inside the transaction that made it");
      const { arrival, late } = registration;
      const receivedAt = late?.receivedAt ?? arrival?.signedAt;
      const reception = { linkCode, enteredLate: Boolean(late), ...(receivedAt ? { receivedAt } : {}) };
      return { ...filed, ...(await acceptLocked(ctx, tx, dossier, reception)) };
    },
    ({ dossierId, reference, code, receiptId }) => {
      if (!code || !receiptId) throw new Refusal("dossiers.refused.formUsed", 409, { code: reference });
      return { dossierId, reference, code, receiptId };
    },
  );

/**
 * Writes what somebody handed in at the counter without taking it in: what is lacking is asked for, or it is refused, by
 * the act that follows. Sent twice it is one dossier.
 */
export const fileAtCounter = (
  ctx: Context<Officer>,
  registration: Registration,
): Promise<Filed & { version: number }> =>
  fileWith(
    ctx,
    registration,
    async (_tx, filed) => ({ ...filed, version: 0 }),
    ({ dossierId, reference }) => ({ dossierId, reference, version: 0 }),
  );
