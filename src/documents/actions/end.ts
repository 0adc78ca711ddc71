import type { Context } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";

/**
 * Ends a paper inside the transaction of its dossier's move: who checks it reads that it is not valid any more, and since
 * when; the reason stays with the dossier.
 * @returns false when it had ended before
 */
export async function endPaper(
  ctx: Pick<Context, "now">,
  tx: Tx,
  paperId: string,
  end: { standing: "replaced" | "revoked"; noteId: string | null },
): Promise<boolean> {
  const { count } = await tx.issuedPaper.updateMany({
    where: { id: paperId, standing: "valid" },
    data: { standing: end.standing, endedAt: ctx.now, endedNoteId: end.noteId },
  });
  return count === 1;
}

/** Says which paper took the place of one that was ended as replaced. */
export const nameSuccessor = async (tx: Tx, paperId: string, replacedById: string): Promise<void> => {
  await tx.issuedPaper.update({ where: { id: paperId }, data: { replacedById } });
};

/**
 * Closes every register of a year that is over in Viet Nam (TT 01/2018 Đ10.2). What is issued afterwards is dated and
 * numbered in the year in which it is issued. Idempotent.
 * @returns how many were closed
 */
export async function closeRegisters({ db, now }: Pick<Context, "db" | "now">): Promise<number> {
  const year = Number(isoDay(now).slice(0, 4));
  const { count } = await db.numberSeries.updateMany({
    where: { year: { lt: year }, closedAt: null },
    data: { closedAt: now },
  });
  return count;
}

/**
 * Empties the papers of a dossier whose time of keeping is over: their numbers stay in the registers, what they said is
 * gone, and their tokens lead nowhere.
 * @returns the stored files that nobody names any more
 */
export async function erasePapers(tx: Tx, dossierId: string): Promise<string[]> {
  const papers = await tx.issuedPaper.findMany({ where: { dossierId }, select: { id: true, storageKey: true } });
  for (const { id } of papers)
    await tx.issuedPaper.update({
      where: { id },
      data: {
        snapshot: { erased: true },
        fileHashes: [],
        storageKey: null,
        size: null,
        state: "ready",
        token: `-${id}`,
      },
    });
  return papers.flatMap(({ storageKey }) => storageKey ?? []);
}
