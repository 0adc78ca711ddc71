import { findFiler } from "#companies/index.ts";
import { submitDossier } from "#dossiers/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction, type Prisma, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { askForScan, newScan } from "#platform/scanning.ts";
import { findCurrentVersion, type LoadedVersion } from "#procedures/index.ts";
import { writeDraft } from "../actions.ts";
import type { FoundPaper } from "../inputs/archive.ts";
import type { SheetRow } from "../inputs/sheet.ts";
import type { Batch, BatchRow } from "../queries/many.ts";
import { countDrafts, isId } from "../queries.ts";
import { filedOf, type JudgedRow, type Judging, judgeRow, type ReturnMethod, type Stray } from "../rules.ts";

/** Tables that somebody looked at and left; the oldest gives way. */
const MOST_BATCHES = 10;
/** Drafts of one procedure that tables may leave somebody with. */
const MOST_DRAFTS_LEFT = 200;
/** What one request does, so that it ends within seconds on a busy machine; who has more presses on. */
const MOST_AT_ONCE = 50;

/** Keeps a table that was read, for its owner to look through. Nothing is filed, no draft is made. */
export async function keepBatch(
  ctx: Context<Citizen>,
  {
    version,
    rows,
    ...batch
  }: {
    version: LoadedVersion;
    agencyId: string;
    receivingAgencyId: string | null;
    caseId: string | null;
    companyId: string | null;
    returnMethod: ReturnMethod;
    fileName: string;
    rows: readonly SheetRow[];
  },
): Promise<{ batchId: string }> {
  const { accountId } = ctx.actor;
  return inTransaction(ctx, async (tx) => {
    const before = await tx.filingBatch.findMany({
      where: { accountId, act: null },
      select: { id: true },
      orderBy: { createdAt: "desc" },
      skip: MOST_BATCHES - 1,
    });
    await tx.filingBatch.deleteMany({ where: { id: { in: before.map(({ id }) => id) } } });
    const { id } = await tx.filingBatch.create({
      data: { ...batch, accountId, procedureVersionId: version.id, createdAt: ctx.now },
      select: { id: true },
    });
    await tx.filingBatchRow.createMany({ data: rows.map((row, i) => ({ ...row, batchId: id, number: i + 1 })) });
    return { batchId: id };
  });
}

/** Throws a table away that was not confirmed; what was made of a confirmed one stands for itself. */
export async function deleteBatch(ctx: Context<Citizen>, id: string): Promise<void> {
  const { count } = isId(id)
    ? await ctx.db.filingBatch.deleteMany({ where: { id, accountId: ctx.actor.accountId, act: null } })
    : { count: 0 };
  if (count === 0) throw notFound();
}

/**
 * Puts the papers of an archive beside the lines of a table that was not confirmed yet, in place of those of an earlier one:
 * all of them, or none.
 * @throws Refusal 409 when the table was confirmed meanwhile
 */
export async function keepBatchPapers(
  ctx: Context<Citizen>,
  batchId: string,
  archive: { name: string; found: readonly FoundPaper[]; strays: readonly Stray[] },
): Promise<void> {
  const kept: string[] = [];
  try {
    const rows: Prisma.FilingBatchPaperCreateManyInput[] = [];
    for (const { staged, ...paper } of archive.found) {
      const storageKey = await ctx.files.keep(staged);
      kept.push(storageKey);
      rows.push({ ...paper, batchId, size: staged.size, sha256: staged.sha256, storageKey });
    }
    await inTransaction(ctx, async (tx) => {
      const { count } = await tx.filingBatch.updateMany({
        where: { id: batchId, accountId: ctx.actor.accountId, act: null },
        data: { papersFile: archive.name, strays: archive.strays as Prisma.InputJsonArray },
      });
      if (count === 0) throw new Refusal("filing.many.archive.confirmed");
      // Their bytes follow when files without a row are swept.
      await tx.filingBatchPaper.deleteMany({ where: { batchId } });
      await tx.filingBatchPaper.createMany({ data: rows });
    });
  } catch (error) {
    await Promise.all(kept.map((key) => ctx.files.remove(key)));
    throw error;
  }
}

/**
 * Settles, once, what is to become of a table's good lines, and under which filing the filed ones stand together.
 * @returns the table as it is settled, by this or an earlier press
 * @throws Refusal 409 when the procedure changed since, or more drafts would be left than anybody could mean
 */
export async function confirmBatch(
  ctx: Context<Citizen>,
  batch: Batch,
  act: "file" | "draft",
  judged: readonly JudgedRow[],
): Promise<Pick<Batch, "act" | "filingId">> {
  const { loaded } = batch;
  if (batch.act !== null) return batch;
  if ((await findCurrentVersion(ctx, loaded.code))?.id !== loaded.id) throw new Refusal("filing.many.changed");
  const isFiled = ({ state }: JudgedRow): boolean => act === "file" && state === "file";
  const drafts = judged.filter((row) => row.state !== "wrong" && !isFiled(row)).length;
  const held = drafts > 0 ? await countDrafts(ctx, loaded.procedureId) : 0;
  if (drafts > 0 && held + drafts > MOST_DRAFTS_LEFT)
    throw new Refusal("filing.start.tooManyDrafts", 409, { count: held });
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.filingBatch.updateMany({
      where: { id: batch.id, accountId: ctx.actor.accountId, act: null },
      data: { act },
    });
    if (count === 1 && judged.some(isFiled)) {
      const { id: filingId } = await tx.filing.create({ data: { createdAt: ctx.now }, select: { id: true } });
      await tx.filingBatch.update({ where: { id: batch.id }, data: { filingId } });
    }
    const settled = await tx.filingBatch.findUnique({
      where: { id: batch.id },
      select: { act: true, filingId: true },
    });
    if (!settled) throw notFound();
    return { act: settled.act === "file" ? "file" : "draft", filingId: settled.filingId };
  });
}

