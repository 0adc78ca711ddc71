import { draftedBy } from "#companies/rules.ts";
import {
  attachFiles,
  type Beside,
  type Keeping,
  keepSupplementFiles,
  type NewFile,
  removeSupplementFile,
} from "#dossiers/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import { findReusable } from "../queries/reusable.ts";
import { isId } from "../queries.ts";
import type { Paper } from "../rules.ts";

/**
 * Puts uploaded files beside a draft. Holds the draft's row, so that a file never lands on a draft that is being filed.
 * @throws Refusal 404 when the draft is gone, 413 when it or one of its papers would have more files than it may
 */
export const keepDraftFiles = (
  ctx: Context<Citizen>,
  draftId: string,
  files: readonly NewFile[],
  keeping: Keeping = {},
): Promise<void> =>
  attachFiles(ctx, { draftId }, files, {
    ...keeping,
    hold: async (tx) => {
      const { count } = await tx.draft.updateMany({
        where: { id: draftId, ...draftedBy(ctx.actor.accountId) },
        data: { updatedAt: ctx.now },
      });
      if (count === 0) throw notFound();
    },
  });

/** Puts uploaded files beside the citizen's own draft or answer, as each of them asks. */
export const keepFiles = (
  ctx: Context<Citizen>,
  beside: Beside,
  files: readonly NewFile[],
  keeping: Keeping = {},
): Promise<void> =>
  "draftId" in beside
    ? keepDraftFiles(ctx, beside.draftId, files, keeping)
    : keepSupplementFiles(ctx, beside.supplementId, files, keeping);

/** Takes one file off the citizen's own draft or answer; one that is already gone is no error. */
export const removeFile = async (ctx: Context<Citizen>, beside: Beside, fileId: string): Promise<void> => {
  if (!isId(fileId)) return;
  await ("draftId" in beside
    ? removeDraftFile(ctx, beside.draftId, fileId)
    : removeSupplementFile(ctx, beside.supplementId, fileId));
};

/** Takes one file off a draft; one that is already gone is no error. */
export async function removeDraftFile(ctx: Context<Citizen>, draftId: string, fileId: string): Promise<void> {
  if (!isId(fileId)) return;
  const file = await ctx.db.attachment.findFirst({
    where: { id: fileId, draft: { id: draftId, ...draftedBy(ctx.actor.accountId) } },
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
  draft: { id: string; procedureId: string; filer: { id: string } | null },
  paper: Paper,
  fileId: string,
): Promise<string> {
  const reusable = await findReusable(ctx, { ...draft, companyId: draft.filer?.id ?? null }, [paper]);
  const file = reusable.get(paper.id)?.find(({ id }) => id === fileId);
  if (!file) throw notFound();
  const [copy] = await copyFiles(ctx, [{ ...file, kind: "paper", requirementId: paper.id }]);
  if (copy) await keepDraftFiles(ctx, draft.id, [copy]);
  return file.name;
}
