import { v7 } from "uuid";
import type { Context } from "#platform/context.ts";
import { inTransaction, type Tx } from "#platform/db.ts";
import type { StagedFile } from "#platform/files.ts";
import { Refusal } from "#platform/refusal.ts";
import { askForScan, newScan } from "#platform/scanning.ts";
import { insertion, writeTogether } from "#platform/writes.ts";
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

/** Each of the files in its place for good, or none of them. @returns their keys, in the same order */
async function keepAll(ctx: Context, files: readonly NewFile[]): Promise<string[]> {
  const results = await Promise.allSettled(files.map(({ staged }) => ctx.files.keep(staged)));
  const kept = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const fault = results.find((result) => result.status === "rejected");
  if (!fault) return kept;
  await Promise.all(kept.map((key) => ctx.files.remove(key)));
  throw fault.reason;
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
  const kept = await keepAll(ctx, files);
  let replaced: string[] = [];
  try {
    const rows = files.map(({ requirementId, kind, name, mediaType, convertedFrom = null, staged }, i) => ({
      ...beside,
      // In the order of the files, as they are listed.
      id: v7(),
      requirementId,
      kind,
      name,
      mediaType,
      convertedFrom,
      size: staged.size,
      sha256: staged.sha256,
      storageKey: kept[i] as string,
      uploadedById: "accountId" in ctx.actor ? ctx.actor.accountId : null,
      createdAt: ctx.now,
      ...newScan(ctx),
    }));
    replaced = await inTransaction(ctx, async (tx) => {
      await hold(tx);
      const old = replaces ? await tx.attachment.findMany({ where: { id: replaces, ...beside } }) : [];
      if (old.length > 0) await tx.attachment.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
      if (rows.length > 0) await writeTogether(tx, { files: insertion("attachments", rows) });
      await mustHaveRoom(tx, beside);
      await askForScan(ctx, tx);
      await alongside?.(
        tx,
        rows.map(({ id }) => id),
      );
      return old.map(({ storageKey }) => storageKey);
    });
  } catch (error) {
    await Promise.all(kept.map((key) => ctx.files.remove(key)));
    throw error;
  }
  await Promise.all(replaced.map((key) => ctx.files.remove(key)));
}
