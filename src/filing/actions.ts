import type { FullDossier } from "#dossiers/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction, type Prisma, type Tx } from "#platform/db.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import type { Answers, FieldContext, LoadedVersion } from "#procedures/index.ts";
import { carryOver, listOfferings } from "#procedures/index.ts";
import { copyFiles, keepDraftFiles } from "./actions/files.ts";
import { countDrafts, type Draft, isId } from "./queries.ts";
import {
  applicantAnswers,
  type DraftContent,
  emptyContent,
  MOST_CHARACTERS,
  type ReturnMethod,
  renewalOf,
  withoutPerson,
  wizardPages,
} from "./rules.ts";

export { keepDraftFiles, keepFiles, removeDraftFile, removeFile, reuseFile } from "./actions/files.ts";
export { addPiece, beginPartial, dropPartial, finishPartial } from "./actions/partials.ts";

/** More unfinished drafts of one procedure than a person could mean to have. */
const MOST_DRAFTS = 10;

const asJson = (content: DraftContent): Prisma.InputJsonObject => {
  if (JSON.stringify(content).length > MOST_CHARACTERS) throw new Refusal("filing.refused.draftTooLarge", 413);
  return content as unknown as Prisma.InputJsonObject;
};

export type Begun = {
  version: LoadedVersion;
  agencyId: string;
  /** Another desk that is to take it in. */
  receivingAgencyId?: string | null;
  caseId: string | null;
  /** The company in whose name it is written. */
  companyId?: string | null;
  content?: DraftContent;
  returnMethod?: ReturnMethod | null;
};

/**
 * Begins a draft on the version in force. It has no code and no history until it is filed (D2).
 * @param begun.content what it begins with, when not empty
 * @throws Refusal 409 when the citizen has too many unfinished ones of this procedure
 */
export async function createDraft(ctx: Context<Citizen>, begun: Begun): Promise<{ draftId: string }> {
  const count = await countDrafts(ctx, begun.version.procedureId);
  if (count >= MOST_DRAFTS) throw new Refusal("filing.start.tooManyDrafts", 409, { count });
  return { draftId: await writeDraft(ctx, ctx.db, begun) };
}

/** Writes a draft's row. @returns its id */
export async function writeDraft(ctx: Context<Citizen>, tx: Tx, begun: Begun): Promise<string> {
  const { procedureId, id } = begun.version;
  const { id: draftId } = await tx.draft.create({
    data: {
      accountId: ctx.actor.accountId,
      procedureId,
      procedureVersionId: id,
      agencyId: begun.agencyId,
      receivingAgencyId: begun.receivingAgencyId ?? null,
      caseId: begun.caseId,
      companyId: begun.companyId ?? null,
      answers: asJson(begun.content ?? emptyContent),
      returnMethod: begun.returnMethod ?? null,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    },
    select: { id: true },
  });
  return draftId;
}

/**
 * Saves what stands in a draft, if nobody saved it since it was read.
 * @returns false: another window was faster, nothing was written
 */
export async function saveDraft(
  ctx: Context<Citizen>,
  draft: Pick<Draft, "id">,
  version: number,
  saved: { content: DraftContent; returnMethod: ReturnMethod | null },
): Promise<boolean> {
  const { count } = await ctx.db.draft.updateMany({
    where: { id: draft.id, accountId: ctx.actor.accountId, version },
    data: {
      answers: asJson(saved.content),
      returnMethod: saved.returnMethod,
      version: version + 1,
      updatedAt: ctx.now,
    },
  });
  return count === 1;
}

/**
 * Brings a draft of an older version to the one in force: answers are kept by id where their field is still there, and
 * the person is told to look through the pages again (D3). Called twice at once, it happens once.
 */
