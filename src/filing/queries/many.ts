import { findProfile } from "#accounts/index.ts";
import { findFiler } from "#companies/index.ts";
import { draftedBy } from "#companies/rules.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { notFound } from "#platform/refusal.ts";
import { type Answers, type FieldContext, findVersion, type LoadedVersion } from "#procedures/index.ts";
import { isId } from "../queries.ts";
import {
  applicantForm,
  type Cells,
  freshSince,
  type Judging,
  prefilled,
  type ReturnMethod,
  type Stray,
  sheetColumns,
} from "../rules.ts";

export type BatchRow = {
  number: number;
  line: number;
  note: string;
  cells: Cells;
  draftId: string | null;
  outcome: string | null;
  reason: string | null;
  params: unknown;
  /** What the archive brought for it. */
  papers: RowPaper[];
};
export type RowPaper = {
  id: string;
  requirementId: string;
  name: string;
  mediaType: string;
  convertedFrom: string | null;
  size: number;
  sha256: string;
  storageKey: string;
};
export type Batch = {
  id: string;
  loaded: LoadedVersion;
  agency: { id: string; name: string };
  receiving: { id: string; name: string } | null;
  caseId: string | null;
  /** In whose name all lines are filed. */
  companyId: string | null;
  returnMethod: ReturnMethod;
  fileName: string;
  papersFile: string | null;
  strays: Stray[];
  createdAt: Date;
  act: "file" | "draft" | null;
  filingId: string | null;
  endedAt: Date | null;
  rows: BatchRow[];
};

/**
 * The citizen's own table; anybody else's, one that is older than a day, and one for a company in whose name they may not
 * file any more, does not exist.
 */
export async function findOwnBatch(ctx: Context<Citizen>, id: string): Promise<Batch> {
  const row = !isId(id)
    ? null
    : await ctx.db.filingBatch.findFirst({
        where: { id, ...draftedBy(ctx.actor.accountId), createdAt: { gt: freshSince(ctx.now) } },
        include: {
          agency: { select: { id: true, name: true } },
          receivingAgency: { select: { id: true, name: true } },
          rows: {
            omit: { batchId: true },
            include: {
              papers: { omit: { batchId: true, number: true }, orderBy: [{ requirementId: "asc" }, { id: "asc" }] },
            },
            orderBy: { number: "asc" },
          },
        },
      });
  if (!row) throw notFound();
  const { receivingAgency, act, rows, strays, ...batch } = row;
  return {
    ...batch,
    strays: strays as Stray[],
    loaded: await findVersion(ctx, row.procedureVersionId),
    receiving: receivingAgency,
    act: act === "file" || act === "draft" ? act : null,
    rows: rows.map((one) => ({ ...one, cells: one.cells as Cells })),
  };
}

export type BatchLine = { id: string; fileName: string; createdAt: Date; rows: number; act: string | null };

/** The citizen's own tables of one procedure that are not through, the newest first. */
export async function listOwnBatches(ctx: Context<Citizen>, procedureId: string): Promise<BatchLine[]> {
  const found = await ctx.db.filingBatch.findMany({
    where: {
      ...draftedBy(ctx.actor.accountId),
      createdAt: { gt: freshSince(ctx.now) },
      endedAt: null,
      procedureVersion: { procedureId },
    },
    select: { id: true, fileName: true, createdAt: true, act: true, _count: { select: { rows: true } } },
    orderBy: { createdAt: "desc" },
    take: 10,
  });
  return found.map(({ _count, ...batch }) => ({ ...batch, rows: _count.rows }));
}

/** What the account says of who files, as answers of the applicant's page. */
export async function findOwnAnswers(
  ctx: Context<Citizen>,
  { definition }: LoadedVersion,
  context: FieldContext,
): Promise<Answers> {
  const [page] = applicantForm(definition).form.pages;
  if (!page) return {};
  return prefilled(page, { known: await findProfile(ctx), applicant: {}, earlier: [] }, context).answers;
}

/** What the lines of a table are judged by. The sheet may have been filled in in either language. */
export async function findJudging(ctx: Context<Citizen>, batch: Batch, context: FieldContext): Promise<Judging> {
  const { loaded, caseId, companyId, returnMethod } = batch;
  const { definition } = loaded;
  const other: FieldContext = { ...context, language: context.language === "vi" ? "en" : "vi" };
  return {
    definition,
    caseId,
    returnMethod,
    own: await findOwnAnswers(ctx, loaded, context),
    columns: sheetColumns(definition, context),
    filer: companyId === null ? null : await findFiler(ctx, companyId),
    contexts: [context, other],
  };
}

/** What became of the drafts that lines were made into: references of those that are filed, ids of those that are not. */
export async function findMade(
  ctx: Context<Citizen>,
  { rows }: Pick<Batch, "rows">,
): Promise<{ filed: ReadonlyMap<string, string>; drafts: ReadonlySet<string> }> {
  const ids = rows.flatMap(({ draftId }) => draftId ?? []);
  const { accountId } = ctx.actor;
  const [dossiers, drafts] = await Promise.all([
    ctx.db.dossier.findMany({
      where: { draftId: { in: ids }, applicantAccountId: accountId },
      select: { draftId: true, reference: true },
    }),
    ctx.db.draft.findMany({ where: { id: { in: ids }, accountId }, select: { id: true } }),
  ]);
  return {
    filed: new Map(dossiers.map(({ draftId, reference }) => [draftId ?? "", reference])),
    drafts: new Set(drafts.map(({ id }) => id)),
  };
}
