import type { Context } from "#platform/context.ts";
import { inTransaction, type Prisma, type Tx } from "#platform/db.ts";
import type { StagedFile } from "#platform/files.ts";
import { Refusal } from "#platform/refusal.ts";
import { askForScan, newScan } from "#platform/scanning.ts";
import { type Beside, MOST_FILES, MOST_FILES_A_PAPER } from "../rules/files.ts";

/** A file that was judged and is to stand beside something. */
export type NewFile = {
  requirementId: string;
  kind: "paper" | "field";
  staged: StagedFile;
  name: string;
  mediaType: string;
  /** What a picture was before it was made a JPEG. */
  convertedFrom?: string | null;
};

export type Keeping = {
  /** The file that gives way to the new one. */
  replaces?: string | null;
  /** What else must be written at once, with the ids of the new attachments. */
  alongside?: (tx: Tx, attachmentIds: readonly string[]) => Promise<void>;
};

async function mustHaveRoom(tx: Tx, beside: Beside): Promise<void> {
  const held = await tx.attachment.groupBy({ by: ["requirementId", "kind"], where: beside, _count: true });
  if (held.reduce((sum, { _count }) => sum + _count, 0) > MOST_FILES)
    throw new Refusal("filing.refused.draftFull", 413, { max: MOST_FILES });
  if (held.some(({ kind, _count }) => kind === "paper" && _count > MOST_FILES_A_PAPER))
    throw new Refusal("filing.papers.tooMany", 413, { max: MOST_FILES_A_PAPER });
}

/**
 * Puts files beside something that is not sent yet, or none of them.
 * @param hold locks what they stand beside, so that no file lands on what is being sent; refuses when it may not
 * @throws Refusal 413 when there would be more files than there may be
 */
export async function attachFiles(
  ctx: Context,
  beside: Beside,
  files: readonly NewFile[],
  { hold, replaces = null, alongside }: Keeping & { hold: (tx: Tx) => Promise<void> },
): Promise<void> {
  const kept: string[] = [];
  let replaced: string[] = [];
  try {
    const rows: Prisma.AttachmentCreateManyInput[] = [];
    for (const { requirementId, kind, name, mediaType, convertedFrom = null, staged } of files) {
      const storageKey = await ctx.files.keep(staged);
      kept.push(storageKey);
      rows.push({
        ...beside,
        requirementId,
        kind,
        name,
        mediaType,
        convertedFrom,
        size: staged.size,
        sha256: staged.sha256,
        storageKey,
        uploadedById: "accountId" in ctx.actor ? ctx.actor.accountId : null,
        createdAt: ctx.now,
        ...newScan(ctx),
      });
    }
    replaced = await inTransaction(ctx, async (tx) => {
      await hold(tx);
      const old = replaces ? await tx.attachment.findMany({ where: { id: replaces, ...beside } }) : [];
      await tx.attachment.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
      const made = await tx.attachment.createManyAndReturn({ data: rows, select: { id: true } });
      await mustHaveRoom(tx, beside);
      await askForScan(ctx, tx);
      await alongside?.(
        tx,
        made.map(({ id }) => id),
      );
      return old.map(({ storageKey }) => storageKey);
    });
  } catch (error) {
    await Promise.all(kept.map((key) => ctx.files.remove(key)));
    throw error;
  }
  await Promise.all(replaced.map((key) => ctx.files.remove(key)));
}