export async function renewDraft(
  ctx: Context<Citizen>,
  draft: Draft,
  from: LoadedVersion,
  to: LoadedVersion,
  context: FieldContext,
): Promise<void> {
  const { form: given, typed } = draft.content;
  const { answers, dropped } = carryOver(given, from.definition, to.definition, context);
  const versions = { from: from.definition, to: to.definition };
  const renewal = renewalOf(versions, { answers: given, typed }, dropped, context);
  const isOffered = draft.returnMethod !== null && to.definition.returnMethods.includes(draft.returnMethod);
  const isCase = to.definition.cases.some(({ id }) => id === draft.caseId);
  await ctx.db.draft.updateMany({
    where: { id: draft.id, accountId: ctx.actor.accountId, version: draft.version },
    data: {
      procedureVersionId: to.id,
      caseId: isCase ? draft.caseId : null,
      returnMethod: isOffered ? draft.returnMethod : null,
      answers: asJson({ ...draft.content, form: answers, done: [], carriedOver: true, renewal, savedBy: null }),
      version: draft.version + 1,
      updatedAt: ctx.now,
    },
  });
}

/** Throws a draft away with the rows of its files; the bytes follow when files without a row are swept. */
export async function deleteDraft(ctx: Context<Citizen>, draftId: string): Promise<void> {
  if (!isId(draftId)) throw notFound();
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.draft.updateMany({
      where: { id: draftId, accountId: ctx.actor.accountId },
      data: { updatedAt: ctx.now },
    });
    if (count === 0) throw notFound();
    await tx.attachment.deleteMany({ where: { draftId } });
    await tx.draft.delete({ where: { id: draftId } });
  });
}

/** Where a filed dossier belongs, and which other desk took it in for that agency. */
async function placeOf(
  ctx: Context<Citizen>,
  { procedure, receivingAgencyId, competentAgencyId }: FullDossier,
): Promise<{ agencyId: string; receivingAgencyId: string | null }> {
  const offerings = (await listOfferings(ctx, procedure.code)).filter(
    (offering) => offering.competentAgencyId === competentAgencyId,
  );
  const isOwn = offerings.length === 0 || offerings.some(({ agencyId }) => agencyId === receivingAgencyId);
  return isOwn
    ? { agencyId: receivingAgencyId, receivingAgencyId: null }
    : { agencyId: offerings[0]?.agencyId ?? receivingAgencyId, receivingAgencyId };
}

/**
 * Begins a new draft with what stood in a filed dossier: its answers, brought to the version in force, and with `papers`,
 * after declining, copies of its papers. A declined one on the same version has only the check page left to do; otherwise
 * each page is looked through again.
 * @returns the draft, and ids of the fields whose answer could not be carried over
 * @throws Refusal 409 when papers are asked for and it was not declined, or too many drafts of the procedure are unfinished
 */
export async function draftFromDossier(
  ctx: Context<Citizen>,
  dossier: FullDossier,
  { from, to }: { from: LoadedVersion; to: LoadedVersion },
  context: FieldContext,
  { papers }: { papers: boolean },
): Promise<{ draftId: string; dropped: string[] }> {
  if (papers && dossier.status !== "declined") throw new Refusal("filing.refused.notDeclined");
  const given = dossier.answers[0]?.answers;
  const filed = { parties: dossier.parties, answers: given };
  const { answers, dropped } = carryOver((given ?? {}) as Answers, from.definition, to.definition, context);
  const said = applicantAnswers(to.definition, filed, context);
  const applicant = dossier.applicantAccountId === ctx.actor.accountId ? said : withoutPerson(said);
  const content = { ...emptyContent, applicant, form: answers };
  const caseId = to.definition.cases.some(({ id }) => id === dossier.caseId) ? dossier.caseId : null;
  const isSame = from.id === to.id && applicant === said;
  const copies = papers ? await copyFiles(ctx, dossier.attachments) : [];
  const { draftId } = await createDraft(ctx, {
    version: to,
    ...(await placeOf(ctx, dossier)),
    caseId,
    companyId: dossier.companyId,
    content: {
      ...content,
      done: isSame && papers ? wizardPages(to.definition, caseId, content).map(({ slug }) => slug) : [],
      carriedOver: !isSame,
    },
    returnMethod: to.definition.returnMethods.includes(dossier.returnMethod) ? dossier.returnMethod : null,
  });
  try {
    await keepDraftFiles(ctx, draftId, copies);
  } catch (error) {
    await deleteDraft(ctx, draftId);
    throw error;
  }
  return { draftId, dropped };
}
