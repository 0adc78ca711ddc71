import type { Mark } from "#dossiers/index.ts";
import type { Tx } from "#platform/db.ts";
import { composed, DeclineSnapshot, SupplementSnapshot } from "../snapshot.ts";
import { type Facts, headOf, matterOf, partNames, shorten } from "./matter.ts";

/** What somebody wrote with a move; a paper without its reason is a bug, and throws. */
export const reasonOf = async (tx: Tx, noteId: string): Promise<string> =>
  (await tx.dossierNote.findUniqueOrThrow({ where: { id: noteId }, select: { text: true } })).text;

/** Fills in form 02 from the request that was written in this transaction. */
export async function fillSupplement(facts: Facts, tx: Tx, requestId: string): Promise<SupplementSnapshot> {
  const request = await tx.supplementRequest.findUniqueOrThrow({ where: { id: requestId } });
  const names = partNames(facts.definition);
  const requirements = new Map(facts.definition.requirements.map((one) => [one.id, one]));
  return SupplementSnapshot.parse(
    composed({
      ...headOf(facts, "desk"),
      ...matterOf(facts),
      kind: "supplement_request",
      stage: request.stage === "intake" ? "intake" : "processing",
      round: request.number,
      parts: (request.marks as unknown as Mark[]).map(({ kind, id, note }) => {
        const { originals = 0, copies = 0 } = (kind === "paper" && requirements.get(id)) || {};
        return { name: shorten(names.get(id) ?? id), originals, copies, note };
      }),
      reason: await reasonOf(tx, request.reasonNoteId),
      answerBy: request.answerBy,
      officer: facts.officer,
    }),
  );
}

/** Fills in form 03 with the reason that was just written. */
export async function fillDecline(facts: Facts, tx: Tx, noteId: string): Promise<DeclineSnapshot> {
  return DeclineSnapshot.parse(
    composed({
      ...headOf(facts, "desk"),
      ...matterOf(facts),
      kind: "decline_slip",
      reason: await reasonOf(tx, noteId),
      officer: facts.officer,
    }),
  );
}
