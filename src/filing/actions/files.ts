import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction, type Prisma, type Tx } from "#platform/db.ts";
import type { JudgedFile } from "#platform/received.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { findReusable } from "../queries/reusable.ts";
import { isId } from "../queries.ts";
import { MOST_FILES, MOST_FILES_A_PAPER, type Paper } from "../rules.ts";

export type NewFile = JudgedFile & { requirementId: string; kind: "paper" | "field" };

type Keeping = {
  /** The file of this draft that gives way to the new one. */
  replaces?: string | null;
  /** What else must be written at once, with the ids of the new attachments. */
  alongside?: (tx: Tx, attachmentIds: readonly string[]) => Promise<void>;
};

async function mustHaveRoom(tx: Tx, draftId: string): Promise<void> {
  const held = await tx.attachment.groupBy({ by: ["requirementId", "kind"], where: { draftId }, _count: true });
  if (held.reduce((sum, { _count }) => sum + _count, 0) > MOST_FILES)
    throw new Refusal("filing.refused.draftFull", 413, { max: MOST_FILES });
  if (held.some(({ kind, _count }) => kind === "paper" && _count > MOST_FILES_A_PAPER))
    throw new Refusal("filing.papers.tooMany", 413, { max: MOST_FILES_A_PAPER });
}

/**
 * Puts uploaded files beside a draft. Holds the draft's row, so that a file never lands on a draft that is being filed.
 * @throws Refusal 404 when the draft is gone, 413 when it or one of its papers would have more files than it may
 */
export async function keepDraftFiles(
  ctx: Context<Citizen>,
  draftId: string,
  files: readonly NewFile[],
  { replaces = null, alongside }: Keeping = {},
): Promise<void> {
  const kept: string[] = [];
  let replaced: string[] = [];
  try {
    const rows: Prisma.AttachmentCreateManyInput[] = [];
    for (const { requirementId, kind, name, mediaType, convertedFrom, staged } of files) {
      const storageKey = await ctx.files.keep(staged);
      kept.push(storageKey);
      rows.push({
        requirementId,
        kind,
        name,
        mediaType,
        convertedFrom,
        draftId,
        size: staged.size,
        sha256: staged.sha256,
        storageKey,
        uploadedById: ctx.actor.accountId,
        createdAt: ctx.now,
      });
    }
    replaced = await inTransaction(ctx, async (tx) => {
      const { count } = await tx.draft.updateMany({
        where: { id: draftId, accountId: ctx.actor.accountId },
        data: { updatedAt: ctx.now },
      });
      if (count === 0) throw notFound();
      const old = replaces ? await tx.attachment.findMany({ where: { id: replaces, draftId } }) : [];
      await tx.attachment.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
      const made = await tx.attachment.createManyAndReturn({ data: rows, select: { id: true } });
      await mustHaveRoom(tx, draftId);
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

/** Takes one file off a draft; one that is already gone is no error. */
export async function removeDraftFile(ctx: Context<Citizen>, draftId: string, fileId: string): Promise<void> {
  if (!isId(fileId)) return;
  const file = await ctx.db.attachment.findFirst({
    where: { id: fileId, draft: { id: draftId, accountId: ctx.actor.accountId } },
    select: { storageKey: true },
  });
  if (!file) return;
  const { count } = await ctx.db.attachment.deleteMany({ where: { id: fileId, draftId } });
  if (count === 1) await ctx.files.remove(file.storageKey);
}

type FiledFile = {
  requirementId: string;
  kind: string;
  name: string;
  mediaType: string;
  convertedFrom: string | null;
  size: number;
  storageKey: string;
};

/** Copies the bytes of filed papers: the dossier keeps its own, whatever becomes of the draft. */
export async function copyFiles(ctx: Context<Citizen>, files: readonly FiledFile[]): Promise<NewFile[]> {
  const copies: NewFile[] = [];
  for (const { requirementId, kind, name, mediaType, convertedFrom, size, storageKey } of files) {
    const staged = await ctx.files.stage(await ctx.files.open(storageKey), size);
    if (!staged) throw new Error(`stored file ${storageKey} is longer than its row says`);
    copies.push({ requirementId, kind: kind === "field" ? "field" : "paper", name, mediaType, convertedFrom, staged });
  }
  return copies;
}

/**
 * Puts a copy of a paper beside a draft that its citizen filed before, for the same kind of paper.
 * @returns the name of the file
 * @throws Refusal 404 when it is not theirs, or was filed for another kind of paper
 */
export async function reuseFile(
  ctx: Context<Citizen>,
  draft: { id: string; procedureId: string },
  paper: Paper,
  fileId: string,
): Promise<string> {
  const file = (await findReusable(ctx, draft, [paper])).get(paper.id)?.find(({ id }) => id === fileId);
  if (!file) throw notFound();
  const [copy] = await copyFiles(ctx, [{ ...file, kind: "paper", requirementId: paper.id }]);
  if (copy) await keepDraftFiles(ctx, draft.id, [copy]);
  return file.name;
}
