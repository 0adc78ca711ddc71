import { endPaper, issuePaper, nameSuccessor, type PaperOrder } from "#documents/index.ts";
import { findDirectory } from "#organizations/index.ts";
import { type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { lockDossier, recordChange } from "../events.ts";
import { handlingOf } from "../rules/handling.ts";
import { lockMaking } from "./results.ts";

/**
 * Issues the result of a dossier from its procedure's template, at the step that makes it: numbered, frozen and drawn by
 * the portal. What the officer certified stands in it. A draft before it is replaced, and its number stays used.
 * @param input.values by field of the template, read by its own schema
 * @throws Refusal 404 outside the agency or where the procedure has no template, 409 where no result is made
 */
export async function issueResult(
  ctx: Context<Officer>,
  input: { dossierId: string; title: string; values: Readonly<Record<string, string>>; signerName: string | null },
): Promise<{ resultId: string; paperId: string }> {
  return inTransaction(ctx, async (tx) => {
    const { dossier, version, making, formerPapers } = await lockMaking(ctx, tx, input.dossierId);
    const result = await tx.result.create({
      data: {
        dossierId: dossier.id,
        code: version.definition.results[0]?.code ?? null,
        title: input.title,
        issuedOn: isoDay(ctx.now),
        signerName: input.signerName,
        issuerAgencyId: making.agencyId,
        createdAt: ctx.now,
      },
    });
    const { paperId, numberText } = await issuePaper(ctx, tx, dossier.id, {
      kind: "result",
      agencyId: making.agencyId,
      aboutId: result.id,
      values: input.values,
      signerName: input.signerName,
    });
    await tx.result.update({ where: { id: result.id }, data: { paperId, number: numberText } });
    for (const former of formerPapers) await nameSuccessor(tx, former, paperId);
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
        payload: { resultId: result.id, paperId, number: numberText },
      },
    );
    return { resultId: result.id, paperId };
  });
}

/**
 * Makes the control slip (form 06) of an accepted dossier as it stands now; one made before is replaced. By the desk, or
 * whoever works on it.
 * @throws Refusal 404 outside the agencies of the dossier, 409 before it is accepted
 */
export async function issueControlSlip(ctx: Context<Officer>, dossierId: string): Promise<{ paperId: string }> {
  return inTransaction(ctx, async (tx) => {
    const dossier = await lockDossier(ctx, tx, dossierId);
    if (!dossier) throw notFound();
    const runs = await tx.stepRun.findMany({
      where: { dossierId },
      select: { agencyId: true, role: true, assigneeId: true, lead: true, closedAt: true },
    });
    const places = [dossier.receivingAgencyId, ...runs.map(({ agencyId }) => agencyId)];
    const agencyId = places.find((id) => ctx.actor.postings.some((posting) => posting.agencyId === id));
    if (!agencyId) throw notFound();
    if (!dossier.code) throw new Refusal("dossiers.refused.notAccepted");
    const lead = runs.find((run) => run.lead && run.closedAt === null);
    const { isDesk, isHolder, isLeader } = handlingOf(ctx.actor, dossier.receivingAgencyId, lead);
    if (!isDesk && !isHolder && !isLeader) throw new Refusal("dossiers.refused.notYours", 403);
    const former = await tx.issuedPaper.findFirst({ where: { dossierId, kind: "control_slip", standing: "valid" } });
    if (former) await endPaper(ctx, tx, former.id, { standing: "replaced", noteId: null });
    const { paperId } = await issuePaper(ctx, tx, dossierId, { kind: "control_slip", agencyId });
    if (former) await nameSuccessor(tx, former.id, paperId);
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      { type: "paper.issued", status: dossier.status, agencyId, payload: { paperId, formerId: former?.id ?? null } },
    );
    return { paperId };
  });
}

/**
 * Takes a paper back, with a reason that stays with the dossier: who checks it reads that it does not hold any more. With
 * `replace` a new one is issued in its place from the dossier as it stands now. By a leader of the agency that issued it.
 * A result is corrected, not replaced here; with its paper it is revoked.
 * @throws Refusal 404 outside the dossier's agencies, 403 for others there, 409 when it had ended before
 */
export async function endIssuedPaper(
  ctx: Context<Officer>,
  input: { paperId: string; reason: string; replace: boolean },
): Promise<{ paperId: string | null }> {
  return inTransaction(ctx, async (tx) => {
    const paper = await tx.issuedPaper.findUnique({
      where: { id: input.paperId },
      select: { id: true, dossierId: true, kind: true, aboutId: true, agencyId: true },
    });
    // What an agency issued that was merged since is its successor's to take back.
    if (paper) paper.agencyId = (await findDirectory(inside(ctx, tx))).heirOf(paper.agencyId);
    if (!paper || !ctx.actor.postings.some(({ agencyId }) => agencyId === paper.agencyId)) throw notFound();
    const dossier = await lockDossier(ctx, tx, paper.dossierId);
    if (!dossier) throw notFound();
    if (!ctx.actor.postings.some((one) => one.agencyId === paper.agencyId && one.role === "leader"))
      throw new Refusal("dossiers.refused.notYours", 403);
    const order = input.replace ? sameOrder(paper) : null;
    if (input.replace && !order) throw new Refusal("dossiers.refused.resultNotReplaced");
    // With its paper a result goes, too; a draft is made again instead.
    const { count } = await tx.result.updateMany({
      where: { paperId: paper.id, state: "issued" },
      data: { state: "revoked" },
    });
    if (paper.kind === "result" && count === 0) throw new Refusal("dossiers.refused.paperEnded");
    const note = await tx.dossierNote.create({
      data: {
        dossierId: dossier.id,
        kind: "paper_end",
        text: input.reason,
        public: false,
        authorId: ctx.actor.accountId,
        at: ctx.now,
      },
    });
    const standing = order ? "replaced" : "revoked";
    if (!(await endPaper(ctx, tx, paper.id, { standing, noteId: note.id })))
      throw new Refusal("dossiers.refused.paperEnded");
    const issued = order ? await issuePaper(inside(ctx, tx), tx, dossier.id, order) : null;
    if (issued) await nameSuccessor(tx, paper.id, issued.paperId);
    await recordChange(
      ctx,
      tx,
      dossier,
      {},
      {
        type: order ? "paper.replaced" : "paper.revoked",
        status: dossier.status,
        agencyId: paper.agencyId,
        payload: { paperId: paper.id, paperKind: paper.kind, replacedById: issued?.paperId ?? null, noteId: note.id },
      },
    );
    return { paperId: issued?.paperId ?? null };
  });
}

/** The same paper once more; null for a result, whose values were the officer's. */
function sameOrder({
  kind,
  agencyId,
  aboutId,
}: {
  kind: string;
  agencyId: string;
  aboutId: string | null;
}): PaperOrder | null {
  switch (kind) {
    case "receipt_slip":
      return { kind, agencyId, linkCode: null };
    case "control_slip":
      return { kind, agencyId };
    case "supplement_request":
    case "apology_letter":
    case "decline_slip":
    case "stop_notice":
    case "delivery_receipt":
      return aboutId ? { kind, agencyId, aboutId } : null;
    default:
      return null;
  }
}
