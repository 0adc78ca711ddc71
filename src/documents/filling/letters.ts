import type { Tx } from "#platform/db.ts";
import { ApologySnapshot, composed, StopSnapshot } from "../snapshot.ts";
import { type Facts, feesOf, headOf, leaderOf, matterOf, partNames, receivedAt, shorten } from "./matter.ts";
import { reasonOf } from "./notices.ts";

/** Fills in form 04 from the extension that was written in this transaction. */
export async function fillApology(facts: Facts, tx: Tx, extensionId: string): Promise<ApologySnapshot> {
  const extension = await tx.dueExtension.findUniqueOrThrow({ where: { id: extensionId } });
  return ApologySnapshot.parse(
    composed({
      ...headOf(facts, "agency"),
      ...matterOf(facts),
      kind: "apology_letter",
      receivedAt: receivedAt(facts.dossier),
      oldDueAt: extension.oldDueAt.toISOString(),
      newDueAt: extension.newDueAt.toISOString(),
      handler: facts.agencyName(facts.dossier.competentAgencyId),
      reason: await reasonOf(tx, extension.reasonNoteId),
      signer: leaderOf(facts),
    }),
  );
}

/** Fills in form 05 with the reason that was just written and the step that the dossier stood at. */
export async function fillStop(facts: Facts, tx: Tx, noteId: string): Promise<StopSnapshot> {
  const { dossier, definition } = facts;
  const last = await tx.stepRun.findFirst({
    where: { dossierId: dossier.id, lead: true },
    orderBy: { openedAt: "desc" },
    select: { stepId: true },
  });
  const names = partNames(definition);
  return StopSnapshot.parse(
    composed({
      ...headOf(facts, "agency"),
      ...matterOf(facts),
      kind: "stop_notice",
      receivedAt: receivedAt(dossier),
      stage: definition.workflow.steps.find(({ id }) => id === last?.stepId)?.name.vi ?? null,
      reason: await reasonOf(tx, noteId),
      fees: feesOf(dossier).filter(({ amount, quantity }) => amount * quantity > 0),
      papers: dossier.papers
        .filter(({ originals }) => originals > 0)
        .map(({ requirementId, originals }) => ({
          name: shorten(names.get(requirementId) ?? requirementId),
          originals,
        })),
      signer: leaderOf(facts),
    }),
  );
}
