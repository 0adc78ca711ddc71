import { computeDueDate, findCalendar } from "#calendar/index.ts";
import { issuePaper } from "#documents/index.ts";
import { findAgency, type KnownAgency } from "#organizations/index.ts";
import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { findVersion, type LoadedVersion, timeLimitFor } from "#procedures/index.ts";
import { openingSteps } from "#workflow/index.ts";
import { changedMeanwhile, type LockedDossier, lockDossier, recordChange } from "../events.ts";
import { behalfOf } from "../rules/handling.ts";
import { dossierCode, mayLeave } from "../rules.ts";
import { prepareRuns } from "./steps.ts";

/** Whether the officer sits at the one-stop desk of the agency. */
export const isAtDesk = (officer: Officer, agencyId: string): boolean =>
  officer.postings.some((posting) => posting.agencyId === agencyId && posting.role === "desk");

async function lockForDesk(ctx: Context<Officer>, tx: Tx, id: string, version: number): Promise<LockedDossier> {
  const dossier = await lockDossier(ctx, tx, id);
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

export type Accepted = { code: string; receiptId: string };

/** When the result is due, counted from a moment in the receiving agency's office hours; null when no limit is known. */
async function dueFrom(
  ctx: Context,
  version: LoadedVersion,
  agency: KnownAgency,
  dossier: { caseId: string | null; channel: "online" | "counter" | "post" },
  from: Date,
) {
  const limit = timeLimitFor(version.definition, dossier);
  if (!limit) return null;
  const calendar = await findCalendar(ctx, agency);
  return computeDueDate(from, limit.term, calendar, version.definition.counting);
}

/** How a dossier is taken in, where not as everybody's: its one-time code, and when it was really received. */
export type Reception = {
  linkCode: string | null;
  /** When the record of the letter was signed, or the paper was taken in during an outage: the clock runs from there. */
  receivedAt?: Date;
  /** Its code is of that day, too: it was taken in then, and is only entered now. */
  enteredLate?: boolean;
};

/** Takes a locked, submitted dossier in: code, due date, first step, receipt slip. */
export async function acceptLocked(
  ctx: Context<Officer>,
  tx: Tx,
  dossier: LockedDossier,
  { linkCode, receivedAt = ctx.now, enteredLate = false }: Reception,
): Promise<Accepted> {
  const acceptedAt = enteredLate ? receivedAt : ctx.now;
  const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
  const agency = await findAgency(inside(ctx, tx), dossier.receivingAgencyId);
  const due = await dueFrom(inside(ctx, tx), version, agency, dossier, receivedAt);
  const { opens, status } = openingSteps(version.definition.workflow);
  const { runs, opened } = await prepareRuns(ctx, tx, dossier, version, opens);
  // Last of what can wait: from here to the end, the agency's other acceptances queue behind this one.
  const serial = await nextSerial(tx, agency.id, isoDay(acceptedAt));
  const code = dossierCode(agency.identifier, acceptedAt, serial);
  await recordChange(
    ctx,
    tx,
    dossier,
    {
      code,
      receivedAt,
      acceptedAt,
      clockStartedAt: receivedAt,
      dueAt: due?.dueAt ?? null,
      originalDueAt: due?.dueAt ?? null,
      ...(due ? { dueExplanation: due.explanation } : {}),
    },
    {
      type: "dossier.accepted",
      status,
      agencyId: agency.id,
      payload: {
        code,
        dueAt: due?.dueAt.toISOString() ?? null,
        opened,
        ...(receivedAt === ctx.now ? {} : { receivedAt: receivedAt.toISOString(), enteredLate }),
      },
    },
    runs,
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
    return acceptLocked(ctx, tx, dossier, { linkCode: null });
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
