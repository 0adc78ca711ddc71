import { computeDueDate, findCalendar } from "#calendar/index.ts";
import { issuePaper } from "#documents/index.ts";
import { findAgency, type KnownAgency } from "#organizations/index.ts";
import { canonicalJson } from "#platform/canonical.ts";
import { hashCode, randomCode } from "#platform/codes.ts";
import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { StagedFile } from "#platform/files.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { askForScan, newScan } from "#platform/scanning.ts";
import { findVersion, type LoadedVersion, timeLimitFor } from "#procedures/index.ts";
import { openingSteps } from "#workflow/index.ts";
import { changedMeanwhile, type LockedDossier, lockDossier, recordChange } from "../events.ts";
import { behalfOf } from "../rules/handling.ts";
import { dossierCode, mayLeave, type PartyInput } from "../rules.ts";
import { createDossier, partyName } from "./create.ts";
import { type Opened, openRuns } from "./steps.ts";

/** Whether the officer sits at the one-stop desk of the agency. */
export const isAtDesk = (officer: Officer, agencyId: string): boolean =>
  officer.postings.some((posting) => posting.agencyId === agencyId && posting.role === "desk");

async function lockForDesk(ctx: Context<Officer>, tx: Tx, id: string, version: number): Promise<LockedDossier> {
  const dossier = await lockDossier(tx, id);
  if (!dossier || !isAtDesk(ctx.actor, dossier.receivingAgencyId)) throw notFound();
  if (dossier.version !== version) throw await changedMeanwhile(tx, dossier);
  dossier.onBehalfOf = behalfOf(ctx.actor, [{ agencyId: dossier.receivingAgencyId, role: "desk" }]);
  return dossier;
}

/** The next serial of the agency's day: taken inside the transaction, so that a rollback gives it back (D7). */
async function nextSerial(tx: Tx, agencyId: string, day: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`
    INSERT INTO code_counters ("agencyId", day, value) VALUES (${agencyId}::uuid, ${day}, 1)
    ON CONFLICT ("agencyId", day) DO UPDATE SET value = code_counters.value + 1 RETURNING value`;
  if (!row) throw new Error("a counter row was neither made nor raised");
  return row.value;
}

type Accepted = { code: string; receiptId: string };

/** When the result is due, counted from now in the receiving agency's office hours; null when no limit is known. */
async function dueFrom(
  ctx: Context,
  version: LoadedVersion,
  agency: KnownAgency,
  dossier: { caseId: string | null; channel: "online" | "counter" | "post" },
) {
  const limit = timeLimitFor(version.definition, dossier);
  if (!limit) return null;
  const calendar = await findCalendar(ctx, agency);
  return computeDueDate(ctx.now, limit.term, calendar, version.definition.counting);
}

async function acceptLocked(
  ctx: Context<Officer>,
  tx: Tx,
  dossier: LockedDossier,
  linkCode: string | null,
): Promise<Accepted> {
  const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
  const agency = await findAgency(inside(ctx, tx), dossier.receivingAgencyId);
  const due = await dueFrom(inside(ctx, tx), version, agency, dossier);
  const { opens, status } = openingSteps(version.definition.workflow);
  const opened: Opened[] = await openRuns(ctx, tx, dossier, version, opens);
  // Last of what can wait: from here to the end, the agency's other acceptances queue behind this one.
  const serial = await nextSerial(tx, agency.id, isoDay(ctx.now));
  const code = dossierCode(agency.identifier, ctx.now, serial);
  await recordChange(
    ctx,
    tx,
    dossier,
    {
      code,
      receivedAt: ctx.now,
      acceptedAt: ctx.now,
      clockStartedAt: ctx.now,
      dueAt: due?.dueAt ?? null,
      originalDueAt: due?.dueAt ?? null,
      ...(due ? { dueExplanation: due.explanation } : {}),
    },
    {
      type: "dossier.accepted",
      status,
      agencyId: agency.id,
      payload: { code, dueAt: due?.dueAt.toISOString() ?? null, opened },
    },
  );
  dossier.code = code;
  const { paperId } = await issuePaper(ctx, tx, dossier.id, { kind: "receipt_slip", agencyId: agency.id, linkCode });
  return { code, receiptId: paperId };
}