/** What came for a line and is called for: it becomes the draft's, and shares its bytes with what the table shows. */
async function attachPapers(
  ctx: Context<Citizen>,
  tx: Tx,
  draftId: string,
  { papers }: BatchRow,
  { asked }: JudgedRow,
): Promise<void> {
  const called = papers.filter(({ requirementId }) => asked.some(({ id }) => id === requirementId));
  if (called.length === 0) return;
  await tx.attachment.createMany({
    data: called.map(({ id: _id, ...file }) => ({
      ...file,
      draftId,
      kind: "paper",
      uploadedById: ctx.actor.accountId,
      createdAt: ctx.now,
      ...newScan(ctx),
    })),
  });
  await askForScan(ctx, tx);
}

/**
 * Makes a line's draft, once, however many processes come to it: the line remembers it.
 * @returns its id, and the files beside it
 */
const draftOf = (
  ctx: Context<Citizen>,
  batch: Batch,
  line: BatchRow,
  judged: JudgedRow,
): Promise<{ draftId: string; fileIds: string[] }> =>
  inTransaction(ctx, async (tx) => {
    const { number } = line;
    const [row] = await tx.$queryRaw<{ draftId: string | null }[]>`
      SELECT "draftId" FROM filing_batch_rows
      WHERE "batchId" = ${batch.id}::uuid AND number = ${number} FOR UPDATE`;
    if (!row) throw notFound();
    const filesOf = async (draftId: string): Promise<string[]> =>
      (await tx.attachment.findMany({ where: { draftId }, select: { id: true } })).map(({ id }) => id);
    if (row.draftId) return { draftId: row.draftId, fileIds: await filesOf(row.draftId) };
    const draftId = await writeDraft(ctx, tx, {
      version: batch.loaded,
      agencyId: batch.agency.id,
      receivingAgencyId: batch.receiving?.id ?? null,
      caseId: batch.caseId,
      companyId: batch.companyId,
      returnMethod: batch.returnMethod,
      content: judged.content,
    });
    await attachPapers(ctx, tx, draftId, line, judged);
    await tx.filingBatchRow.update({ where: { batchId_number: { batchId: batch.id, number } }, data: { draftId } });
    return { draftId, fileIds: await filesOf(draftId) };
  });

type Outcome = { outcome: string; reason?: string; params?: Prisma.InputJsonObject };

async function fileRow(ctx: Context<Citizen>, batch: Batch, row: BatchRow, judging: Judging): Promise<Outcome> {
  // Asked of each line: somebody may be removed while a long table is filed.
  if (batch.companyId !== null && (await findFiler(ctx, batch.companyId)) === null)
    throw new Refusal("filing.many.company.ended");
  const declared = judgeRow(judging, row, { declared: true });
  if (declared.state === "wrong") return { outcome: "wrong" };
  const isFiled = batch.act === "file" && declared.state === "file";
  // A draft is declared by whoever files it later.
  const made = isFiled ? declared : judgeRow(judging, row, { declared: false });
  const { draftId, fileIds } = await draftOf(ctx, batch, row, made);
  if (!isFiled) return { outcome: "draft" };
  await submitDossier(ctx, {
    draftId,
    draftVersion: 0,
    fileIds,
    filingId: batch.filingId,
    procedureVersionId: batch.loaded.id,
    agencyId: batch.agency.id,
    receivingAgencyId: batch.receiving?.id ?? null,
    caseId: batch.caseId,
    returnMethod: batch.returnMethod,
    ...filedOf(batch.loaded.definition, made.content),
  });
  return { outcome: "filed" };
}

/**
 * Files a confirmed table's lines, or makes drafts of them: each by itself, so that what is refused for one stops none of
 * the others, and the right to file for a company is asked for each. Whoever is interrupted presses again and it goes on; a line is never filed twice.
 */
export async function runBatch(ctx: Context<Citizen>, batch: Batch, judging: Judging): Promise<void> {
  const open = batch.rows.filter(({ outcome }) => outcome === null);
  for (const row of open.slice(0, MOST_AT_ONCE)) {
    const outcome = await fileRow(ctx, batch, row, judging).catch((error: unknown): Outcome => {
      if (!(error instanceof Refusal)) throw error;
      return { outcome: "refused", reason: error.reason, params: error.params as Prisma.InputJsonObject };
    });
    await ctx.db.filingBatchRow.update({
      where: { batchId_number: { batchId: batch.id, number: row.number } },
      data: outcome,
    });
  }
  if (open.length <= MOST_AT_ONCE)
    await ctx.db.filingBatch.updateMany({ where: { id: batch.id, endedAt: null }, data: { endedAt: ctx.now } });
}