/**
 * Takes a submitted dossier in: code, due date, first step and receipt slip (NĐ 118/2025 Đ17). The clock starts now.
 * @param input.version the dossier's version that the officer saw
 * @throws Refusal 404 outside the officer's desk, 409 telling who changed it meanwhile
 */
export async function acceptDossier(
  ctx: Context<Officer>,
  input: { dossierId: string; version: number },
): Promise<Accepted> {
  return inTransaction(ctx, async (tx) => {
    const dossier = await lockForDesk(ctx, tx, input.dossierId, input.version);
    if (!mayLeave("accept", dossier.status)) throw await changedMeanwhile(tx, dossier);
    return acceptLocked(ctx, tx, dossier, null);
  });
}

/** Declines a submitted dossier with a reason that the applicant reads (form 03, NĐ 118/2025 Đ17.2). */
export async function declineDossier(
  ctx: Context<Officer>,
  input: { dossierId: string; version: number; reason: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const dossier = await lockForDesk(ctx, tx, input.dossierId, input.version);
    if (!mayLeave("decline", dossier.status)) throw await changedMeanwhile(tx, dossier);
    const note = await tx.dossierNote.create({
      data: {
        dossierId: dossier.id,
        kind: "decline",
        text: input.reason,
        public: true,
        authorId: ctx.actor.accountId,
        at: ctx.now,
      },
    });
    await recordChange(
      ctx,
      tx,
      dossier,
      { finishedAt: ctx.now, waitingSince: null },
      {
        type: "dossier.declined",
        status: "declined",
        agencyId: dossier.receivingAgencyId,
        payload: { noteId: note.id },
      },
    );
    await issuePaper(ctx, tx, dossier.id, {
      kind: "decline_slip",
      agencyId: dossier.receivingAgencyId,
      aboutId: note.id,
    });
  });
}

export type Registration = {
  procedureVersionId: string;
  agencyId: string;
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

/**
 * The dossier that this form became before; null when it is sent for the first time.
 * @throws Refusal 409 when the form says something else now (gone back to, and filled in for the next person)
 */
async function findRegistered(
  tx: Tx,
  { formKey, agencyId, answers, applicant }: Registration,
): Promise<({ dossierId: string; reference: string } & Accepted) | null> {
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
  const receiptId = issuedPapers[0]?.id;
  // The key of another desk's form, or of a citizen's draft, is no key of this form.
  if (before.channel === "online" || before.receivingAgencyId !== agencyId || !code || !receiptId)
    throw new Refusal("platform.refused.badRequest", 400);
  const isSame =
    before.parties[0]?.fullName === partyName(applicant) &&
    canonicalJson(before.answers[0]?.answers) === canonicalJson(answers);
  if (!isSame) throw new Refusal("dossiers.refused.formUsed", 409, { code });
  return { dossierId, reference, code, receiptId };
}

/**
 * Registers and accepts a paper dossier for somebody who stands at the counter: submitted and accepted in one go, with
 * a one-time code on the receipt by which they may later link it to an account (D10).
 */
export async function registerDossier(
  ctx: Context<Officer>,
  registration: Registration,
): Promise<{ dossierId: string; reference: string } & Accepted> {
  if (!isAtDesk(ctx.actor, registration.agencyId)) throw new Refusal("platform.refused.forbidden", 403);
  const version = await findVersion(ctx, registration.procedureVersionId);
  // Bytes are safe on disk before the row says so; a file whose row never comes is swept later.
  const kept = await Promise.all(
    registration.attachments.map(async (file) => ({ ...file, storageKey: await ctx.files.keep(file.staged) })),
  );
  const linkCode = randomCode(40);
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${registration.formKey}, 0))`;
    const before = await findRegistered(tx, registration);
    if (before) return before;
    const { id, reference } = await createDossier(ctx, tx, {
      ...registration,
      version,
      draftId: registration.formKey,
      applicantAccountId: null,
      linkCodeHash: hashCode(linkCode),
      submittedAt: ctx.now,
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
    const dossier = await lockDossier(tx, id);
    if (!dossier) throw new Error("a dossier vanished inside the transaction that made it");
    return { dossierId: id, reference, ...(await acceptLocked(ctx, tx, dossier, linkCode)) };
  });
}
